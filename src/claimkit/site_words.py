"""How a place stands in its sentence, and to the other places there: its preposition, whose it is, what it lies in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimkit.dependencies import OWNERS
from claimkit.place_words import CONTAINERS, PARTS, SETTLED, words
from claimkit.reading import Toponym

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

TOWNS = SETTLED - PARTS
WIDE = CONTAINERS - {"country"}
CLAUSES = ("acl", "advcl", "ccomp", "parataxis", "csubj", "root", "conj")


def identity(toponym: Toponym) -> str:
    """Give what makes two names one place: its id, else its words."""
    return toponym.mention.id or toponym.mention.text


def size_of(toponym: Toponym) -> str:
    """Give the coarse kind of a place: settled, wide, part, country, water, other, or unknown."""
    kind = toponym.mention.kind
    if toponym.mention.id is None or kind is None:
        return "unknown"
    for name, kinds in (("settled", TOWNS), ("wide", WIDE), ("part", PARTS)):
        if kind in kinds:
            return name
    return str(kind) if kind in ("country", "water") else "other"


def acts(toponym: Toponym) -> bool:
    """Tell whether a place's name also stands for a party: a country, or a capital for its government."""
    return not toponym.described and (toponym.capital or toponym.mention.kind == "country")


def site_root(doc: Doc, toponym: Toponym) -> Token:
    """Give the word by which a place hangs in its sentence: "town" in "the town of P", which is no part of P."""
    root: Token = doc[slice(*toponym.tokens)].root
    kind = root.head.lower_ in words().kinds and root.head.i < root.i
    return root.head if kind and any(child.lower_ == "of" for child in root.children) else root


def is_owner(doc: Doc, toponym: Toponym) -> bool:
    """Tell whether a place is named as whose something is."""
    end = toponym.tokens[1]
    return site_root(doc, toponym).dep_ in OWNERS or (end < len(doc) and doc[end].tag_ == "POS")


def case_of(root: Token) -> str:
    """Give the preposition of a place, through lists; "" where it has none."""
    node = root
    for _ in range(4):
        case = next((c.lower_ for c in node.children if c.dep_ in ("case", "mark") and c.tag_ != "POS"), "")
        if case:
            return case
        if node.dep_ not in ("conj", "appos", "compound", "amod", "flat", "nmod:poss", "nummod"):
            return ""
        node = node.head
    return ""


def way_to(token: Token, predicate: int) -> tuple[int, int]:
    """Give the steps from a word up the tree to the predicate and the clauses crossed; off the path: 9 and 3."""
    steps = clauses = 0
    node = token
    while node.i != predicate:
        if node.head.i == node.i:
            return 9, 3
        clauses += node.dep_.split(":")[0] in CLAUSES and node.i != token.i and node.pos_ in ("VERB", "AUX")
        steps += 1
        node = node.head
    return steps, clauses


def owned_by(doc: Doc, inner: Toponym, owner: Toponym) -> bool:
    """Tell whether a place is named as another's: "Sudan's Kordofan", "Ukraine's eastern Donetsk region"."""
    return 0 < inner.tokens[0] - owner.tokens[1] <= 3 and doc[owner.tokens[1]].tag_ == "POS"


def holds(outer: Toponym, inner: Toponym) -> bool:
    """Tell whether one place lies in another, by the gazetteer or by "X, Y"."""
    one, other = outer.mention, inner.mention
    if one.kind == "country":
        return one.country is not None and one.country == other.country and other.kind != "country"
    if one.kind in WIDE and other.id is None:
        return outer.tokens[0] - inner.tokens[1] == 1
    return one.kind in WIDE and (one.name == other.admin1 or (one.country == other.country and one.kind == "area"))
