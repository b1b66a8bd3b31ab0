"""Lemmas: suffix rules with a list of known lemmas, exceptions, and the packaged tables on words of war reporting."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimkit.nlp import words
from claimkit.nlp.component import MODEL
from claimkit.nlp.lemmas import Lemmas, word_class

TABLE = Path(__file__).parent / "data" / "lemmas.tsv"
"""Word, tag and lemma of words that reporting on wars uses: ours, written for this test."""
BARE = Lemmas({}, {})
ROWS = [tuple(line.split("\t")) for line in TABLE.read_text(encoding="utf-8").splitlines() if line[:1] not in ("", "#")]


@pytest.mark.parametrize(
    ("tag", "kind"),
    [("VBD", "verb"), ("MD", "verb"), ("NNS", "noun"), ("NNPS", "proper"), ("NNP", "proper"), ("JJR", "adjective"),
     ("RBR", "adjective"), ("IN", "other"), ("", "other")],
)  # fmt: skip
def test_word_class(tag: str, kind: str) -> None:
    """Each Penn tag belongs to one table."""
    assert word_class(tag) == kind


@pytest.mark.parametrize(
    ("word", "tag", "lemma"),
    [
        ("shelled", "VBD", "shell"),
        ("attacks", "VBZ", "attack"),
        ("denies", "VBZ", "deny"),
        ("denied", "VBN", "deny"),
        ("pushes", "VBZ", "push"),
        ("retaking", "VBG", "retak"),
        ("seizes", "VBZ", "seize"),
        ("evacuating", "VBG", "evacuate"),
        ("halting", "VBG", "halt"),
        ("stopped", "VBD", "stop"),
        ("killing", "VBG", "kill"),
        ("cities", "NNS", "city"),
        ("losses", "NNS", "loss"),
        ("tanks", "NNS", "tank"),
        ("heavier", "JJR", "heavy"),
        ("Pokrovsk", "NNP", "Pokrovsk"),
        ("Nations", "NNPS", "Nations"),
        ("The", "DT", "the"),
        ("us", "NNS", "us"),
    ],
)
def test_rules_without_tables(word: str, tag: str, lemma: str) -> None:
    """Regular endings, silent e, doubled consonants, -es and -ies; a word that no rule fits stays."""
    assert BARE.lemma(word, tag) == lemma


def test_known_lemma_wins() -> None:
    """Of several stems the known one is taken: "retaking" is of "retake", "planes" of "plane"."""
    known = Lemmas({"verb": ["retake"], "noun": ["plane"]}, {})
    assert known.lemma("retaking", "VBG") == "retake"
    assert known.lemma("planes", "NNS") == "plane"


def test_exception_wins() -> None:
    """An irregular form comes from the table, for its class only."""
    table = Lemmas({"verb": ["leav"]}, {"verb": {"left": "leave"}})
    assert table.lemma("left", "VBD") == "leave"
    assert table.lemma("Left", "VBN") == "leave"
    assert table.lemma("left", "JJ") == "left"


def test_tag_decides() -> None:
    """The same letters have another lemma as noun and as verb."""
    table = Lemmas({"verb": ["found"], "noun": ["fighting"]}, {"verb": {}})
    assert table.lemma("fighting", "NN") == "fighting"
    assert table.lemma("fighting", "VBG") == "fight"


def test_table_is_large() -> None:
    """The table of reporting's words has at least 150 rows, each once."""
    assert len({row[:2] for row in ROWS}) == len(ROWS) >= 150


@pytest.mark.model
def test_words_of_war_reporting() -> None:
    """The packaged tables and the rules give the lemma of every word of the table."""
    lemmas, _ = words.load(MODEL)
    wrong = {row: lemmas.lemma(row[0], row[1]) for row in ROWS if lemmas.lemma(row[0], row[1]) != row[2]}
    assert wrong == {}


@pytest.mark.model
@pytest.mark.parametrize(
    ("word", "tag", "expected"),
    [
        ("were", "VBD", {"Mood=Ind", "Tense=Past", "VerbForm=Fin"}),
        ("was", "VBD", {"Mood=Ind", "Number=Sing", "Tense=Past", "VerbForm=Fin"}),
        ("is", "VBZ", {"Mood=Ind", "Number=Sing", "Person=3", "Tense=Pres", "VerbForm=Fin"}),
        ("she", "PRP", {"Case=Nom", "Gender=Fem", "Number=Sing", "Person=3", "PronType=Prs"}),
        ("they", "PRP", {"Case=Nom", "Number=Plur", "Person=3", "PronType=Prs"}),
        ("troops", "NNS", {"Number=Plur"}),
        ("captured", "VBN", {"Tense=Past", "VerbForm=Part"}),
        ("the", "DT", {"Definite=Def", "PronType=Art"}),
    ],
)
def test_morphology(word: str, tag: str, expected: set[str]) -> None:
    """The features that the stages use are the word's most frequent ones."""
    _, morphology = words.load(MODEL)
    assert expected <= set(morphology.features(word, tag).split("|"))
    assert "Mood=Sub" not in morphology.features(word, tag)
