"""Labels by the best path: what a label before says of the next."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from claimkit.nlp.sequences import WEIGHT, best_path

# none, begins, goes on: nothing goes on after none, and what has begun mostly goes on
TRANSITIONS = np.array([[0.1, 0.5, -9.0], [-0.5, -2.0, 2.0], [-0.5, -1.0, 2.0]], dtype=np.float32)


def test_each_word_s_best_label_stands_where_the_words_are_sure() -> None:
    """Words that are sure keep their labels, and words that are sure of none are not looked at."""
    chances = np.array([[0.99, 0.01, 0.0], [0.01, 0.98, 0.01], [0.01, 0.01, 0.98], [1.0, 0.0, 0.0]], dtype=np.float32)
    assert best_path(chances, TRANSITIONS) == [0, 1, 2, 0]
    assert best_path(chances[:1], TRANSITIONS) == [0]
    assert best_path(chances[:0], TRANSITIONS) == []


def test_a_doubtful_word_is_decided_by_the_one_before() -> None:
    """What can go on goes on after a beginning; after none it begins, and never goes on."""
    doubtful = [0.1, 0.46, 0.44]
    after_a_beginning = np.array([[0.0, 1.0, 0.0], doubtful], dtype=np.float32)
    after_none = np.array([[1.0, 0.0, 0.0], [0.1, 0.44, 0.46]], dtype=np.float32)
    assert best_path(after_a_beginning, TRANSITIONS) == [1, 2]
    assert best_path(after_none, TRANSITIONS) == [0, 1]


@pytest.mark.parametrize("seed", range(5))
def test_no_other_path_is_better(seed: int) -> None:
    """The path is the best of all, by trying them."""
    rng = np.random.default_rng(seed)
    chances = rng.dirichlet([0.4, 0.4, 0.4], size=5).astype(np.float32)
    chances = 0.94 * chances + 0.02  # no word is sure of none

    def worth(path: tuple[int, ...]) -> float:
        steps = sum(TRANSITIONS[a, b] for a, b in itertools.pairwise((0, *path, 0)))
        return float(sum(np.log(chances[i, label]) for i, label in enumerate(path)) + WEIGHT * steps)

    best = max(itertools.product(range(3), repeat=5), key=worth)
    assert worth(tuple(best_path(chances, TRANSITIONS))) == pytest.approx(worth(best), abs=1e-5)
