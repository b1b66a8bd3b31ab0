"""The score of place look-ups counts what is right and what is falsely matched."""

from __future__ import annotations

import csv
from pathlib import Path

from claimkit.gazetteer import Gazetteer
from evaluation.places import OWN, rows
from tests.small_gazetteer import cache, gazetteer

__all__ = ["cache", "gazetteer"]


def test_judges_each_row(gazetteer: Gazetteer, cache: Path) -> None:
    """A place, an open name and a name that must not match are each judged by their own rule."""
    path = cache / "rows.tsv"
    path.write_text(
        "query\texpected\tcountry\nKiev\tclaimkit:kyiv\t\nKiev\tKyiv\t\nKiev\tclaimkit:donetsk\t\nPetrivka\t?\t\nKiev\t?\t\n"
        "Atlantis\t-\t\nKiev\t-\t\nAtlantis\t?\t\nDzerzhinsk\tToretsk\tUA\n",
        encoding="utf-8",
    )
    judged = [(row.right, row.false_match) for row in rows(path, gazetteer=gazetteer)]
    assert judged == [
        (True, False),
        (True, False),
        (False, True),
        (True, False),
        (False, True),
        (True, False),
        (False, True),
        (False, False),
        (True, False),
    ]


def test_own_list_is_large_enough() -> None:
    """At least 300 rows, of which 60 must not match, no name twice."""
    with OWN.open(encoding="utf-8", newline="") as file:
        listed = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert len(listed) >= 300
    assert sum(row["expected"] == "-" for row in listed) >= 60
    assert sum(row["expected"] == "?" for row in listed) >= 20
    assert len({row["query"] for row in listed}) == len(listed)
