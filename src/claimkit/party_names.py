"""Words as the party table compares them, and the table of every name by which a party is known."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from claimkit.party_lexicon import Conflict, Grammar, NounEntry, PersonEntry, PronounEntry
from claimkit.records import Party, PartyKind

ACRONYM = "="
DOTTED = frozenset({PartyKind.STATE, PartyKind.BODY})
"""Kinds of parties whose letters are written with dots before names of their organs."""
MARKS = frozenset("(),;:-–—")

_TOKEN = re.compile(r"[^\W_]+(?:['’ʼʻ`.&/][^\W_]+)*['’.]?|[(),;:&]|[-‐‑–—]")
_APOSTROPHES = re.compile(r"['’ʼʻ`.]")
_POSSESSIVE = re.compile(r"['’ʼ`](?:[sS])?$")
_Y_ENDING = re.compile(r"(?:yy|iy|yi|ii|yj|ij|i|y)$")
_HYPHENS = "-‐‑"
_DASHES = "–—"


class Token(NamedTuple):
    """A word of a phrase; ``end`` and ``raw`` leave out a possessive ending, ``key`` is what is compared."""

    start: int
    end: int
    raw: str
    key: str
    possessive: bool = False
    joined: bool = False


class Sense(NamedTuple):
    """One meaning of a name: the party it names, and how."""

    match: str
    party: str
    plural: bool = False
    person: int = -1
    common: bool = False


def fold(word: str) -> str:
    """Give a word without case, marks, dots and apostrophes."""
    word = _APOSTROPHES.sub("", word)
    if not word.isascii():
        word = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return word.casefold()


def tokenise(text: str, *, start: int = 0, limit: int = 0) -> list[Token]:
    """Cut a phrase into words and marks; words joined by a hyphen are words of their own.

    Args:
        text: the text; the offsets of the tokens count from its beginning.
        start: where to begin.
        limit: how many tokens to give at most, 0 for all.
    """
    tokens: list[Token] = []
    joined = False
    for found in _TOKEN.finditer(text, start):
        if limit and len(tokens) == limit:
            break
        word = found[0]
        if word in _HYPHENS and tokens and tokens[-1].end == found.start() and not joined:
            joined = True
            continue
        possessive = _POSSESSIVE.search(word)
        end = found.end()
        if possessive:
            end = found.start() + possessive.start()
        elif word[-1] == "." and "." not in word[:-1]:
            end -= 1
        raw = _APOSTROPHES.sub("", text[found.start() : end]) or word
        joined = joined and found.start() == tokens[-1].end + 1
        tokens.append(Token(found.start(), end, raw, fold(raw), possessive is not None, joined))
        joined = False
    return tokens


def key_of(tokens: Iterable[Token]) -> str:
    """Give the key under which the index keeps a name of these words."""
    return " ".join(token.key for token in tokens)


def soften(key: str) -> str:
    """Give a surname's key with its romanised ending in one form: Syrskyi, Syrskii, Syrsky."""
    return _Y_ENDING.sub("y", key) if len(key) > 4 else key


def plurals(word: str) -> tuple[str, ...]:
    """Give the regular English plural of the last word of a noun or demonym; none where it has no such form."""
    if word.endswith(("ese", "sh", "ch", "s")):
        return (f"{word}es",) if word.endswith(("ss", "witness")) else ()
    if word.endswith("man") and not word.endswith(("german", "roman", "burman")):
        return (f"{word[:-3]}men", f"{word}s")
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return (f"{word[:-1]}ies",)
    return (f"{word}s",)


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """Every name of every party by its key, compiled from the files.

    ``longest`` and ``noun_longest`` tell how many words a name or noun with a given first word can have; ``nouns`` and
    ``pronouns`` point into the grammar; ``media`` are the organs that report news.
    """

    names: dict[str, tuple[Sense, ...]]
    longest: dict[str, int]
    nouns: dict[str, tuple[int, bool]]
    noun_longest: dict[str, int]
    pronouns: dict[str, int]
    parties: dict[str, Party]
    by_a2: dict[str, str]
    capitals: dict[str, str]
    peoples: dict[str, str]
    media: tuple[str, ...]
    persons: tuple[PersonEntry, ...]
    conflicts: tuple[Conflict, ...]
    grammar: Grammar


class NameIndex:
    """Looks for names and nouns in tokens."""

    def __init__(self, table: Table) -> None:
        self.names = table.names
        self.longest = table.longest
        self.parties = table.parties
        self.persons = table.persons
        self.by_a2 = table.by_a2
        self.capitals, self.peoples = table.capitals, table.peoples
        self.media = frozenset(table.media)
        self._nouns = table.nouns
        self._noun_longest = table.noun_longest
        self._noun_entries = table.grammar.nouns
        self._directions = frozenset(map(fold, table.grammar.directions))
        self.pronouns: dict[str, PronounEntry] = {
            word: table.grammar.pronouns[number] for word, number in table.pronouns.items()
        }

    def is_noun(self, key: str) -> bool:
        """Say whether a key is a noun of the grammar."""
        return key in self._nouns

    def singular(self, key: str) -> str:
        """Give the key of a noun's singular; of what is no plural of the grammar, itself."""
        entry = self._nouns.get(key)
        if entry is None or not entry[1]:
            return key
        words = self._noun_entries[entry[0]].words
        return next((fold(word) for word in words if key in map(fold, plurals(fold(word)))), key)

    def kind_of_noun(self, key: str) -> str | None:
        """Give what a noun of the grammar does to its phrase: role, organ, group, nonstate ...; None for another."""
        entry = self._nouns.get(key)
        return self._noun_entries[entry[0]].kind if entry else None

    def find(self, tokens: list[Token], start: int) -> tuple[int, tuple[Sense, ...]]:
        """Give the end of the longest name that begins at a word, and its senses; the end is ``start`` for none."""
        for end in range(min(start + self.longest.get(tokens[start].key, 1), len(tokens)), start, -1):
            if end == start + 1:
                if self._goes_on(tokens, start) or self._are_initials(tokens, start):
                    break
                senses = self.names.get(ACRONYM + tokens[start].raw)
                if senses is not None:
                    return end, senses
            key = key_of(tokens[start:end])
            senses = self.names.get(key) or self.names.get(soften(key))
            if senses is not None:
                return end, senses
        return start, ()

    def _goes_on(self, tokens: list[Token], at: int) -> bool:
        """Tell whether a direction is only half of a longer name: "West Darfur", "North West" are not the West's."""
        if tokens[at].key not in self._directions or tokens[at].possessive:
            return False
        before = at > 0 and tokens[at - 1].key in self._directions
        return before or (at + 1 < len(tokens) and tokens[at + 1].raw[0].isupper())

    def _are_initials(self, tokens: list[Token], at: int) -> bool:
        """Tell whether letters with dots stand before a surname: A.P. Kos is not of the AP. "U.S. Rangers" are the US'.

        A surname is a word with a capital that the table does not know for anything else.
        """
        token = tokens[at]
        dotted = token.raw.isupper() and token.end - token.start > len(token.raw)
        if not dotted or token.possessive or at + 1 == len(tokens):
            return False
        following = tokens[at + 1]
        written = following.raw[0].isupper() and not following.raw.isupper() and not following.joined
        senses = self.names.get(ACRONYM + token.raw, ())
        kinds = {self.parties[sense.party].kind for sense in senses if sense.party in self.parties}
        meant = (*self.names.get(following.key, ()), *self.names.get(ACRONYM + following.raw, ()))
        known = following.key in self._nouns or any(sense.match != "person" for sense in meant)
        return written and not known and not kinds & DOTTED

    def find_noun(self, tokens: list[Token], start: int) -> tuple[int, NounEntry | None, bool]:
        """Give the end of the longest noun that begins at a word, its entry, and whether it is plural."""
        for end in range(min(start + self._noun_longest.get(tokens[start].key, 0), len(tokens)), start, -1):
            found = self._nouns.get(key_of(tokens[start:end]))
            if found is not None:
                return end, self._noun_entries[found[0]], found[1]
        return start, None, False
