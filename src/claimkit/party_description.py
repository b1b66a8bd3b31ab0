"""All that the files say of one party, for a reader."""

from __future__ import annotations

from claimkit.party_lexicon import Entry, Lexicon
from claimkit.records import PartyKind


class Description(Entry, frozen=True, kw_only=True):
    """All that the files say of a party."""

    id: str
    name: str
    kind: PartyKind
    names: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    organs: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    opposed: tuple[str, ...] = ()


def describe(lexicon: Lexicon, *, code: str) -> Description | None:
    """Give all that is known of the party of a code, or ``None``."""
    state = next((entry for entry in lexicon.states if entry.id == code), None)
    party = next((entry for entry in lexicon.parties if entry.id == code), None)
    entry = state or party
    if entry is None:
        return None
    named = [name for organ in lexicon.organs if code in organ.party for name in organ.names]
    persons = [
        f"{person.name}, {office.office}, {office.since}/{office.until or ''}"
        for person in lexicon.persons
        for office in person.offices
        if office.party == code
    ]
    opposed = {
        other
        for conflict in lexicon.conflicts
        for side in conflict.sides
        if code in side
        for against in conflict.sides
        if against is not side
        for other in against
    }
    return Description(
        id=code,
        name=entry.name,
        kind=party.kind if party else PartyKind.STATE,
        names=entry.names,
        demonyms=entry.demonyms,
        capitals=entry.capitals,
        seats=state.seats if state else (),
        organs=(*(party.units if party else ()), *named),
        persons=tuple(persons),
        opposed=tuple(sorted(opposed)),
    )
