"""Claims that say the same twice, of which one stays (``claims.md``: one source, one event, one claim)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from claimkit.confidence import surety
from claimkit.frames import Voice
from claimkit.judging import POSITION
from claimkit.reading import Draft
from claimkit.records import REJECTING, Stance

SAME_WORDS = 0.8
"""Share of the words of two contents that they have in common, from which they are one."""


def without_twins(drafts: Iterable[Draft], *, sentence_of: Sequence[int]) -> list[Draft]:
    """Leave out what is said twice in a sentence (``sentence_of`` gives the number of a token's).

    Of two claims of one party in nearly the same words the surer stays, and a judgement before a plain assertion; to
    deny and to acknowledge stay two ("first denied, then confirmed the strike"). Of an act of speaking and what it says
    ("Norland announced the capture of P") what it says stays; where the act is itself the event ("rejected any
    concessions": both assert, and the content is bare), the act.
    """
    by_sentence: dict[int, list[Draft]] = {}
    for draft in drafts:
        by_sentence.setdefault(sentence_of[draft.mention.content[0]], []).append(draft)
    return [draft for together in by_sentence.values() for draft in _distinct(together)]


def _distinct(drafts: Iterable[Draft]) -> list[Draft]:
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda draft: (draft.attribution.stance is Stance.ASSERT, -surety(draft))):
        if not any(_same(draft, other) for other in kept):
            kept.append(draft)
    pairs = [(act, said) for act in kept for said in kept if _speaks(act, said)]
    gone = {id(said if _takes_position(said) else act) for act, said in pairs}
    return [draft for draft in kept if id(draft) not in gone]


def _same(one: Draft, other: Draft) -> bool:
    (a, b), (c, d) = one.mention.content, other.mention.content
    words = min(b, d) - max(a, c) >= SAME_WORDS * (max(b, d) - min(a, c))
    return words and _who(one) == _who(other) and _go_together(one.attribution.stance, other.attribution.stance)


def _go_together(one: Stance, other: Stance) -> bool:
    """Tell whether two stances of one party toward the same words are one stance, seen twice."""
    return one is other or Stance.ASSERT in (one, other) or {one, other} == REJECTING


def _speaks(act: Draft, said: Draft) -> bool:
    """Tell whether an event of the article's own is that somebody says what the other claim has."""
    cue, (low, high), (start, end) = said.attribution.cue, act.mention.content, said.mention.content
    own = act.attribution.voice is Voice.NARRATOR and act.attribution.stance is Stance.ASSERT
    return own and cue is not None and cue[0] <= act.mention.predicate < cue[1] and low <= start and end <= high


def _takes_position(draft: Draft) -> bool:
    return any(because.rule == POSITION for because in draft.attribution.because)


def _who(draft: Draft) -> str:
    return draft.claimant.party.id if draft.claimant else ""
