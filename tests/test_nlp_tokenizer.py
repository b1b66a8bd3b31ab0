"""Words are not joined over stretches that are not read, and the text stays what it was."""

from __future__ import annotations

import pytest
import spacy

from claimkit.nlp.tokenizer import cut_at

TEXT = "They took Bara.[12][13] It fell [b]here[/b]."


@pytest.mark.parametrize(
    ("cuts", "words"),
    [
        ((15, 23), ["They", "took", "Bara", ".", "[", "12][13", "]", "It"]),
        ((), ["They", "took", "Bara.[12][13", "]", "It"]),
        ((0, len(TEXT)), ["They", "took", "Bara.[12][13", "]", "It"]),
    ],
    ids=["at the marks", "nowhere", "at the ends"],
)
def test_no_word_goes_across_a_cut(cuts: tuple[int, ...], words: list[str]) -> None:
    """With cuts at the marks the full stop is a word; the text is the same, and no space is a token."""
    doc = cut_at(spacy.blank("en").tokenizer, TEXT, cuts)
    assert [token.text for token in doc[: len(words)]] == words
    assert doc.text == TEXT
    assert not any(token.is_space for token in doc)
