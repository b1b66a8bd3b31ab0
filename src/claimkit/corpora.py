"""Corpora: files with one article a row (JSON Lines, CSV, TSV, Parquet), read row by row by the columns named.

A row that cannot be used comes with the reason and where it stands, and never costs the others.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Any, BinaryIO, Final, NamedTuple

from claimkit.corpus_lines import csv_rows, json_rows
from claimkit.corpus_parquet import parquet_rows
from claimkit.corpus_rows import RawRow
from claimkit.encoding import REPLACEMENT, Decoded, without_surrogates
from claimkit.errors import InputError
from claimkit.metadata import Entry
from claimkit.publication import YEARS, parse_date
from claimkit.settings import Settings

GZIP: Final = ".gz"


class Kind(StrEnum):
    """A form of corpus, by the end of the file's name."""

    JSONL = ".jsonl"
    NDJSON = ".ndjson"
    CSV = ".csv"
    TSV = ".tsv"
    PARQUET = ".parquet"


class Row(NamedTuple):
    """A row of a corpus: its article, or why it cannot be used."""

    number: int
    """Counted from 1, without the line of column names; in JSON Lines the number of the line."""
    line: int
    """The line of the file at which it begins; in Parquet its number."""
    id: str = ""
    article: Decoded | None = None
    told: Entry = Entry(document="")
    warnings: tuple[str, ...] = ()
    reason: str = ""


def corpus_kind(path: str, *, settings: Settings) -> Kind | None:
    """Tell what form of corpus a file is; ``None`` where it is none, or ``text_column`` names no column of texts."""
    if settings.text_column is None:
        return None
    name = path.partition("?")[0] if "://" in path else path
    suffix = PurePosixPath(name.lower().removesuffix(GZIP)).suffix
    return next((kind for kind in Kind if kind.value == suffix), None)


def patterns(settings: Settings) -> tuple[str, ...]:
    """Give the file names that are read in folders: where nobody said which, corpora too once a column is named."""
    if settings.text_column is None or settings.glob != Settings().glob:
        return settings.glob
    return (*settings.glob, *(f"*{kind}{end}" for kind in Kind for end in ("", GZIP)))


def rows(file: BinaryIO, *, kind: Kind, path: str, settings: Settings) -> Iterator[Row]:
    """Read a corpus row by row.

    Args:
        file: the file; one of Parquet must be seekable.
        kind: its form.
        path: its path, of which the end tells whether it is packed with gzip.
        settings: the columns, the encoding, the largest size of a row.

    Yields:
        The rows in order.

    Raises:
        InputError: the file as a whole cannot be read, or lacks a column.
        UsageError: pyarrow is not installed.
        OSError: reading failed.
    """
    plain: BinaryIO = gzip.GzipFile(fileobj=file) if path.lower().endswith(GZIP) else file  # type: ignore[assignment]
    columns = wanted_columns(settings)
    if kind is Kind.PARQUET:
        found = parquet_rows(plain, columns=columns, settings=settings)
    elif kind in (Kind.CSV, Kind.TSV):
        found = csv_rows(plain, tabs=kind is Kind.TSV, columns=columns, settings=settings)
    else:
        found = json_rows(plain, settings=settings)
    try:
        for raw in found:
            yield _row(raw, settings=settings)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise InputError(f"broken gzip file ({error})") from error


def wanted_columns(settings: Settings) -> tuple[str, ...]:
    """Give the columns that are named."""
    named = (
        settings.text_column,
        settings.id_column,
        settings.date_column,
        settings.title_column,
        settings.outlet_column,
        settings.url_column,
    )
    return tuple(dict.fromkeys(name for name in named if name is not None))


def _row(raw: RawRow, *, settings: Settings) -> Row:
    def refused(reason: str) -> Row:
        return Row(raw.number, raw.line, reason=reason)

    if raw.reason:
        return refused(raw.reason)
    text = raw.cells.get(settings.text_column or "")
    if text is None or (isinstance(text, str) and not text.strip()):
        return refused(f"no text in column {settings.text_column!r}")
    if not isinstance(text, str):
        return refused(f"column {settings.text_column!r} holds no text")
    if "\x00" in text:
        return refused("not text (binary, NUL bytes)")
    clean, halves = without_surrogates(text)
    if len(clean.encode("utf-8")) > settings.max_file_size:
        return refused(f"larger than {settings.max_file_size} bytes; see --max-file-size")
    try:
        identity = _said(raw.cells, settings.id_column)
        day, warnings = _day(raw.cells, settings.date_column)
        told = Entry(
            document=identity or "",
            published=day,
            outlet=_said(raw.cells, settings.outlet_column),
            title=_said(raw.cells, settings.title_column),
            url=_said(raw.cells, settings.url_column),
        )
    except ValueError as error:
        return refused(str(error))
    if settings.id_column is not None and identity is None:
        return refused(f"no id in column {settings.id_column!r}")
    replaced = clean.count(REPLACEMENT) if raw.replaced else halves
    article = Decoded(text=clean, encoding=raw.encoding, replaced=replaced)
    return Row(raw.number, raw.line, id=identity or str(raw.number), article=article, told=told, warnings=warnings)


def _said(cells: Mapping[str, Any], column: str | None) -> str | None:
    value = cells.get(column) if column is not None else None
    if value is None:
        return None
    if isinstance(value, (dict, list)):
        raise ValueError(f"column {column!r} holds no text")
    return without_surrogates(str(value))[0].strip() or None


def _day(cells: Mapping[str, Any], column: str | None) -> tuple[str | None, tuple[str, ...]]:
    """Read the date of publication; one that is none is told, and does not cost the article."""
    text = _said(cells, column)
    if text is None:
        return None, ()
    readers: tuple[Callable[[str], date | None], ...] = (datetime.fromisoformat, parse_date)
    for read in readers:
        try:
            day = read(text)
        except ValueError:
            continue
        if day is not None and day.year in YEARS:
            return f"{day:%Y-%m-%d}", ()
    return None, (f"column {column!r}: {text[:40]!r} is no full date; write it as 2025-12-01",)
