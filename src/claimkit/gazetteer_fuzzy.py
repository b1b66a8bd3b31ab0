"""Misspelt names: which loose keys are near enough to be meant, and which are merely similar names.

The only user of rapidfuzz. A name of under six letters is never guessed, nor is one whose difference lies in its
ending: there, Slavic names differ from one another (Petrivka, Petrivske, Petrivtsi), and surnames from towns.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from .names import tables

MIN_LENGTH = 6
LONG = 9
ENDING = 2
MAX_EDITS_SHORT = 1
MAX_EDITS_LONG = 2
MIN_SIMILARITY = 0.8
_SAME_INITIALS = (frozenset({"k", "h"}), frozenset({"i", "e"}), frozenset({"g", "h"}), frozenset({"z", "s"}))


class Near(NamedTuple):
    """A known loose key near a written one: edits between them (optimal string alignment) and similarity in [0, 1]."""

    key: str
    edits: int
    similarity: float


def nearest(written: str, known: Iterable[str]) -> list[Near]:
    """Give the known keys that a written loose key may be a misspelling of, best first."""
    from rapidfuzz.distance import OSA

    limit = edit_limit(written)
    found = []
    for key in known:
        edits = OSA.distance(written, key, score_cutoff=limit)
        if 0 < edits <= limit and edits <= edit_limit(key) and plausible(written, key):
            similarity = 1 - edits / max(len(written), len(key))
            if similarity >= MIN_SIMILARITY:
                found.append(Near(key, edits, similarity))
    return sorted(found, key=lambda near: (near.edits, -near.similarity, near.key))


def edit_limit(key: str) -> int:
    """Give how many edits a key of this length may be wrong by."""
    if len(key) < MIN_LENGTH:
        return 0
    return MAX_EDITS_LONG if len(key) >= LONG else MAX_EDITS_SHORT


def plausible(written: str, key: str) -> bool:
    """Tell whether the difference is one that writers make by mistake, not one that makes another name."""
    if written[0] != key[0] and frozenset({written[0], key[0]}) not in _SAME_INITIALS:
        return False
    if written.startswith(key) or key.startswith(written):
        return False
    if sorted(written[-ENDING - 1:]) == sorted(key[-ENDING - 1:]):
        return True
    if written[-ENDING:] != key[-ENDING:]:
        return False
    return not _other_suffix(written, key)


def _other_suffix(written: str, key: str) -> bool:
    same = 0
    while same < min(len(written), len(key)) and written[same] == key[same]:
        same += 1
    return any(written[at:] in _suffixes() and key[at:] in _suffixes() and written[at:] != key[at:]
               for at in range(max(same - 3, 1), same + 1))


@lru_cache(maxsize=1)
def _suffixes() -> frozenset[str]:
    from .romanize import loose_key

    return frozenset({*map(loose_key, tables().suffixes), ""})
