"""Corpora in Parquet, some rows at a time, and of those only the columns that are named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO, Final

from claimkit.corpus_rows import RawRow, check_columns
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
                yield RawRow(number, number, {name: values[at] for name, values in cells.items()})
    except arrow.ArrowException as error:
        after = f" after row {number}" if number else ""
        first = str(error).partition("\n")[0]
        raise InputError(f"broken Parquet file{after} ({first})") from error


def _values(column: Any, *, name: str, arrow: Any, settings: Settings) -> list[Any]:
    if name == settings.date_column and arrow.types.is_timestamp(column.type):
        column = column.cast(arrow.timestamp("s", tz=column.type.tz), safe=False).cast(arrow.date32(), safe=False)
    return column.to_pylist()  # type: ignore[no-any-return]
