"""Kills nightly runs at random moments: ``python -m benchmarks.kills [FOLDER] [--number 200] [--seed 75]``.

Every run is one of two nights over the articles of FOLDER (else the example articles): the first, with nothing there
yet, or the second, which finds articles that are new, changed or gone. A moment is drawn from the time that an unbroken
run holds the lock, half of them from its last quarter, in which the results are written; then the run gets SIGKILL.
After each kill the database must be whole and every file that of the night before or the new one; and the next run must
leave what an unbroken run leaves: the same bytes in every file, the same claims and the same ledger in the database.

Prints each fault on standard error, one JSON line at the end, and exits with 1 if there was a fault.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import msgspec

from claimkit.store import Store

EXAMPLES = Path(__file__).resolve().parent.parent / "examples" / "articles"
COMMAND = (sys.executable, "-m", "claimkit")
DATABASE, LOCK, REPORT, ARTICLES = "claims.db", "claims.db.lock", "report", "articles"
FINISHED = "finished"
MORE = b"\n\nThe ministry said on Monday that it had nothing to add.\n"
FROM = (0.0, 0.75)
POLL_SECONDS = 0.005
PATIENCE = 120.0


class Night:
    """A nightly run from one state of the working folder.

    Args:
        before: the working folder as the run finds it.
        command: what runs claimkit.
    """

    def __init__(self, before: Path, *, command: Sequence[str]) -> None:
        self._before = before
        self._command = command
        self._old = files(before)
        ended = before.with_name(f"{before.name}-unbroken")
        self._set_up(ended)
        self._seconds = self.run(ended)
        self._new, self._kept, self._runs = files(ended), kept(ended), runs(ended)

    def kill(self, folder: Path, *, draw: random.Random) -> tuple[str, list[str]]:
        """Run and kill in a fresh copy, run again; gives what the kill met, and the faults."""
        self._set_up(folder)
        run = self._start(folder)
        _wait_for(folder / LOCK)
        time.sleep(draw.uniform(draw.choice(FROM) * self._seconds, self._seconds))
        run.kill()
        run.communicate()
        faults, met = list(self._torn(folder)), self._met(folder)
        if met != FINISHED:
            self.run(folder)
        if files(folder) != self._new:
            faults.append("the files are not those of an unbroken run")
        if kept(folder) != self._kept:
            faults.append("the database is not that of an unbroken run")
        return met, faults

    def run(self, folder: Path) -> float:
        """Run to the end; gives the seconds since it had the lock.

        Raises:
            RuntimeError: it failed.
        """
        run = self._start(folder)
        _wait_for(folder / LOCK)
        began = time.monotonic()
        _, errors = run.communicate()
        if run.returncode not in (0, 3):
            raise RuntimeError(f"exit {run.returncode}: {errors.decode(errors='replace')}")
        return time.monotonic() - began

    def _set_up(self, folder: Path) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self._before, folder)

    def _start(self, folder: Path) -> subprocess.Popen[bytes]:
        more = ("nightly", ARTICLES, "--db", DATABASE, "--report-dir", REPORT, "--no-config")
        return subprocess.Popen([*self._command, *more], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    def _met(self, folder: Path) -> str:
        """Say how far the run had come, as the database has it."""
        done, begun = runs(folder)
        if done == self._runs[0]:
            return FINISHED
        if begun < self._runs[1]:
            return "not begun"
        return "ledger made" if json.loads(kept(folder))[1] == json.loads(self._kept)[1] else "extracting"

    def _torn(self, folder: Path) -> Iterator[str]:
        for name, data in files(folder).items():
            if not name.startswith(".") and data not in (self._old.get(name), self._new.get(name)):
                yield f"{name} is neither old nor new"
        if (folder / DATABASE).exists():
            with closing(sqlite3.connect(folder / DATABASE)) as db:
                if db.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                    yield "the database is not whole"
                if db.execute("PRAGMA foreign_key_check").fetchall():
                    yield "a row of the database points to nothing"


def files(folder: Path) -> dict[str, bytes]:
    """Give what stands in the report's folder, half-written files too."""
    report = folder / REPORT
    return {path.name: path.read_bytes() for path in sorted(report.iterdir())} if report.is_dir() else {}


def kept(folder: Path) -> bytes:
    """Give the claims and the ledger of the database."""
    with closing(Store(folder / DATABASE, create=False)) as store:
        return msgspec.json.encode([list(store.claims()), store.ledger(), store.baseline()])


def runs(folder: Path) -> tuple[int, int]:
    """Count the runs that were finished, and all that began."""
    if not (folder / DATABASE).exists():
        return 0, 0
    with closing(sqlite3.connect(folder / DATABASE)) as db:
        if not db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'runs'").fetchone()[0]:
            return 0, 0
        done, begun = db.execute("SELECT count(finished), count(*) FROM runs").fetchone()
    return int(done), int(begun)


def nights(work: Path, *, articles: Path, command: Sequence[str] = COMMAND) -> tuple[Night, Night]:
    """Make both nights: the second finds one article gone, one changed, and half of them new."""
    first, second = work / "first", work / "second"
    shutil.copytree(articles, first / ARTICLES)
    one = Night(first, command=command)
    shutil.copytree(first / ARTICLES, second / ARTICLES)
    names = sorted(path for path in (second / ARTICLES).iterdir() if path.is_file())
    for path in names[len(names) // 2 :]:
        path.unlink()
    names[0].write_bytes(names[0].read_bytes() + MORE)
    (second / ARTICLES / "gone.txt").write_bytes(names[0].read_bytes())
    one.run(second)
    shutil.rmtree(second / ARTICLES)
    shutil.copytree(first / ARTICLES, second / ARTICLES)
    (second / LOCK).unlink()
    return one, Night(second, command=command)


def kill(made: Sequence[Night], *, work: Path, number: int, seed: int) -> tuple[Counter[str], list[str]]:
    """Kill so many runs, of each night in turn; gives what the kills met, and the faults."""
    draw = random.Random(seed)
    met: Counter[str] = Counter()
    faults: list[str] = []
    for at in range(number):
        where, found = made[at % len(made)].kill(work / "killed", draw=draw)
        met[where] += 1
        faults += [f"kill {at} ({where}): {fault}" for fault in found]
        print(f"{at + 1}/{number} {where} {'; '.join(found)}", file=sys.stderr, flush=True)
    return met, faults


def _wait_for(path: Path) -> None:
    until = time.monotonic() + PATIENCE
    while not path.exists() and time.monotonic() < until:
        time.sleep(POLL_SECONDS)


def main() -> int:
    """Kill, and say what came of it."""
    parser = argparse.ArgumentParser(description="Kills nightly runs at random moments.")
    parser.add_argument("folder", nargs="?", type=Path, default=EXAMPLES)
    parser.add_argument("--number", type=int, default=200)
    parser.add_argument("--seed", type=int, default=75)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        made = nights(work, articles=given.folder)
        met, faults = kill(made, work=work, number=given.number, seed=given.seed)
    for fault in faults:
        print(fault, file=sys.stderr)
    print(json.dumps({"kills": given.number, "seed": given.seed, "met": dict(met), "faults": len(faults)}))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
