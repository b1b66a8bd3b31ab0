"""What is said twice, and what only looks so."""

from __future__ import annotations

import msgspec
import pytest

from claimkit.frames import Because, Voice
from claimkit.judging import POSITION
from claimkit.parties import Parties
from claimkit.reading import Draft, Who
from claimkit.records import EventType, Stance
from claimkit.twins import without_twins
from tests.core_parses import draft_of, reading_of, span

READING = reading_of("rejected")
"""Kyiv rejected a ceasefire but denied a deal and dismissed the claim."""


def claim(
    predicate: str, content: str, *, by: str = "NARRATOR", cue: str | None = None, stance: Stance = Stance.ASSERT,
    type: EventType = EventType.NEGOTIATE, position: bool = False, score: float = 0.9,
) -> Draft:  # fmt: skip
    """Give a claim of a sentence."""
    draft = draft_of(READING, predicate, content, type=type)
    draft.mention = msgspec.structs.replace(draft.mention, score=score)
    draft.attribution = msgspec.structs.replace(
        draft.attribution, cue=span(READING.doc, cue) if cue else None, stance=stance,
        voice=Voice.SOURCE if cue else Voice.NARRATOR,
        because=(Because(rule=POSITION, span=draft.mention.content),) if position else (),
    )  # fmt: skip
    if by != "NARRATOR":
        draft.claimant = Who(party=Parties.default()[by], rule="party.name", score=1.0)
    return draft


ACT = "Kyiv rejected a ceasefire"


@pytest.mark.parametrize(("drafts", "stay"), [
    ([claim("ceasefire", "a ceasefire", score=0.4), claim("ceasefire", "a ceasefire", type=EventType.AID)], [1]),
    ([claim("ceasefire", "a ceasefire", by="UKR"), claim("ceasefire", "a ceasefire", by="RUS")], [0, 1]),
    ([claim("ceasefire", "a ceasefire"), claim("ceasefire", "a ceasefire", stance=Stance.DENY, score=0.4)], [1]),
    ([claim("ceasefire", "a ceasefire", stance=Stance.DENY), claim("ceasefire", "a ceasefire", stance=Stance.DOUBT,
                                                                   score=0.4)], [0]),
    ([claim("ceasefire", "a ceasefire", stance=Stance.DENY),
      claim("ceasefire", "a ceasefire", stance=Stance.ACKNOWLEDGE)], [0, 1]),
    ([claim("rejected", ACT), claim("deal", "a deal")], [0, 1]),
    ([claim("rejected", ACT), claim("ceasefire", "a ceasefire", by="UKR", cue="rejected")], [1]),
    ([claim("rejected", ACT), claim("ceasefire", "a ceasefire", by="UKR", cue="denied")], [0, 1]),
    ([claim("rejected", ACT), claim("ceasefire", "a ceasefire", by="UKR", cue="rejected", position=True)], [0]),
], ids=[
    "the same words: the surer", "two parties", "a judgement and an assertion", "a denial and a doubt",
    "first denied, then confirmed", "other words", "an act of speaking: what is said",
    "another cue", "a position: the act",
])  # fmt: skip
def test_what_stays(drafts: list[Draft], stay: list[int]) -> None:
    """One claim stays of what one party says twice, and of an act of speaking with what it says."""
    assert {id(draft) for draft in without_twins(drafts, sentence_of=READING.sentence_of)} == {
        id(drafts[at]) for at in stay
    }
