"""The data types that travel between the stages and out to the user.

All are frozen, keyword-only ``msgspec`` structs. Offsets are half-open, in Unicode code points, into the article's
text as it was decoded: ``text[start:end]`` is always the given ``text``. Unknown is ``None``, never a made-up value.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final, Literal

import msgspec

UNREADABLE: Final = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
"""What decoding of bytes that are no record of ours can raise; the last where they nest without end."""


class Record(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Base of the records: immutable, equal by value, fields by name only.

    What cannot be changed cannot point back to itself, so the garbage collector need not look at it.
    """


class Stance(StrEnum):
    """What the source does with the content (``claims.md``, Stance)."""

    ASSERT = "assert"
    DENY = "deny"
    ACKNOWLEDGE = "acknowledge"
    DOUBT = "doubt"
    UNVERIFIED = "unverified"


REJECTING: Final = frozenset({Stance.DENY, Stance.DOUBT})
"""Stances that speak against an event."""
JUDGED: Final = frozenset({Stance.DENY, Stance.DOUBT, Stance.UNVERIFIED})
"""What is not said to be so."""


class EventType(StrEnum):
    """The class of an event (``claims.md``, Events)."""

    CAPTURE = "capture"
    HOLD = "hold"
    WITHDRAW = "withdraw"
    ADVANCE = "advance"
    ENCIRCLE = "encircle"
    ATTACK = "attack"
    REPEL = "repel"
    CASUALTIES = "casualties"
    SURRENDER = "surrender"
    DESTROY = "destroy"
    DEPLOY = "deploy"
    NEGOTIATE = "negotiate"
    AID = "aid"
    HUMANITARIAN = "humanitarian"
    INFORMATION = "information"
    OTHER = "other"


GAINS: Final = frozenset({EventType.CAPTURE, EventType.ADVANCE, EventType.ENCIRCLE})
"""Events on the ground that are a gain of who does them and a loss of the other side."""


class Modality(StrEnum):
    """Whether the event is put forward as fact, plan, possibility or demand (``claims.md``, Modality)."""

    ACTUAL = "actual"
    FUTURE = "future"
    POSSIBLE = "possible"
    DEMANDED = "demanded"


class PartyKind(StrEnum):
    """What sort of party speaks or acts."""

    STATE = "state"
    ARMED_GROUP = "armed_group"
    AUTHORITY = "authority"
    BODY = "body"
    MONITOR = "monitor"
    MEDIA = "media"
    GROUP = "group"
    PERSON = "person"
    NARRATOR = "narrator"
    UNKNOWN = "unknown"


class BlockKind(StrEnum):
    """What a stretch of the article is; only some kinds are read for claims."""

    TITLE = "title"
    HEADING = "heading"
    BODY = "body"
    LIST_ITEM = "list_item"
    CAPTION = "caption"
    HEADER = "header"
    FURNITURE = "furniture"


READ_KINDS = frozenset({BlockKind.TITLE, BlockKind.HEADING, BlockKind.BODY, BlockKind.LIST_ITEM, BlockKind.CAPTION})


class Span(Record, frozen=True, kw_only=True):
    """A stretch of the article's text."""

    start: int
    end: int
    text: str

    @classmethod
    def cut(cls, text: str, start: int, end: int) -> Span:
        """Cut the span from the article's text."""
        return cls(start=start, end=end, text=text[start:end])


class Block(Record, frozen=True, kw_only=True):
    """A paragraph, heading, list item, caption or piece of furniture of an article.

    ``skips`` are stretches inside it that are not part of its sentences (footnote marks such as ``[12]``).
    """

    start: int
    end: int
    kind: BlockKind
    skips: tuple[tuple[int, int], ...] = ()


class Document(Record, frozen=True, kw_only=True):
    """An article as it was read: its text, what its head says of it, and its blocks in order of the text."""

    path: str
    text: str
    sha256: str
    encoding: str = "utf-8"
    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: str | None = None
    published_from: Literal["header", "name", "option", "metadata"] | None = None
    blocks: tuple[Block, ...] = ()
    warnings: tuple[str, ...] = ()


def is_several(kind: str, name: str) -> bool:
    """Tell whether a party's name is a plural: "analysts and experts", "Syrian rebels", "the Houthis", not "Hamas"."""
    people = kind == "group" or (kind in ("armed_group", "authority") and (name.startswith("the ") or _is_common(name)))
    return people and name.endswith("s")


def _is_common(name: str) -> bool:
    return name.rpartition(" ")[2].islower()


class Party(Record, frozen=True, kw_only=True):
    """A claimant or actor: its code (``RUS``, ``HAMAS``, ``NARRATOR``), its name, its kind."""

    id: str
    name: str
    kind: PartyKind


class Relay(Record, frozen=True, kw_only=True):
    """An outer source that passes on what the claim's own source said."""

    start: int
    end: int
    text: str
    claimant: str


class Event(Record, frozen=True, kw_only=True):
    """What is claimed to have happened; ``date`` is ISO 8601, a date, a month, a year or an interval of them."""

    type: EventType
    actor: str | None = None
    modality: Modality = Modality.ACTUAL
    date: str | None = None
    date_text: str | None = None


class Candidate(Record, frozen=True, kw_only=True):
    """A place that a name could mean, with its score in [0, 1]."""

    id: str
    name: str
    score: float


class PlaceMention(Record, frozen=True, kw_only=True):
    """A place named in the text, brought to one identity where that is certain.

    ``id`` is ``geonames:N`` or ``claimkit:slug``; ``None`` where the name is not in the gazetteer or stays ambiguous
    (then ``candidates`` has what it could be, and ``name`` is the name as the text has it). Degrees are WGS 84.
    """

    id: str | None
    name: str
    text: str
    start: int
    end: int
    kind: str | None = None
    country: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    name_used: Literal["current", "former", "foreign"] | None = None
    match: Literal["exact", "alias", "romanized", "inflected", "fuzzy", "context"] | None = None
    score: float | None = None
    candidates: tuple[Candidate, ...] = ()


class Reason(Record, frozen=True, kw_only=True):
    """The lexicon entry, rule or model head that decided something, and the span it looked at."""

    rule: str
    start: int
    end: int
    score: float | None = None


class Claim(Record, frozen=True, kw_only=True):
    """One source taking one stance toward one event in one sentence (``claims.md``)."""

    schema: Literal["claimkit/1"] = "claimkit/1"
    id: str
    document: str
    published: str | None
    outlet: str | None
    sentence: Span
    content: Span
    cue: Span | None
    source: Span | None
    relay: tuple[Relay, ...] = ()
    claimant: Party
    stance: Stance
    event: Event
    places: tuple[PlaceMention, ...] = ()
    against_interest: bool = False
    confidence: float
    because: tuple[Reason, ...] = ()


class DocumentReport(Record, frozen=True, kw_only=True):
    """What is said of an article beside its claims: how it was read, and the counts of what was not used."""

    path: str
    sha256: str
    encoding: str
    title: str | None
    outlet: str | None
    byline: str | None
    published: str | None
    published_from: str | None
    words: int
    sentences: int
    sentences_read: int
    sentences_with_claims: int
    furniture: int
    paragraphs_passed_over: int = 0
    claims: int
    cues_without_claim: int
    claims_without_claimant: int
    places_unresolved: int
    warnings: tuple[str, ...] = ()


class Extraction(Record, frozen=True, kw_only=True):
    """All that one article gave."""

    document: DocumentReport
    claims: tuple[Claim, ...]

    @property
    def records(self) -> tuple[Claim, ...]:
        """What a run writes."""
        return self.claims


class Generator(Record, frozen=True, kw_only=True):
    """Which program, model and data made a result."""

    name: str
    version: str
    model: str
    lexicon_sha256: str
    gazetteer_sha256: str


class Run(Record, frozen=True, kw_only=True):
    """All of a run (``--format json``)."""

    schema: Literal["claimkit/1"] = "claimkit/1"
    generator: Generator
    documents: tuple[DocumentReport, ...]
    claims: tuple[Claim, ...]
