"""Doc → the places that the article names, each resolved in the article's own context.

A name inside another name (a newspaper's, a person's, an armed group's) is no place. A name that the gazetteer does
not have stays, without an identity; one that could be several places stays open with its candidates.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from claimkit import place_neighbours
from claimkit.gazetteer import Gazetteer
from claimkit.gazetteer_context import distance_km
from claimkit.gazetteer_records import Match, Place, PlaceContext, PlaceKind
from claimkit.parties import Parties, PartyHit
from claimkit.place_descriptions import described
from claimkit.place_evidence import Evidence
from claimkit.place_queries import Named, full_name, is_generic, is_meant, with_containers
from claimkit.place_words import SETTLED, tied_end
from claimkit.reading import Toponym
from claimkit.records import Candidate, PartyKind, PlaceMention

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

NAMED = frozenset({"LOC", "GPE", "FAC"})
BEARERS = frozenset({"ORG", "NORP", "WORK_OF_ART", "PRODUCT", "LAW"})
"""Kinds of entities, beside persons, whose names can have a place's name inside."""
UNREAD = "_SP"
CLOSING = frozenset({",", ";", ")", "]"})
CLOSE_KM = 25.0
"""How far the members of a list of villages are from each other."""
UNIT_REACH = 2
"""Words behind a name, of which one can make it a unit's: "the Khortytsia Operational Group"."""


def find(doc: Doc, *, gazetteer: Gazetteer, parties: Parties, published: date | None = None) -> tuple[Toponym, ...]:
    """Find and resolve the places of a document.

    Args:
        doc: the parsed article.
        gazetteer: the place table.
        parties: the party table, for names of parties that hold a place's name.
        published: the publication date, against which the years of a name are held.
    """
    hits = parties.find(doc.text)
    spans = tuple(_spans(doc, hits, gazetteer=gazetteer, parties=parties))
    told = described(doc, hits=hits, places=spans, parties=parties)
    within = {i for span, _ in told for i in range(span.start, span.end)}
    spans = tuple(span for span in spans if span.start not in within)
    taken = {i for span in spans for i in range(span.start, span.end)}
    descriptions = {span.start for span, _ in told}
    named = [(span, full_name(span, taken=taken)) for span in spans]
    found = sorted([*named, *told], key=lambda pair: pair[0].start)
    matches = _resolved(found, gazetteer=gazetteer, published=published)
    return tuple(
        Toponym(
            tokens=(span.start, span.end),
            mention=_mention(span, match, described=span.start in descriptions),
            capital=bool(match.place and match.place.capital),
            described=span.start in descriptions,
        )
        for (span, _), match in zip(found, matches, strict=True)
    )


def _resolved(found: Sequence[Named], *, gazetteer: Gazetteer, published: date | None) -> list[Match]:
    """Look the names of an article up, each by itself and then in the context of the others."""

    @cache
    def alone(query: str) -> Match:
        return gazetteer.lookup(query, on=published, context=PlaceContext(published=published))

    names = with_containers(found, look_up=alone)
    first = [(span, place) for (span, _), name in zip(found, names, strict=True) if (place := alone(name).place)]
    evidence = Evidence([(span, place) for span, place in first if not is_generic(span)], published=published)
    settled = {
        name: gazetteer.lookup(name, on=published, context=evidence.beside(alone(name).place))
        for name in dict.fromkeys(names)
    }
    settled |= _settled_by_sentence(found, names, settled=settled, gazetteer=gazetteer, published=published)
    matches = [settled[name] for name in names]
    spans, places = [span for span, _ in found], [match.place for match in matches]
    return [match if is_meant(at, spans, places=places) else _opened(match) for at, match in enumerate(matches)]


def _settled_by_sentence(
    found: Sequence[Named], names: Sequence[str], *, settled: Mapping[str, Match], gazetteer: Gazetteer,
    published: date | None,
) -> dict[str, Match]:  # fmt: skip
    """Settle names that the article as a whole leaves open by the places of their own sentences.

    A report on a whole front has namesakes of a village in several of its sectors. One that the sentence leaves open as
    well is the one close to the town named next to it, if one is.
    """
    left = {name for name, match in settled.items() if match.place is None and match.candidates}
    if not left:
        return {}
    beside: dict[int, list[tuple[Span, Place]]] = defaultdict(list)
    for (span, _), name in zip(found, names, strict=True):
        place = settled[name].place
        if place and place.kind is not PlaceKind.COUNTRY:
            beside[span.sent.start].append((span, place))
    near: dict[str, list[tuple[Span, Place]]] = defaultdict(list)
    for (span, _), name in zip(found, names, strict=True):
        if name in left:
            near[name] += beside[span.sent.start]
    contexts = {name: Evidence(places, published=published).beside(None) for name, places in near.items() if places}
    looked_up = {name: gazetteer.lookup(name, on=published, context=context) for name, context in contexts.items()}
    for name, places in near.items():
        if places and not looked_up[name].place and (beside_it := _next_to(name, found, names, places)):
            point = beside_it.lat, beside_it.lon
            match = gazetteer.lookup(name, on=published, context=contexts[name], near=point)
            if match.place and distance_km((match.place.lat, match.place.lon), point) <= CLOSE_KM:
                looked_up[name] = match
    return {name: match for name, match in looked_up.items() if match.place}


def _next_to(
    name: str, found: Sequence[Named], names: Sequence[str], places: Sequence[tuple[Span, Place]]
) -> Place | None:
    """Give the settlement that stands nearest to a name among the places of its sentences."""
    at = [span.start for (span, _), other in zip(found, names, strict=True) if other == name]
    towns = [(span, place) for span, place in places if place.kind in SETTLED]
    return min(towns, key=lambda pair: min(abs(pair[0].start - start) for start in at), default=(None, None))[1]


def _opened(match: Match) -> Match:
    """Give the match of a generic name without its place, which is a candidate only."""
    taken = [Candidate(id=place.id, name=place.name, score=match.score)] if (place := match.place) else []
    return Match(query=match.query, candidates=(*taken, *match.candidates), because="generic, and its city not named")


def _spans(doc: Doc, hits: Sequence[PartyHit], *, gazetteer: Gazetteer, parties: Parties) -> Iterator[Span]:
    """Give the token spans of place names: those of the gazetteer and those that the tagger takes for places."""
    longer = [(hit.start, hit.end) for hit in hits if hit.match in ("name", "organ") and " " in hit.text]
    peoples = {hit.start for hit in hits if hit.match == "demonym" or not _has_land(hit, parties)}
    adjectives = [(hit.start, hit.end) for hit in hits if hit.match == "demonym"]
    seats = {hit.start for hit in hits if hit.match == "metonym"}
    bearers = [ent for ent in doc.ents if ent.label_ in BEARERS]
    persons = [ent for ent in doc.ents if ent.label_ == "PERSON"]
    surnames = {ent[-1].text for ent in persons if len(ent) > 1}
    taken: set[int] = set()
    found = []
    for hit in gazetteer.find(doc.text):
        span = doc.char_span(hit.start, hit.end)
        if span is None or doc[span.start].tag_ == UNREAD:
            continue
        taken.update(range(span.start, span.end))
        named_after = any(a <= hit.start and hit.end <= b and b - a > hit.end - hit.start for a, b in longer)
        of_people = any(a <= hit.start and hit.end <= b for a, b in adjectives)
        if (
            named_after
            or of_people
            or _is_part(span, bearers)
            or _is_person(span, persons, surnames)
            or _is_unit(span, parties)
        ):
            continue
        found.append(span)
    for ent in doc.ents:
        free = ent.start_char not in peoples | seats and not taken.intersection(range(ent.start, ent.end))
        if ent.label_ in NAMED and free and _is_name(ent) and ent.text not in surnames and not _is_unit(ent, parties):
            whole = _hyphenated(_bare(ent))
            if not taken.intersection(range(whole.start, whole.end)):
                taken.update(range(whole.start, whole.end))
                found.append(whole)
    found.sort(key=lambda span: span.start)
    barred = {token.i for hit in hits if (span := doc.char_span(hit.start, hit.end)) for token in span}
    barred.update(i for ent in (*bearers, *persons) if len(ent) > 1 for i in range(ent.start, ent.end))
    for told in place_neighbours.told(doc, known=found.copy(), barred=barred):
        if not taken.intersection(range(told.start, told.end)) and not _is_unit(told, parties):
            taken.update(range(told.start, told.end))
            found.append(told)
    yield from sorted(found, key=lambda span: span.start)


def _bare(ent: Span) -> Span:
    """Give a name without the comma or bracket behind it that the tagger has counted to it."""
    end = ent.end
    while end > ent.start + 1 and ent.doc[end - 1].text in CLOSING:
        end -= 1
    return ent.doc[ent.start : end]


def _is_name(ent: Span) -> bool:
    """Tell whether words that the tagger takes for a place are a name: a capitalised one, and no verb among them."""
    named = any(token.text[:1].isupper() and not token.is_stop for token in ent)
    return named and not any(token.pos_ in ("VERB", "AUX") for token in ent)


def _has_land(hit: PartyHit, parties: Parties) -> bool:
    """Tell whether a party's name can be a place's too: a state's, or a de facto authority's."""
    return any(parties[code].kind in (PartyKind.STATE, PartyKind.AUTHORITY) for code in hit.parties)


def _is_part(span: Span, bearers: Sequence[Span]) -> bool:
    """Tell whether a name is part of an organisation's ("Washington Post"), not its owner ("Kyiv's Third Corps")."""
    for ent in bearers:
        if ent.start <= span.start and span.end <= ent.end and len(ent) > len(span):
            return not (span.end < ent.end and ent.doc[span.end].tag_ == "POS")
    return False


def _hyphenated(span: Span) -> Span:
    """Give a name with all that hyphens join to it: "Alkhan-Kala" is one place."""
    doc, start = span.doc, span.start
    while (
        start > 1 and doc[start - 1].text == "-" and not doc[start - 2].whitespace_ and not doc[start - 1].whitespace_
    ):
        start -= 2
    return doc[start : tied_end(doc, span.end, {"-"})]


def _is_unit(span: Span, parties: Parties) -> bool:
    """Tell whether a capitalised noun behind a name makes it that of a unit or an organisation ("the Vostok Group")."""
    doc = span.doc
    for i in range(span.end, min(span.end + UNIT_REACH, len(doc))):
        token = doc[i]
        if not token.text[:1].isupper():
            return False
        if token.lower_ in parties.organisation_words:
            return True
    return False


def _is_person(span: Span, persons: Sequence[Span], surnames: set[str]) -> bool:
    """Tell whether a name is a person's: part of a full name, or a surname that the article has introduced."""
    for ent in persons:
        if ent.start <= span.start and span.end <= ent.end:
            return len(ent) > len(span) or span.text in surnames
    return False


def _mention(span: Span, match: Match, *, described: bool) -> PlaceMention:
    end = span.start_char + len(span.text)
    place = match.place
    if place is None:
        return PlaceMention(
            id=None, name=span.text, text=span.text, start=span.start_char, end=end, candidates=match.candidates
        )
    return PlaceMention(
        id=place.id, name=place.name, text=span.text, start=span.start_char, end=end, kind=place.kind,
        country=place.country, admin1=place.admin1, lat=place.lat, lon=place.lon,
        name_used=None if described else match.name_used, match="context" if described else match.match,
        score=round(match.score, 4),
    )  # fmt: skip
