"""Stance and factuality: the cue decides, a negation inside the content turns it, talks keep theirs."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from claimkit import attribution_rules, event_rules, stance
from claimkit.frames import Attribution, EventMention
from claimkit.records import EventType, Modality, Stance
from tests.parses import parsed


def judged(name: str) -> list[tuple[str, str, str]]:
    """Give class, stance and factuality of every source and event of a sentence."""
    doc = parsed(name)
    said = attribution_rules.find(doc)
    out = []
    for mention in event_rules.find(doc):
        own: list[Attribution | None] = [found for found in said if mention.predicate in found.predicates] or [None]
        out += [
            (
                mention.type.value,
                stance.decide(doc, found, mention)[0].value,
                stance.factuality(doc, found, mention).value,
            )
            for found in own
        ]
    return out


CASES = {
    "said-that": [("capture", "assert", "CT+")],
    "said-not": [("capture", "unverified", "Uu")],
    "said-not-lost": [("capture", "deny", "CT-")],
    "said-no-deal": [("negotiate", "assert", "CT-")],
    "denied-losing": [("capture", "deny", "CT-")],
    "denied-that": [("withdraw", "deny", "CT-")],
    "denied-not": [("advance", "assert", "CT+")],
    "not-confirmed": [("capture", "unverified", "Uu")],
    "confirmed": [("capture", "acknowledge", "CT+")],
    "acknowledged": [("withdraw", "acknowledge", "CT+")],
    "not-deny": [("attack", "unverified", "Uu")],
    "neither-nor": [("attack", "unverified", "Uu")],
    "yet-to-confirm": [("attack", "unverified", "Uu")],
    "unclear": [("capture", "unverified", "Uu")],
    "disputed": [("destroy", "doubt", "PR-"), ("destroy", "assert", "CT+")],
    "moscow-assertion": [("advance", "deny", "CT-"), ("advance", "assert", "CT+")],
    "failed": [("advance", "deny", "CT-")],
    "no-casualties": [("casualties", "deny", "CT-")],
    "none": [("casualties", "deny", "CT-")],
    "confirmed-advances": [("advance", "unverified", "Uu")],
    "reportedly": [("surrender", "assert", "PR+")],
    "must": [("withdraw", "assert", "Uu")],
    "could": [("encircle", "assert", "PS+")],
    "plans": [("deploy", "assert", "PR+")],
}


@pytest.mark.parametrize("name", sorted(CASES))
def test_stance_and_factuality(name: str) -> None:
    """Cue, negation and modality together give stance and factuality."""
    assert judged(name) == CASES[name]


def mention_of(doc: Doc, *, kind: EventType, negated: bool) -> EventMention:
    """Make a mention over a whole sentence."""
    return EventMention(predicate=0, content=(0, len(doc)), type=kind, negated=negated, modality=Modality.ACTUAL)


@pytest.mark.parametrize("kind", [EventType.NEGOTIATE, EventType.INFORMATION, EventType.OTHER])
def test_negation_stays_inside_the_content(kind: EventType) -> None:
    """Off the ground a negation is part of what is asserted."""
    doc = parsed("take-town")
    assert stance.decide(doc, None, mention_of(doc, kind=kind, negated=True))[:2] == (Stance.ASSERT, True)


@pytest.mark.parametrize("kind", [EventType.CAPTURE, EventType.AID, EventType.HUMANITARIAN, EventType.DEPLOY])
def test_negation_on_the_ground_is_a_denial(kind: EventType) -> None:
    """On the ground a negated content denies the positive event, and says why."""
    doc = parsed("take-town")
    decided, inside, why = stance.decide(doc, None, mention_of(doc, kind=kind, negated=True))
    assert (decided, inside, [reason.rule for reason in why]) == (Stance.DENY, False, ["negation.content"])


def test_doubt_is_not_turned() -> None:
    """Who cannot verify that something did not happen has still verified nothing."""
    doc = parsed("take-town")
    unsure = Attribution(source=None, cue=None, contents=((0, 1),), stance=Stance.UNVERIFIED)
    decided = stance.decide(doc, unsure, mention_of(doc, kind=EventType.CAPTURE, negated=True))
    assert decided[:2] == (Stance.UNVERIFIED, True)
