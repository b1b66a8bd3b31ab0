"""The words and forms of time: the text as tokens with their classes, and the grammar of ``data/dates.yaml``."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

import msgspec

from claimkit.errors import DataError
from claimkit.lexicon import data_path, load_yaml

Check = Literal["same", "ascending"]

FILE = "dates.yaml"
DAYS_IN_MONTH = 31
FIRST_YEAR, LAST_YEAR = 1500, 2199
CENTURY = 100
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


class Token(NamedTuple):
    """A word, number or sign, its classes with their values, and whether a new paragraph begins with it."""

    start: int
    end: int
    lower: str
    capital: bool
    breaks: bool
    classes: dict[str, int | str]


class Form(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line of the grammar as the file has it."""

    rule: str
    form: str
    kind: Literal["duration", "vague", "relative"] | None = None
    check: Check | None = None


class Guards(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words that are also something else, and what must or must not stand beside them."""

    ambiguous_months: tuple[str, ...]
    capital_months: tuple[str, ...]
    short_forms: tuple[str, ...]
    before_month: tuple[str, ...]
    before_season: tuple[str, ...]
    before_the_season: tuple[str, ...]
    season_before: tuple[str, ...]
    weekday_before: tuple[str, ...]
    weekday_after: tuple[str, ...]


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
    for index in guarded:
        _guard(found, index, guards=known.guards)
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


def _at(found: list[Token], index: int) -> Token:
    return found[index] if 0 <= index < len(found) else _NOTHING


_NOTHING = Token(0, 0, "", False, True, {})


def _guard(found: list[Token], index: int, *, guards: Guards) -> None:
    token = found[index]
    before, after = _at(found, index - 1), _at(found, index + 1)
    following = _at(found, index + 2) if after.lower in (".", ",") else after
    dated = "DAY" in before.classes or bool({"DAY", "YEAR"} & following.classes.keys())
    if "MONTH" in token.classes:
        keep = token.capital or token.lower not in (*guards.capital_months, *guards.ambiguous_months)
        if token.lower in guards.ambiguous_months:
            keep = keep and (dated or before.lower in guards.before_month or _joins_month(found, index))
        if token.lower in guards.short_forms:
            keep = token.capital and dated
        if not keep:
            del token.classes["MONTH"]
    if "WEEKDAY" in token.classes:
        named = (after.capital and after.lower in guards.weekday_before) or (
            before.capital and before.lower in guards.weekday_after and index > 1 and not _begins(found, index - 1)
        )
        dated = token.capital and bool({"DAY", "MONTH"} & following.classes.keys())
        if named or (token.lower in guards.short_forms and not dated):
            del token.classes["WEEKDAY"]
    if "SEASON" in token.classes and not _is_season(found, index, guards=guards):
        del token.classes["SEASON"]


def _begins(found: list[Token], index: int) -> bool:
    return _at(found, index - 1).lower in (".", "!", "?", "”", '"', "“", "")


def _joins_month(found: list[Token], index: int) -> bool:
    joined = _at(found, index + 1).lower in ("and", "or", "to", "-", "–")
    return joined and "MONTH" in _at(found, index + 2).classes


def _is_season(found: list[Token], index: int, *, guards: Guards) -> bool:
    before, after = _at(found, index - 1), _at(found, index + 1)
    owner = _at(found, index + 2) if after.lower == "of" else after
    if "YEAR" in owner.classes or (after.lower == "of" and owner.classes.keys() & {"LAST", "THIS", "NEXT"}):
        return True
    if after.lower == "of":
        return False
    joined = after.lower in ("-", "–", "and", "or") and "SEASON" in _at(found, index + 2).classes
    if joined or after.lower in guards.season_before or (index > 1 and "SEASON" in _at(found, index - 2).classes):
        return True
    if before.lower == "the":
        return _at(found, index - 2).lower in guards.before_the_season
    return before.lower in guards.before_season
