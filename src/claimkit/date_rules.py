"""What the names of days, weeks, months, seasons and years mean on the calendar: one small function a rule.

The rules take a form of ``data/dates.yaml`` and a clock, and give a period, or ``None`` where that cannot be told.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from claimkit import periods
from claimkit.date_forms import Node
from claimkit.periods import Grain, Period

MONTHS_IN = {"quarter": 3, "half": 6}
GRAINS = {"quarter": Grain.QUARTER, "half": Grain.HALF}


class Clock(NamedTuple):
    """What an expression is read against: the publication date, the direction, the time told just before."""

    published: date | None
    future: bool = False
    anchor: Period | None = None


Rule = Callable[[Node, Clock], Period | None]


def _year_of(node: Node, clock: Clock, *, month: int) -> int | None:
    """The year that a month stands in: given, told by last, this or next, or the nearest in the clock's direction."""
    if (given := node.node("YEARS")) is not None:
        found = YEAR_RULES[given.rule](given, clock)
        return found.first.year if found else None
    if (year := node.number("YEAR")) is not None:
        return year
    published = clock.published
    literals = [value for slot, value in node.slots if slot == "literal"]
    if "year" in literals:
        found = _near_year(node, clock) if step_in(node) is not None else _anchor_year(node, clock)
        return found.first.year if found else None
    if published is None:
        return None
    step = step_in(node)
    if step is None:
        return periods.near_month(month, near=published, future=clock.future)
    if step == 0:
        return published.year
    beside = periods.add_months(published.year, published.month, count=step)
    return periods.near_month(month, near=date(*beside, 1), future=step > 0)


def step_in(node: Node) -> int | None:
    """Give -1 for last, 0 for this, 1 for next; ``None`` where none of them stands in the form."""
    for value in node.all("LAST", "THIS", "NEXT"):
        if isinstance(value, int):
            return value
    literals = {value for slot, value in node.slots if slot == "literal"}
    for words, step in ((("last", "past"), -1), (("next", "coming", "upcoming"), 1), (("this", "current"), 0)):
        if literals & set(words):
            return step
    return None


def _iso(node: Node, clock: Clock) -> Period | None:
    text = node.word("ISO") or ""
    if "." in text:
        day, month, year = (int(part) for part in text.split("."))
        return periods.of_day(date(year, month, day))
    return periods.of_day(date.fromisoformat(text))


def _on_day(node: Node, clock: Clock, *, month: int, day: int) -> Period | None:
    if node.node("YEARS") is not None:
        year = _year_of(node, clock, month=month)
        return periods.of_day(date(year, month, day)) if year else None
    if clock.published is None:
        return None
    found = periods.near_day(month, day, near=clock.published, future=clock.future)
    return periods.of_day(found) if found else None


def _day(node: Node, clock: Clock) -> Period | None:
    month, day = node.number("MONTH"), node.number("DAY")
    return _on_day(node, clock, month=month, day=day) if month and day else None


def _days(node: Node, clock: Clock) -> Period | None:
    month = node.number("MONTH")
    numbers = [value for value in node.all("DAY") if isinstance(value, int)]
    if not month:
        return None
    last = _on_day(node, clock, month=month, day=numbers[-1])
    return periods.of_days(last.last.replace(day=numbers[0]), last.last) if last else None


def holiday(node: Node, clock: Clock, argument: str) -> Period | None:
    """Read a fixed day of the year, given as ``MM-DD``."""
    month, day = (int(part) for part in argument.split("-"))
    return _on_day(node, clock, month=month, day=day)


def _month(node: Node, clock: Clock) -> Period | None:
    month = node.number("MONTH")
    year = _year_of(node, clock, month=month) if month else None
    return periods.of_month(year, month) if year and month else None


def _month_from_anchor(node: Node, clock: Clock) -> Period | None:
    if clock.anchor is None:
        return None
    start = clock.anchor.first
    month, season = node.number("MONTH"), node.number("SEASON")
    year = periods.near_month(month or season or 1, near=start, future=True)
    return periods.of_month(year, month) if month else periods.of_season(year, season) if season else None


def _season(node: Node, clock: Clock) -> Period | None:
    month = node.number("SEASON")
    if month is None:
        return None
    if node.number("YEAR") or "year" in node.all("literal"):
        year = _year_of(node, clock, month=month)
        return periods.of_season(year, month) if year else None
    if clock.published is None:
        return None
    near, step = clock.published, step_in(node)
    year = periods.near_month(month, near=near, future=False)
    latest = periods.of_season(year, month)
    going_on = latest.first <= near <= latest.last
    if step == 1 or (step != -1 and clock.future and not going_on):
        return periods.of_season(year + 1, month)
    if step == 0 and not going_on:
        coming = periods.of_season(year + 1, month)
        over = latest.first.year == near.year or near - latest.last < coming.first - near
        return latest if over else coming
    return periods.of_season(year - (going_on and step == -1 and "this" not in node.all("literal")), month)


def _season_span(node: Node, clock: Clock) -> Period | None:
    first, last = (value for value in node.all("SEASON") if isinstance(value, int))
    ending = _season(node._replace(slots=(("SEASON", last),)), clock)
    if ending is None:
        return None
    year = periods.near_month(first, near=ending.first, future=False)
    return periods.between(periods.of_season(year, first), ending)


def _weekday(node: Node, clock: Clock) -> Period | None:
    weekday, published, step = node.number("WEEKDAY"), clock.published, step_in(node)
    if weekday is None or published is None:
        return None
    monday = published - timedelta(days=published.weekday())
    if "week" in node.all("literal") and "ago" not in node.all("literal"):
        return periods.of_day(monday + timedelta(weeks=step or 0, days=weekday))
    day = periods.near_weekday(weekday, near=published, future=clock.future)
    if "ago" in node.all("literal"):
        return periods.of_day(periods.near_weekday(weekday, near=published, future=False) - timedelta(weeks=1))
    if step == 1:
        coming = periods.near_weekday(weekday, near=published + timedelta(days=1), future=True)
        week_after = monday + timedelta(weeks=1, days=weekday)
        return periods.of_day(max(coming, week_after) if node.one("NEXT") is not None else coming)
    if step == -1:
        past = periods.near_weekday(weekday, near=published - timedelta(days=1), future=False)
        yesterday = past == published - timedelta(days=1) and node.one("LAST") is not None
        return periods.of_day(past - timedelta(weeks=1) if yesterday else past)
    return periods.of_day(day)


def _near_day(node: Node, clock: Clock) -> Period | None:
    step = node.number("RELDAY")
    if clock.published is None or step is None:
        return None
    return periods.of_day(clock.published + timedelta(days=step))


def _day_beyond(node: Node, clock: Clock) -> Period | None:
    step = 2 if "tomorrow" in node.all("literal") else -2
    return periods.of_day(clock.published + timedelta(days=step)) if clock.published else None


def _this_part(node: Node, clock: Clock) -> Period | None:
    return periods.of_day(clock.published) if clock.published else None


def _last_night(node: Node, clock: Clock) -> Period | None:
    return periods.of_day(clock.published - timedelta(days=1)) if clock.published else None


def _overnight(node: Node, clock: Clock) -> Period | None:
    return periods.of_days(clock.published - timedelta(days=1), clock.published) if clock.published else None


def _weekend(node: Node, clock: Clock) -> Period | None:
    published, step = clock.published, step_in(node)
    if published is None:
        return None
    latest = periods.of_weekend(published)
    going_on = published <= latest.last
    if step == 1 or (step in (None, 0) and clock.future and not going_on):
        return periods.of_weekend(latest.first + timedelta(weeks=1))
    if step == -1 and going_on and "this" not in node.all("literal"):
        return periods.of_weekend(latest.first - timedelta(weeks=1))
    return latest


def _week_of(node: Node, clock: Clock) -> Period | None:
    day = _day(node, clock)
    return periods.of_week(day.first) if day else None


def _near_unit(node: Node, clock: Clock) -> Period | None:
    published, step = clock.published, step_in(node) or 0
    if published is None:
        return None
    if "quarter" in node.all("literal"):
        year, month = periods.add_months(published.year, (published.month - 1) // 3 * 3 + 1, count=3 * step)
        return periods.of_months(year, month, count=3, grain=Grain.QUARTER)
    unit = node.word("UNIT") or next(
        (str(value) for value in node.all("literal") if value in ("week", "month", "year")), ""
    )
    return periods.unit_of(published, unit=unit, count=step)


def _near_year(node: Node, clock: Clock) -> Period | None:
    return periods.unit_of(clock.published, unit="year", count=step_in(node) or 0) if clock.published else None


def _anchor_year(node: Node, clock: Clock) -> Period | None:
    return periods.of_years(clock.anchor.first.year, clock.anchor.first.year) if clock.anchor else None


def _year(node: Node, clock: Clock) -> Period | None:
    year = node.number("YEAR") or node.number("EVENTYEAR")
    return periods.of_years(year, year) if year else None


def _years(node: Node, clock: Clock) -> Period | None:
    years = [value for value in node.all("YEAR", "SHORT") if isinstance(value, int)]
    last = years[1] if years[1] >= 100 else years[0] // 100 * 100 + years[1]
    return periods.of_years(years[0], last, grain=Grain.SPAN) if last > years[0] else None


def _decade(node: Node, clock: Clock) -> Period | None:
    year = int((node.word("DECADE") or "0")[:4])
    return periods.of_years(year, year + 9, grain=Grain.DECADE)


def _part_of_year(node: Node, clock: Clock) -> Period | None:
    unit, number = node.word("SPECIAL"), node.number("ORDINAL")
    if (short := node.word("QUARTER")) is not None:
        unit, number = ("quarter" if short[0] == "q" else "half"), int(short[1])
    if unit is None or number is None:
        return None
    number = min(number, 12 // MONTHS_IN[unit])
    year = _year_of(node, clock, month=(number - 1) * MONTHS_IN[unit] + 1)
    if year is None or ("year" in node.all("literal") and clock.published):
        year = clock.published.year if clock.published else None
    if year is None:
        return None
    return periods.of_months(year, (number - 1) * MONTHS_IN[unit] + 1, count=MONTHS_IN[unit], grain=GRAINS[unit])


def _half_of_month(node: Node, clock: Clock) -> Period | None:
    return _month(node, clock)


YEAR_RULES: dict[str, Rule] = {"anchor_year": _anchor_year, "near_year": _near_year, "year": _year}

NAME_RULES: dict[str, Rule] = {
    **YEAR_RULES,
    "day": _day,
    "day_beyond": _day_beyond,
    "days": _days,
    "decade": _decade,
    "half_of_month": _half_of_month,
    "iso": _iso,
    "last_night": _last_night,
    "month": _month,
    "month_from_anchor": _month_from_anchor,
    "near_day": _near_day,
    "near_unit": _near_unit,
    "overnight": _overnight,
    "part_of_year": _part_of_year,
    "season": _season,
    "season_span": _season_span,
    "this_part": _this_part,
    "week_of": _week_of,
    "weekday": _weekday,
    "weekend": _weekend,
    "years": _years,
}
