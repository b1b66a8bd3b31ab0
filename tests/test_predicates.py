"""What speaks for a predicate to be a claim: itself, those that share its words, its article."""

from __future__ import annotations

import pytest

from claimkit import predicates
from claimkit.ranking import log_odds
from tests.core_parses import article
from tests.handmade import node

CONTENT = "Russia shelled Pokrovsk"


def features(*given: tuple[str, str, float], rules: frozenset[int] = frozenset()) -> list[dict[str, float]]:
    """Give the features of predicates (word, content, score) of one article, all of the class attack."""
    doc = article("country-acts")
    graph = [node(doc, word, content, score=score, attack=0.9, other=0.1) for word, content, score in given]
    return list(predicates.featured(doc, graph, rules))


def test_a_predicate_by_itself() -> None:
    """Score, class, part of speech and size are features, and steps of the score that it is past."""
    (found,) = features(("shelled", CONTENT, 0.7))
    assert found["score"] == pytest.approx(log_odds(0.7))
    assert found["class=attack"] == found["pos=VERB"] == found["ruled=False"] == found["score>0.8"] == 1.0
    assert found["class=attack&score"] == found["score"]
    assert "score>1.5" not in found
    assert "beaten" not in found
    assert "beats" not in found


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


def test_the_rules_and_the_article_count() -> None:
    """What the lexicon's rules see is a feature, and how much of the article tells of events of a class."""
    doc = article("country-acts")
    at = next(token.i for token in doc if token.text == "shelled")
    alone, seen = (features(("shelled", CONTENT, 0.7), rules=rules)[0] for rules in (frozenset(), frozenset({at})))
    assert (alone["ruled=False"], seen["ruled=True"]) == (1.0, 1.0)
    assert seen["warlike"] == pytest.approx(0.7 * 0.9)


@pytest.mark.model
def test_the_packaged_weights_tell_claims_from_others() -> None:
    """A sure predicate is likelier a claim than a doubtful one, and than one that another of its words beats."""
    doc = article("country-acts")
    strong, weak = (node(doc, word, CONTENT, score=s, attack=1.0) for word, s in (("shelled", 0.95), ("Russia", 0.3)))
    sure, beaten = predicates.chances(doc, [strong, weak], frozenset())
    (doubtful,) = predicates.chances(doc, [node(doc, "shelled", CONTENT, score=0.3, attack=1.0)], frozenset())
    assert sure > 0.5 > doubtful > beaten
