"""Tags of source, cue and content → spans with scores, joined to whole attributions (PolNeAR's scheme)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from claimkit.nlp.network import Floats, Scores

PARTS = ("source", "cue", "content")
CONTENT_FLOOR = 0.5
"""Probability from which a further stretch belongs to a cue's content."""

ScoredRun = tuple[int, int, float]
Run = tuple[int, int]


def runs(chances: Floats, labels: Sequence[int]) -> list[ScoredRun]:
    """Give the runs of a part from the labels O, B, I (0, 1, 2) of its words.

    Each has the mean probability of not being O, by ``chances`` ``(n, 3)``.
    """
    found: list[ScoredRun] = []
    start = None
    for i, label in enumerate([*labels, 0]):
        if start is not None and label != 2:
            found.append((start, i, float(1.0 - chances[start:i, 0].mean())))
            start = None
        if label == 1 or (label == 2 and start is None):
            start = i
    return found


def attributions(
    found: Mapping[str, Sequence[ScoredRun]], scores: Scores, relations: Mapping[str, int]
) -> Iterator[tuple[Run | None, Run, tuple[Run, ...]]]:
    """Join each cue to its source and its stretches of content: ``(source, cue, contents)``."""
    sources = [(a, b) for a, b, _ in found["source"]]
    contents = [(a, b) for a, b, _ in found["content"]]
    scores.prepare(start + 1 for start, _, _ in found["cue"])
    for start, end, _ in found["cue"]:
        row = scores.relation(relations["source"], start + 1)
        best = max(sources, key=lambda run: row[run[0] + 1], default=None)
        source = best if best and row[best[0] + 1] > row[0] else None
        row = scores.relation(relations["content"], start + 1)
        chances = {run: 1.0 / (1.0 + np.exp(-float(row[run[0] + 1]))) for run in contents}
        chosen = [run for run in contents if chances[run] >= CONTENT_FLOOR]
        if not chosen and contents:
            chosen = [max(contents, key=chances.__getitem__)]
        yield source, (start, end), tuple(chosen)
