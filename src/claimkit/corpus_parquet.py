"""Corpora in Parquet, some rows at a time, and of those only the columns that are named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO, Final

from claimkit.corpus_rows import RawRow, check_columns
from claimkit.encoding import REPLACEMENT
from claimkit.errors import InputError
from claimkit.extras import library
from claimkit.settings import Settings

BATCH_ROWS: Final = 64
BUFFER_BYTES: Final = 1 << 20
"""Pages are read through a buffer of this size, so that a group of a million rows is not held at once."""


def parquet_rows(file: BinaryIO, *, columns: Sequence[str], settings: Settings) -> Iterator[RawRow]:
    """Read the rows of a Parquet file.

    Args:
        file: the file, seekable.
        columns: the columns to read.
        settings: the column of dates, which may be typed.

    Raises:
        InputError: the file is broken, or lacks a column.
        UsageError: pyarrow is not installed.
    """
    arrow = library("pyarrow", extra="parquet", what="reading Parquet")
    parquet = library("pyarrow.parquet", extra="parquet", what="reading Parquet")
    number = 0
    try:
        table = parquet.ParquetFile(file, pre_buffer=False, buffer_size=BUFFER_BYTES)
        check_columns(columns, there=table.schema_arrow.names)
        for batch in table.iter_batches(batch_size=BATCH_ROWS, columns=list(columns), use_threads=False):
            cells = {name: _values(batch.column(name), name=name, arrow=arrow, settings=settings) for name in columns}
            for at in range(batch.num_rows):
                number += 1
                row = {name: values[at] for name, values in cells.items()}
                replaced = any(isinstance(value, str) and REPLACEMENT in value for value in row.values())
                yield RawRow(number, number, row, replaced=replaced)
    except (arrow.ArrowException, ValueError, OverflowError) as error:
        after = f" after row {number}" if number else ""
        first = str(error).partition("\n")[0]
        raise InputError(f"broken Parquet file{after} ({first})") from error


def _values(column: Any, *, name: str, arrow: Any, settings: Settings) -> list[Any]:
    if name == settings.date_column and arrow.types.is_timestamp(column.type):
        column = column.cast(arrow.timestamp("s", tz=column.type.tz), safe=False).cast(arrow.date32(), safe=False)
    if column.type == arrow.timestamp("ns", tz=getattr(column.type, "tz", None)):
        return _spelled(column, arrow=arrow)
    try:
        return column.to_pylist()  # type: ignore[no-any-return]
    except (ValueError, OverflowError):
        return _spelled(column, arrow=arrow)


def _spelled(column: Any, *, arrow: Any) -> list[Any]:
    """Give as texts what Python's types cannot hold: nanoseconds, years beyond 1 to 9999, bytes that are no UTF-8."""
    if arrow.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if arrow.types.is_string(column.type) or arrow.types.is_large_string(column.type):
        return [
            None if cell is None else cell.decode("utf-8", "replace")
            for cell in column.cast(arrow.large_binary()).to_pylist()
        ]
    return column.cast(arrow.string()).to_pylist()  # type: ignore[no-any-return]
