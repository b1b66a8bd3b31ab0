"""Fit the rankers of claims, parties and places: ``python -m training.ranking OUT.json FOLDER [FOLDER ...]``.

Each FOLDER holds articles in the form of ``training.written`` that the model was not trained on (``held_out/``): there
its scores are what they are on new articles. Which predicates are claims is fitted on them alone, and first, as the
others rank for those. Parties and places are fitted on those of ``--more`` as well, of which the model knows the words:
it is hardly surer there, and words tell more in more articles. ``--folds N`` tells how often each ranker is right on
articles of FOLDER that it was not fitted on.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from claimkit import Extractor
from claimkit.ranking import Ranker
from training.choices import Choice, choices_of, claims_of, read
from training.decisions import Decisions
from training.written import files

SEED, PENALTY = 1, 5.0
RANKERS = ("claim", "source", "actor", "here", "back")
OR_NONE = ("claim", "source", "actor", "back")
"""Rankers of which no candidate may be right."""


@cache
def extractor() -> Extractor:
    """Load what reads the articles, once a process."""
    return Extractor()


def of_claims(path: Path) -> list[Choice]:
    """Give the decisions of one article about claims."""
    return list(claims_of(read(extractor(), path)))


def of_parties_and_places(path: Path) -> list[Choice]:
    """Give the decisions of one article about parties and places."""
    return list(choices_of(extractor(), read(extractor(), path)))


def take(decisions: dict[str, Decisions], found: Iterable[tuple[Path, list[Choice]]]) -> None:
    """Add the decisions of articles to those of their rankers."""
    for path, choices in found:
        for choice in choices:
            decisions[choice.ranker].add([choice], article=str(path))


def over(what: Callable[[Path], list[Choice]], paths: Sequence[Path], jobs: int) -> Iterator[tuple[Path, list[Choice]]]:
    """Give the decisions of each article, by several processes."""
    with multiprocessing.get_context("fork").Pool(jobs) as pool:
        yield from zip(paths, pool.imap(what, paths, chunksize=4), strict=True)


def main() -> None:
    """Read the command line, fit and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--more", type=Path, nargs="*", default=[], help="folders of articles that the model knows")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--penalty", type=float, default=PENALTY, help="strength of the L2 penalty")
    options = parser.parse_args()
    new, known = ([path for folder in folders for path in files(folder)] for folders in (options.folders, options.more))
    decisions = {name: Decisions(single=name == "here", or_none=name in OR_NONE) for name in RANKERS}
    take(decisions, over(of_claims, new, options.jobs))
    Ranker.install("claim", decisions["claim"].fit(options.penalty))
    take(decisions, over(of_parties_and_places, [*new, *known], options.jobs))
    articles = sorted(map(str, new))
    random.Random(SEED).shuffle(articles)
    fitted = {}
    for name in RANKERS:
        totals = [0, 0, 0]
        for fold in range(options.folds):
            test = set(articles[fold :: options.folds])
            counts = decisions[name].score(decisions[name].fit(options.penalty, without=test), within=test)
            totals = [a + b for a, b in zip(totals, counts, strict=True)]
        print(
            json.dumps({"ranker": name, "decisions": totals[0], "possible": totals[1], "first": totals[2]}), flush=True
        )
        fitted[name] = decisions[name].fit(options.penalty)
    options.out.write_text(json.dumps(fitted, indent=0, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
