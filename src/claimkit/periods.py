"""Stretches of the calendar: days, weeks, months, seasons, years, and the arithmetic on them.

A period has two exact days and the ISO 8601 label that says how finely it was given: November 2025 is ``2025-11``, a
week is ``2025-12-01/2025-12-07``, an open stretch ``2024-05/``.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from enum import StrEnum

from claimkit.records import Record

NEAR_DAYS = 14
"""A day given without its year is the one this near to the publication, whatever the tense says."""

MONTHS_IN_SEASON = 3
SUNDAY = 6
SATURDAY = 5


class Grain(StrEnum):
    """How finely a period was given."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    DECADE = "decade"
    SPAN = "span"


class Period(Record, frozen=True, kw_only=True):
    """From the first to the last day, with the ISO 8601 label of either end; an empty label leaves that end open."""

    first: date
    last: date
    start: str
    end: str
    grain: Grain

    @property
    def label(self) -> str:
        """The period in ISO 8601: one date, or an interval ``start/end``."""
        return self.start if self.start == self.end else f"{self.start}/{self.end}"


def of_day(day: date) -> Period:
    """Give the period of one day."""
    return Period(first=day, last=day, start=day.isoformat(), end=day.isoformat(), grain=Grain.DAY)


def of_days(first: date, last: date, *, grain: Grain = Grain.SPAN) -> Period:
    """Give the period from one day to another, given by days."""
    return Period(first=first, last=last, start=first.isoformat(), end=last.isoformat(), grain=grain)


def of_week(day: date) -> Period:
    """Give the calendar week, Monday to Sunday, that a day is in."""
    monday = day - timedelta(days=day.weekday())
    return of_days(monday, monday + timedelta(days=6), grain=Grain.WEEK)


def of_weekend(day: date) -> Period:
    """Give the Saturday and Sunday that a day is in or that came before it last."""
    saturday = day - timedelta(days=(day.weekday() - SATURDAY) % 7)
    return of_days(saturday, saturday + timedelta(days=1))


def of_month(year: int, month: int) -> Period:
    """Give the period of one month."""
    return of_months(year, month, count=1, grain=Grain.MONTH)


def of_months(year: int, month: int, *, count: int, grain: Grain) -> Period:
    """Give the period of some months in a row."""
    end_year, end_month = add_months(year, month, count=count - 1)
    last = calendar.monthrange(end_year, end_month)[1]
    return Period(
        first=date(year, month, 1),
        last=date(end_year, end_month, last),
        start=f"{year:04}-{month:02}",
        end=f"{end_year:04}-{end_month:02}",
        grain=grain,
    )


def of_season(year: int, month: int) -> Period:
    """Give the season (northern) that begins with a month; winter is named for the year of its December."""
    return of_months(year, month, count=MONTHS_IN_SEASON, grain=Grain.SEASON)


def of_years(first: int, last: int, *, grain: Grain = Grain.YEAR) -> Period:
    """Give the period from the beginning of one year to the end of another."""
    return Period(first=date(first, 1, 1), last=date(last, 12, 31), start=f"{first:04}", end=f"{last:04}", grain=grain)


def add_months(year: int, month: int, *, count: int) -> tuple[int, int]:
    """Give the year and month that are some months later, or earlier where the count is negative."""
    years, index = divmod(year * 12 + month - 1 + count, 12)
    return years, index + 1


def unit_of(day: date, *, unit: str, count: int) -> Period | None:
    """Give the day, calendar week, month or year that lies some units from a day; ``None`` for other units."""
    if unit == "day":
        return of_day(day + timedelta(days=count))
    if unit in ("week", "fortnight"):
        return of_week(day + timedelta(weeks=count * (2 if unit == "fortnight" else 1)))
    if unit == "month":
        return of_month(*add_months(day.year, day.month, count=count))
    if unit in ("year", "decade"):
        year = day.year + count * (10 if unit == "decade" else 1)
        return of_years(year, year)
    return None


def between(first: Period, last: Period) -> Period | None:
    """Give the period from the start of one to the end of another, ``None`` if that runs backward."""
    if last.last < first.first:
        return None
    return Period(first=first.first, last=last.last, start=first.start, end=last.end, grain=Grain.SPAN)


def since(period: Period) -> Period:
    """Give the open period that begins with another."""
    return Period(first=period.first, last=date.max, start=period.start, end="", grain=period.grain)


def near_weekday(weekday: int, *, near: date, future: bool) -> date:
    """Give the last day of that name up to a date, or the next one from it on; the date itself counts for both."""
    if future:
        return near + timedelta(days=(weekday - near.weekday()) % 7)
    return near - timedelta(days=(near.weekday() - weekday) % 7)


def near_month(month: int, *, near: date, future: bool) -> int:
    """Give the year of the last such month up to a date, or of the next one; the date's own month counts for both."""
    if future:
        return near.year + (month < near.month)
    return near.year - (month > near.month)


def near_day(month: int, day: int, *, near: date, future: bool) -> date | None:
    """Give the last such day up to a date or the next one from it on; if only one is within ``NEAR_DAYS``, that one."""
    years = range(max(near.year - 8, 1), min(near.year + 9, 9999))
    days = [date(year, month, day) for year in years if day <= calendar.monthrange(year, month)[1]]
    past = max((each for each in days if each <= near), default=None)
    coming = min((each for each in days if each >= near), default=None)
    if past is None or coming is None:
        return past or coming
    close = (near - past).days <= NEAR_DAYS, (coming - near).days <= NEAR_DAYS
    if close[0] != close[1]:
        return past if close[0] else coming
    return coming if future else past
