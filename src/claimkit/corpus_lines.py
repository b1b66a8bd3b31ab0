"""Corpora in lines of text (JSON Lines, CSV, TSV): one line at a time, none longer than a row may be."""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections import deque
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO, Final

import msgspec

from claimkit.corpus_rows import RawRow, check_columns
from claimkit.encoding import REPLACEMENT, decode, decode_as
from claimkit.errors import InputError
from claimkit.settings import Settings

SAMPLE: Final = 65_536
"""Bytes by which the encoding of a file is found out."""
_CHUNK: Final = 1 << 16
_AGAIN: Final = 4
"""Largest rows that are looked at again before lines that were looked at in vain are given up."""
OPEN_QUOTE: Final = "a quotation mark is opened here and never closed"


class RowTooLargeError(ValueError):
    """A line, or a record of several, is longer than a row may be; the rest of the line is passed over."""


class Rejoined(io.RawIOBase):
    """A file of which the beginning was read already."""

    def __init__(self, head: bytes, file: BinaryIO) -> None:
        self._head = memoryview(head)
        self._file = file

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read the beginning, then the rest."""
        part: bytes | memoryview
        if self._head:
            part, self._head = self._head[: len(buffer)], self._head[len(buffer) :]
        else:
            part = self._file.read(len(buffer))
        buffer[: len(part)] = part
        return len(part)


class Lines:
    """The lines of a file of text, each with its end.

    Args:
        file: the file.
        settings: its encoding, found out where ``None``; the largest size of a row.

    Raises:
        InputError: it is not text.
    """

    def __init__(self, file: BinaryIO, *, settings: Settings) -> None:
        head = file.read(SAMPLE)
        whole = head if len(head) < SAMPLE else head[: head.rfind(b"\n") + 1] or head
        floor, given = settings.encoding_floor, settings.encoding
        found = (decode(whole, floor=floor) if given is None else decode_as(whole, encoding=given)).encoding
        self.encoding = found
        self.number = 0
        self._limit = settings.max_file_size
        raw = io.BufferedReader(Rejoined(head, file), _CHUNK)
        self._text = io.TextIOWrapper(raw, encoding=codecs.lookup(found).name, errors="replace", newline="\n")

    def __iter__(self) -> Lines:
        """Give itself."""
        return self

    def __next__(self) -> str:
        """Give the next line.

        Raises:
            RowTooLargeError: it is longer than a row may be; the next call gives the line after it.
        """
        line = self._text.readline(self._limit + 1)
        if not line:
            raise StopIteration
        self.number += 1
        if len(line) > self._limit:
            while line and not line.endswith("\n"):
                line = self._text.readline(_CHUNK)
            raise RowTooLargeError(f"larger than {self._limit} bytes; see --max-file-size")
        return line.removeprefix("\ufeff") if self.number == 1 else line


def json_rows(file: BinaryIO, *, settings: Settings) -> Iterator[RawRow]:
    """Read the rows of JSON Lines; empty lines are passed over.

    Raises:
        InputError: the file is not text.
    """
    lines = Lines(file, settings=settings)
    while True:
        try:
            line = next(lines)
        except StopIteration:
            return
        except RowTooLargeError as error:
            yield RawRow(lines.number, lines.number, reason=str(error))
            continue
        if not line.strip():
            continue
        try:
            cells = _object(line)
        except ValueError as error:
            yield RawRow(lines.number, lines.number, reason=str(error))
            continue
        yield RawRow(lines.number, lines.number, cells, lines.encoding, REPLACEMENT in line)


def _object(line: str) -> dict[str, Any]:
    try:
        found = msgspec.json.decode(line)
    except (msgspec.DecodeError, RecursionError):
        try:
            found = json.loads(line)  # knows NaN and lone surrogates, which some programs write
        except (ValueError, RecursionError) as error:
            raise ValueError(f"no JSON ({error})") from error
    if not isinstance(found, dict):
        raise ValueError("not an object")
    return found


class _Records:
    """Lines for a reader of CSV, which takes as many as a record needs; those that it took in vain can be given back.

    Args:
        lines: the lines of the file.
        limit: characters of a record.
    """

    def __init__(self, lines: Lines, *, limit: int) -> None:
        self._lines = lines
        self._limit = limit
        self._again: deque[tuple[int, str]] = deque()
        self._held: list[tuple[int, str]] = []
        self._size = 0
        self._patience = limit * _AGAIN
        self.first = 1
        self.is_cut = False

    def begin(self) -> None:
        """Begin a record."""
        self._held, self._size, self.is_cut = [], 0, False
        self.first = self._again[0][0] if self._again else self._lines.number + 1

    def give_back(self) -> str:
        """Give all lines of the record but its first back, as lines of records of their own.

        Not where that was done too often, so that reading stays linear in the size of the file.

        Returns:
            What is lost beside the first line, in words.
        """
        self._patience -= self._size
        if self._patience >= 0:
            self._again.extendleft(reversed(self._held[1:]))
            return ""
        return f"; lost up to line {self._held[-1][0]}" if len(self._held) > 1 else ""

    def text(self) -> str:
        """Give the lines of the record."""
        return "".join(line for _, line in self._held)

    def __iter__(self) -> _Records:
        """Give itself."""
        return self

    def __next__(self) -> str:
        """Give the next line.

        Raises:
            RowTooLargeError: the record is longer than a row may be.
        """
        if self._again:
            number, line = self._again.popleft()
        else:
            try:
                line = next(self._lines)
            except StopIteration:
                self.is_cut = bool(self._held)
                raise
            number = self._lines.number
            self._patience += len(line)
        self._held.append((number, line))
        self._size += len(line)
        if self._size > self._limit:
            raise RowTooLargeError(f"larger than {self._limit} bytes, or {OPEN_QUOTE}; see --max-file-size")
        return line


def csv_rows(file: BinaryIO, *, tabs: bool, columns: Sequence[str], settings: Settings) -> Iterator[RawRow]:
    """Read the rows of CSV; a quotation mark that nothing closes costs its own row only.

    Args:
        file: the file; its first line names the columns.
        tabs: whether cells are separated by tabs; else by commas, or semicolons where the first line has no comma.
        columns: those that must be there.
        settings: the encoding, the largest size of a row.

    Raises:
        InputError: the file is not text, or lacks a column.
    """
    lines = Lines(file, settings=settings)
    csv.field_size_limit(max(csv.field_size_limit(), settings.max_file_size))
    try:
        head = next(lines)
    except StopIteration:
        raise InputError("empty, without a line of column names") from None
    except RowTooLargeError as error:
        raise InputError(f"its line of column names is {error}") from error
    delimiter = "\t" if tabs or ("\t" in head and "," not in head) else ";" if ";" in head and "," not in head else ","
    names = [name.strip() for name in next(csv.reader([head], delimiter=delimiter))]
    check_columns(columns, there=names)
    records = _Records(lines, limit=settings.max_file_size)
    reader = csv.reader(records, delimiter=delimiter)
    number = 0
    while True:
        records.begin()
        try:
            cells, reason = next(reader), ""
        except StopIteration:
            return
        except (csv.Error, RowTooLargeError) as error:
            cells, reason = [], str(error)
        if not cells and not reason:
            continue
        number += 1
        if reason or records.is_cut:
            reason = (reason or OPEN_QUOTE) + records.give_back()
            reader = csv.reader(records, delimiter=delimiter)
        elif len(cells) != len(names):
            reason = f"{len(cells)} cells, but {len(names)} columns"
        row = dict(zip(names, cells, strict=False)) if not reason else {}
        yield RawRow(number, records.first, row, lines.encoding, REPLACEMENT in records.text(), reason)
