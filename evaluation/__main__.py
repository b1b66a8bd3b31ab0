"""Run the evaluations whose data is there: ``python -m evaluation [--corpora DIR] [--articles DIR] [--list]``.

Prints one JSON line each, with its name and what it was scored on. CLAIMKIT_CORPORA and CLAIMKIT_ARTICLES stand for the
options; evaluations without their data are named on standard error.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

CORPORA, ARTICLES = "CLAIMKIT_CORPORA", "CLAIMKIT_ARTICLES"


class Evaluation(NamedTuple):
    """An evaluation: its name and module, and the files or folders that it needs, as its arguments."""

    name: str
    module: str
    data: tuple[Path, ...] = ()


def evaluations(*, corpora: Path, articles: Path) -> tuple[Evaluation, ...]:
    """List all evaluations, with their data under these folders."""
    return (
        Evaluation("places", "evaluation.places"),
        Evaluation("parser-ewt", "evaluation.parser", (corpora / "ewt" / "test.conllu",)),
        Evaluation("parser-gum", "evaluation.parser", (corpora / "gum" / "test.conllu",)),
        Evaluation("attribution", "evaluation.attribution", (corpora / "polnear" / "dev",)),
        Evaluation("entities", "evaluation.entities", (corpora / "uner" / "test.iob2",)),
        Evaluation(
            "calibration",
            "evaluation.calibration",
            (articles / "articles", articles / "gold", articles / "articles" / "metadata.tsv"),
        ),  # fmt: skip
        Evaluation(
            "dates",
            "evaluation.dates",
            (articles / "articles", articles / "gold", articles / "articles" / "metadata.tsv"),
        ),
    )


def score(evaluation: Evaluation) -> str | None:
    """Run one in a process of its own, and give its JSON line with the name before; ``None`` where it failed."""
    command = [sys.executable, "-m", evaluation.module, *map(str, evaluation.data)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=False, text=True)
    if done.returncode:
        return None
    return json.dumps({"evaluation": evaluation.name, **json.loads(done.stdout)})


def main() -> int:
    """Read the command line and run; gives 1 where an evaluation failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, default=os.environ.get(CORPORA), help="has ewt, gum, polnear, uner")
    parser.add_argument(
        "--articles", type=Path, default=os.environ.get(ARTICLES), help="has articles, gold, metadata.tsv"
    )
    parser.add_argument("--list", action="store_true", help="only list the evaluations and their data")
    options = parser.parse_args()
    nowhere = Path("absent")
    failed = False
    for evaluation in evaluations(corpora=Path(options.corpora or nowhere), articles=Path(options.articles or nowhere)):
        missing = [path for path in evaluation.data if not path.exists()]
        if options.list:
            where = " ".join(map(str, evaluation.data)) or "own data"
            sys.stdout.write(f"{evaluation.name}\t{evaluation.module}\t{where}{' (missing)' if missing else ''}\n")
        elif missing:
            sys.stderr.write(f"{evaluation.name}: left out, no {missing[0]}; give --corpora or --articles\n")
        elif (line := score(evaluation)) is None:
            failed = True
            sys.stderr.write(f"{evaluation.name}: failed, see above\n")
        else:
            sys.stdout.write(line + "\n")
            sys.stdout.flush()
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
