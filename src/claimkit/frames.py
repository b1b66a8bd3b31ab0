"""What the finders say of a parsed ``Doc``, by token indices; no one is identified yet ("the ministry" stays that).

Token spans are half-open ``(start, end)`` pairs of indices into the ``Doc``.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from claimkit.ranking import Chances
from claimkit.records import EventType, Modality, Record, Stance

TokenSpan = tuple[int, int]


class Voice(StrEnum):
    """Who speaks: a source named in the sentence, one that the context names, or the article itself."""

    SOURCE = "source"
    CONTEXT = "context"
    NARRATOR = "narrator"


class Because(Record, frozen=True, kw_only=True):
    """The lexicon entry, rule or model head that decided something, the tokens it looked at, its score if any."""

    rule: str
    span: TokenSpan
    score: float | None = None


class Attribution(Record, frozen=True, kw_only=True):
    """A source tied by a cue to what it says; ``suggested`` is the stance that the model reads, with its probability.

    ``contents`` are the stretches that the source is made to say; ``predicates`` are the event predicates known to be
    in its scope (empty: all in ``contents``). ``relays`` are outer sources, innermost first. ``speakers`` are words
    further up that the model can take for naming whom the source stands for; ``speaking`` and ``acting`` the chances of
    each sort of party that speaks and acts (``party_sorts``).
    """

    source: TokenSpan | None
    cue: TokenSpan | None
    contents: tuple[TokenSpan, ...]
    predicates: tuple[int, ...] = ()
    voice: Voice = Voice.SOURCE
    stance: Stance = Stance.ASSERT
    suggested: tuple[Stance, float] | None = None
    relays: tuple[TokenSpan, ...] = ()
    speakers: Chances = ()
    speaking: Mapping[str, float] = {}
    acting: Mapping[str, float] = {}
    score: float = 1.0
    because: tuple[Because, ...] = ()


class EventMention(Record, frozen=True, kw_only=True):
    """An event stated in a sentence: its predicate, its class, and the words of its roles.

    ``content`` is the smallest continuous stretch that states the event. ``negated`` is true where the content itself
    denies the event ("had not lost P"). Roles are spans of words, not yet resolved. ``place_scores`` are words that the
    model can take for a place of the event; ``elsewhere`` and ``nowhere`` are the chances that its place was named
    before the sentence and that it has none, ``places_before`` and ``actors_before`` words there that can name place
    and actor.
    """

    predicate: int
    content: TokenSpan
    type: EventType
    modality: Modality = Modality.ACTUAL
    negated: bool = False
    actors: tuple[TokenSpan, ...] = ()
    targets: tuple[TokenSpan, ...] = ()
    places: tuple[TokenSpan, ...] = ()
    place_scores: Chances = ()
    places_before: Chances = ()
    actors_before: Chances = ()
    times: tuple[TokenSpan, ...] = ()
    elsewhere: float = 0.0
    nowhere: float | None = None
    score: float = 1.0
    because: tuple[Because, ...] = ()
