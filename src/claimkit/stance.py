"""Stance and factuality of a claim: what the cue says, what a negation inside the content makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimkit.cues import Cues
from claimkit.frames import Attribution, Because, EventMention
from claimkit.labels import Tree, tree_of
from claimkit.lexicon_cues import Factuality
from claimkit.records import Modality, Stance
from claimkit.triggers import Triggers

if TYPE_CHECKING:
    from spacy.tokens import Doc

_OPPOSITE = {
    Factuality.CERTAIN: Factuality.CERTAIN_NOT, Factuality.CERTAIN_NOT: Factuality.CERTAIN,
    Factuality.PROBABLE: Factuality.PROBABLE_NOT, Factuality.PROBABLE_NOT: Factuality.PROBABLE,
    Factuality.POSSIBLE: Factuality.POSSIBLE_NOT, Factuality.POSSIBLE_NOT: Factuality.POSSIBLE,
    Factuality.UNKNOWN: Factuality.UNKNOWN,
}  # fmt: skip
_OF_STANCE = {
    Stance.ASSERT: Factuality.CERTAIN, Stance.ACKNOWLEDGE: Factuality.CERTAIN, Stance.DENY: Factuality.CERTAIN_NOT,
    Stance.DOUBT: Factuality.PROBABLE_NOT, Stance.UNVERIFIED: Factuality.UNKNOWN,
}  # fmt: skip
_OF_MODALITY = {
    Modality.FUTURE: Factuality.PROBABLE, Modality.POSSIBLE: Factuality.POSSIBLE, Modality.DEMANDED: Factuality.UNKNOWN,
}  # fmt: skip


def decide(
    doc: Doc, attribution: Attribution | None, mention: EventMention
) -> tuple[Stance, bool, tuple[Because, ...]]:
    """Say what a source does with an event (``claims.md``, Stance).

    The stance is the cue's. A negation inside an asserted or acknowledged content of an event on the ground makes it a
    denial of the positive event ("said it had not lost P"); inside a denied content it lifts the denial. With talks,
    claims about claims, "other" and demands ("urged them not to leave") the negation stays in the content. "Made no
    confirmed advances" is unverified.

    Args:
        doc: the parsed text.
        attribution: who says it; None for the article's own voice.
        mention: the event.

    Returns:
        The stance; whether a negation stays inside the content; the reasons.
    """
    tree = tree_of(doc)
    stance = attribution.stance if attribution else Stance.ASSERT
    reasons = attribution.because if attribution else ()
    if not mention.negated:
        return stance, False, reasons
    here = Because(rule="negation.content", span=mention.content)
    if stance in (Stance.DOUBT, Stance.UNVERIFIED):
        return stance, True, reasons
    if (only := _only_verified(tree, mention)) is not None:
        return Stance.UNVERIFIED, False, (*reasons, Because(rule="verification.none-confirmed", span=(only, only + 1)))
    names = Triggers.default().classes[mention.type]
    if not names.ground or mention.modality is Modality.DEMANDED:
        return stance, True, (*reasons, here)
    if stance is Stance.DENY:
        return Stance.ASSERT, False, (*reasons, here, Because(rule="negation.double", span=mention.content))
    return Stance.DENY, False, (*reasons, here)


def factuality(doc: Doc, attribution: Attribution | None, mention: EventMention) -> Factuality:
    """Give the FactBank value of an event for its source: by the cue, the modality and the negation of the content."""
    stance, negated, _ = decide(doc, attribution, mention)
    if stance in (Stance.UNVERIFIED, Stance.DOUBT):
        return _OF_STANCE[stance]
    value = _cue_value(doc, attribution) or Factuality.CERTAIN
    if value in (Factuality.CERTAIN, Factuality.CERTAIN_NOT) and mention.modality in _OF_MODALITY:
        value = _OF_MODALITY[mention.modality]
    negative = (stance is Stance.DENY) != negated
    positive = _OPPOSITE[value] if value.value.endswith("-") else value
    return _OPPOSITE[positive] if negative else positive


def _cue_value(doc: Doc, attribution: Attribution | None) -> Factuality | None:
    if attribution is None or attribution.cue is None:
        return None
    tree, cues = tree_of(doc), Cues.default()
    start, end = attribution.cue
    for index in range(start, end):
        for match in cues.at(tree, index):
            if match.rule in {reason.rule for reason in attribution.because}:
                return (
                    _OF_STANCE[match.group.negated] if match.negated and match.group.negated else match.group.factuality
                )
    return None


def _only_verified(tree: Tree, mention: EventMention) -> int | None:
    """Find the "confirmed" of "no confirmed advances": what is denied is only the confirmation."""
    words = Cues.default().words.verified_modifiers
    for index in range(*mention.content):
        before_noun = index + 1 < mention.content[1] and tree.upos(index + 1) == "NOUN"
        if tree.lowers[index] in words and (tree.deps[index] == "amod" or before_noun) and not tree.kids(index, "aux"):
            return index
    return None
