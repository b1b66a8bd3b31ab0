"""Claims as flat rows, one for each claim and place: what tables, spreadsheets and maps are made of.

``location``, ``admin1``, ``latitude`` and ``longitude`` are named as in ACLED, since they mean the same; what only
resembles a column of ACLED (its ``event_date`` is one day, its ``country`` a name, its ``source`` a medium) has another
name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Literal

from claimkit.export.fields import SEPARATOR
from claimkit.filters import BEGINNING, END, bounds
from claimkit.records import Claim, Event, PlaceMention, Record, Span

DAYS = ("published", "date_start", "date_end")
"""The columns that hold a day, ISO 8601."""

Precision = Literal["day", "month", "year", "interval", "open"]

_PRECISIONS: dict[int, Precision] = {4: "year", 7: "month", 10: "day"}


class Row(Record, frozen=True, kw_only=True):
    """A claim seen from one of its places; without a place, one row in which the columns of the place are empty.

    ``date`` is the event's date as the claim has it; ``date_start`` and ``date_end`` are its first and last day,
    ``None`` where it has no end on that side. Offsets are code points, degrees WGS 84.
    """

    claim_id: str
    document: str
    published: str | None
    outlet: str | None
    claimant_id: str
    claimant: str
    claimant_kind: str
    stance: str
    event: str
    actor: str | None
    modality: str
    date: str | None
    date_start: str | None
    date_end: str | None
    date_precision: str | None
    date_text: str | None
    place_number: int | None
    place_count: int
    place_id: str | None = None
    location: str | None = None
    place_text: str | None = None
    place_kind: str | None = None
    country_code: str | None = None
    admin1: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    name_used: str | None = None
    against_interest: bool
    confidence: float
    relays: str | None
    source_text: str | None
    cue_text: str | None
    content_text: str
    content_start: int
    content_end: int
    sentence_text: str
    sentence_start: int
    sentence_end: int


COLUMNS = Row.__struct_fields__


def rows(claims: Iterable[Claim]) -> Iterator[Row]:
    """Give the rows of claims, in their order; ``place_number`` counts those of one claim from 1."""
    for claim in claims:
        if not claim.places:
            yield _row(claim, place=None, number=None)
        for number, place in enumerate(claim.places, 1):
            yield _row(claim, place=place, number=number)


def days(event: Event) -> tuple[str | None, str | None, Precision | None]:
    """Give the first and last day of an event and how exactly they are known; ``None`` on an open side."""
    found = bounds(event.date) if event.date else None
    if event.date is None or found is None:
        return None, None, None
    first, last = (None if found[0] == BEGINNING else found[0]), (None if found[1] == END else found[1])
    if "/" in event.date:
        return first, last, "interval" if first and last else "open"
    return first, last, _PRECISIONS[len(event.date)]


def day(text: str | None) -> date | None:
    """Give a day as a date; ``None`` for none, and for what is no day."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _row(claim: Claim, *, place: PlaceMention | None, number: int | None) -> Row:
    first, last, precision = days(claim.event)
    return Row(
        claim_id=claim.id, document=claim.document, published=claim.published, outlet=claim.outlet,
        claimant_id=claim.claimant.id, claimant=claim.claimant.name, claimant_kind=claim.claimant.kind.value,
        stance=claim.stance.value, event=claim.event.type.value, actor=claim.event.actor,
        modality=claim.event.modality.value,
        date=claim.event.date, date_start=first, date_end=last, date_precision=precision,
        date_text=claim.event.date_text,
        place_number=number, place_count=len(claim.places),
        **(_where(place) if place else {}),
        against_interest=claim.against_interest, confidence=claim.confidence,
        relays=SEPARATOR.join(relay.claimant for relay in claim.relay) or None,
        source_text=_text(claim.source), cue_text=_text(claim.cue),
        content_text=claim.content.text, content_start=claim.content.start, content_end=claim.content.end,
        sentence_text=claim.sentence.text, sentence_start=claim.sentence.start, sentence_end=claim.sentence.end,
    )  # fmt: skip


def _where(place: PlaceMention) -> dict[str, Any]:
    return {
        "place_id": place.id, "location": place.name, "place_text": place.text, "place_kind": place.kind,
        "country_code": place.country, "admin1": place.admin1, "latitude": place.lat, "longitude": place.lon,
        "name_used": place.name_used,
    }  # fmt: skip


def _text(span: Span | None) -> str | None:
    return span.text if span else None
