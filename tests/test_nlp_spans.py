"""Tags of source, cue and content → spans and whole attributions, on scores made by hand."""

from __future__ import annotations

import numpy as np
import pytest

from claimkit.nlp.network import Floats, Scores
from claimkit.nlp.spans import attributions, runs
from tests.handmade import scored

RELATIONS = {"source": 0, "content": 1}


def chances(tags: str) -> Floats:
    """Give probabilities of O, B, I that spell the given tags, 0.8 each."""
    out = np.full((len(tags), 3), 0.1, dtype=np.float32)
    for i, tag in enumerate(tags):
        out[i, "OBI".index(tag)] = 0.8
    return out


def scores(n: int, **rows: dict[int, dict[int, float]]) -> Scores:
    """Give scores over ``n`` words in which only some relations are likely: ``relation={row: {target: score}}``."""
    relations = np.full((2, n + 1, n + 1), -9.0, dtype=np.float32)
    for name, found in rows.items():
        for row, targets in found.items():
            for target, score in targets.items():
                relations[RELATIONS[name], row, target] = score
    return scored(relations)


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ("OOO", []),
        ("BIO", [(0, 2)]),
        ("OBB", [(1, 2), (2, 3)]),
        ("OII", [(1, 3)]),
        ("BIIBI", [(0, 3), (3, 5)]),
        ("B", [(0, 1)]),
        ("", []),
    ],
)
def test_runs(tags: str, expected: list[tuple[int, int]]) -> None:
    """A run begins at B, or at an I that follows nothing, and goes on over I."""
    found = runs(chances(tags), ["OBI".index(tag) for tag in tags])
    assert [(start, end) for start, end, _ in found] == expected
    assert [score for _, _, score in found] == pytest.approx([0.9] * len(expected))


def test_cue_with_source_and_contents() -> None:
    """A cue takes its likeliest source and every content above the floor."""
    found = {"source": [(0, 2, 0.9)], "cue": [(2, 3, 0.9)], "content": [(3, 5, 0.9), (6, 7, 0.9), (7, 8, 0.9)]}
    row = scores(8, source={3: {1: 4.0}}, content={3: {4: 3.0, 7: 2.0}})
    assert list(attributions(found, row, RELATIONS)) == [((0, 2), (2, 3), ((3, 5), (6, 7)))]


def test_cue_without_source() -> None:
    """Where "no source" scores higher than every source, there is none."""
    found = {"source": [(0, 1, 0.9)], "cue": [(1, 2, 0.9)], "content": [(2, 3, 0.9)]}
    row = scores(3, source={2: {0: 2.0, 1: 1.0}}, content={2: {3: 1.0}})
    assert list(attributions(found, row, RELATIONS)) == [(None, (1, 2), ((2, 3),))]


def test_cue_keeps_its_best_content() -> None:
    """Where no content reaches the floor the best one is taken; where there is none the cue stands alone."""
    found = {"source": [], "cue": [(0, 1, 0.9)], "content": [(1, 2, 0.9), (2, 3, 0.9)]}
    row = scores(3, content={1: {2: -3.0, 3: -1.0}})
    assert list(attributions(found, row, RELATIONS)) == [(None, (0, 1), ((2, 3),))]
    assert list(attributions(found | {"content": []}, row, RELATIONS)) == [(None, (0, 1), ())]


def test_no_cue_no_attribution() -> None:
    """Sources and contents that no cue ties together are no attribution."""
    found = {"source": [(0, 1, 0.9)], "cue": [], "content": [(1, 2, 0.9)]}
    assert list(attributions(found, scores(2), RELATIONS)) == []
