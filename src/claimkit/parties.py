"""The party table: words that name a speaker or actor → the code of the party they stand for, explained."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal

from claimkit.party_names import ACRONYM, MARKS, NameIndex, Sense, Table, fold, key_of, soften, tokenise
from claimkit.party_phrase import PhraseReader
from claimkit.party_reading import SCORE_KNOWN, Match, Reading
from claimkit.party_table import load_table
from claimkit.records import Party, Record

CACHED_LOOKUPS = 16_384

_START = re.compile(r"(?<![\w'’])(?:[A-ZÀ-ÖØ-ÞĀ-Ž]\w*(?:['’.](?!s\b)\w+)*|al(?=-[A-Z]))")


class PartyMatch(Record, frozen=True, kw_only=True):
    """Whom some words stand for.

    ``party`` is set only where one party remains; else ``candidates`` has what it could be. ``needs_antecedent`` says
    that the words alone do not tell ("the ministry", "he"); ``role`` is the noun at their head, ``name`` the known
    person that they name; ``derived`` says that the party is not in the table and its code made from the words;
    ``served`` is the party of somebody out of office, who may speak for it no more; ``people`` is the state whose
    people a group of no side is ("Lebanese civilians").
    ``score`` is in [0, 1].
    """

    query: str
    party: Party | None = None
    candidates: tuple[Party, ...] = ()
    match: Match | None = None
    role: str | None = None
    number: Literal["singular", "plural"] | None = None
    gender: Literal["m", "f"] | None = None
    person: bool = False
    name: str | None = None
    served: Party | None = None
    people: Party | None = None
    derived: bool = False
    needs_antecedent: bool = False
    because: str = ""
    score: float = 0.0


class PartyHit(Record, frozen=True, kw_only=True):
    """A name of a party in running text; offsets are half-open, in code points."""

    start: int
    end: int
    text: str
    parties: tuple[str, ...]
    match: Match


class Parties:
    """The party table.

    >>> Parties.default().lookup("the Russian defence ministry").party.id
    'RUS'
    """

    def __init__(self, table: Table) -> None:
        self._index = NameIndex(table)
        self._reader = PhraseReader(self._index, table.grammar)
        self._opposed = frozenset(
            (a, b)
            for conflict in table.conflicts
            for side in conflict.sides
            for other in conflict.sides
            if side is not other
            for a in side
            for b in other
        )
        self.organisation_words = frozenset(table.grammar.organisation_words)
        """Nouns that, behind a name, make it an organisation's or a unit's (``data/roles.yaml``), in lower case."""
        self.ranks = frozenset(table.grammar.ranks)
        """Ranks of soldiers, in lower case."""
        self.pairing = tuple(f"{words} " for words in table.grammar.pairing)
        """What begins a phrase for two parties."""
        self.reciprocal = table.grammar.reciprocal
        """What stands for the other of two parties."""
        self._plain_words, self._directions = frozenset(table.grammar.plain_words), table.grammar.directions
        self._lookup = lru_cache(maxsize=CACHED_LOOKUPS)(self._read)

    @staticmethod
    def default() -> Parties:
        """Give the shipped table; it is built once."""
        return _default()

    @classmethod
    def load(cls, own: Iterable[Path] = ()) -> Parties:
        """Give the shipped table with a user's files of parties over it, the last on top.

        Raises:
            DataError: a file breaks its schema or refers to codes that no entry has.
        """
        paths = tuple(own)
        return cls(load_table(own=paths)) if paths else cls.default()

    def __iter__(self) -> Iterator[Party]:
        """Give all parties, states first, in the order of the files."""
        return iter(self._index.parties.values())

    def __getitem__(self, code: str) -> Party:
        """Give the party of a code.

        Raises:
            KeyError: no party has the code.
        """
        return self._index.parties[code]

    def __contains__(self, code: object) -> bool:
        """Say whether a party has the code."""
        return code in self._index.parties

    def __len__(self) -> int:
        """Give the number of parties."""
        return len(self._index.parties)

    def state(self, a2: str) -> Party | None:
        """Give the state with an ISO 3166-1 alpha-2 code, such as a place's country."""
        code = self._index.by_a2.get(a2.upper())
        return self._index.parties[code] if code else None

    def fighters(self, a2: str, noun: str) -> Party | None:
        """Give the people in arms of a country whom the table has by that noun: Syria's "rebel" is Syrian rebels."""
        people = self._index.peoples.get(self._index.by_a2.get(a2.upper(), ""))
        match = self.lookup(f"{people} {noun}s") if people else None
        return match.party if match and match.match == "name" else None

    def capital(self, code: str) -> str | None:
        """Give the name of the capital of a state."""
        return self._index.capitals.get(code)

    def opposes(self, one: str, other: str) -> bool | None:
        """Say whether two parties are on opposite sides of a conflict; ``None`` where a code is not known."""
        if one not in self or other not in self:
            return None
        return (one, other) in self._opposed

    def lookup(self, words: str, *, on: date | None = None) -> PartyMatch:
        """Read a noun phrase as the text has it.

        Args:
            words: the whole phrase ("General Valery Gerasimov, chief of the Russian General Staff").
            on: the day as of which persons hold their offices; without it, the last office counts.
        """
        return self._lookup(words, on)

    def _read(self, words: str, on: date | None) -> PartyMatch:
        reading = self._whole(words) or self._reader.read(words, on=on)
        own: dict[str, Party] = {}
        if reading.derived is not None:
            code, name, kind = reading.derived
            own[code] = Party(id=code, name=name, kind=kind)
        candidates = tuple(own.get(code) or self._index.parties[code] for code in reading.parties)
        match: Match | None = "organ" if reading.match == "land" else reading.match  # type: ignore[assignment]
        return PartyMatch(
            query=words,
            party=candidates[0] if len(candidates) == 1 and not reading.needs else None,
            candidates=candidates,
            match=match,
            role=reading.role,
            number=reading.number,
            gender=reading.gender,
            person=reading.person,
            name=reading.named,
            served=self._index.parties[reading.served] if reading.served else None,
            people=self._index.parties[reading.people] if reading.people else None,
            derived=bool(own),
            needs_antecedent=reading.needs or (not candidates and reading.role is not None),
            because=reading.because or "no name, organ or role of a party",
            score=reading.score,
        )

    def _whole(self, words: str) -> Reading | None:
        """Read a phrase that is one name and nothing else; case counts only for abbreviations."""
        tokens = [token for token in tokenise(words) if token.key not in MARKS]
        if tokens and tokens[0].key == "the":
            tokens = tokens[1:]
        if not tokens:
            return None
        if len(tokens) == 1 and tokens[0].raw.islower() and self._index.is_noun(tokens[0].key):
            return None
        senses = self._index.names.get(ACRONYM + tokens[0].raw) if len(tokens) == 1 else None
        senses = senses or self._index.names.get(key_of(tokens))
        if not senses or any(s.match == "person" for s in senses):
            return None
        ids = tuple(dict.fromkeys(sense.party for sense in senses))
        first = senses[0]
        because = f"{first.match} of {' or '.join(ids)}"
        return Reading(
            parties=ids,
            match=first.match,
            because=because,
            score=SCORE_KNOWN,
            number="plural" if first.plural else "singular",
            needs=first.match == "land",
        )

    def singular(self, noun: str) -> str:
        """Give the singular of a noun of the grammar; another word stays as it is."""
        return self._index.singular(noun)

    def noun_kind(self, word: str) -> str | None:
        """Give what a noun of ``data/roles.yaml`` does to its phrase (role, organ, group ...); None for another."""
        return self._index.kind_of_noun(word)

    def find(self, text: str) -> tuple[PartyHit, ...]:
        """Find the names, demonyms, metonyms and persons in running text, the longest at each place."""
        hits: list[PartyHit] = []
        longest, names = self._index.longest, self._index.names
        past = 0
        for found in _START.finditer(text):
            start = found.start()
            if start < past:
                continue
            word = found[0]
            key = word.lower() if word.isascii() and word.isalnum() else fold(word)
            count = longest.get(key) or longest.get(soften(key)) or (ACRONYM + word in names)
            if not count:
                continue
            end, senses = self._longest(text, start, count)
            if not senses or senses[0].common or senses[0].match == "land":
                continue
            if self._misread(text, word, start):
                continue
            past = end
            ids = tuple(dict.fromkeys([sense.party for sense in senses])) if len(senses) > 1 else (senses[0].party,)
            match: Match = senses[0].match  # type: ignore[assignment]
            hits.append(PartyHit(start=start, end=end, text=text[start:end], parties=ids, match=match))
        return tuple(hits)

    def _misread(self, text: str, word: str, start: int) -> bool:
        """Tell whether a name is only a word in a line of capitals, or the second half of a direction (North West)."""
        if word in self._plain_words:
            return text[text.rfind("\n", 0, start) + 1 :].partition("\n")[0].isupper()
        return word in self._directions and text[max(0, start - 6) : start].strip(" -").endswith(self._directions)

    def _longest(self, text: str, start: int, count: int) -> tuple[int, tuple[Sense, ...]]:
        tokens = tokenise(text, start=start, limit=count + 1)
        end, senses = self._index.find(tokens, 0)
        if not senses or "\n" in text[start : tokens[end - 1].end]:
            return start, ()
        return tokens[end - 1].end, senses


@lru_cache(maxsize=1)
def _default() -> Parties:
    return Parties(load_table())
