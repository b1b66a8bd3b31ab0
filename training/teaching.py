"""What a teacher sees in texts, as labels for another network: it fills in what nobody annotated there."""

from __future__ import annotations

from collections.abc import Collection

from claimkit.nlp.pieces import Pieces
from training.corpora import Window
from training.model import Net
from training.scheme import CLAIM_HEADS, PARTS
from training.scores import read

TREE = ("tag", "upos", "start", "head", "dep")
"""Labels that are taken from a teacher together or not at all: heads lie within sentences."""


def teach(teacher: Net, windows: list[Window], pieces: Pieces) -> None:
    """Set ``taught`` of each window: the tags, sentences, trees, names and parts that a teacher sees in it.

    ``odds`` has, by head, how likely it holds each label of a claim at each word, ``(words, labels)``.
    """
    for batch, out, starts, heads in read(teacher, windows, pieces):
        found = {name: out[name].argmax(-1) for name in ("tag", "upos", "entity", *PARTS)}
        found |= {"start": starts, "head": heads, "dep": teacher.labels(out, heads).argmax(-1)}
        rows = {name: labels.tolist() for name, labels in found.items()}
        odds = {name: out[name].softmax(-1).half().numpy() for name in CLAIM_HEADS}
        for i, window in enumerate(batch):
            size = len(window["words"])
            window["taught"] = {name: row[i][:size] for name, row in rows.items()}
            window["odds"] = {name: table[i, :size] for name, table in odds.items()}


def lacks(window: Window, names: Collection[str]) -> bool:
    """Tell whether a teacher that was not asked yet has anything to give: a tree, or another label of ``names``."""
    bare = "head" not in window and "start" not in window
    return "taught" not in window and (bare or any(name not in window for name in set(names).difference(TREE)))


def fill(window: Window, names: Collection[str]) -> None:
    """Give a window those labels of ``names`` that it lacks, as its teacher sees them.

    Its ``parse``, by which predicates are found, is the teacher's tree, whether or not trees are among the names.
    """
    window.setdefault("parse", window["taught"]["head"])
    missing = set(window["taught"]) - (set(TREE) if "start" in window else set())
    for name in missing.intersection(names):
        window.setdefault(name, window["taught"][name])
