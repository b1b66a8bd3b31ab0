"""Where sentences begin: what the model sees, weighed with the marks around a word.

The model reads web text as well, where sentences begin anywhere; in edited text a full stop and a capital settle most
cases. The weights were fitted on the development sets of the treebanks (``python -m training.boundaries``) and lie
beside the model.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import numpy as np

from claimkit.nlp.network import Floats

FILE = "boundaries.json"
STOPS = frozenset({".", "!", "?", "...", "…"})
CLOSING = frozenset({'"', "'", "”", "’", "''", ")", "]"})
OPENING = frozenset({'"', "'", "“", "‘", "``", "(", "["})
"""Marks of which some are in both: one with a space before it opens, another one closes."""
NEVER = -6.0
"""Log odds of the model below which only a word after a stop is looked at."""
LONG = 40
"""Words from which on a sentence's length tells no more."""

Features = dict[str, float]


class Boundaries:
    """Tells where sentences begin.

    Args:
        weights: the weight of each feature; a positive total begins a sentence.
    """

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._weights = weights

    @classmethod
    def load(cls, folder: Path) -> Boundaries:
        """Read the weights of a model; for one without any the model's own odds decide."""
        file = folder / FILE
        return cls(json.loads(file.read_text(encoding="utf-8")) if file.exists() else {"odds": 1.0})

    def starts(self, words: Sequence[str], spaced: Sequence[bool], odds: Floats, given: Collection[int]) -> list[int]:
        """Give the words that begin a sentence, in order.

        Args:
            words: the words of a window.
            spaced: whether there is white space before each.
            odds: the model's log odds of each to begin one.
            given: words that do in any case: the first of each paragraph.
        """
        likely = set(np.flatnonzero(odds > NEVER).tolist()) | {n + 1 for n, word in enumerate(words) if word in STOPS}
        out = [0]
        for at in sorted((likely | set(given)) & set(range(1, len(words)))):
            if at in given or self._total(features(words, spaced, at, at - out[-1], float(odds[at]))) > 0:
                out.append(at)
        return out

    def _total(self, found: Features) -> float:
        return sum(self._weights.get(name, 0.0) * value for name, value in found.items())


def features(words: Sequence[str], spaced: Sequence[bool], at: int, since: int, odds: float) -> Features:
    """Give what speaks for and against a sentence's beginning at a word; ``since`` words after the last one began."""
    word, before = words[at], words[at - 1]
    ended = before in STOPS
    closed = before in CLOSING and not spaced[at - 1] and at > 1 and words[at - 2] in STOPS
    shape = "capital" if word[0].isupper() else "small" if word[0].islower() else "digit" if word[0].isdigit() else ""
    mark = "stop" if ended else "closed" if closed else "dotted" if before[0].isalpha() and before[-1] == "." else ""
    out = {"bias": 1.0, "odds": odds, "since": min(since, LONG) / LONG}
    out |= {"colon": float(before == ":"), "comma": float(before == ",")}
    if word in OPENING or word in CLOSING:
        shape = "opens" if spaced[at] and word in OPENING else "closes"
    for name in (shape, mark, f"{mark}&{shape}" if mark and shape else ""):
        if name:
            out[name] = 1.0
    return out
