"""The network: an encoder, and heads over the words."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import torch
from torch import Tensor, nn

from training.encoders import ENCODERS
from training.layers import Layout, Linear, rounded
from training.scheme import CLAIM_HEADS, PAIR_LABELS, RELATIONS, WORD_HEADS

HALF = torch.cpu._is_avx512_bf16_supported()
"""Whether the processor multiplies in bf16, in which the forward and backward pass then run."""


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
        self.encoder = ENCODERS[layout.family](layout)
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
