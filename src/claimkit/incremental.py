"""Runs that extract only what is new: known articles come from the database, gone ones leave it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from claimkit.ledger import PartOf, build
from claimkit.ledger_records import Ledger
from claimkit.locking import locked
from claimkit.oppositions import Opposes
from claimkit.records import Document, Extraction, Generator
from claimkit.run import Extracts, submitter
from claimkit.settings import Settings
from claimkit.store import Store, article_key


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

    def forget(self, paths: Iterable[str], *, belongs: Callable[[str], bool] | None = None) -> None:
        """Remove the articles under these paths that this run has not seen, though they belong to it."""
        roots = [path.rstrip("/") for path in paths if path != "-"]
        gone = [
            path
            for path in self._store.paths()
            if path not in self.seen
            and (belongs is None or belongs(path))
            and any(_is_under(path, root=root) for root in roots)
        ]
        if gone:
            self._store.remove(gone)
            self.removed += len(gone)


def _is_under(path: str, *, root: str) -> bool:
    if root in (".", ""):
        return not path.startswith(("/", "../")) if root == "." else path.startswith("/")
    return path == root or (path.startswith(root) and not path[len(root)].isalnum())


def refresh_ledger(
    store: Store, *, settings: Settings, opposes: Opposes | None = None, part_of: PartOf | None = None
) -> Ledger:
    """Make the ledger of a database anew if its claims have changed, and give it."""
    if not store.is_stale:
        return store.ledger()
    ledger = build(store.claims(), settings=settings, opposes=opposes, part_of=part_of)
    store.save_ledger(ledger)
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
