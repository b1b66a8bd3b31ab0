"""Which candidates the words themselves leave."""

from __future__ import annotations

import pytest

from claimkit.antecedents import Candidate, Pointer, narrowed
from claimkit.parties import Parties
from claimkit.reading import About

PARTIES = Parties.default()


@pytest.mark.parametrize(("words", "codes", "expected"), [
    ("a military source", ("RSF", "SDN", "UN"), ["SDN"]),
    ("the security sources", ("HAMAS", "RSF"), ["HAMAS", "RSF"]),
    ("a police source", ("KOSOVO", "KLA"), ["KOSOVO"]),
    ("the rebels", ("RSF", "SDN"), ["RSF"]),
    ("an adviser", ("RSF", "SDN"), ["RSF", "SDN"]),
])  # fmt: skip
def test_who_governs_has_military_sources(words: str, codes: tuple[str, ...], expected: list[str]) -> None:
    """Those in a state's service are of who governs, rebels are not, and others may be anybody's."""
    match = PARTIES.lookup(words)
    pointer = Pointer(
        start=9, sentence=1, block=0, form="person", word=match.role or "", match=match, about=About(),
        noun=PARTIES.noun_kind(match.role or "") or "",
    )  # fmt: skip
    found = narrowed(pointer, [Candidate(party=PARTIES[code]) for code in codes])
    assert [candidate.party.id for candidate in found] == expected
