"""Dates of publication as heads of articles write them, and the lines of a head that carry them.

A numeric date whose day and month could be either (``03/04/2025``) is never guessed. A line belongs to the head only
if all of it is date, time, byline, outlet or a label of these: a sentence that opens with a date does not.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Final, NamedTuple

from claimkit.phrases import Phrases, alternatives, folded, phrases
from claimkit.records import Record

MAX_HEAD_LINE: Final = 300
MAX_NAME_WORDS: Final = 6
MAX_PLACE: Final = 80
MAX_ROLE: Final = 60
MONTHS: Final = 12
YEARS: Final = range(1800, 2200)
"""A date of another year is none: a zero date, a number of something else."""
_ORDINAL: Final = r"(?:st|nd|rd|th)?"
_ISO: Final = r"(?P<iy>\d{4})[-./](?P<im>\d{1,2})[-./](?P<id>\d{1,2})"
_NUMERIC: Final = r"(?P<na>\d{1,2})(?P<ns>[-./])(?P<nb>\d{1,2})(?P=ns)(?P<ny>\d{4})"
_CLOCK: Final = (
    r"\d{1,2}(?:[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d{1,9})?)?\s?(?:[ap]\.?m\b\.?|h\b)?|\s?(?:[ap]\.?m\b\.?))"
    r"\s?(?:[+-]\d{2}:?\d{2})?"
)
_FILE_DATE: Final = re.compile(r"(?<!\d)(\d{4})([-_.]?)(\d{2})\2(\d{2})(?!\d)")
_PARTS: Final = re.compile(r"[|·•\u2013\u2014\x1f\n]|\s-\s")
_PIECES: Final = re.compile(r",|;|\s(?:and|with|for)\s|\s&\s")
_IN_PLACE: Final = re.compile(r"\s(?:in|at|near)\s.{0,60}")
_NAME_WORD: Final = re.compile(r"[^\W\d_][\w'’.\-]{0,40}")


class Dated(NamedTuple):
    """A date in a text: offsets, the day (``None`` where there is none, or it is ``ambiguous``), its label."""

    start: int
    end: int
    day: date | None
    label: str | None
    ambiguous: bool


class HeadLine(Record, frozen=True, kw_only=True):
    """What a line of the head says."""

    published: date | None = None
    updated: date | None = None
    ambiguous: str | None = None
    byline: str | None = None
    outlet: str | None = None


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = phrases().file
    month = alternatives([name for names in words.months.values() for name in names])
    mdy = rf"(?P<mm>{month})\.?\s{{1,3}}(?P<md>\d{{1,2}}){_ORDINAL},?\s{{1,3}}(?P<my>\d{{4}})"
    dmy = rf"(?P<dd>\d{{1,2}}){_ORDINAL}[\s-](?:of\s)?(?P<dm>{month})\.?,?[\s-]{{1,3}}(?P<dy>\d{{4}})"
    day = rf"(?<![\w/])(?:{_ISO}|{_NUMERIC}|{mdy}|{dmy})(?!\d)"
    zone = rf"(?:\s?\(?(?:{alternatives(words.zones)})\b\)?)?"
    label = rf"(?P<pub>{alternatives(words.labels.published)})|(?P<upd>{alternatives(words.labels.updated)})"
    weekday = rf"(?:{alternatives(words.weekdays)})\.?,?\s{{1,3}}"
    before = rf"(?:\b(?:{label})\b\s{{0,3}}:?\s{{0,3}})?(?:on\s)?(?:{_CLOCK}{zone},?\s{{1,3}})?(?:on\s)?(?:{weekday})?"
    after = rf"(?:T|,?\.?\s{{1,3}}(?:at\s)?|\s[|/-]\s){_CLOCK}{zone}"
    stamp = rf"(?<![\w/]){before}{day}(?:{after})?\.?"
    relative = rf"\b(?:(?:{label})\b\s?:?\s?)?(?:\d{{1,3}}|an?)\s?-?(?:{alternatives(words.labels.other)})\b"
    return (
        re.compile(day, re.IGNORECASE),
        re.compile(stamp, re.IGNORECASE),
        re.compile(relative.replace("?P<pub>", "?:").replace("?P<upd>", "?:"), re.IGNORECASE),
        re.compile(rf"(?:{alternatives(words.byline.openings)})\s*:?\s+", re.IGNORECASE),
    )


def find_dates(text: str) -> list[Dated]:
    """Find the full dates (day, month, year) in a short text."""
    return [_dated(match) for match in _patterns()[0].finditer(text[:MAX_HEAD_LINE])]


def parse_date(text: str) -> date | None:
    """Read a text that is one date and nothing else but a time; ``None`` where it is not."""
    match = _patterns()[1].fullmatch(text.strip()[:MAX_HEAD_LINE])
    return _dated(match).day if match else None


def date_in_name(name: str) -> date | None:
    """Read the date in a file name (``2025-12-01-report.txt``, ``20251201_report.md``)."""
    days = [_day(m[1], m[3], m[4]) for m in _FILE_DATE.finditer(name[:MAX_HEAD_LINE])]
    known = sorted({day for day in days if day is not None})
    return known[0] if len(known) == 1 else None


def read_head_line(line: str) -> HeadLine | None:
    """Read a line of the head.

    Args:
        line: the line.

    Returns:
        What it says, or ``None`` if any part of it is something else than date, time, byline or outlet.
    """
    line = line.strip(" \t*_")
    if not 2 < len(line) <= MAX_HEAD_LINE:
        return None
    _, stamp, relative, _ = _patterns()
    dates: list[Dated] = []

    def note(match: re.Match[str]) -> str:
        dates.append(_dated(match))
        return "\x1f"

    rest = stamp.sub(note, line)
    if any(found.day is None and not found.ambiguous for found in dates):
        return None
    found = bool(dates)
    rest, others = relative.subn("\x1f", rest)
    found = found or bool(others)
    byline: str | None = None
    outlet: str | None = None
    said = found
    for part in _PARTS.split(rest):
        kind = _read_part(part, dated=found)
        if kind is None:
            return None
        said = said or kind.byline is not None or kind.outlet is not None
        byline, outlet = byline or kind.byline, outlet or kind.outlet
    if not said:
        return None
    plain = [d for d in dates if d.label != "updated"]
    return HeadLine(
        published=next((d.day for d in plain if d.day), None),
        updated=next((d.day for d in dates if d.label == "updated" and d.day), None),
        ambiguous=next((line[d.start : d.end] for d in dates if d.ambiguous), None),
        byline=byline or None,
        outlet=outlet,
    )


def is_person(text: str) -> bool:
    """Tell whether a text has the shape of a person's full name."""
    words = text.split()
    if not 2 <= len(words) <= MAX_NAME_WORDS or not words[0][0].isupper():
        return False
    particles = phrases().file.particles
    return all(
        _NAME_WORD.fullmatch(word) and (word[0].isupper() or word.lower() in particles or word.startswith("al-"))
        for word in words
    )


def _read_part(part: str, *, dated: bool) -> HeadLine | None:
    words = phrases()
    plain = folded(part)
    if not plain or plain in ("by", "on", "at"):
        return HeadLine()
    if plain in words.outlets:
        return HeadLine(outlet=words.outlets[plain])
    if plain in words.file.labels.published or plain in words.file.labels.updated:
        return HeadLine() if dated else None
    for opening_words in words.file.labels.place:
        if plain.startswith(opening_words + " ") and len(part) <= MAX_PLACE and not part.rstrip().endswith("."):
            return HeadLine(outlet=words.outlets.get(plain.removeprefix(opening_words + " ")), byline="")
    opening = _patterns()[3].match(part.strip())
    names = part.strip()[opening.end() :] if opening else part.strip()
    return _byline(names.strip(" .:,"), opened=opening is not None, words=words)


def _byline(text: str, *, opened: bool, words: Phrases) -> HeadLine | None:
    persons = 0
    outlet: str | None = None
    credited = False
    end = 0
    position = 0
    for piece in _PIECES.split(text):
        at = text.index(piece, position)
        position = at + len(piece)
        name = _IN_PLACE.sub("", piece.strip())
        plain = folded(piece)
        if plain in words.outlets:
            outlet, credited = outlet or words.outlets[plain], True
        elif _is_role(plain, words=words):
            credited = True
        elif is_person(name):
            persons, end = persons + 1, position
        elif plain:
            return None
    if not (persons or outlet) or not (opened or (persons and credited)):
        return None
    return HeadLine(byline=text[:end].strip(" ,") or outlet, outlet=outlet)


def _is_role(plain: str, *, words: Phrases) -> bool:
    return len(plain) < MAX_ROLE and f" {plain}".endswith(words.roles)


def _dated(match: re.Match[str]) -> Dated:
    group = match.groupdict()
    months = phrases().months
    label = "published" if group.get("pub") else "updated" if group.get("upd") else None
    ambiguous = False
    if group["iy"]:
        day = _day(group["iy"], group["im"], group["id"])
    elif group["my"]:
        day = _day(group["my"], months[group["mm"].casefold()], group["md"])
    elif group["dy"]:
        day = _day(group["dy"], months[group["dm"].casefold()], group["dd"])
    else:
        one, two = int(group["na"]), int(group["nb"])
        ambiguous = one != two and 1 <= one <= MONTHS and 1 <= two <= MONTHS
        month, number = (two, one) if one > MONTHS else (one, two)
        day = None if ambiguous else _day(group["ny"], month, number)
    return Dated(match.start(), match.end(), day, label, ambiguous)


def _day(year: str, month: str | int, day: str | int) -> date | None:
    try:
        return date(int(year), int(month), int(day)) if int(year) in YEARS else None
    except ValueError:
        return None
