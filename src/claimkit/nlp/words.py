"""Lemma and morphology of single words, by the tables that come with the model (``words.json``)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from claimkit.nlp.lemmas import Lemmas


class Morphology:
    """Universal features by Penn tag, by word and tag for closed classes (pronouns, determiners, forms of *be*)."""

    def __init__(self, tags: Mapping[str, str], words: Mapping[str, str]) -> None:
        self._tags, self._words = tags, words

    def features(self, word: str, tag: str) -> str:
        """Give the features as in CoNLL-U (``Number=Sing|Person=3``), empty if there are none."""
        return self._words.get(f"{tag} {word.lower()}") or self._tags.get(tag, "")


def load(folder: Path) -> tuple[Lemmas, Morphology]:
    """Read ``words.json`` of a model folder."""
    table = json.loads((folder / "words.json").read_text(encoding="utf-8"))
    lemmas, morphology = table["lemmas"], table["morphology"]
    return Lemmas(lemmas["known"], lemmas["exceptions"]), Morphology(morphology["tags"], morphology["words"])
