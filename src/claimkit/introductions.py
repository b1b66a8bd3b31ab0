"""Persons whom an article introduces, and for whom they speak ("Jan Kos, a spokesman for the army")."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from claimkit.actor_phrases import has_age
from claimkit.antecedents import RESIDENTS
from claimkit.countries import Countries
from claimkit.parties import Parties, PartyMatch
from claimkit.records import Party

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

PERSON = "PERSON"


class Introductions:
    """The persons of one article by their surname.

    Args:
        doc: the article.
        parties: the party table.
        countries: where its places are, and so whose army a rank belongs to.
        sentence_of: the number of each token's sentence.
        read: how words are read in this article.
    """

    def __init__(
        self, doc: Doc, parties: Parties, countries: Countries, *, sentence_of: list[int],
        read: Callable[[Span], PartyMatch],
    ) -> None:  # fmt: skip
        self._parties, self._countries, self._sentence_of = parties, countries, sentence_of
        self.sure: dict[str, Party] = {}
        self.likely: dict[str, Party] = {}
        """Parties of those of whom only a rank or an age is told."""
        self._met: dict[str, Party] = {}
        self._nouns: dict[str, str] = {}
        for ent in doc.ents:
            surname = _key(ent[-1])
            if ent.label_ != PERSON or surname in self.sure:
                continue
            match = read(ent)
            if match.party and not match.derived and not match.served:
                self.sure[surname] = match.party
                continue
            if surname not in self.likely and (party := self._by_rank_or_age(ent)):
                self.likely[surname] = party
            if match.role and (noun := parties.noun_kind(match.role)):
                self._nouns.setdefault(surname, noun)

    def of(self, span: Span) -> Party | None:
        """Give the party of the last person of sure party that words name."""
        return next((self.sure[name] for token in reversed(list(span)) if (name := _key(token)) in self.sure), None)

    def party_of(self, name: Span) -> Party | None:
        """Give the party of a person of this name, sure or likely."""
        return self.sure.get(_key(name[-1])) or self.likely.get(_key(name[-1]))

    def meet(self, span: Span, party: Party) -> None:
        """Remember for whom a person spoke whom words name."""
        if surname := _surname(span):
            self._met[surname] = party

    def readings(self, span: Span) -> Iterator[tuple[str, Party]]:
        """Give the parties of a named person with why: ``introduced`` so, or ``met`` before as a speaker of theirs."""
        yield from (("introduced", self.likely[name]) for token in span if (name := _key(token)) in self.likely)
        if (surname := _surname(span)) in self._met:
            yield "met", self._met[surname]

    def noun_of(self, span: Span) -> str:
        """Give the kind of noun that a person was introduced by: "Jan Kos, the director", then "Kos"."""
        return self._nouns.get(_surname(span), "")

    def _by_rank_or_age(self, span: Span) -> Party | None:
        """Give the party of a person of whom only an age or a rank is told: residents, or the army of that country."""
        if has_age(span):
            return self._parties[RESIDENTS]
        first = max(span.start - 2, span.sent.start)
        if any(token.lower_.rstrip(".") in self._parties.ranks for token in span.doc[first : span.end - 1]):
            return self._parties.state(self._countries.near(self._sentence_of[span.start], before=span.end) or "")
        return None


def _surname(span: Span) -> str:
    """Give the last word of the last person that words name; empty where they name none."""
    return next((_key(token) for token in reversed(list(span)) if token.ent_type_ == PERSON), "")


def _key(token: Token) -> str:
    """Give a word as names are compared: "MOOR" is Moor, "moor" is not."""
    return str(token.text.capitalize() if token.text.isupper() else token.text)
