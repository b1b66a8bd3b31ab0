"""Contents that only point back ("the claim", "that"), and the event that they point to.

After ``claims.md`` they take class, actor, places and time from it. Where the judgement only hangs on the word that
points ("A said that P fell, a claim B denied") the words of that event are the content.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import msgspec

from claimkit.cues import Cues
from claimkit.dependencies import RELATIVE_CLAUSES
from claimkit.frames import Because, EventMention, Voice
from claimkit.parties import Parties
from claimkit.reading import Draft, Reading
from claimkit.records import Stance
from claimkit.remarks import is_remark, points_back
from claimkit.triggers import Triggers

if TYPE_CHECKING:
    from spacy.tokens import Doc

REACH = 2
"""How many sentences back a content points that does not say whose claim it is."""
SEVERAL_REACH = 4
"""The same for one that stands for the claims of two: "either account"."""
NAMED_REACH = 12
"""The same for one that does: "Moscow's claim"."""
WHOSE_REACH = 4
"""How many words behind a claim can say whose it is: "the claim by the Russian ministry"."""
PARTICIPLE = "VBG"
SUBORDINATE = RELATIVE_CLAUSES | {"advcl"}


def point_back(reading: Reading, *, parties: Parties) -> None:
    """Give every judged content that points back the event that it points to, where there is one."""
    order = sorted(range(len(reading.drafts)), key=lambda at: reading.drafts[at].mention.predicate)
    before: list[Draft] = []
    for at in order:
        draft = reading.drafts[at]
        if draft.attribution.stance is Stance.ASSERT or not points_back(reading.doc, draft.mention):
            before.append(draft)
        elif target := _target(reading, draft, before, parties=parties):
            _take_over(reading, draft, target)


def _target(reading: Reading, draft: Draft, before: Iterable[Draft], *, parties: Parties) -> Draft | None:
    """Give the claim that is meant: the last; of "Moscow's claim" or "the claims" one on the ground or in dispute."""
    here = reading.sentence_of[draft.mention.predicate]
    voiced = [one for one in before if one.attribution.voice is not Voice.NARRATOR and one.claimant is not None]
    said = [one for one in voiced if one.attribution.stance is Stance.ASSERT]
    owners = _owners(reading, draft.mention, parties=parties)
    pointer = reading.doc[draft.mention.predicate]
    pair = reading.doc[slice(*draft.mention.content)].text.lower().startswith(parties.pairing)
    several = pair or pointer.lower_ != pointer.lemma_.lower()
    if owners:
        meant, reach = [one for one in said if one.claimant and one.claimant.party.id in owners], NAMED_REACH
    else:
        meant = [one for one in said if draft.claimant is None or one.claimant != draft.claimant]
        reach = SEVERAL_REACH if pair else REACH
    near, against = (
        [one for one in some if here - reading.sentence_of[one.mention.predicate] <= reach] for some in (meant, voiced)
    )
    if owners or several:
        denied = {one.mention.type for one in against if one.attribution.stance is Stance.DENY}
        ground = [one for one in near if Triggers.default().classes[one.mention.type].ground]
        near = [one for one in ground if not owners and one.mention.type in denied] or ground or near
    return _main(reading.doc, near) if near else None


def _main(doc: Doc, near: Sequence[Draft]) -> Draft:
    """Give the last claim, or the one of its speaker that it is a part of.

    Such a part is a participle or a clause below: "it fired rockets, wounding three", "it took a town that it lost".
    """
    last = near[-1]
    word = doc[last.mention.predicate]
    part = word.dep_ in SUBORDINATE or word.tag_ == PARTICIPLE
    if not part or any(child.dep_ == "cc" for child in word.children):
        return last
    whole = [
        one for one in near
        if one.attribution.cue == last.attribution.cue and doc[one.mention.predicate].is_ancestor(word)
    ]  # fmt: skip
    return whole[-1] if whole else last


def _owners(reading: Reading, mention: EventMention, *, parties: Parties) -> frozenset[str]:
    """Give the parties that are named as whose claim it is: in the content, or beside it ("the claim by Moscow")."""
    doc, (start, end) = reading.doc, mention.content
    words, after = doc[start:end].text, doc[mention.predicate + 1 : mention.predicate + 1 + WHOSE_REACH]
    if len(after) and after[0].lower_ in Cues.default().words.source_cases:
        words += f" {doc[after.start : next((t.i for t in after if t.is_punct), after.end)].text}"
    return frozenset(code for hit in parties.find(words) for code in hit.parties)


def _take_over(reading: Reading, draft: Draft, target: Draft) -> None:
    own, other = draft.mention, target.mention
    together = reading.sentence_of[own.predicate] == reading.sentence_of[other.predicate]
    remark = together and is_remark(reading.doc, draft)
    pointing = Because(rule="content.points-back", span=own.content)
    classed = tuple(because for because in other.because if "event." in because.rule)
    draft.mention = msgspec.structs.replace(
        other, predicate=own.predicate, content=other.content if remark else own.content, negated=False,
        score=own.score, because=(*own.because, pointing, *classed),
    )  # fmt: skip
    draft.actor = target.actor
