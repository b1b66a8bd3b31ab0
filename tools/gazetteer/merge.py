"""Layers over GeoNames: each row finds its GeoNames place, or keeps its own point and a ``claimkit:`` id."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

from tools.gazetteer.geonames import City, GeoNames, distance, fold
from tools.gazetteer.layers import Row

NEAR_KM = 12.0
SAME_KM = 3.0
CLEAR_FACTOR = 5
NO_CITY = frozenset({"country", "region", "district", "facility", "area", "water", "island", "quarter"})


@dataclass(kw_only=True)
class Merged:
    """What the build has so far: entries by id, and what could not be settled."""

    geonames: GeoNames
    codes: dict[tuple[str, str], str] = field(default_factory=dict)
    entries: dict[str, dict[str, Any]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    overlaid: set[str] = field(default_factory=set)

    def admin1(self, *, country: str, code: str) -> str:
        """Give the name of a first-order division by GeoNames' code, empty where it has none."""
        return self.codes.get((country, code), "")

    def add(self, row: Row) -> None:
        """Add a row as an entry; a second row of one place adds its names to the first."""
        city = self._city(row)
        if city is None and row.geonames is None and not row.id and row.at is None:
            self.problems.append(
                f"{row.where}: {row.name}: GeoNames has no such place; give at: [lat, lon] or geonames:"
            )
            return
        key = f"geonames:{city.id if city else row.geonames}" if city or row.geonames else row.id or _slug(row)
        entry = self._entry(row, key=key, city=city)
        if key in self.overlaid:
            join(self.entries[key], entry)
        elif key in self.entries:
            self.entries[key] = overlay(self.entries[key], over=entry)
        else:
            self.entries[key] = entry
        self.overlaid.add(key)

    def _city(self, row: Row) -> City | None:
        if row.geonames is not None:
            return self._given(row)
        if row.kind in NO_CITY or row.id:
            return None
        found: dict[int, City] = {}
        for name in (row.name, *(name for names in row.names.values() for name in names)):
            found |= {city.id: city for city in self.geonames.find(country=row.country, name=name)}
        cities = [city for city in found.values() if self._fits(city, row=row)]
        if row.at is not None:
            near = [city for city in cities if distance((city.lat, city.lon), row.at) <= NEAR_KM]
            return min(near, key=lambda city: distance((city.lat, city.lon), row.at or (0, 0)), default=None)
        cities.sort(key=lambda city: (-city.population, fold(city.name) != fold(row.name), city.id))
        namesakes = [city for city in cities if fold(city.name) == fold(row.name)]
        if namesakes and cities[0].population < CLEAR_FACTOR * namesakes[0].population:
            cities = namesakes
        if len(cities) > 1 and cities[0].population < CLEAR_FACTOR * cities[1].population:
            shown = ", ".join(f"{city.id} {city.name} ({city.admin1}, {city.population})" for city in cities[:4])
            self.problems.append(f"{row.where}: {row.name} could be {shown}; give geonames:")
        return cities[0] if cities else None

    def _own_id(self, row: Row) -> str:
        """Give the id of a place without GeoNames id; a second place of the name has its point in it."""
        slug = _slug(row)
        first = self.entries.get(slug)
        if first is None or row.at is None or distance((first["lat"], first["lon"]), row.at) < SAME_KM:
            return slug
        return f"{slug}-{round(row.at[0] * 100)}-{round(row.at[1] * 100)}"

    def _given(self, row: Row) -> City | None:
        city = self.geonames.cities.get(row.geonames or 0)
        if city is not None and row.kind not in NO_CITY:
            mine = [row.name, *(name for names in row.names.values() for name in names)]
            mine += [str(status["name"]) for status in (*row.former, *row.foreign)]
            if city.country != row.country or not {fold(n) for n in mine} & {fold(n) for n in (city.name, *city.names)}:
                shown = f"{city.name} ({city.country}, {city.admin1})"
                self.problems.append(f"{row.where}: {row.name}: geonames {city.id} is {shown}; look the id up")
        return city

    def _fits(self, city: City, *, row: Row) -> bool:
        name = self.admin1(country=city.country, code=city.admin1)
        return not row.admin1 or not name or name == row.admin1

    def _entry(self, row: Row, *, key: str, city: City | None) -> dict[str, Any]:
        at = (city.lat, city.lon) if city else row.at
        admin1 = row.admin1 or (self.admin1(country=city.country, code=city.admin1) if city else "")
        names: dict[str, Any] = {lang: list(values) for lang, values in sorted(row.names.items())}
        for status, values in (("former", row.former), ("foreign", row.foreign)):
            if values:
                names[status] = [dict(value) for value in values]
        if at is None:
            self.problems.append(f"{row.where}: {row.name}: no coordinates; give at: [lat, lon]")
            at = (0.0, 0.0)
        return compact({
            "id": key, "name": row.name, "kind": row.kind, "country": row.country, "admin1": admin1,
            "lat": at[0], "lon": at[1], "population": row.population or (city.population if city else None),
            "capital": row.capital, "part_of": row.part_of, "names": names,
        })  # fmt: skip


def compact(entry: dict[str, Any]) -> dict[str, Any]:
    """Drop what is not known."""
    return {key: value for key, value in entry.items() if value not in (None, "", {}, [], 0) or key in ("lat", "lon")}


def join(entry: dict[str, Any], other: dict[str, Any]) -> None:
    """Add the names of another row of the same place, and what the entry has not got."""
    names = entry.setdefault("names", {})
    for lang, values in other.get("names", {}).items():
        have = names.setdefault(lang, [])
        have += [value for value in values if value not in have]
    for key, value in other.items():
        entry.setdefault(key, value)


def overlay(entry: dict[str, Any], *, over: dict[str, Any]) -> dict[str, Any]:
    """Lay a reviewed row over an imported entry: what the row says wins, of the names language by language."""
    names = {lang: values for lang, values in entry.get("names", {}).items() if lang != "en"} | over.get("names", {})
    return entry | over | ({"names": names} if names else {})


def _slug(row: Row) -> str:
    ascii_name = unicodedata.normalize("NFKD", row.name).encode("ascii", "ignore").decode()
    parts = [row.country, row.admin1.split(" ")[0] if row.admin1 != row.name else "", ascii_name]
    text = "-".join(part for part in parts if part).lower()
    return "claimkit:" + re.sub(
        r"[^a-z0-9]+", "-", unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    ).strip("-")
