"""Parquet: a row for each claim and place, its columns typed (text, 64-bit numbers, days, truth values)."""

from __future__ import annotations

from types import NoneType
from typing import Any, BinaryIO, get_args, get_type_hints

from claimkit.export.material import Material
from claimkit.export.rows import COLUMNS, DAYS, Row, day, rows
from claimkit.extras import library

_TYPES = {str: "string", int: "int64", float: "float64", bool: "bool_"}


def write(material: Material, *, stream: BinaryIO) -> None:
    """Write the rows.

    Raises:
        UsageError: pyarrow is not installed.
    """
    arrow = library("pyarrow", extra="parquet")
    parquet = library("pyarrow.parquet", extra="parquet")
    table = list(rows(material.claims))
    kinds = get_type_hints(Row)
    columns = [
        _column([getattr(row, name) for row in table], name=name, kind=kinds[name], arrow=arrow) for name in COLUMNS
    ]
    parquet.write_table(arrow.Table.from_arrays(columns, names=COLUMNS), stream, compression="zstd")


def _column(values: list[Any], *, name: str, kind: Any, arrow: Any) -> Any:
    if name in DAYS:
        return arrow.array([day(value) for value in values], type=arrow.date32())
    plain = next(part for part in get_args(kind) or (kind,) if part is not NoneType)
    return arrow.array(values, type=getattr(arrow, _TYPES[plain])())
