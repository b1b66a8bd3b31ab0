"""What sort of party speaks or acts, as coarsely as the words around tell it: the labels of two heads of the model."""

from __future__ import annotations

from typing import Final

from claimkit.parties import Parties
from claimkit.records import Party, PartyKind

STATE: Final = "state"
ARMED: Final = "armed_group"
BODY: Final = "body"
ORGANISATION: Final = "organisation"
OTHER: Final = "other"
UNNAMED: Final = {"RESIDENTS": "residents", "EXPERTS": "experts", "REPORTS": "reports"}
"""Unnamed people by code."""

SPEAKING: Final = (STATE, ARMED, BODY, ORGANISATION, *UNNAMED.values(), OTHER)
"""Sorts of parties that speak."""
NOBODY: Final = "none"
SPEAKER: Final = "speaker"
ACTING: Final = (NOBODY, SPEAKER, STATE, ARMED, BODY, OTHER)
"""Sorts of parties that act: none, the one who says so itself, or another of a sort."""

_KINDS: Final = {
    PartyKind.STATE: STATE,
    PartyKind.ARMED_GROUP: ARMED,
    PartyKind.AUTHORITY: ARMED,
    PartyKind.BODY: BODY,
    PartyKind.MONITOR: ORGANISATION,
    PartyKind.MEDIA: ORGANISATION,
}


def speaking(party: Party) -> str:
    """Give the sort of a party that speaks."""
    return UNNAMED.get(party.id) or _sort(party)


def acting(party: Party, *, speaker: str | None) -> str:
    """Give the sort of a party that acts; ``speaker`` is the code of who says so."""
    if party.id == speaker:
        return SPEAKER
    sort = _sort(party)
    return sort if sort in ACTING else OTHER


def _sort(party: Party) -> str:
    """Give the sort by kind; a body that only its name makes one is no body such as the UN."""
    sort = _KINDS.get(party.kind, OTHER)
    return OTHER if sort == BODY and party.id not in Parties.default() else sort
