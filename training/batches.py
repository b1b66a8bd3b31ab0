"""Windows → batches of tensors of like length."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

import torch
from torch import Tensor

from claimkit.nlp.pieces import Pieces
from training.corpora import IGNORE, Window

WORD_LABELS = (
    "tag", "upos", "head", "dep", "start", "entity", "mention", "source", "cue", "content", "predicate", "event",
    "modality", "setting",
)  # fmt: skip
CHUNK = 1024
MAX_ITEMS = 64


def grouped(windows: Sequence[Window], pieces: Pieces, budget: int, rng: random.Random | None) -> list[list[Window]]:
    """Group windows of like length into batches of at most ``budget`` pieces; shuffled where ``rng`` is given."""
    order = list(windows)
    if rng:
        rng.shuffle(order)
    lengths = {id(w): 2 + sum(len(pieces.word(word)) for word in w["words"]) for w in order}
    out: list[list[Window]] = []
    for at in range(0, len(order), CHUNK):
        current: list[Window] = []
        for window in sorted(order[at : at + CHUNK], key=lambda w: lengths[id(w)]):
            if current and (lengths[id(window)] * (len(current) + 1) > budget or len(current) >= MAX_ITEMS):
                out.append(current)
                current = []
            current.append(window)
        out.append(current)
    if rng:
        rng.shuffle(out)
    return out


def inputs(batch: list[Window], pieces: Pieces) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Give the encoder's inputs of a batch."""
    ids, shapes, first, last = pieces.batch([window["words"] for window in batch])
    return torch.from_numpy(ids), torch.from_numpy(shapes), torch.from_numpy(first), torch.from_numpy(last)


def labels(batch: list[Window]) -> dict[str, Tensor]:
    """Give the word labels of a batch, ``IGNORE`` where a window has none or has ended."""
    size = max(len(window["words"]) for window in batch)
    out = {}
    for name in WORD_LABELS:
        rows = [list(window.get(name) or ()) for window in batch]
        out[name] = torch.tensor([row + [IGNORE] * (size - len(row)) for row in rows])
    return out


def odds(batch: list[Window], name: str, labels: int) -> Tensor:
    """Give what a teacher holds of a head's labels, ``(batch, words, labels)``; all 0 where none was asked."""
    size = max(len(window["words"]) for window in batch)
    out = torch.zeros(len(batch), size, labels)
    for row, window in zip(out, batch, strict=True):
        if "odds" in window:
            row[: len(window["words"])] = torch.from_numpy(window["odds"][name])
    return out


def relations(batch: list[Window]) -> Iterator[tuple[int, str, int, list[int]]]:
    """Give ``(item, relation, row, targets)`` of a batch."""
    for item, window in enumerate(batch):
        for name, row, targets in window.get("relations", ()):
            yield item, name, row, targets
