"""The records of the ledger: propositions, the positions that parties take on them, and their status over time."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from claimkit.records import EventType, Modality, Party, Record, Stance


class Status(StrEnum):
    """How a proposition stands (``docs/ledger.md``)."""

    CLAIMED = "claimed"
    CONTESTED = "contested"
    ACKNOWLEDGED = "acknowledged"
    CONFIRMED = "confirmed"
    REFUTED = "refuted"
    UNVERIFIED = "unverified"
    SUPERSEDED = "superseded"


class PropositionEvent(Record, frozen=True, kw_only=True):
    """What is said to have happened, by whom; ``actor`` is ``None`` where no article names one."""

    type: EventType
    actor: str | None
    modality: Modality = Modality.ACTUAL


class PropositionPlace(Record, frozen=True, kw_only=True):
    """Where; ``id`` is ``None`` for a name that is not in the gazetteer. Degrees are WGS 84."""

    id: str | None
    name: str
    lat: float | None = None
    lon: float | None = None


class Window(Record, frozen=True, kw_only=True):
    """First and last day (ISO 8601) that the claims speak of; ``None`` where neither claim nor article has a date."""

    start: str | None
    end: str | None


class Position(Record, frozen=True, kw_only=True):
    """One stance of one claimant on a proposition, with the claims behind it.

    ``articles`` are all that have it; ``independent_sources`` counts copies, rewrites and one outlet's articles once.
    ``relays`` are the parties that passed it on, ``outlets`` the media it was read in. ``against_interest`` says that
    at least one of the claims is. ``low`` and ``high`` are the figures in the claims, for casualties.
    """

    claimant: Party
    stance: Stance
    first: str | None
    last: str | None
    claims: tuple[str, ...]
    articles: int
    independent_sources: int
    outlets: tuple[str, ...] = ()
    relays: tuple[str, ...] = ()
    against_interest: bool = False
    low: int | None = None
    high: int | None = None


class StatusChange(Record, frozen=True, kw_only=True):
    """From this day on the status holds, because of these claims of that day (or of an opposed proposition)."""

    date: str | None
    status: Status
    because: tuple[str, ...]


class Reply(Record, frozen=True, kw_only=True):
    """A claim that denies, doubts, grants or cannot verify others, and the claims that it is about."""

    claim: str
    stance: Stance
    about: tuple[str, ...]


class Relation(Record, frozen=True, kw_only=True):
    """Another proposition, and what ties it to this one."""

    id: str
    because: str


class Proposition(Record, frozen=True, kw_only=True):
    """Something that is true or false of a place and a time, with everything that is claimed about it."""

    id: str
    event: PropositionEvent
    places: tuple[PropositionPlace, ...]
    window: Window
    status: Status
    positions: tuple[Position, ...]
    history: tuple[StatusChange, ...]
    contradicts: tuple[Relation, ...] = ()
    related: tuple[Relation, ...] = ()
    replies: tuple[Reply, ...] = ()


class Ledger(Record, frozen=True, kw_only=True):
    """All propositions as of a day (``None``: no claim has a date), in order of place, event and first day."""

    schema: Literal["claimkit-ledger/1"] = "claimkit-ledger/1"
    as_of: str | None
    propositions: tuple[Proposition, ...]
