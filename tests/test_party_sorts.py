"""The sorts of parties that the model tells apart."""

from __future__ import annotations

import pytest

from claimkit.parties import Parties
from claimkit.party_sorts import ACTING, SPEAKING, acting, speaking
from claimkit.records import Party, PartyKind, is_several

PARTIES = Parties.default()


@pytest.mark.parametrize(
    ("code", "sort"),
    [("UKR", "state"), ("TALIBAN", "armed_group"), ("UN", "body"), ("ISW", "organisation"), ("RESIDENTS", "residents"),
     ("EXPERTS", "experts"), ("REPORTS", "reports"), ("EUROPE", "other")],
)  # fmt: skip
def test_who_speaks(code: str, sort: str) -> None:
    """Each party is of one sort."""
    assert speaking(PARTIES[code]) == sort


def test_every_party_has_a_sort() -> None:
    """No party is of a sort that the model has no label for, be it one that the table lacks."""
    unknown = Party(id="KOS", name="Kos", kind=PartyKind.PERSON)
    assert {speaking(party) for party in (*PARTIES, unknown)} == set(SPEAKING)
    assert {acting(party, speaker="UKR") for party in (*PARTIES, unknown)} <= set(ACTING)


def test_a_body_that_only_its_name_makes_one() -> None:
    """An unknown organisation is of no sort that the table's bodies are of."""
    assert speaking(Party(id="BORNO-ELDERS-FORUM", name="Borno Elders Forum", kind=PartyKind.BODY)) == "other"


@pytest.mark.parametrize(
    ("code", "several"),
    [
        ("EXPERTS", True),
        ("SYRIAN-REBELS", True),
        ("HOUTHIS", True),
        ("HAMAS", False),
        ("USA", False),
        ("EUROPE", False),
    ],
)
def test_names_that_are_plurals(code: str, several: bool) -> None:
    """The verb of a plural is one: "Syrian rebels assert", "Hamas asserts"."""
    assert is_several(PARTIES[code].kind, PARTIES[code].name) is several


def test_who_speaks_of_its_own_acts() -> None:
    """The speaker is told from others of its sort; who speaks for nobody acts as somebody else."""
    assert acting(PARTIES["UKR"], speaker="UKR") == "speaker"
    assert acting(PARTIES["RUS"], speaker="UKR") == "state"
    assert acting(PARTIES["RESIDENTS"], speaker=None) == "other"
