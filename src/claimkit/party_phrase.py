"""Whom a noun phrase stands for: the head decides, then whose it is, then appositions; else the text must tell.

"US envoy to Ukraine Keith Kellogg" is the envoy's state, not the state he deals with; "video published by the Kremlin"
is its maker; "the ministry" needs an antecedent.
"""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple

from .party_lexicon import Grammar, NounEntry, NounKind
from .party_names import NameIndex, Sense, fold, tokenise
from .party_pieces import LINKS, Cutter, Piece, PieceKind
from .records import PartyKind

OWN_SPEAKERS = frozenset({PartyKind.BODY, PartyKind.MONITOR, PartyKind.ARMED_GROUP, PartyKind.AUTHORITY})
MIN_INITIALS = 4
SCORE_KNOWN = 1.0
SCORE_DERIVED = 0.4
SCORE_DEFAULT = 0.6


class Reading(NamedTuple):
    """What a phrase was read as; no parties where the text must tell (``needs``) or nothing is known."""

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


class PhraseReader:
    """Reads noun phrases by the index and the grammar."""

    def __init__(self, index: NameIndex, grammar: Grammar) -> None:
        self._index = index
        self._cutter = Cutter(index, grammar)
        self._belonging = frozenset(grammar.belonging)
        self._minor = frozenset(grammar.minor_words)
        self._organisation = frozenset(grammar.organisation_words)
        self._private = frozenset(grammar.private_words)
        self._unit_words = sorted(
            ((fold(word), unit.party) for unit in grammar.units for word in unit.words), key=lambda pair: -len(pair[0])
        )

    def read(self, words: str, *, on: date | None) -> Reading:
        """Read a phrase as of a day."""
        pieces = self._cutter.cut(tokenise(words))
        segments, asides = _segments(pieces)
        readings = [self._segment(segment, on=on) for segment in segments]
        if not readings:
            return Reading()
        first = readings[0]
        if first.parties and not first.derived and first.score > SCORE_DEFAULT:
            return first
        for other in (*readings[1:], *(self._segment(aside, on=on) for aside in asides)):
            if other.parties and not other.derived:
                return first._replace(
                    parties=other.parties, match=other.match, because=other.because, needs=False, derived=None,
                    role=first.role or other.role, score=other.score, person=first.person or other.person)
        for other in readings[1:]:
            if first.derived and other.needs and other.role:
                return other._replace(person=first.person, gender=first.gender or other.gender)
        return first

    def _segment(self, pieces: list[Piece], *, on: date | None) -> Reading:
        parts = [self._part(part, on=on) for part in _split(pieces, PieceKind.AND) if part]
        if len(parts) < 2:
            return parts[0] if parts else Reading()
        named = [part for part in parts if part.parties and not part.derived and part.score > SCORE_DEFAULT]
        if not named:
            whole = self._part([piece for piece in pieces if piece.kind is not PieceKind.AND], on=on)
            return whole._replace(number="plural") if whole.number else whole
        parties = tuple(dict.fromkeys(party for part in named for party in part.parties))
        because = named[0].because if len(parties) == 1 else "several parties are named: " + ", ".join(parties)
        number: Literal["plural"] = "plural"
        return named[0]._replace(parties=parties, because=because, number=number, gender=None)

    def _part(self, pieces: list[Piece], *, on: date | None) -> Reading:
        chunks = _chunks(pieces)
        head = self._head(chunks[0][1], on=on)
        if head.parties and not head.derived and head.score > SCORE_DEFAULT:
            return head
        for link, chunk in chunks[1:]:
            if link is PieceKind.STOP:
                break
            if link is PieceKind.OBJECT:
                continue
            other = self._head(chunk, on=on, inside=True)
            if not other.parties or other.derived or (other.score <= SCORE_DEFAULT and not head.artefact):
                continue
            if head.match == "group" and not head.artefact and other.match not in ("name", "organ"):
                continue
            if head.match == "group" and not head.artefact and not self._own_speakers(other.parties):
                continue
            because = f"{head.role or 'what'} {chunk[0].text if chunk else ''}: {other.because}"
            return head._replace(parties=other.parties, match=other.match, because=because, needs=False,
                                 score=other.score, derived=None)
        return head

    def _own_speakers(self, parties: tuple[str, ...]) -> bool:
        return all(self._index.parties[party].kind in OWN_SPEAKERS for party in parties)

    def _head(self, pieces: list[Piece], *, on: date | None, inside: bool = False) -> Reading:
        nouns = [piece for piece in pieces if piece.kind in (PieceKind.NOUN, PieceKind.UNIT)]
        noun = nouns[-1] if nouns else None
        entry = noun.noun if noun else None
        number, gender, person = _agreement(pieces, noun)
        role = noun.key if noun else None
        base = Reading(role=role, number=number, gender=gender, person=person)
        parties = [p for p in pieces if p.kind is PieceKind.PARTY and (inside or not _only_land(p, pieces))]
        if entry is not None and noun is not None and entry.kind in _GROUPS:
            return self._group(base, entry, noun, parties, pieces)
        found = self._person(base, pieces, parties, on=on)
        if found is not None:
            return found
        private = self._private_name(pieces)
        if private is not None:
            return self._derive(base, private, body=True)
        if parties:
            return self._named(base, parties, pieces, noun)
        if entry is not None and noun is not None:
            return self._unowned(base, entry, noun, pieces)
        pronoun = next((piece for piece in pieces if piece.pronoun), None)
        if pronoun is not None and pronoun.pronoun is not None and not _words(pieces):
            said = pronoun.pronoun
            return Reading(match="role", role=pronoun.key, number=said.number, gender=said.gender, needs=True,
                           person=said.person, because=f"pronoun {pronoun.key!r}")
        words = _words(pieces)
        return self._derive(base, words, body=None) if words else base

    def _person(
        self, base: Reading, pieces: list[Piece], parties: list[Piece], *, on: date | None
    ) -> Reading | None:
        known = [at for at, piece in enumerate(pieces) if piece.kind is PieceKind.PERSON]
        if not known or pieces[known[-1]].words[-1].possessive and len(parties) > 0:
            return None
        at = known[-1]
        piece = pieces[at]
        senses = [sense for sense in piece.senses if self._given_name_fits(pieces, at, sense)]
        gender = base.gender
        if gender is not None:
            senses = [s for s in senses if self._index.persons[s.person].gender == gender]
        stated = {sense.party for party in parties for sense in party.senses}
        if stated:
            senses = [s for s in senses if stated & {o.party for o in self._index.persons[s.person].offices}]
        if not senses:
            return None
        former = any(p.kind is PieceKind.FORMER for p in pieces[:at])
        codes = dict.fromkeys(self._code(sense, on=on, former=former, stated=stated) for sense in senses)
        entry = self._index.persons[senses[0].person]
        single = len(codes) == 1
        code, because = next(iter(codes))
        common = all(s.common for s in senses) and len(piece.words) == 1 and not stated
        introduced = any(p.kind is PieceKind.NOUN for p in pieces[:at]) or (at and pieces[at - 1].kind is PieceKind.WORD)
        reading = base._replace(match="person", person=True, number="singular", gender=entry.gender if single else gender)
        if code not in self._index.parties and single:
            return reading._replace(parties=(code,), match="derived", because=because, score=SCORE_DERIVED,
                                    derived=(code, entry.name, PartyKind.PERSON))
        ids = tuple(dict.fromkeys(code for code, _ in codes if code in self._index.parties))
        if common and not introduced:
            return reading._replace(parties=ids, needs=True, score=SCORE_DERIVED,
                                    because=f"surname of several people; perhaps {entry.name}")
        return reading._replace(parties=ids, because=because if single else "several persons of that name",
                                score=SCORE_KNOWN)

    def _given_name_fits(self, pieces: list[Piece], at: int, sense: Sense) -> bool:
        if len(pieces[at].words) > 1 or at == 0 or pieces[at - 1].kind is not PieceKind.WORD:
            return True
        given = fold(self._index.persons[sense.person].name)
        return pieces[at - 1].key[:2] == given[:2]

    def _code(self, sense: Sense, *, on: date | None, former: bool, stated: set[str]) -> tuple[str, str]:
        person = self._index.persons[sense.person]
        own = fold(person.family_name()).upper().replace(" ", "-")
        if former:
            return own, f"{person.name}, out of office"
        offices = [office for office in person.offices if on is None or office.held(on)]
        offices = [office for office in offices if office.party in stated] or offices
        if not offices and stated:
            offices = [office for office in person.offices if office.party in stated]
        if offices:
            return offices[-1].party, f"{person.name}, {offices[-1].office}"
        return own, f"{person.name}, in no office on {on}"

    def _named(self, base: Reading, parties: list[Piece], pieces: list[Piece], noun: Piece | None) -> Reading:
        last_noun = pieces.index(noun) if noun is not None else -1
        after = [p for p in parties if pieces.index(p) > last_noun >= 0 and not _demonym(p)]
        bodies = [p for p in parties if not any(self._is_state(sense.party) for sense in p.senses)]
        chosen = (after or bodies or parties)[-1 if after or bodies else 0]
        if noun is not None and noun.noun is not None and noun.noun.kind is NounKind.OUTLET and not after:
            words = _words(pieces[last_noun:])
            if words:
                return self._derive(base, words, body=True)
            run = any(piece.kind is PieceKind.STATE_RUN for piece in pieces)
            if not run and not bodies:
                return base._replace(parties=("REPORTS",), match="group", score=SCORE_DEFAULT,
                                     because=f"{noun.key} of a country that speak not for its state")
        if noun is not None and noun.noun is not None and noun.noun.kind is NounKind.COLLECTIVE and not after:
            words = _words(pieces)
            if words and not any(self._is_state(sense.party) and sense.match == "organ" for sense in chosen.senses):
                return self._derive(base, words, body=True)
        ids = tuple(dict.fromkeys(sense.party for sense in chosen.senses))
        match = chosen.senses[0].match
        if match == "person":
            match = "name"
        if noun is not None and match in ("demonym", "name", "metonym", "land"):
            match = "unit" if noun.kind is PieceKind.UNIT else "organ"
        number = base.number or ("plural" if chosen.plural else "singular")
        because = f"{chosen.text} is {' or '.join(ids)}" + (f", head {noun.key!r}" if noun is not None else "")
        return base._replace(parties=ids, match=match, number=number, because=because, score=SCORE_KNOWN)

    def _is_state(self, party: str) -> bool:
        return self._index.parties[party].kind is PartyKind.STATE

    def _group(
        self, base: Reading, entry: NounEntry, noun: Piece, parties: list[Piece], pieces: list[Piece]
    ) -> Reading:
        ids = tuple(dict.fromkeys(sense.party for party in parties for sense in party.senses))
        states = tuple(code for code in ids if self._is_state(code))
        others = tuple(code for code in ids if not self._is_state(code))
        speaks = others and (entry.media or self._own_speakers(others))
        because = f"noun {noun.key!r}"
        if entry.kind is NounKind.NONSTATE:
            return self._nonstate(base, noun, states, others, pieces)
        if speaks and not entry.by_state:
            return base._replace(parties=others[:1], match="organ", because=f"{because} of {others[0]}", score=SCORE_KNOWN)
        if entry.by_state and entry.party is not None:
            state = states[0] if states else entry.state
            if state is None:
                return base._replace(match="role", needs=True, because=because)
            code = f"{entry.party}-{state}"
            name = f"{base.role or noun.key} ({state})"
            derived = None if code in self._index.parties else (code, name, PartyKind.GROUP)
            return base._replace(parties=(code,), match="group", because=because, derived=derived, score=SCORE_KNOWN)
        if states and (entry.kind is NounKind.ANONYMOUS or entry.state_wins):
            return base._replace(parties=states[:1], match="organ", because=f"{because} of {states[0]}", score=SCORE_KNOWN)
        score = SCORE_DEFAULT if entry.kind is NounKind.ANONYMOUS else SCORE_KNOWN
        return base._replace(parties=(entry.party,) if entry.party else (), match="group", because=because, score=score)

    def _nonstate(
        self, base: Reading, noun: Piece, states: tuple[str, ...], others: tuple[str, ...], pieces: list[Piece]
    ) -> Reading:
        if others:
            return base._replace(parties=others[-1:], match="name", because=f"{noun.key} of {others[-1]}", score=SCORE_KNOWN)
        adjectives = [p for p in pieces if p.kind is PieceKind.WORD or (p.kind is PieceKind.PARTY and states)]
        if not adjectives:
            return base._replace(match="role", needs=True, because=f"noun {noun.key!r} names no party")
        plural = noun.key if noun.plural else f"{noun.key}s"
        name = f"{adjectives[-1].text} {plural}"
        code = fold(name).upper().replace(" ", "-")
        derived = None if code in self._index.parties else (code, name, PartyKind.ARMED_GROUP)
        return base._replace(parties=(code,), match="derived" if derived else "name", derived=derived,
                             because=f"{noun.key} of a people", score=SCORE_DERIVED if derived else SCORE_KNOWN)

    def _unowned(self, base: Reading, entry: NounEntry, noun: Piece, pieces: list[Piece]) -> Reading:
        needs = base._replace(match="role", needs=True, because=f"{noun.key!r} needs an antecedent")
        if entry.unit:
            text = " ".join(piece.key for piece in pieces if piece.kind is not PieceKind.OTHER)
            for words, party in self._unit_words:
                if f" {words} " in f" {text} ":
                    return needs._replace(parties=(party,), match="unit", needs=False, score=SCORE_KNOWN,
                                          because=f"{words!r} in a unit's name is {party}")
        if entry.kind is NounKind.ARTEFACT:
            needs = needs._replace(artefact=True)
        indefinite = pieces[0].key != "the" or noun.plural
        if entry.kind is NounKind.OUTLET or (entry.kind is NounKind.COLLECTIVE and _words(pieces)):
            words = _words(pieces[pieces.index(noun):]) or (
                _words(pieces) if entry.kind is NounKind.COLLECTIVE else [])
            if words:
                return self._derive(base, words, body=True)
        if entry.party is not None and (indefinite or entry.kind is not NounKind.OUTLET):
            return needs._replace(parties=(entry.party,), match="group", needs=False, score=SCORE_DEFAULT,
                                  because=f"{noun.key!r} with no maker named")
        return needs

    def _private_name(self, pieces: list[Piece]) -> list[Piece] | None:
        named = [p for p in pieces if p.words[0].raw[0].isupper() or p.words[0].joined]
        if len(named) < 2 or named[-1] is not pieces[-1] or named[-1].words[-1].key not in self._private:
            return None
        whole = all(any(s.match in ("name", "organ") for s in p.senses) for p in named)
        return None if whole else [p for p in named if p.kind is not PieceKind.TITLE]

    def _derive(self, base: Reading, pieces: list[Piece], *, body: bool | None) -> Reading:
        words = [word for piece in pieces for word in piece.words]
        text = " ".join(word.raw for word in words)
        keys = [word.key for word in words]
        if body is None:
            acronym = len(words) == 1 and words[0].raw.isupper() and len(words[0].raw) > 1
            body = acronym or any(key in self._organisation for key in keys)
        if not body:
            if base.role is not None:
                return base._replace(match="role", needs=True, person=True, because=f"{base.role!r} needs an antecedent")
            code = fold(words[-1].raw).upper()
            return base._replace(parties=(code,), match="derived", because=f"unknown person {text!r}", person=True,
                                 number="singular", derived=(code, text, PartyKind.PERSON), score=SCORE_DERIVED)
        content = [word.raw for word in words if word.key not in self._minor]
        code = "-".join(fold(word).upper() for word in content)
        if len(content) >= MIN_INITIALS:
            code = "".join(fold(word)[0].upper() for word in content)
        return base._replace(parties=(code,), match="derived", because=f"unknown body {text!r}", number="singular",
                             derived=(code, text, PartyKind.BODY), score=SCORE_DERIVED)


_GROUPS = frozenset({NounKind.GROUP, NounKind.ANONYMOUS, NounKind.NONSTATE})


def _words(pieces: list[Piece]) -> list[Piece]:
    return [piece for piece in pieces if piece.kind is PieceKind.WORD]


def _demonym(piece: Piece) -> bool:
    return all(sense.match == "demonym" for sense in piece.senses)


def _only_land(piece: Piece, pieces: list[Piece]) -> bool:
    return all(sense.match == "land" for sense in piece.senses) and not any(p.noun for p in pieces)


def _agreement(
    pieces: list[Piece], noun: Piece | None
) -> tuple[Literal["singular", "plural"] | None, Literal["m", "f"] | None, bool]:
    title = next((p.noun for p in pieces if p.kind is PieceKind.TITLE and p.noun), None)
    gender = title.gender if title is not None else None
    if noun is None or noun.noun is None:
        return ("singular" if title else None), gender, title is not None
    return ("plural" if noun.plural else "singular"), gender or noun.noun.gender, noun.noun.person or title is not None


def _split(pieces: list[Piece], kind: PieceKind) -> list[list[Piece]]:
    parts: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece.kind is kind:
            parts.append([])
        else:
            parts[-1].append(piece)
    return parts


def _segments(pieces: list[Piece]) -> tuple[list[list[Piece]], list[list[Piece]]]:
    """Split at commas; what stands in brackets goes aside."""
    outside: list[Piece] = []
    asides: list[list[Piece]] = []
    depth = 0
    for piece in pieces:
        if piece.kind is PieceKind.OPEN:
            depth += 1
            asides.append([])
        elif piece.kind is PieceKind.CLOSE:
            depth = max(depth - 1, 0)
        elif depth:
            asides[-1].append(piece)
        else:
            outside.append(piece)
    return [part for part in _split(outside, PieceKind.COMMA) if part], [aside for aside in asides if aside]


def _chunks(pieces: list[Piece]) -> list[tuple[PieceKind, list[Piece]]]:
    """Split at the links; the head has the link ``OTHER``."""
    chunks: list[tuple[PieceKind, list[Piece]]] = [(PieceKind.OTHER, [])]
    for piece in pieces:
        if piece.kind in LINKS:
            chunks.append((piece.kind, []))
        else:
            chunks[-1][1].append(piece)
    return chunks
