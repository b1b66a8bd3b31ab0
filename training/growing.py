"""A larger network that gives nearly what a trained one gives, to train on where the smaller can hold no more.

usage: python -m training.growing OLD.pt NEW.pt [--layers N] [--hidden N]

A new layer has the weights of the last one, except that attention and feed-forward add nothing yet, and new units of a
head weigh nothing (after Chen, Goodfellow and Shlens 2016, "Net2Net"). Only the norms of a new layer are not quite the
identity: they scale each vector to the spread that vectors have there on average.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import torch
from torch import Tensor, nn

from training.model import Net, load, save

OUTER = ("claim.weight", "label.outer.weight", "pair.outer.weight")
"""Weights by which hidden units of the heads are read."""


def grown(net: Net, *, layers: int, hidden: int) -> Net:
    """Give a network with so many layers and hidden units a head, all that ``net`` has learnt in its place."""
    out = Net(replace(net.layout, layers=layers, hidden=hidden))
    state: dict[str, Tensor] = out.state_dict()
    for name, value in net.state_dict().items():
        if name in OUTER:
            state[name].zero_()
        state[name][tuple(slice(0, size) for size in value.shape)] = value
    out.load_state_dict(state)
    last = out.encoder.layers[net.layout.layers - 1]
    for layer in list(out.encoder.layers)[net.layout.layers :]:
        layer.load_state_dict(last.state_dict())
        for module in (layer.out, layer.down):
            nn.init.zeros_(module.weight)
            nn.init.zeros_(module.bias)
        for norm in (layer.norm1, layer.norm2):
            nn.init.constant_(norm.weight, _spread(last.norm2))
            nn.init.constant_(norm.bias, float(last.norm2.bias.detach().mean()))
    return out


def _spread(norm: nn.LayerNorm) -> float:
    """Give the standard deviation that the vectors behind a norm have on average."""
    with torch.no_grad():
        square = (norm.weight**2 + norm.bias**2).mean()
        return float((square - norm.bias.mean() ** 2).sqrt())


def main() -> None:
    """Read the command line and write the checkpoint."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    parser.add_argument("--layers", type=int)
    parser.add_argument("--hidden", type=int)
    options = parser.parse_args()
    net, tables, state = load(options.old)
    layers, hidden = options.layers or net.layout.layers, options.hidden or net.layout.hidden
    larger = grown(net, layers=layers, hidden=hidden)
    save(options.new, larger, tables, used=0.0, step=state.get("step", 1))


if __name__ == "__main__":
    main()
