"""Which claims a user asked for: by place, claimant, stance, event, time and confidence."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable

from claimkit.errors import UsageError
from claimkit.records import Claim, EventType, PlaceMention, Record, Stance

Interval = tuple[str, str]

BEGINNING = "0001-01-01"
END = "9999-12-31"

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class Filters(Record, frozen=True, kw_only=True):
    """What a claim must have to be shown; an empty field asks for nothing. Several values of one field are "or"."""

    places: tuple[str, ...] = ()
    claimants: tuple[str, ...] = ()
    stances: tuple[Stance, ...] = ()
    events: tuple[EventType, ...] = ()
    since: str | None = None
    until: str | None = None
    min_confidence: float = 0.0


class Sought(Record, frozen=True, kw_only=True):
    """What the name of a place on the command line can mean: places by id, and what lies inside a region or country.

    Regions are the country's code (ISO 3166 alpha-2; ``None`` where law knows none) with the region's canonical name.
    """

    ids: frozenset[str] = frozenset()
    regions: frozenset[tuple[str | None, str]] = frozenset()
    countries: frozenset[str] = frozenset()


def keeper(filters: Filters, *, sought: Callable[[str], Sought]) -> Callable[[Claim], bool]:
    """Compile filters into one test of a claim.

    Args:
        filters: what is asked for.
        sought: gives what the name of a place can mean (the gazetteer's look-up); asked once for each name.

    Returns:
        The test. A claim with several places is kept if one of them fits; ``since`` and ``until`` compare the event's
        date, where it has none the article's, and leave out claims with neither.

    Raises:
        UsageError: ``since`` or ``until`` is no date.
    """
    tests: list[Callable[[Claim], bool]] = []
    if filters.places:
        meant = tuple(sought(name) for name in filters.places)
        names = frozenset(name.casefold() for name in filters.places)
        tests.append(lambda claim: any(_is_at(place, meant=meant, names=names) for place in claim.places))
    if filters.claimants:
        parties = frozenset(name.casefold() for name in filters.claimants)
        tests.append(
            lambda claim: not parties.isdisjoint((claim.claimant.id.casefold(), claim.claimant.name.casefold()))
        )
    if filters.stances:
        tests.append(lambda claim: claim.stance in filters.stances)
    if filters.events:
        tests.append(lambda claim: claim.event.type in filters.events)
    if filters.since or filters.until:
        since = option_bounds(filters.since, option="--since")[0] if filters.since else BEGINNING
        until = option_bounds(filters.until, option="--until")[1] if filters.until else END
        tests.append(lambda claim: _is_between(claim, since=since, until=until))
    if filters.min_confidence:
        tests.append(lambda claim: claim.confidence >= filters.min_confidence)
    return lambda claim: all(test(claim) for test in tests)


def bounds(interval: str) -> Interval | None:
    """Give the first and the last day of an ISO 8601 date, month, year, or interval of them; ``None`` for no date.

    >>> bounds("2025-11")
    ('2025-11-01', '2025-11-30')
    >>> bounds("2024-05/")
    ('2024-05-01', '9999-12-31')
    """
    first, slash, last = interval.partition("/")
    low = _days(first) if first else (BEGINNING, BEGINNING)
    if not slash:
        return _days(first)
    high = _days(last) if last else (END, END)
    return (low[0], high[1]) if low and high and (first or last) else None


def option_bounds(value: str, *, option: str) -> Interval:
    """Give the days of a date on the command line.

    Raises:
        UsageError: it is no date.
    """
    found = bounds(value) if "/" not in value else None
    if found is None:
        raise UsageError(f"{option} {value!r} is no date", mend="write it as 2025-12-01, 2025-12 or 2025")
    return found


def _days(text: str) -> Interval | None:
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    year, month, day = match.groups()
    try:
        last = calendar.monthrange(int(year), int(month or 12))[1]
    except (calendar.IllegalMonthError, ValueError):
        return None
    if int(year) < 1 or (day and not 1 <= int(day) <= last):
        return None
    return f"{year}-{month or '01'}-{day or '01'}", f"{year}-{month or '12'}-{day or f'{last:02}'}"


def _is_at(place: PlaceMention, *, meant: Iterable[Sought], names: frozenset[str]) -> bool:
    for one in meant:
        inside = (place.country, place.admin1) in one.regions or place.country in one.countries
        if place.id in one.ids or inside:
            return True
    known = (place.name, place.text, place.admin1 or "")
    return any(name.casefold() in names for name in known)


def _is_between(claim: Claim, *, since: str, until: str) -> bool:
    when = bounds(claim.event.date or claim.published or "")
    return when is not None and when[0] <= until and when[1] >= since
