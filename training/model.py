"""The network: a MiniLM encoder cut to a few layers that pools pieces to words halfway, and heads over the words."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from training.scheme import CLAIM_HEADS, PAIR_LABELS, RELATIONS, WORD_HEADS

HALF = torch.cpu._is_avx512_bf16_supported()
"""Whether the processor multiplies in bf16, in which the forward and backward pass then run."""
SHAPES = 12


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Sizes of the network; ``pool_after`` is the layer after which word pieces become words."""

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
    """A linear layer that rounds its input where ``rounding`` is set."""

    rounding = False

    def forward(self, input: Tensor) -> Tensor:
        """Take ``(batch, length, size)``."""
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


class Encoder(nn.Module):
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
                index = first.clamp(min=0).unsqueeze(-1).expand(-1, -1, x.shape[-1])
                other = last.clamp(min=0).unsqueeze(-1).expand(-1, -1, x.shape[-1])
                x = (x.gather(1, index) + x.gather(1, other)) * 0.5
                bias = ((first < 0) * -1e4).to(x.dtype)[:, None, None, :]
            x = layer(x, bias)
        return x

    def embed(self, ids: Tensor, shapes: Tensor) -> Tensor:
        """Give each piece its vector."""
        where = torch.arange(ids.shape[1], device=ids.device)
        return self.norm(self.pieces(ids) + self.positions(where) + self.shapes(shapes))

    def load_minilm(self, folder: Path) -> None:
        """Take over the weights of a BERT-shaped checkpoint folder (``model.safetensors``)."""
        state = load_file(folder / "model.safetensors")
        state = {key.removeprefix("bert."): value for key, value in state.items()}
        self.pieces.weight.data.copy_(state["embeddings.word_embeddings.weight"])
        self.positions.weight.data.copy_(
            state["embeddings.position_embeddings.weight"] + state["embeddings.token_type_embeddings.weight"][0]
        )
        nn.init.normal_(self.shapes.weight, std=0.01)
        self._copy(self.norm, state, "embeddings.LayerNorm")
        for number, layer in enumerate(self.layers):
            at = f"encoder.layer.{number}"
            for kind in ("weight", "bias"):
                parts = [state[f"{at}.attention.self.{name}.{kind}"] for name in ("query", "key", "value")]
                getattr(layer.qkv, kind).data.copy_(torch.cat(parts))
            self._copy(layer.out, state, f"{at}.attention.output.dense")
            self._copy(layer.norm1, state, f"{at}.attention.output.LayerNorm")
            self._copy(layer.up, state, f"{at}.intermediate.dense")
            self._copy(layer.down, state, f"{at}.output.dense")
            self._copy(layer.norm2, state, f"{at}.output.LayerNorm")

    @staticmethod
    def _copy(module: nn.Module, state: dict[str, Tensor], at: str) -> None:
        for kind in ("weight", "bias"):
            getattr(module, kind).data.copy_(state[f"{at}.{kind}"])


class PairScorer(nn.Module):
    """Labels a pair of words from their two vectors and the product of both."""

    def __init__(self, size: int, hidden: int, labels: int, drop: float) -> None:
        super().__init__()
        self.inner, self.outer, self.drop = nn.Linear(3 * size, hidden), nn.Linear(hidden, labels), nn.Dropout(drop)

    def forward(self, one: Tensor, other: Tensor) -> Tensor:
        """Give logits for ``(..., size)`` and ``(..., size)``."""
        return self.outer(self.drop(torch.relu(self.inner(torch.cat([one, other, one * other], -1)))))


class Net(nn.Module):
    """Encoder and heads; ``forward`` gives all that one pass can give, pairs are labelled after decoding."""

    def __init__(self, layout: Layout, *, drop: float = 0.15) -> None:
        super().__init__()
        self.layout = layout
        self.encoder = Encoder(layout)
        self.drop = nn.Dropout(drop)
        self.word_sizes = {name: size or layout.tags for name, size in WORD_HEADS.items()}
        self.word = Linear(layout.width, sum(self.word_sizes.values()))
        self.claim_inner = Linear(layout.width, layout.hidden)
        self.claim = Linear(layout.hidden, sum(CLAIM_HEADS.values()))
        sides = layout.arc + layout.label + layout.relation
        self.dependent, self.governor = Linear(layout.width, sides), Linear(layout.width, sides)
        self.arc = nn.Parameter(torch.empty(layout.arc + 1, layout.arc))
        self.relation = nn.Parameter(torch.empty(len(RELATIONS), layout.relation + 1, layout.relation))
        nn.init.xavier_uniform_(self.arc)
        nn.init.xavier_uniform_(self.relation)
        self.label = PairScorer(layout.label, layout.hidden, layout.deps, drop)
        self.pair = PairScorer(layout.relation, layout.hidden // 2, sum(map(len, PAIR_LABELS.values())), drop)

    def forward(self, ids: Tensor, shapes: Tensor, first: Tensor, last: Tensor) -> dict[str, Tensor]:
        """Give what ``read`` gives, and ``relations`` (batch, relations, 1 + words, 1 + words)."""
        out = self.read(self.encoder(ids, shapes, first, last))
        d_rel = out["d_relation"]
        rows = torch.cat([d_rel, torch.ones_like(d_rel[..., :1])], -1)
        out["relations"] = (rows.unsqueeze(1) @ self.relation) @ out["g_relation"].unsqueeze(1).transpose(2, 3)
        return out

    def read(self, encoded: Tensor) -> dict[str, Tensor]:
        """Give logits by head, ``arcs`` (batch, words, 1 + words) and the sides of pairs."""
        layout = self.layout
        x = self.drop(encoded)
        out = dict(zip(self.word_sizes, self.word(x[:, 1:]).split(list(self.word_sizes.values()), -1), strict=True))
        inner = self.drop(torch.relu(self.claim_inner(x[:, 1:])))
        out |= zip(CLAIM_HEADS, self.claim(inner).split(list(CLAIM_HEADS.values()), -1), strict=True)
        sizes = [layout.arc, layout.label, layout.relation]
        d_arc, d_label, d_rel = self.drop(torch.relu(self.dependent(x))).split(sizes, -1)
        g_arc, g_label, g_rel = self.drop(torch.relu(self.governor(x))).split(sizes, -1)
        one = torch.ones_like(d_arc[:, 1:, :1])
        ends = torch.cat([d_arc[:, 1:], one], -1)
        out["arcs"] = (rounded(ends) if self.word.rounding else ends) @ self.arc @ g_arc.transpose(1, 2)
        out |= {"d_label": d_label, "g_label": g_label, "d_relation": d_rel, "g_relation": g_rel}
        return out

    def round_inputs(self, *, on: bool) -> None:
        """Say whether the layers that are packaged as int8 round their inputs."""
        for module in self.modules():
            if isinstance(module, Linear):
                module.rounding = on

    def labels(self, out: dict[str, Tensor], heads: Tensor) -> Tensor:
        """Label each word's arc to its given head (positions with 0 as root)."""
        index = heads.unsqueeze(-1).expand(-1, -1, self.layout.label)
        return self.label(out["d_label"][:, 1:], out["g_label"].gather(1, index))

    def pairs(self, out: dict[str, Tensor], batch: Tensor, row: Tensor, target: Tensor) -> dict[str, Tensor]:
        """Label (predicate, cue) pairs with all that is said of them."""
        logits = self.pair(out["d_relation"][batch, row], out["g_relation"][batch, target])
        return dict(zip(PAIR_LABELS, logits.split([len(labels) for labels in PAIR_LABELS.values()], -1), strict=True))


def save(path: Path, net: Net, tables: dict[str, dict[str, int]], **more: object) -> None:
    """Write a checkpoint: weights, layout, tables and what the loop needs to go on."""
    part = path.with_suffix(".part")
    torch.save({"net": net.state_dict(), "layout": asdict(net.layout), "tables": json.dumps(tables), **more}, part)
    part.replace(path)


def grown(old: Tensor, new: Tensor) -> Tensor:
    """Give the old weights in the shape of the new ones; labels that were added at the end keep their fresh weights."""
    if old.shape == new.shape:
        return old
    out = new.clone()
    out[tuple(slice(0, size) for size in old.shape)] = old
    return out


def load(path: Path) -> tuple[Net, dict[str, dict[str, int]], dict[str, object]]:
    """Read a checkpoint."""
    state = torch.load(path, map_location="cpu", weights_only=True)
    net = Net(Layout(**state["layout"]))
    net.load_state_dict({name: grown(value, net.state_dict()[name]) for name, value in state["net"].items()})
    return net, json.loads(state["tables"]), state
