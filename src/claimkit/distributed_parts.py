"""The folder of a partitioned run: a file a partition, each whole or absent, and the record of the run.

While a run is at work a journal has a line for each partition that is done; ``run.json`` is written at the end and
takes its place. A partition is done if the journal or ``run.json`` names it with the same key, and its file has the
bytes that were written then.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, Final, Literal, Self

import msgspec

from claimkit.errors import ClaimkitError, UsageError
from claimkit.export.files import opened
from claimkit.locking import locked
from claimkit.reader import Skipped
from claimkit.records import UNREADABLE, Generator, Record

MOST_PARTITIONS: Final = 100_000
"""Names have five digits, so that their order is that of the partitions."""
RUN: Final = "run.json"
_JOURNAL: Final = ".run.journal"
_LOCK: Final = RUN + ".lock"
_OURS = re.compile(r"part-\d{5}\.(?:jsonl|parquet)")
_LEFT_BEHIND = re.compile(r"\.(?:part-\d{5}\.(?:jsonl|parquet)|run\.json|\.run\.journal)\.[^.]+\.tmp")

PartFormat = Literal["jsonl", "parquet"]


class Part(Record, frozen=True, kw_only=True):
    """A partition that is done.

    ``key`` is a digest of all that its bytes depend on, ``sha256`` one of the bytes; ``found`` counts the claims found,
    ``claims`` those of them that were wanted and written.
    """

    name: str
    key: str
    sha256: str
    articles: int
    claims: int
    found: int
    undated: int
    skipped: tuple[Skipped, ...] = ()


class Counts(Record, frozen=True, kw_only=True):
    """The counts of a run over all its partitions."""

    partitions: int
    articles: int
    claims: int
    found: int
    undated: int
    skipped: int


class PartitionedRun(Record, frozen=True, kw_only=True):
    """``run.json``: what made the parts, and every input that was not used, with the reason."""

    schema: Literal["claimkit-run/1"] = "claimkit-run/1"
    generator: Generator
    format: PartFormat
    part_articles: int
    settings: Mapping[str, Any]
    asked: Mapping[str, Any]
    counts: Counts
    partitions: tuple[Part, ...]


class PartFolder:
    """The folder of a run, open for writing; one run at a time.

    Args:
        path: the folder.
        form: of the parts.
    """

    def __init__(self, path: Path, *, form: PartFormat) -> None:
        self.path = path
        self._form = form
        self._known = {part.name: part for part in _recorded(path)}
        self.done: dict[str, Part] = {}

    @classmethod
    @contextmanager
    def locked(cls, path: Path, *, form: PartFormat, wait: float = 0.0) -> Iterator[Self]:
        """Open a folder that is new, empty, or of an earlier run, which is gone on with.

        Raises:
            UsageError: something else lies in the folder, or its parent is missing.
            BusyError: another run is at work in it.
        """
        _check(path)
        path.mkdir(exist_ok=True)
        with locked(path / RUN, wait=wait):
            folder = cls(path, form=form)
            folder._begin()
            yield folder

    def name(self, number: int) -> str:
        """Name a partition by its number.

        Raises:
            ClaimkitError: there are too many.
        """
        if number >= MOST_PARTITIONS:
            raise ClaimkitError(
                f"more than {MOST_PARTITIONS} partitions",
                where=str(self.path),
                mend="give --part-articles a larger number and --out-dir a new folder",
            )
        return f"part-{number:05}.{self._form}"

    def find(self, name: str, *, key: str) -> Part | None:
        """Give a partition that was done before from the same, and whose file still is what was written."""
        part = self._known.get(name)
        if part is None or part.key != key or _sha256(self.path / name) != part.sha256:
            return None
        return part

    @contextmanager
    def writing(self, name: str) -> Iterator[BinaryIO]:
        """Write a partition's file; it appears under its name when the block ends well."""
        with opened(self.path / name) as stream:
            yield stream

    def note(self, part: Part) -> None:
        """Keep that a partition is done, so that it stays done whatever happens next."""
        self.done[part.name] = part
        if self._known.get(part.name) == part:
            return
        with (self.path / _JOURNAL).open("ab") as journal:
            journal.write(msgspec.json.encode(part) + b"\n")
            journal.flush()
            os.fsync(journal.fileno())

    def digest(self, name: str) -> str:
        """Give the SHA-256 of a partition's file."""
        return _sha256(self.path / name) or ""

    def end(self, *, generator: Generator, part_articles: int, settings: Any, asked: Mapping[str, Any]) -> None:
        """Write the record of the run; files of partitions that it no longer has go."""
        for name in _names(self.path):
            if name not in self.done and _OURS.fullmatch(name):
                (self.path / name).unlink()
        parts = tuple(part for _, part in sorted(self.done.items()))
        record = PartitionedRun(
            generator=generator,
            format=self._form,
            part_articles=part_articles,
            settings=msgspec.to_builtins(settings),
            asked=asked,
            counts=_counts(parts),
            partitions=parts,
        )
        with opened(self.path / RUN) as stream:
            stream.write(msgspec.json.format(msgspec.json.encode(record), indent=1) + b"\n")
        (self.path / _JOURNAL).unlink()

    def _begin(self) -> None:
        """Bring what is known into the journal; without ``run.json`` nobody takes the folder for complete."""
        for name in _names(self.path):
            if _LEFT_BEHIND.fullmatch(name):
                (self.path / name).unlink()
        with opened(self.path / _JOURNAL) as stream:
            stream.writelines(msgspec.json.encode(part) + b"\n" for part in self._known.values())
        (self.path / RUN).unlink(missing_ok=True)


def _check(path: Path) -> None:
    if not path.parent.is_dir():
        raise UsageError("the folder of --out-dir is missing", where=str(path), mend=f"make it: mkdir -p {path.parent}")
    if path.exists() and not path.is_dir():
        raise UsageError("--out-dir names a file", where=str(path), mend="name a folder")
    names = set(_names(path)) - {_LOCK} if path.exists() else set()
    if names and not any(name in (RUN, _JOURNAL) or _LEFT_BEHIND.fullmatch(name) for name in names):
        raise UsageError("the folder of --out-dir holds something else", where=str(path), mend="name a new folder")


def _names(path: Path) -> Sequence[str]:
    return sorted(os.listdir(path))  # noqa: PTH208 - names, not paths


def _recorded(path: Path) -> Iterator[Part]:
    """Give the partitions that are on record, the latest of each name last; a torn line of the journal is none."""
    with suppress(OSError, *UNREADABLE):
        yield from msgspec.json.decode((path / RUN).read_bytes(), type=PartitionedRun).partitions
    with suppress(FileNotFoundError):
        for line in (path / _JOURNAL).read_bytes().splitlines():
            with suppress(*UNREADABLE):
                yield msgspec.json.decode(line, type=Part)


def _counts(parts: Sequence[Part]) -> Counts:
    return Counts(
        partitions=len(parts),
        articles=sum(part.articles for part in parts),
        claims=sum(part.claims for part in parts),
        found=sum(part.found for part in parts),
        undated=sum(part.undated for part in parts),
        skipped=sum(len(part.skipped) for part in parts),
    )


def _sha256(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return None
