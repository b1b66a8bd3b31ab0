"""What the networks are built of: their sizes, a linear layer that can round, a transformer layer."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

SHAPES = 12


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Sizes of the network; ``pool_after`` is the layer after which word pieces become words.

    ``family`` is the encoder's: ``minilm`` is shipped, ``mpnet`` teaches.
    """

    tags: int
    deps: int
    layers: int = 5
    pool_after: int = 2
    width: int = 384
    attention_heads: int = 12
    inner: int = 1536
    arc: int = 256
    label: int = 96
    relation: int = 128
    hidden: int = 192
    family: str = "minilm"


def rounded(x: Tensor) -> Tensor:
    """Round to the 256 steps between the least and greatest value of each item, as dynamic int8 does; gradients pass.

    Training with it teaches the network to bear what the packaged form does to it (Jacob et al. 2018, with ranges
    taken anew each time).
    """
    values = x.float()
    low, high = values.detach().flatten(1).aminmax(dim=1)
    low, high = low.clamp(max=0), high.clamp(min=0)
    step = ((high - low) / 255).clamp(min=1e-8)
    zero = (-low / step).round().to(torch.int32)
    return torch.fake_quantize_per_channel_affine(values, step, zero, 0, 0, 255).to(x.dtype)


class Linear(nn.Linear):
    """A linear layer that multiplies its input by ``scale``, if it has one, and rounds it where ``rounding`` is set.

    A network that is trained has no scales (:mod:`training.smoothing`).
    """

    rounding = False
    scale: Tensor | None

    def __init__(self, given: int, made: int) -> None:
        super().__init__(given, made)
        self.register_buffer("scale", None)

    def forward(self, input: Tensor) -> Tensor:
        """Take ``(batch, length, size)``."""
        if self.scale is not None:
            input = input * self.scale
        return super().forward(rounded(input) if self.rounding else input)


class Layer(nn.Module):
    """One transformer layer (BERT's: attention, add and norm, feed-forward, add and norm)."""

    def __init__(self, layout: Layout) -> None:
        super().__init__()
        width = layout.width
        self.heads = layout.attention_heads
        self.qkv, self.out = Linear(width, 3 * width), Linear(width, width)
        self.up, self.down = Linear(width, layout.inner), Linear(layout.inner, width)
        self.norm1, self.norm2 = nn.LayerNorm(width, eps=1e-12), nn.LayerNorm(width, eps=1e-12)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """Take ``(batch, length, width)`` and an additive mask ``(batch, 1, 1, length)``."""
        batch, length, width = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        mixed = functional.scaled_dot_product_attention(q, k, v, attn_mask=bias)
        return self.finish(x, mixed.transpose(1, 2).reshape(batch, length, width))

    def finish(self, x: Tensor, mixed: Tensor) -> Tensor:
        """Do what comes after attention."""
        x = self.norm1(x + self.out(mixed))
        return self.norm2(x + self.down(functional.gelu(self.up(x))))
