"""``--metadata FILE``: what the articles themselves do not tell, by document, in CSV, TSV or JSON Lines.

Columns ``document`` (path, file name or stem), ``published``, ``outlet``, ``title``, ``url``; others are passed over.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from claimkit.corpus_lines import OPEN_QUOTE
from claimkit.encoding import decode, without_surrogates
from claimkit.errors import ConfigurationError, InputError
from claimkit.opening import read_regular
from claimkit.publication import parse_date
from claimkit.records import Record

FIELDS: Final = ("published", "outlet", "title", "url")
MAX_BYTES: Final = 100_000_000
MAX_PROBLEMS: Final = 5


class Entry(Record, frozen=True, kw_only=True):
    """What is told of one document."""

    document: str
    published: str | None = None
    outlet: str | None = None
    title: str | None = None
    url: str | None = None


class Metadata(Record, frozen=True, kw_only=True):
    """The table by document."""

    entries: dict[str, Entry] = {}

    def find(self, path: str) -> Entry | None:
        """Find the row of a document: by its path, else by its file name, else by its stem."""
        name = _file_name(path)
        inner = _file_name(path.rpartition("!")[2])  # that of a member or row, unless "!" is a sign of the file's own
        for key in (path, path.removeprefix("./"), name, _stem(name), inner, _stem(inner)):
            if key in self.entries:
                return self.entries[key]
        return None


def _file_name(path: str) -> str:
    return path.replace("\\", "/").rsplit("/", 1)[-1]


def _stem(name: str) -> str:
    return name.rsplit(".", 1)[0]


def load_metadata(path: Path) -> Metadata:
    """Read a metadata file.

    Args:
        path: a file whose name ends in ``.csv``, ``.tsv``, ``.jsonl`` or ``.ndjson``; else its first line tells.

    Returns:
        The rows by document.

    Raises:
        ConfigurationError: the file cannot be read; a row has no document, a date that is none, more or fewer cells
            than there are columns, a quotation mark that nothing closes, or stands twice.
    """
    try:
        data = read_regular(path, most=MAX_BYTES)
    except OSError as error:
        why = f"cannot be read ({error.strerror})"
        raise ConfigurationError(why, where=str(path), mend="check --metadata") from error
    if len(data) > MAX_BYTES:
        raise ConfigurationError(f"larger than {MAX_BYTES} bytes", where=str(path), mend="check --metadata")
    return parse_metadata(data, name=str(path), suffix=path.suffix.lower())


def parse_metadata(data: bytes, *, name: str, suffix: str = "") -> Metadata:
    """Read the bytes of a metadata file.

    Args:
        data: the bytes.
        name: what the messages call the file.
        suffix: the end of its name, which tells its form; else its first line does.

    Raises:
        ConfigurationError: as ``load_metadata``.
    """
    try:
        text = decode(data).text
    except InputError as error:
        raise ConfigurationError(error.message, where=name, mend="give CSV, TSV or JSON Lines") from error
    entries: dict[str, Entry] = {}
    problems: list[str] = []
    for line, row in _rows(text, suffix=suffix, name=name, problems=problems):
        entry = _entry(row, where=f"{name}:{line}", problems=problems)
        if entry is None:
            continue
        if entries.setdefault(entry.document, entry) != entry:
            problems.append(f"{name}:{line}: {entry.document!r} stands twice with different values")
    if problems:
        more = f" (and {len(problems) - MAX_PROBLEMS} more)" if len(problems) > MAX_PROBLEMS else ""
        raise ConfigurationError(" | ".join(problems[:MAX_PROBLEMS]) + more, mend="mend these rows")
    return Metadata(entries=entries)


def _rows(text: str, *, suffix: str, name: str, problems: list[str]) -> Iterator[tuple[int, dict[str, str]]]:
    first = text.lstrip()[:1]
    if suffix in (".jsonl", ".ndjson", ".json") or first == "{":
        yield from _json_rows(text, name=name, problems=problems)
        return
    head = text.split("\n", 1)[0]
    delimiter = "\t" if suffix == ".tsv" or "\t" in head else ";" if ";" in head and "," not in head else ","
    records = _records(text, delimiter=delimiter)
    columns = [column.strip().casefold() for column in next(records, (1, [], ""))[1]]
    if "document" not in columns:
        problems.append(f"{name}:1: no column 'document'; columns are document, {', '.join(FIELDS)}")
        return
    for line, row, reason in records:
        if reason or len(row) != len(columns):
            problems.append(f"{name}:{line}: {reason or f'{len(row)} cells, but {len(columns)} columns'}")
        else:
            yield line, {k: v.strip() for k, v in zip(columns, row, strict=True)}


def _records(text: str, *, delimiter: str) -> Iterator[tuple[int, list[str], str]]:
    """Give the rows that hold anything, each with the line at which it begins; after one with a reason none comes."""
    held: list[str] = []
    ended = False

    def lines() -> Iterator[str]:
        nonlocal ended
        for line in io.StringIO(text):
            held.append(line)
            yield line
        ended = bool(held)

    reader = csv.reader(lines(), delimiter=delimiter)
    first, row, reason = 1, [""], ""
    while not reason:
        first, held[:] = reader.line_num + 1, ()
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            row, reason = [], str(error)
        if ended or (len(held) > 1 and not _is_strict(held, delimiter=delimiter)):
            reason = OPEN_QUOTE
        if reason or any(cell.strip() for cell in row):
            yield first, row, reason


def _is_strict(lines: list[str], *, delimiter: str) -> bool:
    """Tell whether a row of several lines closes its quotation marks itself, and not by that of a later row."""
    try:
        return len(list(csv.reader(lines, delimiter=delimiter, strict=True))) == 1
    except csv.Error:
        return False


def _json_rows(text: str, *, name: str, problems: list[str]) -> Iterator[tuple[int, dict[str, str]]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            problems.append(f"{name}:{number}: no JSON ({error})")
            continue
        if not isinstance(row, dict):
            problems.append(f"{name}:{number}: not an object")
            continue
        yield number, {k.casefold(): without_surrogates(str(v))[0].strip() for k, v in row.items() if v is not None}


def _entry(row: dict[str, str], *, where: str, problems: list[str]) -> Entry | None:
    document = row.get("document", "")
    if not document:
        problems.append(f"{where}: no document named")
        return None
    published: str | None = None
    if row.get("published"):
        day = parse_date(row["published"])
        if day is None:
            problems.append(f"{where}: published {row['published']!r} is no full date; write it as 2025-12-01")
        else:
            published = day.isoformat()
    return Entry(
        document=document,
        published=published,
        outlet=row.get("outlet") or None,
        title=row.get("title") or None,
        url=row.get("url") or None,
    )
