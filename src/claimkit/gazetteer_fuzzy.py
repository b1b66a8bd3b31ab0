"""Misspelt names: which loose keys are near enough to be meant, and which are merely similar names.

The only user of rapidfuzz. A name of under six letters is never guessed, nor is one whose difference lies in its
ending: there, Slavic names differ from one another (Petrivka, Petrivske, Petrivtsi), and surnames from towns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from claimkit.names import tables

MIN_LENGTH = 6
ENDING = 2
MAX_EDITS = 2
COST_LIMITS = ((6, 0.5), (7, 0.7), (8, 1.0), (9, 1.4), (12, 2.0))
VOWEL_FOR_VOWEL = 0.5
SOUND_ALIKE = 0.6
SWAPPED = 0.7
VOWEL_MORE_OR_LESS = 0.7
H_MORE_OR_LESS = 0.5
SAME_LETTERS = 1.0
DOUBLED = 0.4
OTHER_LETTER = 1.5
LETTER_MORE_OR_LESS = 1.0
_DOUBLE = re.compile(r"(.)\1+")
_VOWELS = frozenset("aeiou")
_ALIKE = frozenset(map(frozenset, ("sz", "gh", "dt", "bp", "bv", "ck", "mn", "gk", "fv")))
_SAME_INITIALS = frozenset(map(frozenset, ("kh", "ie", "gh", "zs")))


class Near(NamedTuple):
    """A known loose key near a written one: what the difference costs, and the similarity in [0, 1]."""

    key: str
    cost: float
    similarity: float


def nearest(written: str, known: Iterable[str]) -> list[Near]:
    """Give the known keys that a written loose key may be a misspelling of, best first."""
    from rapidfuzz.distance import OSA

    found = []
    for key in known:
        if 0 < OSA.distance(written, key, score_cutoff=MAX_EDITS) <= MAX_EDITS and plausible(written, key):
            cost = round(edit_cost(written, key), 4)
            if sorted(written) == sorted(key):
                cost = min(cost, SAME_LETTERS)
            if cost <= cost_limit(min(len(written), len(key))):
                found.append(Near(key, cost, 1 - cost / max(len(written), len(key))))
    return sorted(found, key=lambda near: (near.cost, -near.similarity, near.key))


def cost_limit(length: int) -> float:
    """Give how much a key of this length may be wrong by."""
    return max((limit for least, limit in COST_LIMITS if length >= least), default=0.0)


def edit_cost(one: str, other: str) -> float:
    """Give the cost of turning one key into another: optimal string alignment with the weights of usual slips."""
    more = [_extra(one, at) for at in range(len(one))]
    less = [_extra(other, to) for to in range(len(other))]
    before: list[float] = []
    row = [0.0, *accumulate(less)]
    for at, mine in enumerate(one):
        before, last, row = row, before, [row[0] + more[at]]
        for to, theirs in enumerate(other):
            best = before[to] if mine == theirs else before[to] + _instead(mine, theirs)
            best = min(best, before[to + 1] + more[at], row[to] + less[to])
            if at and to and mine == other[to - 1] and theirs == one[at - 1]:
                best = min(best, last[to - 1] + SWAPPED)
            row.append(best)
    return row[-1]


def _extra(word: str, at: int) -> float:
    letter = word[at]
    if at and word[at - 1] == letter:
        return DOUBLED
    if letter == "h" or word[at : at + 2] == "kh":
        return H_MORE_OR_LESS
    return VOWEL_MORE_OR_LESS if letter in _VOWELS else LETTER_MORE_OR_LESS


def _instead(mine: str, theirs: str) -> float:
    if mine in _VOWELS and theirs in _VOWELS:
        return VOWEL_FOR_VOWEL
    return SOUND_ALIKE if frozenset({mine, theirs}) in _ALIKE else OTHER_LETTER


def plausible(written: str, key: str) -> bool:
    """Tell whether the difference is one that writers make by mistake, not one that makes another name."""
    if written[0] != key[0] and frozenset({written[0], key[0]}) not in _SAME_INITIALS:
        return False
    if _DOUBLE.sub(r"\1", written) == _DOUBLE.sub(r"\1", key):
        return True
    if written.startswith(key) or key.startswith(written):
        return False
    if sorted(written[-ENDING - 1 :]) == sorted(key[-ENDING - 1 :]):
        return True
    if written[-1] != key[-1]:
        return False
    return not _other_suffix(written, key)


def _other_suffix(written: str, key: str) -> bool:
    same = 0
    while same < min(len(written), len(key)) and written[same] == key[same]:
        same += 1
    return any(
        written[at:] in _suffixes() and key[at:] in _suffixes() and written[at:] != key[at:]
        for at in range(max(same - 3, 1), same + 1)
    )


@lru_cache(maxsize=1)
def _suffixes() -> frozenset[str]:
    from claimkit.romanize import loose_key

    return frozenset({*map(loose_key, tables().suffixes), ""})
