"""Claims as records, and the counts of what was not used."""

from __future__ import annotations

import dataclasses

import msgspec
import pytest
from spacy.tokens import Span as Tokens

from claimkit import collecting
from claimkit.frames import Because
from claimkit.parties import Parties
from claimkit.reading import Draft, Reading, Toponym, Who
from claimkit.records import Block, BlockKind, Claim, EventType, Party, PartyKind, PlaceMention, Stance
from tests.core_parses import draft_of, reading_of, span

RUS, UKR, SDN = (Parties.default()[code] for code in ("RUS", "UKR", "SDN"))
NOBODY = Party(id="UNKNOWN", name="Three bakers", kind=PartyKind.UNKNOWN)
OPEN = PlaceMention(id=None, name="Pokrovsk", text="Pokrovsk", start=0, end=8)


def who(party: Party) -> Who:
    """Make a party that was told with certainty."""
    return Who(party=party, rule="party.name", score=1.0)


def said(reading: Reading, *, claimant: Party = RUS, actor: Party | None = None, stance: Stance = Stance.ASSERT,
         type: EventType = EventType.CAPTURE) -> Draft:  # fmt: skip
    """Make the draft of "Russia said that its troops captured Pokrovsk"."""
    doc = reading.doc
    draft = draft_of(reading, "captured", "its troops captured Pokrovsk", type=type)
    draft.attribution = msgspec.structs.replace(
        draft.attribution, source=span(doc, "Russia"), cue=span(doc, "said"), stance=stance,
        because=(Because(rule="cue.say", span=span(doc, "said")),),
    )  # fmt: skip
    draft.claimant = who(claimant)
    draft.actor = who(actor) if actor else None
    return draft


def fell(reading: Reading, *, claimant: Party = UKR) -> Draft:
    """Make the draft of "Ukraine denied that the city had fallen"."""
    draft = draft_of(reading, "fallen", "the city had fallen")
    draft.attribution = msgspec.structs.replace(
        draft.attribution, source=span(reading.doc, "Ukraine"), cue=span(reading.doc, "denied"), stance=Stance.DENY
    )
    draft.claimant = who(claimant)
    return draft


def collected(reading: Reading, *drafts: Draft) -> tuple[Claim, ...]:
    """Collect the claims of the drafts."""
    reading.drafts = list(drafts)
    return collecting.claims(reading, parties=Parties.default())


def test_the_record_of_a_claim() -> None:
    """Each span is cut from the text; claimant, stance and event are those of the draft."""
    reading = reading_of("denied", published="2026-03-17")
    (claim,) = collected(reading, said(reading, actor=RUS))
    text = reading.document.text
    assert claim.source is not None
    assert claim.cue is not None
    spans = (claim.sentence, claim.content, claim.source, claim.cue)
    assert [s.text for s in spans] == [text, "its troops captured Pokrovsk", "Russia", "said"]
    assert [text[s.start : s.end] for s in spans] == [s.text for s in spans]
    assert (claim.claimant, claim.stance, claim.event.type, claim.event.actor, claim.published) == (
        RUS, Stance.ASSERT, EventType.CAPTURE, "RUS", "2026-03-17")  # fmt: skip
    assert [(reason.rule, text[reason.start : reason.end]) for reason in claim.because] == [
        ("cue.say", "said"), ("party.name", "Russia"), ("party.name", "its troops captured Pokrovsk")]  # fmt: skip


def test_ids_depend_on_the_text_alone() -> None:
    """The same claim has the same id, wherever the file lies and in whatever order the claims were found."""
    here, there = reading_of("denied"), reading_of("denied")
    there.document = msgspec.structs.replace(there.document, path="elsewhere/copy.txt", outlet="The Paper")
    one = collected(here, said(here), fell(here))
    other = collected(there, fell(there), said(there))
    assert [claim.id for claim in one] == [claim.id for claim in other]
    assert len({claim.id for claim in one}) == 2
    assert all(claim.id.startswith("c-") and len(claim.id) == 2 + collecting.ID_LENGTH for claim in one)


def test_ids_tell_claims_apart() -> None:
    """Another claimant, stance, event or text is another claim."""
    reading, longer = reading_of("denied"), reading_of("denied", "quoted")
    variants = [
        collected(reading, said(reading)),
        collected(reading, said(reading, claimant=UKR)),
        collected(reading, said(reading, stance=Stance.DENY)),
        collected(reading, said(reading, type=EventType.HOLD)),
        collected(longer, said(longer)),
    ]
    assert len({claim.id for (claim,) in variants}) == len(variants)


def test_claims_are_ordered_by_content_and_come_once() -> None:
    """The order is that of the text; two drafts that say the same are one claim."""
    reading = reading_of("denied")
    found = collected(reading, fell(reading), said(reading), said(reading), said(reading, claimant=UKR))
    assert [(claim.content.text, claim.claimant.id) for claim in found] == [
        ("its troops captured Pokrovsk", "RUS"), ("its troops captured Pokrovsk", "UKR"),
        ("the city had fallen", "UKR"),
    ]  # fmt: skip


@pytest.mark.parametrize(("type", "claimant", "actor", "stance", "expected"), [
    (EventType.CASUALTIES, RUS, RUS, Stance.ASSERT, True),
    (EventType.WITHDRAW, RUS, RUS, Stance.ACKNOWLEDGE, True),
    (EventType.SURRENDER, RUS, RUS, Stance.DENY, False),
    (EventType.CASUALTIES, RUS, UKR, Stance.ASSERT, False),
    (EventType.CAPTURE, UKR, RUS, Stance.ASSERT, True),
    (EventType.ADVANCE, UKR, RUS, Stance.ACKNOWLEDGE, True),
    (EventType.CAPTURE, UKR, RUS, Stance.DENY, False),
    (EventType.CAPTURE, RUS, RUS, Stance.ASSERT, False),
    (EventType.CAPTURE, SDN, RUS, Stance.ASSERT, False),
    (EventType.CAPTURE, NOBODY, RUS, Stance.ASSERT, False),
    (EventType.ATTACK, UKR, RUS, Stance.ASSERT, False),
    (EventType.CASUALTIES, RUS, None, Stance.ASSERT, False),
])  # fmt: skip
def test_against_interest(
    type: EventType, claimant: Party, actor: Party | None, stance: Stance, expected: bool
) -> None:
    """A side grants its own loss or its enemy's gain; a denial, another's loss, a stranger's word are none."""
    reading = reading_of("denied")
    (claim,) = collected(reading, said(reading, type=type, claimant=claimant, actor=actor, stance=stance))
    assert claim.against_interest is expected


@pytest.mark.parametrize(("score", "expected"), [(0.9, True), (0.5, False)])
def test_a_guessed_actor_makes_nothing_against_interest(score: float, expected: bool) -> None:
    """Who acts must be likely for a claim to be flagged as granting the enemy's gain."""
    reading = reading_of("denied")
    draft = said(reading, type=EventType.CAPTURE, claimant=UKR)
    draft.actor = Who(party=RUS, rule="party.antecedent", score=score)
    (claim,) = collected(reading, draft)
    assert (claim.event.actor, claim.against_interest) == ("RUS", expected)


def test_a_draft_without_claimant_is_nobodys() -> None:
    """What was not linked is UNKNOWN, with no confidence that it is not."""
    reading = reading_of("denied")
    known, unknown = said(reading), said(reading)
    unknown.claimant = None
    (claim,) = collected(reading, unknown)
    assert claim.claimant == collecting.UNKNOWN
    assert claim.confidence < collected(reading, known)[0].confidence


def test_the_counts_of_the_report() -> None:
    """Sentences, words, cues without a claim, claims without a claimant, places without identity, furniture."""
    reading = reading_of("denied", "quoted")
    doc, text = reading.doc, reading.document.text
    reading.document = msgspec.structs.replace(
        reading.document, blocks=(*reading.document.blocks, Block(start=len(text), end=len(text),
                                                                 kind=BlockKind.FURNITURE)),
    )  # fmt: skip
    doc.spans["cue"] = [Tokens(doc, *span(doc, words), label="cue") for words in ("said", "denied")]
    draft = said(reading, claimant=NOBODY)
    words = span(doc, "Pokrovsk")
    draft.places = (Toponym(tokens=words, mention=OPEN),)
    reading.claims = collected(reading, draft)
    report = collecting.report(reading)
    assert (report.sentences, report.sentences_with_claims, report.claims, report.words) == (2, 1, 1, 19)
    assert (report.cues_without_claim, report.claims_without_claimant, report.places_unresolved, report.furniture) == (
        1, 1, 1, 1)  # fmt: skip
    assert report.sha256 == reading.document.sha256


def test_a_report_of_nothing() -> None:
    """Without drafts there are no claims, and every cue is one that was not used."""
    reading = reading_of("denied")
    reading.doc.spans["cue"] = [Tokens(reading.doc, *span(reading.doc, "said"), label="cue")]
    reading.claims = collected(reading)
    report = collecting.report(reading)
    assert (report.claims, report.cues_without_claim, report.sentences_with_claims) == (0, 1, 0)


def test_collecting_changes_no_draft() -> None:
    """The drafts are read, not written."""
    reading = reading_of("denied")
    draft = said(reading)
    before = dataclasses.replace(draft)
    collected(reading, draft)
    assert draft == before
