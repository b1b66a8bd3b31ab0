"""Sources from the claim graph and the rules together: twins are merged, the rules' denials are added."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from claimkit import attribution
from claimkit.attribution_speakers import is_nobody
from claimkit.frames import EventMention, Voice
from claimkit.nlp.graph import CueEdge
from claimkit.records import EventType
from tests.core_parses import article, span
from tests.handmade import OWN, edge, node, noted
from tests.parses import words

FALLEN = "the city had fallen"
CAPTURED = "its troops captured Pokrovsk"
HELD = "troops held Toretsk"


def mention_of(doc: Doc, predicate: str, content: str) -> EventMention:
    """Make an event mention."""
    return EventMention(predicate=span(doc, predicate)[0], content=span(doc, content), type=EventType.CAPTURE)


def ties(doc: Doc, predicate: str, content: str) -> list[tuple[str | None, str | None, str, str]]:
    """Give source, cue, voice and stance of each tie of an event."""
    found = attribution.find(doc, [mention_of(doc, predicate, content)])
    return [(words(doc, tie.source), words(doc, tie.cue), tie.voice.value, tie.stance.value) for _, tie in found]


def denied(*edges: CueEdge, word: str = "fallen", content: str = FALLEN) -> Doc:
    """Give "Russia said ..., but Ukraine denied ..." with a graph of one predicate with these edges."""
    doc = article("denied")
    return noted(doc, node(doc, word, content, edges=edges, capture=1.0))


def cue(text: str) -> tuple[int, int]:
    """Give the tokens of words of that sentence."""
    return span(article("denied"), text)


BY_UKRAINE = ("Ukraine", "denied", "source", "deny")


def test_a_twin_cue_is_one_attribution() -> None:
    """Model and rules see the same cue: one tie, the rules' stance, the rules' source where the model has none."""
    assert ties(denied(edge(cue("denied"), source=cue("Ukraine"))), "fallen", FALLEN) == [BY_UKRAINE]
    assert ties(denied(edge(cue("denied"), voice="context")), "fallen", FALLEN) == [BY_UKRAINE]


def test_the_source_is_the_subject_of_the_cue() -> None:
    """Where the model sees another source for a cue than its subject the subject is it; a longer name of it stays."""
    assert ties(denied(edge(cue("denied"), source=cue("Russia"))), "fallen", FALLEN) == [BY_UKRAINE]
    longer = (cue("Ukraine")[0] - 1, cue("Ukraine")[1])
    assert ties(denied(edge(cue("denied"), source=longer)), "fallen", FALLEN) == [("but Ukraine", *BY_UKRAINE[1:])]


def test_a_subject_that_two_verbs_share_is_the_model_s_to_tell() -> None:
    """What a parse takes for the subject of a coordinated "said" counts only where the model sees no source."""
    doc = article("said-misread")
    for source, expected in ((span(doc, "Kyiv"), "Kyiv"), (None, "rebels")):
        graph = noted(doc, node(doc, "held", HELD, edges=(edge(span(doc, "said"), source=source),), capture=1.0))
        assert ties(graph, "held", HELD) == [(expected, "said", "source", "assert")]


def test_the_reasons_of_both_stay() -> None:
    """A merged tie says what the model and what the rules saw."""
    doc = denied(edge(cue("denied"), source=cue("Ukraine")))
    ((_, tie),) = attribution.find(doc, [mention_of(doc, "fallen", FALLEN)])
    rules = [because.rule for because in tie.because]
    assert rules[:2] == ["model.voice.source", "model.stance.assert"]
    assert any(rule.startswith("cue.") for rule in rules[2:])
    assert tie.suggested is not None


def test_a_denial_that_only_the_rules_see_is_added() -> None:
    """Denials are rare and well told by their cues; a plain assertion that only the rules see is not added."""
    assert ties(denied(OWN), "fallen", FALLEN) == [(None, None, "narrator", "assert"), BY_UKRAINE]
    assert ties(denied(OWN, word="captured", content=CAPTURED), "captured", CAPTURED) == [
        (None, None, "narrator", "assert")]  # fmt: skip


def test_the_sentence_before_says_nothing_beside_a_source_of_its_own() -> None:
    """An edge to another sentence counts where there is none to the event's own."""
    doc = article("rejected-saying", "denied")
    rejected, said = span(doc, "rejected"), span(doc, "said")
    kyiv, russia = span(doc, "Kyiv"), span(doc, "Russia")
    before, own = edge(rejected, source=kyiv, stance="deny"), edge(said, source=russia)
    for edges, expected in (((before, own), ("Russia", "said")), ((before,), ("Kyiv", "rejected"))):
        graph = noted(doc, node(doc, "captured", CAPTURED, edges=edges, capture=1.0))
        assert ties(graph, "captured", CAPTURED) == [(*expected, "source", "assert")]


@pytest.mark.parametrize(("word", "content", "expected"), [
    ("held", "troops held Lyman", [("Kyiv", "saying", "source", "assert")]),
    ("claim", "the claim", [("Kyiv", "rejected", "source", "deny")]),
])  # fmt: skip
def test_who_rejects_a_claim_rejects_nothing_else(
    word: str, content: str, expected: list[tuple[str, str, str, str]]
) -> None:
    """In "Kyiv rejected the claim, saying P" the claim is denied, and P is asserted only."""
    doc = article("rejected-saying")
    kyiv = span(doc, "Kyiv")
    rejected = edge(span(doc, "rejected"), source=kyiv, stance="deny", score=0.9)
    saying = edge(span(doc, "saying"), source=kyiv)
    own = (rejected, saying) if word == "held" else (rejected,)
    assert ties(noted(doc, node(doc, word, content, edges=own, capture=1.0)), word, content) == expected


@pytest.mark.parametrize(("name", "expected"), [
    ("remark-army", [("Moscow", "says", "source", "assert"), ("the army", "denied", "source", "deny")]),
    ("rejected", [("Moscow", "says", "source", "assert")]),
], ids=["a remark on it", "a sentence about the claim"])  # fmt: skip
def test_a_remark_judges_the_event_before_it(name: str, expected: list[tuple[str, str, str, str]]) -> None:
    """Where the model takes "a claim" for no event, "P, a claim the army denied" is a denial of P all the same."""
    doc = article(*(["said-left"] if name == "rejected" else []), name)
    said = edge(span(doc, "says"), source=span(doc, "Moscow"))
    left = node(doc, "left", "troops left Lyman", edges=(said,), capture=1.0)
    assert ties(noted(doc, left), "left", "troops left Lyman") == expected


def test_weak_edges_count_only_where_there_is_no_other() -> None:
    """Below the floor an edge is dropped beside a strong one; of weak ones the best stays."""
    strong = edge(cue("said"), source=cue("Russia"), score=0.6)
    weak = edge(cue("but"), source=cue("Ukraine"), score=0.4)
    captured = {"word": "captured", "content": CAPTURED}
    by_russia = ("Russia", "said", "source", "assert")
    assert ties(denied(strong, weak, **captured), "captured", CAPTURED) == [by_russia]
    weaker = edge(cue("said"), source=cue("Russia"), score=0.3)
    assert ties(denied(weaker, weak, **captured), "captured", CAPTURED) == [("Ukraine", "but", "source", "assert")]


def test_a_source_without_words_speaks_from_the_context() -> None:
    """The model's "source" without a span is looked for in the sentences around; a narrator has no source."""
    captured = {"word": "captured", "content": CAPTURED}
    assert ties(denied(edge(), **captured), "captured", CAPTURED) == [(None, None, "context", "assert")]
    odd = edge(source=cue("Russia"), voice="narrator")
    assert ties(denied(odd, **captured), "captured", CAPTURED) == [(None, None, "narrator", "assert")]


def test_without_a_graph_the_rules_decide_alone() -> None:
    """Also for an event that the graph does not have."""
    expected = [BY_UKRAINE]
    assert ties(article("denied"), "fallen", FALLEN) == expected
    assert ties(denied(OWN, word="captured", content=CAPTURED), "fallen", FALLEN) == expected


def test_an_event_that_nothing_ties_is_the_articles_own() -> None:
    """The narrator is a voice, and the reason says that no source was found."""
    doc = article("country-acts")
    ((_, tie),) = attribution.find(doc, [mention_of(doc, "shelled", "Russia shelled Pokrovsk")])
    assert (tie.source, tie.cue, tie.voice, [b.rule for b in tie.because]) == (
        None, None, Voice.NARRATOR, ["attribution.none"])  # fmt: skip


def test_events_keep_their_order() -> None:
    """The pairs come in the order of the events that were given."""
    doc = article("denied")
    first, second = mention_of(doc, "captured", CAPTURED), mention_of(doc, "fallen", FALLEN)
    assert [mention for mention, _ in attribution.find(doc, [first, second])] == [first, second]


SHELLED = "Ukraine shelled Pokrovsk"


def unproven(*edges: CueEdge) -> Doc:
    """Give "There is no evidence that Ukraine shelled Pokrovsk, the UN said." with these edges."""
    doc = article("no-evidence")
    return noted(doc, node(doc, "shelled", SHELLED, edges=edges, attack=1.0))


def test_a_judgement_is_that_of_who_says_it() -> None:
    """Who says that there is no evidence judges, and no longer asserts; without such a judgement it is asserted."""
    doc = article("no-evidence")
    said = edge(span(doc, "said"), source=span(doc, "the UN"))
    judged = edge(span(doc, "There is no evidence"), voice="narrator", stance="unverified")
    found = attribution.find(unproven(judged, said), [mention_of(doc, "shelled", SHELLED)])
    assert [(words(doc, tie.source), words(doc, tie.cue), tie.voice.value) for _, tie in found] == [
        ("the UN", "There is no evidence", "source")
    ]


def test_edges_to_the_same_words_are_one() -> None:
    """Of "There is no evidence" and "no evidence" the surer counts; a cue beside them counts too."""
    doc = article("no-evidence")
    longer = edge(span(doc, "There is no evidence"), voice="narrator", stance="unverified")
    shorter = edge(span(doc, "no evidence"), source=span(doc, "the UN"), stance="deny", score=0.6)
    found = attribution.find(unproven(shorter, longer), [mention_of(doc, "shelled", SHELLED)])
    assert [words(doc, tie.cue) for _, tie in found] == ["There is no evidence"]


def test_a_verb_that_calls_a_claim_something_asserts_nothing() -> None:
    """In "calls the capture premature" the verb is no cue of an assertion; another cue beside it is."""
    doc = article("called-premature")
    calls = edge(span(doc, "calls"), source=span(doc, "Kyiv"), score=0.95)
    said = edge(span(doc, "said"), source=span(doc, "Moscow"))
    capture = "the capture of Pokrovsk"
    found = attribution.find(
        noted(doc, node(doc, "capture", capture, edges=(calls, said), capture=1.0)),
        [mention_of(doc, "capture", capture)],
    )
    cues = [words(doc, tie.cue) for _, tie in found]
    assert "said" in cues
    assert "calls" not in cues


def said_of_the_attack(name: str, source: str, cue: str, stance: str) -> tuple[str | None, str, str]:
    """Give source, voice and stance of "the attack on the mosque", tied to a source by the model."""
    doc, attack = article(name), "the attack on the mosque"
    tied = edge(span(doc, cue), source=span(doc, source), stance=stance, stance_score=0.9)
    graph = noted(doc, node(doc, "attack", attack, edges=(tied,), attack=1.0))
    (tie,) = (tie for _, tie in attribution.find(graph, [mention_of(doc, "attack", attack)]))
    found = tie.suggested[0] if tie.suggested and tie.stance == "assert" else tie.stance
    return tie.source and words(doc, tie.source), tie.voice.value, found.value


def test_what_nobody_says_is_the_articles_own() -> None:
    """That "no group claimed the attack" denies nothing in anybody's name; a group that denies does."""
    assert said_of_the_attack("nobody-claims", "No group", "claimed", "deny") == (None, "narrator", "assert")
    assert said_of_the_attack("a-group-denies", "The group", "denied", "deny") == ("The group", "source", "deny")


def test_what_nobody_believes_is_denied() -> None:
    """Only a cue of claiming loses its denial with its source."""
    assert said_of_the_attack("nobody-mentions", "Nobody", "mentioned", "deny") == (None, "narrator", "deny")


@pytest.mark.parametrize(
    ("source", "expected"),
    [("No group", True), ("Nobody", True), ("No one", True), ("No Russian official", False), ("No 10", False),
     ("No - fly zone advocates", False), ("No fewer than 30 witnesses", False), ("The group", False)],
)  # fmt: skip
def test_words_for_nobody(source: str, expected: bool) -> None:
    """A nationality, a name or a number says whom "no" is about; "no fewer than" is many."""
    tokens = source.split()
    tags = ["JJR" if word == "fewer" else "CD" if word.isdigit() else "NN" for word in tokens]
    doc = Doc(article("nobody-claims").vocab, words=tokens, tags=tags)
    assert is_nobody(doc, (0, len(doc))) is expected
