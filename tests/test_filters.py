"""Filters: what each keeps, and the near miss that it must not."""

from __future__ import annotations

import msgspec
import pytest

from claimkit.errors import UsageError
from claimkit.filters import Filters, Sought, bounds, keeper
from claimkit.records import Claim, EventType, Stance
from tests import sample

SOUGHT = {
    "Krasnoarmeysk": Sought(ids=frozenset({"geonames:704422"})),
    "Donetsk region": Sought(ids=frozenset({"geonames:709716"}), regions=frozenset({("UA", "Donetsk Oblast")})),
    "Donetsk of another country": Sought(regions=frozenset({("RU", "Donetsk Oblast")})),
    "Ukraina": Sought(ids=frozenset({"geonames:690791"}), countries=frozenset({"UA"})),
    "Rossiya": Sought(ids=frozenset({"geonames:2017370"}), countries=frozenset({"RU"})),
}


def kept(filters: Filters) -> list[str]:
    """Give the ids of the sample's claims that filters keep, shortened to their number."""
    keep = keeper(filters, sought=lambda name: SOUGHT.get(name, Sought()))
    return [claim.id[2] for claim in sample.EVERY_CLAIM if keep(claim)]


@pytest.mark.parametrize(
    ("filters", "numbers"),
    [
        (Filters(), ["1", "2", "3", "4"]),
        (Filters(places=("Krasnoarmeysk",)), ["1", "2"]),
        (Filters(places=("pokrovsk",)), ["1", "2"]),
        (Filters(places=("Siversk",)), ["2"]),
        (Filters(places=("Donetsk Oblast",)), ["1", "2"]),
        (Filters(places=("Donetsk region",)), ["1", "2"]),
        (Filters(places=("Donetsk of another country",)), []),
        (Filters(places=("Ukraina",)), ["1", "2"]),
        (Filters(places=("Rossiya",)), []),
        (Filters(places=("Nowhereville", "Siversk")), ["2", "3"]),
        (Filters(places=("Pokrov",)), []),
        (Filters(claimants=("russia", "NARRATOR")), ["1", "4"]),
        (Filters(claimants=("RU",)), []),
        (Filters(stances=(Stance.DENY,), claimants=("UKR",)), ["2"]),
        (Filters(stances=(Stance.DENY,), claimants=("RUS",)), []),
        (Filters(events=(EventType.CASUALTIES, EventType.NEGOTIATE)), ["3", "4"]),
        (Filters(min_confidence=0.9), ["1", "4"]),
        (Filters(since="2025-11-30", until="2025-11"), ["3"]),
        (Filters(since="2025-12-01", until="2025-12-01"), ["1", "2"]),
        (Filters(since="2025-12-02"), []),
    ],
)
def test_filters(filters: Filters, numbers: list[str]) -> None:
    """Each filter keeps its own, values of one filter are "or", filters together are "and"."""
    assert kept(filters) == numbers


@pytest.mark.parametrize(
    ("date", "since", "until", "keeps"),
    [
        ("2024-05/", "2025-01-01", None, True),
        ("2024-05/", None, "2024-04-30", False),
        ("2024/2025-06", "2025-06-30", None, True),
        ("2024/2025-06", "2025-07-01", None, False),
        ("2025-02", None, "2025-02-01", True),
        ("2025-02", "2025-02-28", None, True),
        ("2025-02", "2025-03", None, False),
    ],
)
def test_events_over_a_time(date: str, since: str | None, until: str | None, *, keeps: bool) -> None:
    """An event that lasts is kept where any day of it is asked for."""
    event = msgspec.structs.replace(sample.ASSERTED.event, date=date)
    claim: Claim = msgspec.structs.replace(sample.ASSERTED, event=event)
    assert keeper(Filters(since=since, until=until), sought=lambda _: Sought())(claim) is keeps


@pytest.mark.parametrize("value", ["yesterday", "2025-13", "2025-02-30", "25-01-01", "2025-12-01/2025-12-02", "2025-1"])
def test_dates_that_are_none(value: str) -> None:
    """What is no date is refused, with the form it should have."""
    with pytest.raises(UsageError, match="2025-12-01, 2025-12 or 2025"):
        keeper(Filters(until=value), sought=lambda _: Sought())


def test_bounds_of_nothing() -> None:
    """Text that is no date has no bounds."""
    assert [bounds(text) for text in ("", "/", "x/y", "2025-12-32", "0000")] == [None] * 5
