"""Which paragraphs can hold a claim about a conflict at all: a test by words alone, before the parse, which is dear.

Each word has a weight where it stands in the paragraph and one where it stands in the article; a paragraph is read
where the sum is above a floor, and an article that is about a conflict for the most part is read whole. The weights lie
beside the packaged model (``python -m training.relevance``) and were fitted so that on articles about wars hardly a
paragraph with a claim is passed over; in other news most are.
"""

from __future__ import annotations

import json
import math
import operator
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

from claimkit.records import READ_KINDS, Block, Document

WEIGHTS: Final = Path(__file__).parent / "nlp" / "model" / "relevance.json"
_WORD: Final = re.compile(r"[^\W\d_]+")


def words_of(text: str) -> frozenset[str]:
    """Give the words of a text in lower case, each once."""
    return frozenset(_WORD.findall(text.lower()))


class Relevance:
    """The weights of words.

    Args:
        bias: the score of an empty paragraph.
        own: weights of the words of the paragraph.
        around: weights of the words of the whole article.
    """

    def __init__(self, *, bias: float, own: dict[str, float], around: dict[str, float]) -> None:
        self._bias, self._own, self._around = bias, own, around

    @staticmethod
    @cache
    def default() -> Relevance:
        """Give the packaged weights."""
        found = json.loads(WEIGHTS.read_bytes())
        return Relevance(bias=found["bias"], own=found["own"], around=found["around"])

    def scores(self, paragraphs: Iterable[str]) -> list[float]:
        """Give for each paragraph of an article the chance, in [0, 1], that it holds a claim."""
        words = [words_of(paragraph) for paragraph in paragraphs]
        whole = frozenset().union(*words)
        # fsum is exact, so that the order of a set, which differs from run to run, cannot matter.
        around = math.fsum(self._around.get(word, 0.0) for word in whole) / math.sqrt(len(whole) or 1)
        sums = (self._bias + around + math.fsum(self._own.get(word, 0.0) for word in own) for own in words)
        return [1.0 / (1.0 + math.exp(-total)) for total in sums]

    def worth_reading(self, document: Document, *, floor: float, whole: float, short: int) -> tuple[Block, ...]:
        """Give the blocks of an article that are worth parsing, of those that are read for claims.

        Args:
            document: the article.
            floor: the least chance of a claim.
            whole: the mean chance of its paragraphs, by their length, from which an article is read whole.
            short: code points; a shorter text tells too little by its words and is parsed whole.
        """
        read = [block for block in document.blocks if block.kind in READ_KINDS]
        if floor <= 0.0 or len(document.text) < short:
            return tuple(read)
        scores = self.scores(document.text[block.start : block.end] for block in read)
        lengths = [block.end - block.start for block in read]
        if math.fsum(map(operator.mul, scores, lengths)) >= whole * sum(lengths):
            return tuple(read)
        return tuple(block for block, score in zip(read, scores, strict=True) if score >= floor)
