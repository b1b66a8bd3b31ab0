"""Is confidence what it says? ``python -m evaluation.calibration ARTICLES GOLD METADATA [--write] [--picture FILE]``.

Fits the weights of ``claimkit.confidence`` on annotated articles. The figures are of claims whose article was left out
of the fit: expected calibration error over ten bins (Naeini et al. 2015), Brier score, and area under the ROC curve.
``--write`` fits on all articles and writes the weights beside the model; ``--picture`` draws the reliability diagram.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from claimkit import Extractor
from claimkit.collecting import claim_of
from claimkit.confidence import WEIGHTS, features
from claimkit.gold import Articles, read_scored
from claimkit.reader import read_paths
from claimkit.records import Document
from claimkit.scoring import Scored, pairs
from claimkit.settings import Settings

BINS = 10
PENALTY = 2.0
STEPS = 50
SIZE, EDGE = 320, 40


class Judged(NamedTuple):
    """A claim: its article, its features, and whether its claimant and event class are right."""

    article: str
    features: dict[str, float]
    right: bool


def judged(articles: Path, gold: Path, metadata: Path) -> Iterator[Judged]:
    """Extract the claims of all articles and tell which are right at the level *core*."""
    extractor, settings = Extractor(), Settings(metadata=str(metadata))
    annotated = read_scored(gold, articles=Articles(articles, settings=settings))
    documents = [doc for doc in read_paths([articles], settings=settings) if isinstance(doc, Document)]
    for reading in extractor.readings(doc for doc in documents if Path(doc.path).stem in annotated):
        stem = Path(reading.document.path).stem
        by_id = {claim_of(reading, draft, parties=extractor.parties).id: draft for draft in reading.drafts}
        found = [Scored.of(claim) for claim in reading.claims]
        chosen = {j: i for i, j in pairs(annotated[stem], predicted=found)}
        for at, claim in enumerate(reading.claims):
            match = annotated[stem][chosen[at]] if at in chosen else None
            right = match is not None and (match.claimant, match.event) == (claim.claimant.id, claim.event.type)
            yield Judged(stem, features(by_id[claim.id]), right)


def fit(claims: Sequence[Judged], names: Sequence[str]) -> dict[str, float]:
    """Fit a logistic regression with a small L2 penalty by Newton's method."""
    inputs = np.array([[claim.features[name] for name in names] for claim in claims])
    right = np.array([claim.right for claim in claims], dtype=float)
    weights = np.zeros(len(names))
    for _ in range(STEPS):
        chances = 1 / (1 + np.exp(-inputs @ weights))
        slope = inputs.T @ (right - chances) - PENALTY * weights
        bend = (inputs.T * (chances * (1 - chances))) @ inputs + PENALTY * np.eye(len(names))
        weights += np.linalg.solve(bend, slope)
    return dict(zip(names, weights.round(4).tolist(), strict=True))


def held_out(claims: Sequence[Judged], names: Sequence[str]) -> list[tuple[float, bool]]:
    """Give chance and truth of each claim, by weights fitted on the other articles."""
    out = []
    for article in sorted({claim.article for claim in claims}):
        weights = fit([claim for claim in claims if claim.article != article], names)
        for claim in claims:
            if claim.article == article:
                score = sum(weights[name] * claim.features[name] for name in names)
                out.append((float(1 / (1 + np.exp(-score))), claim.right))
    return out


def bins(said: Sequence[tuple[float, bool]]) -> list[tuple[float, float, int]]:
    """Give mean chance, share that is right, and number of the claims in each tenth that has any."""
    groups: dict[int, list[tuple[float, bool]]] = {}
    for chance, right in said:
        groups.setdefault(min(BINS - 1, int(chance * BINS)), []).append((chance, right))
    return [
        (sum(c for c, _ in group) / len(group), sum(r for _, r in group) / len(group), len(group))
        for _, group in sorted(groups.items())
    ]


def figures(said: Sequence[tuple[float, bool]]) -> dict[str, float]:
    """Give the figures of held-out claims."""
    right, wrong = [c for c, r in said if r], [c for c, r in said if not r]
    above = sum((one > other) + (one == other) / 2 for one in right for other in wrong)
    return {
        "claims": len(said),
        "right": round(len(right) / len(said), 4),
        "ece": round(sum(abs(mean - share) * size for mean, share, size in bins(said)) / len(said), 4),
        "brier": round(sum((chance - r) ** 2 for chance, r in said) / len(said), 4),
        "auc": round(above / (len(right) * len(wrong)), 4),
    }


def picture(said: Sequence[tuple[float, bool]]) -> str:
    """Draw the reliability diagram: a disc for each tenth, its area the number of claims, beside the diagonal."""
    inner = SIZE - 2 * EDGE

    def at(x: float, y: float) -> tuple[float, float]:
        return round(EDGE + inner * x, 1), round(SIZE - EDGE - inner * y, 1)

    (x0, y0), (x1, y1) = at(0, 0), at(1, 1)
    marks = [f'<line x1="{x0}" y1="{y0}" x2="{x1}" y2="{y1}" stroke="#999" stroke-dasharray="4 4"/>']
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        (x, _), (_, y) = at(tick, 0), at(0, tick)
        marks.append(f'<text x="{x}" y="{y0 + 16}" text-anchor="middle">{tick:g}</text>')
        marks.append(f'<text x="{x0 - 6}" y="{y + 4}" text-anchor="end">{tick:g}</text>')
    for mean, share, size in bins(said):
        x, y = at(mean, share)
        radius = round(2 + (size / len(said)) ** 0.5 * 24, 1)
        marks.append(f'<circle cx="{x}" cy="{y}" r="{radius}" fill="#2a6f97" fill-opacity="0.65">'
                     f"<title>{size} claims: {mean:.2f} said, {share:.2f} right</title></circle>")  # fmt: skip
    middle = SIZE / 2
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}" font-family="sans-serif" font-size="11">'
        f'<rect width="{SIZE}" height="{SIZE}" fill="white"/>'
        f'<path d="M{x0} {y1}V{y0}H{x1}" fill="none" stroke="#333"/>{"".join(marks)}'
        f'<text x="{middle}" y="{SIZE - 6}" text-anchor="middle">confidence</text>'
        f'<text x="12" y="{middle}" text-anchor="middle" transform="rotate(-90 12 {middle})">share right</text></svg>\n'
    )


def main() -> None:
    """Read the command line and print one JSON line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("articles", "gold", "metadata"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--picture", type=Path)
    options = parser.parse_args()
    claims = list(judged(options.articles, options.gold, options.metadata))
    names = list(claims[0].features)
    said = held_out(claims, names)
    print(json.dumps(figures(said)))
    if options.write:
        WEIGHTS.write_text(json.dumps(fit(claims, names), indent=1) + "\n", encoding="utf-8")
    if options.picture:
        options.picture.write_text(picture(said), encoding="utf-8")


if __name__ == "__main__":
    main()
