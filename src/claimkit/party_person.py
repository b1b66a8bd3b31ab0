"""Persons in noun phrases: who is named, and for whom he or she speaks as of a day."""

from __future__ import annotations

from datetime import date

from claimkit.party_names import NameIndex, Sense, fold
from claimkit.party_pieces import Piece, PieceKind
from claimkit.party_reading import SCORE_DERIVED, SCORE_KNOWN, Reading
from claimkit.records import PartyKind

GIVEN_NAME_LETTERS = 2
"""So many first letters of two spellings of a given name agree: Dmitry, Dmitri, Dmytro differ after them."""


class PersonReader:
    """Reads the last person named in a head."""

    def __init__(self, index: NameIndex) -> None:
        self._index = index

    def read(self, base: Reading, pieces: list[Piece], *, parties: list[Piece], on: date | None) -> Reading | None:
        """Read the person, or give ``None`` where nobody known is named.

        A party named with the person ("Ukrainian") must be one that he or she has had an office of.
        """
        known = [at for at, piece in enumerate(pieces) if piece.kind is PieceKind.PERSON]
        if not known:
            return None
        at = known[-1]
        piece = pieces[at]
        stated = {sense.party for party in parties for sense in party.senses}
        senses = [s for s in piece.senses if self._fits(pieces, at, s, gender=base.gender, stated=stated)]
        if not senses:
            return None
        former = any(p.kind is PieceKind.FORMER for p in pieces[:at])
        found = {s.person: self._speaks_for(s, on=on, former=former, stated=stated) for s in senses}
        codes = tuple(dict.fromkeys(code for codes, _ in found.values() for code in codes))
        because = "; ".join(why for _, why in found.values())
        entry = self._index.persons[senses[0].person]
        reading = base._replace(
            match="person", person=True, because=because, gender=entry.gender if len(found) == 1 else base.gender,
            number="singular", named=entry.name if len(found) == 1 else None,
        )  # fmt: skip
        if len(codes) == 1 and codes[0] not in self._index.parties:
            return reading._replace(
                parties=codes, match="derived", score=SCORE_DERIVED, derived=(codes[0], entry.name, PartyKind.PERSON),
                served=entry.offices[-1].party,
            )  # fmt: skip
        codes = tuple(code for code in codes if code in self._index.parties)
        introduced = len(piece.words) > 1 or bool(stated) or any(p.kind is PieceKind.NOUN for p in pieces[:at])
        introduced = introduced or (at > 0 and pieces[at - 1].kind is PieceKind.WORD)
        if all(s.common for s in senses) and not introduced:
            return reading._replace(
                parties=codes, needs=True, score=SCORE_DERIVED, because=f"a surname of many people: {because}"
            )
        return reading._replace(parties=codes, score=SCORE_KNOWN)

    def _fits(self, pieces: list[Piece], at: int, sense: Sense, *, gender: str | None, stated: set[str]) -> bool:
        if sense.person < 0:
            return False
        person = self._index.persons[sense.person]
        if gender is not None and person.gender != gender:
            return False
        if stated and not stated & {office.party for office in person.offices}:
            return False
        if len(pieces[at].words) > 1:
            return True
        if at + 1 < len(pieces) and pieces[at + 1].kind is PieceKind.WORD:
            return False
        if at == 0 or pieces[at - 1].kind is not PieceKind.WORD:
            return True
        letters = slice(GIVEN_NAME_LETTERS)
        return pieces[at - 1].key[letters] == fold(person.name)[letters]

    def _speaks_for(
        self, sense: Sense, *, on: date | None, former: bool, stated: set[str]
    ) -> tuple[tuple[str, ...], str]:
        """Give the parties that a person speaks for, the latest first; the own surname when out of office."""
        person = self._index.persons[sense.person]
        own = (fold(person.family_name()).upper().replace(" ", "-"),)
        if former:
            return own, f"{person.name}, out of office"
        offices = [office for office in person.offices if office.party in stated] or list(person.offices)
        held = [office for office in offices if on is None or office.held(on)]
        if not held and stated:
            held = offices
        if not held:
            return own, f"{person.name}, in no office on {on}"
        codes = tuple(dict.fromkeys(office.party for office in reversed(held)))
        return codes, f"{person.name}, {held[-1].office}"
