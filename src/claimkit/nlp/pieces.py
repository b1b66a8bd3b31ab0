"""Words → word pieces: what training and the runtime must do alike before the encoder."""

from __future__ import annotations

import itertools
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

MAX_PIECES = 8
"""Pieces kept of one word: of a longer one the first seven and the last."""
MAX_POSITIONS = 512
"""Pieces that the encoder can tell apart by their position, the first and the last of a window included."""
START_PIECE, END_PIECE, UNKNOWN_PIECE = 101, 102, 100
_CACHE_SIZE = 50_000

Array = npt.NDArray[np.int64]


@lru_cache(maxsize=_CACHE_SIZE)
def shape(word: str) -> int:
    """Give the class of a word's letters: 1 lower case, 2 capitals, 3 one capital, 4 capitalised, 5 number ..."""
    if word.islower():
        return 1
    if word.isupper():
        return 2 if len(word) > 1 else 3
    if any(c.isdigit() for c in word):
        return 6 if any(c.isalpha() for c in word) else 5
    if word[:1].isupper() and word[1:].islower():
        return 4
    if any(c.isupper() for c in word):
        return 7
    return 9 if any(c.isalpha() for c in word) else 8


class Pieces:
    """A word-piece tokenizer over given words, with a cache of the words seen."""

    def __init__(self, path: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._known: dict[str, tuple[int, ...]] = {}

    def word(self, word: str) -> tuple[int, ...]:
        """Give the piece ids of one word, at least one and at most ``MAX_PIECES``."""
        known = self._known.get(word)
        if known is None:
            ids = self._tokenizer.encode(word[:200], add_special_tokens=False).ids or [UNKNOWN_PIECE]
            known = tuple(ids if len(ids) <= MAX_PIECES else [*ids[: MAX_PIECES - 1], ids[-1]])
            if len(self._known) >= _CACHE_SIZE:
                self._known.clear()
            self._known[word] = known
        return known

    def batch(self, windows: list[list[str]]) -> tuple[Array, Array, Array, Array]:
        """Give ``ids, shapes`` (batch, pieces), ``first, last`` (batch, 1 + words); padded with 0, words with -1."""
        rows = [_shortened([self.word(word) for word in words]) for words in windows]
        width = max(sum(map(len, row)) for row in rows) + 2
        longest = max(map(len, rows)) + 1
        ids = np.zeros((len(rows), width), dtype=np.int64)
        shapes = np.zeros_like(ids)
        first = np.full((len(rows), longest), -1, dtype=np.int64)
        last = np.full_like(first, -1)
        for i, (row, words) in enumerate(zip(rows, windows, strict=True)):
            sizes = np.fromiter(map(len, row), dtype=np.int64, count=len(row))
            ends = sizes.cumsum()
            size, end = len(row) + 1, 2 + int(sizes.sum())
            ids[i, :end] = [START_PIECE, *itertools.chain.from_iterable(row), END_PIECE]
            shapes[i, 1 : end - 1] = np.repeat([shape(word) for word in words], sizes)
            first[i, 0] = last[i, 0] = 0
            first[i, 1:size], last[i, 1:size] = ends - sizes + 1, ends
        return ids, shapes, first, last


def _shortened(row: list[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """Leave fewer pieces to each word where the window has more than the encoder takes: numbers, names run together."""
    most = MAX_PIECES
    while sum(map(len, row)) > MAX_POSITIONS - 2 and most > 1:
        most -= 1
        row = [word if len(word) <= most else (*word[: most - 1], word[-1]) for word in row]
    return row
