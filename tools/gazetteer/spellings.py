"""Which of GeoNames' unlabelled names an imported place keeps: its English name, and names in its own script."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher

from tools.gazetteer.geonames import City, fold
from tools.gazetteer.ukrainian import romanise

SIMILAR = 0.72
CLOSE = 0.8
MOST = 4
CYRILLIC = re.compile(r"[А-Яа-яЁёІіЇїЄєҐґ'’ʼ -]+")
RUSSIAN_ONLY = re.compile(r"[ЫыЭэЪъЁё]")
UKRAINIAN_ONLY = re.compile(r"[ІіЇїЄєҐґ'’ʼ]")
UKRAINIAN = re.compile(r"[ІіЇїЄєҐґ'’ʼ]|[сцзн]ьк")
ARABIC = re.compile(r"[\u0621-\u063a\u0641-\u064a ]+")
LATIN = re.compile(r"[A-Z][A-Za-z]+(?:[ '-][A-Za-z]+)*")
CYRILLIC_COUNTRIES = {"UA": "uk", "RU": "ru", "BY": "ru"}
ARABIC_COUNTRIES = frozenset({"SY", "IQ", "LB", "PS", "YE", "SD", "LY", "EG", "JO", "SA", "AE", "QA", "KW", "BH", "OM", "TN",
                              "DZ", "MA"})  # fmt: skip
OTHER_ROMANISED = frozenset({"AF", "ER", "ET", "IR", "MM", "PK", "SO"})
OTHER_SCRIPTS = {"AM": ("hy", "\u0531-\u0587"), "GE": ("ka", "\u10d0-\u10ff"), "IL": ("he", "\u05d0-\u05ea")}


def spellings(city: City) -> tuple[str, dict[str, list[str]]]:
    """Give the English name of an imported city, and its names by language."""
    names: dict[str, list[str]] = {}
    name = plain(city.name)
    if city.country == "UA":
        name, names = _ukrainian(city, name=name)
    elif city.country in ("RU", "BY"):
        names = {"ru": _own(city, pattern=CYRILLIC, without=UKRAINIAN_ONLY, like=name)}
    elif city.country in ARABIC_COUNTRIES:
        names = {"ar": [item for item in city.names if ARABIC.fullmatch(item)][:2]}
    elif city.country in OTHER_SCRIPTS:
        lang, letters = OTHER_SCRIPTS[city.country]
        names = {lang: [item for item in city.names if re.fullmatch(f"[{letters} -]+", item)][:2]}
    if city.country in ARABIC_COUNTRIES or city.country in OTHER_SCRIPTS or city.country in OTHER_ROMANISED:
        names["en"] = _variants(city, name=name)
    return name, {lang: values for lang, values in sorted(names.items()) if values}


def plain(name: str) -> str:
    """Write a name without the marks of scholarly romanisation (``Al Ḩudaydah``), keeping those of its own Latin script."""
    text = re.sub("[‘`ʻ]|ʼ|’(?![A-Za-z])", "", name).replace("’", "'")
    scholarly = re.search("[ḨḩŞşŢţḐḑŻżĀāĪīŪū]", text) is not None
    if not scholarly:
        return text
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


def _own(city: City, *, pattern: re.Pattern[str], without: re.Pattern[str], like: str) -> list[str]:
    found = [item for item in city.names if pattern.fullmatch(item) and not without.search(item)]
    close = [item for item in found if _similar(romanise(item.lower().replace("ы", "y").replace("э", "e")), like)]
    return close[:1]


def _similar(one: str, other: str, *, least: float = SIMILAR) -> bool:
    return SequenceMatcher(None, fold(one), fold(other)).ratio() >= least


def _ukrainian(city: City, *, name: str) -> tuple[str, dict[str, list[str]]]:
    cyrillic = [item for item in city.names if CYRILLIC.fullmatch(item)]
    latin = {fold(item) for item in (city.name, *city.names) if not CYRILLIC.fullmatch(item)}
    own = [item for item in cyrillic if not RUSSIAN_ONLY.search(item) and fold(romanise(item)) in latin]
    close = [item for item in own if fold(romanise(item)) == fold(name)] or [
        i for i in own if _similar(romanise(i), name)
    ]
    close.sort(key=lambda item: -len(UKRAINIAN.findall(item)))
    names: dict[str, list[str]] = {}
    if close:
        names["uk"] = close[:1]
        name = romanise(close[0])
    others = [item for item in cyrillic if not UKRAINIAN.search(item) and item not in close[:1]]
    russian = [item for item in others if _similar(romanise(item.lower().replace("ы", "y").replace("э", "e")), name)]
    if russian:
        names["ru"] = russian[:1]
    return name, names


def _variants(city: City, *, name: str) -> list[str]:
    kept: dict[str, str] = {fold(name): name}
    for item in city.names:
        if LATIN.fullmatch(item) and not item.isupper() and _similar(item, name, least=CLOSE):
            kept.setdefault(fold(item), item)
    return [item for key, item in kept.items() if key != fold(name)][:MOST]
