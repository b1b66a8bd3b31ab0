"""Whose words an attribution has where grammar tells it: nobody's, those of the accused, those of whom "we" means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from claimkit.cue_frames import owner_of, passes_on
from claimkit.cues import Cues
from claimkit.dependencies import OBJECTS
from claimkit.frames import Attribution, TokenSpan, Voice
from claimkit.labels import base, tree_of
from claimkit.quotations import first_person
from claimkit.records import REJECTING, Stance

if TYPE_CHECKING:
    from spacy.tokens import Doc

PRONOUN = "PRP"
SURE = 0.99
"""Chance of whom a pronoun stands for where the grammar of the sentence tells it."""


def spoken(doc: Doc, tie: Attribution) -> Attribution:
    """Give the article what nobody says: that "no group has claimed the attack" is its own word, and denies nothing.

    "No Russian official" and "neither side" are words for a party all the same.
    """
    if tie.source is None or not is_nobody(doc, tie.source):
        return tie
    claims = tie.cue is not None and doc[slice(*tie.cue)].root.lemma_ in Cues.default().words.claiming
    denied = claims and Stance.DENY in (tie.stance, tie.suggested and tie.suggested[0])
    return msgspec.structs.replace(
        tie, source=None, speakers=(), speaking={}, voice=Voice.NARRATOR,
        stance=Stance.ASSERT if denied else tie.stance, suggested=None if denied else tie.suggested,
    )  # fmt: skip


def is_nobody(doc: Doc, span: TokenSpan) -> bool:
    """Tell whether words are "nobody", "no one" or "no" and a noun: no name, number, nationality or "no-fly zone"."""
    first, rest = doc[span[0]], doc[span[0] + 1 : span[1]]
    if first.lower_ not in Cues.default().words.nobody:
        return False
    named = any(token.text[0].isupper() or token.like_num and token.lower_ != "one" for token in rest)
    counted = len(rest) > 0 and (rest[0].text in ("-", "‑") or rest[0].tag_ in ("JJR", "RBR"))
    return not named and not counted


def named_speaker(doc: Doc, tie: Attribution, by_rules: Sequence[Attribution]) -> Attribution:
    """Tell whom "we" stands for where its words stand in somebody's: of "we see no sign that P, A said" it is A."""
    if tie.source is None or not first_person(doc[slice(*tie.source)]):
        return tie
    around = [
        (end - start, rule.source) for rule in by_rules for start, end in rule.contents
        if rule.source and rule.cue != tie.cue and start <= tie.source[0] < end
    ]  # fmt: skip
    return msgspec.structs.replace(tie, source=min(around)[1]) if around else tie


def is_judged(doc: Doc, tie: Attribution) -> bool:
    """Tell whether a source is who makes the claim that a modifier judges: "A made false claims", "A falsely claimed".

    Such a judgement is the article's, or that of who says the sentence around, and not A's.
    """
    if tie.source is None or tie.cue is None:
        return False
    tree, cues = tree_of(doc), Cues.default()
    for at in range(*tie.cue):
        governor, dep = tree.heads[at], base(tree.deps[at])
        if dep not in ("amod", "advmod") or not any(match.stance in REJECTING for match in cues.at(tree, at)):
            continue
        makers = (owner_of(tree, governor), passes_on(tree, governor)) if dep == "amod" else (tree.subject(governor),)
        if any(maker is not None and tie.source[0] <= maker < tie.source[1] for maker in makers):
            return True
    return False


def accused(doc: Doc, ties: Sequence[Attribution]) -> dict[TokenSpan, int]:
    """Give the accused by the pronoun that denies: in "A accused B of P, but it denied that" it stands for B.

    Two who are accused together are nobody in particular.
    """
    verbs = [doc[slice(*tie.cue)].root for tie in ties if tie.cue and stance_of(tie) is Stance.ASSERT]
    charged = [
        child for verb in verbs if verb.lemma_.lower() in Cues.default().words.blaming for child in verb.children
        if child.dep_ in OBJECTS and not any(other.dep_ == "conj" for other in child.children)
    ]  # fmt: skip
    if not charged:
        return {}
    return {
        tie.source: charged[0].i for tie in ties
        if tie.source and stance_of(tie) is Stance.DENY and doc[slice(*tie.source)].root.tag_ == PRONOUN
        and charged[0].i < tie.source[0]
    }  # fmt: skip


def standing_for(tie: Attribution, named: Mapping[TokenSpan, int]) -> Attribution:
    """Tell by whom a pronoun that is a source was named."""
    if tie.source is None or tie.source not in named:
        return tie
    return msgspec.structs.replace(tie, speakers=((named[tie.source], SURE),), speaking={})


def stance_of(tie: Attribution) -> Stance:
    """Give the stance that rules or model have seen, the rules' first."""
    return tie.suggested[0] if tie.suggested and tie.stance is Stance.ASSERT else tie.stance
