"""The database's schema: numbered SQL files, applied once each; ``user_version`` says how far a database is."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from claimkit.errors import ClaimkitError

MIGRATIONS = Path(__file__).resolve().parent / "migrations"
APPLICATION_ID = 0x636C6169  # "clai"


def migrate(connection: sqlite3.Connection, *, where: str) -> None:
    """Bring a database to the newest schema.

    Raises:
        ClaimkitError: the file is a database of something else, or of a newer claimkit.
    """
    files = sorted(MIGRATIONS.glob("*.sql"))
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    application = int(connection.execute("PRAGMA application_id").fetchone()[0])
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if application != APPLICATION_ID and (tables or version):
        raise ClaimkitError("is a database of another program", where=where, mend="name another file")
    if version > len(files):
        raise ClaimkitError("was made by a newer claimkit", where=where, mend="update claimkit, or name another file")
    for number, path in enumerate(files[version:], version + 1):
        script = path.read_text(encoding="utf-8")
        connection.executescript(
            f"BEGIN IMMEDIATE; {script}"
            f" PRAGMA user_version = {number}; PRAGMA application_id = {APPLICATION_ID}; COMMIT;"
        )
