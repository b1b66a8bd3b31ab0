"""Which of several places of one name is meant: prominence, what the article says so far, and when it was written.

Every candidate gets a weight; a name is settled only where one weight is ``DOMINANCE`` times the next, else it stays
open. The numbers are relative; they were chosen so that a city outweighs a hamlet, a large city a small one, and no
village another.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from claimkit.gazetteer_records import MatchKind, Place, PlaceContext, PlaceKind, PlaceName, Point
from claimkit.records import Candidate

DOMINANCE = 10.0
NEAR_KM = 10.0
CONTEXT_KM = 40.0
COUNTRY_NAMED = 15.0
ADMIN1_NAMED = 30.0
NEARBY = 60.0
MENTIONED = 40.0
FORMER = 0.8
FOREIGN = 0.9
MISSPELLING = 0.05
NOT_YET_USED = 0.1
NO_LONGER_USED = 0.6
PEOPLE_UNIT = 1000.0
_EARTH_KM = 6371.0

_FLOOR = {
    PlaceKind.COUNTRY: 2000.0,
    PlaceKind.OBLAST: 20.0,
    PlaceKind.REGION: 20.0,
    PlaceKind.AREA: 20.0,
    PlaceKind.WATER: 15.0,
    PlaceKind.ISLAND: 5.0,
    PlaceKind.CITY: 6.0,
    PlaceKind.TOWN: 6.0,
    PlaceKind.SETTLEMENT: 1.0,
    PlaceKind.RAION: 1.0,
    PlaceKind.DISTRICT: 1.0,
    PlaceKind.VILLAGE: 0.5,
    PlaceKind.QUARTER: 0.5,
    PlaceKind.FACILITY: 0.5,
}
_BY_PEOPLE = frozenset({PlaceKind.CITY, PlaceKind.TOWN})
_CAPITAL = 300.0
_CAPITAL_TIMES = 2.0
_LARGE_CITY = 500_000
_LARGE_TIMES = 2.0


class Hit(NamedTuple):
    """A place that a name may mean: by which of its names, on which rung, how alike, what the misspelling costs."""

    place: Place
    name: PlaceName
    match: MatchKind
    similarity: float = 1.0
    cost: float = 0.0


def distance_km(one: Point, other: Point) -> float:
    """Give the great-circle distance between two points in degrees WGS 84."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*one, *other))
    chord = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(min(1.0, chord)))


def prominence(place: Place) -> float:
    """Give how likely a place is meant where nothing else is known (relative)."""
    weight = _FLOOR[place.kind]
    if place.kind in _BY_PEOPLE and place.population:
        weight = max(weight, place.population / PEOPLE_UNIT)
        weight *= _LARGE_TIMES if place.population >= _LARGE_CITY else 1.0
    return max(weight * _CAPITAL_TIMES, _CAPITAL) if place.capital else weight


def _in_time(hit: Hit, when: date) -> float:
    name = hit.name
    if name.start is not None and when.year < name.start:
        return NOT_YET_USED
    if name.end is not None and when.year > name.end:
        return NO_LONGER_USED
    if name.used == "current":
        ends = [other.end for other in hit.place.names if other.used == "former" and other.end is not None]
        if ends and when.year < max(ends):
            return NO_LONGER_USED
    return 1.0


def _in_context(place: Place, context: PlaceContext, resolve: Callable[[str], Place | None]) -> float:
    weight = 1.0
    if place.country in context.countries:
        weight *= COUNTRY_NAMED
    if place.admin1 in context.admin1s:
        weight *= ADMIN1_NAMED
    total = near = 0.0
    for identity, mentions in context.places.items():
        other = resolve(identity)
        if other is None:
            continue
        if other.id == place.id:
            weight *= MENTIONED
            continue
        total += mentions
        near += mentions * math.exp(-distance_km((place.lat, place.lon), (other.lat, other.lon)) / CONTEXT_KM)
    return weight * (1 + NEARBY * near / total) if total else weight


def weigh(
    hit: Hit,
    *,
    near: Point | None,
    on: date | None,
    context: PlaceContext | None,
    resolve: Callable[[str], Place | None],
) -> float:
    """Give the weight of a candidate."""
    weight = prominence(hit.place) * (
        FORMER if hit.name.used == "former" else FOREIGN if hit.name.used == "foreign" else 1.0
    )
    weight *= math.pow(MISSPELLING, hit.cost)
    if near is not None:
        weight /= 1 + (distance_km((hit.place.lat, hit.place.lon), near) / NEAR_KM) ** 2
    when = on or (context.published if context else None)
    if when is not None:
        weight *= _in_time(hit, when)
    if context is not None:
        weight *= _in_context(hit.place, context, resolve)
    return weight


def as_candidates(weighed: Sequence[tuple[float, Hit]]) -> tuple[Candidate, ...]:
    """Give candidates with their shares of all weight, to four places, heaviest first."""
    total = sum(weight for weight, _ in weighed) or 1.0
    return tuple(
        Candidate(id=hit.place.id, name=hit.place.name, score=round(weight / total * hit.similarity, 4))
        for weight, hit in weighed
    )
