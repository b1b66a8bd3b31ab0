"""Processor seconds until the command answers: ``python -m benchmarks.startup``.

The medians of several runs of a bare interpreter, of ``claimkit --help`` and ``--version``, and of a first claim from
one sentence on standard input. ``more`` is what a subject takes beyond the bare interpreter.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
from typing import Any

from benchmarks.pipeline import table

RUNS = 9
SENTENCE = b"The army said on Monday that its troops had retaken Bara.\n"
SUBJECTS = {
    "python": ("-c", "pass"),
    "--help": ("-m", "claimkit", "--help"),
    "--version": ("-m", "claimkit", "--version"),
    "one claim": ("-m", "claimkit", "extract", "-q", "--published", "2025-09-12", "-"),
}


def seconds(*args: str) -> float:
    """Give the processor time that one run of the interpreter takes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *args], input=SENTENCE, capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def rows(*, runs: int = RUNS) -> list[dict[str, Any]]:
    """Measure each subject, one after another in every round."""
    spent: dict[str, list[float]] = {name: [] for name in SUBJECTS}
    for _ in range(runs):
        for name, args in SUBJECTS.items():
            spent[name].append(seconds(*args))
    bare = statistics.median(spent["python"])
    return [
        {"subject": name, "cpu_s": round(statistics.median(found), 3), "least": round(min(found), 3),
         "most": round(max(found), 3), "more": round(statistics.median(found) - bare, 3)}
        for name, found in spent.items()
    ]  # fmt: skip


def main() -> None:
    """Measure, print a table and one JSON line."""
    found = rows()
    print(table(found))
    print(json.dumps({"benchmark": "startup", "rows": found}))


if __name__ == "__main__":
    main()
