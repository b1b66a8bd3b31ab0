"""The decisions of one ranker as a sparse matrix: a row a candidate, a column a feature; weights are fitted to them."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from training.choices import Choice

SMALLEST, STEPS = 0.02, 150
FARTHEST = 30.0
TINY = 1e-9

Floats = NDArray[np.float64]
Loss = Callable[[Floats], tuple[float, Floats]]


class Decisions:
    """All decisions of one ranker, of which some can be fitted to and others scored.

    Args:
        single: each candidate is judged by itself, else one is chosen of all.
        or_none: no candidate may be right.
    """

    def __init__(self, *, single: bool, or_none: bool) -> None:
        self._single, self._or_none = single, or_none
        self._names: dict[str, int] = {}
        self._columns, self._values, self._ends = array("l"), array("d"), array("l", [0])
        self._right, self._group = array("b"), array("l")
        self._articles: list[str] = []

    def __len__(self) -> int:
        """Count the decisions."""
        return len(self._articles)

    def add(self, choices: Iterable[Choice], *, article: str) -> None:
        """Take decisions of one article."""
        for choice in choices:
            for features, right in choice.options:
                for name, value in features.items():
                    self._columns.append(self._names.setdefault(name, len(self._names)))
                    self._values.append(value)
                self._ends.append(len(self._columns))
                self._right.append(right)
                self._group.append(len(self._articles))
            self._articles.append(article)

    def fit(self, penalty: float, *, without: Collection[str] = ()) -> dict[str, float]:
        """Fit a weight a feature, small ones left out, on the decisions of all articles but some."""
        matrix, right, group = self._part(without=without)
        loss = self._each(matrix, right) if self._single else self._one_of(matrix, right, group)

        def penalised(weights: Floats) -> tuple[float, Floats]:
            value, gradient = loss(weights)
            return value + penalty * float(weights @ weights), gradient + 2 * penalty * weights

        start = np.zeros(len(self._names))
        found = minimize(penalised, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS}).x
        return {name: round(float(found[n]), 3) for name, n in self._names.items() if abs(found[n]) >= SMALLEST}

    def score(self, weights: dict[str, float], *, within: Collection[str]) -> tuple[int, int, int]:
        """Count the decisions of some articles, those with a right candidate, and of how many it comes first."""
        matrix, right, group = self._part(without=set(self._articles) - set(within))
        totals = matrix @ np.array([weights.get(name, 0.0) for name in self._names])
        count = possible = first = 0
        if not len(group):
            return count, possible, first
        begins = np.flatnonzero(np.diff(group)) + 1  # the rows of a decision stand together
        for good, total in zip(np.split(right, begins), np.split(totals, begins), strict=True):
            count += 1
            if good.any():
                possible += 1
                first += int(good[total.argmax()])
        return count, possible, first

    def _part(self, *, without: Collection[str]) -> tuple[csr_matrix, Floats, NDArray[np.int64]]:
        shape = (len(self._right), len(self._names))
        matrix = csr_matrix((np.array(self._values), np.array(self._columns), np.array(self._ends)), shape=shape)
        group = np.array(self._group)
        kept = np.array([article not in without for article in self._articles])[group]
        return matrix[kept], np.array(self._right, dtype=float)[kept], np.unique(group[kept], return_inverse=True)[1]

    @staticmethod
    def _each(matrix: csr_matrix, right: Floats) -> Loss:
        """The logistic loss of candidates that are judged one by one."""

        def loss(weights: Floats) -> tuple[float, Floats]:
            chance = 1 / (1 + np.exp(-(matrix @ weights).clip(-FARTHEST, FARTHEST)))
            value = -np.log(np.where(right > 0, chance, 1 - chance) + TINY).sum()
            return float(value), matrix.T @ (chance - right)

        return loss

    def _one_of(self, matrix: csr_matrix, right: Floats, group: NDArray[np.int64]) -> Loss:
        """Minus the log chance of the right ones among all (conditional logit).

        Decisions without a right one count only where none can be right.
        """
        count = int(group.max()) + 1
        some = np.bincount(group, right, minlength=count) > 0
        counted = some | self._or_none

        def loss(weights: Floats) -> tuple[float, Floats]:
            parts = np.exp((matrix @ weights).clip(-FARTHEST, FARTHEST))
            whole = np.bincount(group, parts, minlength=count) + self._or_none
            good = np.where(some, np.bincount(group, parts * right, minlength=count), float(self._or_none))
            value = -np.log((good / whole.clip(TINY)).clip(TINY))[counted].sum()
            held = np.where(some[group], parts * right / good[group].clip(TINY), 0.0)
            return float(value), matrix.T @ (counted[group] * (parts / whole[group].clip(TINY) - held))

        return loss
