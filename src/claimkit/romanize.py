"""Cyrillic and Arabic names as Latin writers have them.

Cyrillic: each name is written in every system of ``data/romanization.yaml`` and brought to a *loose key* in which the
systems agree on all that they merely spell differently. Arabic: a *consonant skeleton*, with the vowels compared
afterwards, since writers differ in every vowel but not in its class (a/e, i/e/y, o/u/w).

Systems: KMU resolution 55 of 27 January 2010, BGN/PCGN 1947 and 1965, ISO 9 / scholarly, GOST 7.79-2000 B, GOST R
52535.1-2006, Duden, and the French press.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import msgspec

from claimkit.lexicon import data_path, load_yaml
from claimkit.names import articles, fold

_CARONS = dict.fromkeys(map(ord, "'’‘ʼʻʹʺ`´ʿʾ′″“”\"ˈ\u00ad\u02bd.·- \u00a0–—_/"))
_DIAERESIS_I = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i"})
_I = re.compile("[yij]+")
_IE = re.compile("ie+")
_DOUBLE = re.compile("(zh|kh|sh|ch|ts|[aeiousQ])\\1+")
_DOUBLE_CONSONANT = re.compile("([^aeiouyw])\\1+")
_ARABIC_SCRIPT = re.compile("[\u0600-\u06ff]")
_VOWELS = re.compile("[aeiouyw]+")
_NO_VOWEL = re.compile("[^aeiouyw]")
_FINAL = re.compile("(?<=[ae])[ht]$")


class System(msgspec.Struct, frozen=True, kw_only=True):
    """One romanisation: letters of Cyrillic to Latin ("-" for nothing)."""

    id: str
    languages: tuple[str, ...]
    letters: dict[str, str]
    base: str | None = None


class Replacement(msgspec.Struct, frozen=True, kw_only=True):
    """Spellings that are written as one."""

    from_: tuple[str, ...] = msgspec.field(name="from")
    to: str


class RomanTables(msgspec.Struct, frozen=True, kw_only=True):
    """``data/romanization.yaml``."""

    systems: tuple[System, ...]
    loose: tuple[Replacement, ...]
    arabic: dict[str, str]
    arabic_countries: tuple[str, ...]
    consonants: tuple[Replacement, ...]
    vowels: tuple[Replacement, ...]


@lru_cache(maxsize=1)
def _tables() -> RomanTables:
    table: RomanTables = load_yaml(data_path("romanization.yaml"), RomanTables)
    return table


@lru_cache(maxsize=1)
def _systems() -> dict[str, dict[int, str]]:
    done: dict[str, dict[int, str]] = {}
    for system in _tables().systems:
        letters = {ord(letter): "" if latin == "-" else latin for letter, latin in system.letters.items()}
        done[system.id] = {**done.get(system.base or "", {}), **letters}
    return done


@lru_cache(maxsize=64)
def _systems_for(language: str) -> tuple[dict[int, str], ...]:
    tables = _systems()
    served = [tables[system.id] for system in _tables().systems if language in system.languages]
    return tuple(served) or tuple(tables[system.id] for system in _tables().systems)


def romanize(name: str, *, language: str) -> tuple[str, ...]:
    """Give the lower-case Latin forms of a Cyrillic name in the systems for its language (all, where unknown)."""
    low = name.lower()
    found = dict.fromkeys(low.translate(table) for table in _systems_for(language))
    if "зг" in low:
        found.update(dict.fromkeys(low.replace("зг", "zgh").translate(table) for table in _systems_for(language)[:1]))
    return tuple(found)


@lru_cache(maxsize=1)
def _loose() -> tuple[tuple[str, str], ...]:
    return tuple((spelling, rule.to) for rule in _tables().loose for spelling in rule.from_)


def loose_key(latin: str) -> str:
    """Give the key in which romanisations of one name agree (``Hulyaypole``, ``Huliaipole``, ``Huljajpole``)."""
    text = latin.lower().translate(_CARONS)
    if not text.isascii():
        for spelling in ("č", "š", "ş", "ž", "ż", "ə"):
            text = text.replace(spelling, dict(_loose())[spelling])
        text = unicodedata.normalize("NFKD", text.translate(_DIAERESIS_I))
        text = "".join([letter for letter in text if not unicodedata.combining(letter)])
    for spelling, latin_form in _loose():
        if spelling in text:
            text = text.replace(spelling, latin_form)
    return _DOUBLE.sub(r"\1", _IE.sub("e", _I.sub("i", text)))


def loose_keys(name: str, *, language: str) -> tuple[str, ...]:
    """Give the loose keys of all romanisations of a Cyrillic name."""
    return tuple(dict.fromkeys(loose_key(form) for form in romanize(name, language=language)))


def is_arabic(text: str) -> bool:
    """Tell whether a text has a letter of the Arabic script."""
    return _ARABIC_SCRIPT.search(text) is not None


def _bare_words(latin: str) -> list[str]:
    words = fold(latin).split()
    return [word for word in words if word not in articles()] or words


@lru_cache(maxsize=1)
def _consonants() -> tuple[tuple[str, str], ...]:
    return tuple((spelling, rule.to) for rule in _tables().consonants for spelling in rule.from_)


def skeleton(name: str) -> str:
    """Give the consonants of an Arabic name, from either script (``Hodeidah``, ``الحديدة``: ``hdd``)."""
    if is_arabic(name):
        letters = _tables().arabic
        words = [word.removeprefix("ال") if len(word) > 4 else word for word in name.replace("ـ", "").split()]
        parts = ["".join(letters.get(letter, "") for letter in word) for word in words]
    else:
        parts = [_consonants_of(word) for word in _bare_words(name)]
    return "".join(parts)


def _spell_consonants(word: str) -> str:
    for spelling, consonant in _consonants():
        if spelling in word:
            word = word.replace(spelling, consonant)
    return _DOUBLE_CONSONANT.sub(r"\1", word)


def _consonants_of(word: str) -> str:
    word = _spell_consonants(word)
    return _VOWELS.sub("", _FINAL.sub("", word))


def written_in_arabic(country: str | None) -> bool:
    """Tell whether the places of a country (ISO 3166 alpha-2) have names that Latin writers take from Arabic script."""
    return country in _arabic_countries()


@lru_cache(maxsize=1)
def _arabic_countries() -> frozenset[str]:
    return frozenset(_tables().arabic_countries)


@lru_cache(maxsize=1)
def _vowel_classes() -> dict[str, frozenset[str]]:
    return {spelling: frozenset(rule.to.split()) for rule in _tables().vowels for spelling in rule.from_}


def vowels_agree(one: str, other: str) -> bool:
    """Tell whether two Latin forms with one skeleton have vowels of the same classes between the consonants."""
    mine, theirs = _vowels_of(one), _vowels_of(other)
    return len(mine) == len(theirs) and all(left & right for left, right in zip(mine, theirs, strict=True))


def _vowels_of(latin: str) -> list[frozenset[str]]:
    word = "".join(_FINAL.sub("", _spell_consonants(word)) for word in _bare_words(latin))
    return [_classes_of(group) for group in _NO_VOWEL.split(_DOUBLE_CONSONANT.sub(r"\1", word))]


def _classes_of(group: str) -> frozenset[str]:
    classes = _vowel_classes()
    if group in classes or group[:1] not in ("y", "w"):
        return classes.get(group, frozenset({group}))
    glide, vowels = group[0], group[1:]
    return frozenset(glide + sound for sound in classes.get(vowels, frozenset({vowels})))
