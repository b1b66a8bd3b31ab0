"""What expressions mean that hold others or lean on them: ranges, "since", "two days after", "a week ago", spans."""

from __future__ import annotations

from datetime import timedelta

from claimkit import periods
from claimkit.date_forms import Node, innermost
from claimkit.date_rules import NAME_RULES, Clock, Rule, holiday, step_in
from claimkit.periods import Grain, Period

LONGEST_SPAN_MONTHS = 12
"""A longer span of months that ends at the publication ("the past 18 months") is vague."""

DAYS_IN = {"day": 1, "week": 7, "fortnight": 14}

FLOATING = frozenset({"day", "days", "month", "weekday", "season", "holiday"})


def evaluate(node: Node, *, clock: Clock) -> Period | None:
    """Give the period that a form means, ``None`` where it cannot be put on a calendar."""
    name, _, argument = node.rule.partition(" ")
    try:
        if argument:
            return holiday(node, clock, argument)
        return RULES[name](node, clock)
    except (ValueError, OverflowError):
        return None


def _inner(node: Node, clock: Clock) -> Period | None:
    inner = node.node("POINT", "NAME", "YEARS")
    if inner is not None:
        return evaluate(inner, clock=clock)
    year = node.number("YEAR")
    return periods.of_years(year, year) if year else None


def _same(node: Node, clock: Clock) -> Period | None:
    return _inner(node, clock)


def _edge(node: Node, clock: Clock) -> Period | None:
    if (inner := _inner(node, clock)) is not None:
        if inner.grain is Grain.SEASON and node.word("BOUND") in ("start", "end"):
            month = inner.first if node.word("BOUND") == "start" else inner.last
            return periods.of_month(month.year, month.month)
        return inner
    unit = node.word("UNIT") or next((str(v) for v in node.all("literal") if v in ("week", "month", "year")), "")
    if clock.published is None or unit == "day" or node.node("NAME") is not None:
        return None
    return periods.unit_of(clock.published, unit=unit, count=0)


def _last_of(node: Node, clock: Clock) -> Period | None:
    """The last day, seven days or month of a longer time; of one that is no longer, that itself."""
    period, unit = _inner(node, clock), node.word("UNIT") or ""
    if period is None:
        return None
    last = periods.unit_of(period.last, unit=unit, count=0)
    if (days := DAYS_IN.get(unit, 1)) > 1:
        last = periods.of_days(period.last - timedelta(days=days - 1), period.last)
    return last if last and last.first > period.first else period


def _since(node: Node, clock: Clock) -> Period | None:
    opening = clock if node.all("literal")[:1] in (["starting"], ["beginning"]) else clock._replace(future=False)
    found = _inner(node, opening)
    return periods.since(found) if found else None


def _range(node: Node, clock: Clock) -> Period | None:
    ends = node.all("POINT", "YEAR")
    if len(ends) != 2:
        return None
    first, last = ends
    if isinstance(first, Node) and isinstance(last, Node) and _floats(last) and not _floats(first):
        opening = _end(first, clock)
        near = opening.first if opening and _has_year(first) else clock.published
        closing = _end(last, clock._replace(published=near, future=clock.future or _has_year(first)))
    else:
        closing = _end(last, clock)
        near = closing.last if closing else None
        floating = isinstance(first, Node) and _floats(first) and near is not None
        opening = _end(first, Clock(near, False, clock.anchor) if floating else clock)
    return periods.between(opening, closing) if opening and closing else None


def _end(end: int | str | Node, clock: Clock) -> Period | None:
    if isinstance(end, Node):
        return evaluate(end, clock=clock)
    return periods.of_years(int(end), int(end))


def _floats(node: Node) -> bool:
    """Whether the direction decides what a form means: it has a day or month, but no year and no last, this, next."""
    name = innermost(node)
    return name.rule.partition(" ")[0] in FLOATING and not _has_year(node) and step_in(name) is None


def _has_year(node: Node) -> bool:
    name = innermost(node)
    return name.node("YEARS") is not None or name.one("YEAR") is not None or name.rule in ("iso", "year")


def _night_into(node: Node, clock: Clock) -> Period | None:
    day = _inner(node, clock)
    if day is None or day.grain is not Grain.DAY:
        return None
    return periods.of_days(day.first - timedelta(days=1), day.first)


def _eve(node: Node, clock: Clock) -> Period | None:
    day = _inner(node, clock)
    return periods.of_day(day.first - timedelta(days=1)) if day and day.grain is Grain.DAY else None


def step_of(node: Node) -> tuple[str, int] | None:
    """Give the unit and the signed count of "two days later", "the following month", "a week before"."""
    literals = node.all("literal")
    unit = node.word("UNIT") or node.word("UNITS") or next((str(v) for v in literals if v in ("day", "weekend")), None)
    if unit is None and node.word("PART"):
        unit = "day"
    if unit is None:
        return ("day", -1) if "eve" in literals else None
    back = any(
        word in literals
        for word in ("before", "earlier", "previous", "preceding", "prior", "previously", "beforehand", "eve")
    )
    still = any(word in literals for word in ("same", "that", "very"))
    return unit, 0 if still else (-1 if back else 1) * (node.number("NUMBER") or 1)


def shift(period: Period, *, unit: str, count: int) -> Period | None:
    """Give the period some units from another; ``None`` where that was given less finely than the unit."""
    fine = {
        "day": (Grain.DAY,),
        "week": (Grain.DAY, Grain.WEEK),
        "fortnight": (Grain.DAY, Grain.WEEK),
        "month": (Grain.DAY, Grain.WEEK, Grain.MONTH),
    }
    if period.grain not in fine.get(unit, tuple(Grain)) or period.end == "":
        return None
    return periods.unit_of(period.first, unit=unit, count=count)


def _shifted(node: Node, clock: Clock) -> Period | None:
    step = step_of(node)
    anchor = clock.anchor
    if anchor is None and "previous" in node.all("literal") and node.word("UNIT") != "day" and clock.published:
        anchor = periods.of_day(clock.published)
    return shift(anchor, unit=step[0], count=step[1]) if step and anchor else None


def _offset_from(node: Node, clock: Clock) -> Period | None:
    anchor, step = _inner(node, clock), step_of(node)
    return shift(anchor, unit=step[0], count=step[1]) if anchor and step else None


def _ago(node: Node, clock: Clock) -> Period | None:
    unit = node.word("UNIT") or node.word("UNITS") or "year"
    count = node.number("NUMBER")
    if clock.published is None or count is None:
        return None
    return periods.unit_of(clock.published, unit=unit, count=-count)


def _span(node: Node, clock: Clock) -> Period | None:
    published, count = clock.published, node.number("NUMBER") or 1
    unit = node.word("UNITS") or node.word("UNIT") or "day"
    if published is None:
        return None
    days = (count + 23) // 24 if unit == "hour" else count * DAYS_IN.get(unit, 0)
    if days:
        return periods.of_days(published - timedelta(days=days), published)
    if unit == "month" and count <= LONGEST_SPAN_MONTHS:
        first = periods.of_month(*periods.add_months(published.year, published.month, count=-count))
        return periods.between(first, periods.of_month(published.year, published.month))
    return None


def _unknown(node: Node, clock: Clock) -> Period | None:
    return None


RULES: dict[str, Rule] = {
    **NAME_RULES,
    "ago": _ago,
    "edge": _edge,
    "eve": _eve,
    "last_of": _last_of,
    "night_into": _night_into,
    "offset_clause": _unknown,
    "offset_from": _offset_from,
    "range": _range,
    "same": _same,
    "shifted": _shifted,
    "since": _since,
    "span": _span,
    "unknown": _unknown,
}
