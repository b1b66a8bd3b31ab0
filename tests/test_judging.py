"""The stance of a draft: the cue's, turned by negations, else what the model reads with certainty."""

from __future__ import annotations

import msgspec
import pytest

from claimkit import judging, nlp
from claimkit.frames import Because
from claimkit.judging import is_open, judged
from claimkit.reader import read_text
from claimkit.reading import Draft, Reading
from claimkit.records import EventType, Stance
from claimkit.settings import Settings
from tests.core_parses import draft_of, reading_of, span

SETTINGS = Settings(stance_floor=0.7, negation_floor=0.8)
FALLEN = ("denied", "fallen", "the city had fallen")
LOST = ("not-lost", "lost", "it had not lost Pokrovsk")


def stance_of(
    sentence: tuple[str, str, str],
    *,
    cue: str | None,
    suggested: tuple[Stance, float] | None,
    stance: Stance = Stance.ASSERT,
    negated: bool = False,
    because: tuple[Because, ...] = (),
    type: EventType = EventType.CAPTURE,
) -> Draft:
    """Judge the event of a sentence under a cue, with what the model suggests and what the rules have said."""
    name, predicate, content = sentence
    reading = reading_of(name)
    draft = draft_of(reading, predicate, content, type=type)
    draft.mention = msgspec.structs.replace(draft.mention, negated=negated)
    draft.attribution = msgspec.structs.replace(
        draft.attribution, cue=span(reading.doc, cue) if cue else None, suggested=suggested, stance=stance,
        because=because,
    )  # fmt: skip
    return judged(reading.doc, draft, settings=SETTINGS)


@pytest.mark.parametrize(("cue", "suggested", "expected"), [
    ("denied", (Stance.ASSERT, 0.99), Stance.DENY),
    ("denied", (Stance.DENY, 0.99), Stance.DENY),
    ("denied", (Stance.UNVERIFIED, 0.99), Stance.DENY),
    ("said", (Stance.ASSERT, 0.99), Stance.ASSERT),
    ("said", (Stance.UNVERIFIED, 0.7), Stance.UNVERIFIED),
    ("said", (Stance.UNVERIFIED, 0.69), Stance.ASSERT),
    (None, (Stance.DENY, 0.7), Stance.DENY),
    (None, (Stance.DENY, 0.69), Stance.ASSERT),
    (None, None, Stance.ASSERT),
])  # fmt: skip
def test_the_cue_tells_before_the_model(
    cue: str | None, suggested: tuple[Stance, float] | None, expected: Stance
) -> None:
    """A cue that denies decides; where it only asserts, the model may know better, from the floor on."""
    assert stance_of(FALLEN, cue=cue, suggested=suggested).attribution.stance is expected


def test_the_rules_stance_stands() -> None:
    """What the rules read from cue and syntax is not read again from the cue alone."""
    found = stance_of(FALLEN, cue="said", suggested=(Stance.ASSERT, 0.99), stance=Stance.DOUBT)
    assert found.attribution.stance is Stance.DOUBT


def test_a_negation_in_the_content_turns_the_stance() -> None:
    """The words "said it had not lost P" deny the loss, without "not" they assert it."""
    says = (Stance.ASSERT, 0.79)
    assert stance_of(LOST, cue="said", suggested=says, negated=True).attribution.stance is Stance.DENY
    assert stance_of(LOST, cue="said", suggested=says, negated=False).attribution.stance is Stance.ASSERT


def test_the_model_can_be_surer_than_a_negation() -> None:
    """From the floor on its plain reading stands ("would not hesitate to strike"); another reading of it does not."""
    assert stance_of(LOST, cue="said", suggested=(Stance.ASSERT, 0.8), negated=True).attribution.stance is Stance.ASSERT
    assert stance_of(LOST, cue="said", suggested=(Stance.DENY, 0.9), negated=True).attribution.stance is Stance.DENY


@pytest.mark.parametrize(("firmly", "expected"), [(True, Stance.DENY), (False, Stance.ASSERT)])
def test_a_verb_that_turns_the_event_is_surer(firmly: bool, expected: Stance, monkeypatch: pytest.MonkeyPatch) -> None:
    """No reading of the model lifts "failed to capture P" or "no longer holds P"; it may lift another negation."""
    monkeypatch.setattr(judging, "firmly_negated", lambda _doc, _predicate, **_: firmly)
    found = stance_of(LOST, cue="said", suggested=(Stance.ASSERT, 0.99), negated=True)
    assert found.attribution.stance is expected


@pytest.mark.parametrize(("cue", "predicate", "content", "type", "expected"), [
    ("rejected", "ceasefire", "a ceasefire", EventType.NEGOTIATE, Stance.ASSERT),
    ("rejected", "ceasefire", "a ceasefire", EventType.CAPTURE, Stance.DENY),
    ("denied", "deal", "a deal", EventType.NEGOTIATE, Stance.DENY),
    ("dismissed", "claim", "the claim", EventType.NEGOTIATE, Stance.DENY),
], ids=["terms", "an event on the ground", "a cue that denies facts", "a statement"])  # fmt: skip
def test_to_reject_terms_is_a_position(
    cue: str, predicate: str, content: str, type: EventType, expected: Stance
) -> None:
    """Who rejects a ceasefire takes a position; who rejects a statement, or denies a deal, says that it is not so."""
    judged = stance_of(("rejected", predicate, content), cue=cue, suggested=(Stance.ASSERT, 0.9), type=type)
    assert judged.attribution.stance is expected


def test_two_negations_are_none() -> None:
    """To deny that something did not happen is to assert it."""
    assert stance_of(FALLEN, cue="denied", suggested=None, stance=Stance.DENY, negated=True).attribution.stance is (
        Stance.ASSERT)  # fmt: skip


def test_each_reason_once() -> None:
    """The cue is named as a reason once, also where the rules have named it already."""
    first = stance_of(FALLEN, cue="denied", suggested=(Stance.ASSERT, 0.9)).attribution.because
    again = stance_of(FALLEN, cue="denied", suggested=(Stance.ASSERT, 0.9), because=first).attribution.because
    assert [because.rule for because in first] == ["cue.deny"]
    assert again == first


def test_the_draft_given_is_not_changed() -> None:
    """Judging gives a new draft."""
    reading = reading_of("denied")
    draft = draft_of(reading, "fallen", "the city had fallen")
    before = draft.attribution
    judged(reading.doc, draft, settings=SETTINGS)
    assert draft.attribution is before


@pytest.mark.model
@pytest.mark.parametrize(("words", "stance", "dropped"), [
    ("who captured the town", Stance.UNVERIFIED, True),
    ("when troops captured the town", Stance.DOUBT, True),
    ("whether troops captured the town", Stance.UNVERIFIED, False),
    ("who captured the town", Stance.ASSERT, False),
])  # fmt: skip
def test_an_open_question_puts_nothing_forward(words: str, stance: Stance, dropped: bool) -> None:
    """It is a question word that asks, "whether" states what may be; what somebody asserts is no question."""
    text = f"It is unclear {words}."
    reading = Reading(document=read_text(text), doc=nlp.load()(text))
    draft = draft_of(reading, "captured", words, type=EventType.CAPTURE)
    draft.attribution = msgspec.structs.replace(draft.attribution, stance=stance)
    assert is_open(reading.doc, draft) == dropped


@pytest.mark.model
@pytest.mark.parametrize(("text", "word", "dropped"), [
    ("The ministry gave no toll.", "toll", True),
    ("The ministry gave no figure for its losses in the town.", "losses", True),
    ("The ministry gave a figure for its losses in the town.", "losses", False),
    ("The ministry offered no evidence of its losses in the town.", "losses", False),
])  # fmt: skip
def test_what_is_not_told_is_not_put_forward(text: str, word: str, dropped: bool) -> None:
    """Who gives no figure makes no claim; who has no evidence still speaks of one."""
    reading = Reading(document=read_text(text), doc=nlp.load()(text))
    draft = draft_of(reading, word, word, type=EventType.CASUALTIES)
    assert is_open(reading.doc, draft) == dropped
