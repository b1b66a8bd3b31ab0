"""Quotations: the words between double quotation marks, over sentences, and over paragraphs that each open anew."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from claimkit.cues import Cues
from claimkit.frames import TokenSpan

if TYPE_CHECKING:
    from spacy.tokens import Doc


def quotations(doc: Doc) -> tuple[TokenSpan, ...]:
    """Give the token spans inside double quotation marks.

    A blank line closes a quotation that was left open, unless the next paragraph opens it again, as printers do.
    """
    opening, closing = _marks()
    out: list[TokenSpan] = []
    start: int | None = None
    resumed = False
    for token in doc:
        text = token.text
        if start is None:
            start = token.i + 1 if text in opening else None
        elif resumed:
            resumed = False
        elif text.isspace() and text.count("\n") > 1 and token.i + 1 < len(doc) and doc[token.i + 1].text in opening:
            resumed = True
        elif text in closing or (text.isspace() and text.count("\n") > 1):
            out += [(start, token.i)] if token.i > start else []
            start = None
    return (*out, (start, len(doc))) if start is not None and start < len(doc) else tuple(out)


@cache
def _marks() -> tuple[frozenset[str], frozenset[str]]:
    words = Cues.default().words
    opening = frozenset(mark for mark in words.quote_open if len(mark) > 1 or mark not in "'‘")
    return opening, frozenset(mark for mark in words.quote_close if len(mark) > 1 or mark not in "'’")
