"""Whom a noun phrase stands for: the head decides, then whose it is, then appositions; else the text must tell.

"US envoy to Ukraine Keith Kellogg" is the envoy's state, not the state he deals with; "video published by the Kremlin"
is its maker; "the ministry" needs an antecedent.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from claimkit.party_head import EXPERTS, HeadReader
from claimkit.party_lexicon import Grammar, NounKind
from claimkit.party_names import NameIndex, tokenise
from claimkit.party_pieces import LINKS, Cutter, Piece, PieceKind
from claimkit.party_reading import SCORE_DEFAULT, SCORE_DERIVED, Reading
from claimkit.party_unknown import UnknownNames
from claimkit.records import PartyKind

_PLACING = frozenset({"in", "inside", "within", "across"})
_OWNING = frozenset({"of"})
_FOLLOWERS = frozenset({NounKind.NONSTATE, NounKind.COLLECTIVE, NounKind.MEMBER, NounKind.ROLE, NounKind.ORGAN})
"""Kinds of nouns for people whom somebody leads."""


class Chunk(NamedTuple):
    """The pieces after a link, up to the next."""

    link: PieceKind
    word: str
    pieces: list[Piece]


class PhraseReader:
    """Reads noun phrases by the index and the grammar."""

    def __init__(self, index: NameIndex, grammar: Grammar) -> None:
        self._index = index
        self._cutter = Cutter(index, grammar)
        self._heads = HeadReader(index, grammar)
        self._unknown = UnknownNames(grammar, index.parties)
        self._quantities = frozenset(grammar.quantities)
        self._viewing = frozenset(grammar.viewing)
        self._following = frozenset(grammar.following)
        self._ranks = frozenset(grammar.ranks)

    def read(self, words: str, *, on: date | None) -> Reading:
        """Read a phrase as of a day."""
        pieces = self._cutter.cut(tokenise(words))
        found = self._read(pieces, on=on)
        of_one = found.match in ("organ", "demonym") and len(found.parties) == 1
        if found.certain and of_one and self._retired(pieces, person=found.person):
            return found._replace(served=found.parties[0], score=SCORE_DERIVED)
        return found

    def _retired(self, pieces: list[Piece], *, person: bool) -> bool:
        """Say whether somebody with an office or a rank is called a former one."""
        ranked = person or any(word.key in self._ranks for piece in pieces for word in piece.words)
        heads = (_chunks(segment)[0].pieces for segment in _segments(pieces)[0])
        return ranked and any(piece.kind is PieceKind.FORMER for head in heads for piece in head)

    def _read(self, pieces: list[Piece], *, on: date | None) -> Reading:
        segments, asides = _segments(pieces)
        if not segments:
            return Reading()
        first, *rest = [self._segment(segment, on=on) for segment in segments]
        if first.certain:
            return first
        for other in (*rest, *(self._segment(aside, on=on) for aside in asides)):
            if other.certain:
                if _is_person(first) and self._heads.institutes(other.parties):
                    return other._replace(parties=(EXPERTS,), match="group", because=f"one of {other.because}")
                return other._replace(
                    role=first.role or other.role, number=first.number or other.number,
                    gender=first.gender or other.gender, person=first.person or other.person,
                )  # fmt: skip
        for other in rest:
            if first.derived and other.needs and other.role and not other.pronoun:
                if self._index.kind_of_noun(other.role) == NounKind.COLLECTIVE:
                    code, name, _ = first.derived
                    because = f"unknown body {name!r}, {other.role}"
                    return first._replace(derived=(code, name, PartyKind.BODY), person=False, because=because)
                return other._replace(person=first.person or other.person, gender=first.gender or other.gender)
        return first

    def _segment(self, pieces: list[Piece], *, on: date | None) -> Reading:
        whole = self._unknown.long_name(pieces)
        if whole is not None:
            return whole
        parts = _conjuncts(pieces)
        first, *rest = [self._part(part, on=on) for part in parts]
        rest = [part for part in rest if part.certain]
        one_person = first.person and first.number == "singular"
        rest = [part for part in rest if not (one_person and part.match == "group" and part.number == "singular")]
        if not rest:
            return first._replace(number="plural") if len(parts) > 1 and first.number and not one_person else first
        named = [part for part in (first, *rest) if part.certain]
        codes = tuple(dict.fromkeys(code for part in named for code in part.parties))
        because = "; ".join(dict.fromkeys(part.because for part in named))
        people = named[0].people if len({part.people for part in named}) == 1 else None
        return named[0]._replace(parties=codes, because=because, number="plural", gender=None, people=people)

    def _part(self, pieces: list[Piece], *, on: date | None) -> Reading:
        head, *links = _chunks(pieces)
        while links and links[0].word in _OWNING and links[0].pieces and self._counts(head.pieces):
            head, *links = (links[0]._replace(link=PieceKind.OTHER), *links[1:])
        reading = self._heads.read(head.pieces, on=on)
        shared = bool(head.pieces) and self._heads.is_shared(head.pieces[-1])
        if reading.certain and reading.match != "group" and not shared:
            return reading
        before = head
        for chunk in links:
            if chunk.link is PieceKind.STOP:
                break
            follows = self._follows(head, chunk, before)
            if follows or (chunk.link is not PieceKind.OBJECT and self._owns(reading, head, chunk, before)):
                owner = self._heads.read(chunk.pieces, on=on, inside=True)
                if owner.match == "person" if follows else self._takes(reading, head, chunk, owner):
                    because = f"{reading.role or head.pieces[-1].key} {chunk.word} {owner.because}"
                    if _is_person(reading) and self._heads.institutes(owner.parties):
                        return owner._replace(parties=(EXPERTS,), match="group", because=because, person=True)
                    return owner._replace(
                        because=because, role=reading.role, number=reading.number, gender=reading.gender,
                        person=reading.person, artefact=reading.artefact,
                    )  # fmt: skip
            before = chunk
        return reading

    def _follows(self, head: Chunk, chunk: Chunk, before: Chunk) -> bool:
        """Say whether a head is of people who follow whom the link leads to: "a militia led by X"."""
        nouns = [piece for piece in head.pieces if piece.noun and piece.kind is not PieceKind.TITLE]
        entry = nouns[-1].noun if nouns else None
        if not before.pieces or entry is None or entry.kind not in _FOLLOWERS:
            return False
        if entry.person and not nouns[-1].plural:
            return False
        return f"{before.pieces[-1].key} {chunk.word}" in self._following

    def _counts(self, pieces: list[Piece]) -> bool:
        """Say whether a head only counts what follows it: "hundreds of", "a group of"."""
        return bool(pieces) and pieces[-1].key in self._quantities and not any(p.senses for p in pieces)

    def _owns(self, reading: Reading, head: Chunk, chunk: Chunk, before: Chunk) -> bool:
        """Say whether what follows a link can tell whose the head is."""
        if not head.pieces or not chunk.pieces:
            return False
        if reading.pronoun:
            return chunk.word in _OWNING
        if chunk.link is PieceKind.MAKER:
            return reading.artefact and not any(piece.key in self._viewing for piece in before.pieces)
        if reading.derived is not None:
            return reading.person and chunk.word not in _PLACING
        return True

    def _takes(self, reading: Reading, head: Chunk, chunk: Chunk, owner: Reading) -> bool:
        """Say whether the head stands for the owner that was found."""
        if not owner.certain and not (owner.needs is False and owner.derived and reading.artefact):
            return False
        if owner.match == "group" and not reading.artefact:
            return False
        nouns = [piece for piece in head.pieces if piece.noun and piece.kind is not PieceKind.TITLE]
        entry = nouns[-1].noun if nouns else None
        if entry is None:
            return True
        speakers = owner.derived is None and self._heads.own_speakers(owner.parties)
        if entry.kind in (NounKind.NONSTATE, NounKind.COLLECTIVE):
            return speakers
        if entry.kind is NounKind.ANONYMOUS:
            return chunk.word not in _PLACING or reading.score <= SCORE_DEFAULT
        if entry.kind is NounKind.GROUP:
            named = chunk.pieces[-1].kind is PieceKind.PARTY
            media = entry.media and owner.derived is None and owner.match == "name"
            alone = self._heads.speaks_alone(nouns[-1], owner.parties)
            return entry.affiliates and named and (speakers or media) and owner.match != "demonym" and not alone
        return True


def _is_person(reading: Reading) -> bool:
    """Say whether an unknown person is named."""
    return reading.derived is not None and reading.derived[2] is PartyKind.PERSON


def _conjuncts(pieces: list[Piece]) -> list[list[Piece]]:
    """Split at "and" where both sides name somebody; "Israeli and Palestinian officials" shares its noun."""
    parts: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece.kind is PieceKind.AND:
            parts.append([])
        else:
            parts[-1].append(piece)
    found: list[list[Piece]] = []
    for number, part in enumerate(parts):
        following = parts[number + 1] if number + 1 < len(parts) else []
        shared = next((p for p in reversed(_chunks(following)[0].pieces) if p.kind is PieceKind.NOUN), None)
        if found and not _complete(found[-1]):
            found[-1] = found[-1] + part
        elif part and _only_people(part) and shared is not None:
            found.append([*part, shared])
        else:
            found.append(part)
    return [part for part in found if part] or [[]]


def _complete(part: list[Piece]) -> bool:
    kinds = [piece.kind for piece in part]
    naming = (PieceKind.PARTY, PieceKind.PERSON, PieceKind.NOUN, PieceKind.UNIT, PieceKind.PRONOUN)
    return bool(part) and (kinds[-1] in naming or any(kind in LINKS for kind in kinds))


def _only_people(part: list[Piece]) -> bool:
    """Say whether a part ends in an adjective of a people and has no noun: "several Israeli"."""
    last = part[-1]
    return (
        last.kind is PieceKind.PARTY
        and all(sense.match == "demonym" for sense in last.senses)
        and not last.plural
        and not any(piece.noun for piece in part)
    )


def _segments(pieces: list[Piece]) -> tuple[list[list[Piece]], list[list[Piece]]]:
    """Split at commas; what stands in brackets goes aside, what begins with "who" or "including" is left out."""
    segments: list[list[Piece]] = [[]]
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
        elif piece.kind is PieceKind.COMMA:
            segments.append([])
        else:
            segments[-1].append(piece)
    segments = [part for part in segments if part]
    kept = [part for number, part in enumerate(segments) if number == 0 or part[0].kind is not PieceKind.STOP]
    return kept, [aside for aside in asides if aside]


def _chunks(pieces: list[Piece]) -> list[Chunk]:
    """Split at the links; the head has the link ``OTHER``, and "attributed to" is one link.

    Before the noun of the head there is none: in "some outside analysts" the word is an adjective.
    """
    chunks = [Chunk(PieceKind.OTHER, "", [])]
    for number, piece in enumerate(pieces, start=1):
        last = chunks[-1]
        headless = len(chunks) == 1 and not any(p.noun or p.senses for p in last.pieces)
        if piece.kind is PieceKind.OBJECT and headless and [p.kind for p in pieces[number:]][:1] == [PieceKind.NOUN]:
            continue
        if piece.kind is PieceKind.OBJECT and last.link is PieceKind.MAKER and not last.pieces:
            continue
        if piece.kind in LINKS:
            chunks.append(Chunk(piece.kind, piece.key, []))
        else:
            last.pieces.append(piece)
    return chunks
