"""Weights that take over the range of their inputs, so that int8 loses less (SmoothQuant: Xiao et al. 2023).

A layer's inputs are rounded in steps of the whole range that a window has, and a few columns reach ten times as far as
the others. Here each column is divided by a number and its weights are multiplied by it, which changes nothing before
rounding.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from claimkit.nlp.pieces import Pieces
from training.batches import inputs
from training.corpora import Window
from training.layers import Linear
from training.model import Net

SHARE = 0.7
"""How much of the range goes over: 0 for nothing, 1 for all of it."""
LEAST, MOST = 0.05, 50.0
"""What a column is divided by at least and at most."""
TINY = 1e-5


def smooth(net: Net, windows: Sequence[Window], pieces: Pieces) -> None:
    """Set ``scale`` of the network's layers by the ranges that the columns have in some windows, and adapt weights.

    Raises:
        ValueError: a layer has a scale already.
    """
    layers = {name: module for name, module in net.named_modules() if isinstance(module, Linear)}
    if any(layer.scale is not None for layer in layers.values()):
        raise ValueError("the network is smoothed already")
    ranges = _ranges(net, layers, windows, pieces)
    for name, layer in layers.items():
        reach = layer.weight.detach().abs().amax(0).clamp(min=TINY)
        divisor = ranges[name].clamp(min=TINY) ** SHARE / reach ** (1 - SHARE)
        divisor = (divisor / divisor.log().mean().exp()).clamp(LEAST, MOST)
        layer.weight.data *= divisor
        layer.scale = 1 / divisor


def _ranges(net: Net, layers: dict[str, Linear], windows: Sequence[Window], pieces: Pieces) -> dict[str, Tensor]:
    """Give for each layer the mean over windows of the greatest value of each column of its input, ``(size,)``."""
    seen: dict[str, list[Tensor]] = {name: [] for name in layers}
    hooks = [
        layer.register_forward_pre_hook(
            lambda _layer, given, kept=seen[name]: kept.append(given[0].detach().abs().flatten(0, -2).amax(0))
        )
        for name, layer in layers.items()
    ]
    net.eval()
    with torch.no_grad():
        for window in windows:
            net(*inputs([window], pieces))
    for hook in hooks:
        hook.remove()
    return {name: torch.stack(rows).mean(0) for name, rows in seen.items()}
