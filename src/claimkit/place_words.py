"""Nouns and adverbs of place: what "the city", "the region" and "there" point back to (``data/locating.yaml``)."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import TYPE_CHECKING

from claimkit.lexicon import data_path, load_yaml
from claimkit.names import key
from claimkit.records import Record

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

CONTAINERS = frozenset({"region", "oblast", "district", "raion", "country", "area"})
SETTLED = frozenset({"city", "town", "village", "settlement", "quarter"})
PARTS = frozenset({"quarter", "facility"})


class Words(Record, frozen=True, kw_only=True):
    """``data/locating.yaml``; ``generic`` as keys of names."""

    locative: frozenset[str]
    aside: frozenset[str]
    apart: frozenset[str]
    settlements: frozenset[str]
    regions: frozenset[str]
    kinds: frozenset[str]
    wide: frozenset[str]
    listing: frozenset[str]
    lands: frozenset[str]
    within: frozenset[str]
    belonging: frozenset[str]
    generic: frozenset[str]


class _File(Record, frozen=True, kw_only=True):
    locative: tuple[str, ...]
    aside: tuple[str, ...]
    apart: tuple[str, ...]
    settlements: tuple[str, ...]
    regions: tuple[str, ...]
    kinds: tuple[str, ...]
    wide: tuple[str, ...]
    listing: tuple[str, ...]
    lands: tuple[str, ...]
    within: tuple[str, ...]
    belonging: tuple[str, ...]
    generic: tuple[str, ...]


@lru_cache(maxsize=1)
def words() -> Words:
    """Read ``data/locating.yaml``."""
    file: _File = load_yaml(data_path("locating.yaml"), _File)
    return Words(
        locative=frozenset(file.locative), aside=frozenset(file.aside), apart=frozenset(file.apart),
        settlements=frozenset(file.settlements), regions=frozenset(file.regions), kinds=frozenset(file.kinds),
        wide=frozenset(file.wide),
        listing=frozenset(file.listing), lands=frozenset(file.lands), within=frozenset(file.within),
        belonging=frozenset(file.belonging), generic=frozenset(map(key, file.generic)),
    )  # fmt: skip


@lru_cache(maxsize=1)
def grounds() -> frozenset[str]:
    """Give the nouns of places that are no party: a city or province does nothing, a country or state can."""
    known = words()
    return (known.settlements | known.regions | known.wide | known.lands) - {"country", "state"}


def tied_end(doc: Doc, end: int, hyphens: Collection[str]) -> int:
    """Give where a name ends with all that hyphens tie to it, of one that would end before a token."""
    while end + 1 < len(doc) and doc[end].text in hyphens and not (doc[end - 1].whitespace_ or doc[end].whitespace_):
        end += 2
    return end


def pointer_of(token: Token) -> str | None:
    """Give the size of place that a word points back to: settled, wide, country, there; None where it does not."""
    kinds = points_to(token)
    if not kinds:
        return None
    if token.lower_ == "there":
        return "there"
    if kinds == SETTLED:
        return "settled"
    return "country" if token.lower_ == "country" else "wide"


def points_to(token: Token) -> frozenset[str]:
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
