"""The stance of each draft: the cue's by the lexicon, turned by negations, else what the model reads with certainty."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import msgspec

from claimkit import stance
from claimkit.clauses import QUESTION_WORDS, open_question
from claimkit.cues import Cues
from claimkit.event_rules import firmly_negated
from claimkit.frames import Because, EventMention
from claimkit.labels import tree_of
from claimkit.reading import Draft
from claimkit.records import EventType, Stance
from claimkit.settings import Settings

if TYPE_CHECKING:
    from spacy.tokens import Doc

POSITION = "stance.position"
"""The reason where a cue that denies facts is a position toward terms or a plan."""


def judged(doc: Doc, draft: Draft, *, settings: Settings) -> Draft:
    """Give the draft with its stance and the reasons for it."""
    tie = draft.attribution
    by_cue = Cues.default().classify(doc, tie.cue) if tie.cue and tie.suggested else None
    if by_cue is not None and tie.stance is Stance.ASSERT:
        told = tie.because if by_cue[2] in tie.because else (*tie.because, by_cue[2])
        tie = msgspec.structs.replace(tie, stance=by_cue[0], because=told)
    mention = draft.mention
    lifted = _sure_of(tie.suggested, Stance.ASSERT, floor=settings.negation_floor)
    if mention.negated and lifted and not firmly_negated(doc, mention.predicate):
        mention = msgspec.structs.replace(mention, negated=False)
    decided, _, because = stance.decide(doc, tie, mention)
    if decided is Stance.DENY and _names_terms(doc, draft.mention):
        toward = [found for reason in because if (found := Cues.default().toward_terms(doc, reason)) is not None]
        if toward:
            decided, because = toward[0], (*because, Because(rule=POSITION, span=mention.content))
    elif tie.suggested and decided is Stance.ASSERT:
        suggested, chance = tie.suggested
        if chance >= settings.stance_floor:
            decided = suggested
    return dataclasses.replace(draft, attribution=msgspec.structs.replace(tie, stance=decided, because=because))


def _sure_of(suggested: tuple[Stance, float] | None, stance: Stance, *, floor: float) -> bool:
    return suggested is not None and suggested[0] is stance and suggested[1] >= floor


def _names_terms(doc: Doc, mention: EventMention) -> bool:
    """Tell whether a content is a noun for something of talks (a plan, terms), not a statement about them."""
    noun = doc[mention.predicate]
    stated = any(child.dep_ in ("cop", "nsubj", "nsubjpass", "nsubj:pass") for child in noun.children)
    return (
        mention.type is EventType.NEGOTIATE
        and noun.pos_ == "NOUN"
        and not Cues.default().points_back(noun)
        and not stated
    )


def is_open(doc: Doc, draft: Draft) -> bool:
    """Tell whether what is not known is a question ("unclear who did it"), which puts nothing forward."""
    if draft.attribution.stance not in (Stance.UNVERIFIED, Stance.DOUBT):
        return False
    cue, asks = draft.attribution.cue, open_question(tree_of(doc), draft.mention.predicate)
    return asks or (cue is not None and cue[1] == draft.mention.content[0] and doc[cue[1] - 1].tag_ in QUESTION_WORDS)
