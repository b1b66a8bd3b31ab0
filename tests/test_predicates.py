"""What speaks for a predicate to be a claim: itself, those that share its words, its article."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from claimkit import predicates
from claimkit.frames import Because
from claimkit.ranking import log_odds
from claimkit.records import EventType
from claimkit.triggers import Classified
from tests.core_parses import article
from tests.handmade import node

CONTENT = "Russia shelled Pokrovsk"


def features(*given: tuple[str, str, float], lexicon: Classified = ()) -> list[dict[str, float]]:
    """Give the features of predicates (word, content, score) of one article, all of the class attack."""
    doc = article("country-acts")
    graph = [node(doc, word, content, score=score, attack=0.9, other=0.1) for word, content, score in given]
    return list(predicates.featured(doc, graph, [lexicon] * len(graph)))


def test_a_predicate_by_itself() -> None:
    """Score, class, part of speech and size are features, and steps of the score that it is past."""
    (found,) = features(("shelled", CONTENT, 0.7))
    assert found["score"] == pytest.approx(log_odds(0.7))
    assert found["class=attack"] == found["pos=VERB"] == found["known="] == found["score>0.8"] == 1.0
    assert found["class=attack&score"] == found["score"]
    assert "score>1.5" not in found
    assert "beaten" not in found
    assert "beats" not in found


def test_the_words_of_a_predicate_are_features() -> None:
    """Its own word, its object and subject are, and how many names stand in its sentence and in its content."""
    (found,) = features(("shelled", CONTENT, 0.7))
    own = {"word=shell", "word=shell&class=attack", "subject=russia", "subject-is=LOC", "object=pokrovsk"}
    assert own <= found.keys()
    assert {"named=2", "inside=2&class=attack"} <= found.keys()
    assert {"named=2", "inside=1&class=attack"} <= features(("shelled", "shelled Pokrovsk", 0.7))[0].keys()


@pytest.mark.parametrize(("verb", "judged"), [("described", True), ("used", False)])
def test_what_a_word_is_called_is_told(verb: str, judged: bool) -> None:
    """In "described the report as propaganda" the last word states nothing; not every "as" is of that kind."""
    words = ["Kyiv", verb, "the", "report", "as", "propaganda"]
    doc = Doc(
        article("country-acts").vocab, words=words, heads=[1, 1, 3, 1, 5, 1],
        deps=["nsubj", "root", "det", "obj", "case", "obl"], pos=["PROPN", "VERB", "DET", "NOUN", "ADP", "NOUN"],
        tags=["NNP", "VBD", "DT", "NN", "IN", "NN"], lemmas=["Kyiv", verb.removesuffix("d"), *words[2:]],
    )  # fmt: skip
    (found,) = predicates.featured(doc, [node(doc, "propaganda", "propaganda", score=0.7, other=1.0)], [()])
    assert found["as"] == 1.0
    assert ("as-judged" in found) == judged


def test_of_two_of_the_same_words_one_is_beaten() -> None:
    """The less sure one is beaten, in its class and by its own words; the other beats."""
    weak, strong = features(("Russia", CONTENT, 0.5), ("shelled", CONTENT, 0.9))
    assert weak["beaten"] == weak["beaten-in-its-class"] == weak["beaten-by-its-own-words"] == 1.0
    assert weak["beaten-by"] == pytest.approx(0.4)
    assert strong["beats"] == 1.0
    assert "beaten" not in strong


def test_predicates_of_other_words_do_not_compete() -> None:
    """Contents that share less than half of the shorter are both free."""
    for found in features(("Russia", "Russia", 0.5), ("Pokrovsk", "Pokrovsk", 0.9)):
        assert "beaten" not in found
        assert "beats" not in found


def test_the_lexicon_and_the_article_count() -> None:
    """Whether the lexicon gives the same class is a feature, and how much of the article tells of events of a class."""
    why = Because(rule="event.x", span=(0, 1))
    same, other = (
        features(("shelled", CONTENT, 0.7), lexicon=((kind, 0.9, why),))[0]
        for kind in (EventType.ATTACK, EventType.CAPTURE)
    )
    assert (same["known=True"], other["known=False"]) == (1.0, 1.0)
    assert same["warlike"] == pytest.approx(0.7 * 0.9)


@pytest.mark.model
def test_the_packaged_weights_tell_claims_from_others() -> None:
    """A sure predicate is likelier a claim than a doubtful one, and than one that another of its words beats."""
    doc = article("country-acts")
    strong, weak = (node(doc, word, CONTENT, score=s, attack=1.0) for word, s in (("shelled", 0.95), ("Russia", 0.3)))
    sure, beaten = predicates.chances(doc, [strong, weak], [(), ()])
    (doubtful,) = predicates.chances(doc, [node(doc, "shelled", CONTENT, score=0.3, attack=1.0)], [()])
    assert sure > 0.5 > doubtful > beaten
