"""Words as the party table compares them, and the index of every name by which a party is known."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from claimkit.party_lexicon import Lexicon, NounEntry, PersonEntry, PronounEntry
from claimkit.records import Party, PartyKind

ACRONYM = "="
MIN_CAPITALISED_ACRONYM = 4

_TOKEN = re.compile(r"[^\W_]+(?:['’ʼʻ`.&/][^\W_]+)*['’.]?|[(),;:&]|[-‐‑–—]")
_APOSTROPHES = re.compile(r"['’ʼʻ`.]")
_POSSESSIVE = re.compile(r"['’ʼ`](?:[sS])?$")
_Y_ENDING = re.compile(r"(?:yy|iy|yi|ii|yj|ij|i|y)$")
_HYPHENS = "-‐‑"
_DASHES = "–—"


class Token(NamedTuple):
    """A word of a phrase; ``raw`` has no dots and no possessive ending, ``key`` is what is compared."""

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


def tokenise(text: str) -> list[Token]:
    """Cut a phrase into words and marks; words joined by a hyphen are words of their own."""
    tokens: list[Token] = []
    joined = False
    for found in _TOKEN.finditer(text):
        word = found[0]
        if word in _HYPHENS and tokens and tokens[-1].end == found.start() and not joined:
            joined = True
            continue
        possessive = _POSSESSIVE.search(word)
        raw = _APOSTROPHES.sub("", word[: possessive.start()] if possessive else word) or word
        joined = joined and bool(tokens) and found.start() == tokens[-1].end + 1
        tokens.append(Token(found.start(), found.end(), raw, fold(raw), possessive is not None, joined))
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


class NameIndex:
    """Every name of every party, by key; ``longest`` tells how many words a name with a given first word can have."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.names: dict[str, tuple[Sense, ...]] = {}
        self.longest: dict[str, int] = {}
        self.nouns: dict[str, tuple[NounEntry, bool]] = {}
        self.noun_longest: dict[str, int] = {}
        self.pronouns: dict[str, PronounEntry] = {}
        self.parties: dict[str, Party] = {}
        self.by_a2: dict[str, str] = {}
        self.persons = lexicon.persons
        self._territories = {entry.id for entry in lexicon.states if entry.territory}
        self._keys: dict[str, tuple[str, int]] = {}
        self._add_states(lexicon)
        self._add_actors(lexicon)
        for number, person in enumerate(lexicon.persons):
            self._add_person(number, person)
        self._add_grammar(lexicon)
        for entry in lexicon.states:
            if ACRONYM + entry.id not in self.names:
                self._put(entry.id, Sense("name", entry.id, common=True))

    def _key(self, name: str) -> tuple[str, int]:
        if name.isascii() and name.isalpha():
            return name.lower(), 1
        tokens = [token for token in tokenise(name) if token.key not in "(),;:-"]
        if tokens and tokens[0].key == "the" and len(tokens) > 1:
            tokens = tokens[1:]
        return key_of(tokens), len(tokens)

    def _put(self, name: str, sense: Sense) -> None:
        key, count = self._key(name)
        bare = name.replace(".", "")
        if count == 1 and bare.isupper() and len(bare) > 1:
            self._keep(ACRONYM + bare, 1, sense)
            if len(bare) >= MIN_CAPITALISED_ACRONYM:
                self._keep(ACRONYM + bare.capitalize(), 1, sense)
            return
        self._keep(key, count, sense)

    def _keep(self, key: str, count: int, sense: Sense) -> None:
        held = self.names.get(key, ())
        if any(other.party == sense.party and other.person == sense.person for other in held):
            return
        if held and sense.party in self._territories and held[0].party not in self._territories:
            return
        if held and sense.person < 0 and sense.party not in self._territories:
            held = tuple(other for other in held if other.party not in self._territories)
        self.names[key] = (*held, sense)
        first = key.split(" ", 1)[0]
        if self.longest.get(first, 0) < count:
            self.longest[first] = count

    def _add_demonyms(self, party: str, demonyms: Iterable[str]) -> None:
        for demonym in demonyms:
            self._put(demonym, Sense("demonym", party))
            for plural in plurals(demonym):
                self._put(plural, Sense("demonym", party, plural=True))

    def _add_states(self, lexicon: Lexicon) -> None:
        for entry in lexicon.states:
            self.parties[entry.id] = Party(id=entry.id, name=entry.name, kind=PartyKind.STATE)
            self.by_a2[entry.a2] = entry.id
            for name in (entry.name, *entry.names):
                self._put(name, Sense("name", entry.id))
        for entry in lexicon.states:
            self._add_demonyms(entry.id, entry.demonyms)
            for name in (*entry.capitals, *entry.seats):
                self._put(name, Sense("metonym", entry.id))
            for name in entry.lands:
                self._put(name, Sense("land", entry.id))

    def _add_actors(self, lexicon: Lexicon) -> None:
        for entry in lexicon.parties:
            self.parties[entry.id] = Party(id=entry.id, name=entry.name, kind=entry.kind)
            for name in (entry.name, *entry.names, entry.id):
                self._put(name, Sense("name", entry.id, common=entry.common))
            self._add_demonyms(entry.id, entry.demonyms)
            for name in entry.capitals:
                self._put(name, Sense("metonym", entry.id))
            for name in entry.units:
                self._put(name, Sense("organ", entry.id))
        for organ in lexicon.organs:
            for name in organ.names:
                for party in organ.party:
                    self._put(name, Sense("organ", party))

    def _add_person(self, number: int, person: PersonEntry) -> None:
        party = person.offices[-1].party
        for name in (person.name, *person.names):
            key, count = self._key(name)
            self._keep(soften(key), count, Sense("person", party, person=number))
        key, count = self._key(person.family_name())
        self._keep(soften(key), count, Sense("person", party, person=number, common=person.common))

    def _add_grammar(self, lexicon: Lexicon) -> None:
        for noun in lexicon.grammar.nouns:
            for word in noun.words:
                self._put_noun(word, noun, plural=False)
                for plural in plurals(word):
                    self._put_noun(plural, noun, plural=True)
            for word in noun.plurals:
                self._put_noun(word, noun, plural=True)
        for pronoun in lexicon.grammar.pronouns:
            for word in pronoun.words:
                self.pronouns[word] = pronoun

    def find(self, tokens: list[Token], start: int) -> tuple[int, tuple[Sense, ...]]:
        """Give the end of the longest name that begins at a word, and its senses; the end is ``start`` for none."""
        for end in range(min(start + self.longest.get(tokens[start].key, 1), len(tokens)), start, -1):
            if end == start + 1:
                senses = self.names.get(ACRONYM + tokens[start].raw)
                if senses is not None:
                    return end, senses
            key = key_of(tokens[start:end])
            senses = self.names.get(key) or self.names.get(soften(key))
            if senses is not None:
                return end, senses
        return start, ()

    def find_noun(self, tokens: list[Token], start: int) -> tuple[int, NounEntry | None, bool]:
        """Give the end of the longest noun that begins at a word, its entry, and whether it is plural."""
        for end in range(min(start + self.noun_longest.get(tokens[start].key, 0), len(tokens)), start, -1):
            found = self.nouns.get(key_of(tokens[start:end]))
            if found is not None:
                return end, *found
        return start, None, False

    def _put_noun(self, word: str, noun: NounEntry, *, plural: bool) -> None:
        key, count = self._key(word)
        self.nouns.setdefault(key, (noun, plural))
        first = key.split(" ", 1)[0]
        if self.noun_longest.get(first, 0) < count:
            self.noun_longest[first] = count
