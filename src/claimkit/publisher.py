"""The outlet that publishes an article, as a party: "our correspondent", "the Daily Herald has learned"."""

from __future__ import annotations

from functools import cached_property

from claimkit.parties import Parties
from claimkit.party_names import fold
from claimkit.party_reading import SCORE_DEFAULT
from claimkit.records import Party, PartyKind

SIDES = frozenset({PartyKind.STATE, PartyKind.ARMED_GROUP, PartyKind.AUTHORITY})


class Publisher:
    """The outlet of one article.

    Args:
        outlet: its name; empty where the article tells none.
        parties: the party table.
    """

    def __init__(self, outlet: str | None, parties: Parties) -> None:
        self._name, self._parties = outlet or "", parties

    def __bool__(self) -> bool:
        """Tell whether the outlet is known."""
        return bool(self._name)

    @cached_property
    def party(self) -> Party:
        """The outlet; one that the table lacks has its name as code."""
        match = self._parties.lookup(self._name)
        if match.party and not match.derived and match.score >= SCORE_DEFAULT:
            return match.party
        return Party(id="-".join(fold(self._name).upper().split()), name=self._name, kind=PartyKind.MEDIA)

    @cached_property
    def side(self) -> str:
        """The party that its own words are of, whose enemy "the enemy" is: that of a state's agency; empty if none."""
        return self.party.id if self and self.party.kind in SIDES else ""

    def is_named(self, words: str) -> bool:
        """Tell whether words are the outlet's name and the table has no other party of that name."""
        words = words.removeprefix("the ").removeprefix("The ")
        return bool(self) and words.casefold() == self._name.casefold() and self._parties.lookup(words).score < 1.0
