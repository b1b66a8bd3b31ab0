"""What a claim is about, made whole: the place, actor and time that it leaves to the claims around it.

A claim that names no place ("Kyiv denied that", "the strike was carried out") means the place of the claim whose
words it shares, else of the last one before it that is about the same event and actor.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from claimkit.filters import BEGINNING, END, bounds
from claimkit.oppositions import EventLogic
from claimkit.records import Claim, EventType, Modality, PlaceMention, Stance
from claimkit.settings import Settings

Days = tuple[int, int]

REPLIES = frozenset({Stance.DENY, Stance.DOUBT, Stance.UNVERIFIED, Stance.ACKNOWLEDGE})
SAME_WORDS_SHARE = 0.5
CACHED_DATES = 65536
_BEARING = {
    Modality.ACTUAL: Modality.ACTUAL,
    Modality.FUTURE: Modality.FUTURE,
    Modality.POSSIBLE: Modality.FUTURE,
    Modality.DEMANDED: Modality.DEMANDED,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Mention:
    """A claim seen from one of its places (``None`` where it has none).

    ``days`` is the time in which the event lies, as ordinals; ``own_words`` is what claims without a place are told
    apart by: the place of their words, their wording, their date.
    """

    claim: Claim
    place: PlaceMention | None
    actor: str | None
    days: Days | None
    dated: bool
    own_words: tuple[object, ...] = ()

    @property
    def event(self) -> EventType:
        """The class of the event."""
        return self.claim.event.type

    @property
    def bearing(self) -> Modality:
        """Fact, expectation (planned, predicted, possible) or demand."""
        return _BEARING[self.claim.event.modality]


def claim_order(claim: Claim) -> tuple[str, str, int, int, str]:
    """Give the order of claims: by day, then as in a run."""
    return (claim.published or END, claim.document, claim.content.start, claim.content.end, claim.id)


def place_key(place: PlaceMention) -> str:
    """Give what tells a place from others: its id, else its name."""
    return place.id or place.name.casefold()


def mentions(claims: Iterable[Claim], *, logic: EventLogic, settings: Settings) -> Iterator[Mention]:
    """Give the mentions of all claims, article by article; a claim with several places has several."""
    articles: dict[str, list[Claim]] = {}
    for claim in claims:
        articles.setdefault(claim.document, []).append(claim)
    for document in sorted(articles):
        found = sorted(articles[document], key=claim_order)
        yield from _Article(found, logic=logic, settings=settings).mentions()


@lru_cache(maxsize=CACHED_DATES)
def span_of(interval: str) -> Days | None:
    """Give an ISO 8601 date, month, year or closed interval as ordinals; an open end is the other end's day."""
    found = bounds(interval)
    if found is None:
        return None
    first, last = found
    if last == END:
        last = first
    if first == BEGINNING:
        first = last
    return date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal()


def days_of(claim: Claim, *, logic: EventLogic) -> Days | None:
    """Give the days of a claim's own date as ordinals; what lasts "since May" does so up to the article's day."""
    written = claim.event.date or ""
    days = span_of(written)
    published = span_of(claim.published or "")
    if days and published and written.endswith("/") and claim.event.type in logic.lasting:
        return days[0], max(days[1], published[1])
    return days


class _Article:
    """The claims of one article in order of their content, and what each can mean."""

    def __init__(self, claims: Sequence[Claim], *, logic: EventLogic, settings: Settings) -> None:
        self._claims = claims
        self._logic = logic
        self._settings = settings
        self._meant: list[Claim] = []
        self._dated: dict[tuple[object, ...], list[tuple[int, Days]]] = {}

    def mentions(self) -> Iterator[Mention]:
        for claim in self._claims:
            lender = None if claim.places else self._lender(claim)
            self._meant.append(self._completed(claim, lender) if lender else claim)
        for own, meant in zip(self._claims, self._meant, strict=True):
            days = days_of(meant, logic=self._logic)
            if days is None:
                continue
            for place in meant.places:
                self._dated.setdefault(_key(meant, place), []).append((own.content.start, days))
        for own, meant in zip(self._claims, self._meant, strict=True):
            yield from self._of(own, meant)

    def _of(self, own: Claim, meant: Claim) -> Iterator[Mention]:
        places = {place_key(place): place for place in meant.places}
        for place in places.values() or (None,):
            days, dated = self._days(meant, place)
            yield Mention(
                claim=own,
                place=place,
                actor=meant.event.actor,
                days=days,
                dated=dated,
                own_words=() if place else self._words(own),
            )

    def _words(self, claim: Claim) -> tuple[object, ...]:
        """Give what a claim without a place shares with another that means the same."""
        first = next(other for other in self._claims if other is claim or _same_words(claim, other))
        event = (claim.event.type, _BEARING[claim.event.modality])
        keys: list[object] = [
            ("span", claim.document, first.content.start, *event),
            ("wording", " ".join(claim.sentence.text.split()), " ".join(claim.content.text.split()), *event),
        ]
        if claim.event.date:
            keys.append(("date", claim.event.date, claim.event.actor, *event))
        return tuple(keys)

    def _lender(self, claim: Claim) -> Claim | None:
        """Find the claim whose place this one means."""
        for other in self._claims:
            if other is not claim and other.places and _same_words(claim, other):
                return other
        reply = claim.stance in REPLIES
        if claim.event.date or (claim.event.type in self._logic.loose and not reply):
            return None
        reach = claim.content.start - self._settings.reference_characters
        for other in reversed(self._meant):
            if other.content.start < reach:
                return None
            if other.places and _same_event(claim, other) and (reply or len(other.places) == 1):
                known = claim.event.actor is not None and claim.event.actor == other.event.actor
                if known or (reply and None in (claim.event.actor, other.event.actor)):
                    return other
        return None

    @staticmethod
    def _completed(claim: Claim, lender: Claim) -> Claim:
        from msgspec.structs import replace

        event = replace(
            claim.event,
            actor=claim.event.actor or lender.event.actor,
            date=claim.event.date or lender.event.date,
        )
        return replace(claim, event=event, places=lender.places)

    def _days(self, claim: Claim, place: PlaceMention | None) -> tuple[Days | None, bool]:
        """Give the time of an event: its own, else that of the article's other claim of it, else the article's."""
        lasting = claim.event.type in self._logic.lasting
        ongoing = not lasting and (claim.event.date or "").endswith("/")
        if claim.event.date and not ongoing:
            days = days_of(claim, logic=self._logic)
            return days, days is not None
        siblings = self._dated.get(_key(claim, place), []) if lasting and place else []
        if siblings:
            nearest = min(siblings, key=lambda sibling: (abs(sibling[0] - claim.content.start), sibling))
            return nearest[1], True
        published = span_of(claim.published) if claim.published else None
        if published is None:
            days = span_of(claim.event.date) if claim.event.date else None
            return days, days is not None
        before = self._settings.lasting_days if lasting else self._settings.passing_days
        return (published[0] - before, published[1]), False


def _key(claim: Claim, place: PlaceMention | None) -> tuple[object, ...]:
    where = place_key(place) if place else None
    return (where, claim.event.type, _BEARING[claim.event.modality], claim.event.actor)


def _same_event(one: Claim, other: Claim) -> bool:
    return (
        one.event.type is other.event.type
        and _BEARING[one.event.modality] is _BEARING[other.event.modality]
        and (one.event.actor == other.event.actor or None in (one.event.actor, other.event.actor))
    )


def _same_words(one: Claim, other: Claim) -> bool:
    """Tell whether two claims of an article have the same event in the same words of it."""
    if not _same_event(one, other):
        return False
    shared = min(one.content.end, other.content.end) - max(one.content.start, other.content.start)
    shorter = min(one.content.end - one.content.start, other.content.end - other.content.start)
    return shared > 0 and shared >= SAME_WORDS_SHARE * shorter
