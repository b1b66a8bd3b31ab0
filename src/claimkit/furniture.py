"""Page furniture and picture credits, told by general marks: whole lines, openings, endings, and the shape of a line.

When in doubt a line is kept: to lose text is worse than to read a line too much.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from typing import Final, NamedTuple

from claimkit.paragraphs import ends_sentence
from claimkit.phrases import alternatives, folded, phrases

MAX_LINE: Final = 200
MAX_CREDIT: Final = 120
MAX_FOOTER: Final = 400
MAX_BEFORE_COPYRIGHT: Final = 40

_ADDRESS: Final = re.compile(
    r"\A(?:(?:https?://|www\.)\S{1,2000}|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,5}|@\w{1,40}|\+\d[\d ()-]{6,20})"
)
_CODE: Final = re.compile(r"\A(?:[\w.$]{1,60}\([^\n]{0,400}\)\s?;|<[^<>]{1,400}>|[{}()\[\];\s]{1,80})")
_NOTE: Final = re.compile(r"\A\[\d{1,3}\]:?\s{0,3}(?:https?://|www\.)\S{1,2000}.{0,300}")
_BRACKETED: Final = re.compile(r"[\[(]([^\[\]()]{2,120})[\])]\.?$")
_TAIL: Final = 160


class Mark(StrEnum):
    """Why a paragraph is not read."""

    FURNITURE = "furniture"
    FOOTER = "footer"
    COPYRIGHT = "copyright"
    CREDIT = "credit"
    SECTION = "section"
    RELATED = "related"


class _Patterns(NamedTuple):
    openings: re.Pattern[str]
    footers: re.Pattern[str]
    copyright: re.Pattern[str]
    credit: re.Pattern[str]
    credit_tail: re.Pattern[str]
    slash_tail: re.Pattern[str]
    mark: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    words = phrases().file
    loud = [phrase.rstrip(":") for phrase in words.furniture.openings if phrase.endswith(":")]
    soft = [phrase for phrase in words.furniture.openings if not phrase.endswith(":")]
    opening = alternatives(words.credits.openings)
    agencies = alternatives([form for outlet in words.outlets for form in (*outlet.forms, outlet.name)])
    return _Patterns(
        openings=re.compile(
            rf"\A[*_#>\s]{{0,6}}(?:(?:{alternatives(loud)})[*_]{{0,2}}\s?:|(?:{alternatives(soft)})\b)", re.I
        ),
        footers=re.compile(rf"\A[*_(—–\-\s]{{0,6}}(?:{alternatives(words.footers.openings)})\b", re.I),
        copyright=re.compile(rf"(?:{'|'.join(map(_copyright, words.furniture.copyright))})", re.I),
        credit=re.compile(rf"\A[*_(\[]{{0,3}}(?:{opening})(?:\s?:|\sby\s|\scourtesy\s)", re.I),
        credit_tail=re.compile(rf"[*_(\[]{{0,3}}\b(?:{opening})(?:\s?:\s?|\sby\s)\S[^\n]{{1,{MAX_CREDIT}}}$", re.I),
        slash_tail=re.compile(rf"(?<=[.!?”\"’]\s)[^\W\d_][^\n.!?/]{{1,60}}/\s?(?:{agencies})(?:\s\w{{1,20}})?\.?$"),
        mark=re.compile(rf"(?<!\w)(?:{alternatives([m.strip() for m in words.credits.marks])})(?!\w)", re.I),
    )


def mark_line(text: str) -> Mark | None:
    """Tell what sort of furniture a paragraph is, ``None`` where it is to be read."""
    if len(text) > MAX_FOOTER:
        return None
    words, patterns = phrases(), _patterns()
    plain = folded(text)
    if not any(c.isalnum() for c in text):
        return Mark.FURNITURE
    if plain in words.sections:
        return Mark.SECTION
    if plain in words.related:
        return Mark.RELATED
    if plain in words.lines or _ADDRESS.fullmatch(text) or _CODE.fullmatch(text) or _NOTE.fullmatch(text):
        return Mark.FURNITURE
    if len(text) <= MAX_LINE and _is_copyright(text):
        return Mark.COPYRIGHT
    if _is_footer(text, plain=plain):
        return Mark.FOOTER
    if len(text) <= MAX_LINE and patterns.openings.match(text):
        return Mark.FURNITURE
    if len(text) <= MAX_LINE and plain.endswith(words.file.furniture.endings):
        return Mark.FURNITURE
    if any(phrase in plain for phrase in words.file.furniture.phrases):
        return Mark.FURNITURE
    return Mark.CREDIT if _is_credit(text) else None


def credit_span(text: str) -> tuple[int, int] | None:
    """Find the credit at the end of a caption, or the word ("PHOTO:") that opens one; ``None`` where there is none."""
    start = _credit_start(text)
    if start is None:
        return None
    opening = _patterns().credit.match(text) if start == 0 else None
    return (0, opening.end()) if opening else (start, len(text))


def _credit_start(text: str) -> int | None:
    patterns = _patterns()
    tail = text[-_TAIL:]
    base = len(text) - len(tail)
    if (match := _BRACKETED.search(tail)) and _names_source(match[1]):
        before = text[: base + match.start()].rstrip()
        if match[0][-1] != "." or ends_sentence(before):
            return base + match.start()
    if (":" in tail or " by " in tail) and (match := patterns.credit_tail.search(tail)):
        before = text[: base + match.start()].rstrip()
        if not before or ends_sentence(before) or match[0][0] in "([":
            return base + match.start()
    if "/" in tail and (match := patterns.slash_tail.search(tail)):
        return base + match.start()
    return None


def copyright_outlet(text: str) -> str | None:
    """Find the outlet that a copyright line names."""
    plain = " ".join(folded(text).replace("©", " ").split())
    words = plain.split()
    for size in range(min(6, len(words)), 0, -1):
        for at in range(len(words) - size + 1):
            name = phrases().outlets.get(folded(" ".join(words[at : at + size])))
            if name is not None:
                return name
    return None


def _copyright(mark: str) -> str:
    """Make the pattern of a copyright mark: a sign stands alone, a word needs its year."""
    return re.escape(mark) if len(mark) == 1 else rf"^{re.escape(mark)}\s?(?:©\s?)?\d{{4}}\b"


def _is_copyright(text: str) -> bool:
    match = _patterns().copyright.search(text)
    return match is not None and match.start() < MAX_BEFORE_COPYRIGHT


def _is_footer(text: str, *, plain: str) -> bool:
    words = phrases().file.footers
    if plain.endswith(words.endings):
        return True
    opening = _patterns().footers.match(text)
    if opening is None:
        return False
    rest = re.findall(r"[^\W\d_]+", text[opening.end() :])
    return all(word[0].isupper() or word in words.joiners or word in phrases().file.particles for word in rest)


def _is_credit(text: str) -> bool:
    if len(text) > MAX_CREDIT:
        return False
    if (match := _BRACKETED.fullmatch(text)) and _names_source(match[1]):
        return True
    return _patterns().credit.match(text) is not None and not ends_sentence(text.rstrip(")]"))


def _names_source(text: str) -> bool:
    pieces = [folded(piece) for piece in re.split(r"[/,:]", text)]
    return any(piece in phrases().outlets for piece in pieces) or _patterns().mark.search(text) is not None
