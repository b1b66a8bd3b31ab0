"""What the gazetteer commands show of a place, a name and a match: JSON rows and a table."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from claimkit.terminal import console, one_line

if TYPE_CHECKING:
    from claimkit.gazetteer_records import Match, Place, PlaceName

PLACE_FIELDS = ("id", "name", "kind", "country", "admin1", "lat", "lon", "population", "capital", "part_of")
SHOWN_CANDIDATES = 5


def place_row(place: Place) -> dict[str, Any]:
    """Give a place as a JSON object, without its names."""
    return {field: getattr(place, field) for field in PLACE_FIELDS}


def match_row(match: Match) -> dict[str, Any]:
    """Give the answer of a look-up as a JSON object."""
    return {
        "query": match.query,
        "place": place_row(match.place) if match.place else None,
        "match": match.match,
        "name_used": match.name_used,
        "score": match.score,
        "candidates": match.candidates,
        "because": match.because,
    }


def name_row(name: PlaceName) -> dict[str, Any]:
    """Give a name as a JSON object, without what is unknown."""
    row = {
        "name": name.name,
        "lang": name.lang,
        "used": name.used,
        "from": name.start,
        "to": name.end,
        "used_by": name.used_by,
    }
    return {field: value for field, value in row.items() if value not in (None, ())}


def years(name: PlaceName) -> str:
    """Give the years of a name, and who uses it, as text."""
    years = f"  {name.start or ''}-{name.end or ''}" if name.start or name.end else ""
    return years + (f"  ({', '.join(name.used_by)})" if name.used_by else "")


def write_table(matches: Iterable[Match], *, color: bool) -> None:
    """Write answers as a table on standard output."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for heading in ("name", "place", "region", "id", "match", "score"):
        table.add_column(heading, overflow="fold", justify="right" if heading == "score" else "left")
    for match in matches:
        place = match.place
        if place is not None:
            cells = [
                place.name,
                ", ".join(filter(None, (place.admin1, place.country))),
                place.id,
                f"{match.match}, {match.name_used}",
                f"{match.score:.2f}",
            ]
        else:
            could = ", ".join(f"{candidate.name} {candidate.id}" for candidate in match.candidates[:SHOWN_CANDIDATES])
            cells = ["-", f"could be {could}" if could else match.because, "", "", ""]
        table.add_row(*(one_line(cell) for cell in (match.query, *cells)))
    console(sys.stdout, color=color).print(table)
