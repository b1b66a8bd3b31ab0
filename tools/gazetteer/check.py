"""What a person should look at in the built gazetteer: doubles, places outside their country, broken links, odd names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from tools.gazetteer.geonames import City, distance, fold

DOUBLE_KM = 5.0
BOX_MARGIN = 2.0
CAPITALISED = re.compile(r"[^\W\d_]")
UNBOXED = frozenset({"country", "region", "water", "area", "island", "facility"})
STATUS = ("former", "foreign")


def problems(entries: list[dict[str, Any]], *, cities: Iterable[City]) -> list[str]:
    """Give one line for every problem of the entries; ``cities`` are GeoNames', whose extent bounds each country."""
    return [*_ids(entries), *_doubles(entries), *_outside(entries, boxes=_boxes(cities)), *_names(entries)]


def _ids(entries: list[dict[str, Any]]) -> Iterator[str]:
    ids = [entry["id"] for entry in entries]
    known, seen = set(ids), set[str]()
    for identity in ids:
        if identity in seen:
            yield f"{identity} stands twice"
        seen.add(identity)
    for entry in entries:
        if "part_of" in entry and entry["part_of"] not in known:
            yield f"{entry['id']}: part_of {entry['part_of']} is not in the gazetteer"


def _doubles(entries: list[dict[str, Any]]) -> Iterator[str]:
    """Two entries of one name, kind of thing and country within five kilometres are one place."""
    groups: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for entry in entries:
        if entry["kind"] not in UNBOXED | {"district"}:
            groups[entry.get("country", ""), fold(entry["name"])].append(entry)
    for group in groups.values():
        for place, one in enumerate(group):
            for other in group[place + 1 :]:
                apart = distance((one["lat"], one["lon"]), (other["lat"], other["lon"]))
                if apart < DOUBLE_KM:
                    yield f"{one['id']} and {other['id']}: both {one['name']}, {apart:.1f} km apart; one place?"


def _boxes(cities: Iterable[City]) -> dict[str, tuple[float, float, float, float]]:
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for city in cities:
        points[city.country].append((city.lat, city.lon))
    return {
        country: (min(p[0] for p in at), max(p[0] for p in at), min(p[1] for p in at), max(p[1] for p in at))
        for country, at in points.items()
    }


def _outside(entries: list[dict[str, Any]], *, boxes: dict[str, tuple[float, float, float, float]]) -> Iterator[str]:
    for entry in entries:
        box = boxes.get(entry.get("country", ""))
        if box is None or entry["kind"] in ("country", "water", "area", "island"):
            continue
        south, north, west, east = box
        inside = south - BOX_MARGIN <= entry["lat"] <= north + BOX_MARGIN
        if not inside or not west - BOX_MARGIN <= entry["lon"] <= east + BOX_MARGIN:
            yield f"{entry['id']}: {entry['name']} at {entry['lat']}, {entry['lon']} is outside {entry['country']}"


def _names(entries: list[dict[str, Any]]) -> Iterator[str]:
    for entry in entries:
        for lang, names in entry.get("names", {}).items():
            plain = [name["name"] if lang in STATUS else name for name in names]
            for name in plain:
                if not CAPITALISED.search(name) or name != name.strip():
                    yield f"{entry['id']}: {lang} name {name!r} has no letter, or space around it"
            if len(plain) != len(set(plain)) and lang not in STATUS:
                yield f"{entry['id']}: {lang} has a name twice"
