"""Fitting the rankers' weights: one of several candidates, each by itself, none of them, articles left out."""

from __future__ import annotations

import pytest

from training.choices import Choice
from training.decisions import Decisions


def decided(*options: tuple[dict[str, float], bool]) -> Choice:
    """Make one decision."""
    return Choice(article="", ranker="source", options=list(options))


NEAR, FAR = {"bias": 1.0, "near": 1.0}, {"bias": 1.0, "far": 1.0}


def test_the_right_one_of_several_comes_first() -> None:
    """Where the near one is right, nearness gets weight, and comes first in articles that were not fitted."""
    decisions = Decisions(single=False, or_none=False)
    for article in ("one", "two", "three"):
        decisions.add([decided((NEAR, True), (FAR, False)), decided((FAR, False), (NEAR, True))], article=article)
    weights = decisions.fit(0.1, without={"three"})
    assert weights["near"] > 0 > weights["far"]
    assert decisions.score(weights, within={"three"}) == (2, 2, 2)
    assert len(decisions) == 6


def test_an_article_left_out_is_not_learnt_from() -> None:
    """A word of that article alone has no weight."""
    decisions = Decisions(single=False, or_none=False)
    decisions.add([decided((NEAR, True), (FAR, False))], article="one")
    decisions.add([decided(({"odd": 1.0}, True), (FAR, False))], article="two")
    assert "odd" not in decisions.fit(0.1, without={"two"})
    assert decisions.fit(0.1)["odd"] > 0


@pytest.mark.parametrize(("or_none", "expected"), [(True, -1), (False, 0)])
def test_decisions_without_a_right_candidate(or_none: bool, expected: int) -> None:
    """Where none can be right they speak against the candidates, else they tell nothing."""
    decisions = Decisions(single=False, or_none=or_none)
    decisions.add([decided((FAR, False))] * 5, article="one")
    weight = decisions.fit(0.1).get("far", 0.0)
    assert (weight > 0) - (weight < 0) == expected
    assert decisions.score({}, within={"one"}) == (5, 0, 0)


def test_candidates_one_by_one() -> None:
    """Several of one decision can be right, or none."""
    decisions = Decisions(single=True, or_none=False)
    decisions.add([decided((NEAR, True), (NEAR, True), (FAR, False)), decided((FAR, False))] * 3, article="one")
    weights = decisions.fit(0.1)
    assert weights["near"] > 0 > weights["far"]
