"""Names of the gazetteer in running text: capitalised words, longest match.

A word opens a name where it is capitalised or its script has no capitals. Names of up to three letters, and those that
the table has in capitals only, must stand in the text just as the table has them (``US``, not ``Us``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from claimkit.gazetteer_index import CORE, LISTED, PREFIX, ROMAN, stable_hash
from claimkit.gazetteer_records import NameHit
from claimkit.gazetteer_table import PlaceTable
from claimkit.names import KindClass, articles, base_forms, fold, following_kinds, is_cyrillic
from claimkit.romanize import loose_key

MAX_WORDS = 7
SHORT_NAME = 3
ROMAN_LETTERS = 6
KIND_REACH = 20
"""Characters before a name in which "province of" is looked for."""
KEPT_WORDS = 100_000
_WORD = re.compile(r"[^\W\d_][\w'’ʼ`]*")
_GAP = re.compile(r"[ \u00a0]?[\-‑–]?[ \u00a0]?|\.? |\r?\n")
_KIND_OF = re.compile(r"\b(\w+) of $")
_POSSESSIVE = re.compile(r"['’ʼ`](?:s|S)$|(?<!['’ʼ`])['’ʼ`]+$")
_LETTER_WITHOUT_CASE = re.compile(r"[\u0590-\u08ff\u0900-\u0dff\u0e00-\u109f\u1200-\u137f\u3040-\ud7ff]")


def _kind_before(text: str, at: int) -> KindClass | None:
    """Give the kind that the words before a name say it is of: "the provinces of X"."""
    found = _KIND_OF.search(text, max(0, at - KIND_REACH), at)
    if found is None:
        return None
    word = found[1].lower()
    return following_kinds().get(word) or following_kinds().get(word.removesuffix("s"))


class Scanner:
    """Finds names in texts; what it learns of a word is kept for the next text.

    Args:
        table: the places.
    """

    def __init__(self, table: PlaceTable) -> None:
        self._table = table
        self._folded: dict[str, str] = {}
        self._single: dict[str, tuple[tuple[str, ...], bool]] = {}

    def scan(self, text: str) -> Iterator[NameHit]:
        """Give the names in a text, in order, not overlapping."""
        words = _WORD.finditer(text)
        ahead: list[re.Match[str]] = []
        while True:
            word = ahead.pop(0) if ahead else next(words, None)
            if word is None:
                return
            if not self._opens(text, word):
                continue
            size, places, end = self._longest(text, word, ahead, words)
            if not size:
                continue
            del ahead[: size - 1]
            start = word.start()
            yield NameHit(start=start, end=end, text=text[start:end], places=places)

    def _opens(self, text: str, word: re.Match[str]) -> bool:
        first = text[word.start()]
        if first.isupper() or (first > "\u0590" and _LETTER_WITHOUT_CASE.match(first) is not None):
            return True
        end = word.end()
        return word[0] in articles() and text[end : end + 1] in ("-", " ") and text[end + 1 : end + 2].isupper()

    def _fold(self, word: str) -> str:
        folded = self._folded.get(word)
        if folded is None:
            if len(self._folded) >= KEPT_WORDS:
                self._folded.clear()
            folded = self._folded[word] = fold(word).replace(" ", "")
        return folded

    def _one(self, word: str) -> tuple[tuple[str, ...], bool]:
        """Give the places that one word names, and whether it begins longer names."""
        known = self._single.get(word)
        if known is None:
            if len(self._single) >= KEPT_WORDS:
                self._single.clear()
            joined = self._fold(word)
            places = self._named(joined, word) or self._loosely(word)
            known = self._single[word] = (places, self._table.has(stable_hash(PREFIX, joined)))
        return known

    def _named(self, joined: str, surface: str) -> tuple[str, ...]:
        found = self._table.ids(stable_hash(LISTED, joined))
        if len(joined) <= SHORT_NAME and found:
            hits = self._table.hits(LISTED, joined, match="alias")
            found = [hit.place.id for hit in hits if any(name.name == surface for name in hit.place.names)]
        return tuple(sorted(set(found)))

    def _loosely(self, word: str) -> tuple[str, ...]:
        folded = self._fold(word)
        if is_cyrillic(word):
            found = [name for form in base_forms(word) for name in self._table.ids(stable_hash(LISTED, form))]
        elif len(folded) >= ROMAN_LETTERS and folded.isascii():
            hits = self._table.hits(ROMAN, loose_key(word), match="romanized", cyrillic=True)
            found = [hit.place.id for hit in hits]
        else:
            found = []
        return tuple(sorted(set(found)))

    def _longest(
        self, text: str, word: re.Match[str], ahead: list[re.Match[str]], words: Iterator[re.Match[str]]
    ) -> tuple[int, tuple[str, ...], int]:
        bare = _POSSESSIVE.sub("", word[0])
        places, longer = self._one(bare)
        joined, last = self._fold(bare), word
        told = _kind_before(text, word.start())
        if told is not None:
            places = self._with_kind(joined, told, bare) or places
        size, end = (1, word.start() + len(bare)) if places else (0, 0)
        for count in range(2, MAX_WORDS + 1):
            following = self._following(text, last, count - 2, ahead, words) if bare == last[0] or count > 2 else None
            if following is None:
                break
            bare_next = _POSSESSIVE.sub("", following[0])
            folded = self._fold(bare_next)
            if size in (0, count - 1) and folded in following_kinds():
                found = self._with_kind(joined, following_kinds()[folded], text[word.start() : last.end()])
                if found:
                    size, places, end = count, found, following.start() + len(bare_next)
            if not longer and told is None:
                break
            joined += folded
            surface = text[word.start() : following.end()]
            found = self._named(joined, surface)
            if told is not None and following[0][0].isupper():
                found = self._with_kind(joined, told, surface) or found
            if found:
                size, places, end = count, found, following.start() + len(bare_next)
            longer = self._table.has(stable_hash(PREFIX, joined)) and bare_next == following[0]
            last = following
            if not longer and not found and told is None:
                break
        return size, places, end

    def _with_kind(self, joined: str, kind: KindClass, surface: str) -> tuple[str, ...]:
        if kind not in CORE:
            return ()
        found = self._table.ids(stable_hash(CORE[kind], joined))
        if not found and surface.isascii() and len(joined) >= ROMAN_LETTERS:
            found = self._table.ids(stable_hash(CORE[kind], ROMAN + loose_key(surface)))
        return tuple(sorted(set(found)))

    def _following(
        self, text: str, last: re.Match[str], at: int, ahead: list[re.Match[str]], words: Iterator[re.Match[str]]
    ) -> re.Match[str] | None:
        while len(ahead) <= at:
            word = next(words, None)
            if word is None:
                return None
            ahead.append(word)
        return ahead[at] if _GAP.fullmatch(text, last.end(), ahead[at].start()) else None
