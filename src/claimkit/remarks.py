"""Words that only point back ("the claim", "that"), and judgements that hang on one: "P, a claim (that) B denied"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimkit.cues import Cues
from claimkit.frames import EventMention
from claimkit.reading import Draft

if TYPE_CHECKING:
    from spacy.tokens import Doc

RELATIVE = "WDT"
_STATED = frozenset({"nsubj", "nsubj:pass", "nsubjpass", "csubj", "cop", "acl", "ccomp"})


def points_back(doc: Doc, mention: EventMention) -> bool:
    """Tell whether a content states nothing itself: "the report", "Moscow's claim", "that", a lone "which"."""
    head = doc[mention.predicate]
    if head.tag_ == RELATIVE:
        return True
    bare = not any(child.dep_ in _STATED for child in head.children)
    return head.pos_ in ("NOUN", "PRON") and bare and Cues.default().points_back(head)


def is_remark(doc: Doc, draft: Draft) -> bool:
    """Tell whether the cue hangs on the word that points back: "a claim (that) B denied", "a claim denied by B".

    Where the parse misses the relative clause, the order tells: the word, then who judges it, then the verb; or the
    word and a participle without an auxiliary.
    """
    source, cue, pointer = draft.attribution.source, draft.attribution.cue, doc[draft.mention.predicate]
    if cue is None:
        return False
    verb = doc[slice(*cue)].root
    reduced = verb == pointer.head and verb.i > pointer.i and not any(c.dep_.startswith("aux") for c in verb.children)
    told = source is not None and (pointer.i < source[0] < cue[0] or (reduced and verb.i < source[0]))
    return told or pointer.is_ancestor(verb)
