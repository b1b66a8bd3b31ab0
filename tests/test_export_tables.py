"""Exports for tables and maps, read by the libraries that people open them with: openpyxl, pyarrow, GDAL, csv."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet
import pyogrio.raw
import pytest
from msgspec import to_builtins
from msgspec.structs import replace

from claimkit import extras
from claimkit.errors import UsageError
from claimkit.export import csv as csv_export
from claimkit.export import geojson, parquet, xlsx
from claimkit.export.material import Material
from claimkit.export.rows import COLUMNS, DAYS, Row, day, days, rows
from claimkit.records import Event, EventType
from tests import sample
from tests.export_sample import ATTACK, CLAIMS, MATERIAL

NOTHING = Material(claims=())
ROWS = list(rows(CLAIMS))


def written(module: Any, material: Material = MATERIAL) -> bytes:
    """Give what a format writes."""
    stream = io.BytesIO()
    module.write(material, stream=stream)
    return stream.getvalue()


def dated(row: Row) -> dict[str, Any]:
    """Give a row with its days as dates."""
    values: dict[str, Any] = to_builtins(row)
    return values | {name: day(values[name]) for name in DAYS}


def test_a_row_for_each_claim_and_place() -> None:
    """Two places are two rows with one claim id; no place is one row with empty columns."""
    assert [(row.claim_id[-1], row.place_number, row.place_count, row.location) for row in ROWS] == [
        ("1", 1, 1, "Pokrovsk"),
        ("2", 1, 2, "Pokrovsk"),
        ("2", 2, 2, "Siversk"),
        ("3", None, 0, None),
    ]
    assert ROWS[0].relays == "REPORTS"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2025-11-30", ("2025-11-30", "2025-11-30", "day")),
        ("2024-02", ("2024-02-01", "2024-02-29", "month")),
        ("2024", ("2024-01-01", "2024-12-31", "year")),
        ("2025-06/2025-08", ("2025-06-01", "2025-08-31", "interval")),
        ("2024-05/", ("2024-05-01", None, "open")),
        ("/2024-05", (None, "2024-05-31", "open")),
        (None, (None, None, None)),
        ("soon", (None, None, None)),
    ],
)
def test_dates_come_with_their_precision(text: str | None, found: tuple[str | None, ...]) -> None:
    """First and last day and how exact they are; an open side and what is no date stay empty."""
    assert days(Event(type=EventType.CAPTURE, date=text)) == found


def test_csv_comes_back() -> None:
    """Every cell is there as text; only formulas have an apostrophe before them."""
    found = list(csv.DictReader(io.StringIO(written(csv_export).decode(), newline="")))
    assert tuple(found[0]) == COLUMNS

    def cell(value: object) -> str:
        text = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
        return f"'{text}" if isinstance(value, str) and text.startswith("=") else text

    assert found == [{name: cell(value) for name, value in to_builtins(row).items()} for row in ROWS]
    assert found[3]["sentence_text"] == f"'{ATTACK}"


def test_excel_comes_back_with_no_formula_and_no_link() -> None:
    """Text is text, numbers and truth values are themselves, days are dates; the head has filters and stays in view."""
    sheet = openpyxl.load_workbook(io.BytesIO(written(xlsx)))["claims"]
    head, *lines = sheet.iter_rows()
    assert tuple(cell.value for cell in head) == COLUMNS

    def plain(value: object) -> object:
        return value.date() if isinstance(value, datetime) else value

    found = [{name: plain(cell.value) for name, cell in zip(COLUMNS, line, strict=True)} for line in lines]
    # XML has no other line end than LF, and openpyxl leaves the escape of a control as Excel writes it.
    expected = [
        {
            name: value.replace("\x1b", "_x001B_").replace("\r", "_x000D_") if isinstance(value, str) else value
            for name, value in dated(row).items()
        }
        for row in ROWS
    ]
    assert found == expected
    assert {cell.data_type for line in lines for cell in line} <= {"s", "n", "b", "d"}
    assert [cell.hyperlink for line in lines for cell in line if cell.hyperlink] == []
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", sheet.dimensions)


def test_excel_cuts_what_no_cell_can_hold() -> None:
    """A cell holds 32,767 UTF-16 units; longer text is cut between characters and says so."""
    long = "\U0001f6f0" * 20_000
    claim = sample.claim(f"{long} fell", content=f"{long} fell")
    sheet = openpyxl.load_workbook(io.BytesIO(written(xlsx, Material(claims=(claim,)))))["claims"]
    found = str(sheet.cell(2, COLUMNS.index("content_text") + 1).value)
    assert found == "\U0001f6f0" * 16_383 + "…"


def test_excel_keeps_days_that_it_has_no_dates_for() -> None:
    """A day before March 1900 is text, since Excel's calendar has a day too many."""
    claim = replace(CLAIMS[0], published="1899-12-31")
    sheet = openpyxl.load_workbook(io.BytesIO(written(xlsx, Material(claims=(claim,)))))["claims"]
    assert sheet.cell(2, COLUMNS.index("published") + 1).value == "1899-12-31"


def test_parquet_comes_back_typed() -> None:
    """Every value as it is, days as dates; the types hold also where a column is empty."""
    table = pyarrow.parquet.read_table(io.BytesIO(written(parquet)))
    assert table.to_pylist() == [dated(row) for row in ROWS]
    empty = pyarrow.parquet.read_table(io.BytesIO(written(parquet, NOTHING)))
    assert (empty.schema, empty.num_rows) == (table.schema, 0)
    kinds = {str(table.schema.field(name).type) for name in DAYS}
    assert (kinds, str(table.schema.field("latitude").type)) == ({"date32[day]"}, "double")


def test_geojson_opens_in_gdal(tmp_path: Path) -> None:
    """The library by which QGIS reads finds points, longitude first, null where no place is known, and all fields."""
    path = tmp_path / "claims.geojson"
    path.write_bytes(written(geojson))
    info = pyogrio.read_info(path)
    assert (info["features"], info["crs"], info["geometry_type"]) == (4, "EPSG:4326", "Point")
    meta, _, shapes, values = pyogrio.raw.read(path)
    names = [name for name in COLUMNS if name not in ("latitude", "longitude")]
    assert list(meta["fields"]) == names
    assert [shape is None for shape in shapes] == [False, False, False, True]
    assert list(values[names.index("location")]) == ["Pokrovsk", "Pokrovsk", "Siversk", None]
    assert list(values[names.index("sentence_text")]) == [row.sentence_text for row in ROWS]
    features = json.loads(path.read_bytes())["features"]
    assert features[0]["geometry"] == {"type": "Point", "coordinates": [37.17706, 48.28014]}


def test_geojson_without_claims() -> None:
    """Nothing is an empty collection."""
    assert json.loads(written(geojson, NOTHING)) == {"type": "FeatureCollection", "features": []}


@pytest.mark.parametrize("module", [csv_export, xlsx, parquet, geojson])
def test_same_claims_same_bytes(module: Any) -> None:
    """Two exports are equal to the byte: no time of day is in them."""
    assert written(module) == written(module)


def test_a_missing_library_is_named_with_its_extra() -> None:
    """Without the extra the message says what to install; with it the library comes."""
    with pytest.raises(UsageError, match=r"needs nolibrary; install it: pip install 'claimkit\[xlsx\]'"):
        extras.library("nolibrary.part", extra="xlsx")
    assert extras.library("datetime", extra="xlsx").date is date
