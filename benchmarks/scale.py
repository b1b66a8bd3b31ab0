"""What many processes cost: ``python -m benchmarks.scale [FOLDER] [--articles N] [--repeat N]``.

N articles, copies of those in FOLDER (else the example articles), go through ``claimkit extract`` three ways: in one
process (``plain``), with ``--jobs 2``, and on a local cluster of Dask with two workers. Each way is also run over one
article: that is what it costs to start, which a long run does not feel. The last line is JSON: for each way the
medians of ``seconds``, ``start_s``, ``articles_per_s``, ``words_per_s`` and ``core_hours_per_million`` articles (start
taken off); ``dask_overhead_per_cent`` is what Dask's two workers take beyond ``--jobs 2``, with and without the start.
A run whose bytes differ from those of the plain one ends the program.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parent.parent / "examples" / "articles"
WORKERS = 2
PARTS_A_WORKER = 8
SKIPPED = 3
HOUR = 3600
MILLION = 1_000_000


def copies(folder: Path, *, number: int, into: Path) -> int:
    """Write so many articles; give how many words they have, as white space separates them."""
    texts = [path.read_bytes() for path in sorted(folder.rglob("*.txt"))]
    if not texts:
        sys.exit(f"{folder}: no *.txt in it; name a folder of articles")
    into.mkdir()
    for at in range(number):
        (into / f"{at:07}.txt").write_bytes(texts[at % len(texts)])
    return sum(len(texts[at % len(texts)].split()) for at in range(number))


def ways(house: Path, *, articles: int) -> dict[str, list[str]]:
    """Give the options of each way, with where it writes as their last."""
    cluster = house / "local.yaml"
    cluster.write_text(f"local: {{workers: {WORKERS}}}\n", encoding="utf-8")
    part = str(max(1, articles // (WORKERS * PARTS_A_WORKER)))
    return {
        "plain": ["-o"],
        "jobs": ["--jobs", str(WORKERS), "-o"],
        "dask": ["--cluster", str(cluster), "--part-articles", part, "--out-dir"],
    }


def timed(options: Sequence[str], *, folder: Path, out: Path) -> tuple[float, bytes]:
    """Run the command; give its seconds and the bytes that it wrote."""
    command = [sys.executable, "-m", "claimkit", "extract", "-q", "--no-config", "--format", "jsonl"]
    begun = time.monotonic()
    done = subprocess.run([*command, str(folder), *options, str(out)], check=False)
    seconds = time.monotonic() - begun
    if done.returncode not in (0, SKIPPED):
        sys.exit(f"{' '.join(options)}: exit status {done.returncode}")
    parts = sorted(out.glob("part-*.jsonl")) if out.is_dir() else [out]
    return seconds, b"".join(part.read_bytes() for part in parts)


def measured(folder: Path, *, articles: int, repeat: int, house: Path) -> dict[str, object]:
    """Time every way, turn by turn, so that what else the machine does falls on all of them."""
    many, one = house / "many", house / "one"
    words = copies(folder, number=articles, into=many)
    copies(folder, number=1, into=one)
    seconds: dict[tuple[str, Path], list[float]] = {}
    for turn in range(repeat):
        for texts in (one, many):
            expected = None
            for way, options in ways(house, articles=articles).items():
                out = house / f"{way}-{texts.name}-{turn}"
                took, found = timed(options, folder=texts, out=out)
                expected = found if expected is None else expected
                if found != expected:
                    sys.exit(f"{way}: other bytes than plain")
                seconds.setdefault((way, texts), []).append(took)
                print(f"{way:5} {texts.name:4} {took:8.1f} s", file=sys.stderr)
    result: dict[str, object] = {"articles": articles, "words": words, "workers": WORKERS, "repeat": repeat}
    whole, net = dict[str, float](), dict[str, float]()
    for way in ways(house, articles=articles):
        whole[way] = statistics.median(seconds[way, many])
        start = statistics.median(seconds[way, one])
        net[way] = whole[way] - start
        if net[way] <= 0:
            sys.exit(f"{way}: {articles} articles take no longer than one; give more by --articles")
        cores = 1 if way == "plain" else WORKERS
        result[way] = {
            "seconds": round(whole[way], 2),
            "start_s": round(start, 2),
            "articles_per_s": round(articles / net[way], 2),
            "words_per_s": round(words / net[way]),
            "core_hours_per_million": round(net[way] * cores * MILLION / articles / HOUR, 1),
        }
    result["dask_overhead_per_cent"] = {
        "whole": round(100 * (whole["dask"] / whole["jobs"] - 1), 1),
        "without_start": round(100 * (net["dask"] / net["jobs"] - 1), 1),
    }
    return result


def main() -> int:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description="What many processes cost.")
    parser.add_argument("folder", type=Path, nargs="?", default=EXAMPLES)
    parser.add_argument("--articles", type=int, default=1000, help="how many")
    parser.add_argument("--repeat", type=int, default=3, help="how often; medians are given")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="claimkit-scale-") as house:
        print(
            json.dumps(
                measured(given.folder, articles=given.articles, repeat=given.repeat, house=Path(house).resolve())
            )
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
