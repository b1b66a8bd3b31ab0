"""Names exchanged for others in training windows: which words, for what, and what stays as it was."""

from __future__ import annotations

import random

import pytest

from training.swapping import Names

NAMES = Names()


def exchanged(text: str, seed: int = 1) -> list[str]:
    """Exchange the names of a text whose words are parted by spaces."""
    return NAMES.exchanged(text.split(), random.Random(seed))


@pytest.mark.parametrize("seed", range(5))
def test_words_stay_where_they_are(seed: int) -> None:
    """Only names change, each in its own place."""
    text = "Russian troops took Pokrovsk , the Kremlin said ; Zelensky denied it in Kyiv"
    out = exchanged(text, seed)
    names = {0, 3, 9, 13}
    assert len(out) == len(text.split())
    assert [word for i, word in enumerate(out) if i not in names] == [
        word for i, word in enumerate(text.split()) if i not in names
    ]


@pytest.mark.parametrize("seed", range(5))
def test_a_state_gives_way_in_all_its_words(seed: int) -> None:
    """Name, people and capital are those of one other state."""
    name, people, others, capital = exchanged("Russia Russian Russians Moscow", seed)
    assert (name, people, others, capital) in NAMES.states


@pytest.mark.parametrize("seed", range(5))
def test_the_same_name_gives_way_to_the_same(seed: int) -> None:
    """A settlement becomes a settlement, the same one all through the window."""
    first, _, second, *_ = exchanged("Pokrovsk and Pokrovsk and Lyman", seed)
    assert first == second
    assert NAMES.sorts[first] == "settlement"


@pytest.mark.parametrize("text", ["The army said it held the town", "He may march on", "An official of the UN"])
def test_what_is_no_name_stays(text: str) -> None:
    """Common words, short ones and abbreviations are no names."""
    assert exchanged(text) == text.split()


@pytest.mark.parametrize("seed", range(5))
def test_the_article_follows(seed: int) -> None:
    """Whether "a" or "an" stands goes by the name that follows."""
    article, people = exchanged("a Russian", seed)
    assert article == ("an" if people[0] in "AEIOU" else "a")
