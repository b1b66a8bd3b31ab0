"""Where sentences begin: the model's odds with the marks around a word."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from claimkit import nlp
from claimkit.nlp.boundaries import FILE, NEVER, Boundaries, features

UNSURE = -1.0


def words_of(text: str) -> tuple[list[str], list[bool]]:
    """Cut a text at spaces; "_" joins a word to the one before."""
    parts = text.split()
    return [part.lstrip("_") or "_" for part in parts], [not part.startswith("_") for part in parts]


@pytest.mark.parametrize(("text", "at", "expected"), [
    ("It fell _. Kyiv denied", 3, {"stop", "capital", "stop&capital"}),
    ("It fell _. and rose", 3, {"stop", "small", "stop&small"}),
    ('It fell _. _" Kyiv denied', 4, {"closed", "capital", "closed&capital"}),
    ('It fell _. _" Kyiv denied', 3, {"stop", "closes", "stop&closes"}),
    ('It fell _. " Kyiv fell', 3, {"stop", "opens", "stop&opens"}),
    ('It fell _. " Kyiv fell', 4, {"capital"}),
    ("the U.S. Army said", 2, {"dotted", "capital", "dotted&capital"}),
    ("he said _: We held", 3, {"capital", "colon"}),
    ("31 dead _, Kyiv says", 3, {"capital", "comma"}),
])  # fmt: skip
def test_the_marks_around_a_word(text: str, at: int, expected: set[str]) -> None:
    """A stop, a quotation mark that closes or opens, an abbreviation, and the shape of the word tell."""
    words, spaced = words_of(text)
    found = features(words, spaced, at, 3, UNSURE)
    assert {name for name, value in found.items() if value} - {"bias", "odds", "since"} == expected


def test_marks_weigh_in_with_the_model() -> None:
    """A capital after a stop begins a sentence though the model is unsure, but not where it is sure of the contrary."""
    weights = Boundaries({"odds": 1.0, "stop&capital": 2.0})
    words, spaced = words_of("It fell _. Kyiv denied it")
    for odds, expected in ((UNSURE, [0, 3]), (-3.0, [0])):
        assert weights.starts(words, spaced, np.array([5.0, -9.0, -9.0, odds, -9.0, -9.0]), ()) == expected


def test_what_is_given_begins_a_sentence() -> None:
    """Paragraphs begin sentences, and so does the first word; far from any stop only the model tells."""
    words, spaced = words_of("Truce talks Kyiv denied it")
    unlikely = np.full(5, NEVER - 1)
    assert Boundaries({"bias": 9.0}).starts(words, spaced, unlikely, {2}) == [0, 2]
    assert Boundaries({"odds": 1.0}).starts(words, spaced, np.array([0, -2.0, -2.0, 2.0, -2.0]), ()) == [0, 3]


def test_a_model_without_weights_goes_by_its_odds(tmp_path: Path) -> None:
    """The file is written by ``training.boundaries``; what another model lacks is no fault."""
    words, spaced = words_of("It fell _. Kyiv denied it")
    odds = np.array([5.0, -9.0, -9.0, 0.1, -9.0, -9.0])
    assert Boundaries.load(tmp_path).starts(words, spaced, odds, ()) == [0, 3]
    (tmp_path / FILE).write_text(json.dumps({"odds": 1.0, "bias": -1.0}), encoding="utf-8")
    assert Boundaries.load(tmp_path).starts(words, spaced, odds, ()) == [0]


@pytest.mark.model
@pytest.mark.parametrize(("text", "expected"), [
    ("Norland says it holds the hill. Sudland says it does not.", 2),
    ('"This is a lie," the ministry said in a post. "The town remains ours."', 2),
    ("The ambush was not confirmed. A driver who survived said gunmen opened fire.", 2),
    ("The U.S. Army said that Gen. John Smith had left the town.", 1),
])  # fmt: skip
def test_sentences_of_news(text: str, expected: int) -> None:
    """Edited text is cut where its stops are."""
    assert len(list(nlp.load()(text).sents)) == expected
