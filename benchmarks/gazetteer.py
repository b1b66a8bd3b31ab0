"""Speed and memory of the gazetteer: ``python -m benchmarks.gazetteer [FOLDER] [--places 100000] [--repeat 5]``.

A GeoNames dump of places with made-up names is imported into a user gazetteer, which is used beside the shipped one.
Then each step runs in a process of its own, as often as ``--repeat`` says; the table has medians:

============  =====================================================================================================
``start``     milliseconds from imported modules to the answer to a first look-up, with a warm cache
``exact``     look-ups a second of names as they stand in the dump
``misspelt``  look-ups a second of such names with one letter changed
``memory``    MB that the process holds in the end beyond what it holds without the user gazetteer
``scan``      MB of text a second in which the shipped gazetteer finds places: ``*.txt`` of FOLDER, else the examples
============  =====================================================================================================

The last line is the same as JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parent.parent / "examples" / "articles"
ONSETS = ("b", "d", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z", "sh", "kh", "ch", "dr", "st")
VOWELS = ("a", "e", "i", "o", "u", "ya", "ai")
ENDINGS = ("", "", "", "n", "r", "sk", "ka", "vo", "abad", "pur", "grad", "stan")
EXACT, MISSPELT = 20_000, 1_000
SCAN_BYTES = 1_000_000
MEGABYTE = 1e6


def name(draw: random.Random) -> str:
    """Make up the name of a place."""
    syllables = "".join(draw.choice(ONSETS) + draw.choice(VOWELS) for _ in range(draw.choice((2, 3, 3, 4))))
    return (syllables + draw.choice(ENDINGS)).capitalize()


def dump(count: int, *, draw: random.Random) -> Iterator[str]:
    """Give the rows of a GeoNames dump, each place with a name of its own."""
    names: dict[str, None] = {}
    while len(names) < count:
        names.setdefault(name(draw))
    for number, one in enumerate(names, 900_000_000):
        lat, lon = draw.uniform(-50, 65), draw.uniform(-120, 150)
        cells = [str(number), one, one, "", f"{lat:.5f}", f"{lon:.5f}", "P", "PPL", "UA", "", "05", "", "", "",
                 str(draw.randrange(100, 90_000)), "", "", "Europe/Kyiv", "2020-01-01"]  # fmt: skip
        yield "\t".join(cells)


def misspelt(word: str, *, draw: random.Random) -> str:
    """Change one letter inside a word."""
    at = draw.randrange(1, len(word) - 1)
    return word[:at] + draw.choice([c for c in "abdegiklmnoprstuvz" if c != word[at]]) + word[at + 1 :]


def measure(names: list[str], texts: list[str]) -> dict[str, float]:
    """Measure all steps in this process; ``names`` are of places of the user gazetteer, empty without one."""
    from claimkit.gazetteer import Gazetteer

    began = time.perf_counter()
    gazetteer = Gazetteer.default()
    gazetteer.lookup("Kyiv")
    out = {"start": 1000 * (time.perf_counter() - began)}
    if not names:
        text = "\n\n".join(texts)
        text *= 1 + SCAN_BYTES // max(1, len(text))
        gazetteer.find(text[:1000])
        began = time.perf_counter()
        gazetteer.find(text)
        out["scan"] = len(text.encode()) / MEGABYTE / (time.perf_counter() - began)
    draw = random.Random(2)
    asked = {"exact": names[:EXACT], "misspelt": [misspelt(n, draw=draw) for n in names[:MISSPELT]]}
    for step, words in asked.items():
        began = time.perf_counter()
        for word in words:
            gazetteer.lookup(word)
        if words:
            out[step] = len(words) / (time.perf_counter() - began)
    return out | {"memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MEGABYTE}


def run(home: Path, folder: Path, *, places: bool) -> dict[str, float]:
    """Measure in a process of its own, with or without the user gazetteer in ``home``."""
    environment = {**os.environ, "CLAIMKIT_DATA_DIR": str(home if places else home / "none")}
    command = [sys.executable, "-m", "benchmarks.gazetteer", str(folder), "--step", str(home / "names.txt") if places
               else os.devnull]  # fmt: skip
    done = subprocess.run(command, env=environment, capture_output=True, check=True)
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def main() -> None:
    """Read the command line, make the user gazetteer, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=EXAMPLES)
    parser.add_argument("--places", type=int, default=100_000)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--step", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        names = options.step.read_text(encoding="utf-8").split("\n")[:-1]
        texts = [path.read_text(encoding="utf-8") for path in sorted(options.folder.rglob("*.txt"))]
        print(json.dumps(measure(names, texts)))
        return
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        rows = list(dump(options.places, draw=random.Random(1)))
        (home / "UA.txt").write_text("\n".join(rows) + "\n", encoding="utf-8")
        names = [row.split("\t")[1] for row in rows]
        random.Random(3).shuffle(names)
        (home / "names.txt").write_text("\n".join(names) + "\n", encoding="utf-8")
        command = [sys.executable, "-m", "claimkit", "gazetteer", "import", str(home / "UA.txt")]
        subprocess.run(command, env={**os.environ, "CLAIMKIT_DATA_DIR": str(home)}, check=True)
        run(home, options.folder, places=True)  # fills the cache
        without = [run(home, options.folder, places=False) for _ in range(options.repeat)]
        beside = [run(home, options.folder, places=True) for _ in range(options.repeat)]
    figures = {step: statistics.median(one[step] for one in beside) for step in ("start", "exact", "misspelt")}
    figures |= {f"{step} (shipped)": statistics.median(one[step] for one in without) for step in ("start", "scan")}
    held, alone = (statistics.median(one["memory"] for one in some) for some in (beside, without))
    figures |= {"memory": held - alone, "memory in all": held}
    for step, value in figures.items():
        print(f"{step:<18}  {value:>12,.2f}")
    print(json.dumps({"places": options.places, **{step: round(value, 2) for step, value in figures.items()}}))


if __name__ == "__main__":
    main()
