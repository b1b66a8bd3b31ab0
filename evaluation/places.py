"""Score of place look-ups: ``python -m evaluation.places [FILE] [--wrong]``.

FILE (``evaluation/places.tsv`` where none is given) is a table with a header and tab-separated columns:

- ``query``: the name as somebody wrote it, with hints after commas
- ``class``: the sort of variation, for the reader
- ``expected``: the id of the place (its canonical name is taken too); ``-`` where nothing may be matched; ``?`` where
  the name must stay open, with candidates
- ``country``, ``near``, ``date`` (optional): as the options of ``claimkit gazetteer lookup``
- further columns are for the reader

Prints ``rows, right, accuracy, false_matches`` as one JSON line; ``false_matches`` are rows with ``-`` or ``?`` that
were given a place, and rows given the wrong place.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from claimkit.gazetteer import Gazetteer, Match

OWN = Path(__file__).with_name("places.tsv")
NOTHING, OPEN = "-", "?"


class Row(NamedTuple):
    """One row, what the look-up said, and whether that is right."""

    query: str
    expected: str
    match: Match
    right: bool
    false_match: bool


def rows(path: Path, *, gazetteer: Gazetteer) -> Iterator[Row]:
    """Look every row up and judge it."""
    with path.open(encoding="utf-8", newline="") as file:
        for cells in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            near = tuple(map(float, cells["near"].split(","))) if cells.get("near") else None
            match = gazetteer.lookup(
                cells["query"],
                country=cells.get("country") or None,
                near=near,  # type: ignore[arg-type]
                on=date.fromisoformat(cells["date"]) if cells.get("date") else None,
            )
            yield judge(cells["query"], match=match, expected=cells["expected"].strip() or NOTHING)


def judge(query: str, *, match: Match, expected: str) -> Row:
    """Judge one answer."""
    place = match.place
    if expected == NOTHING:
        return Row(query, expected, match, place is None, place is not None)
    if expected == OPEN:
        return Row(query, expected, match, place is None and len(match.candidates) > 1, place is not None)
    right = place is not None and expected in (place.id, place.name)
    return Row(query, expected, match, right, place is not None and not right)


def main(arguments: list[str]) -> None:
    """Score a file; with ``--wrong`` the rows that are wrong go to standard error."""
    paths = [Path(argument) for argument in arguments if not argument.startswith("-")]
    judged = list(rows(paths[0] if paths else OWN, gazetteer=Gazetteer.load(user=False)))
    if "--wrong" in arguments:
        for row in judged:
            if not row.right:
                got = row.match.place.name if row.match.place else "-"
                print(row.query, row.expected, got, row.match.match, row.match.because, sep="\t", file=sys.stderr)
    right = sum(row.right for row in judged)
    result = {
        "rows": len(judged),
        "right": right,
        "accuracy": round(right / max(1, len(judged)), 4),
        "false_matches": sum(row.false_match for row in judged),
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main(sys.argv[1:])
