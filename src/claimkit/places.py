"""Doc → the places that the article names, each resolved in the article's own context.

A name inside another name (a newspaper's, a person's, an armed group's) is no place. A name that the gazetteer does
not have stays, without an identity; one that could be several places stays open with its candidates.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Span

from claimkit.gazetteer import Gazetteer
from claimkit.gazetteer_records import SETTLEMENTS, Match, PlaceContext
from claimkit.parties import Parties
from claimkit.reading import Toponym
from claimkit.records import PlaceMention

NAMED = frozenset({"LOC", "GPE", "FAC"})
BEARERS = frozenset({"PERSON", "ORG", "NORP", "WORK_OF_ART", "PRODUCT", "LAW"})
"""Kinds of entities whose names can have a place's name inside."""
NEAR_WORDS = 1
CERTAIN = 1.0


def find(doc: Doc, *, gazetteer: Gazetteer, parties: Parties, published: object = None) -> tuple[Toponym, ...]:
    """Find and resolve the places of a document.

    Args:
        doc: the parsed article.
        gazetteer: the place table.
        parties: the party table, for names of parties that hold a place's name.
        published: the publication date, against which the years of a name are held.
    """
    spans = list(_spans(doc, gazetteer=gazetteer, parties=parties))
    context = PlaceContext(published=published)  # type: ignore[arg-type]
    matches: dict[str, Match] = {}
    for name, _ in Counter(span.text for span in spans).most_common():
        matches[name] = gazetteer.lookup(name, on=context.published, context=context)
    context = _context(matches, spans, context)
    for name, match in matches.items():
        if match.place is None:
            matches[name] = gazetteer.lookup(name, on=context.published, context=context)
    return tuple(Toponym(tokens=(span.start, span.end), mention=_mention(span, matches[span.text])) for span in spans)


def _spans(doc: Doc, *, gazetteer: Gazetteer, parties: Parties) -> Iterator[Span]:
    """Give the token spans of place names: those of the gazetteer and those that the tagger takes for places."""
    bearers = [ent for ent in doc.ents if ent.label_ in BEARERS]
    longer = [(hit.start, hit.end) for hit in parties.find(doc.text) if hit.match == "name" and " " in hit.text]
    taken: set[int] = set()
    found = []
    for hit in gazetteer.find(doc.text):
        span = doc.char_span(hit.start, hit.end, alignment_mode="contract")
        if span is None or span.text != hit.text:
            continue
        if _inside_a_name(span, bearers) or any(a <= hit.start and hit.end <= b and b - a > hit.end - hit.start for a, b in longer):
            taken.update(range(span.start, span.end))
            continue
        found.append(span)
        taken.update(range(span.start, span.end))
    for ent in doc.ents:
        if ent.label_ in NAMED and not taken.intersection(range(ent.start, ent.end)) and ent.text[:1].isupper():
            found.append(ent)
    yield from sorted(found, key=lambda span: span.start)


def _inside_a_name(span: Span, bearers: Sequence[Span]) -> bool:
    for ent in bearers:
        if ent.start <= span.start and span.end <= ent.end:
            if ent.end - ent.start > span.end - span.start:
                owner = span.end < ent.end and ent.doc[span.end].tag_ == "POS"
                return not owner
            return ent.label_ == "PERSON"
    return False


def _context(matches: dict[str, Match], spans: Sequence[Span], context: PlaceContext) -> PlaceContext:
    weights: Counter[str] = Counter()
    countries, regions = set(), set()
    for span in spans:
        place = matches[span.text].place
        if place is None:
            continue
        weights[place.id] += 1
        if place.country:
            countries.add(place.country)
        if place.admin1:
            regions.add(place.admin1)
        if place.kind in ("oblast", "region"):
            regions.add(place.name)
    return PlaceContext(
        countries=frozenset(countries), admin1s=frozenset(regions), places=dict(weights), published=context.published
    )


def _mention(span: Span, match: Match) -> PlaceMention:
    end = span.start_char + len(span.text)
    place = match.place
    if place is None:
        return PlaceMention(
            id=None, name=span.text, text=span.text, start=span.start_char, end=end, candidates=match.candidates
        )
    return PlaceMention(
        id=place.id, name=place.name, text=span.text, start=span.start_char, end=end, kind=place.kind,
        country=place.country, admin1=place.admin1, lat=place.lat, lon=place.lon, name_used=match.name_used,
        match=match.match, score=round(match.score, 4),
    )  # fmt: skip


def is_settlement(toponym: Toponym) -> bool:
    """Tell whether a place is a city, town, village or a quarter of one (or unknown)."""
    return toponym.mention.kind is None or toponym.mention.kind in SETTLEMENTS
