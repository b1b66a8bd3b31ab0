"""Fit the weights of sentences' beginnings: ``python -m training.boundaries MODEL DEV.conllu [DEV.conllu ...]``.

MODEL is the folder of an exported model, which gets ``boundaries.json``. The treebanks are their development sets: on
what the model was trained on it is surer than elsewhere.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Collection, Iterator
from pathlib import Path

from spacy.tokens import Doc

from claimkit import nlp
from claimkit.nlp.boundaries import FILE, Features, features
from claimkit.nlp.component import Reader, odds_of
from claimkit.nlp.windows import Window, blocks, following, pack, spaced
from evaluation.treebanks import as_doc, documents
from training.choices import Choice
from training.decisions import Decisions

PENALTY = 0.5


def examples(reader: Reader, doc: Doc, starts: Collection[int]) -> Iterator[tuple[Features, bool]]:
    """Give the features of every word but those that begin a paragraph, and whether it begins a sentence."""
    for first in pack(blocks(doc)):
        window: Window | None = first
        while window is not None:
            words = [doc[i].text for i in window.tokens]
            scores = reader.network.score(words)
            odds, apart = odds_of(scores), spaced(doc, window)
            sentences = reader.sentences(window, words, apart, scores, starts)
            begins = {start for start, _ in sentences}
            last = 0
            for at in range(1, sentences[-1][1]):
                if at not in window.breaks:
                    yield features(words, apart, at, at - last, float(odds[at])), at in begins
                last = at if at in begins else last
            window = following(window, sentences[-1][1])


def main(model: str, *paths: str) -> None:
    """Fit and write."""
    pipeline = nlp.load()
    reader = Reader(pipeline.vocab, folder=Path(model))
    options = [
        example
        for path in paths for gold in documents(Path(path))
        for example in examples(reader, as_doc(gold, pipeline.vocab), set(gold.starts))
    ]  # fmt: skip
    decisions = Decisions(single=True, or_none=False)
    decisions.add([Choice(article="", ranker="boundaries", options=options)], article="")
    weights = decisions.fit(PENALTY)
    (Path(model) / FILE).write_text(json.dumps(weights, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    sys.stdout.write(json.dumps({"words": len(options), "beginnings": sum(begins for _, begins in options)}) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
