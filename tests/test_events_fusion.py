"""Events from the claim graph and the lexicon together: what counts, of which class, and what is dropped."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from claimkit import event_rules, events, nlp
from claimkit.frames import TokenSpan
from claimkit.ranking import Ranker
from claimkit.records import EventType, Modality
from claimkit.settings import Settings
from claimkit.triggers import Triggers
from tests.core_parses import article, span
from tests.handmade import node, noted

SETTINGS = Settings(predicate_floor=0.4)


@pytest.fixture(autouse=True)
def _weights(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the model says counts as it is, and more where the lexicon gives the same class."""
    weights = Ranker({"score": 1.0, "known=True": 1.0})
    monkeypatch.setattr(Ranker, "named", lambda name: {"claim": weights}[name])


@pytest.mark.parametrize(("word", "score", "expected"), [
    ("Pokrovsk", 0.41, [0.41]),
    ("Pokrovsk", 0.39, []),
    ("shelled", 0.21, [0.42]),
    ("shelled", 0.19, []),
    ("shelled", 0.95, [0.98]),
])  # fmt: skip
def test_a_predicate_counts_from_the_floor_on(word: str, score: float, expected: list[float]) -> None:
    """Its chance is the weighted sum of what speaks for it, here the model's score and the lexicon."""
    doc = article("country-acts")
    noted(doc, node(doc, word, "Russia shelled Pokrovsk", score=score, attack=1.0))
    assert [round(mention.score, 2) for mention in events.find(doc, settings=SETTINGS)] == expected


@pytest.mark.parametrize(("chances", "expected", "rules"), [
    ({"capture": 0.5, "attack": 0.3}, EventType.ATTACK, True),
    ({"capture": 0.95, "attack": 0.03}, EventType.CAPTURE, False),
    ({"destroy": 0.2, "attack": 0.05}, EventType.ATTACK, True),
])  # fmt: skip
def test_the_class_is_the_best_by_model_and_lexicon(
    chances: dict[str, float], expected: EventType, rules: bool
) -> None:
    """The lexicon's word for an attack outweighs a doubtful model, not a certain one."""
    doc = article("country-acts")
    noted(doc, node(doc, "shelled", "Russia shelled Pokrovsk", **chances))  # type: ignore[arg-type]
    (found,) = events.find(doc, settings=SETTINGS)
    assert found.type is expected
    assert [b.rule for b in found.because if b.rule.startswith("model.event")] == [f"model.event.{expected}"]
    assert any(b.rule.startswith("event.") for b in found.because) is rules


def test_a_relative_pronoun_is_what_it_stands_for() -> None:
    """As a content "which" is the noun phrase before it; the "that" of a pronoun's own and longer contents stay."""
    words = ["The", "strike", "on", "the", "depot", ",", "which", "Norland", "denied", ",", "killed", "nine"]
    heads = [1, 10, 4, 4, 1, 8, 8, 8, 1, 8, 10, 10]
    deps = ["det", "nsubj", "case", "det", "nmod", "punct", "obj", "nsubj", "acl:relcl", "punct", "root", "obj"]
    tags = ["DT", "NN", "IN", "DT", "NN", ",", "WDT", "NNP", "VBD", ",", "VBD", "CD"]
    doc = Doc(article("country-acts").vocab, words=words, heads=heads, deps=deps, tags=tags)
    assert doc[slice(*events.of_relative(doc, (6, 7)))].text == "The strike on the depot"
    assert events.of_relative(doc, (6, 9)) == (6, 9)
    assert events.of_relative(doc, (7, 8)) == (7, 8)


def test_the_model_alone_decides_where_the_lexicon_counts_nothing() -> None:
    """A weight of zero leaves the class to the model."""
    doc = article("country-acts")
    noted(doc, node(doc, "shelled", "Russia shelled Pokrovsk", capture=0.5, attack=0.3))
    (found,) = events.find(doc, settings=Settings(lexicon_weight=0.0))
    assert found.type is EventType.CAPTURE


@pytest.mark.parametrize(("other", "expected"), [(0.45, EventType.ATTACK), (0.6, EventType.OTHER)])
def test_a_class_that_says_what_happened_comes_before_other(other: float, expected: EventType) -> None:
    """The class "other" must be clearly likelier."""
    doc = article("country-acts")
    noted(doc, node(doc, "shelled", "Russia shelled Pokrovsk", attack=0.4, other=other),
          node(doc, "Pokrovsk", "Pokrovsk", capture=1.0))  # fmt: skip
    found = events.find(doc, settings=Settings(lexicon_weight=0.0, predicate_floor=0.0))
    assert next(mention.type for mention in found if doc[mention.predicate].text == "shelled") is expected


def test_of_two_that_say_the_same_the_surer_stays() -> None:
    """Equal content and class are one event; another class is another event."""
    doc = article("country-acts")
    content = "Russia shelled Pokrovsk"
    noted(
        doc, node(doc, "Russia", content, score=0.5, attack=1.0), node(doc, "shelled", content, attack=1.0),
        node(doc, "Pokrovsk", content, score=0.5, destroy=1.0),
    )  # fmt: skip
    found = events.find(doc, settings=SETTINGS)
    assert [(doc[m.predicate].text, m.type.value) for m in found] == [("shelled", "attack"), ("Pokrovsk", "destroy")]


def test_the_mention_carries_what_the_model_says() -> None:
    """Modality, negation and content come with it, in the order of the text."""
    doc = article("not-lost")
    noted(doc, node(doc, "lost", "it had not lost Pokrovsk.", capture=1.0, modality="possible"))
    (found,) = events.find(doc, settings=SETTINGS)
    assert (found.content, found.modality, found.negated) == (
        span(doc, "it had not lost Pokrovsk"), Modality.POSSIBLE, True)  # fmt: skip


def test_without_a_graph_the_rules_decide_alone() -> None:
    """Another pipeline gives no graph; an empty graph is the model's word that there is no event."""
    doc = article("country-acts")
    by_rules = event_rules.find(doc)
    assert [m.type for m in by_rules] == [EventType.ATTACK]
    assert events.find(doc, settings=SETTINGS) == tuple(by_rules)
    assert events.find(noted(doc), settings=SETTINGS) == ()


@pytest.mark.parametrize(("name", "given", "expected"), [
    ("country-acts", (0, 4), (0, 3)),
    ("country-acts", (0, 3), (0, 3)),
    ("kos", (2, 10), (3, 9)),
    ("quoted", (0, 7), (0, 7)),
    ("bracket", (0, 8), (0, 7)),
    ("bracket", (0, 7), (0, 7)),
    ("country-acts", (3, 4), (3, 4)),
])  # fmt: skip
def test_contents_are_trimmed(name: str, given: TokenSpan, expected: TokenSpan) -> None:
    """Punctuation at the ends goes, closing quotation marks and brackets stay, and never is nothing left."""
    assert events.trimmed(article(name), given) == expected


@pytest.mark.model
@pytest.mark.parametrize(("text", "kind"), [
    ("The army lost 300 soldiers there since Friday.", "casualties"),
    ("The army lost Toretsk in May.", "capture"),
])  # fmt: skip
def test_names_of_days_and_months_are_no_places(text: str, kind: str) -> None:
    """Soldiers lost since Friday are losses; a town lost in May is a town lost."""
    doc = nlp.load()(text)
    (lost,) = (token.i for token in doc if token.lower_ == "lost")
    assert Triggers.default().classify(doc, lost)[0][0] == kind


@pytest.mark.parametrize(("classes", "expected"), [
    (("other", "other"), 0),
    (("other", "attack"), 2),
])  # fmt: skip
def test_an_article_of_no_class_tells_of_no_conflict(classes: tuple[str, str], expected: int) -> None:
    """Events of no class count beside one that has one, never alone."""
    doc = article("country-acts")
    one, other = classes
    noted(doc, node(doc, "Russia", "Russia", **{one: 1.0}), node(doc, "Pokrovsk", "Pokrovsk", **{other: 1.0}))  # type: ignore[arg-type]
    assert len(events.find(doc, settings=SETTINGS)) == expected
