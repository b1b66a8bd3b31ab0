"""Worker processes: order, the same results as without, a worker that dies, faults, the end of a run."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from claimkit.errors import DataError, InputError
from claimkit.pool import Pool
from claimkit.reader import Skipped, read_text
from claimkit.records import Document, Extraction
from claimkit.run import run
from claimkit.settings import Settings
from tests.fake_claimkit import FakeExtractor


class Mortal(FakeExtractor):
    """Dies at some names: at ``once`` the first time only, for which it leaves a file behind."""

    def extract(self, document: Document) -> Extraction:
        """Give the sample, or die, or fail."""
        name = Path(document.path).stem
        if "wrong" in name:
            raise DataError("the table is wrong", where="places.yaml:3", mend="mend it")
        if "deadly" in name or ("once" in name and not Path(document.path).exists()):
            Path(document.path).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return super().extract(document)


def make(_settings: Settings, *, ahead: bool = True) -> Mortal:
    """Make a worker's extractor."""
    return Mortal()


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    """Two workers."""
    with Pool(make, settings=Settings(), jobs=2) as started:
        yield started


def document(name: str) -> Document:
    """Make an article."""
    return read_text("A sentence.", path=name)


def test_results_equal_those_without_workers_and_keep_their_order(pool: Pool) -> None:
    """Whatever each takes, and however many there are."""
    documents = [document(f"{name}-{n}.txt" if n else f"{name}.txt") for n in range(9) for name in ("one", "two", "x")]
    results = [pool.submit(each) for each in documents]
    assert [result() for result in results] == [FakeExtractor().extract(each) for each in documents]


def test_an_article_that_kills_its_worker_is_reported_and_the_others_stay(pool: Pool, tmp_path: Path) -> None:
    """One that killed it once only is done; one that always does is left out."""
    names = ["a.txt", str(tmp_path / "once.txt"), "b.txt", str(tmp_path / "deadly.txt"), "c.txt", "d.txt"]
    results = [pool.submit(document(name)) for name in names]
    done = []
    for name, result in zip(names, results, strict=True):
        if "deadly" in name:
            with pytest.raises(InputError, match="died twice"):
                result()
        else:
            done.append(result().document.path)
    assert done == [name for name in names if "deadly" not in name]
    assert pool.extract(document("after.txt")).document.path == "after.txt"


def test_faults_come_back_as_they_are(pool: Pool) -> None:
    """A fault of one article and an error that a user can mend, with where and what."""
    with pytest.raises(IndexError):
        pool.extract(document("fault.txt"))
    with pytest.raises(DataError) as caught:
        pool.extract(document("wrong.txt"))
    assert (caught.value.where, caught.value.mend) == ("places.yaml:3", "mend it")


class Kept:
    """A sink and a watch that keep what they are told."""

    def __init__(self) -> None:
        self.paths: list[str] = []
        self.skips: list[str] = []

    def add(self, document: object, *, claims: object) -> None:
        """Keep the path."""
        self.paths.append(document.path)  # type: ignore[attr-defined]

    def close(self) -> None:
        """Nothing is left to write."""

    def done(self, extraction: object, *, tally: object) -> None:
        """Nothing is shown."""

    def skipped(self, path: str, *, reason: str) -> None:
        """Keep the path."""
        self.skips.append(path)


def test_a_run_has_articles_ahead_and_skips_in_order(pool: Pool, tmp_path: Path) -> None:
    """Not all inputs are taken before the first result, and what cannot be used keeps its place."""
    taken: list[str] = []

    def inputs() -> Iterator[Document | Skipped]:
        for n in range(40):
            name = f"{n:02}.txt" if n != 11 else str(tmp_path / "deadly.txt")
            taken.append(name)
            yield Skipped(path=name, reason="empty") if n == 7 else document(name)

    class Slow(Kept):
        def add(self, document: object, *, claims: object) -> None:
            super().add(document, claims=claims)
            assert len(taken) <= len(self.paths) + len(self.skips) + pool.ahead + 1

    sink = Slow()
    tally = run(inputs(), extractor=pool, sink=sink, keep=lambda _claim: True, watch=sink)
    assert sink.paths == [name for n, name in enumerate(taken) if n not in (7, 11)]
    assert sink.skips == [taken[7], taken[11]]
    assert tally.articles == 38


def test_a_run_that_fails_ends_its_workers_at_once() -> None:
    """No worker goes on with what nobody waits for."""
    pool = Pool(make, settings=Settings(), jobs=1)
    others = {process.pid for process in multiprocessing.active_children()}
    pool.extract(document("first.txt"))
    mine = [process for process in multiprocessing.active_children() if process.pid not in others]
    assert len(mine) == 1
    pool.submit(document("slow.txt"))
    pool.__exit__(KeyboardInterrupt, None, None)
    deadline = time.monotonic() + 30
    while mine[0].is_alive() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not mine[0].is_alive()
