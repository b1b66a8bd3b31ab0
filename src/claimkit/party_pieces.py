"""A noun phrase cut into the pieces that tell whom it stands for: names, nouns, links, unknown capitalised words."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

from claimkit.party_lexicon import Grammar, NounEntry, NounKind, PronounEntry
from claimkit.party_names import ACRONYM, NameIndex, Sense, Token, key_of

_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
MAX_UNIT_WORDS = 8


class PieceKind(StrEnum):
    """What a piece of a phrase is."""

    PARTY = "party"
    PERSON = "person"
    NOUN = "noun"
    TITLE = "title"
    PRONOUN = "pronoun"
    UNIT = "unit"
    WORD = "word"
    DESCRIBED = "described"
    FORMER = "former"
    STATE_RUN = "state_run"
    COMPLEMENT = "complement"
    MAKER = "maker"
    OBJECT = "object"
    STOP = "stop"
    AND = "and"
    COMMA = "comma"
    OPEN = "open"
    CLOSE = "close"
    OTHER = "other"


LINKS = (PieceKind.COMPLEMENT, PieceKind.MAKER, PieceKind.OBJECT, PieceKind.STOP)


class Piece(NamedTuple):
    """Some words of the phrase and what they are."""

    kind: PieceKind
    words: tuple[Token, ...]
    senses: tuple[Sense, ...] = ()
    noun: NounEntry | None = None
    pronoun: PronounEntry | None = None
    plural: bool = False

    @property
    def key(self) -> str:
        """The words as the index compares them."""
        return key_of(self.words)

    @property
    def text(self) -> str:
        """The words as the phrase has them, without dots and possessive endings."""
        return " ".join(word.raw for word in self.words)


class Cutter:
    """Cuts phrases into pieces by the index and the grammar."""

    def __init__(self, index: NameIndex, grammar: Grammar) -> None:
        self._index = index
        self._fixed: dict[str, PieceKind] = {"(": PieceKind.OPEN, ")": PieceKind.CLOSE}
        self._fixed |= dict.fromkeys(",;:–—", PieceKind.COMMA)
        for words, kind in (
            (grammar.conjunctions, PieceKind.AND),
            (grammar.links.complement, PieceKind.COMPLEMENT),
            (grammar.links.maker, PieceKind.MAKER),
            (grammar.links.object, PieceKind.OBJECT),
            (grammar.links.stop, PieceKind.STOP),
            (grammar.articles, PieceKind.OTHER),
        ):
            self._fixed |= dict.fromkeys(words, kind)
        self._flags = dict.fromkeys(grammar.former, PieceKind.FORMER) | dict.fromkeys(
            grammar.state_run, PieceKind.STATE_RUN
        )
        self._describing = frozenset(grammar.describing)
        self._prefixes = frozenset((*grammar.against, *grammar.siding))
        self._adjectives = frozenset(word.casefold() for word in grammar.adjectives)
        self._particles = frozenset(grammar.minor_words)
        self._ordinals = frozenset(grammar.ordinals)

    def cut(self, tokens: list[Token]) -> list[Piece]:
        """Cut the words of a phrase into pieces, left to right, the longest name or noun first."""
        pieces: list[Piece] = []
        at = 0
        while at < len(tokens):
            piece = self._piece(tokens, at)
            pieces.append(piece)
            at += len(piece.words)
        return pieces

    def _piece(self, tokens: list[Token], at: int) -> Piece:
        token = tokens[at]
        fixed = self._fixed.get(token.key)
        if (
            fixed is not None
            and (token.raw.islower() or not token.raw.isalpha() or at == 0)
            and (ACRONYM + token.raw not in self._index.names)
        ):
            return Piece(fixed, (token,))
        if token.key in self._prefixes and at + 1 < len(tokens) and tokens[at + 1].joined:
            end = max(self._index.find(tokens, at + 1)[0], at + 2)
            return Piece(PieceKind.DESCRIBED, tuple(tokens[at:end]))
        if _ORDINAL.fullmatch(token.key) or (token.key in self._ordinals and token.raw[0].isupper()):
            unit = self._unit(tokens, at)
            if unit is not None:
                return unit
        return self._named(tokens, at)

    def _unit(self, tokens: list[Token], at: int) -> Piece | None:
        best: Piece | None = None
        for start in range(at + 1, min(at + MAX_UNIT_WORDS, len(tokens))):
            if not (tokens[start].raw[0].isupper() or tokens[start].raw[0].isdigit()):
                break
            end, noun, plural = self._index.find_noun(tokens, start)
            if noun is not None and noun.unit:
                best = Piece(PieceKind.UNIT, tuple(tokens[at:end]), noun=noun, plural=plural)
        return best

    def _named(self, tokens: list[Token], at: int) -> Piece:
        token = tokens[at]
        name_end, senses = self._index.find(tokens, at)
        noun_end, noun, plural = self._index.find_noun(tokens, at)
        if senses and senses[0].common and senses[0].match != "person":
            name_end, senses = at, ()
        if senses and name_end == at + 1 and senses[0].match == "person" and token.key in self._adjectives:
            name_end, senses = at, ()
        if senses and not any(word.raw[0].isupper() or word.raw[0].isdigit() for word in tokens[at:name_end]):
            name_end, senses = at, ()
        if noun is not None and noun.kind is NounKind.TITLE and not token.raw[0].isupper():
            noun_end, noun = at, None
        if name_end > at and name_end >= noun_end and not (noun and senses and senses[0].common):
            words = tuple(tokens[at:name_end])
            if name_end < len(tokens) and tokens[name_end].joined and tokens[name_end].key in self._describing:
                return Piece(PieceKind.DESCRIBED, (*words, tokens[name_end]))
            kind = PieceKind.PERSON if all(sense.match == "person" for sense in senses) else PieceKind.PARTY
            return Piece(kind, words, senses=senses, plural=senses[0].plural)
        if noun is not None:
            kind = PieceKind.TITLE if noun.kind is NounKind.TITLE else PieceKind.NOUN
            return Piece(kind, tuple(tokens[at:noun_end]), noun=noun, plural=plural)
        if token.key in self._flags:
            return Piece(self._flags[token.key], (token,))
        if token.key in self._index.pronouns:
            return Piece(PieceKind.PRONOUN, (token,), pronoun=self._index.pronouns[token.key])
        if at + 1 < len(tokens) and tokens[at + 1].joined and tokens[at + 1].key in self._describing:
            return Piece(PieceKind.DESCRIBED, (token, tokens[at + 1]))
        capital = token.raw[0].isupper() and token.key not in self._adjectives
        if token.joined and at > 0 and tokens[at - 1].raw[0].islower():
            capital = capital and tokens[at - 1].key in self._particles
        return Piece(PieceKind.WORD if capital else PieceKind.OTHER, (token,))
