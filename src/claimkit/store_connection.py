"""The connection to a database: what SQLite says is wrong becomes one line of ours (a full disk, a broken file)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, Self

from claimkit.errors import ClaimkitError

BUSY_SECONDS: Final = 30.0
_ANOTHER: Final = frozenset({sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CANTOPEN})
"""What only another path mends."""


@contextmanager
def told(where: str) -> Iterator[None]:
    """Turn an error of SQLite into one that says what is wrong with which file, and the mend.

    Raises:
        ClaimkitError: the block raised an error of SQLite.
    """
    try:
        yield
    except sqlite3.Error as error:
        # The extended codes have the plain one in their last byte.
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in _ANOTHER:
            raise ClaimkitError(f"cannot be used as a database ({error})", where=where, mend="name another") from error
        mend = "make room or mend the disk, then run again; what was finished before is kept"
        raise ClaimkitError(f"the database failed ({error})", where=where, mend=mend) from error


class _Cursor(sqlite3.Cursor):
    """A cursor whose every step tells its errors."""

    connection: Connection

    def execute(self, *args: Any) -> Self:
        """Run one statement."""
        with told(self.connection.where):
            return super().execute(*args)

    def executemany(self, *args: Any) -> Self:
        """Run one statement for each set of values."""
        with told(self.connection.where):
            return super().executemany(*args)

    def executescript(self, script: str) -> Self:
        """Run statements."""
        with told(self.connection.where):
            super().executescript(script)
        return self

    def __next__(self) -> Any:
        """Give the next row."""
        with told(self.connection.where):
            return super().__next__()

    def fetchone(self) -> Any:
        """Give the next row, if there is one."""
        with told(self.connection.where):
            return super().fetchone()

    def fetchall(self) -> list[Any]:
        """Give all rows that are left."""
        with told(self.connection.where):
            return super().fetchall()


class Connection(sqlite3.Connection):
    """A connection that tells errors with the file's path."""

    where = ""

    def execute(self, *args: Any) -> _Cursor:
        """Run one statement."""
        return self.cursor(_Cursor).execute(*args)

    def executemany(self, *args: Any) -> _Cursor:
        """Run one statement for each set of values."""
        return self.cursor(_Cursor).executemany(*args)

    def executescript(self, script: str) -> _Cursor:
        """Run statements."""
        return self.cursor(_Cursor).executescript(script)


def connect(where: str) -> Connection:
    """Open a database in autocommit mode.

    Raises:
        ClaimkitError: it cannot be opened.
    """
    with told(where):
        made = sqlite3.connect(where, timeout=BUSY_SECONDS, isolation_level=None, factory=Connection)
    made.where = where
    return made
