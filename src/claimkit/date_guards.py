"""Words that are also something else: which of them their neighbours let be read as a month, weekday or season."""

from __future__ import annotations

from typing import NamedTuple

import msgspec


class Token(NamedTuple):
    """A word, number or sign, its classes with their values, and whether a new paragraph begins with it."""

    start: int
    end: int
    lower: str
    capital: bool
    breaks: bool
    classes: dict[str, int | str]


class Guards(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words that are also something else, and what must or must not stand beside them."""

    ambiguous_months: tuple[str, ...]
    capital_months: tuple[str, ...]
    short_forms: tuple[str, ...]
    before_month: tuple[str, ...]
    before_season: tuple[str, ...]
    before_clear_season: tuple[str, ...]
    ambiguous_seasons: tuple[str, ...]
    before_the_season: tuple[str, ...]
    season_before: tuple[str, ...]
    weekday_before: tuple[str, ...]
    weekday_after: tuple[str, ...]


def _at(found: list[Token], index: int) -> Token:
    return found[index] if 0 <= index < len(found) else _NOTHING


_NOTHING = Token(0, 0, "", False, True, {})


def guard(found: list[Token], index: int, *, guards: Guards) -> None:
    """Take from a token the class of a month, weekday or season that its neighbours do not allow."""
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
    clear = found[index].lower not in guards.ambiguous_seasons and before.lower in guards.before_clear_season
    return clear or before.lower in guards.before_season
