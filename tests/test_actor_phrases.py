"""The words around a name that say who it is."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from claimkit.actor_phrases import descriptions, has_age

VOCAB = spacy.blank("en").vocab
FINITE = {"said": "VBD", "rejected": "VBD", "who": "WP", "speaking": "VBG", "after": "IN"}


def text(words: str) -> Doc:
    """Make a parse that has missed every apposition; verbs and the like have their tags."""
    split = words.split()
    tags = [FINITE.get(word, "NN") for word in split]
    return Doc(VOCAB, words=split, heads=[0] * len(split), deps=["root", *["dep"] * (len(split) - 1)], tags=tags)


@pytest.mark.parametrize(("words", "expected"), [
    ("Jan Kos , Norland's minister until May , said no", ["Jan Kos , Norland's minister until May"]),
    ("Jan Kos , who commands the army , said no", []),
    ("Jan Kos , speaking to reporters , said no", []),
    ("Jan Kos , after the talks , said no", []),
    ("Jan Kos said no", []),
])  # fmt: skip
def test_what_stands_behind_a_name_between_commas(words: str, expected: list[str]) -> None:
    """A description, but no clause."""
    assert [found.text for found in descriptions(text(words)[0:2])][1:] == expected


@pytest.mark.parametrize(("words", "expected"), [
    ("Norland's foreign minister , Jan Kos , rejected it", ["Norland's foreign minister , Jan Kos"]),
    ("the head of the centre , Colonel Jan Kos , rejected it", ["the head of the centre , Colonel Jan Kos"]),
    ("the head of the centre , whom Colonel Jan Kos rejected", []),
    ("It was rejected , Jan Kos said", []),
    ("after the talks , Jan Kos said no", []),
])  # fmt: skip
def test_what_stands_before_a_name(words: str, expected: list[str]) -> None:
    """A description before the comma, up to a verb or the start of the sentence."""
    doc = text(words)
    at = words.split().index("Jan")
    before = [found.text for found in descriptions(doc[at : at + 2]) if found.start < at]
    assert before == expected


@pytest.mark.parametrize(("words", "expected"), [
    ("Jan Kos , 64 , said no", True),
    ("no , said Jan Kos , 64 .", True),
    ("no , said Jan Kos , 64", True),
    ("Jan Kos , 64 soldiers and a dog left", False),
    ("Jan Kos , 2024 , page 3", False),
    ("Jan Kos said no", False),
])  # fmt: skip
def test_an_age_behind_a_name(words: str, expected: bool) -> None:
    """Two figures between commas; a number of something, or a year, is no age."""
    doc = Doc(VOCAB, words=words.split())
    at = words.split().index("Jan")
    assert has_age(doc[at : at + 2]) is expected
