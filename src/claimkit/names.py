"""One normaliser for names, used for the table and for the query alike.

``key`` makes equal what writers vary without meaning: case, diacritics, apostrophes, hyphens, spaces. ``parse_query``
takes apart what people write around a name: "city of X", "X Oblast", a hint after a comma. ``base_forms`` undoes the
inflection of Cyrillic names.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache
from itertools import product

import msgspec

from claimkit.lexicon import data_path, load_yaml

MAX_BASE_FORMS = 400
MIN_STEM = 2

_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼʻʹʺ`´ʿʾ′″“”\"ˈꞌ\u0640\u200b\u200c\u200d\u200e\u200f\u00ad\u02bd.·"))
_DASHES = dict.fromkeys(map(ord, "-‐‑‒–—―_/\u00a0\u202f\u2009\u3000\t\r\n"), " ")
_LETTERS = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "ə": "e",
        "ё": "е",
        "ґ": "г",
        "ى": "ي",
        "ی": "ي",
        "ة": "ه",
        "ک": "ك",
        "ٱ": "ا",
    }
)
_FOLD = {**_APOSTROPHES, **_DASHES, **_LETTERS}
_POSSESSIVE = re.compile(r"['’ʼ](?:s|S)?$")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_HINTS = re.compile("[,;(،]")
_SPACES = re.compile(r"[\W_]+")


class KindClass(StrEnum):
    """What sort of place a kind word asks for."""

    SETTLEMENT = "settlement"
    REGION = "region"
    DISTRICT = "district"
    COUNTRY = "country"


class KindWords(msgspec.Struct, frozen=True, kw_only=True):
    """The words of one class that stand before or after a name."""

    class_: KindClass = msgspec.field(name="class")
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


class Ending(msgspec.Struct, frozen=True, kw_only=True):
    """Oblique endings and the base endings that they may stand for."""

    from_: tuple[str, ...] = msgspec.field(name="from")
    to: tuple[str, ...]


class NameTables(msgspec.Struct, frozen=True, kw_only=True):
    """``data/names.yaml``."""

    import_languages: tuple[str, ...]
    close_names: tuple[str, ...]
    articles: tuple[str, ...]
    leading: tuple[str, ...]
    kinds: tuple[KindWords, ...]
    endings: tuple[Ending, ...]
    region_endings: dict[str, tuple[str, ...]]
    suffixes: tuple[str, ...]


KindWord = tuple[tuple[str, ...], KindClass]


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """A name as somebody wrote it, taken apart.

    ``name`` is the whole name, ``core`` the name without its kind word (equal where there is none), ``kind`` the class
    that the kind word asks for, ``hints`` the parts after commas or in brackets.
    """

    name: str
    core: str
    kind: KindClass | None = None
    hints: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def tables() -> NameTables:
    """Give the tables of ``data/names.yaml``."""
    table: NameTables = load_yaml(data_path("names.yaml"), NameTables)
    return table


def fold(name: str) -> str:
    """Fold a name to lower-case words without diacritics and apostrophes, joined by single spaces."""
    if name.isascii() and name.isalpha():
        return name.lower()
    text = unicodedata.normalize("NFKD", name.lower().translate(_FOLD))
    text = "".join([letter for letter in text if not unicodedata.combining(letter)])
    return _SPACES.sub(" ", text.translate(_FOLD)).strip()


def key(name: str) -> str:
    """Give the key under which a name is kept: folded, without spaces."""
    return fold(name).replace(" ", "")


def is_cyrillic(text: str) -> bool:
    """Tell whether a text has a Cyrillic letter."""
    return _CYRILLIC.search(text) is not None


@lru_cache(maxsize=1)
def articles() -> frozenset[str]:
    """Give the articles of Arabic names in Latin letters."""
    return frozenset(tables().articles)


@lru_cache(maxsize=1)
def _kind_words() -> tuple[dict[str, tuple[KindWord, ...]], dict[str, tuple[KindWord, ...]]]:
    """Give the kind words before names, by first word, and those after names, by last word; longest first."""
    before: dict[str, set[KindWord]] = {}
    after: dict[str, set[KindWord]] = {}
    for kind in tables().kinds:
        for phrase in kind.before:
            words = tuple(fold(phrase).split())
            before.setdefault(words[0], set()).add((words, kind.class_))
        for phrase in kind.after:
            words = tuple(fold(phrase).split())
            after.setdefault(words[-1], set()).add((words, kind.class_))
    first, last = (
        {word: tuple(sorted(found, key=lambda one: (-len(one[0]), one))) for word, found in table.items()}
        for table in (before, after)
    )
    return first, last


@lru_cache(maxsize=1)
def following_kinds() -> dict[str, KindClass]:
    """Give the single words that follow a name and say its kind, folded."""
    return {word: found[-1][1] for word, found in _kind_words()[1].items() if len(found[-1][0]) == 1}


@lru_cache(maxsize=1)
def _leading() -> frozenset[str]:
    return frozenset(map(fold, tables().leading))


def parse_query(text: str) -> Query:
    """Take a written name apart into name, core, kind and hints."""
    if text.isalpha():
        return Query(name=text, core=text)
    parts = [part.strip() for part in _HINTS.split(text.replace(")", "")) if part.strip()]
    if not parts:
        return Query(name="", core="")
    name = _POSSESSIVE.sub("", parts[0])
    core, kind = strip_kind(name)
    return Query(name=name, core=core, kind=kind, hints=tuple(parts[1:]))


def strip_kind(name: str) -> tuple[str, KindClass | None]:
    """Take the kind word off a name; the name comes back folded where something was taken off."""
    words = fold(name).split()
    if len(words) < 2:
        return name, None
    while len(words) > 1 and words[0] in _leading():
        words = words[1:]
        name = " ".join(words)
    before, after = _kind_words()
    for kind, kind_class in before.get(words[0], ()):
        if len(words) > len(kind) and tuple(words[: len(kind)]) == kind:
            return " ".join(words[len(kind) :]), kind_class
    for kind, kind_class in after.get(words[-1], ()):
        if len(words) > len(kind) and tuple(words[-len(kind) :]) == kind:
            return " ".join(words[: -len(kind)]), kind_class
    return name, None


def towns_of_region(core: str) -> tuple[str, ...]:
    """Give the town names that an adjective in a region's name may be made from ("Харьковская": Харьков)."""
    return tuple(
        core.removesuffix(ending) + base.strip("-")
        for ending, bases in tables().region_endings.items()
        if core.endswith(ending)
        for base in bases
    )


@lru_cache(maxsize=1)
def _ending_pairs() -> tuple[tuple[str, tuple[str, ...]], ...]:
    pairs: dict[str, dict[str, None]] = {}
    for rule in tables().endings:
        for oblique in rule.from_:
            pairs.setdefault(fold(oblique), {}).update(dict.fromkeys(map(fold, rule.to)))
    longest_first = sorted(pairs.items(), key=lambda item: (-len(item[0]), item[0]))
    return tuple((oblique, tuple(bases)) for oblique, bases in longest_first)


def base_forms(name: str) -> tuple[str, ...]:
    """Give the keys of the base forms that an inflected Cyrillic name may stand for, the written form left out.

    Each word is undone by itself ("Великої Новосілки"), so the result is short words multiplied; it is a set of
    guesses to be looked up, most of which are no names.
    """
    words = fold(name).split()
    if not words or not is_cyrillic(name):
        return ()
    forms = [_word_forms(word) for word in words]
    own = "".join(words)
    found: dict[str, None] = {}
    for combination in product(*forms):
        found["".join(combination)] = None
        if len(found) >= MAX_BASE_FORMS:
            break
    found.pop(own, None)
    return tuple(found)


def _word_forms(word: str) -> tuple[str, ...]:
    forms: dict[str, None] = {word: None}
    for oblique, bases in _ending_pairs():
        stem = word.removesuffix(oblique) if oblique else word
        if len(stem) < MIN_STEM or (oblique and stem == word):
            continue
        for base in bases:
            forms[stem + base] = None
    return tuple(forms)
