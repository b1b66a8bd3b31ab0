"""The database: incremental runs, what is removed, the lock, kills, and the tables that people read."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from claimkit import reader
from claimkit.blocks import Layout, lay_out
from claimkit.errors import BusyError, ClaimkitError
from claimkit.incremental import Incremental, refresh_ledger
from claimkit.ledger import build
from claimkit.locking import locked
from claimkit.reader import read_text
from claimkit.records import Document, Extraction
from claimkit.settings import Settings
from claimkit.store import Store, article_key
from tests import sample
from tests.fake_claimkit import FakeExtractor

ROOT = Path(__file__).resolve().parent.parent
FAKE = ROOT / "tests" / "fake_claimkit.py"
KILLS = int(os.environ.get("CLAIMKIT_KILLS", "8"))


class Counting(FakeExtractor):
    """Counts what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def extract(self, document: Document) -> Extraction:
        """Give the sample."""
        self.asked.append(document.path)
        return super().extract(document)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty database."""
    made = Store(tmp_path / "claims.db")
    yield made
    made.close()


def document(name: str, text: str = "A sentence.") -> Document:
    """Read an article."""
    return read_text(text, path=f"articles/{name}.txt")


def run(store: Store, *names: str, settings: Settings | None = None, text: str = "A sentence.") -> list[str]:
    """Run over some articles; gives those that were extracted."""
    extractor = Counting()
    incremental = Incremental(extractor, generator=sample.GENERATOR, store=store, settings=settings or Settings())
    for name in names:
        incremental.extract(document(name, text))
    incremental.forget(["articles"])
    refresh_ledger(store, settings=Settings(), opposes=lambda _one, _other: False)
    return extractor.asked


def test_a_known_article_is_not_extracted_again(store: Store) -> None:
    """Only what is new or has other text or settings is."""
    assert run(store, "one", "two") == ["articles/one.txt", "articles/two.txt"]
    assert run(store, "one", "two") == []
    assert run(store, "one", "two", text="Another sentence.") == ["articles/one.txt", "articles/two.txt"]
    changed = Settings(predicate_floor=0.9)
    assert run(store, "one", "two", settings=changed, text="Another sentence.") == [
        "articles/one.txt",
        "articles/two.txt",
    ]


def test_an_article_is_taken_apart_once_for_the_same_bytes(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second run recalls it as it was; other bytes, another date given or other settings are read anew."""
    laid: list[str] = []

    def noted(text: str, *, settings: Settings) -> Layout:
        laid.append(text)
        return lay_out(text, settings=settings)

    monkeypatch.setattr("claimkit.documents.lay_out", noted)
    path = tmp_path / "one.txt"

    def read(settings: Settings | None = None) -> tuple[list[object], int]:
        laid.clear()
        memory = Incremental(Counting(), generator=sample.GENERATOR, store=store, settings=settings or Settings())
        found = list(reader.read_paths([path], settings=settings or Settings(), memory=memory))
        for one in found:
            assert isinstance(one, Document)
            memory.extract(one)
        return list(found), len(laid)

    path.write_text("A title\n\nBy A Person\n\nThe army took the town.\n", encoding="utf-8")
    first, read_once = read()
    assert (first, read_once) == (read()[0], 1)
    assert read()[1] == 0
    assert read(Settings(published="2025-12-01"))[1] == 1
    path.write_text("Other words.\n", encoding="utf-8")
    assert read(Settings(published="2025-12-01"))[1] == 1
    assert read(Settings(published="2025-12-01"))[1] == 0


def test_settings_of_the_ledger_do_not_touch_the_articles() -> None:
    """How long a window is does not change what an article says; how sure a predicate must be does."""
    one = document("one")

    def key(settings: Settings) -> str:
        return article_key(one, generator=sample.GENERATOR, settings=settings)

    assert key(Settings(passing_days=9)) == key(Settings())
    assert key(Settings(predicate_floor=0.9)) != key(Settings())


def test_what_is_kept_is_what_was_found(store: Store) -> None:
    """A result comes back as it was put in."""
    extraction = FakeExtractor().extract(document("one"))
    store.put(document("one"), extraction=extraction, key="k")
    assert store.find("articles/one.txt", key="k") == extraction
    assert store.find("articles/one.txt", key="other") is None
    assert list(store.documents()) == [document("one")]


def test_removed_articles_leave_with_their_claims_and_others_stay(store: Store) -> None:
    """Only what lies under the paths of the run goes."""
    run(store, "one", "two")
    elsewhere = msgspec.structs.replace(document("one"), path="other/one.txt")
    store.put(elsewhere, extraction=FakeExtractor().extract(elsewhere), key="k")
    run(store, "two")
    assert store.paths() == ["articles/two.txt", "other/one.txt"]
    assert {claim.document for claim in store.claims()} == {"articles/two.txt", "other/one.txt"}


def test_many_small_runs_equal_one_full_run(tmp_path: Path) -> None:
    """The ledger after changes, additions and removals is that of a fresh database, to the byte."""
    ledgers = []
    for name, steps in (("small", (["one"], ["one", "zero"], ["two", "zero"])), ("full", (["two", "zero"],))):
        made = Store(tmp_path / f"{name}.db")
        for step in steps:
            run(made, *step)
        ledgers.append(msgspec.json.encode(made.ledger()))
        assert made.ledger() == build(made.claims(), opposes=lambda _one, _other: False)
        made.close()
    assert ledgers[0] == ledgers[1]


def test_search_finds_words_in_any_form_of_accents(store: Store) -> None:
    """All words must be there; what looks like a query is words."""
    run(store, "one", "two")
    assert [claim.id for claim in store.search("fállen siversk", limit=9)] == [sample.DENIED.id]
    assert store.search("fallen nowhere", limit=9) == []
    assert store.search('fallen" OR "month', limit=9) == []


def test_tables_and_views_can_be_read_as_they_are(store: Store) -> None:
    """Every table and view opens; foreign keys and the search index are whole; the version is told."""
    run(store, "one", "two")
    with sqlite3.connect(store.path) as db:
        names = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")}
        expected = {
            "articles", "claims", "places", "propositions", "positions", "links", "runs",
            "contested", "by_place", "timeline",
        }  # fmt: skip
        assert expected <= names
        assert db.execute("SELECT place, event, positions FROM contested").fetchall() == [
            ("Pokrovsk", "capture", "Russia (assert), Ukraine (deny)"),
            ("Siversk", "capture", "Ukraine (deny)"),
        ]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert db.execute("PRAGMA user_version").fetchone() == (2,)
        db.execute("INSERT INTO claims_fts (claims_fts) VALUES ('integrity-check')")
    db.close()


def test_a_file_that_is_no_database_of_ours_is_refused(tmp_path: Path) -> None:
    """Text, another program's database, a newer schema, nothing at all: one line each, and the file stays."""
    text = tmp_path / "text.db"
    text.write_text("no database, but long enough to be looked at " * 30, encoding="utf-8")
    foreign = tmp_path / "foreign.db"
    with sqlite3.connect(foreign) as db:
        db.execute("CREATE TABLE notes (note TEXT)")
    db.close()
    newer = tmp_path / "newer.db"
    Store(newer).close()
    with sqlite3.connect(newer) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    messages = []
    for path in (text, foreign, newer, tmp_path / "missing.db"):
        with pytest.raises(ClaimkitError) as caught:
            Store(path, create=False)
        messages.append(caught.value.message)
    assert messages == [
        "cannot be used as a database (file is not a database)",
        "is a database of another program",
        "was made by a newer claimkit",
        "no such database",
    ]
    assert text.read_text(encoding="utf-8").startswith("no database")


def test_one_run_at_a_time(tmp_path: Path) -> None:
    """A second lock is refused while the first is held, and not after."""
    path = tmp_path / "claims.db"
    with locked(path), pytest.raises(BusyError, match="another run"), locked(path):
        pass
    with locked(path):
        pass


@pytest.fixture
def articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of articles, three of them with claims, in the working folder."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for name in ("one", "two", "zero", "slow"):
        (folder / f"{name}.txt").write_text("A sentence.\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return folder


def nightly(*more: str, seconds: float = 0.0) -> subprocess.Popen[bytes]:
    """Start a nightly run."""
    environment = os.environ | {"FAKE_SECONDS": str(seconds), "XDG_CONFIG_HOME": "/nonexistent"}
    command = [sys.executable, str(FAKE), "nightly", "articles", "--db", "claims.db", "--report-dir", "report", *more]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def end(process: subprocess.Popen[bytes]) -> int:
    """Wait for a run; gives its exit status."""
    process.communicate()
    return process.returncode


def claimkit(*args: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command line with the fake extractor."""
    return subprocess.run([sys.executable, str(FAKE), *args], capture_output=True, check=False)


def outputs() -> dict[str, bytes]:
    """Give what a nightly run wrote."""
    return {path.name: path.read_bytes() for path in sorted(Path("report").iterdir())}


@pytest.mark.usefixtures("articles")
def test_nightly_tells_what_changed_since_the_last_run() -> None:
    """First all is new, then nothing; a new article is one change, and 10 with --exit-code."""
    first = nightly("--exit-code")
    assert (end(first), json.loads(Path("report/changes.json").read_bytes())[0]["kind"]) == (10, "new")
    second = nightly("--exit-code", "-q")
    assert (second.communicate(), Path("report/changes.json").read_bytes()) == ((b"", b""), b"[]\n")
    assert second.returncode == 0
    Path("articles/two.txt").unlink()
    assert end(nightly("--exit-code")) == 10
    assert {change["kind"] for change in json.loads(Path("report/changes.json").read_bytes())} == {"gone"}


@pytest.mark.usefixtures("articles")
def test_a_second_run_at_once_exits_75() -> None:
    """The first one wins, and is not disturbed."""
    first = nightly(seconds=4.0)
    until = time.monotonic() + 30
    while not Path("claims.db").exists() and time.monotonic() < until:
        time.sleep(0.05)
    second = nightly()
    _, errors = second.communicate()
    assert (second.returncode, b"another run is at work" in errors) == (75, True)
    assert end(first) == 0


@pytest.mark.slow
@pytest.mark.usefixtures("articles")
def test_kills_at_any_moment_leave_no_trace() -> None:
    """After each kill the database opens; the run after them writes what an unbroken one writes, to the byte."""
    moments = random.Random(75)
    began = time.monotonic()
    assert end(nightly(seconds=0.2)) == 0
    length = time.monotonic() - began
    unbroken = outputs()
    clear()
    for _ in range(KILLS):
        process = nightly(seconds=0.2)
        time.sleep(moments.uniform(0, length))
        process.send_signal(signal.SIGKILL)
        end(process)
        if is_finished():  # what follows a run that was done has no changes to tell
            clear()
    assert end(nightly()) == 0
    assert outputs() == unbroken


def is_finished() -> bool:
    """Tell whether the last run was done before it was killed; the database must be whole."""
    if not Path("claims.db").exists():
        return False
    with closing(sqlite3.connect("claims.db")) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        if not db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'runs'").fetchone()[0]:
            return False
        last = db.execute("SELECT finished FROM runs ORDER BY id DESC LIMIT 1").fetchone()
    return last is not None and last[0] is not None


def clear() -> None:
    """Remove the database and what was written."""
    for path in (*Path().glob("claims.db*"), *Path("report").iterdir()):
        path.unlink()


@pytest.mark.usefixtures("articles")
def test_commands_on_a_database_and_on_articles_agree() -> None:
    """`ledger --db` after `extract --db` gives the bytes of `ledger` over the articles and over results."""
    assert claimkit("extract", "articles", "--db", "claims.db", "-o", "claims.jsonl").returncode == 0
    by_db, by_articles, by_results = (
        claimkit("ledger", *source, "--format", "json").stdout
        for source in (("--db", "claims.db"), ("articles",), ("claims.jsonl",))
    )
    assert by_db == by_articles == by_results
    assert json.loads(by_db)["schema"] == "claimkit-ledger/1"


@pytest.mark.usefixtures("articles")
def test_commands_show_one_place_changes_and_words() -> None:
    """status, diff and search on one database, and what they say when there is nothing."""
    claimkit("extract", "articles", "--db", "claims.db", "-q")
    status = claimkit("status", "Krasnoarmeysk", "--db", "claims.db", "--format", "table")
    assert status.stdout.decode().splitlines() == [
        "Pokrovsk: capture by RUS - contested since 2025-12-01",
        "    Russia asserts (2025-12-01, 1 article)",
        "    Ukraine denies (2025-12-01, 1 article)",
        "as of 2025-12-01: 1 proposition (1 contested)",
    ]
    nowhere = claimkit("status", "Paris", "--db", "claims.db")
    assert (nowhere.returncode, nowhere.stdout) == (2, b"")
    diff = claimkit("diff", "2025-11-14", "2025-12-01", "--db", "claims.db", "--exit-code", "--format", "table")
    assert (diff.returncode, diff.stdout.splitlines()[-2]) == (10, b"new     Siversk: capture by RUS: contested")
    same = claimkit("diff", "claims.db", "claims.db", "--exit-code")
    assert (same.returncode, same.stdout) == (0, b"")
    found = claimkit("search", "month", "fighting", "--db", "claims.db", "--format", "jsonl")
    assert json.loads(found.stdout)["id"] == sample.ASSERTED.id
    assert claimkit("search", "???", "--db", "claims.db").returncode == 2
