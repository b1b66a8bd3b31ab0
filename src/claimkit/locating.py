"""Events and places: which of the places that an article names are where an event happens.

The model points to places in the sentence; without it, those in the event's content count that the syntax does not
make an owner, a party or an aside. Events whose place was named before ("the city", "there") take it from there.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from claimkit.lexicon import data_path, load_yaml
from claimkit.reading import Draft, Reading, Toponym
from claimkit.records import Record

if TYPE_CHECKING:
    from spacy.tokens import Token

    from claimkit.gazetteer import Gazetteer

OWNERS = frozenset({"nmod:poss", "poss"})
SUBJECTS = frozenset({"nsubj", "nsubj:outer", "nsubj:pass", "nsubjpass"})
CONTAINERS = frozenset({"region", "oblast", "district", "raion", "country", "area"})
SETTLED = frozenset({"city", "town", "village", "settlement", "quarter"})
PARTS = frozenset({"quarter", "facility"})
ELSEWHERE = 0.65
"""Probability from which the model's "named before the sentence" is followed."""


class Words(Record, frozen=True, kw_only=True):
    """``data/locating.yaml``."""

    locative: frozenset[str]
    aside: frozenset[str]
    settlements: frozenset[str]
    regions: frozenset[str]
    wide: frozenset[str]
    listing: frozenset[str]


class _File(Record, frozen=True, kw_only=True):
    locative: tuple[str, ...]
    aside: tuple[str, ...]
    settlements: tuple[str, ...]
    regions: tuple[str, ...]
    wide: tuple[str, ...]
    listing: tuple[str, ...]


@lru_cache(maxsize=1)
def words() -> Words:
    """Read ``data/locating.yaml``."""
    file: _File = load_yaml(data_path("locating.yaml"), _File)
    return Words(
        locative=frozenset(file.locative), aside=frozenset(file.aside), settlements=frozenset(file.settlements),
        regions=frozenset(file.regions), wide=frozenset(file.wide),
        listing=frozenset(file.listing),
    )  # fmt: skip


def link_places(
    reading: Reading, draft: Draft, *, focus: Sequence[Toponym], gazetteer: Gazetteer
) -> tuple[Toponym, ...]:
    """Give the places of an event, each once.

    Args:
        reading: the article.
        draft: the event.
        focus: the places of the event before it that had any.
        gazetteer: tells of which city a quarter or building is a part.
    """
    pointed = {start for start, _ in draft.mention.places}
    chosen = _main(reading, [t for t in reading.toponyms if pointed.intersection(range(*t.tokens))])
    if not chosen:
        low, high = draft.mention.content
        inside = [t for t in reading.toponyms if low <= t.tokens[0] < high]
        chosen = _main(reading, [t for t in inside if _is_location(reading, t)])
    chosen = _without_containers(_with_listed(reading, chosen))
    if not chosen:
        chosen = _named_before(reading, draft, focus)
    whole = [in_its_city(toponym, gazetteer) for toponym in chosen]
    return tuple({t.mention.id or t.mention.text: t for t in whole}.values())


def in_its_city(toponym: Toponym, gazetteer: Gazetteer) -> Toponym:
    """Give a quarter or building as the city that it is part of; the words that name it stay."""
    own = gazetteer.get(toponym.mention.id) if toponym.mention.id and toponym.mention.kind in PARTS else None
    city = gazetteer.get(own.part_of) if own and own.part_of else None
    if city is None or city.kind not in SETTLED:
        return toponym
    mention = msgspec.structs.replace(
        toponym.mention, id=city.id, name=city.name, kind=city.kind, country=city.country, admin1=city.admin1,
        lat=city.lat, lon=city.lon,
    )  # fmt: skip
    return Toponym(tokens=toponym.tokens, mention=mention, capital=False)


def _main(reading: Reading, chosen: Sequence[Toponym]) -> list[Toponym]:
    """Leave out the places that only say where another of them lies."""
    return [t for t in chosen if not _is_aside(reading, t)] or list(chosen)


def _with_listed(reading: Reading, chosen: Sequence[Toponym]) -> list[Toponym]:
    """Add the places that stand in one list with a chosen one ("near A, B and C")."""
    places, taken = reading.toponyms, set[int]()
    for at in [n for n, toponym in enumerate(places) if toponym in chosen]:
        taken.add(at)
        for step in (-1, 1):
            here = at
            while 0 <= here + step < len(places) and _listed(reading, places[here], places[here + step]):
                here += step
                if _may_be_listed(reading, places[here]):
                    taken.add(here)
    return [places[at] for at in sorted(taken)]


def _may_be_listed(reading: Reading, toponym: Toponym) -> bool:
    return toponym.mention.id is not None and not acts(toponym) and not _is_aside(reading, toponym)


def _listed(reading: Reading, one: Toponym, other: Toponym) -> bool:
    """Tell whether only commas and "and" stand between two places."""
    first, second = sorted((one.tokens, other.tokens))
    between = reading.doc[first[1] : second[0]]
    return len(between) > 0 and all(token.text == "," or token.lower_ in words().listing for token in between)


def _is_location(reading: Reading, toponym: Toponym) -> bool:
    """Tell whether the syntax makes a place a location: no owner, and, of a state or capital, no party."""
    start, end = toponym.tokens
    root = reading.doc[start:end].root
    if root.dep_ in OWNERS or (end < len(reading.doc) and reading.doc[end].tag_ == "POS"):
        return False
    if not acts(toponym):
        return True
    head = root
    while head.dep_ == "conj" and head.head.i != head.i:
        head = head.head
    return any(child.dep_ == "case" and child.lower_ in words().locative for child in head.children)


def acts(toponym: Toponym) -> bool:
    """Tell whether a place's name also stands for a party: a country, or a capital for its government."""
    return toponym.capital or toponym.mention.kind == "country"


def _is_aside(reading: Reading, toponym: Toponym) -> bool:
    """Tell whether a place only says where another one lies: in brackets, or after "west of"."""
    doc = reading.doc
    start = toponym.tokens[0]
    sentence = reading.sentences[reading.sentence_of[start]] if reading.sentence_of[start] >= 0 else None
    first = sentence.start if sentence is not None else 0
    before = [token.text for token in doc[first:start]]
    if before.count("(") > before.count(")"):
        return True
    return len(before) > 1 and before[-1] == "of" and before[-2].lower() in words().aside and start - first > 2


def _without_containers(chosen: Sequence[Toponym]) -> list[Toponym]:
    """Leave out a region or country that only says where another of the places is."""
    settled = [t for t in chosen if t.mention.kind in SETTLED]
    return [t for t in chosen if t.mention.kind not in CONTAINERS or not any(_contains(t, other) for other in settled)]


def _contains(container: Toponym, inner: Toponym) -> bool:
    one, other = container.mention, inner.mention
    if one.kind == "country":
        return one.country == other.country
    return one.name == other.admin1 or (one.country == other.country and one.kind == "area")


def _named_before(reading: Reading, draft: Draft, focus: Sequence[Toponym]) -> list[Toponym]:
    """Give the places that the article named before, where the sentence points back to them."""
    low, high = draft.mention.content
    for token in reading.doc[low:high]:
        if kinds := _points_to(token):
            before = [
                t for t in reading.toponyms
                if t.tokens[0] < token.i and t.mention.kind in kinds and (not acts(t) or _is_location(reading, t))
            ]  # fmt: skip
            focused = [t for t in focus if t.mention.kind in kinds]
            return (focused or before)[-1:]
    if draft.mention.elsewhere >= ELSEWHERE:
        return list(focus) or [t for t in reading.toponyms if t.tokens[0] < low and t.mention.kind in SETTLED][-1:]
    return []


def _points_to(token: Token) -> frozenset[str]:
    """Give the kinds of places that a word points back to ("the city", "there"), empty if it does not."""
    if token.lower_ == "there" and token.dep_ != "expl":
        return SETTLED | CONTAINERS
    definite = any(child.lower_ in ("the", "this", "that") for child in token.children)
    named = any(
        child.pos_ == "PROPN" or child.dep_ in ("appos", "flat", "nmod", "acl:relcl") for child in token.children
    )
    if not definite or named:
        return frozenset()
    if token.lemma_.lower() in words().settlements:
        return SETTLED
    return CONTAINERS if token.lemma_.lower() in words().wide else frozenset()
