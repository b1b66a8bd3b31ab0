"""Names that their neighbours tell to be places."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from claimkit import place_neighbours

VOCAB = spacy.blank("en").vocab


def parsed(text: str) -> Doc:
    """Make a document of words with spaces between; ``word|dep`` gives a word's dependency."""
    pairs = [word.partition("|")[::2] for word in text.split()]
    words = [word for word, _ in pairs]
    return Doc(
        VOCAB,
        words=words,
        pos=["PROPN" if word[0].isupper() and word != "The" else "X" for word in words],
        heads=[0] * len(words),
        deps=[dep or "dep" for _, dep in pairs],
    )


def found(text: str, *, known: str = "", barred: str = "") -> list[str]:
    """Give the names that are told to be places, in order; known and barred ones by their words."""
    doc = parsed(text)
    spans = [doc[i : i + 1] for i, token in enumerate(doc) if token.text in known.split()]
    out = place_neighbours.told(doc, known=spans, barred=[t.i for t in doc if t.text in barred.split()])
    return [span.text for span in sorted({(s.start, s.end): s for s in out}.values(), key=lambda span: span.start)]


@pytest.mark.parametrize(("text", "expected"), [
    ("held the town of Zeyruk since", ["Zeyruk"]),
    ("held the village of Umm Rakuba since", ["Umm Rakuba"]),
    ("shelled the towns of Ardesh , Velimor and Tanuq overnight", ["Ardesh", "Velimor", "Tanuq"]),
    ("shelled the provinces of Ardesh and Velimor", ["Ardesh", "Velimor"]),
    ("a fire in Mandera county", ["Mandera"]),
])  # fmt: skip
def test_a_noun_tells_what_is_a_place(text: str, expected: list[str]) -> None:
    """Before "of" a name, in the plural several names, or behind one."""
    assert found(text) == expected


@pytest.mark.parametrize("text", [
    "held the town of his birth",
    "the mayor of Zeyruk said",
    "the people of Zeyruk",
    "shelled the town , Zeyruk said",
    "Several villages were shelled",
    "The town council",
    "the village of NATO",
])  # fmt: skip
def test_other_words_tell_nothing(text: str) -> None:
    """A common noun, another head, a comma, an acronym, the first word of a sentence."""
    assert found(text) == []


def test_what_has_another_name_is_free_no_more() -> None:
    """A party's or a person's name is no place, whatever stands before it."""
    assert found("the village of Palestinians", barred="Palestinians") == []


@pytest.mark.parametrize(("text", "known", "expected"), [
    ("near Bara , Yasen , Muravka , Uspen and Udach .", "Bara Muravka", ["Yasen", "Uspen", "Udach"]),
    ("near Bara , Muravka , and Udach .", "Bara Muravka", ["Udach"]),
    ("in Bara and Muravka , Abdullah said", "Bara Muravka", []),
    ("in Bara , Muravka , Abdullah|nsubj and Omar said", "Bara Muravka", []),
    ("in Bara , Yasen and Uspen", "Bara", []),
    ("left Bara for Muravka and Udach", "Bara Muravka", []),
])  # fmt: skip
def test_members_of_a_list_of_places(text: str, known: str, expected: list[str]) -> None:
    """Two known ones make it one; a name behind a last comma alone, or one that does something, is no member."""
    assert found(text, known=known) == expected
