"""One article on its way through the stages: the parsed text and what each stage has said of it so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from claimkit.dates import DateMention
from claimkit.frames import Attribution, EventMention, TokenSpan
from claimkit.records import Block, Claim, Document, Party, PartyKind, PlaceMention

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span


@dataclass(frozen=True, kw_only=True)
class Toponym:
    """A place name in the text and what it was resolved to; ``capital`` where it is some state's.

    ``described`` where the words do not name the place but tell whose it is ("the Qatari capital").
    """

    tokens: TokenSpan
    mention: PlaceMention
    capital: bool = False
    described: bool = False


@dataclass(frozen=True, kw_only=True)
class Who:
    """Whom the words of a source or actor stand for, and how that was decided."""

    party: Party
    rule: str
    score: float

    @property
    def known(self) -> bool:
        """Whether the words stand for a party that can act."""
        return self.party.kind not in (PartyKind.UNKNOWN, PartyKind.NARRATOR) and self.party.id != "REPORTS"


@dataclass(frozen=True, kw_only=True)
class About:
    """What is said or done: its tokens, its class, the stance taken and the entry of the cue; who says it, of an actor.

    ``sorts`` are the chances of sorts of parties: of those that speak, or, where its actor is looked for, of those that
    act (``party_sorts``). ``ruled_out`` are parties that cannot be meant. ``where`` is the word that most likely names
    the place of the event, -1 for none. ``done_by`` are the parties that are said to do what is judged, here or before.
    """

    content: TokenSpan = (0, 0)
    event: str = ""
    stance: str = ""
    cue: str = ""
    speaker: str | None = None
    sorts: Mapping[str, float] = field(default_factory=dict)
    ruled_out: frozenset[str] = frozenset()
    where: int = -1
    done_by: frozenset[str] = frozenset()


@dataclass(kw_only=True)
class Draft:
    """A claim in the making: one event and one attribution; ``together`` are all who say it in one breath."""

    mention: EventMention
    attribution: Attribution
    claimant: Who | None = None
    together: tuple[Who, ...] = ()
    relays: tuple[tuple[TokenSpan, str], ...] = ()
    actor: Who | None = None
    places: tuple[Toponym, ...] = ()
    date: str | None = None
    date_text: str | None = None


@dataclass(kw_only=True)
class Reading:
    """The state of one article; each stage reads what is above its own field and sets that field."""

    document: Document
    doc: Doc
    passed_over: Sequence[Block] = ()
    """Paragraphs that were not parsed, as their words tell of no conflict."""
    mentions: Sequence[EventMention] = ()
    drafts: list[Draft] = field(default_factory=list)
    toponyms: Sequence[Toponym] = ()
    dates: Sequence[DateMention] = ()
    claims: Sequence[Claim] = ()

    @cached_property
    def published(self) -> date | None:
        """The publication date as a ``date``."""
        return date.fromisoformat(self.document.published) if self.document.published else None

    @cached_property
    def sentences(self) -> list[Span]:
        """The sentences of the text in order, those that were read only."""
        return [sentence for sentence in self.doc.sents if sentence.root.pos_ != "SPACE"]

    @cached_property
    def sentence_of(self) -> list[int]:
        """For each token the number of its sentence; -1 outside."""
        out = [-1] * len(self.doc)
        for number, sentence in enumerate(self.sentences):
            for i in range(sentence.start, sentence.end):
                out[i] = number
        return out

    @cached_property
    def block_of(self) -> list[int]:
        """For each token the number of its block; -1 outside."""
        out = [-1] * len(self.doc)
        blocks = iter(enumerate(self.document.blocks))
        number, block = next(blocks, (-1, None))
        for token in self.doc:
            while block is not None and token.idx >= block.end:
                number, block = next(blocks, (-1, None))
            if block is not None and token.idx >= block.start:
                out[token.i] = number
        return out
