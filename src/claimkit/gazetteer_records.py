"""The records of the gazetteer: a place as YAML has it, a place as it is used, and the answers of a look-up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Literal

import msgspec

from claimkit.records import Candidate, Record

MatchKind = Literal["exact", "alias", "romanized", "inflected", "fuzzy"]
NameUsed = Literal["current", "former", "foreign"]
Point = tuple[float, float]

_ID = re.compile(r"geonames:[1-9][0-9]{0,11}|[a-z][a-z0-9]*:[A-Za-z0-9][A-Za-z0-9._-]*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


class PlaceKind(StrEnum):
    """What a place is."""

    COUNTRY = "country"
    OBLAST = "oblast"
    REGION = "region"
    RAION = "raion"
    DISTRICT = "district"
    CITY = "city"
    TOWN = "town"
    SETTLEMENT = "settlement"
    VILLAGE = "village"
    QUARTER = "quarter"
    FACILITY = "facility"
    AREA = "area"
    WATER = "water"
    ISLAND = "island"


SETTLEMENTS = frozenset({PlaceKind.CITY, PlaceKind.TOWN, PlaceKind.SETTLEMENT, PlaceKind.VILLAGE, PlaceKind.QUARTER})
REGIONS = frozenset({PlaceKind.OBLAST, PlaceKind.REGION})
DISTRICTS = frozenset({PlaceKind.RAION, PlaceKind.DISTRICT})


class DatedName(Record, frozen=True, kw_only=True):
    """A name with the years it was official and the states that use it (ISO 3166 alpha-3 codes)."""

    name: str
    lang: str = "en"
    from_: int | None = msgspec.field(default=None, name="from")
    to: int | None = None
    used_by: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse years that run backwards and language tags that are none."""
        if self.from_ is not None and self.to is not None and self.from_ > self.to:
            message = f"{self.name!r}: from {self.from_} is after to {self.to}; exchange them"
            raise ValueError(message)
        if not _LANGUAGE.fullmatch(self.lang):
            message = f"{self.name!r}: {self.lang!r} is no language tag; write one such as uk"
            raise ValueError(message)


class PlaceEntry(Record, frozen=True, kw_only=True):
    """A place as ``gazetteer.yaml`` has it; ``names`` is by language, with ``former`` and ``foreign`` beside them."""

    id: str
    name: str
    kind: PlaceKind
    country: str | None = None
    admin1: str | None = None
    lat: float
    lon: float
    population: int | None = None
    capital: str | None = None
    part_of: str | None = None
    names: dict[str, tuple[str | DatedName, ...]] = {}

    def __post_init__(self) -> None:
        """Refuse what no place can have."""
        problems = list(self._problems())
        if problems:
            raise ValueError("; ".join(problems))

    def _problems(self) -> Iterator[str]:
        if not _ID.fullmatch(self.id):
            yield f"id {self.id!r} is not of the form geonames:NUMBER or claimkit:slug; mend it"
        if not -90 <= self.lat <= 90:
            yield f"{self.id}: lat {self.lat} is not in -90..90; mend it"
        if not -180 <= self.lon <= 180:
            yield f"{self.id}: lon {self.lon} is not in -180..180; mend it"
        for field, code in (("country", self.country), ("capital", self.capital)):
            if code is not None and not re.fullmatch("[A-Z]{2}", code):
                yield f"{self.id}: {field} {code!r} is no ISO 3166 alpha-2 code; write one such as UA"
        if self.population is not None and self.population < 0:
            yield f"{self.id}: population is below 0; mend it"
        for language, names in self.names.items():
            status = language in ("former", "foreign")
            if not status and not _LANGUAGE.fullmatch(language):
                yield f"{self.id}: {language!r} is no language tag, former or foreign; mend it"
            for name in names:
                if status != isinstance(name, DatedName):
                    form = "{name: ...}" if status else "a plain name"
                    yield f"{self.id}: under {language!r} each name is {form}; mend it"

    def place(self) -> Place:
        """Give the place with its names in one flat, ordered list, the canonical name first."""
        names = [PlaceName(name=self.name)]
        for language, listed in self.names.items():
            for name in listed:
                if isinstance(name, DatedName):
                    names.append(
                        PlaceName(
                            name=name.name,
                            lang=name.lang,
                            used="former" if language == "former" else "foreign",
                            start=name.from_,
                            end=name.to,
                            used_by=name.used_by,
                        )
                    )
                else:
                    names.append(PlaceName(name=name, lang=language))
        return Place(
            id=self.id,
            name=self.name,
            kind=self.kind,
            country=self.country,
            admin1=self.admin1,
            lat=self.lat,
            lon=self.lon,
            population=self.population,
            capital=self.capital,
            part_of=self.part_of,
            names=tuple(dict.fromkeys(names)),
        )


class PlaceName(Record, frozen=True, kw_only=True, array_like=True):
    """One name of a place; ``start`` and ``end`` are the years it was official."""

    name: str
    lang: str = "en"
    used: NameUsed = "current"
    start: int | None = None
    end: int | None = None
    used_by: tuple[str, ...] = ()


class Place(Record, frozen=True, kw_only=True, array_like=True):
    """A place: identity, kind, country by law (ISO 3166 alpha-2), coordinates (WGS 84 degrees), names."""

    id: str
    name: str
    kind: PlaceKind
    country: str | None = None
    admin1: str | None = None
    lat: float
    lon: float
    population: int | None = None
    capital: str | None = None
    part_of: str | None = None
    names: tuple[PlaceName, ...] = ()


class PlaceContext(Record, frozen=True, kw_only=True):
    """What an article says beside a name: countries and admin1, places resolved (id to weight), date of publication."""

    countries: frozenset[str] = frozenset()
    admin1s: frozenset[str] = frozenset()
    places: dict[str, float] = {}
    published: date | None = None


class Match(Record, frozen=True, kw_only=True):
    """The answer of a look-up; ``place`` is ``None`` where no place or no single place is meant.

    ``score`` is in [0, 1]; ``candidates`` has the runners-up, or, where the name stays open, all that it could be;
    ``because`` says in one phrase what decided.
    """

    query: str
    place: Place | None = None
    match: MatchKind | None = None
    name_used: NameUsed | None = None
    score: float = 0.0
    candidates: tuple[Candidate, ...] = ()
    because: str = ""


class NameHit(Record, frozen=True, kw_only=True):
    """A stretch of text that is a name of the gazetteer, with the ids of the places so called."""

    start: int
    end: int
    text: str
    places: tuple[str, ...]
