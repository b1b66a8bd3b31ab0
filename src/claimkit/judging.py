"""The stance of each draft: the cue's by the lexicon, turned by negations, else what the model reads with certainty."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import msgspec

from claimkit import stance
from claimkit.attribution import names_so
from claimkit.clauses import QUESTION_WORDS, in_condition, open_question
from claimkit.cues import Cues
from claimkit.event_rules import firmly_negated
from claimkit.frames import Attribution, Because, EventMention, TokenSpan
from claimkit.labels import NOMINAL, tree_of
from claimkit.reading import Draft
from claimkit.records import REJECTING, EventType, Stance
from claimkit.settings import Settings

if TYPE_CHECKING:
    from spacy.tokens import Doc

POSITION = "stance.position"
"""The reason where a cue that denies facts is a position toward terms or a plan."""
LASTING = frozenset({EventType.HOLD, EventType.CAPTURE, EventType.ENCIRCLE})
"""Events that leave a state behind, which "no longer" denies."""
JUDGEMENT = "stance.judgement"
"""The reason where a content is itself what is said of a claim."""


def judged(doc: Doc, draft: Draft, *, settings: Settings) -> Draft:
    """Give the draft with its stance and the reasons for it."""
    tie = draft.attribution
    by_cue = Cues.default().classify(doc, tie.cue) if tie.cue and tie.suggested else None
    if by_cue is not None and tie.stance is Stance.ASSERT:
        told = tie.because if by_cue[2] in tie.because else (*tie.because, by_cue[2])
        tie = msgspec.structs.replace(tie, stance=by_cue[0], because=told)
    mention = draft.mention
    lifted = _sure_of(tie.suggested, Stance.ASSERT, floor=settings.negation_floor)
    lasting = mention.type in LASTING
    if mention.negated and lifted and not firmly_negated(doc, mention.predicate, lasting=lasting):
        mention = msgspec.structs.replace(mention, negated=False)
    decided, _, because = stance.decide(doc, tie, mention)
    if _takes_view(decided, tie) and is_judgement(doc, tie.cue, mention):
        own = msgspec.structs.replace(draft.mention, type=EventType.INFORMATION)
        why = (*because, Because(rule=JUDGEMENT, span=mention.content))
        said = msgspec.structs.replace(tie, stance=Stance.ASSERT, because=why)
        return dataclasses.replace(draft, mention=own, attribution=said)
    if decided is Stance.DENY and _names_terms(doc, draft.mention):
        toward = [found for reason in because if (found := Cues.default().toward_terms(doc, reason)) is not None]
        if toward:
            decided, because = toward[0], (*because, Because(rule=POSITION, span=mention.content))
    elif tie.suggested and decided is Stance.ASSERT:
        suggested, chance = tie.suggested
        if chance >= settings.stance_floor:
            decided = suggested
    return dataclasses.replace(draft, attribution=msgspec.structs.replace(tie, stance=decided, because=because))


def _takes_view(decided: Stance, tie: Attribution) -> bool:
    suggested = tie.suggested[0] if tie.suggested else decided
    return decided in REJECTING or suggested in REJECTING


def is_judgement(doc: Doc, cue: TokenSpan | None, mention: EventMention) -> bool:
    """Tell whether a content is the judgement of its own cue: the "untrue" of "said the claim was untrue".

    So is "propaganda" in "dismissed the report as propaganda". Who judges so asserts it.
    """
    if cue is None:
        return False
    if cue[0] <= mention.predicate < cue[1]:
        return any(match.stance in REJECTING for match in Cues.default().at(tree_of(doc), mention.predicate))
    return cue[1] <= mention.predicate and names_so(doc, mention)


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
    """Tell whether a content puts nothing forward: a question ("unclear who did it", "asked whether P"), an "if P".

    Nor does who tells nothing of it: "gave no figure for its losses".
    """
    cue, start, taken = draft.attribution.cue, draft.mention.content[0], draft.attribution.stance
    if _is_withheld(doc, draft.mention.predicate):
        return True
    if taken is not Stance.UNVERIFIED and in_condition(tree_of(doc), draft.mention.predicate):
        return True
    if taken is Stance.ASSERT:
        return cue is not None and _asks_whether(doc, cue, start)
    if taken not in (Stance.UNVERIFIED, Stance.DOUBT):
        return False
    follows = cue is not None and cue[1] == start
    asks = follows and any(doc[word].tag_ in QUESTION_WORDS for word in (start - 1, start))
    return asks or open_question(tree_of(doc), draft.mention.predicate)


def _is_withheld(doc: Doc, index: int) -> bool:
    """Tell whether a noun is what somebody does not tell, or hangs on it: "gave no toll", "no details of the raid"."""
    words, tree = Cues.default().words, tree_of(doc)
    for node in (index, *tree.ancestors(index)):
        if tree.upos(node) not in NOMINAL:
            return False
        if tree.lemmas[node] in words.withheld:
            none = any(tree.lemmas[kid] in words.negating_determiners for kid in tree.kids(node, "det"))
            return none and tree.heads[node] >= 0 and tree.lemmas[tree.heads[node]] in words.telling
    return False


def _asks_whether(doc: Doc, cue: TokenSpan, start: int) -> bool:
    words = Cues.default().words
    whether = start > 0 and doc[start - 1].lower_ in words.whether_marks
    return whether and doc[slice(*cue)].root.lemma_ in words.asking
