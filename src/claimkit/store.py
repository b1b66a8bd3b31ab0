"""The database: articles with their claims, and the ledger made of them, for runs that do only what is new.

One article is one transaction, the ledger another: whenever a process dies, the file opens, and what was finished is
there. The tables are made to be read as they are (Datasette, ``sqlite3``).
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import msgspec

from claimkit.errors import ClaimkitError
from claimkit.ledger_mentions import place_key
from claimkit.ledger_records import Ledger, Proposition
from claimkit.records import Claim, Document, DocumentReport, Extraction, Generator
from claimkit.settings import Settings
from claimkit.store_connection import Connection, connect
from claimkit.store_ledger import OF_THE_LEDGER, write_ledger
from claimkit.store_schema import migrate

NOT_OF_THE_CLAIMS = frozenset({
    "glob", "follow", "metadata", "published", "stdin_filename", "text_column", "id_column", "date_column",
    "title_column", "outlet_column", "url_column", "report_claims", *OF_THE_LEDGER,
})  # fmt: skip
"""Settings that do not change what is found in an article once it is read."""
_BASELINE, _STALE, _MADE_OF = "baseline", "stale", "ledger_made_of"


def article_key(document: Document, *, generator: Generator, settings: Settings) -> str:
    """Give what an article's result depends on: if it is the same, the result is."""
    return hashlib.sha256(msgspec.json.encode(document) + _shared_key(generator, settings)).hexdigest()


@lru_cache(maxsize=1)
def _shared_key(generator: Generator, settings: Settings) -> bytes:
    """Give what the results of all articles of a run depend on."""
    own = {name: value for name, value in msgspec.to_builtins(settings).items() if name not in NOT_OF_THE_CLAIMS}
    return msgspec.json.encode([generator, own], order="deterministic")


class Store:
    """A database of claims.

    Args:
        path: the file; made where it is missing.
        create: whether a missing file is made.

    Raises:
        ClaimkitError: there is no such file, or it is no database of ours; so does every method where the disk is full,
            or the file broken.
    """

    def __init__(self, path: Path, *, create: bool = True) -> None:
        self.path = path
        if not create and not path.is_file():
            raise ClaimkitError("no such database", where=str(path), mend="make it: claimkit extract PATHS --db FILE")
        self._db = connect(str(path))
        try:
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = NORMAL")
            self._db.execute("PRAGMA foreign_keys = ON")
            migrate(self._db, where=str(path))
        except BaseException:
            self._db.close()
            raise

    def close(self) -> None:
        """Close the database."""
        self._db.close()

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield self._db
        except BaseException:
            if self._db.in_transaction:  # a full disk has rolled it back
                self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def find(self, path: str, *, key: str) -> Extraction | None:
        """Give an article's result, if it was made from the same."""
        row = self._db.execute("SELECT id, report FROM articles WHERE path = ? AND key = ?", (path, key)).fetchone()
        if row is None:
            return None
        claims = self._db.execute("SELECT record FROM claims WHERE article = ? ORDER BY number", (row[0],))
        return Extraction(
            document=msgspec.json.decode(row[1], type=DocumentReport),
            claims=tuple(msgspec.json.decode(record, type=Claim) for (record,) in claims),
        )

    def recall(self, path: str, *, origin: str) -> Document | None:
        """Give an article as it was read, if it was read from the same."""
        row = self._db.execute("SELECT document FROM articles WHERE path = ? AND origin = ?", (path, origin)).fetchone()
        return None if row is None else msgspec.json.decode(row[0], type=Document)

    def remember(self, path: str, *, origin: str) -> None:
        """Note what an article that is kept was read from now."""
        self._db.execute("UPDATE articles SET origin = ? WHERE path = ?", (origin, path))

    def put(self, document: Document, *, extraction: Extraction, key: str, origin: str | None = None) -> None:
        """Keep an article's result, in the place of an older one.

        Args:
            document: the article.
            extraction: its result.
            key: what the result was made of (``article_key``).
            origin: what the document was made of, for ``recall``.
        """
        report = extraction.document
        with self._transaction() as db:
            db.execute("DELETE FROM articles WHERE path = ?", (document.path,))
            article = db.execute(
                "INSERT INTO articles (path, key, origin, sha256, title, outlet, byline, url, published, words,"
                " sentences, claims, report, document) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    document.path, key, origin, document.sha256, document.title, document.outlet, document.byline,
                    document.url, document.published, report.words, report.sentences, report.claims, _json(report),
                    _json(document),
                ),
            ).lastrowid  # fmt: skip
            for claim in extraction.claims:
                self._add(claim, article=article)
            self._note(_STALE, b"1")

    def _add(self, claim: Claim, *, article: int | None) -> None:
        event = claim.event
        number = self._db.execute(
            "INSERT INTO claims (id, article, published, outlet, claimant, claimant_name, stance, event, actor,"
            " modality, date, places, sentence, content, confidence, record)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                claim.id, article, claim.published, claim.outlet, claim.claimant.id, claim.claimant.name, claim.stance,
                event.type, event.actor, event.modality, event.date, ", ".join(place.name for place in claim.places),
                claim.sentence.text, claim.content.text, claim.confidence, _json(claim),
            ),
        ).lastrowid  # fmt: skip
        for place in {place_key(place): place for place in claim.places}.values():
            self._db.execute(
                "INSERT INTO places VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name,"
                " kind = excluded.kind, country = excluded.country, admin1 = excluded.admin1,"
                " latitude = excluded.latitude, longitude = excluded.longitude",
                (place_key(place), place.name, place.kind, place.country, place.admin1, place.lat, place.lon),
            )
            self._db.execute("INSERT INTO claim_places VALUES (?, ?)", (number, place_key(place)))

    def remove(self, paths: Iterable[str]) -> None:
        """Forget articles."""
        with self._transaction() as db:
            db.executemany("DELETE FROM articles WHERE path = ?", [(path,) for path in paths])
            self._note(_STALE, b"1")

    def paths(self) -> list[str]:
        """List the articles, in order."""
        return [path for (path,) in self._db.execute("SELECT path FROM articles ORDER BY path")]

    def claims(self) -> Iterator[Claim]:
        """Give all claims, in order of their articles."""
        rows = self._db.execute("SELECT record FROM claims JOIN articles a ON a.id = article ORDER BY a.path, number")
        for (record,) in rows:
            yield msgspec.json.decode(record, type=Claim)

    def count(self) -> int:
        """Count the claims."""
        return int(self._db.execute("SELECT count(*) FROM claims").fetchone()[0])

    def documents(self) -> Iterator[Document]:
        """Give all articles as they were read, in order."""
        for (record,) in self._db.execute("SELECT document FROM articles ORDER BY path"):
            yield msgspec.json.decode(record, type=Document)

    def search(self, words: str, *, limit: int) -> list[Claim]:
        """Find claims by words of their sentence, claimant and places, the best first."""
        query = " ".join('"' + word.replace('"', '""') + '"' for word in words.split())
        rows = self._db.execute(
            "SELECT c.record FROM claims_fts f JOIN claims c ON c.number = f.rowid JOIN articles a ON a.id = c.article"
            " WHERE claims_fts MATCH ? ORDER BY round(bm25(claims_fts), 6), a.path, c.number LIMIT ?",
            (query, limit),
        )
        return [msgspec.json.decode(record, type=Claim) for (record,) in rows]

    def has_ledger(self, made_of: str) -> bool:
        """Tell whether the ledger that is kept is of the claims as they are, and was made of this (``ledger_key``)."""
        return self._noted(_STALE) != b"1" and self._noted(_MADE_OF) == made_of.encode()

    def save_ledger(self, ledger: Ledger, *, made_of: str) -> None:
        """Put a ledger of all claims in the place of the last one; ``made_of`` is its ``ledger_key``."""
        with self._transaction() as db:
            write_ledger(db, ledger=ledger)
            db.execute("DELETE FROM places WHERE id NOT IN (SELECT place FROM claim_places)")
            self._note("as_of", (ledger.as_of or "").encode())
            self._note(_MADE_OF, made_of.encode())
            self._note(_STALE, b"0")

    def ledger(self, *, places: Sequence[str] | None = None) -> Ledger:
        """Give the ledger as it was saved, or its propositions at some places only."""
        where = f"WHERE place IN ({','.join('?' * len(places))})" if places is not None else ""
        rows = self._db.execute(f"SELECT record FROM propositions {where} ORDER BY position", tuple(places or ()))
        found = tuple(msgspec.json.decode(record, type=Proposition) for (record,) in rows)
        return Ledger(as_of=(self._noted("as_of") or b"").decode() or None, propositions=found)

    def baseline(self) -> Ledger | None:
        """Give the ledger of the last run that was finished, against which the next one is compared."""
        kept = self._noted(_BASELINE)
        return msgspec.json.decode(zlib.decompress(kept), type=Ledger) if kept else None

    def begin_run(self, command: str, *, generator: Generator, started: str) -> int:
        """Note that a run has begun; gives its number."""
        return int(
            self._db.execute(
                "INSERT INTO runs (command, started, version, model, lexicon_sha256, gazetteer_sha256)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (
                    command, started, generator.version, generator.model, generator.lexicon_sha256,
                    generator.gazetteer_sha256,
                ),
            ).lastrowid or 0
        )  # fmt: skip

    def end_run(
        self,
        number: int,
        *,
        finished: str,
        counts: tuple[int, int, int, int],
        skipped: Sequence[tuple[str, str]],
        baseline: Ledger | None = None,
    ) -> None:
        """Note that a run is done: articles, extracted, removed and claims, and with what the next is compared."""
        articles, extracted, removed, claims = counts
        with self._transaction() as db:
            db.execute(
                "UPDATE runs SET finished = ?, articles = ?, extracted = ?, removed = ?, claims = ?, skipped = ?"
                " WHERE id = ?",
                (finished, articles, extracted, removed, claims, msgspec.json.encode(list(skipped)).decode(), number),
            )
            if baseline is not None:
                self._note(_BASELINE, zlib.compress(msgspec.json.encode(baseline), 1))

    def _note(self, name: str, value: bytes) -> None:
        self._db.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (name, value))

    def _noted(self, name: str) -> bytes | None:
        row = self._db.execute("SELECT value FROM state WHERE name = ?", (name,)).fetchone()
        return bytes(row[0]) if row else None


def _json(record: msgspec.Struct) -> str:
    return msgspec.json.encode(record).decode()
