"""Contents that point back, and those that do not."""

from __future__ import annotations

import msgspec
import pytest

from claimkit import nlp
from claimkit.frames import Voice
from claimkit.parties import Parties
from claimkit.pointing import point_back
from claimkit.reader import read_text
from claimkit.reading import Draft, Reading, Who
from claimkit.records import EventType, Stance
from claimkit.remarks import points_back
from tests.core_parses import draft_of, reading_of, span


def said(
    reading: Reading, predicate: str, content: str, *, by: str, stance: Stance, type: EventType = EventType.OTHER
) -> Draft:
    """Give the claim of a party, and keep it as the article's next."""
    draft = draft_of(reading, predicate, content, type=type)
    draft.attribution = msgspec.structs.replace(draft.attribution, voice=Voice.SOURCE, stance=stance)
    draft.claimant = Who(party=Parties.default()[by], rule="party.name", score=1.0)
    reading.drafts = [*reading.drafts, draft]
    return draft


def test_a_denied_claim_is_the_claim_made_before() -> None:
    """It takes the class of what another party asserted, and keeps its own words in a sentence of its own."""
    reading = reading_of("kos", "rejected")
    said(reading, "left", "troops had left Lyman", by="UKR", stance=Stance.ASSERT, type=EventType.WITHDRAW)
    denial = said(reading, "claim", "the claim", by="RUS", stance=Stance.DENY)
    point_back(reading, parties=Parties.default())
    assert (denial.mention.type, reading.doc[slice(*denial.mention.content)].text) == (EventType.WITHDRAW, "the claim")
    assert "content.points-back" in {because.rule for because in denial.mention.because}


@pytest.mark.parametrize(("name", "asserted", "type", "pointing", "source", "content"), [
    ("remark", ("left", "troops left Lyman"), EventType.WITHDRAW, "a claim", "Moscow", "troops left Lyman"),
    ("remark-misread", ("leaving", "leaving Lyman"), EventType.WITHDRAW, "a charge", "Moscow", "leaving Lyman"),
    ("remark-passive", ("left", "troops left Lyman"), EventType.WITHDRAW, "a claim", "Kyiv", "troops left Lyman"),
    ("rejected", ("deal", "a deal"), EventType.NEGOTIATE, "the claim", "Kyiv", "the claim"),
    ("was-denied", ("left", "troops left Lyman"), EventType.WITHDRAW, "the claim", "Kyiv", "the claim"),
], ids=[
    "a remark: those of the claim", "by its order alone", "a participle: a remark too",
    "a clause about the claim: its own", "in the passive too",
])  # fmt: skip
def test_the_words_of_a_denied_claim_in_one_sentence(
    name: str, asserted: tuple[str, str], type: EventType, pointing: str, source: str, content: str
) -> None:
    """In "A said that P, a claim B denied" the content is P; where a verb denies "the claim" it is that."""
    reading = reading_of(name)
    said(reading, *asserted, by="UKR", stance=Stance.ASSERT, type=type)
    denial = said(reading, pointing.split()[1], pointing, by="RUS", stance=Stance.DENY)
    denial.attribution = msgspec.structs.replace(
        denial.attribution, source=span(reading.doc, source), cue=span(reading.doc, "denied")
    )
    point_back(reading, parties=Parties.default())
    assert (denial.mention.type, reading.doc[slice(*denial.mention.content)].text) == (type, content)


@pytest.mark.parametrize(("by", "stance"), [("UKR", Stance.DENY), ("RUS", Stance.ASSERT)])
def test_what_does_not_point_stays(by: str, stance: Stance) -> None:
    """Nobody denies an own claim as "the claim", and what is asserted is not judged."""
    reading = reading_of("kos", "rejected")
    said(reading, "left", "troops had left Lyman", by="UKR", stance=Stance.ASSERT, type=EventType.WITHDRAW)
    other = said(reading, "claim", "the claim", by=by, stance=stance)
    point_back(reading, parties=Parties.default())
    assert other.mention.type is EventType.OTHER


@pytest.mark.model
@pytest.mark.parametrize(("whose", "expected"), [("by Moscow", EventType.CAPTURE), ("by Tripoli", None)])
def test_whose_claim_it_is_can_stand_behind_it(whose: str, expected: EventType | None) -> None:
    """The words "the claim by Moscow" are what Moscow claimed, though the content is "the claim" alone."""
    text = f"Kyiv said that its troops had left Lyman. The claim {whose}, which CNN could not verify, came on Monday."
    doc = nlp.load()(text)
    reading = Reading(document=read_text(text), doc=doc)
    capture = said(reading, "left", "its troops had left Lyman", by="RUS", stance=Stance.ASSERT, type=EventType.CAPTURE)
    judged = said(reading, "claim", "The claim", by="CNN", stance=Stance.UNVERIFIED)
    point_back(reading, parties=Parties.default())
    assert judged.mention.type is (expected or EventType.OTHER)
    assert capture.mention.type is EventType.CAPTURE


@pytest.mark.model
@pytest.mark.parametrize(("words", "denied", "expected"), [
    ("the claims", EventType.CAPTURE, EventType.CAPTURE),
    ("the claims", EventType.ADVANCE, EventType.ADVANCE),
    ("the claims", EventType.INFORMATION, EventType.ADVANCE),
    ("either claim", EventType.CAPTURE, EventType.CAPTURE),
    ("the claim", EventType.CAPTURE, EventType.INFORMATION),
], ids=[
    "the one denied", "the other denied", "no ground: the last on it", "either of them",
    "a single claim: the last",
])  # fmt: skip
def test_several_claims_are_those_in_dispute(words: str, denied: EventType, expected: EventType) -> None:
    """Where nobody says whose they are, "the claims" are what one side asserts and the other denies."""
    text = (
        f"Moscow said it had taken Lyman, moved west and told lies. Kyiv denied a loss. CNN could not verify {words}."
    )
    reading = Reading(document=read_text(text), doc=nlp.load()(text))
    for predicate, type in (
        ("taken", EventType.CAPTURE), ("moved", EventType.ADVANCE), ("told", EventType.INFORMATION)
    ):  # fmt: skip
        said(reading, predicate, predicate, by="RUS", stance=Stance.ASSERT, type=type)
    said(reading, "loss", "a loss", by="UKR", stance=Stance.DENY, type=denied)
    judged = said(reading, words.split()[1], words, by="CNN", stance=Stance.UNVERIFIED)
    point_back(reading, parties=Parties.default())
    assert judged.mention.type is expected


@pytest.mark.model
@pytest.mark.parametrize(("words", "expected"), [
    ("it had shelled the town of Lyman, wounding three people there", EventType.ATTACK),
    ("it had shelled Lyman, where bombs wounded three last week", EventType.ATTACK),
    ("it had shelled Lyman and wounded three", EventType.CASUALTIES),
], ids=["what follows from an event: the event", "a clause below it: the event", "two events: the last"])  # fmt: skip
def test_a_claim_is_meant_whole(words: str, expected: EventType) -> None:
    """The claim that is denied is the main event of what was said, not what that led to."""
    text = f"Moscow said {words}. Kyiv denied the claim."
    reading = Reading(document=read_text(text), doc=nlp.load()(text))
    wounding = "wounding" if "wounding" in words else "wounded"
    for predicate, type in (("shelled", EventType.ATTACK), (wounding, EventType.CASUALTIES)):
        said(reading, predicate, predicate, by="RUS", stance=Stance.ASSERT, type=type)
    denial = said(reading, "claim", "the claim", by="UKR", stance=Stance.DENY)
    point_back(reading, parties=Parties.default())
    assert denial.mention.type is expected


@pytest.mark.parametrize(("predicate", "content", "points"), [
    ("claim", "the claim", True),
    ("deal", "a deal", False),
    ("rejected", "Kyiv rejected a ceasefire", False),
])  # fmt: skip
def test_only_bare_pointers_point(predicate: str, content: str, points: bool) -> None:
    """A noun for a claim points back; a noun for an event and a clause do not."""
    reading = reading_of("rejected")
    assert points_back(reading.doc, draft_of(reading, predicate, content).mention) is points
