"""Names of the gazetteer in running text: capitalised words, longest match."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from claimkit.gazetteer_index import LISTED, PREFIX, Layer, Posting, stable_hash
from claimkit.gazetteer_records import NameHit, Place
from claimkit.names import fold

MAX_WORDS = 7
_WORD = re.compile(r"[^\W\d_][\w'’ʼ]*")
_GAP = re.compile(r"[ \u00a0\-‑–'’]{1,2}|\r?\n")


def scan(text: str, layers: Sequence[Layer], *, names: Callable[[Layer, Posting], Place]) -> Iterator[NameHit]:
    """Give the names in a text, in order, not overlapping."""
    words = list(_WORD.finditer(text))
    at = 0
    while at < len(words):
        hit = _longest(text, words, at, layers, names) if _opens(words[at][0]) else None
        if hit is None:
            at += 1
            continue
        size, places = hit
        end = words[at + size - 1].end()
        yield NameHit(start=words[at].start(), end=end, text=text[words[at].start() : end], places=places)
        at += size


def _opens(word: str) -> bool:
    return word[0].isupper() or not word[0].islower()


def _longest(
    text: str, words: list[re.Match[str]], at: int, layers: Sequence[Layer], names: Callable[[Layer, Posting], Place]
) -> tuple[int, tuple[str, ...]] | None:
    joined, best = "", None
    for size in range(1, MAX_WORDS + 1):
        joined += fold(words[at + size - 1][0])
        wanted = stable_hash(LISTED, joined)
        found = [names(layer, posting).id for layer in layers for posting in layer.postings_at(wanted)]
        if found:
            best = (size, tuple(sorted(set(found))))
        following = at + size
        prefix = stable_hash(PREFIX, joined)
        if following >= len(words) or not any(layer.has(prefix) for layer in layers):
            break
        if not _GAP.fullmatch(text, words[following - 1].end(), words[following].start()):
            break
    return best
