"""Speed and memory of the ledger: ``python -m benchmarks.ledger CLAIMS [--number 100000] [--articles 10000]``.

CLAIMS is JSON Lines as `claimkit extract` prints it; ``benchmarks.synthetic`` makes many articles of that kind. Each
step is then a `claimkit` command in a process of its own:

=============  ================================================================================================
``cold``       the ledger of all claims, from JSON Lines
``rebuild``    the first night on the database: no article is new, the ledger and the report are made
``status``     how things stand at the place that is named most, from the database; median of five
``extract``    the example articles under new names, as many as ``--new`` says, by themselves
``nightly``    a night on which these are new; ``beyond`` is what it takes more than ``extract``
=============  ================================================================================================

Prints a line a step, then one JSON line: seconds by the clock, seconds of processor time, most memory in MB.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

EXAMPLES = Path(__file__).resolve().parent.parent / "examples" / "articles"
ARTICLES, NEW, METADATA, CLAIMS, DATABASE = (
    "articles",
    "new",
    "metadata.tsv",
    "claims.jsonl",
    "claims.db",
)  # synthetic's
STATUS_REPEAT = 5


class Cost(NamedTuple):
    """What a command took: seconds by the clock, seconds of processor time, and MB."""

    seconds: float
    cpu: float
    megabytes: float


def cost(*arguments: str) -> Cost:
    """Run one claimkit command in a process of its own, its results thrown away.

    Raises:
        RuntimeError: it failed.
    """
    began = time.perf_counter()
    run = subprocess.Popen([sys.executable, "-m", "claimkit", *arguments], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(run.pid, 0)
    seconds = time.perf_counter() - began
    run.returncode = os.waitstatus_to_exitcode(status)
    if run.returncode not in (0, 3):
        raise RuntimeError(f"{arguments[0]}: exit {run.returncode}")
    return Cost(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / 1e6)


def add_new(number: int, *, folders: Sequence[str]) -> None:
    """Put example articles under new names into folders."""
    texts = [path.read_bytes() for path in sorted(EXAMPLES.iterdir())]
    for folder in folders:
        Path(folder).mkdir(exist_ok=True)
        for at in range(number):
            (Path(folder) / f"new-{at:04}.txt").write_bytes(texts[at % len(texts)])


def steps(place: str, *, new: int) -> dict[str, Cost]:
    """Measure each step in the working folder."""
    nightly = ("nightly", "-q", ARTICLES, "--db", DATABASE, "--report-dir", "report", "--metadata", METADATA)
    measured: dict[str, Cost] = {}

    def note(name: str, found: Cost) -> Cost:
        measured[name] = found
        print(f"{name:8} {found.seconds:6.2f} s  cpu {found.cpu:6.2f} s  {found.megabytes:5.0f} MB", flush=True)
        return found

    note("cold", cost("ledger", CLAIMS, "--format", "json", "-o", "ledger.json"))
    note("rebuild", cost(*nightly))
    times = [cost("status", place, "--db", DATABASE, "--format", "table") for _ in range(STATUS_REPEAT)]
    note("status", Cost(*(statistics.median(values) for values in zip(*times, strict=True))))
    add_new(new, folders=(NEW, ARTICLES))
    alone = note("extract", cost("extract", "-q", NEW, "-o", "new.jsonl"))
    night = note("nightly", cost(*nightly))
    note("beyond", Cost(night.seconds - alone.seconds, night.cpu - alone.cpu, night.megabytes))
    return measured


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description="Speed and memory of the ledger.")
    parser.add_argument("claims", type=Path)
    parser.add_argument("--number", type=int, default=100_000, help="how many claims")
    parser.add_argument("--articles", type=int, default=10_000, help="in how many articles")
    parser.add_argument("--new", type=int, default=100, help="articles of the night")
    parser.add_argument("--work", type=Path, help="an empty folder, which is kept")
    given = parser.parse_args()
    with ExitStack() as stack:
        work = given.work or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        # In a process of its own: a child's most memory is told as at least that of the process that started it.
        make = [sys.executable, "-m", "benchmarks.synthetic", str(given.claims), str(work)]
        make += ["--number", str(given.number), "--articles", str(given.articles)]
        place = subprocess.run(make, stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
        os.chdir(work)
        measured = steps(place, new=given.new)
    print(json.dumps({name: [round(value, 2) for value in one] for name, one in measured.items()}))


if __name__ == "__main__":
    main()
