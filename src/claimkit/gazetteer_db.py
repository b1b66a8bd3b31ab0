"""The user's own gazetteer: places in SQLite, beside the shipped YAML.

It lies in ``$CLAIMKIT_DATA_DIR``, else ``$XDG_DATA_HOME/claimkit``, else ``~/.local/share/claimkit``. The database is
what counts; the compiled layer in the cache follows its ``revision``, a hash over all its places.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from types import TracebackType

import msgspec

from claimkit.errors import DataError
from claimkit.gazetteer_records import Place

FILE_NAME = "gazetteer.sqlite"
BATCH = 2000
_SCHEMA = """
CREATE TABLE IF NOT EXISTS place (id TEXT PRIMARY KEY, source TEXT NOT NULL, data BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""


def data_dir() -> Path:
    """Give the folder of the user's own data; it need not exist."""
    if own := os.environ.get("CLAIMKIT_DATA_DIR"):
        return Path(own)
    if base := os.environ.get("XDG_DATA_HOME"):
        return Path(base) / "claimkit"
    return Path(os.path.expanduser("~")) / ".local" / "share" / "claimkit"  # noqa: PTH111 - Path.home() raises without a home


def user_database() -> Path:
    """Give the path of the user's gazetteer; it need not exist."""
    return data_dir() / FILE_NAME


class GazetteerDatabase:
    """The user's gazetteer; a context manager that writes all or nothing.

    Args:
        path: the SQLite file; made where it is missing and ``write`` is asked for.
        write: whether places will be added.

    Raises:
        DataError: the file cannot be opened, is no database, or is locked by another run.
    """

    def __init__(self, path: Path, *, write: bool = False) -> None:
        self.path = path
        self._write = write
        self._encoder = msgspec.msgpack.Encoder()
        try:
            if write:
                path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = self._connect()
            self._guarded(self._begin)
        except OSError as error:
            raise self._error(error.strerror or str(error)) from error
        except sqlite3.Error as error:
            raise self._error(str(error)) from error

    def _connect(self) -> sqlite3.Connection:
        if self._write:
            return sqlite3.connect(self.path, isolation_level=None)
        # A database in a folder that cannot be written opens only as immutable (SQLite cannot make its -shm file).
        for how in ("mode=ro", "immutable=1"):
            connection = sqlite3.connect(f"{self.path.absolute().as_uri()}?{how}", uri=True, isolation_level=None)
            try:
                connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            except sqlite3.OperationalError as error:
                connection.close()
                failure = error
            else:
                return connection
        raise failure

    def _begin(self) -> None:
        if self._write:
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.executescript(_SCHEMA)
            self._connection.execute("BEGIN IMMEDIATE")

    def _error(self, why: str) -> DataError:
        return DataError(
            f"the gazetteer database cannot be used ({why})",
            where=str(self.path),
            mend="check its rights, or move it away and import again",
        )

    def _guarded(self, action: Callable[[], object]) -> object:
        try:
            return action()
        except sqlite3.Error as error:
            self._connection.close()
            raise self._error(str(error)) from error

    def __enter__(self) -> GazetteerDatabase:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Keep what was added, unless something failed."""
        with closing(self._connection):
            if self._write and kind is None:
                self._guarded(self._commit)
            elif self._connection.in_transaction:
                self._connection.execute("ROLLBACK")

    def _commit(self) -> None:
        self._connection.execute("INSERT OR REPLACE INTO meta VALUES ('revision', ?)", (self._digest(),))
        self._connection.execute("COMMIT")

    def _digest(self) -> str:
        digest = hashlib.sha256()
        for (data,) in self._connection.execute("SELECT data FROM place ORDER BY id"):
            digest.update(len(data).to_bytes(8, "big") + data)
        return digest.hexdigest()

    def add(self, places: Iterable[Place], *, source: str) -> int:
        """Add places, replacing those of the same id; gives how many were added."""
        added = 0
        for place in places:
            row = (place.id, source, self._encoder.encode(place))
            try:
                self._connection.execute("INSERT OR REPLACE INTO place VALUES (?, ?, ?)", row)
            except sqlite3.Error as error:
                raise self._error(str(error)) from error
            added += 1
        return added

    def clear(self, *, source: str) -> None:
        """Take out what came from a source."""
        self._guarded(lambda: self._connection.execute("DELETE FROM place WHERE source = ?", (source,)))

    def revision(self) -> str:
        """Give the hash over all places; empty where nothing was ever added."""
        try:
            row = self._connection.execute("SELECT value FROM meta WHERE key = 'revision'").fetchone()
        except sqlite3.OperationalError:
            return ""
        except sqlite3.Error as error:
            raise self._error(str(error)) from error
        return str(row[0]) if row else ""

    def places(self) -> Iterator[Place]:
        """Give all places in the order of their ids."""
        decoder = msgspec.msgpack.Decoder(Place)
        for (data,) in self._connection.execute("SELECT data FROM place ORDER BY id"):
            yield decoder.decode(data)
