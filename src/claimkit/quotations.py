"""Quotations: the words between double quotation marks, also over the sentences of a paragraph."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from claimkit.cues import Cues
from claimkit.frames import TokenSpan

if TYPE_CHECKING:
    from spacy.tokens import Doc


def quotations(doc: Doc) -> tuple[TokenSpan, ...]:
    """Give the token spans inside double quotation marks; a blank line closes a quotation that was left open."""
    opening, closing = _marks()
    out: list[TokenSpan] = []
    start: int | None = None
    for token in doc:
        text = token.text
        closes = text in closing or (text.isspace() and text.count("\n") > 1)
        if start is not None and closes:
            out += [(start, token.i)] if token.i > start else []
            start = None
        elif text in opening and start is None:
            start = token.i + 1
    return (*out, (start, len(doc))) if start is not None and start < len(doc) else tuple(out)


@cache
def _marks() -> tuple[frozenset[str], frozenset[str]]:
    words = Cues.default().words
    opening = frozenset(mark for mark in words.quote_open if len(mark) > 1 or mark not in "'‘")
    return opening, frozenset(mark for mark in words.quote_close if len(mark) > 1 or mark not in "'’")
