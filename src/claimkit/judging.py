"""The stance of each draft: the cue's by the lexicon, turned by negations, else what the model reads with certainty."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import msgspec

from claimkit import stance
from claimkit.cues import Cues
from claimkit.reading import Draft
from claimkit.records import Stance
from claimkit.settings import Settings

if TYPE_CHECKING:
    from spacy.tokens import Doc


def judged(doc: Doc, draft: Draft, *, settings: Settings) -> Draft:
    """Give the draft with its stance and the reasons for it."""
    tie = draft.attribution
    by_cue = Cues.default().classify(doc, tie.cue) if tie.cue and tie.suggested else None
    if by_cue is not None and tie.stance is Stance.ASSERT:
        tie = msgspec.structs.replace(tie, stance=by_cue[0], because=(*tie.because, by_cue[2]))
    decided, _, because = stance.decide(doc, tie, draft.mention)
    if tie.suggested and decided is Stance.ASSERT:
        suggested, chance = tie.suggested
        if chance >= settings.stance_floor:
            decided = suggested
    return dataclasses.replace(draft, attribution=msgspec.structs.replace(tie, stance=decided, because=because))
