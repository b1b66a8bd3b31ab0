"""What an annotator marked → a claim: codes, places and the sentence are filled in from what claimkit knows."""

from __future__ import annotations

import re

from claimkit.actors import NARRATOR
from claimkit.collecting import UNKNOWN, against_interest, claim_id
from claimkit.errors import InputError
from claimkit.filters import bounds
from claimkit.gazetteer import Gazetteer
from claimkit.parties import Parties
from claimkit.records import (
    Claim,
    Document,
    Event,
    EventType,
    Modality,
    Party,
    PartyKind,
    PlaceMention,
    Record,
    Relay,
    Span,
    Stance,
)

_ID = re.compile(r"[a-z]+:\S+")
Offsets = tuple[int, int]


class Annotation(Record, frozen=True, kw_only=True):
    """One claim as it was marked in an article; offsets are half-open, in code points.

    ``claimant`` is a code or a name; without it the source's words are looked up, and without a source the article
    speaks. ``relays`` are outer sources, innermost first, each with its claimant, ``places`` with an id or a name.
    """

    content: Offsets
    event: EventType
    stance: Stance = Stance.ASSERT
    modality: Modality = Modality.ACTUAL
    source: Offsets | None = None
    cue: Offsets | None = None
    sentence: Offsets | None = None
    relays: tuple[tuple[Offsets, str | None], ...] = ()
    places: tuple[tuple[Offsets, str | None], ...] = ()
    claimant: str | None = None
    actor: str | None = None
    date: str | None = None


class Annotated(Record, frozen=True, kw_only=True):
    """An annotated article: its claims in order, and what in its annotation was not used, each with the reason."""

    document: Document
    claims: tuple[Claim, ...]
    passed_over: tuple[str, ...] = ()


class World(Record, frozen=True, kw_only=True):
    """The parties and places that annotations are brought to."""

    parties: Parties
    gazetteer: Gazetteer

    def claims(self, annotations: tuple[Annotation, ...], *, document: Document) -> tuple[Claim, ...]:
        """Give the claims of an article, in order of content and claimant, each once.

        Raises:
            InputError: an offset lies outside the text, or a date is none.
        """
        found = {claim.id: claim for claim in (self.claim(one, document=document) for one in annotations)}
        return tuple(sorted(found.values(), key=lambda c: (c.content.start, c.content.end, c.claimant.id, c.stance)))

    def claim(self, annotation: Annotation, *, document: Document) -> Claim:
        """Give one annotation as a claim, with confidence 1.

        Raises:
            InputError: an offset lies outside the text, or a date is none.
        """
        if annotation.date is not None and bounds(annotation.date) is None:
            raise InputError(f"{annotation.date!r} is no date", mend="write it as 2025-11-30, 2025-11 or 2024-05/")
        content = _cut(document, annotation.content)
        source = _cut(document, annotation.source) if annotation.source else None
        claimant = self._party(annotation.claimant, words=source)
        event = Event(
            type=annotation.event,
            actor=self._party(annotation.actor, words=None).id if annotation.actor else None,
            modality=annotation.modality,
            date=annotation.date,
        )
        return Claim(
            id=claim_id(
                document.sha256, content=annotation.content, source=source.start if source else None,
                claimant=claimant.id, stance=annotation.stance, event=event.type,
            ),
            document=document.path,
            published=document.published,
            outlet=document.outlet,
            sentence=_sentence(document, annotation=annotation),
            content=content,
            cue=_cut(document, annotation.cue) if annotation.cue else None,
            source=source,
            relay=tuple(self._relay(_cut(document, at), who=who) for at, who in annotation.relays),
            claimant=claimant,
            stance=annotation.stance,
            event=event,
            places=tuple(self._place(_cut(document, at), given=given) for at, given in annotation.places),
            against_interest=against_interest(
                claimant.id, actor=event.actor, stance=annotation.stance, event=event.type, parties=self.parties
            ),
            confidence=1.0,
        )  # fmt: skip

    def _party(self, given: str | None, *, words: Span | None) -> Party:
        """Give whom a code, a name or the words of a source stand for."""
        if given == NARRATOR.id or (given is None and words is None):
            return NARRATOR
        if given is not None and given in self.parties:
            return self.parties[given]
        meant = self.parties.lookup(words.text).party if words else None
        if given is None or (meant is not None and meant.id == given):
            return meant or Party(id=UNKNOWN.id, name=words.text if words else UNKNOWN.name, kind=UNKNOWN.kind)
        if given == UNKNOWN.id:
            return Party(id=given, name=words.text if words else UNKNOWN.name, kind=UNKNOWN.kind)
        if given == given.upper():
            return Party(id=given, name=given, kind=PartyKind.UNKNOWN)
        return self.parties.lookup(given).party or Party(id=UNKNOWN.id, name=given, kind=UNKNOWN.kind)

    def _relay(self, words: Span, *, who: str | None) -> Relay:
        return Relay(start=words.start, end=words.end, text=words.text, claimant=self._party(who, words=words).id)

    def _place(self, words: Span, *, given: str | None) -> PlaceMention:
        match = self.gazetteer.lookup(words.text)
        named = self.gazetteer.get(given) if given else None
        place = named or (self.gazetteer.lookup(given).place if given else match.place)
        if place is None:
            is_id = given is not None and _ID.fullmatch(given) is not None
            return PlaceMention(
                id=given if is_id else None, name=words.text if is_id else given or words.text,
                text=words.text, start=words.start, end=words.end,
            )  # fmt: skip
        is_match = match.place is not None and match.place.id == place.id
        return PlaceMention(
            id=place.id, name=place.name, text=words.text, start=words.start, end=words.end, kind=place.kind,
            country=place.country, admin1=place.admin1, lat=place.lat, lon=place.lon,
            name_used=match.name_used if is_match else None, match=match.match if is_match else None,
        )  # fmt: skip


def _cut(document: Document, at: Offsets) -> Span:
    start, end = at
    if not 0 <= start < end <= len(document.text):
        raise InputError(f"{start}-{end} lies outside the text", mend="annotate the text that was exported")
    return Span.cut(document.text, start, end)


def _sentence(document: Document, *, annotation: Annotation) -> Span:
    """Give the sentence that was noted, else the block of the text around the content; widened to hold the content."""
    start, end = annotation.content
    around = annotation.sentence or next(
        ((block.start, block.end) for block in document.blocks if block.start <= start < block.end), annotation.content
    )
    return _cut(document, (min(around[0], start), max(around[1], end)))
