"""Names that the table does not have: a code is made from their words, as ``claims.md`` makes codes, and marked so."""

from __future__ import annotations

from collections.abc import Container

from claimkit.party_lexicon import Grammar
from claimkit.party_names import fold
from claimkit.party_pieces import Piece, PieceKind
from claimkit.party_reading import SCORE_DERIVED, Reading
from claimkit.records import PartyKind

MIN_INITIALS = 4
"""From so many words on a body's code is their initials."""


class UnknownNames:
    """Tells persons from bodies and makes codes of their names."""

    def __init__(self, grammar: Grammar, parties: Container[str]) -> None:
        self._parties = parties
        self._articles = frozenset(grammar.articles)
        self._minor = frozenset(grammar.minor_words)
        self._organisation = frozenset(grammar.organisation_words)
        self._private = frozenset(grammar.private_words)

    def long_name(self, pieces: list[Piece]) -> Reading | None:
        """Read an unknown organisation whose name goes on after a link: "Foundation for Relief and Peace in Asia"."""
        named = [p for p in pieces if p.words[0].raw[0].isupper() and p.key not in self._articles]
        first = next((p for p in pieces if p.key not in self._articles), None)
        if first is None or first not in named or first.kind not in (PieceKind.WORD, PieceKind.NOUN) or len(named) < 2:
            return None
        linked = pieces[pieces.index(first) + 1 : pieces.index(first) + 2]
        if first.words[-1].key not in self._private or not linked or linked[0].key not in self._minor:
            return None
        if pieces[-1].words[-1].raw[0].islower():
            return None
        return self.derive(Reading(number="singular"), named, body=True)

    def private_name(self, pieces: list[Piece]) -> list[Piece]:
        """Give the pieces of an organisation that is no organ of a state, whatever state its name has; else none."""
        named = [p for p in pieces if p.words[0].raw[0].isupper() or p.words[0].joined]
        if len(named) < 2 or named[-1] is not pieces[-1] or named[-1].words[-1].key not in self._private:
            return []
        if named[-1].kind is PieceKind.PARTY:
            return []
        return [p for p in named if p.kind is not PieceKind.TITLE and p.key not in self._articles]

    def derive(self, base: Reading, pieces: list[Piece], *, body: bool | None) -> Reading:
        """Make a code of the words: the surname of a person, the words or initials of a body (``None``: find out)."""
        words = [word for piece in pieces for word in piece.words]
        text = " ".join(word.raw for word in words)
        if body is None:
            acronym = not base.person and len(words) == 1 and words[0].raw.isupper() and len(words[0].raw) > 1
            body = acronym or any(word.key in self._organisation for word in words)
        if not body:
            if base.role is not None:
                because = f"{base.role!r} needs an antecedent"
                return base._replace(match="role", needs=True, person=True, because=because)
            code = self._free(fold(words[-1].raw).upper(), [fold(word.raw) for word in words])
            return base._replace(
                parties=(code,), match="derived", because=f"unknown person {text!r}", person=True, number="singular",
                derived=(code, text, PartyKind.PERSON), score=SCORE_DERIVED,
            )  # fmt: skip
        content = [fold(word.raw) for word in words if word.key not in self._minor]
        if len(content) == 1 and content[0] in self._organisation:
            return base._replace(match="role", role=content[0], needs=True, because=f"{text!r} needs an antecedent")
        code = "".join(word[0] for word in content) if len(content) >= MIN_INITIALS else "-".join(content)
        code = self._free(code.upper(), content)
        return base._replace(
            parties=(code,), match="derived", because=f"unknown body {text!r}", number="singular",
            derived=(code, text, PartyKind.BODY), score=SCORE_DERIVED,
        )  # fmt: skip

    def _free(self, code: str, words: list[str]) -> str:
        """Give a code that no party of the table has: all the words where a shorter one is taken (Kanye West)."""
        return "-".join(words).upper() if code in self._parties else code
