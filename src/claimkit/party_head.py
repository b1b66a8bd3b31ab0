"""Whom the head of a noun phrase stands for: a person, a name, an organ of somebody, a group, or nobody yet."""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple

from claimkit.party_lexicon import Grammar, NounEntry, NounKind
from claimkit.party_names import NameIndex, fold
from claimkit.party_person import PersonReader
from claimkit.party_pieces import Piece, PieceKind
from claimkit.party_reading import SCORE_DEFAULT, SCORE_DERIVED, SCORE_KNOWN, Reading
from claimkit.party_unknown import UnknownNames
from claimkit.records import PartyKind

EXPERTS = "EXPERTS"
OWN_SPEAKERS = frozenset({PartyKind.BODY, PartyKind.MONITOR, PartyKind.ARMED_GROUP, PartyKind.AUTHORITY})

_GROUPS = frozenset({NounKind.GROUP, NounKind.ANONYMOUS, NounKind.NONSTATE})
_LOOSE = frozenset({"demonym", "name", "metonym", "land"})


class Head(NamedTuple):
    """The pieces of a head sorted by what they are."""

    pieces: list[Piece]
    noun: Piece | None
    entry: NounEntry | None
    parties: list[Piece]
    states: tuple[str, ...]
    others: tuple[str, ...]


class HeadReader:
    """Reads the head of a phrase, up to its first link."""

    def __init__(self, index: NameIndex, grammar: Grammar) -> None:
        self._index = index
        self._persons = PersonReader(index)
        self._unknown = UnknownNames(grammar, index.parties)
        self._state_run = frozenset(grammar.state_run)
        self._articles = frozenset(grammar.articles)
        self._institutes = frozenset(grammar.institutes)
        self._shared = frozenset(grammar.shared_organs)
        self._unit_words = sorted(
            ((fold(word), unit.party, unit.numbered) for unit in grammar.units for word in unit.words),
            key=lambda row: (not row[0][0].isdigit(), -len(row[0]), row),
        )

    def read(self, pieces: list[Piece], *, on: date | None, inside: bool = False) -> Reading:
        """Read a head as of a day; ``inside`` says that it is the complement of another."""
        nouns = [piece for piece in pieces if piece.kind in (PieceKind.NOUN, PieceKind.UNIT)]
        noun = nouns[-1] if nouns else None
        parties = [p for p in pieces if p.kind is PieceKind.PARTY and (inside or nouns or not _land(p))]
        own = [party for party in parties if not self.is_shared(party)]
        if any(self._is_state(sense.party) for party in own for sense in party.senses):
            parties = own
        ids = tuple(dict.fromkeys(sense.party for party in parties for sense in party.senses))
        head = Head(
            pieces=pieces,
            noun=noun,
            entry=noun.noun if noun else None,
            parties=parties,
            states=tuple(code for code in ids if self._is_state(code)),
            others=tuple(code for code in ids if not self._is_state(code)),
        )
        base = _agreement(pieces, noun)
        if head.entry is not None and head.entry.kind in _GROUPS:
            return self._group(base, head, head.entry)
        found = self._persons.read(base, pieces, parties=own, on=on)
        if found is not None:
            return found
        return self._read_names(base, head)

    def own_speakers(self, codes: tuple[str, ...]) -> bool:
        """Say whether the people of these parties speak for them: bodies, monitors, armed groups."""
        return all(self._index.parties[code].kind in OWN_SPEAKERS for code in codes)

    def institutes(self, codes: tuple[str, ...]) -> bool:
        """Say whether these parties are institutes, whose people speak as experts and not for them."""
        return bool(codes) and self._institutes.issuperset(codes)

    def is_shared(self, piece: Piece) -> bool:
        """Say whether a body's organ has a name that organs of states have too: "Georgia's Security Council"."""
        return piece.key in self._shared

    def speaks_alone(self, noun: Piece | None, codes: tuple[str, ...]) -> bool:
        """Say whether a noun is one expert of an institute, who speaks as such."""
        expert = noun is not None and noun.noun is not None and noun.noun.party == EXPERTS
        return expert and _singular(noun) and self.institutes(codes)

    def _is_state(self, code: str) -> bool:
        return self._index.parties[code].kind is PartyKind.STATE

    def _read_names(self, base: Reading, head: Head) -> Reading:
        private = self._unknown.private_name(head.pieces)
        if private:
            return self._unknown.derive(base, private, body=True)
        if head.parties:
            return self._named(base, head)
        if head.entry is not None and head.noun is not None:
            return self._unowned(base, head, head.entry, head.noun)
        pronoun = next((piece for piece in head.pieces if piece.pronoun), None)
        words = _words(head.pieces)
        if pronoun is not None and pronoun.pronoun is not None and not words:
            said = pronoun.pronoun
            return Reading(
                match="role", role=pronoun.key, number=said.number, gender=said.gender, person=said.person, needs=True,
                because=f"pronoun {pronoun.key!r}", pronoun=True,
            )  # fmt: skip
        return self._unknown.derive(base, words, body=None) if words and not _is_model(head.pieces) else base

    def _named(self, base: Reading, head: Head) -> Reading:
        at = {id(piece): number for number, piece in enumerate(head.pieces)}
        noun_at = at[id(head.noun)] if head.noun is not None else -1
        after = [p for p in head.parties if at[id(p)] > noun_at >= 0 and not _demonym(p)]
        bodies = [p for p in head.parties if not any(self._is_state(sense.party) for sense in p.senses)]
        chosen = (after or bodies or head.parties)[-1 if after or bodies else 0]
        if head.noun is not None and head.entry is not None and not after:
            other = self._named_outlet(base, head, head.entry, head.noun, chosen=chosen, bodies=bool(bodies))
            if other is not None:
                return other
        ids = tuple(dict.fromkeys(sense.party for sense in chosen.senses))
        match = chosen.senses[0].match
        if head.noun is not None and match in _LOOSE:
            match = "unit" if head.noun.kind is PieceKind.UNIT else "organ"
        because = f"{chosen.text} is {' or '.join(ids)}"
        if head.noun is not None:
            because += f", head {head.noun.key!r}"
        number = base.number or ("plural" if chosen.plural else "singular")
        return base._replace(parties=ids, match=match, number=number, because=because, score=SCORE_KNOWN)

    def _named_outlet(
        self, base: Reading, head: Head, entry: NounEntry, noun: Piece, *, chosen: Piece, bodies: bool
    ) -> Reading | None:
        """Read a paper or an organisation described by its country: it does not speak for the state."""
        loose = all(sense.match in _LOOSE for sense in chosen.senses) and not bodies
        if entry.kind is NounKind.OUTLET:
            after = _after(head.pieces, noun)
            if after:
                return self._unknown.derive(base, after, body=True)
            run = any(
                p.kind is PieceKind.STATE_RUN or (p.noun and p.words[0].key in self._state_run) for p in head.pieces
            )
            if loose and not run:
                return base._replace(
                    parties=("REPORTS",), match="group", score=SCORE_DEFAULT,
                    because=f"{noun.key} of a country do not speak for its state",
                )  # fmt: skip
        if entry.kind is NounKind.COLLECTIVE and loose:
            words = _after(head.pieces, noun) or _before(head.pieces, noun)
            if words:
                return self._unknown.derive(base, words, body=True)
            return base._replace(match="role", needs=True, because=f"{noun.key!r} of a country needs an antecedent")
        return None

    def _group(self, base: Reading, head: Head, entry: NounEntry) -> Reading:
        because = f"noun {base.role!r}"
        known = base._replace(score=SCORE_KNOWN)
        if entry.kind is NounKind.NONSTATE:
            return self._nonstate(base, head)
        last = head.pieces[-1]
        named = last.kind is PieceKind.PARTY and not _demonym(last) and last is not head.pieces[0]
        if named and (entry.by_state or not self._is_state(last.senses[0].party)):
            parties = tuple(dict.fromkeys(sense.party for sense in last.senses))
            return known._replace(parties=parties, match="name", because=f"{last.text} is {' or '.join(parties)}")
        speakers = tuple(c for c in head.others if self.own_speakers((c,)) or (entry.media and self._is_medium(c)))
        medium = next((p for p in reversed(head.parties) if entry.media and p.key in self._index.media), None)
        if medium is not None:
            speakers += tuple(dict.fromkeys(sense.party for sense in medium.senses))
        alone = self.speaks_alone(head.noun, speakers[-1:])
        if (entry.affiliates or entry.kind is NounKind.ANONYMOUS) and speakers and not alone:
            return known._replace(parties=speakers[-1:], match="organ", because=f"{because} of {speakers[-1]}")
        if entry.by_state and entry.party is not None:
            state = head.states[0] if head.states else entry.state
            if state is None:
                return base._replace(match="role", needs=True, because=because)
            code = f"{entry.party}-{state}"
            derived = None if code in self._index.parties else (code, f"{base.role} ({state})", PartyKind.GROUP)
            return known._replace(parties=(code,), match="group", because=because, derived=derived)
        if head.states and (entry.kind is NounKind.ANONYMOUS or entry.state_wins):
            return known._replace(parties=head.states[:1], match="organ", because=f"{because} of {head.states[0]}")
        words = [] if entry.person or head.noun is None or head.noun.plural else _after(head.pieces, head.noun)
        if words:
            return self._unknown.derive(base, words, body=True)
        parties = (entry.party,) if entry.party else ()
        if entry.kind is NounKind.ANONYMOUS:
            return base._replace(
                parties=parties, match="group", because=because, score=SCORE_DEFAULT, needs=self._definite(head)
            )
        people = head.states[0] if len(head.states) == 1 else None
        return known._replace(parties=parties, match="group", because=because, people=people)

    def _is_medium(self, code: str) -> bool:
        return self._index.parties[code].kind is PartyKind.MEDIA

    def _definite(self, head: Head) -> bool:
        return head.pieces[0].key == "the" and _singular(head.noun)

    def _nonstate(self, base: Reading, head: Head) -> Reading:
        noun = head.noun.key if head.noun else ""
        if head.others:
            because = f"{noun} of {head.others[-1]}"
            return base._replace(parties=head.others[-1:], match="name", because=because, score=SCORE_KNOWN)
        people = [
            p for p in head.pieces
            if p.kind in (PieceKind.WORD, PieceKind.PARTY, PieceKind.OTHER)
            and p.words[0].raw[0].isupper() and p.key not in self._articles
        ]  # fmt: skip
        if not people:
            return base._replace(match="role", needs=True, because=f"noun {noun!r} names no party")
        plural = noun if head.noun and head.noun.plural else f"{noun}s"
        name = f"{people[-1].text} {plural}"
        code = fold(name).upper().replace(" ", "-")
        known = code in self._index.parties
        return base._replace(
            parties=(code,), match="name" if known else "derived", because=f"{noun} of a people",
            derived=None if known else (code, name, PartyKind.ARMED_GROUP),
            score=SCORE_KNOWN if known else SCORE_DEFAULT,
        )  # fmt: skip

    def _unowned(self, base: Reading, head: Head, entry: NounEntry, noun: Piece) -> Reading:
        needs = base._replace(match="role", needs=True, because=f"{noun.key!r} needs an antecedent")
        if entry.unit:
            text = " ".join(piece.key for piece in head.pieces if piece.kind is not PieceKind.OTHER)
            for name, party, numbered in self._unit_words:
                if f" {name} " in f" {text} ":
                    sure = not numbered or noun.kind is PieceKind.UNIT
                    because = f"{name!r} in a unit's name is {party}"
                    return needs._replace(
                        parties=(party,), match="unit", needs=not sure, because=because,
                        score=SCORE_KNOWN if sure else SCORE_DERIVED,
                    )  # fmt: skip
        after = _after(head.pieces, noun)
        if entry.kind is NounKind.OUTLET and after:
            return self._unknown.derive(base, after, body=True)
        if entry.kind is NounKind.COLLECTIVE and not noun.plural:
            words = after or _before(head.pieces, noun)
            if words:
                return self._unknown.derive(base, words, body=True)
        artefact = entry.kind is NounKind.ARTEFACT
        if entry.party is None:
            return needs._replace(artefact=artefact)
        return needs._replace(
            parties=(entry.party,), match="group", needs=self._definite(head), score=SCORE_DEFAULT,
            because=f"{noun.key!r} with no maker named", artefact=artefact,
        )  # fmt: skip


def _singular(noun: Piece | None) -> bool:
    """Say whether a noun stands in the singular."""
    return noun is not None and not noun.plural


def _words(pieces: list[Piece]) -> list[Piece]:
    return [piece for piece in pieces if piece.kind in (PieceKind.WORD, PieceKind.PERSON)]


def _after(pieces: list[Piece], noun: Piece) -> list[Piece]:
    """Give the unknown capitalised words after a noun: "rights group RNDDH"."""
    return _words(pieces[pieces.index(noun) :])


def _before(pieces: list[Piece], noun: Piece) -> list[Piece]:
    """Give the unknown capitalised words right before a noun: "the Shas party"."""
    at = pieces.index(noun)
    first = at
    while first and pieces[first - 1].kind is PieceKind.WORD:
        first -= 1
    return pieces[first:at]


def _is_model(pieces: list[Piece]) -> bool:
    """Say whether a name is one of a weapon: letters and digits tied by a hyphen stand in it ("an MQ-9 Reaper")."""
    pairs = zip(pieces, pieces[1:], strict=False)
    return any(b.words[0].joined and b.words[0].key.isdigit() and a.key.isalpha() for a, b in pairs)


def _demonym(piece: Piece) -> bool:
    return all(sense.match == "demonym" for sense in piece.senses)


def _land(piece: Piece) -> bool:
    return all(sense.match == "land" for sense in piece.senses)


def _agreement(pieces: list[Piece], noun: Piece | None) -> Reading:
    title = next((p.noun for p in pieces if p.kind is PieceKind.TITLE and p.noun), None)
    gender = title.gender if title is not None else None
    if noun is None or noun.noun is None:
        return Reading(number="singular" if title else None, gender=gender, person=title is not None)
    number: Literal["singular", "plural"] = "plural" if noun.plural else "singular"
    person = noun.noun.person or title is not None
    return Reading(role=noun.key, number=number, gender=gender or noun.noun.gender, person=person)
