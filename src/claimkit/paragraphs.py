"""Text to paragraphs: lines joined where a text is hard-wrapped, and the line marks of Markdown and plain lists.

Both manners of plain text are read: one paragraph a line, and paragraphs broken at a width. A text counts as wrapped
where most line breaks inside its runs of lines are followed by a word in lower case. Everything here is linear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Final, NamedTuple

BLANK: Final = (
    " \t\n\r\v\f\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u200b\u200e\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
)
MIN_FULL_LINE: Final = 30
MAX_WRAPPED_LINE: Final = 160
FULL_SHARE: Final = 0.85

HEADING_MARK: Final = re.compile(r"#{1,6}[ \t]+(?=\S)")
LIST_MARK: Final = re.compile(r"(?:[-*+•◦▪●‣–—·]|\.|\(?\d{1,3}[.)]|\(?[a-z]\))[ \t\u00a0]+(?=\S)")
QUOTE_MARK: Final = re.compile(r">[> \t]{0,20}")
RULE: Final = re.compile(r"(?:[-_*=~#•–—][ \t]?){3,400}")
TABLE_ROW: Final = re.compile(r"\|[^|]{0,2000}\|.{0,2000}")
ENDS_SENTENCE: Final = re.compile(r"""[.!?…:;]["'”’»)\]*_]{0,4}$""")


class Shape(StrEnum):
    """What the marks at the start of its line say of a paragraph."""

    TEXT = "text"
    HEADING = "heading"
    LIST_ITEM = "list_item"
    RULE = "rule"
    TABLE = "table"


class Line(NamedTuple):
    """A line without its marks and outer white space; ``run`` counts the runs of lines between blank lines."""

    start: int
    end: int
    run: int
    shape: Shape


class Paragraph(NamedTuple):
    """A paragraph; ``breaks`` are marks inside it (``>`` of a quoted block) that are no part of its sentences."""

    start: int
    end: int
    run: int
    shape: Shape
    breaks: tuple[tuple[int, int], ...]


def split_paragraphs(text: str, *, start: int = 0, wrapped_share: float = 0.4) -> list[Paragraph]:
    """Cut a text into paragraphs.

    Args:
        text: the article.
        start: offset from which on it is read (behind front matter).
        wrapped_share: share of breaks before a lower-case word from which the text counts as hard-wrapped.

    Returns:
        The paragraphs in order; they do not overlap and have no white space at their ends.
    """
    lines: list[Line] = []
    breaks: dict[int, tuple[int, int]] = {}
    for line, mark in _lines(text, start=start):
        if mark is not None:
            breaks[len(lines)] = mark
        lines.append(line)
    width = _wrap_width(text, lines, wrapped_share=wrapped_share)
    paragraphs: list[Paragraph] = []
    first = 0
    for i in range(1, len(lines) + 1):
        if i < len(lines) and _continues(text, lines[i - 1], lines[i], width=width, joined=i - 1 > first):
            continue
        inner = tuple(breaks[k] for k in range(first + 1, i) if k in breaks)
        head, last = lines[first], lines[i - 1]
        paragraphs.append(Paragraph(head.start, last.end, head.run, head.shape, inner))
        first = i
    return paragraphs


def ends_sentence(text: str) -> bool:
    """Tell whether a line ends as a sentence or an introduction to one does."""
    return ENDS_SENTENCE.search(text[-8:]) is not None


def _lines(text: str, *, start: int) -> Iterator[tuple[Line, tuple[int, int] | None]]:
    run = 0
    blank = True
    offset = start
    for raw in text[start:].splitlines(keepends=True):
        begin, offset = offset, offset + len(raw)
        content = raw.strip(BLANK)
        if not content:
            blank = True
            continue
        if blank:
            run, blank = run + 1, False
        begin += len(raw) - len(raw.lstrip(BLANK))
        end = begin + len(content)
        mark = None
        if quote := QUOTE_MARK.match(text, begin, end):
            mark = (begin, quote.end())
            begin = quote.end()
        shape, begin = _shape(text, begin, end)
        if begin < end:
            yield Line(begin, end, run, shape), mark


def _shape(text: str, begin: int, end: int) -> tuple[Shape, int]:
    if RULE.fullmatch(text, begin, end):
        return Shape.RULE, begin
    if match := HEADING_MARK.match(text, begin, end):
        return Shape.HEADING, match.end()
    if match := LIST_MARK.match(text, begin, end):
        if heading := HEADING_MARK.match(text, match.end(), end):
            return Shape.HEADING, heading.end()
        return Shape.LIST_ITEM, match.end()
    if TABLE_ROW.fullmatch(text, begin, end):
        return Shape.TABLE, begin
    return Shape.TEXT, begin


def _wrap_width(text: str, lines: list[Line], *, wrapped_share: float) -> int | None:
    """Give the width at which the text is wrapped, ``None`` where it is not."""
    lengths: list[int] = []
    lower = 0
    for one, two in zip(lines, lines[1:], strict=False):
        length = one.end - one.start
        if one.run != two.run or not MIN_FULL_LINE <= length <= MAX_WRAPPED_LINE or two.shape != Shape.TEXT:
            continue
        lengths.append(length)
        lower += text[two.start].islower()
    if not lengths or lower < wrapped_share * len(lengths):
        return None
    return sorted(lengths)[len(lengths) * 9 // 10]


def _continues(text: str, one: Line, two: Line, *, width: int | None, joined: bool) -> bool:
    """Tell whether the second line goes on with the paragraph of the first."""
    if one.run != two.run or two.shape != Shape.TEXT or one.shape not in (Shape.TEXT, Shape.LIST_ITEM):
        return False
    length = one.end - one.start
    if text[two.start].islower() and not ends_sentence(text[max(one.start, one.end - 8) : one.end]):
        return joined or length >= MIN_FULL_LINE
    if width is None or length > MAX_WRAPPED_LINE:
        return False
    word = text[two.start : min(two.end, two.start + 40)].split(None, 1)[0]
    return length + 1 + len(word) > FULL_SHARE * width
