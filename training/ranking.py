"""Fit the rankers of claims, parties and places: ``python -m training.ranking OUT.json FOLDER [FOLDER ...]``.

Each FOLDER holds articles in the form of ``training.written`` that the model was not trained on (``held_out/``): only
there are its scores what they are on new articles. Which predicates are claims is fitted first, as the others rank for
those. ``--folds N`` tells how often each ranker is right on articles that it was not fitted on.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from claimkit import Extractor
from claimkit.ranking import Ranker
from training.choices import Choice, choices_of, claims_of, read
from training.written import files

SEED, SMALLEST, PENALTY, STEPS = 1, 0.02, 5.0, 60
RANKERS = ("claim", "source", "actor", "here", "back")
OR_NONE = ("claim", "source", "actor", "back")
"""Rankers of which no candidate may be right."""


def fit(choices: Sequence[Choice], ranker: str, penalty: float) -> dict[str, float]:
    """Fit one ranker, a weight a feature: each candidate by itself (``here``), or one of all (conditional logit)."""
    options = [features for choice in choices for features, _ in choice.options]
    names = {name: column for column, name in enumerate(sorted({name for features in options for name in features}))}
    cells = [(row, names[name], value) for row, features in enumerate(options) for name, value in features.items()]
    rows, columns, values = zip(*cells, strict=True)
    matrix = torch.sparse_coo_tensor(
        torch.tensor([rows, columns]), torch.tensor(values, dtype=torch.float32), (len(options), len(names)),
        check_invariants=False,
    ).coalesce()  # fmt: skip
    right = torch.tensor([float(right) for choice in choices for _, right in choice.options])
    group = torch.tensor([number for number, choice in enumerate(choices) for _ in choice.options])
    weights = torch.zeros(len(names), requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=STEPS, line_search_fn="strong_wolfe")

    def loss() -> Tensor:
        optimizer.zero_grad()
        totals = torch.sparse.mm(matrix, weights.unsqueeze(1)).squeeze(1)
        if ranker == "here":
            wrong = functional.binary_cross_entropy_with_logits(totals, right, reduction="sum")
        else:
            wrong = _one_of(totals, right, group, len(choices), or_none=ranker in OR_NONE)
        out: Tensor = wrong + penalty * (weights**2).sum()
        out.backward()
        return out

    optimizer.step(loss)
    found = zip(names, weights.tolist(), strict=True)
    return {name: round(weight, 3) for name, weight in found if abs(weight) >= SMALLEST}


def _one_of(totals: Tensor, right: Tensor, group: Tensor, count: int, *, or_none: bool) -> Tensor:
    """Give minus the log chance of the right candidates; decisions without one count only where none can be right."""
    parts = totals.clamp(-30, 30).exp()
    whole = torch.zeros(count).index_add(0, group, parts) + float(or_none)
    good = torch.zeros(count).index_add(0, group, parts * right)
    some = torch.zeros(count).index_add(0, group, right) > 0
    chances = torch.where(some, good, torch.full_like(good, float(or_none))) / whole.clamp(min=1e-9)
    return -chances[some | or_none].clamp(min=1e-9).log().sum()


def accuracy(choices: Sequence[Choice], weights: dict[str, float]) -> tuple[int, int, int]:
    """Give how many decisions there are, how many have a right candidate, and of how many it comes first."""
    possible = first = 0
    for choice in choices:
        totals = [sum(weights.get(n, 0.0) * v for n, v in features.items()) for features, _ in choice.options]
        if any(right for _, right in choice.options):
            possible += 1
            first += choice.options[totals.index(max(totals))][1]
    return len(choices), possible, first


def main() -> None:
    """Read the command line, fit and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--penalty", type=float, default=PENALTY, help="strength of the L2 penalty")
    options = parser.parse_args()
    extractor = Extractor()
    found: dict[str, list[Choice]] = defaultdict(list)
    read_ones = [read(extractor, path) for folder in options.folders for path in files(folder)]
    found["claim"] = [choice for article in read_ones for choice in claims_of(article)]
    Ranker.install("claim", fit(found["claim"], "claim", options.penalty))
    for article in read_ones:
        for choice in choices_of(extractor, article):
            found[choice.ranker].append(choice)
    articles = sorted({choice.article for choices in found.values() for choice in choices})
    random.Random(SEED).shuffle(articles)
    for ranker in RANKERS:
        totals = [0, 0, 0]
        for fold in range(options.folds):
            test = set(articles[fold :: options.folds])
            weights = fit([c for c in found[ranker] if c.article not in test], ranker, options.penalty)
            counts = accuracy([c for c in found[ranker] if c.article in test], weights)
            totals = [a + b for a, b in zip(totals, counts, strict=True)]
        print(json.dumps({"ranker": ranker, "decisions": totals[0], "possible": totals[1], "first": totals[2]}))
    fitted = {ranker: fit(found[ranker], ranker, options.penalty) for ranker in RANKERS}
    options.out.write_text(json.dumps(fitted, indent=0, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
