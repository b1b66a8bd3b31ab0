"""The rungs of the ladder: how a written name may be one that the table has, from listed to misspelt.

Each rung is a function of the table and the query; ``gazetteer.py`` climbs them in the order of ``RUNGS``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from claimkit.gazetteer_context import Hit
from claimkit.gazetteer_fuzzy import MIN_LENGTH, nearest
from claimkit.gazetteer_index import ABROAD, CORE, LISTED, ROMAN, SKELETON
from claimkit.gazetteer_records import DISTRICTS, REGIONS, SETTLEMENTS, MatchKind, Place, PlaceKind
from claimkit.gazetteer_table import PlaceTable
from claimkit.names import KindClass, Query, base_forms, is_cyrillic, key, tables
from claimkit.romanize import is_arabic, loose_key, loose_keys, skeleton, vowels_agree

ROMAN_MIN_LENGTH = 4
SKELETON_MIN = 2
SKELETON_SHORT = 5

_KINDS = {
    KindClass.SETTLEMENT: SETTLEMENTS,
    KindClass.REGION: REGIONS | {PlaceKind.AREA, PlaceKind.COUNTRY},
    KindClass.DISTRICT: DISTRICTS,
    KindClass.COUNTRY: frozenset({PlaceKind.COUNTRY}),
}


def of_kind(place: Place, kind: KindClass | None) -> bool:
    """Tell whether a place is of the kind that a kind word asks for (``None`` asks for none)."""
    return kind is None or place.kind in _KINDS[kind]


def listed(table: PlaceTable, query: Query) -> list[Hit]:
    """Find a name that is listed as it is written."""
    hits = table.hits(LISTED, key(query.name), match="alias")
    return hits or _core(table, query, forms=(key(query.core),), match="alias")


def abroad(table: PlaceTable, query: Query) -> list[Hit]:
    """Find what the press of another country calls a place."""
    hits = table.hits(ABROAD, key(query.name), match="alias") or table.hits(ABROAD, key(query.core), match="alias")
    return [hit for hit in hits if of_kind(hit.place, query.kind)]


def romanized(table: PlaceTable, query: Query) -> list[Hit]:
    """Find a name whose Cyrillic form is written so in one of the romanisations."""
    hits = [
        hit for form in loose_forms(query.name) for hit in table.hits(ROMAN, form, match="romanized", cyrillic=True)
    ]
    return hits or _core(table, query, forms=loose_forms(query.core), match="romanized", sign=ROMAN)


def arabic(table: PlaceTable, query: Query) -> list[Hit]:
    """Find an Arabic name with the same consonants and vowels of the same classes."""
    name = query.core
    plain = key(name)
    if len(plain) < ROMAN_MIN_LENGTH or is_cyrillic(name):
        return []
    bones = skeleton(name)
    if len(bones) < SKELETON_MIN or (len(bones) == SKELETON_MIN and len(plain) < SKELETON_SHORT):
        return []
    hits = table.hits(SKELETON, bones, match="romanized")
    if not is_arabic(name):
        hits = [hit for hit in hits if any(_sounds_like(name, other.name, bones) for other in hit.place.names)]
    return [hit for hit in hits if of_kind(hit.place, query.kind)]


def inflected(table: PlaceTable, query: Query) -> list[Hit]:
    """Find a name of which a Cyrillic form is an inflection."""
    hits = [hit for form in base_forms(query.name) for hit in table.hits(LISTED, form, match="inflected")]
    return hits or _core(table, query, forms=base_forms(query.core), match="inflected")


def misspelt(table: PlaceTable, query: Query) -> list[Hit]:
    """Find names that a writer may have misspelt so; each hit has the cost of the slip."""
    hits = []
    for form in loose_forms(query.core):
        if len(form) < MIN_LENGTH:
            continue
        for near in nearest(form, table.near(form)):
            hits += [
                hit._replace(similarity=near.similarity, cost=near.cost)
                for hit in table.hits(ROMAN, near.key, match="fuzzy")
                if hit.place.country not in tables().close_names and of_kind(hit.place, query.kind)
            ]
    return hits


Rung = Callable[[PlaceTable, Query], list[Hit]]

RUNGS: Sequence[Rung] = (listed, abroad, romanized, arabic, inflected)
"""The certain rungs in order; ``misspelt`` is climbed only where none of them finds the name anywhere."""


def loose_forms(name: str) -> tuple[str, ...]:
    """Give the loose keys of a written name; none for one too short to be compared loosely."""
    if is_cyrillic(name):
        return tuple(dict.fromkeys((*loose_keys(name, language="uk")[:1], *loose_keys(name, language="ru")[:2])))
    plain = key(name)
    return (loose_key(name),) if len(plain) >= ROMAN_MIN_LENGTH and plain.isascii() else ()


def _core(table: PlaceTable, query: Query, *, forms: Iterable[str], match: MatchKind, sign: str = "") -> list[Hit]:
    """Look up the name without its kind word; a region's or district's own name is kept without it too."""
    if query.kind is None:
        return []
    forms = tuple(forms)
    hits: list[Hit] = []
    if query.kind in CORE:
        hits = [hit for form in forms for hit in table.hits(CORE[query.kind], sign + form, match=match)]
    return hits or [
        hit
        for form in forms
        for hit in table.hits(sign or LISTED, form, match=match, cyrillic=bool(sign))
        if of_kind(hit.place, query.kind)
    ]


def _sounds_like(name: str, other: str, bones: str) -> bool:
    return not is_arabic(other) and skeleton(other) == bones and vowels_agree(name, other)
