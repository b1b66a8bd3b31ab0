"""The files on parties compiled into one table of names, kept by the hash of their contents."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from claimkit.lexicon import CACHE_FORMAT, cached_bytes, data_path, read_bytes, sha256
from claimkit.party_lexicon import FILES, Lexicon, NounKind, PersonEntry, layer, load_lexicon
from claimkit.party_names import ACRONYM, MARKS, Sense, Table, key_of, plurals, soften, tokenise
from claimkit.records import Party, PartyKind

_SOURCES = ("party_lexicon.py", "party_names.py", "party_table.py")
MIN_CAPITALISED_ACRONYM = 4
"""From this length on an abbreviation is also found with one capital: Nato, Unicef."""
ARABIC_ARTICLE = "al "


def load_table(*, own: tuple[Path, ...] = ()) -> Table:
    """Give the table of the shipped files, with a user's files of parties over it, the last on top.

    Raises:
        DataError: a file breaks its schema, or the files do not agree.
    """
    if not own:
        kept = cached_bytes(f"parties-{_fingerprint()[:32]}.msgpack", lambda: _encode(load_lexicon()))
        try:
            return msgspec.msgpack.decode(kept, type=Table)
        except msgspec.MsgspecError:
            return TableBuilder(load_lexicon()).table()
    lexicon = load_lexicon()
    for path in own:
        lexicon = layer(lexicon, path=path)
    return TableBuilder(lexicon).table()


def _encode(lexicon: Lexicon) -> bytes:
    return msgspec.msgpack.encode(TableBuilder(lexicon).table())


def _fingerprint() -> str:
    """Give the hash of the files and of the code that makes the table of them."""
    here = Path(__file__).parent
    sources = [read_bytes(here / name) for name in _SOURCES]
    return sha256(CACHE_FORMAT.encode(), *sources, *(read_bytes(data_path(name)) for name in FILES))


class TableBuilder:
    """Collects the names of a lexicon; the first meaning of a noun stands, a name can have several."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self.names: dict[str, tuple[Sense, ...]] = {}
        self.longest: dict[str, int] = {}
        self.nouns: dict[str, tuple[int, bool]] = {}
        self.noun_longest: dict[str, int] = {}
        self.pronouns: dict[str, int] = {}
        self.parties: dict[str, Party] = {}
        self.by_a2: dict[str, str] = {}
        self.media: set[str] = set()
        self.capitals = {entry.id: entry.capitals[0] for entry in lexicon.states if entry.capitals}
        self.peoples = {entry.id: entry.demonyms[0] for entry in lexicon.states if entry.demonyms}
        self._territories = {entry.id for entry in lexicon.states if entry.territory}
        self._add_states(lexicon)
        self._add_actors(lexicon)
        for number, person in enumerate(lexicon.persons):
            self._add_person(number, person)
        self._add_grammar(lexicon)
        for entry in lexicon.states:
            if ACRONYM + entry.id not in self.names:
                self._put(entry.id, Sense("name", entry.id, common=True))

    def table(self) -> Table:
        """Give the table."""
        return Table(
            names=self.names, longest=self.longest, nouns=self.nouns, noun_longest=self.noun_longest,
            pronouns=self.pronouns, parties=self.parties, by_a2=self.by_a2, capitals=self.capitals,
            peoples=self.peoples, media=tuple(sorted(self.media)), persons=self._lexicon.persons,
            conflicts=self._lexicon.conflicts, grammar=self._lexicon.grammar,
        )  # fmt: skip

    def _key(self, name: str) -> tuple[str, int]:
        if name.isascii() and name.isalpha():
            return name.lower(), 1
        tokens = [token for token in tokenise(name) if token.key not in MARKS]
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
            self.media.update(self._key(name)[0] for name in organ.names if organ.media)

    def _add_person(self, number: int, person: PersonEntry) -> None:
        party = person.offices[-1].party
        for name in (person.name, *person.names):
            key, count = self._key(name)
            self._keep(soften(key), count, Sense("person", party, person=number))
        key, count = self._key(person.family_name())
        self._keep(soften(key), count, Sense("person", party, person=number, common=person.common))
        if key.startswith(ARABIC_ARTICLE):
            bare = key.removeprefix(ARABIC_ARTICLE)
            self._keep(soften(bare), count - 1, Sense("person", party, person=number, common=person.common))

    def _add_grammar(self, lexicon: Lexicon) -> None:
        for number, noun in enumerate(lexicon.grammar.nouns):
            for word in noun.words:
                self._put_noun(word, number, plural=False)
                for plural in () if noun.kind is NounKind.TITLE else plurals(word):
                    self._put_noun(plural, number, plural=True)
            for word in noun.plurals:
                self._put_noun(word, number, plural=True)
        for number, pronoun in enumerate(lexicon.grammar.pronouns):
            for word in pronoun.words:
                self.pronouns[word] = number

    def _put_noun(self, word: str, noun: int, *, plural: bool) -> None:
        key, count = self._key(word)
        self.nouns.setdefault(key, (noun, plural))
        first = key.split(" ", 1)[0]
        if self.noun_longest.get(first, 0) < count:
            self.noun_longest[first] = count
