"""Places that are described by whose they are: "the Qatari capital", "Ukrainian soil", "at the Kremlin"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from typing import TYPE_CHECKING

from claimkit.parties import Parties, PartyHit
from claimkit.place_words import words
from claimkit.records import PartyKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

CAPITAL = "capital"


def described(doc: Doc, *, hits: Sequence[PartyHit], taken: Set[int], parties: Parties) -> Iterator[tuple[Span, str]]:
    """Give the descriptions of places in a text, each with the name of the place that it describes.

    Args:
        doc: the parsed text.
        hits: the parties that it names.
        taken: the tokens that are names of places.
        parties: the party table, which knows capitals and seats of government.
    """
    for hit in hits:
        span = doc.char_span(hit.start, hit.end)
        if span is None or len(hit.parties) != 1 or not taken.isdisjoint(range(span.start, span.end)):
            continue
        party = parties[hit.parties[0]]
        if party.kind is not PartyKind.STATE:
            continue
        capital = parties.capital(party.id)
        noun = doc[span.end] if span.end < len(doc) else None
        if hit.match == "demonym" and noun is not None and noun.dep_ != "compound":
            if noun.lower_ == CAPITAL and noun.pos_ == "NOUN" and capital:
                yield doc[span.start : span.end + 1], capital
            elif noun.lower_ in words().lands:
                yield doc[span.start : span.end + 1], party.name
        elif hit.match == "metonym" and capital and _is_where(span):
            yield span, capital


def _is_where(span: Span) -> bool:
    """Tell whether a seat of government is where something is, not who does it."""
    return any(child.dep_ == "case" and child.lower_ in words().within for child in span.root.children)
