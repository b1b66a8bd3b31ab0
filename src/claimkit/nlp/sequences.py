"""Labels of words that depend on the label before: the best path (Viterbi 1967) instead of each word's best label."""

from __future__ import annotations

import numpy as np

from claimkit.nlp.network import Floats

OUTSIDE = 0
"""The label that stands for none."""
SURE = 0.98
"""Probability of "none" from which a word has no label whatever its neighbours have; paths run between such words."""
WEIGHT = 0.4
"""How much the transitions count beside the words; at 1 they would count what the words tell of each other twice."""


def best_path(chances: Floats, transitions: Floats) -> list[int]:
    """Give the labels of a run of words.

    Args:
        chances: the probability of each label for each word, ``(n, labels)``; label 0 stands for none.
        transitions: ``(labels, labels)``: the logarithm of how much likelier a label is after another than by itself.
    """
    labels = np.zeros(len(chances), dtype=np.int64)
    open_words = np.flatnonzero(chances[:, OUTSIDE] < SURE)
    if not len(open_words):
        return labels.tolist()
    scores, steps = np.log(np.maximum(chances, 1e-9)), WEIGHT * transitions
    for run in np.split(open_words, np.flatnonzero(np.diff(open_words) > 1) + 1):
        start, end = int(run[0]), int(run[-1]) + 1
        labels[start:end] = _path(scores[start:end], steps)
    return labels.tolist()


def _path(scores: Floats, steps: Floats) -> list[int]:
    """Give the best path between two words without label."""
    total, back = scores[0] + steps[OUTSIDE], []
    for score in scores[1:]:
        options = total[:, None] + steps
        back.append(options.argmax(axis=0))
        total = options.max(axis=0) + score
    found = [int((total + steps[:, OUTSIDE]).argmax())]
    for before in reversed(back):
        found.append(int(before[found[-1]]))
    return found[::-1]
