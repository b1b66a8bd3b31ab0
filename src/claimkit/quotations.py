"""Quotations: the words between double quotation marks, over sentences, and over paragraphs that each open anew."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from claimkit.cues import Cues
from claimkit.frames import TokenSpan

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

QUOTATIONS = "claimkit.quotations"
"""Key of ``Doc.user_data``: the quotations of a text, which several finders ask for."""


def quotations(doc: Doc) -> tuple[TokenSpan, ...]:
    """Give the token spans inside double quotation marks.

    A blank line closes a quotation that was left open, unless the next paragraph opens it again, as printers do.
    """
    if QUOTATIONS not in doc.user_data:
        doc.user_data[QUOTATIONS] = _quotations([token.text for token in doc])
    found: tuple[TokenSpan, ...] = doc.user_data[QUOTATIONS]
    return found


def first_person(span: Span) -> bool:
    """Tell whether words stand for whoever speaks, in a quotation or out of it: "we", "I"."""
    return "1" in span.root.morph.get("Person", [])


def _quotations(words: list[str]) -> tuple[TokenSpan, ...]:
    opening, closing = _marks()
    out: list[TokenSpan] = []
    start: int | None = None
    resumed = False
    for at, word in enumerate(words):
        blank = word.count("\n") > 1 and word.isspace()
        if start is None:
            start = at + 1 if word in opening else None
        elif resumed:
            resumed = False
        elif blank and words[at + 1 : at + 2] and words[at + 1] in opening:
            resumed = True
        elif blank or word in closing:
            out += [(start, at)] if at > start else []
            start = None
    return (*out, (start, len(words))) if start is not None and start < len(words) else tuple(out)


@cache
def _marks() -> tuple[frozenset[str], frozenset[str]]:
    words = Cues.default().words
    opening = frozenset(mark for mark in words.quote_open if len(mark) > 1 or mark not in "'‘")
    return opening, frozenset(mark for mark in words.quote_close if len(mark) > 1 or mark not in "'’")
