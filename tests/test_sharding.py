"""Tests of ``--shard`` and ``claimkit merge``: every document in one shard, and the same bytes as of one run."""

from __future__ import annotations

import io
import json
import os
import zipfile
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimkit import cli
from claimkit.errors import InputError, UsageError
from claimkit.export.merging import merge
from claimkit.export.shards import ShardDocument, ShardLines, head
from claimkit.reader import Skipped, read_paths
from claimkit.records import Claim, Generator
from claimkit.settings import Settings
from claimkit.sharding import Position, Shard, ShardArticle, Sharded
from tests import sample
from tests.fake_claimkit import make

TEXT = "A sentence.\n"
SETTINGS = Settings(text_column="text", id_column="id")
CORPUS_OPTIONS = ("--text-column", "text", "--id-column", "id")
OF = 3


@pytest.fixture
def articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A folder of texts, an archive and corpora, of which the ids and names are in no order; some are bad."""
    folder = tmp_path / "in"
    for name in ("one.txt", "b/two.txt", "b/one.md", "zero.txt", "odd-\udcff/one.txt", "z/two.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(TEXT)
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        for name in ("x/one.txt", "two.txt", "c/one.txt", "c/none.txt", "c/bad.txt"):
            archive.writestr(name, b"\x00\x01\x02" if "bad" in name else TEXT)
    rows = [f"{name}/{stem},{TEXT.strip()}" for name in "hgkab" for stem in ("one", "two", "zero")]
    (folder / "c.csv").write_text("\n".join(["id,text", *rows, "short", "a/one,again", ""]))
    monkeypatch.chdir(tmp_path)
    return "in"


class Done(NamedTuple):
    """What a command gave."""

    returncode: int
    stdout: str
    stderr: str


def claimkit(*args: str) -> Done:
    """Run the command line here, with the fake extractor."""
    out, err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline=""), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr("claimkit.commands.extract.make_extractor", make)
        code = cli.status(args)
        out.flush()
    data = out.buffer
    assert isinstance(data, io.BytesIO)
    return Done(code, data.getvalue().decode(), err.getvalue())


INPUTS = ("in", "in/a.zip", "absent.txt")


def _shards(form: str, *more: str, of: int = OF) -> list[str]:
    """Run every shard; give their files."""
    names = [f"part-{number}.{form}" for number in range(1, of + 1)]
    for number, name in enumerate(names, 1):
        done = claimkit(
            "extract", "-q", *INPUTS, *CORPUS_OPTIONS, "--shard", f"{number}/{of}", "-o", name, "--format", form, *more
        )
        assert done.returncode in (0, 3), done.stderr
    return names


@pytest.mark.parametrize(("text", "shard"), [("1/1", (1, 1)), ("3/8", (3, 8)), (" 8/8 ", (8, 8))])
def test_shares_are_read(text: str, shard: tuple[int, int]) -> None:
    """I/N, counted from 1."""
    assert Shard.parse(text) == Shard(number=shard[0], of=shard[1])


@pytest.mark.parametrize("text", ["0/4", "5/4", "4", "a/b", "1/0", "-1/4", "1/4/2", ""])
def test_what_is_no_share_is_refused(text: str) -> None:
    """In one line, with the mend."""
    with pytest.raises(UsageError, match="is no share of a run"):
        Shard.parse(text)


@given(st.text(), st.integers(1, 50))
def test_every_path_is_of_one_shard(path: str, of: int) -> None:
    """Whatever it is made of."""
    assert sum(Shard(number=number, of=of).holds(path) for number in range(1, of + 1)) == 1


def test_shares_are_alike_and_do_not_depend_on_the_process() -> None:
    """A hash of its own, not Python's, which differs from run to run."""
    paths = [f"articles/{number}.txt" for number in range(4000)]
    shares = [sum(Shard(number=number, of=4).holds(path) for path in paths) for number in range(1, 5)]
    assert all(900 < share < 1100 for share in shares)
    assert [number for number in range(1, 9) if Shard(number=number, of=8).holds("articles/a.txt")] == [3]


def test_every_input_falls_to_one_shard(articles: str) -> None:
    """Documents and skipped inputs of folders, archives and corpora; together they are those of the whole run."""

    def read(sharded: Sharded | None) -> list[tuple[str, str]]:
        found = read_paths(INPUTS, settings=SETTINGS, sharded=sharded)
        return [(item.path, item.reason if isinstance(item, Skipped) else "") for item in found]

    whole = read(None)
    parts = [read(Sharded(Shard(number=number, of=OF))) for number in range(1, OF + 1)]
    assert sorted(item for part in parts for item in part) == sorted(whole)
    assert all(len(part) > 3 for part in parts)
    assert sum(bool(reason) for _, reason in whole) == 4


def test_a_shard_stays_when_files_are_added(articles: str) -> None:
    """No document changes its shard for one that comes before it."""
    sharded = [Sharded(Shard(number=number, of=OF)) for number in range(1, OF + 1)]
    before = [{item.path for item in read_paths(INPUTS, settings=SETTINGS, sharded=one)} for one in sharded]
    Path("in/aaa.txt").write_text(TEXT)
    after = [{item.path for item in read_paths(INPUTS, settings=SETTINGS, sharded=one)} for one in sharded]
    assert [sorted(new - old) for new, old in zip(after, before, strict=True) if new != old] == [["in/aaa.txt"]]
    assert all(old <= new for new, old in zip(after, before, strict=True))


@pytest.mark.parametrize("form", ["jsonl", "json"])
@pytest.mark.parametrize("more", [(), ("--fields", "id,stance"), ("--stance", "deny")], ids=str)
def test_merged_shards_are_the_bytes_of_one_run(articles: str, form: str, more: tuple[str, ...]) -> None:
    """In any order of the shards, with fields and filters, also where ids and bytes of names are in no order."""
    whole = claimkit("extract", "-q", *INPUTS, *CORPUS_OPTIONS, "-o", f"whole.{form}", *more)
    assert whole.returncode == 3
    done = claimkit("merge", *reversed(_shards(form, *more)), "-o", f"merged.{form}")
    assert done.returncode == 0, done.stderr
    assert done.stderr.startswith(f"claimkit: {OF} shards, ")
    data = Path(f"whole.{form}").read_bytes()
    assert len(data) > 500
    assert Path(f"merged.{form}").read_bytes() == data


def test_merging_to_standard_output(articles: str) -> None:
    """Records only; quiet says nothing."""
    whole = claimkit("extract", "-q", *INPUTS, *CORPUS_OPTIONS)
    merged = claimkit("merge", "-q", *_shards("jsonl"))
    assert (merged.stdout, merged.stderr) == (whole.stdout, "")


def test_results_of_a_shard_are_results(articles: str) -> None:
    """Other commands read them as they are."""
    names = _shards("jsonl") + _shards("json")
    for name in names:
        done = claimkit("export", name, "--to", "csv")
        assert done.returncode == 0, done.stderr


def test_more_shards_than_documents(articles: str) -> None:
    """Shards without any are whole results too."""
    whole = claimkit("extract", "-q", *INPUTS, *CORPUS_OPTIONS)
    names = []
    for number in range(1, 41):
        sharded = Sharded(Shard(number=number, of=40))
        names.append(f"s{number}.jsonl")
        with Path(names[-1]).open("wb") as file:
            sink = ShardLines(file, sharded=sharded, head=head(sharded, generator=sample.GENERATOR, asked={}))
            for item in read_paths(INPUTS, settings=SETTINGS, sharded=sharded):
                if not isinstance(item, Skipped):
                    known = {"one": sample.ONE, "two": sample.TWO}.get(Path(item.path).stem, sample.NONE)
                    claims = [msgspec.structs.replace(claim, document=item.path) for claim in known.claims]
                    sink.add(msgspec.structs.replace(known.document, path=item.path), claims=claims)
            sink.close()
    assert claimkit("merge", "-q", *names).stdout == whole.stdout


@pytest.mark.parametrize("form", ["csv", "table"])
def test_other_forms_are_refused(articles: str, form: str) -> None:
    """Before anything is read."""
    done = claimkit("extract", "in", "--shard", "1/2", "--format", form)
    assert done.returncode == 2
    assert done.stderr.startswith(f"claimkit: error: --shard does not go with {form}; add --format jsonl")
    assert done.stderr.count("\n") == 1


def test_a_database_of_all_shards_loses_nothing(articles: str) -> None:
    """A shard forgets those of its own articles that are gone, and no other's."""
    _shards("jsonl", "--db", "all.db")
    Path("in/one.txt").unlink()
    counts = [json.loads(claimkit("search", "--db", "all.db", "captured", "--format", "json").stdout)]
    _shards("jsonl", "--db", "all.db")
    counts.append(json.loads(claimkit("search", "--db", "all.db", "captured", "--format", "json").stdout))
    gone, left = ({claim["document"] for claim in found} for found in counts)
    assert gone - left == {"in/one.txt"}
    assert left < gone


def _written(
    path: str, number: int, *, of: int = 2, places: tuple[Position, ...] = (), asked: str = "", form: str = "jsonl",
    generator: Generator = sample.GENERATOR,
) -> Path:  # fmt: skip
    """Write a shard's result with a claim at each place."""
    sharded = Sharded(Shard(number=number, of=of))
    claim: Claim = sample.ONE.claims[0]
    with Path(path).open("wb") as file:
        made = head(sharded, generator=generator, asked={"asked": asked})
        sink = (ShardDocument if form == "json" else ShardLines)(file, sharded=sharded, head=made)
        for position in places:
            name = f"{position.file}!{position.number}"
            sharded._ahead.append((name, position))
            sink.add(msgspec.structs.replace(sample.ONE.document, path=name), claims=[claim])
        sink.close()
    return Path(path)


def _message(*paths: Path) -> str:
    with Path(os.devnull).open("wb") as nowhere, pytest.raises(InputError) as caught:
        merge(paths, stream=nowhere)
    return str(caught.value)


@pytest.mark.parametrize("form", ["jsonl", "json"])
def test_what_does_not_belong_together_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    """One line each, with the mend."""
    monkeypatch.chdir(tmp_path)
    place = Position("c.csv", 7)
    one = _written("1", 1, places=(place, Position("c.csv", 9)), form=form)
    assert _message(one) == "1: of 2 shards, missing: 2; give their results too"
    assert _message(one, one) == "1: is shard 1/2, as is 1; give each shard once"
    newer = msgspec.structs.replace(sample.GENERATOR, version="9.9")
    assert _message(one, _written("2", 2, generator=newer, form=form)) == (
        "2: was made by another claimkit, model or data than 1; extract all shards with the same"
    )
    assert _message(one, _written("2", 2, asked="more", form=form)) == (
        "2: was made with other settings or filters than 1; extract all shards with the same"
    )
    assert _message(one, _written("2", 2, of=3, form=form)) == (
        "2: is a shard of 3, but 1 of 2; give the shards of one run"
    )
    assert _message(one, _written("2", 2, places=(place,), form=form)) == (
        "c.csv (number 7): stands in 1 and 2, or not in order; give the results of one run, as they were written"
    )
    other = _written("2", 2, form="json" if form == "jsonl" else "jsonl")
    assert _message(one, other).endswith("is JSON, others are JSON Lines; write all shards in one form")


@pytest.mark.parametrize("form", ["jsonl", "json"])
def test_results_that_are_cut_short_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    """At whatever byte; and never taken for a smaller result."""
    monkeypatch.chdir(tmp_path)
    one = _written("1", 1, of=1, places=(Position("a", 0), Position("b", 0)), form=form)
    data = one.read_bytes()
    for size in range(0, len(data), 7):
        one.write_bytes(data[:size])
        assert _message(one).startswith(("1: is cut short or broken; extract", "1: is no result of a shard; write"))
    one.write_bytes(data + b"{}\n")
    assert _message(one).startswith("1: is cut short or broken")


def test_what_is_no_result_is_refused(articles: str) -> None:
    """Results without --shard, articles, nothing, a folder."""
    claimkit("extract", "-q", "in", "-o", "whole.jsonl")
    claimkit("extract", "-q", "in", "-o", "whole.json")
    for name in ("whole.jsonl", "whole.json", "in/one.txt"):
        done = claimkit("merge", name)
        assert done.returncode == 1
        assert done.stderr == (
            f"claimkit: error: {name}: is no result of a shard; write it with `claimkit extract --shard I/N`\n"
        )
    assert claimkit("merge", "none").stderr.startswith("claimkit: error: none: no such file; give ")
    assert claimkit("merge", "in").stderr.startswith("claimkit: error: in: not a regular file; give ")
    assert claimkit("merge").returncode == 2


def test_positions_keep_the_bytes_of_paths() -> None:
    """Also where they are no UTF-8, so that the order is that of the run."""
    for file in ("a/é.txt", "a/\udcff.txt", "a\\xff"):
        mark = ShardArticle.at(Position(file, 3), claims=1)
        assert msgspec.json.decode(msgspec.json.encode(mark), type=ShardArticle).key == (os.fsencode(file), 3)
