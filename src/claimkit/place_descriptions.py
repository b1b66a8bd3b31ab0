"""Places that are described by whose they are: "the Qatari capital", "Ukrainian soil", "at the Kremlin"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from claimkit.parties import Parties, PartyHit
from claimkit.place_words import words
from claimkit.records import PartyKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

CAPITAL, CITY = "capital", "city"
POSSESSIVE = "POS"


def described(
    doc: Doc, *, hits: Sequence[PartyHit], places: Sequence[Span], parties: Parties
) -> list[tuple[Span, str]]:
    """Give the descriptions of places in a text, each with the name of the place that it describes.

    Args:
        doc: the parsed text.
        hits: the parties that it names.
        places: the names of places in it; one inside a description is no place of its own.
        parties: the party table, which knows capitals and seats of government.
    """
    return [(span, name) for span, name in _told(doc, hits, parties) if not any(_cross(span, p) for p in places)]


def _told(doc: Doc, hits: Sequence[PartyHit], parties: Parties) -> Iterator[tuple[Span, str]]:
    for hit in hits:
        span = doc.char_span(hit.start, hit.end)
        if span is None or len(hit.parties) != 1 or parties[hit.parties[0]].kind is not PartyKind.STATE:
            continue
        party = parties[hit.parties[0]]
        capital = parties.capital(party.id)
        noun = doc[span.end] if span.end < len(doc) else None
        if capital and (whole := _with_capital(span)) is not None:
            yield whole, capital
        elif hit.match == "demonym" and noun is not None and noun.dep_ != "compound" and noun.lower_ in words().lands:
            yield doc[span.start : span.end + 1], party.name
        elif hit.match == "metonym" and capital and _is_where(span):
            yield span, capital


def _with_capital(state: Span) -> Span | None:
    """Give a state's name or adjective with the words that make it its capital; None where there are none."""
    doc = state.doc
    after = state.end + (state.end < len(doc) and doc[state.end].tag_ == POSSESSIVE)
    if after < len(doc) and _is_capital(doc[after]):
        return doc[state.start : after + 1]
    at = state.start - 1
    at -= at > 0 and doc[at].lower_ == "the"
    if at < 1 or doc[at].lower_ != "of":
        return None
    at -= 1
    at -= at > 0 and doc[at].lower_ == CITY
    return doc[at : state.end] if _is_capital(doc[at]) else None


def _is_capital(token: Token) -> bool:
    """Tell whether a word is a city, not money: no part of a compound ("capital markets") but for "capital city"."""
    is_part = token.dep_ == "compound" and token.head.lower_ != CITY
    return token.lower_ == CAPITAL and token.pos_ == "NOUN" and not is_part


def _cross(description: Span, place: Span) -> bool:
    """Tell whether a name of a place is in the way: it is the description itself, or stands out of it."""
    apart = place.end <= description.start or description.end <= place.start
    inside = description.start <= place.start and place.end <= description.end and len(place) < len(description)
    return not apart and not inside


def _is_where(span: Span) -> bool:
    """Tell whether a seat of government is where something is, not who does it."""
    return any(child.dep_ == "case" and child.lower_ in words().within for child in span.root.children)
