"""Runs that extract only what is new: known articles come from the database, gone ones leave it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, cast

from claimkit.ledger import PartOf, build
from claimkit.ledger_records import Ledger
from claimkit.locking import locked
from claimkit.oppositions import Opposes
from claimkit.paths import STDIN, printable
from claimkit.reader import STDIN_NAME
from claimkit.records import Document, Extraction, Generator
from claimkit.remote import is_remote
from claimkit.run import Extracts, submitter
from claimkit.settings import Settings
from claimkit.store import Store, article_key
from claimkit.store_ledger import ledger_key

_INSIDE: Final = "!"
_BORDER: Final = re.compile("[/!]")


class Incremental:
    """An extractor that keeps results in a database and gives what is there.

    Args:
        extractor: finds the claims of what is new.
        generator: which program, model and data make the results.
        store: keeps them.
        settings: the extractor's.
    """

    def __init__(self, extractor: Extracts, *, generator: Generator, store: Store, settings: Settings) -> None:
        self.generator = generator
        self._extractor = extractor
        self._store = store
        self._settings = settings
        self.seen: set[str] = set()
        self.extracted = 0
        self.removed = 0
        self._origins: dict[str, str] = {}

    def recall(self, path: str, *, origin: str) -> Document | None:
        """Give an article as this version of claimkit read it before from the same (``reader.Memory``)."""
        made_by = (self.generator.version, self.generator.lexicon_sha256)
        whole = hashlib.sha256("|".join((origin, *made_by)).encode()).hexdigest()
        found = self._store.recall(path, origin=whole)
        if found is None:
            self._origins[path] = whole
        return found

    @property
    def ahead(self) -> int:
        """How many articles the extractor wants to have ahead."""
        return submitter(self._extractor)[0]

    def extract(self, document: Document, /) -> Extraction:
        """Give the claims of one article, from the database where nothing that they depend on has changed."""
        return self.submit(document)()

    def submit(self, document: Document) -> Callable[[], Extraction]:
        """Give a known article's result, or send a new article to the extractor and keep what it finds."""
        origin = self._origins.pop(document.path, None)
        key = article_key(document, generator=self.generator, settings=self._settings)
        self.seen.add(document.path)
        known = self._store.find(document.path, key=key)
        if known is not None:
            if origin is not None:
                self._store.remember(document.path, origin=origin)
            return lambda: known
        result = submitter(self._extractor)[1](document)

        def keep() -> Extraction:
            extraction = cast("Extraction", result())
            self._store.put(document, extraction=extraction, key=key, origin=origin)
            self.extracted += 1
            return extraction

        return keep

    def forget(
        self, paths: Iterable[str], *, skipped: Iterable[str] = (), belongs: Callable[[str], bool] | None = None
    ) -> None:
        """Remove the articles that are gone.

        Args:
            paths: the inputs of the run; what lies under them and was not seen is gone,
            skipped: but not what lies under these, which could not be read,
            belongs: nor what does not belong to the run.
        """
        roots = {_plain(path) for path in paths if path != STDIN}
        unread = set(_unread(skipped))
        gone = [
            path
            for path in self._store.paths()
            if path not in self.seen
            and (belongs is None or belongs(path))
            and not roots.isdisjoint(_above(path))
            and unread.isdisjoint(_above(path))
        ]
        if gone:
            self._store.remove(gone)
            self.removed += len(gone)


def _plain(path: str) -> str:
    """Give a path as one form of all in which it can be written and told."""
    return printable(path).rstrip("/").removeprefix("./")


def _above(path: str) -> Iterator[str]:
    """Give an article's path and all that it lies under: folders, the archive or corpus (also with its ``!``)."""
    plain = _plain(path)
    yield plain
    for border in _BORDER.finditer(plain):
        if border[0] != _INSIDE and plain.startswith("../", border.end()):
            continue  # it goes up again
        yield plain[: border.start()]
        if border[0] == _INSIDE:
            yield plain[: border.end()]
    if not (plain.startswith(("/", "../", STDIN_NAME)) or is_remote(plain)):
        yield "."


def _unread(skipped: Iterable[str]) -> Iterator[str]:
    """Give what was not read; a row that was not may be any of its corpus."""
    for path in map(_plain, skipped):
        yield path
        corpus, _, line = path.rpartition(":")
        if line.isdecimal():
            yield corpus + _INSIDE


def refresh_ledger(
    store: Store, *, settings: Settings, opposes: Opposes | None = None, part_of: PartOf | None = None
) -> Ledger:
    """Make the ledger of a database anew if its claims, or what else it is made of, have changed, and give it."""
    made_of = ledger_key(settings)
    if store.has_ledger(made_of):
        return store.ledger()
    ledger = build(store.claims(), settings=settings, opposes=opposes, part_of=part_of)
    store.save_ledger(ledger, made_of=made_of)
    return ledger


@contextmanager
def opened_store(path: Path, *, wait: float = 0.0) -> Iterator[Store]:
    """Open a database for writing, alone.

    Raises:
        BusyError: another run is at work on it.
    """
    with locked(path, wait=wait):
        store = Store(path)
        try:
            yield store
        finally:
            store.close()


def sorted_skips(skipped: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Put the inputs that were not used into order."""
    return sorted(set(skipped))
