"""What a person should look at in the built gazetteer: doubles, places far from their country, names that are words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from .geonames import distance, fold

DOUBLE_KM = 5.0


def problems(entries: list[dict[str, Any]]) -> list[str]:
    """Give one line for every problem of the entries."""
    return [*_ids(entries), *_doubles(entries)]


def _ids(entries: list[dict[str, Any]]) -> Iterator[str]:
    seen: set[str] = set()
    for entry in entries:
        if entry["id"] in seen:
            yield f"{entry['id']} stands twice"
        seen.add(entry["id"])


def _doubles(entries: list[dict[str, Any]]) -> Iterator[str]:
    """Two entries of one name, kind of thing and country within five kilometres are one place."""
    groups: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for entry in entries:
        if entry["kind"] not in ("country", "region", "district", "facility", "water", "area", "island"):
            groups[entry.get("country", ""), fold(entry["name"])].append(entry)
    for group in groups.values():
        for place, one in enumerate(group):
            for other in group[place + 1 :]:
                apart = distance((one["lat"], one["lon"]), (other["lat"], other["lon"]))
                if apart < DOUBLE_KM:
                    yield f"{one['id']} and {other['id']}: both {one['name']}, {apart:.1f} km apart; one place?"
