"""What the reader of noun phrases found, before the table makes parties of it."""

from __future__ import annotations

from typing import Literal, NamedTuple

from claimkit.records import PartyKind

SCORE_KNOWN = 1.0
"""A name, an organ or a person of the table."""
SCORE_DEFAULT = 0.6
"""A noun that has a party of its own where the text names no maker: footage, sources."""
SCORE_DERIVED = 0.4
"""An unknown name: its code is made from its words."""

Match = Literal["name", "demonym", "metonym", "organ", "unit", "person", "group", "role", "derived"]


class Reading(NamedTuple):
    """What a phrase was read as; no parties where the text must tell (``needs``) or nothing is known.

    ``derived`` is code, name and kind of a party that is not in the table; ``artefact`` says that the head is a thing
    that says something, ``pronoun`` that it is a pronoun,
    ``named`` which person it names, ``served`` whom somebody spoke for who holds the office no more,
    ``people`` the state whose people a group is.
    """

    parties: tuple[str, ...] = ()
    match: str | None = None
    because: str = ""
    role: str | None = None
    number: Literal["singular", "plural"] | None = None
    gender: Literal["m", "f"] | None = None
    person: bool = False
    needs: bool = False
    score: float = 0.0
    derived: tuple[str, str, PartyKind] | None = None
    artefact: bool = False
    pronoun: bool = False
    named: str | None = None
    served: str | None = None
    people: str | None = None

    @property
    def certain(self) -> bool:
        """Say whether a party of the table was named, so that nothing else in the phrase can tell better."""
        return bool(self.parties) and self.derived is None and not self.needs and self.score > SCORE_DEFAULT
