"""The packaged model → a checkpoint to go on from, where the float checkpoint is lost.

usage: python -m training.restore src/claimkit/nlp/model OUT.pt

Weights come back with the rounding of int8, which the first few hundred steps repair. Where the base model's own
embedding lies within that rounding it is taken instead: the piece was never trained.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from training.encoders import BASE
from training.layers import Layout
from training.model import Net, save

STEM = "net."
SCALE = "scale"
"""What the columns of an input were multiplied by, and the weights divided (``training.smoothing``)."""


def weights(path: Path) -> dict[str, np.ndarray]:
    """Read the float weights of an int8 ONNX file by the names that the network gives them."""
    graph = onnx.load(path).graph
    stored = {item.name: numpy_helper.to_array(item) for item in graph.initializer}
    out = {name.removeprefix(STEM): array for name, array in stored.items() if name.startswith(STEM)}
    for name in [n for n in stored if n.endswith("_quantized")]:
        stem = name.removesuffix("_quantized")
        zero = stored[f"{stem}_zero_point"].astype(np.float32)
        array = (stored[name].astype(np.float32) - zero) * stored[f"{stem}_scale"]
        if stem.startswith(STEM):
            out[stem.removeprefix(STEM)] = array
        else:
            out[_owner(graph, name)] = np.ascontiguousarray(array.T)
    return {name: array for name, array in out.items() if not name.endswith(("_quantized", "_scale", "_zero_point"))}


def _owner(graph: onnx.GraphProto, name: str) -> str:
    """Find whose weight a matrix is: the bias that is added behind its product tells."""
    outputs = {output for node in graph.node if name in node.input for output in node.output}
    for node in graph.node:
        if outputs & set(node.input):
            for other in node.input:
                if other.startswith(STEM) and other.endswith(".bias"):
                    return other.removeprefix(STEM).removesuffix("bias") + "weight"
            outputs |= set(node.output)
    raise ValueError(f"no bias behind {name}")


def main() -> None:
    """Read the command line and write the checkpoint."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    about = json.loads((options.model / "model.json").read_text(encoding="utf-8"))
    tables = {"tag": next(head["labels"] for head in about["heads"] if head["name"] == "tag"), "dep": about["deps"]}
    numbered = {name: {label: i for i, label in enumerate(labels)} for name, labels in tables.items()}
    found = weights(options.model / "model.onnx")
    layers = len({name.split(".")[2] for name in found if name.startswith("encoder.layers.")})
    net = Net(Layout(tags=len(tables["tag"]), deps=len(tables["dep"]), layers=layers))
    net.encoder.take_over(BASE)
    base = net.encoder.pieces.weight.detach().numpy().copy()
    step = np.abs(found["encoder.pieces.weight"]).max() / 127
    near = np.abs(base - found["encoder.pieces.weight"]) <= step
    found["encoder.pieces.weight"] = np.where(near.all(1, keepdims=True), base, found["encoder.pieces.weight"])
    for name in [n for n in found if n.endswith(SCALE)]:
        found[name.removesuffix(SCALE) + "weight"] *= found.pop(name)
    found |= dict(np.load(options.model / "pairs.npz"))
    state: dict[str, Tensor] = net.state_dict()
    for name in state:
        if name in found:
            state[name] = torch.from_numpy(np.array(found[name], dtype=np.float32)).reshape(state[name].shape)
        else:
            print(f"not in the model, begun anew: {name}")
    net.load_state_dict(state)
    save(options.out, net, numbered, step=1)


if __name__ == "__main__":
    main()
