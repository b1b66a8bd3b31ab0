"""Events and places: which of the places that an article names are where an event happens.

The places of the sentence and those named before it are candidates (``sites``), which fitted weights rank; without the
packaged model those in the event's content count that the syntax does not make an owner, a party or an aside.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from claimkit.nlp.graph import GRAPH
from claimkit.place_words import CONTAINERS, PARTS, SETTLED, points_to, words
from claimkit.ranking import Ranker
from claimkit.reading import Draft, Reading, Toponym
from claimkit.settings import Settings
from claimkit.site_words import acts, holds, identity, is_owner
from claimkit.sites import Sites, Trail

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from claimkit.gazetteer import Gazetteer

Places = tuple[Toponym, ...]

NAMES = frozenset({"PROPN", "PUNCT"})
"""Parts of speech of an unknown name: what else the tagger takes for a place is left out of lists."""
APART_REACH = 4
"""Words before a place's name of which one can tell it from another place."""


def link_places(
    reading: Reading, draft: Draft, sites: Sites, trail: Trail, *, gazetteer: Gazetteer, settings: Settings
) -> Places:
    """Give the places of an event, each once.

    Args:
        reading: the article.
        draft: the event.
        sites: the candidates of the article's events.
        trail: where the events before it were.
        gazetteer: tells of which city a quarter or building is a part.
        settings: the chances from which a place is taken.
    """
    chosen = _ranked(reading, draft, sites, trail, settings) if GRAPH in reading.doc.user_data else _by_syntax(
        reading, draft, [place for _, place in trail.seen[-1:]])  # fmt: skip
    whole = [in_its_city(toponym, gazetteer) for toponym in chosen]
    return tuple({identity(t): t for t in whole}.values())


def _ranked(reading: Reading, draft: Draft, sites: Sites, trail: Trail, settings: Settings) -> list[Toponym]:
    """Choose by the fitted weights: all likely places of the sentence, else the likeliest of those named before."""
    here, back = sites.of(draft, trail)
    ranker = Ranker.named("here")
    likely = [site.toponym for site in here if ranker.chance(site.features) >= settings.here_floor]
    if likely:
        return _without_containers(_with_listed(reading, _main(reading, _told_apart(reading, draft, likely))))
    chances = Ranker.named("back").chances([site.features for site in back], or_none=True)
    best = max(range(len(chances)), key=lambda n: (chances[n], -n), default=None)
    return [back[best].toponym] if best is not None and chances[best] >= settings.back_floor else []


def _told_apart(reading: Reading, draft: Draft, likely: list[Toponym]) -> list[Toponym]:
    """Leave out the places around where the event's own is told from them: "the nearby city of P" is only P."""
    low, high = draft.mention.content
    own = [t for t in likely if low <= t.tokens[0] < high]
    return own if any(_is_apart(t, reading.doc) for t in own) else likely


def _is_apart(toponym: Toponym, doc: Doc) -> bool:
    """Tell whether a word before a place tells it from another: "nearby P", "the neighbouring town of P"."""
    for at in range(toponym.tokens[0] - 1, max(-1, toponym.tokens[0] - 1 - APART_REACH), -1):
        if doc[at].lower_ in words().apart:
            return True
        if doc[at].pos_ not in ("NOUN", "ADJ", "DET") and doc[at].lower_ != "of":
            return False
    return False


def _by_syntax(reading: Reading, draft: Draft, focus: Sequence[Toponym]) -> list[Toponym]:
    """Choose without the model: places in the event's content that the syntax does not make owner, party or aside."""
    low, high = draft.mention.content
    inside = [t for t in reading.toponyms if low <= t.tokens[0] < high]
    chosen = _main(reading, [t for t in inside if _is_location(reading, t)])
    return _without_containers(_with_listed(reading, chosen)) or _named_before(reading, draft, focus)


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
    named = toponym.mention.id is not None or all(token.pos_ in NAMES for token in reading.doc[slice(*toponym.tokens)])
    return named and not acts(toponym) and not _is_aside(reading, toponym)


def _listed(reading: Reading, one: Toponym, other: Toponym) -> bool:
    """Tell whether only commas and "and" stand between two places."""
    first, second = sorted((one.tokens, other.tokens))
    between = reading.doc[first[1] : second[0]]
    return len(between) > 0 and all(token.text == "," or token.lower_ in words().listing for token in between)


def _is_location(reading: Reading, toponym: Toponym) -> bool:
    """Tell whether the syntax makes a place a location: no owner, and, of a state or capital, no party."""
    start, end = toponym.tokens
    root = reading.doc[start:end].root
    if is_owner(reading.doc, toponym):
        return False
    if not acts(toponym):
        return True
    head = root
    while head.dep_ == "conj" and head.head.i != head.i:
        head = head.head
    return any(child.dep_ == "case" and child.lower_ in words().locative for child in head.children)


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
    inner = [t for t in chosen if t.mention.kind in SETTLED or t.mention.id is None]
    return [t for t in chosen if t.mention.kind not in CONTAINERS or not any(holds(t, other) for other in inner)]


def _named_before(reading: Reading, draft: Draft, focus: Sequence[Toponym]) -> list[Toponym]:
    """Give the places that the article named before, where the sentence points back to them."""
    low, high = draft.mention.content
    for token in reading.doc[low:high]:
        if kinds := points_to(token):
            before = [
                t for t in reading.toponyms
                if t.tokens[0] < token.i and t.mention.kind in kinds and (not acts(t) or _is_location(reading, t))
            ]  # fmt: skip
            focused = [t for t in focus if t.mention.kind in kinds]
            return (focused or before)[-1:]
    return []
