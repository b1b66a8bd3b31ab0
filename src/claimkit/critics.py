"""Who speaks against a party is not of it: who calls "Moscow's announcement" premature, or accuses Moscow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from claimkit.cue_frames import judges
from claimkit.cues import Cues
from claimkit.dependencies import OBJECTS, OWNERS, SUBJECTS
from claimkit.labels import tree_of
from claimkit.parties import Parties

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

NAME = "PROPN"
ACTIVE = SUBJECTS - {"nsubj:pass", "nsubjpass"}
_IN_NAME = frozenset({"flat", "flat:name", "compound"})
PERSONAL = frozenset({"he", "she"})


class Criticism(NamedTuple):
    """Somebody who speaks against a party; ``at`` is the last token of the name or the noun, in a sentence.

    ``name`` is empty where none is given ("its spokeswoman").
    """

    at: int
    name: str
    sentence: int
    party: str


class Critics:
    """The named critics of one article, and whom they speak against.

    Args:
        doc: the article.
        parties: tells whose word is judged.
        on: the day on which offices are held.
        sentence_of: the number of each token's sentence.
    """

    def __init__(self, doc: Doc, parties: Parties, *, on: date | None, sentence_of: Sequence[int]) -> None:
        self._doc, self._parties, self._on, self._sentence_of = doc, parties, on, sentence_of
        self._found = tuple(sorted((*self._judges(), *self._accusers())))

    def opposed(self, span: Span) -> frozenset[str]:
        """Give the parties that words cannot stand for: those that the one whom they name spoke against.

        "He" and "she" are the critic of their sentence or the one before, where nobody else does anything in between.
        """
        if len(span) == 1 and span[0].lower_ in PERSONAL:
            last = next((c for c in reversed(self._found) if c.at < span.start), None)
            near = last is not None and self._sentence_of[span.start] - last.sentence <= 1
            return frozenset({last.party}) if last and near and self._alone(last, span.start) else frozenset()
        names = {token.text for token in span}
        mine = (c for c in self._found if c.name in names or span.start <= c.at < span.end)
        return frozenset(criticism.party for criticism in mine)

    def _alone(self, last: Criticism, end: int) -> bool:
        others = (t for t in self._doc[last.at + 1 : end] if t.dep_ in SUBJECTS and t.pos_ == NAME)
        return all(token.text == last.name for token in others)

    def _words(self) -> Iterator[Token]:
        """Give the words that were read."""
        return (token for token in self._doc if self._sentence_of[token.i] >= 0)

    def _judges(self) -> Iterator[Criticism]:
        """Give those who judge what a party said."""
        cues, tree = Cues.default(), tree_of(self._doc)
        for word in self._words():
            if not cues.points_back(word):
                continue
            owner = next((child for child in word.children if child.dep_ in OWNERS), None)
            critic = next((child for child in word.head.children if child.dep_ in SUBJECTS), None)
            if owner is None or critic is None or critic.i == word.i or not judges(tree, word.head.i):
                continue
            found = self._criticism(critic, owner)
            if found is not None and found.name:
                yield found

    def _accusers(self) -> Iterator[Criticism]:
        """Give those who accuse a party."""
        blaming = Cues.default().words.blaming
        for verb in self._words():
            if verb.lemma_.lower() not in blaming:
                continue
            accuser = next((child for child in verb.children if child.dep_ in ACTIVE), None)
            accused = next((child for child in verb.children if child.dep_ in OBJECTS), None)
            if accuser is not None and accused is not None and (found := self._criticism(accuser, accused)):
                yield found

    def _criticism(self, critic: Token, against: Token) -> Criticism | None:
        party = self._parties.lookup(self._doc[against.left_edge.i : against.i + 1].text, on=self._on).party
        if party is None:
            return None
        named = [t for t in (critic, *critic.children) if t.pos_ == NAME and (t == critic or t.dep_ in _IN_NAME)]
        last = max(named, key=lambda token: token.i, default=critic)
        name = last.text if named else ""
        return Criticism(at=last.i, name=name, sentence=self._sentence_of[last.i], party=party.id)
