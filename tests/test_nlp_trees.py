"""Dependency trees from scores: the best tree by brute force, one root, no cycle, whatever the scores are."""

from __future__ import annotations

import itertools
import time

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from claimkit.nlp import trees

Floats = npt.NDArray[np.float32]


def well_formed(heads: list[int]) -> bool:
    """Tell by walking up from each word whether heads form one tree with one root."""
    if heads.count(0) != 1:
        return False
    for word in range(1, len(heads) + 1):
        seen = set()
        while word:
            if word in seen:
                return False
            seen.add(word)
            word = heads[word - 1]
    return True


def value(scores: Floats, heads: tuple[int, ...]) -> float:
    """Give the score of a tree."""
    return float(sum(np.float64(scores[word, head]) for word, head in enumerate(heads)))


def best_by_hand(scores: Floats) -> float:
    """Give the score of the best tree among all of them."""
    n = len(scores)
    choices = [[head for head in range(n + 1) if head != word + 1] for word in range(n)]
    return max(value(scores, heads) for heads in itertools.product(*choices) if well_formed(list(heads)))


@pytest.mark.parametrize("n", [1, 2, 3, 4, 5])
def test_best_of_all_trees(n: int) -> None:
    """For small sentences the tree has the score of the best among all well-formed trees."""
    rng = np.random.default_rng(n)
    for _ in range(40 if n < 5 else 8):
        scores = rng.normal(scale=4.0, size=(n, n + 1)).astype(np.float32)
        found = tuple(trees.heads(scores).tolist())
        assert well_formed(list(found))
        assert value(scores, found) == pytest.approx(best_by_hand(scores), abs=1e-4)


def test_best_where_many_words_want_the_root() -> None:
    """One root only, and the one that costs least, where every word likes the root best."""
    rng = np.random.default_rng(7)
    for _ in range(40):
        scores = rng.normal(size=(4, 5)).astype(np.float32)
        scores[:, 0] += 20.0
        found = tuple(trees.heads(scores).tolist())
        assert value(scores, found) == pytest.approx(best_by_hand(scores), abs=1e-4)


def test_root_that_is_unlikely() -> None:
    """A cycle through all words is opened at the least loss, even where no word likes the root."""
    scores = np.full((3, 4), -50.0, dtype=np.float32)
    scores[0, 2] = scores[1, 3] = scores[2, 1] = 9.0
    scores[1, 0] = -20.0
    assert trees.heads(scores).tolist() == [2, 0, 1]


def test_cycle_within_a_cycle() -> None:
    """A cycle that appears only after another one was contracted is opened as well."""
    scores = np.zeros((4, 5), dtype=np.float32)
    scores[0, 2] = scores[1, 1] = 10.0  # words 1 and 2 head each other
    scores[2, 1] = 9.0  # word 3 hangs on that cycle
    scores[0, 3] = 8.0  # and the cycle on word 3
    scores[3, 0] = 5.0
    scores[1, 4] = 3.0
    found = trees.heads(scores).tolist()
    assert well_formed(found)
    assert value(scores, tuple(found)) == pytest.approx(best_by_hand(scores))


def test_one_word_is_its_own_sentence() -> None:
    """A single word is the root."""
    assert trees.heads(np.array([[-3.0, 8.0]], dtype=np.float32)).tolist() == [0]


def test_no_word_is_its_own_head() -> None:
    """The scores of a word for itself are never looked at."""
    scores = np.zeros((3, 4), dtype=np.float32)
    scores[[0, 1, 2], [1, 2, 3]] = 100.0
    found = trees.heads(scores).tolist()
    assert well_formed(found)
    assert all(head != word for word, head in enumerate(found, 1))


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 25).flatmap(lambda n: arrays.arrays(np.float32, (n, n + 1), elements=st.floats(-100, 100, width=32)))
)
def test_always_well_formed(scores: Floats) -> None:
    """Any scores, ties included, give one root and no cycle."""
    assert well_formed(trees.heads(scores).tolist())


@pytest.mark.parametrize(
    ("heads", "expected"),
    [([0], True), ([2, 0], True), ([2, 1], False), ([0, 0], False), ([0, 3, 2], False), ([3, 1, 0, 3], True)],
)
def test_is_tree(heads: list[int], expected: bool) -> None:
    """One root and no cycle make a tree; two roots or a cycle beside the root do not."""
    assert trees.is_tree(np.array(heads)) is expected


def test_longest_sentence_is_decoded_quickly() -> None:
    """Random scores over a whole window, the worst that can come, take well under a second."""
    scores = np.random.default_rng(3).normal(size=(150, 151)).astype(np.float32)
    began = time.process_time()
    assert well_formed(trees.heads(scores).tolist())
    assert time.process_time() - began < 1.0
