"""The map's outlines: land and country borders of the whole world, regions only near the places of the report."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

NEAR_DEGREES = 4.0
MOST_REGION_NUMBERS = 60_000  # numbers of coordinates; a report about the whole world needs no regions

Point = tuple[float, float]


@cache
def _all() -> dict[str, Any]:
    path = Path(__file__).resolve().parent / "assets" / "outlines.json"
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    data["boxes"] = [[_box(line, scale=data["scale"]) for line in lines] for lines in data["regions"]]
    return data


def outlines(points: list[Point]) -> dict[str, Any]:
    """Give the outlines for a map of some points.

    Args:
        points: longitude and latitude of the places, in degrees.

    Returns:
        ``scale`` (units per degree), ``land``, ``borders`` and ``regions`` (lines of whole numbers, each point from the
        one before), ``names`` (country, longitude, latitude, area in square degrees) and ``about`` (source, licence).
    """
    data = _all()
    cells = {(int(lon // NEAR_DEGREES), int(lat // NEAR_DEGREES)) for lon, lat in points}
    near = {(x + dx, y + dy) for x, y in cells for dx in (-1, 0, 1) for dy in (-1, 0, 1)}
    regions = [
        line
        for lines, boxes in zip(data["regions"], data["boxes"], strict=True)
        for line, box in zip(lines, boxes, strict=True)
        if _touches(box, near)
    ]
    if sum(map(len, regions)) > MOST_REGION_NUMBERS:
        regions = []
    return {key: data[key] for key in ("about", "scale", "land", "borders", "names")} | {"regions": regions}


def _box(line: list[int], *, scale: int) -> tuple[float, float, float, float]:
    xs, ys = [line[0]], [line[1]]
    for index in range(2, len(line), 2):
        xs.append(xs[-1] + line[index])
        ys.append(ys[-1] + line[index + 1])
    return min(xs) / scale, min(ys) / scale, max(xs) / scale, max(ys) / scale


def _touches(box: tuple[float, float, float, float], cells: set[tuple[int, int]]) -> bool:
    west, south, east, north = (int(side // NEAR_DEGREES) for side in box)
    return any((x, y) in cells for x in range(west, east + 1) for y in range(south, north + 1))
