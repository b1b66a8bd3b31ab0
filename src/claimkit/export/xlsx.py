"""Excel (Office Open XML): a row for each claim and place; text is never a formula or a link, days are dates.

A cell holds at most 32,767 characters, counted as UTF-16 units; longer text is cut and ends in an ellipsis.
"""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any, BinaryIO

from claimkit.errors import UsageError
from claimkit.export.fields import Scalar
from claimkit.export.material import Material
from claimkit.export.rows import COLUMNS, DAYS, day, rows
from claimkit.export.utf16 import cut
from claimkit.extras import library

MOST_ROWS = 1_048_575
MOST_CHARACTERS = 32_767
FIRST_DAY = date(1900, 3, 1)  # before it Excel counts a 29 February 1900 that never was
WIDTH = 18
_OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_MADE = datetime(2000, 1, 1)  # the same claims give the same bytes


def write(material: Material, *, stream: BinaryIO) -> None:
    """Write the sheet ``claims``, its head fixed and with filters.

    Raises:
        UsageError: XlsxWriter is not installed, or there are more rows than a sheet can hold.
    """
    whole = io.BytesIO()  # XlsxWriter has its own error for a full disk, and a second one while it is cleaned up
    book = library("xlsxwriter", extra="xlsx").Workbook(whole, _OPTIONS)
    book.set_properties({"created": _MADE})
    sheet = book.add_worksheet("claims")
    bold, as_day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.set_column(0, len(COLUMNS) - 1, WIDTH)
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, COLUMNS, bold)
    number = 0
    for number, row in enumerate(rows(material.claims), 1):
        if number > MOST_ROWS:
            raise UsageError("a sheet holds no more than 1,048,576 rows", mend="use --to csv or --to parquet")
        for column, name in enumerate(COLUMNS):
            _write_cell(sheet, (number, column), value=getattr(row, name), name=name, as_day=as_day)
    sheet.autofilter(0, 0, number, len(COLUMNS) - 1)
    book.close()
    stream.write(whole.getbuffer())


def _write_cell(sheet: Any, at: tuple[int, int], *, value: Scalar, name: str, as_day: Any) -> None:
    when = day(value) if name in DAYS and isinstance(value, str) else None
    if when is not None and when >= FIRST_DAY:
        sheet.write_datetime(*at, when, as_day)
    elif isinstance(value, str):
        sheet.write_string(*at, cut(value, units=MOST_CHARACTERS))
    elif isinstance(value, bool):
        sheet.write_boolean(*at, value)
    elif value is not None:
        sheet.write_number(*at, value)
