"""The data on parties: complete for ISO 3166, every entry found by every one of its names."""

from __future__ import annotations

from datetime import date

import pytest

from claimkit.parties import Parties
from claimkit.party_lexicon import load_lexicon

LEXICON = load_lexicon()
PARTIES = Parties.default()
SHARED = {"Brussels", "Congolese", "Dominican", "Korean", "Turk"}
"""Names that two sovereign parties, or a state and a person, have: they stay open, with both as candidates."""
NOT_A_NAME_ALONE = {"Stanley", "Hamilton", "Kingston"}


def candidates(words: str, *, on: date | None = None) -> set[str]:
    """Give the codes that the words can stand for."""
    return {party.id for party in PARTIES.lookup(words, on=on).candidates}


def test_all_states_of_iso_3166_are_there() -> None:
    """249 states and territories, each with both codes once."""
    assert len(LEXICON.states) == 249
    assert len({entry.id for entry in LEXICON.states}) == 249
    assert len({entry.a2 for entry in LEXICON.states}) == 249
    assert [entry.id for entry in LEXICON.states] == sorted(entry.id for entry in LEXICON.states)


def test_every_state_resolves_by_name_demonym_and_capital() -> None:
    """Each of its words gives the state, alone where it is the only sovereign one."""
    missed = [
        (entry.id, word)
        for entry in LEXICON.states
        for word in (entry.name, *entry.names, *entry.demonyms, *entry.capitals, *entry.seats)
        if entry.id not in candidates(word) and not (entry.territory and word in NOT_A_NAME_ALONE)
    ]
    assert missed == []


def test_only_shared_names_are_left_open() -> None:
    """A state's name, demonym or capital has one meaning, but for those that two sovereign parties share."""
    words = {word for entry in LEXICON.states for word in (entry.name, *entry.demonyms, *entry.capitals)}
    assert {word for word in words if PARTIES.lookup(word).party is None} == SHARED


def test_every_party_and_organ_resolves_by_its_names() -> None:
    """Each name of a party, an organ or a unit gives its code, alone or among the candidates."""
    named = [(entry.id, name) for entry in LEXICON.parties for name in (entry.name, *entry.names, *entry.units)]
    named += [(code, name) for organ in LEXICON.organs for code in organ.party for name in organ.names]
    missed = [(code, name) for code, name in named if code != "NARRATOR" and code not in candidates(name)]
    assert missed == []


def test_every_person_resolves_by_name_in_office() -> None:
    """On the first day of each office the person speaks for its party, under every spelling."""
    missed = [
        (name, office.party)
        for person in LEXICON.persons
        for office in person.offices
        for name in (person.name, *person.names)
        if office.party not in candidates(name, on=office.since)
    ]
    assert missed == []


def test_offices_follow_the_calendar() -> None:
    """No office ends before it begins; offices stand in the order in which they began."""
    wrong = [
        person.name
        for person in LEXICON.persons
        if any(office.until and office.until < office.since for office in person.offices)
        or [office.since for office in person.offices] != sorted(office.since for office in person.offices)
    ]
    assert wrong == []


def test_there_are_parties_of_every_kind() -> None:
    """The first version has at least 40 parties beside the states."""
    kinds = {str(entry.kind) for entry in LEXICON.parties}
    assert {"armed_group", "authority", "body", "monitor", "media", "group", "narrator"} <= {
        str(kind) for kind in kinds
    }
    assert len(LEXICON.parties) >= 40


@pytest.mark.parametrize("field", ["names", "units", "demonyms"])
def test_no_name_stands_twice_in_an_entry(field: str) -> None:
    """A list of names has each name once."""
    doubled = [entry.id for entry in LEXICON.parties if len(set(getattr(entry, field))) < len(getattr(entry, field))]
    assert doubled == []
