"""Ukrainian names of settlements as Russian has them, where a gazetteer gives the Ukrainian name alone.

Russian has the same stems with vowels of its own (``Піски``: ``Пески``) and its own endings (``Ясенове``: ``Ясеново``,
``Миколаївка``: ``Николаевка``); ``data/russian.yaml`` lists them. Not every name follows: what comes out is a form
to be found by, not a fact about the name.
"""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from claimkit.lexicon import data_path, load_yaml

NONE = "-"


class Russian(msgspec.Struct, frozen=True, kw_only=True):
    """What becomes of Ukrainian stems (anywhere in a word), endings (several forms each) and letters."""

    stems: dict[str, str]
    endings: dict[str, tuple[str, ...]]
    letters: dict[str, str]


@lru_cache(maxsize=1)
def _tables() -> tuple[re.Pattern[str], re.Pattern[str], Russian]:
    tables: Russian = load_yaml(data_path("russian.yaml"), Russian)
    stems, endings = ("|".join(sorted(part, key=len, reverse=True)) for part in (tables.stems, tables.endings))
    return re.compile(stems), re.compile(f"(?:{endings})$"), tables


def russian_forms(name: str) -> tuple[str, ...]:
    """Give the lower-case forms that a Ukrainian name can have in Russian, in Cyrillic."""
    stems, endings, tables = _tables()
    letters = str.maketrans({letter: "" if other == NONE else other for letter, other in tables.letters.items()})
    forms = [""]
    for word in name.lower().split():
        stem = stems.sub(lambda found: tables.stems[found[0]], word)
        ending = endings.search(stem)
        heads = stem[: ending.start()] if ending else stem
        words = [heads + form for form in tables.endings[ending[0]]] if ending else [stem]
        forms = [f"{form} {word}".strip() for form in forms for word in words]
    return tuple(dict.fromkeys(form.translate(letters) for form in forms))
