"""The head of an article: title, byline, outlet and date of publication, and which paragraphs say them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Final, NamedTuple

from claimkit.furniture import Mark, credit_span
from claimkit.paragraphs import Paragraph, Shape, ends_sentence
from claimkit.phrases import alternatives, folded, phrases
from claimkit.publication import HeadLine, find_dates, parse_date, read_head_line
from claimkit.records import Record

MIN_BODY: Final = 100
MAX_TIMELINE: Final = 2
MAX_DATELINE: Final = 120
_DOMAIN: Final = re.compile(r"\A(?:[\w-]{1,60}\.){1,4}[a-z]{2,12}/?")
_DASH: Final = r"(?:—|–|―|--|-)"
_WORD: Final = re.compile(r"[^\W_][\w'’-]*")
_CAPITALS: Final = re.compile(r"[^\W\d_]{3,}(?:['’-][^\W\d_]+)?")


class Head(Record, frozen=True, kw_only=True):
    """What the head says; ``lines`` are the paragraphs (by position) that are head and nothing else."""

    title: str | None = None
    title_at: int | None = None
    byline: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: date | None = None
    lines: frozenset[int] = frozenset()
    warnings: tuple[str, ...] = ()


class Dateline(NamedTuple):
    """The place, date and agency before the first sentence; ``end`` is the offset of that sentence."""

    end: int
    outlet: str | None
    published: date | None


class _Gathered:
    """What the lines of the head have said so far; the first to speak counts."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        self.title = fields.get("title")
        self.byline = fields.get("byline")
        named = fields.get("outlet")
        self.outlet = phrases().outlets.get(folded(named), named) if named else None
        self.url = fields.get("url")
        self.published = parse_date(fields["published"]) if "published" in fields else None
        self.updated: date | None = None
        self.ambiguous: str | None = None
        if "published" in fields and self.published is None:
            self.ambiguous = fields["published"]

    def add(self, line: HeadLine) -> None:
        self.published = self.published or line.published
        self.updated = self.updated or line.updated
        self.byline = self.byline or line.byline or None
        self.outlet = self.outlet or line.outlet
        self.ambiguous = self.ambiguous or line.ambiguous


@cache
def _field_line() -> re.Pattern[str]:
    keys = alternatives(list(phrases().fields))
    return re.compile(
        rf"\A[*_]{{0,2}}(?P<key>{keys})[*_]{{0,2}}\s?:[*_]{{0,2}}\s{{0,4}}(?P<value>\S.{{0,300}})", re.IGNORECASE
    )


def read_head(
    text: str,
    *,
    paragraphs: Sequence[Paragraph],
    marks: Mapping[int, Mark],
    fields: Mapping[str, str],
    max_lines: int,
    max_sentences: int,
    max_title: int,
) -> Head:
    """Read the head of an article.

    Args:
        text: the article.
        paragraphs: its paragraphs.
        marks: which of them are furniture.
        fields: what the front matter says.
        max_lines: how many paragraphs are looked at.
        max_sentences: how many paragraphs of sentences may come before the last line of the head.
        max_title: code points that a title can have.

    Returns:
        What the head says and which paragraphs it takes.
    """
    gathered = _Gathered(fields)
    found: dict[int, HeadLine] = {}
    sentences = 0
    for i, paragraph in enumerate(paragraphs[:max_lines]):
        content = text[paragraph.start : paragraph.end]
        line = _field(content, gathered=gathered) if len(content) <= MAX_DATELINE * 3 else None
        line = line or read_head_line(content)
        if i in marks and marks[i] is not Mark.CREDIT:
            if line is not None and line.published is not None:
                found[i] = HeadLine(published=line.published)
        elif line is not None:
            found[i] = line
        elif len(content) >= MIN_BODY and ends_sentence(content):
            sentences += 1
            if sentences > max_sentences:
                break
    dated = [i for i, line in found.items() if line.published and not line.byline]
    if len({found[i].published for i in dated}) > MAX_TIMELINE:
        for i in dated:
            del found[i]
    for line in found.values():
        gathered.add(line)
    at = _title(text, paragraphs, marks=marks, head=found, max_title=max_title)
    return _head(
        gathered,
        at=at,
        title=text[paragraphs[at].start : paragraphs[at].end].strip("*_ ") if at is not None else None,
        below=_below(text, paragraphs, at, max_title=max_title) if at is not None and at + 1 not in dated else "",
        lines=frozenset(found),
    )


def _below(text: str, paragraphs: Sequence[Paragraph], at: int, *, max_title: int) -> str:
    """Give the line under a title where it is no sentence: "Evening update, 3 November 2025"."""
    content = text[paragraphs[at + 1].start : paragraphs[at + 1].end] if at + 1 < len(paragraphs) else ""
    return "" if len(content) > max_title or ends_sentence(content) else content


def _head(gathered: _Gathered, *, at: int | None, title: str | None, below: str, lines: frozenset[int]) -> Head:
    published = gathered.published or _only_date(title or "") or _only_date(below)
    published = published or gathered.updated
    warnings: tuple[str, ...] = ()
    if published is None and gathered.ambiguous:
        warnings = (f"date {gathered.ambiguous!r} could be day or month first; write it as 2025-12-01",)
    return Head(
        title=gathered.title or title,
        title_at=at,
        byline=gathered.byline,
        outlet=gathered.outlet,
        url=gathered.url,
        published=published,
        lines=lines,
        warnings=warnings,
    )


def _field(content: str, *, gathered: _Gathered) -> HeadLine | None:
    """Read a line such as ``Date: 2025-12-01`` or ``**Author**: Jane Doe``."""
    match = _field_line().fullmatch(content)
    if match is None:
        return None
    field = phrases().fields[" ".join(match["key"].casefold().split())]
    value = match["value"].strip(" *_")
    if field == "published":
        return read_head_line(value)
    if field == "byline":
        inner = read_head_line(f"By {value}")
        return inner and HeadLine(byline=inner.byline, outlet=inner.outlet)
    if field == "outlet":
        name = phrases().outlets.get(folded(value))
        return HeadLine(outlet=name) if name else None
    if field == "url":
        gathered.url = gathered.url or (value if value.startswith(("http://", "https://")) else None)
        return HeadLine() if gathered.url == value else None
    gathered.title = gathered.title or value
    return HeadLine()


def _title(
    text: str,
    paragraphs: Sequence[Paragraph],
    *,
    marks: Mapping[int, Mark],
    head: Mapping[int, HeadLine],
    max_title: int,
) -> int | None:
    for i, paragraph in enumerate(paragraphs):
        content = text[paragraph.start : paragraph.end]
        first_level = (
            paragraph.shape == Shape.HEADING and text[max(0, paragraph.start - 3) : paragraph.start].strip() == "#"
        )
        if i in marks or i in head or _DOMAIN.fullmatch(content):
            continue
        if paragraph.shape == Shape.HEADING and not first_level:
            continue
        if first_level:
            return i if len(content) <= max_title else None
        if paragraph.shape != Shape.TEXT or len(content) > max_title or i + 1 >= len(paragraphs):
            return None
        if content.endswith((".", ":")) and i + 1 not in head:
            return None
        if credit_span(content) is not None or read_dateline(text, start=paragraph.start, end=paragraph.end):
            return None
        return i
    return None


@cache
def _agency() -> re.Pattern[str]:
    return re.compile(rf"\(([^()\n]{{2,40}})\)\s{{0,3}}{_DASH}\s{{1,3}}|[.,]\s{{0,2}}/([^/\n]{{2,30}})/\.?\s{{1,3}}")


_BARE: Final = re.compile(rf"\s{{1,3}}({_DASH})\s{{1,3}}(?=[\"“‘'(\[]?[^\W_])")


def read_dateline(text: str, *, start: int, end: int) -> Dateline | None:
    """Read the dateline at the start of a paragraph: ``KYIV, Dec 1 (Reuters) -``, ``(CNN) —``, ``GENEVA —``.

    Args:
        text: the article.
        start: where the paragraph starts.
        end: where it ends.

    Returns:
        Where the first sentence starts and what the dateline says, or ``None``.
    """
    limit = min(end, start + MAX_DATELINE)
    if match := _agency().search(text, start, limit):
        before = text[start : match.start()]
        agency = (match[1] or match[2]).strip()
        outlet = phrases().outlets.get(folded(agency))
        known = outlet is not None or (bool(before.strip()) and agency.isupper() and len(agency) <= 12)
        if known and match.end() < end and _is_place(before):
            return Dateline(match.end(), outlet, _only_date(before))
    if text.startswith("(", start) and (close := text.find(")", start, limit)) > 0:
        outlet = phrases().outlets.get(folded(text[start + 1 : close]))
        after = close + 1
        while after < end and text[after].isspace():
            after += 1
        if outlet is not None and after < end and text[after].isupper():
            return Dateline(after, outlet, None)
    match = _BARE.search(text, start, limit)
    if match is None or text[match.end() : match.end() + 1].islower():
        return None
    before = text[start : match.start()]
    day = _only_date(before)
    first = before.split(",")[0].split(".")[0].strip()
    capitals = all(_CAPITALS.fullmatch(word) and word.isupper() for word in re.split(r"[\s/]+", first))
    long_dash = match[1] in ("—", "―", "--")
    if _is_place(before) and ((capitals and first and (long_dash or "," in before)) or day is not None):
        return Dateline(match.end(), None, day)
    return None


def _is_place(text: str) -> bool:
    words = _WORD.findall(text)
    particles = phrases().file.particles
    return len(words) <= 12 and all(
        word[0].isupper() or word[0].isdigit() or word in particles or "-" in word for word in words
    )


def _only_date(text: str) -> date | None:
    days = [found.day for found in find_dates(text)]
    return days[0] if len(days) == 1 else None
