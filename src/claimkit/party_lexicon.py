"""The files on parties as typed, frozen tables: states, actors, persons, and the grammar of speakers.

Each file opens with a comment on its fields; the structs below are their schema.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Literal

import msgspec

from claimkit.errors import ConfigurationError
from claimkit.lexicon import data_path, load_yaml
from claimkit.records import PartyKind

FILES = ("states.yaml", "actors.yaml", "persons.yaml", "roles.yaml")


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """Base of the entries: immutable, by name only."""


class StateEntry(Entry, frozen=True, kw_only=True):
    """A state or territory of ISO 3166-1 and its names."""

    id: str
    a2: str
    name: str
    names: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    lands: tuple[str, ...] = ()
    territory: bool = False


class PartyEntry(Entry, frozen=True, kw_only=True):
    """A party that is no state."""

    id: str
    kind: PartyKind
    name: str
    names: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    common: bool = False


class OrganEntry(Entry, frozen=True, kw_only=True):
    """Organs, forces and agencies with names of their own, and whose they are; ``media`` are those that report news."""

    party: tuple[str, ...]
    names: tuple[str, ...]
    media: bool = False


class Office(Entry, frozen=True, kw_only=True):
    """An office that makes a person speak for a party from ``since`` to ``until``, both included."""

    party: str
    office: str
    since: date
    until: date | None = None

    def held(self, day: date) -> bool:
        """Say whether the office was held on a day."""
        return self.since <= day and (self.until is None or day <= self.until)


class PersonEntry(Entry, frozen=True, kw_only=True):
    """A person who speaks or acts for a party."""

    name: str
    names: tuple[str, ...] = ()
    surname: str | None = None
    common: bool = False
    gender: Literal["m", "f"] = "m"
    offices: tuple[Office, ...]

    def family_name(self) -> str:
        """Give the surname."""
        return self.surname or self.name.rsplit(" ", 1)[-1]


class NounKind(StrEnum):
    """What a noun does to the phrase it heads (``roles.yaml``)."""

    ROLE = "role"
    OFFICIAL = "official"
    ORGAN = "organ"
    GROUP = "group"
    ANONYMOUS = "anonymous"
    NONSTATE = "nonstate"
    ARTEFACT = "artefact"
    OUTLET = "outlet"
    MEMBER = "member"
    COLLECTIVE = "collective"
    TITLE = "title"


class NounEntry(Entry, frozen=True, kw_only=True):
    """Nouns that head the phrases by which a text names its speakers."""

    kind: NounKind
    words: tuple[str, ...] = ()
    plurals: tuple[str, ...] = ()
    party: str | None = None
    state: str | None = None
    by_state: bool = False
    state_wins: bool = False
    affiliates: bool = False
    media: bool = False
    unit: bool = False
    person: bool = False
    gender: Literal["m", "f"] | None = None


class PronounEntry(Entry, frozen=True, kw_only=True):
    """Words that stand for a speaker named before."""

    words: tuple[str, ...]
    number: Literal["singular", "plural"]
    gender: Literal["m", "f"] | None = None
    person: bool = False


class Links(Entry, frozen=True, kw_only=True):
    """Words that end the head of a phrase, by what follows them."""

    complement: tuple[str, ...]
    maker: tuple[str, ...]
    object: tuple[str, ...]
    stop: tuple[str, ...]


class UnitWords(Entry, frozen=True, kw_only=True):
    """Words in the names of military units that tell their state, those that are ``numbered`` only beside a number."""

    party: str
    words: tuple[str, ...]
    numbered: bool = False


class Conflict(Entry, frozen=True, kw_only=True):
    """Two or more sides, each opposed to all others."""

    name: str
    sides: tuple[tuple[str, ...], ...]


class Grammar(Entry, frozen=True, kw_only=True):
    """``roles.yaml``."""

    nouns: tuple[NounEntry, ...]
    ranks: tuple[str, ...]
    pronouns: tuple[PronounEntry, ...]
    links: Links
    following: tuple[str, ...]
    viewing: tuple[str, ...]
    quantities: tuple[str, ...]
    pairing: tuple[str, ...]
    reciprocal: tuple[str, ...]
    directions: tuple[str, ...]
    plain_words: tuple[str, ...]
    adjectives: tuple[str, ...]
    describing: tuple[str, ...]
    belonging: tuple[str, ...]
    against: tuple[str, ...]
    siding: tuple[str, ...]
    former: tuple[str, ...]
    state_run: tuple[str, ...]
    articles: tuple[str, ...]
    conjunctions: tuple[str, ...]
    organisation_words: tuple[str, ...]
    private_words: tuple[str, ...]
    institutes: tuple[str, ...]
    shared_organs: tuple[str, ...]
    minor_words: tuple[str, ...]
    calendar: tuple[str, ...]
    ordinals: tuple[str, ...]
    units: tuple[UnitWords, ...]
    conflicts: tuple[Conflict, ...]


class ActorsFile(Entry, frozen=True, kw_only=True):
    """``actors.yaml``, and a user's own file of parties, which may have persons and conflicts as well."""

    parties: tuple[PartyEntry, ...] = ()
    organs: tuple[OrganEntry, ...] = ()
    persons: tuple[PersonEntry, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


class Lexicon(Entry, frozen=True, kw_only=True):
    """All that is known of parties."""

    states: tuple[StateEntry, ...]
    parties: tuple[PartyEntry, ...]
    organs: tuple[OrganEntry, ...]
    persons: tuple[PersonEntry, ...]
    conflicts: tuple[Conflict, ...]
    grammar: Grammar


def check(lexicon: Lexicon, *, where: str) -> None:
    """Check what one file says against the others: each code has one entry, each code referred to exists.

    Raises:
        ConfigurationError: with every code that is doubled or missing.
    """
    ids = Counter([entry.id for entry in lexicon.states] + [entry.id for entry in lexicon.parties])
    referred = {code for organ in lexicon.organs for code in organ.party}
    referred |= {office.party for person in lexicon.persons for office in person.offices}
    referred |= {unit.party for unit in lexicon.grammar.units}
    referred |= {code for conflict in lexicon.conflicts for side in conflict.sides for code in side}
    referred |= {noun.party for noun in lexicon.grammar.nouns if noun.party and not noun.by_state}
    problems = [f"code {code} has more than one entry" for code, count in sorted(ids.items()) if count > 1]
    problems += [f"code {code} has no entry" for code in sorted(referred - set(ids))]
    if problems:
        raise ConfigurationError("; ".join(problems), where=where, mend="give each code one entry")


def layer(lexicon: Lexicon, *, path: Path) -> Lexicon:
    """Put a user's file of parties over a lexicon: an entry with a known code or name replaces, others are added.

    Raises:
        ConfigurationError: the file breaks its schema or refers to codes that no entry has.
    """
    own: ActorsFile = load_yaml(path, ActorsFile)
    codes = {entry.id for entry in own.parties}
    names = {entry.name for entry in own.persons}
    merged = msgspec.structs.replace(
        lexicon,
        states=tuple(entry for entry in lexicon.states if entry.id not in codes),
        parties=(*(entry for entry in lexicon.parties if entry.id not in codes), *own.parties),
        organs=(*lexicon.organs, *own.organs),
        persons=(*(entry for entry in lexicon.persons if entry.name not in names), *own.persons),
        conflicts=(*lexicon.conflicts, *own.conflicts),
    )
    check(merged, where=str(path))
    return merged


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """Read the shipped files, from the cache where they are unchanged.

    Raises:
        ConfigurationError: a file breaks its schema, or the files do not agree.
    """
    grammar: Grammar = load_yaml(data_path("roles.yaml"), Grammar)
    actors: ActorsFile = load_yaml(data_path("actors.yaml"), ActorsFile)
    lexicon = Lexicon(
        states=load_yaml(data_path("states.yaml"), tuple[StateEntry, ...]),
        parties=actors.parties,
        organs=actors.organs,
        persons=load_yaml(data_path("persons.yaml"), tuple[PersonEntry, ...]),
        conflicts=grammar.conflicts,
        grammar=grammar,
    )
    check(lexicon, where=", ".join(FILES))
    return lexicon
