"""CSV (RFC 4180, UTF-8, lines ending in LF): a claim a row, safe to open in a spreadsheet.

A cell of text that a spreadsheet would run as a formula gets an apostrophe before it (OWASP, CSV injection); numbers
stay numbers. ``raw`` leaves all cells as they are.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import BinaryIO

from claimkit.export.fields import DEFAULT_FIELDS, Scalar, flat
from claimkit.export.material import Material
from claimkit.export.rows import COLUMNS, rows
from claimkit.records import Record

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def safe(cell: Scalar) -> Scalar:
    """Put an apostrophe before text that a spreadsheet would take for a formula."""
    if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS):
        return f"'{cell}"
    return cell


class Csv:
    """Writes claims as rows, the names of the fields first.

    Args:
        stream: where to.
        fields: the columns; a good choice of them where empty.
        raw: leave formulas as they are.
    """

    def __init__(self, stream: BinaryIO, *, fields: Sequence[str] = (), raw: bool = False) -> None:
        self._stream = stream
        self._fields = tuple(fields) or DEFAULT_FIELDS
        self._raw = raw
        self._write([self._fields])

    def add(self, document: Record | None, *, claims: Iterable[Record]) -> None:
        """Write the claims of one article, or other records."""
        self._write([[flat(claim, field=field) for field in self._fields] for claim in claims])

    def close(self) -> None:
        """Nothing is left to write."""

    def _write(self, rows: Sequence[Sequence[Scalar]]) -> None:
        lines = (self._line([_spelled(cell) for cell in row]) for row in rows)
        self._stream.write("".join(lines).encode())
        self._stream.flush()

    def _line(self, cells: Sequence[Scalar]) -> str:
        text = io.StringIO(newline="")
        # With "\r\n" as its line end, csv quotes cells that hold either sign; Python before 3.13 does so only then.
        csv.writer(text, lineterminator="\r\n").writerow(cells if self._raw else [safe(cell) for cell in cells])
        return text.getvalue().removesuffix("\r\n") + "\n"


def write(material: Material, *, stream: BinaryIO) -> None:
    """Write a row for each claim and place (:class:`~claimkit.export.rows.Row`)."""
    Csv(stream, fields=COLUMNS).add(None, claims=rows(material.claims))


def _spelled(cell: Scalar) -> Scalar:
    return str(cell).lower() if isinstance(cell, bool) else cell
