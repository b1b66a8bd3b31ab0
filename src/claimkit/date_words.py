"""The words and forms of time: the text as tokens with their classes, and the grammar of ``data/dates.yaml``."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

import msgspec

from claimkit.date_guards import Guards, Token, guard
from claimkit.errors import DataError
from claimkit.lexicon import data_path, load_yaml

Check = Literal["same", "ascending"]

FILE = "dates.yaml"
DAYS_IN_MONTH = 31
FIRST_YEAR, LAST_YEAR = 1500, 2199
CENTURY = 100
TEN, TWENTY = 10, 20
REACH = 10
"""How many tokens before its core (a month, a unit ...) an expression may begin."""

_TOLD_BY_LOOK = frozenset({"ISO", "DECADE", "QUARTER", "DAY", "YEAR", "EVENTYEAR", "SHORT", "WORD"})
_CORES = frozenset(
    {"MONTH", "WEEKDAY", "SEASON", "RELDAY", "UNIT", "UNITS", "SPECIAL", "PART", "ISO", "DECADE", "QUARTER", "YEAR"}
)
TIERS = {"years": "YEARS", "names": "NAME", "points": "POINT", "mentions": "MENTION"}

_TOKEN = re.compile(
    r"(?P<ISO>(?<!\d)(?:\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.\d{4})(?!\d))"
    r"|(?P<DECADE>(?<!\w)\d{3}0['’]?s\b)"
    r"|(?P<QUARTER>\b[QH][1-4]\b)"
    r"|(?P<number>(?<![\w,.$€£])\d{1,4}(?:st|nd|rd|th)?(?![\w%]|[,.]\d))"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<POSS>['’]s\b)"
    r"|(?P<sign>\S)"
)


class Form(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line of the grammar as the file has it."""

    rule: str
    form: str
    kind: Literal["duration", "vague", "relative"] | None = None
    check: Check | None = None


class DateLexicon(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``data/dates.yaml`` as it stands."""

    schema: Literal["claimkit-dates/1"]
    numbers: dict[str, dict[str, int]]
    words: dict[str, dict[str, str]]
    sets: dict[str, tuple[str, ...]]
    guards: Guards
    cores: tuple[str, ...]
    holidays: dict[str, str]
    years: tuple[Form, ...]
    names: tuple[Form, ...]
    points: tuple[Form, ...]
    mentions: tuple[Form, ...]


class Element(NamedTuple):
    """One place in a form: what can stand there, and how."""

    options: tuple[str, ...]
    optional: bool = False
    look: Literal["", "<", ">"] = ""
    negated: bool = False
    gap: bool = False


class Pattern(NamedTuple):
    """A form ready to match."""

    rule: str
    elements: tuple[Element, ...]
    kind: str | None
    check: Check | None


class Grammar(NamedTuple):
    """All that is known about time: classes by word, and for each tier its patterns by the option they begin with."""

    classes: dict[str, dict[str, int | str]]
    cores: frozenset[str]
    guards: Guards
    tiers: dict[str, dict[str, tuple[tuple[int, Pattern], ...]]]


@lru_cache(maxsize=1)
def grammar() -> Grammar:
    """Load the grammar of the shipped ``dates.yaml`` once.

    Raises:
        DataError: the file is wrong.
    """
    lexicon: DateLexicon = load_yaml(data_path(FILE), DateLexicon)
    classes: dict[str, dict[str, int | str]] = {}
    for table in (lexicon.numbers, lexicon.words):
        for name, entries in table.items():
            for word, value in entries.items():
                classes.setdefault(word, {})[name] = value
    for name, members in lexicon.sets.items():
        for word in members:
            classes.setdefault(word, {})[name] = word
    known = {*lexicon.numbers, *lexicon.words, *lexicon.sets, *TIERS.values(), *_TOLD_BY_LOOK}
    tiers: dict[str, dict[str, tuple[tuple[int, Pattern], ...]]] = {}
    for field, tier in TIERS.items():
        forms: tuple[Form, ...] = getattr(lexicon, field)
        patterns = [_pattern(form, known=known) for form in forms]
        if tier == "NAME":
            patterns += [_holiday(words, day) for words, day in lexicon.holidays.items()]
        tiers[tier] = _by_first(patterns, inner=tiers)
    cores = {word for word, found in classes.items() if found.keys() & _CORES} | {*lexicon.cores}
    return Grammar(classes, frozenset(cores), lexicon.guards, tiers)


def _pattern(form: Form, *, known: set[str]) -> Pattern:
    elements = []
    for part in form.form.split():
        if part == "~":
            elements.append(Element((), gap=True))
            continue
        look: Literal["", "<", ">"] = "<" if part[0] == "<" else ">" if part[0] == ">" else ""
        body = part[1:] if look else part
        negated = look != "" and body.startswith("!")
        optional = len(body) > 1 and body.endswith("?")
        options = tuple(body[negated : len(body) - optional].split("|"))
        for option in options:
            if option.isupper() and option not in known:
                message = f"no class {option!r} (in the form {form.form!r})"
                raise DataError(message, where=str(data_path(FILE)), mend="name a class of this file")
        elements.append(Element(options, optional, look, negated))
    return Pattern(form.rule, tuple(elements), form.kind, form.check)


def _holiday(words: str, day: str) -> Pattern:
    elements = [Element(("POSS",) if word == "'s" else (word,)) for word in words.split()]
    return Pattern(f"holiday {day}", (*elements, Element(("YEARS",), optional=True)), None, None)


def _by_first(
    patterns: list[Pattern], *, inner: dict[str, dict[str, tuple[tuple[int, Pattern], ...]]]
) -> dict[str, tuple[tuple[int, Pattern], ...]]:
    table: dict[str, list[tuple[int, Pattern]]] = {}
    for order, pattern in enumerate(patterns):
        firsts: list[str] = []
        for element in pattern.elements:
            if element.look:
                continue
            for option in element.options:
                firsts.extend(inner.get(option, (option,)))
            if not element.optional:
                break
        for first in dict.fromkeys(firsts):
            table.setdefault(first, []).append((order, pattern))
    return {first: tuple(found) for first, found in table.items()}


def tokens(text: str, *, start: int, end: int) -> list[Token]:
    """Cut a stretch of a text into tokens and give each the classes that its neighbours allow."""
    known = grammar()
    found: list[Token] = []
    guarded: list[int] = []
    before = start
    for match in _TOKEN.finditer(text, start, end):
        word, kind = match.group(), match.lastgroup
        lower = word.lower()
        classes = dict(known.classes.get(lower, ()))
        if kind == "number":
            classes.update(_number(lower))
        elif kind in ("ISO", "DECADE", "QUARTER"):
            classes[kind] = lower
        elif kind == "word":
            classes["WORD"] = lower
            if "MONTH" in classes or "WEEKDAY" in classes or "SEASON" in classes:
                guarded.append(len(found))
        at = match.start()
        breaks = at > before + 1 and text.count("\n", before, at) > 1
        before = match.end()
        found.append(Token(at, before, lower, word[0].isupper(), breaks, classes))
        if "NUMBER" in classes and kind == "word" and (joined := _numeral(found[-3:])):
            found[-3:] = [joined]
    for index in guarded:
        guard(found, index, guards=known.guards)
    return found


def near_core(found: list[Token]) -> list[bool]:
    """Tell for each token whether a word that only time has stands at it or up to ``REACH`` tokens behind it."""
    cores = grammar().cores
    near = [False] * len(found)
    last = len(found) + REACH + 1
    for index in range(len(found) - 1, -1, -1):
        token = found[index]
        if token.lower in cores or (token.classes and not token.classes.keys().isdisjoint(_CORES)):
            last = index
        near[index] = last - index <= REACH
    return near


def _numeral(parts: list[Token]) -> Token | None:
    """Give "twenty-two" as one token, as it is one number."""
    if len(parts) < 3 or parts[1].lower != "-" or not parts[0].end == parts[1].start == parts[2].start - 1:
        return None
    tens, unit = (part.classes.get("NUMBER") if "WORD" in part.classes else None for part in (parts[0], parts[2]))
    if not isinstance(tens, int) or not isinstance(unit, int) or tens < TWENTY or tens % TEN or unit >= TEN:
        return None
    lower = f"{parts[0].lower}-{parts[2].lower}"
    return parts[0]._replace(end=parts[2].end, lower=lower, classes={"WORD": lower, "NUMBER": tens + unit})


def _number(lower: str) -> dict[str, int | str]:
    digits = lower.rstrip("stndrh")
    value, ordinal = int(digits), digits != lower
    classes: dict[str, int | str] = {}
    if len(digits) <= 2 and 1 <= value <= DAYS_IN_MONTH:
        classes["DAY"] = value
    if ordinal:
        return classes
    if len(digits) == 2:
        classes["SHORT"] = value
    if len(digits) == 4 and FIRST_YEAR <= value <= LAST_YEAR:
        classes["YEAR"] = value
        if value % CENTURY:
            classes["EVENTYEAR"] = value
    if len(digits) < 4:
        classes["NUMBER"] = value
    return classes
