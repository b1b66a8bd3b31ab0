"""The words around a name that say who it is: its noun phrase, what stands beside it between commas, an age."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

APPOSITION = frozenset({"appos", "nmod", "compound", "flat", "amod", "nmod:poss", "nmod:desc", "det", "nummod"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
CLAUSES = frozenset({"WP", "WDT", "WRB", "VBG", "IN"})
"""Tags of words with which something between commas opens that is no description: "who", "speaking", "after"."""
OWNING = "PRP$"
BELONGING = frozenset({"nmod:poss", "nmod"})
"""Labels of a noun that tells whose another is: "the country's ministry", "authorities in the country"."""
TITLES = 2
"""Words that stand before a name, as a rank does, at most."""
LONGEST = 14
"""Words that a description between commas has at most."""


def descriptions(span: Span) -> Iterator[Span]:
    """Give the stretches that can say who a name is: its noun phrase, then what stands beside it between commas.

    The commas are for parses that miss an apposition: "Jan Kos, Norland's minister until May," and "Norland's
    minister, Jan Kos," (a rank may stand before the name).
    """
    yield phrase_of(span)
    doc = span.doc
    if span.end < len(doc) and doc[span.end].text == ",":
        end = _reach(doc, span.end + 1, 1)
        if end > span.end + 1 and doc[span.end + 1].tag_ not in CLAUSES:
            yield doc[span.start : end]
    first = span.start
    while first > max(0, span.start - TITLES) and doc[first - 1].text[0].isupper():
        first -= 1
    if first > 0 and doc[first - 1].text == ",":
        start = _reach(doc, first - 2, -1) + 1
        if start < first - 1 and doc[start].tag_ not in CLAUSES:
            yield doc[start : span.end]


def _reach(doc: Doc, at: int, step: int) -> int:
    """Give the first token from ``at`` on that ends a description: a sign, a finite verb, the sentence's border."""
    first = at
    while 0 <= at < len(doc) and abs(at - first) < LONGEST:
        token = doc[at]
        if (token.is_punct and token.text not in ("-", "'", "’", ".")) or token.is_space or token.tag_ in FINITE:
            break
        if step > 0 and at > first and token.is_sent_start:
            break
        if step < 0 and token.is_sent_start:
            return at - 1
        at += step
    return at


def has_age(span: Span) -> bool:
    """Tell whether an age stands behind a name ("Jan Kos, 64,"): the article introduces a private person."""
    doc, at = span.doc, span.end
    if at + 1 >= len(doc) or doc[at].text != "," or not doc[at + 1].text.isdigit() or len(doc[at + 1].text) > 2:
        return False
    return at + 2 == len(doc) or doc[at + 2].is_punct or doc[at + 2].is_space


def antecedent_of_relative(span: Span) -> Span:
    """Give the noun phrase that "who" or "which" stands for; other words stand for themselves."""
    root = span.root
    verb = root.head
    if root.tag_ not in ("WP", "WDT") or not verb.dep_.startswith("acl") or verb.head.i == verb.i:
        return span
    head = verb.head
    first = next((i for i in range(head.left_edge.i, head.i) if span.doc[i].dep_ != "case"), head.i)
    return span.doc[first : head.i + 1]


def described(span: Span) -> Span | None:
    """Give the noun phrase that an adjective of a people is part of, up to its head."""
    head = span.root.head
    if span.root.dep_ not in APPOSITION or head.i < span.end or head.pos_ not in ("NOUN", "PROPN"):
        return None
    return span.doc[span.start : head.i + 1]


def named_after(span: Span) -> Span | None:
    """Give the noun phrase that ends with a name: of "Norland" that of "the Ministry of Defence of Norland"."""
    word = span.root
    while word.dep_ == "nmod" and word.head.i < word.i and word.head.pos_ in ("NOUN", "PROPN"):
        word = word.head
    return None if word == span.root else span.doc[word.left_edge.i : span.end]


def owner_of(span: Span) -> str:
    """Give whose the words say it is where they don't name it: "its" troops, the "country"'s ministry, empty if not."""
    root = span.root
    for token in span:
        if token.tag_ == OWNING and token.i < root.i:
            return str(token.lower_)
        if token.pos_ == "NOUN" and token.head.i == root.i and token.dep_ in BELONGING:
            return str(token.lemma_.lower())
    return ""


def phrase_of(span: Span) -> Span:
    """Give the whole noun phrase around a name: its titles before and its appositions after it, one stretch."""
    head = span.root
    while head.dep_ in ("flat", "compound") and head.head.pos_ in ("PROPN", "NOUN"):
        head = head.head
    first, last = min(span.start, head.i), max(span.end - 1, head.i)
    for child in head.children:
        if child.dep_ in APPOSITION:
            first = min(first, child.left_edge.i)
            last = max(last, child.right_edge.i)
    return span.doc[first : last + 1]
