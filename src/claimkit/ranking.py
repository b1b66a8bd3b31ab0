"""Candidates ranked by weighted features: log-linear models that were fitted on annotated articles.

A model is a weight for each named feature; the weights lie beside the packaged model (``ranking.json``, written by
``python -m training.ranking``). A feature without a weight counts nothing.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

WEIGHTS: Final = Path(__file__).parent / "nlp" / "model" / "ranking.json"
UNLIKELY = 0.01

Features = Mapping[str, float]
Chances = tuple[tuple[int, float], ...]
"""Tokens, each with its chance."""


class Ranker:
    """One fitted model.

    Args:
        weights: the weight of each feature.
    """

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._weights = weights

    @staticmethod
    @cache
    def named(name: str) -> Ranker:
        """Give a packaged model by its name."""
        return Ranker(_packaged().get(name, {}))

    @staticmethod
    def install(name: str, weights: Mapping[str, float]) -> None:
        """Take other weights for a model in this process, as where one is fitted on what another finds."""
        _packaged()[name] = dict(weights)
        Ranker.named.cache_clear()

    def chance(self, features: Features) -> float:
        """Give the chance, in (0, 1), that one candidate is right, whatever the others are."""
        return 1.0 / (1.0 + math.exp(-self._total(features)))

    def chances(self, options: Sequence[Features], *, or_none: bool) -> list[float]:
        """Give each candidate's chance to be the one right one; with ``or_none``, none may be right."""
        parts = [math.exp(self._total(features)) for features in options]
        whole = math.fsum(parts) + or_none
        return [part / whole for part in parts]

    def _total(self, features: Features) -> float:
        # fsum is exact, so that the order of the features cannot matter.
        total = math.fsum(self._weights.get(name, 0.0) * value for name, value in features.items())
        return min(max(total, -30.0), 30.0)


@cache
def _packaged() -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = json.loads(WEIGHTS.read_bytes())
    return found


def log_odds(chance: float) -> float:
    """Give the logarithm of the odds of a chance, bounded."""
    chance = min(max(chance, UNLIKELY), 1 - UNLIKELY)
    return math.log(chance / (1 - chance))


def ago(sentences: int) -> str:
    """Give how long ago something was, in steps that grow."""
    for most, name in ((0, "0"), (1, "1"), (2, "2"), (4, "3-4"), (8, "5-8"), (16, "9-16")):
        if sentences <= most:
            return name
    return "more"
