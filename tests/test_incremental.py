"""What leaves a database, and when its ledger is made anew."""

from __future__ import annotations

import json
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from claimkit.incremental import Incremental, refresh_ledger
from claimkit.reader import read_paths, read_text
from claimkit.records import Document
from claimkit.settings import Settings
from claimkit.sharding import Shard, Sharded
from claimkit.store import Store
from claimkit.store_ledger import OF_THE_LEDGER, ledger_key
from tests import sample
from tests.fake_claimkit import FakeExtractor
from tests.test_store import claimkit, end, nightly

SOURCE = Path(__file__).resolve().parent.parent / "src" / "claimkit"
LEDGER_MODULES = ("ledger", "ledger_mentions", "propositions", "positions", "copies", "standing", "oppositions")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """An empty database, in the working folder."""
    monkeypatch.chdir(tmp_path)
    made = Store(tmp_path / "claims.db")
    yield made
    made.close()


def write(*paths: str) -> None:
    """Write articles."""
    for path in map(Path, paths):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("A sentence.\n", encoding="utf-8")


def run(store: Store, *inputs: str, sharded: Sharded | None = None, **settings: object) -> list[str]:
    """Do a run; gives what is in the database after it."""
    chosen = Settings(**settings)  # type: ignore[arg-type]
    incremental = Incremental(FakeExtractor(), generator=sample.GENERATOR, store=store, settings=chosen)
    skipped = []
    for item in read_paths(inputs, settings=chosen, memory=incremental, sharded=sharded):
        if isinstance(item, Document):
            incremental.extract(item)
        else:
            skipped.append(item.path)
    if sharded is not None:
        incremental.forget(inputs, skipped=(*skipped, *sharded.skipped_elsewhere), belongs=sharded.shard.holds)
    else:
        incremental.forget(inputs, skipped=skipped)
    return store.paths()


def put(store: Store, *paths: str) -> None:
    """Put articles into the database as if an earlier run had."""
    for path in paths:
        document = read_text("A sentence.", path=path)
        store.put(document, extraction=FakeExtractor().extract(document), key="k")


def test_a_folder_that_cannot_be_reached_keeps_its_articles(store: Store) -> None:
    """It comes back later; an article that was taken out of a folder that is there is gone."""
    write("one/a.txt", "one/b.txt", "two/c.txt")
    everything = run(store, "one", "two")
    Path("one").rename("away")
    assert run(store, "one", "two/") == everything == ["one/a.txt", "one/b.txt", "two/c.txt"]
    Path("away").rename("one")
    Path("one/b.txt").unlink()
    assert run(store, "one", "two") == ["one/a.txt", "two/c.txt"]


def test_an_article_that_cannot_be_read_stays(store: Store) -> None:
    """A binary in its place is skipped, not gone; its neighbour that was deleted is."""
    write("one/a.txt", "one/b.txt", "one/c.txt")
    run(store, "one")
    Path("one/a.txt").write_bytes(b"\x00\x01" * 50)
    Path("one/b.txt").unlink()
    assert run(store, "one") == ["one/a.txt", "one/c.txt"]
    assert run(store, ".") == ["./one/c.txt", "one/a.txt"]


def test_a_broken_archive_keeps_its_members(store: Store) -> None:
    """All of them while it cannot be opened; a member that a whole archive no longer has is gone."""

    def pack(*names: str) -> None:
        with zipfile.ZipFile("news.zip", "w") as archive:
            for name in names:
                archive.writestr(name, "A sentence.\n")

    pack("a.txt", "b.txt")
    both = run(store, "news.zip")
    Path("news.zip").write_bytes(Path("news.zip").read_bytes()[:40])
    assert run(store, "news.zip") == both == ["news.zip!a.txt", "news.zip!b.txt"]
    pack("b.txt")
    assert run(store, "news.zip") == ["news.zip!b.txt"]


def test_a_broken_row_keeps_the_rows_of_its_corpus(store: Store) -> None:
    """Nobody knows which row it was; in a corpus that is whole a row that is missing is gone."""
    write("corpus/x.txt", "corpus/y.txt")
    rows = [json.dumps({"id": name, "text": "A sentence."}) for name in "abc"]

    def have(*lines: str) -> list[str]:
        Path("corpus.jsonl").write_text("\n".join(lines), encoding="utf-8")
        return run(store, "corpus.jsonl", "corpus", text_column="text", id_column="id")

    files = ["corpus/x.txt", "corpus/y.txt"]
    assert have(*rows) == ["corpus.jsonl!a", "corpus.jsonl!b", "corpus.jsonl!c", *files]
    Path("corpus/y.txt").unlink()
    files.pop()
    assert have(rows[0], "{broken", rows[2]) == ["corpus.jsonl!a", "corpus.jsonl!b", "corpus.jsonl!c", *files]
    assert have(rows[0], rows[2]) == ["corpus.jsonl!a", "corpus.jsonl!c", *files]


def test_a_file_named_as_a_row_keeps_no_folder(store: Store) -> None:
    """``news:12`` is no row of the folder ``news``."""
    write("all/news/a.txt")
    Path("all/news:12").write_bytes(b"\x00")
    run(store, "all", glob=("*.txt", "news:*"))
    Path("all/news/a.txt").unlink()
    assert run(store, "all", glob=("*.txt", "news:*")) == []


@pytest.mark.parametrize(
    ("root", "under", "beside"),
    [
        ("articles", ["articles/a.txt", "articles/x/b.txt"], ["articles-2024/a.txt", "articles.txt"]),
        ("articles/", ["articles/a.txt"], ["articles-2024/a.txt"]),
        ("news.zip", ["news.zip!../b.txt", "news.zip!a.txt"], ["news.zip.txt", "news.zip-old!a.txt"]),
        (".", ["a.txt", "./b.txt", "x/c.txt"], ["/srv/a.txt", "../a.txt", "<stdin>", "s3://bucket/a.txt"]),
        ("..", ["../a.txt"], ["a.txt", "../../a.txt", "..a/b.txt"]),
        ("/", ["/srv/a.txt"], ["a.txt", "s3://bucket/a.txt"]),
        ("s3://bucket/news", ["s3://bucket/news/a.txt"], ["s3://bucket/news-old/a.txt", "news/a.txt"]),
        ("-", [], ["<stdin>", "-/a.txt"]),
    ],
)  # fmt: skip
def test_only_what_lies_under_a_path_is_its_own(store: Store, root: str, under: list[str], beside: list[str]) -> None:
    """What the run has not seen there is gone; a name that only begins alike stays."""
    put(store, *under, *beside)
    Incremental(FakeExtractor(), generator=sample.GENERATOR, store=store, settings=Settings()).forget([root])
    assert store.paths() == sorted(beside)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_every_share_keeps_what_could_not_be_reached(store: Store, number: int) -> None:
    """The input that was skipped falls to one share; the articles under it are of all."""
    names = [f"one/{name}.txt" for name in "abcdefgh"]
    shard = Shard(number=number, of=3)
    write(*names)
    own = [name for name in names if shard.holds(name)]
    assert run(store, "one", sharded=Sharded(shard)) == own
    Path("one").rename("away")
    assert run(store, "one", sharded=Sharded(shard)) == own
    Path("away").rename("one")
    Path(own[0]).unlink()
    assert run(store, "one", sharded=Sharded(shard)) == own[1:]


def test_the_commands_keep_what_was_skipped_and_note_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``extract --db`` and ``nightly``: exit 3, the articles stay, each skipped input is in the record of its run."""
    monkeypatch.chdir(tmp_path)
    write("articles/one.txt", "articles/two.txt")
    assert claimkit("extract", "articles", "--db", "claims.db", "-q").returncode == 0
    Path("articles").rename("away")
    assert claimkit("extract", "articles", "--db", "claims.db", "-q").returncode == 3
    assert end(nightly()) == 3
    with closing(sqlite3.connect("claims.db")) as db:
        kept = db.execute("SELECT path FROM articles ORDER BY path").fetchall()
        noted = [json.loads(skipped) for (skipped,) in db.execute("SELECT skipped FROM runs ORDER BY id")]
    missing = [["articles", "no such file or folder"]]
    assert kept == [("articles/one.txt",), ("articles/two.txt",)]
    assert noted == [[], missing, missing]


def test_the_settings_of_the_ledger_are_all_named() -> None:
    """What its modules ask the settings for is what the key holds."""
    asked = {
        name
        for module in LEDGER_MODULES
        for name in re.findall(r"settings\.(\w+)", (SOURCE / f"{module}.py").read_text(encoding="utf-8"))
    }
    assert asked == set(OF_THE_LEDGER)


def test_a_ledger_is_of_its_settings_and_data(tmp_path: Path) -> None:
    """Each setting of the ledger, another file of parties or places; not how articles are read."""
    layer = tmp_path / "own.yaml"
    layer.write_text("[]\n", encoding="utf-8")
    places, parties = Settings(gazetteer=(str(layer),)), Settings(actors=(str(layer),))
    others = [Settings(**{name: 1}) for name in OF_THE_LEDGER]
    keys = [ledger_key(settings) for settings in (Settings(), *others, places, parties)]
    assert len(set(keys)) == len(keys)
    assert ledger_key(Settings(predicate_floor=0.9, report_claims=5)) == keys[0]
    layer.write_text("[]  # changed\n", encoding="utf-8")
    assert ledger_key(places) != keys[-2]
    assert ledger_key(parties) != keys[-1]


def test_a_ledger_of_other_settings_is_made_anew(store: Store) -> None:
    """And is kept then; with the same settings it is only read."""
    put(store, "articles/one.txt")
    first, other = Settings(), Settings(passing_days=1)

    def refresh(settings: Settings) -> None:
        refresh_ledger(store, settings=settings, opposes=lambda _one, _other: False)

    refresh(first)
    assert store.has_ledger(ledger_key(first))
    assert not store.has_ledger(ledger_key(other))
    refresh(other)
    assert (store.has_ledger(ledger_key(other)), store.has_ledger(ledger_key(first))) == (True, False)
    put(store, "articles/two.txt")
    assert not store.has_ledger(ledger_key(other))


def test_the_ledger_of_a_database_follows_the_settings(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two captures a month apart are one within 45 days and two within one, whatever the database was made with."""
    for name, day, identity in (("one", "2025-12-01", "c-000000000001"), ("two", "2025-10-28", "c-000000000002")):
        document = read_text("A sentence.", path=f"articles/{name}.txt", published=day)
        claim = msgspec.structs.replace(sample.ASSERTED, id=identity, document=document.path, published=day)
        found = msgspec.structs.replace(sample.ONE, claims=(claim,))
        store.put(document, extraction=found, key="k")
    refresh_ledger(store, settings=Settings(), opposes=lambda _one, _other: False)

    def propositions(*args: str) -> int:
        return len(json.loads(claimkit(*args, "--db", "claims.db", "--format", "json").stdout)["propositions"])

    for days, expected in (("45", 1), ("1", 2)):
        monkeypatch.setenv("CLAIMKIT_LASTING_DAYS", days)
        assert propositions("ledger") == propositions("status", "Krasnoarmeysk") == expected
    moved = claimkit("diff", "claims.db", "claims.db", "--exit-code")
    assert (moved.returncode, moved.stdout) == (0, b"")


@pytest.mark.parametrize(
    ("number", "low"),
    [("200", 200), ("9999999999", 9_999_999_999), ("99999999999999999999", None), ("9" * 5000, None)],
)
def test_a_figure_too_large_for_people_blocks_no_database(store: Store, number: str, low: int | None) -> None:
    """It is none; the claim stays."""
    document = read_text("A sentence.", path="articles/one.txt")
    found = FakeExtractor().extract(document)
    said = f"killed {number} soldiers"
    claim = msgspec.structs.replace(
        found.claims[0],
        content=msgspec.structs.replace(found.claims[0].content, text=said),
        event=msgspec.structs.replace(found.claims[0].event, type="casualties"),
    )
    claim = msgspec.json.decode(msgspec.json.encode(claim), type=type(claim))
    store.put(document, extraction=msgspec.structs.replace(found, claims=(claim,)), key="k")
    ledger = refresh_ledger(store, settings=Settings(), opposes=lambda _one, _other: False)
    assert [(one.low, one.high) for found in ledger.propositions for one in found.positions] == [(low, low)]
