"""The words of ``data/reader.yaml``, compiled once: what heads, credits and furniture of articles look like.

Matching is by look-up in tables and by short, linear patterns; see ``data/reader.yaml`` for the meaning of each list.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from claimkit.lexicon import data_path, load_yaml
from claimkit.records import Record

_EDGES = " \t\u00a0.,:;!?…|»«>*_#-–—•·\"'“”‘’()[]"


class Outlet(Record, frozen=True, kw_only=True):
    """A publisher: its name, and other forms of it."""

    name: str
    forms: tuple[str, ...]


class Labels(Record, frozen=True, kw_only=True):
    """Words that stand before or after a date in the head."""

    published: tuple[str, ...]
    updated: tuple[str, ...]
    other: tuple[str, ...]
    place: tuple[str, ...]


class Keys(Record, frozen=True, kw_only=True):
    """Names of the fields of a head."""

    title: tuple[str, ...]
    published: tuple[str, ...]
    byline: tuple[str, ...]
    outlet: tuple[str, ...]
    url: tuple[str, ...]


class Byline(Record, frozen=True, kw_only=True):
    """Words of bylines."""

    openings: tuple[str, ...]
    roles: tuple[str, ...]


class Footers(Record, frozen=True, kw_only=True):
    """Words of lines about who helped."""

    openings: tuple[str, ...]
    endings: tuple[str, ...]
    joiners: tuple[str, ...]


class Credits(Record, frozen=True, kw_only=True):
    """Words of picture credits."""

    openings: tuple[str, ...]
    marks: tuple[str, ...]


class FurnitureWords(Record, frozen=True, kw_only=True):
    """Words of page furniture."""

    lines: tuple[str, ...]
    openings: tuple[str, ...]
    endings: tuple[str, ...]
    phrases: tuple[str, ...]
    sections: tuple[str, ...]
    related: tuple[str, ...]
    copyright: tuple[str, ...]


class ReaderFile(Record, frozen=True, kw_only=True):
    """The file ``reader.yaml`` as written."""

    outlets: tuple[Outlet, ...]
    months: dict[str, tuple[str, ...]]
    weekdays: tuple[str, ...]
    zones: tuple[str, ...]
    labels: Labels
    keys: Keys
    byline: Byline
    particles: tuple[str, ...]
    footers: Footers
    credits: Credits
    furniture: FurnitureWords


class Phrases(NamedTuple):
    """The compiled tables; words are folded (see :func:`folded`)."""

    file: ReaderFile
    outlets: dict[str, str]
    months: dict[str, int]
    fields: dict[str, str]
    lines: frozenset[str]
    sections: frozenset[str]
    related: frozenset[str]
    roles: tuple[str, ...]


def folded(text: str) -> str:
    """Fold a phrase for comparison: case, curly quotes, runs of space and punctuation at the ends do not count."""
    plain = text.replace("\u2019", "'").replace("\u2018", "'").casefold()
    return " ".join(plain.strip(_EDGES).split())


def alternatives(words: tuple[str, ...] | list[str]) -> str:
    """Join words to one pattern, the longest first, spaces matching any run of up to three spaces."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s{1,3}") for word in ordered)


@cache
def phrases() -> Phrases:
    """Load the words, once a process."""
    file: ReaderFile = load_yaml(data_path("reader.yaml"), ReaderFile)
    return Phrases(
        file=file,
        outlets={folded(form): outlet.name for outlet in file.outlets for form in (*outlet.forms, outlet.name)},
        months={name.casefold(): int(number) for number, names in file.months.items() for name in names},
        fields={key.casefold(): field for field in Keys.__struct_fields__ for key in getattr(file.keys, field)},
        lines=frozenset(map(folded, file.furniture.lines)),
        sections=frozenset(map(folded, file.furniture.sections)),
        related=frozenset(map(folded, file.furniture.related)),
        roles=tuple(f" {folded(role)}" for role in file.byline.roles),
    )
