"""Who speaks of another's word is not of that party."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from claimkit.critics import Critics
from claimkit.parties import Parties

VOCAB = spacy.blank("en").vocab
WORDS = "Danyliuk {verb} Moscow 's {noun} . He told reporters that troops left . Kos said so . He agreed ."


def critics(verb: str, noun: str = "announcement") -> tuple[Critics, Doc]:
    """Make the critics of four sentences, the first of which judges what somebody said."""
    words = WORDS.format(verb=verb, noun=noun).split()
    deps = [
        "nsubj",
        "root",
        "nmod:poss",
        "case",
        "obj",
        "punct",
        "nsubj",
        "root",
        "obj",
        "mark",
        "nsubj",
        "ccomp",
        "punct",
    ]
    deps += ["nsubj", "root", "advmod", "punct", "nsubj", "root", "punct"]
    heads = [1, 1, 4, 2, 1, 1, 7, 7, 7, 11, 11, 7, 7, 14, 14, 14, 14, 18, 18, 18]
    tags = {"'s": "POS", "He": "PRP", verb: "VBD", "told": "VBD"}
    doc = Doc(
        VOCAB, words=words, heads=heads, deps=deps,
        pos=["PROPN" if w in ("Danyliuk", "Moscow", "Kos") else "VERB" if w == verb else "NOUN" for w in words],
        tags=[tags.get(word, "NN") for word in words],
        lemmas=[{"described": "describe", "rejected": "reject", "repeated": "repeat"}.get(w, w) for w in words],
    )  # fmt: skip
    sentence_of = [0] * 6 + [1] * 7 + [2] * 4 + [3] * 3
    return Critics(doc, Parties.default(), on=None, sentence_of=sentence_of), doc


def test_words_that_were_not_read_judge_nobody() -> None:
    """A paragraph that was passed over has no tree to be trusted."""
    _, doc = critics("described")
    unread = Critics(doc, Parties.default(), on=None, sentence_of=[-1] * len(doc))
    assert unread.opposed(doc[6:7]) == frozenset()


@pytest.mark.parametrize("verb", ["described", "rejected"])
def test_who_judges_the_word_of_a_party_is_not_of_it(verb: str) -> None:
    """Neither by name nor as "he" in the sentence after; later, behind somebody else, "he" is anybody."""
    found, doc = critics(verb)
    assert found.opposed(doc[0:1]) == {"RUS"}
    assert found.opposed(doc[6:7]) == {"RUS"}
    assert found.opposed(doc[13:14]) == frozenset()
    assert found.opposed(doc[17:18]) == frozenset()


@pytest.mark.parametrize(("lemma", "dep", "against"), [
    ("accuse", "nsubj", {"RUS"}),
    ("accuse", "nsubj:pass", set()),
    ("thank", "nsubj", set()),
])  # fmt: skip
def test_who_accuses_a_party_is_not_of_it(lemma: str, dep: str, against: set[str]) -> None:
    """Neither who is named by a noun alone nor "she" after it; who is accused, or thanks, may be."""
    words = ["Its", "spokeswoman", f"{lemma}d", "Moscow", ".", "She", "agreed", "."]
    doc = Doc(
        VOCAB, words=words, heads=[1, 2, 2, 2, 2, 6, 6, 6], lemmas=[*words[:2], lemma, *words[3:]],
        pos=["PRON", "NOUN", "VERB", "PROPN", "X", "PRON", "VERB", "X"],
        deps=["nmod:poss", dep, "root", "obj", "punct", "nsubj", "root", "punct"],
    )  # fmt: skip
    found = Critics(doc, Parties.default(), on=None, sentence_of=[0] * 5 + [1] * 3)
    assert found.opposed(doc[0:2]) == found.opposed(doc[5:6]) == against


@pytest.mark.parametrize(("verb", "noun"), [("repeated", "announcement"), ("described", "troops")])
def test_who_repeats_it_may_be(verb: str, noun: str) -> None:
    """Neither a verb that takes no stance nor a word that is nothing said tells anything."""
    found, doc = critics(verb, noun)
    assert found.opposed(doc[0:1]) == frozenset()
