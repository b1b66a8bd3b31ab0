"""What a named place is looked up as: with the word for a region, and with what the text says that it lies in."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from itertools import pairwise
from typing import TYPE_CHECKING

from claimkit.dependencies import SUBJECTS
from claimkit.gazetteer_context import NEAR_KM, distance_km
from claimkit.gazetteer_hints import lies_in
from claimkit.gazetteer_records import SETTLEMENTS, Match, Place, PlaceKind
from claimkit.names import key
from claimkit.place_words import CONTAINERS, words

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

Named = tuple["Span", str]
"""A name in the text, and what it is looked up as."""

LIST_REACH = 12
"""Tokens behind a name in which a list of names can end."""
TIE_REACH = 3
"""Tokens between a generic name and the place that it is in."""
PARTS_OF_TOWNS = frozenset({PlaceKind.FACILITY, PlaceKind.QUARTER})
DASHES = frozenset({"-", "–"})
OPENERS = frozenset({",", "(", "in"})


def full_name(span: Span, *, taken: Set[int]) -> str:
    """Give a name with the word "region" where the text says that it is one's.

    It stands right behind the name or its compound ("the P-Q region"), in the plural behind a list, or before it ("the
    northern region of P").

    Args:
        span: the name.
        taken: the tokens of all names of places in the text.
    """
    doc, apart = span.doc, False
    if span.start > 1 and doc[span.start - 1].lower_ == "of" and (word := _region(doc[span.start - 2])):
        return f"{span.text} {word}"
    for i in range(span.end, min(span.end + LIST_REACH, len(doc))):
        token = doc[i]
        word = _region(token)
        if word and (not apart or token.lower_ != word):
            return span.text if _region(span[-1]) else f"{span.text} {word}"
        apart = apart or not (token.text in DASHES or doc[i - 1].text in DASHES)
        listed = i in taken or token.pos_ in ("PROPN", "CCONJ") or token.text in DASHES or token.text == ","
        if word or not (listed or token.lower_ in words().listing):
            break
    return span.text


def _region(token: Token) -> str:
    """Give the singular of a word for a region (an unread capitalised plural is its own lemma), else nothing."""
    forms = (token.lemma_.lower(), token.lower_.removesuffix("s"))
    return next((form for form in forms if form in words().regions), "")


def with_containers(found: Sequence[Named], *, look_up: Callable[[str], Match]) -> list[str]:
    """Give the queries of the names in a text: "P, Q" where a region or country Q that has a P stands behind P.

    What stands behind a list says it of each member that lies there: "P1, P2 and P3 in Q".

    Args:
        found: the names in their order.
        look_up: looks a query up.
    """
    queries = [name for _, name in found]
    containers: list[str | None] = [None] * len(found)
    for at, ((span, _), (behind, whole)) in reversed(list(enumerate(pairwise(found)))):
        place = look_up(whole).place
        if place and place.kind in CONTAINERS and _says_where(span, behind):
            containers[at] = whole
        elif _are_listed(span, behind):
            containers[at] = containers[at + 1]
    for at, ((span, name), container) in enumerate(zip(found, containers, strict=True)):
        own = look_up(name).place
        free = name == span.text and not (own and own.kind is PlaceKind.COUNTRY)
        if container and free and look_up(query := f"{name}, {container}").place:
            queries[at] = query
    return queries


def _says_where(span: Span, behind: Span) -> bool:
    """Tell whether a name behind a comma, a bracket or "in" says where the first lies."""
    apart = behind.start == span.end + 1 and span.doc[span.end].lower_ in OPENERS
    return apart and not does_or_owns(behind)


def _are_listed(span: Span, behind: Span) -> bool:
    """Tell whether two names are members of one list: only commas and words like "and" stand between."""
    between = _between(span, behind)
    return len(between) > 0 and all(token.text == "," or token.lower_ in words().listing for token in between)


def does_or_owns(span: Span) -> bool:
    """Tell whether a name is that of a subject or an owner ("Russia said", "Russia's army")."""
    owns = span.end < len(span.doc) and span.doc[span.end].tag_ == "POS"
    return owns or span.root.dep_ in SUBJECTS


def is_generic(span: Span) -> bool:
    """Tell whether a name is one that many places have ("Old City")."""
    return key(span.text) in words().generic


def is_meant(at: int, spans: Sequence[Span], *, places: Sequence[Place | None]) -> bool:
    """Tell whether a name means the place that it was taken for.

    A generic name does only where that place lies in what the text says that it is in ("the Old City of P", "P's Old
    City"), or, where it says nothing, in one of the article's places; the short name of a building or quarter does
    unless all towns of the article are in other countries.

    Args:
        at: which of the names.
        spans: the names in their order.
        places: what each of them was taken for.
    """
    own = places[at]
    if own is None or not is_generic(spans[at]):
        return own is None or not _is_abroad(spans[at], own, places)
    tied = []
    if at > 0 and all(token.tag_ == "POS" for token in _between(spans[at - 1], spans[at])):
        tied.append(places[at - 1])
    if at + 1 < len(spans):
        between = _between(spans[at], spans[at + 1])
        if 0 < len(between) <= TIE_REACH and all(token.lower_ in words().belonging for token in between):
            tied.append(places[at + 1])
    return any(other is not None and _has(other, own) for other in tied or places)


def _is_abroad(span: Span, own: Place, places: Sequence[Place | None]) -> bool:
    """Tell whether "al-Shifa" is hardly the hospital of that name: nothing else in the article is in its country."""
    if own.kind not in PARTS_OF_TOWNS or len(key(span.text)) >= len(key(own.name)):
        return False
    others = [place for place in places if place is not None and place.id != own.id]
    towns = any(place.kind in SETTLEMENTS for place in others)
    return towns and all(place.country != own.country for place in others)


def _between(first: Span, second: Span) -> Span:
    return first.doc[first.end : second.start]


def _has(other: Place, own: Place) -> bool:
    if other.id == own.id:
        return False
    near = other.kind in SETTLEMENTS and distance_km((other.lat, other.lon), (own.lat, own.lon)) <= NEAR_KM
    return near or lies_in(own, other)
