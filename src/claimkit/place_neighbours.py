"""Names that their neighbours tell to be places: "the town of X", "X province", the members of a list of places.

Most places of a war are in no gazetteer, and how they are written says what they are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from claimkit.dependencies import SUBJECTS
from claimkit.names import articles
from claimkit.place_words import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

NAME = "PROPN"
HYPHENS = frozenset({"-", "‑", "–"})
MIN_KNOWN = 2
"""Known places that make a list one of places."""
MAX_NAME = 4
"""Words of a name."""


def told(doc: Doc, *, known: Sequence[Span], barred: Collection[int]) -> Iterator[Span]:
    """Give the names that are places by what stands beside them, in no order, some of them twice.

    Args:
        doc: the parsed article.
        known: the places found so far, in order.
        barred: tokens that are no part of a place's name: those of parties, persons and times.
    """
    taken = {i for span in known for i in range(span.start, span.end)}
    free = _Names(doc, barred=taken.union(barred))
    for token in doc:
        kind = _kind(token)
        if kind is None or token.i in taken:
            continue
        behind = token.i + 2
        if behind < len(doc) and doc[token.i + 1].lower_ == "of":
            several = kind == "several"
            yield from _members(doc, behind, free=free, known={}, opens=True) if several else free.at(behind)
        elif kind == "one" and token.is_lower:
            yield from free.before(token.i)
    yield from _listed(doc, known, free=free)


def _kind(token: Token) -> str | None:
    """Say whether a noun stands for a place or for several ("town", "provinces"); None for another word."""
    word = token.lower_
    if word in words().kinds:
        return "one"
    singular = f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")
    return "several" if singular in words().kinds else None


class _Names:
    """The runs of capitalised words that no other name has."""

    def __init__(self, doc: Doc, *, barred: Collection[int]) -> None:
        self._doc, self._barred = doc, barred

    def at(self, start: int) -> list[Span]:
        """Give the name that begins at a token, if one does."""
        doc, end = self._doc, start
        while end < len(doc) and end - start < MAX_NAME and self._is_part(end, opens=end == start):
            end += 1
            while end + 1 < len(doc) and doc[end].text in HYPHENS and not doc[end - 1].whitespace_:
                end += 2
        while end > start and not doc[end - 1].text[:1].isupper():
            end -= 1
        return [doc[start:end]] if end > start else []

    def before(self, end: int) -> list[Span]:
        """Give the name that ends right before a token, if one does."""
        start = end
        while start > 0 and end - start < MAX_NAME and self._is_part(start - 1, opens=False):
            start -= 1
        return [self._doc[start:end]] if start < end and not self._doc[start].is_sent_start else []

    def _is_part(self, i: int, *, opens: bool) -> bool:
        token = self._doc[i]
        if i in self._barred or token.is_stop and token.lower_ not in articles():
            return False
        if token.lower_ in articles() and i + 1 < len(self._doc):
            following = self._doc[i + 1].text
            return following in HYPHENS or (not opens and following[:1].isupper())
        return token.pos_ == NAME and token.text[:1].isupper() and not token.text[1:].isupper()


def _listed(doc: Doc, known: Sequence[Span], *, free: _Names) -> Iterator[Span]:
    """Give the unknown members of the lists that have several known places."""
    starts = {span.start: span for span in known}
    past = 0
    for span in known:
        if span.start < past:
            continue
        members = [span, *_members(doc, span.end, free=free, known=starts, opens=False)]
        past = members[-1].end
        named = [member for member in members if member.start not in starts]
        if len(members) - len(named) >= MIN_KNOWN:
            yield from named


def _members(doc: Doc, at: int, *, free: _Names, known: dict[int, Span], opens: bool) -> list[Span]:
    """Give the members of a list from a token on, up to one behind "and" or one that is known.

    One behind a last comma alone is none ("in P, Q said"), nor is one that does something.

    Args:
        doc: the article.
        at: where the first member begins (``opens``), or what stands behind a member.
        free: the names that can be members.
        known: known places, by where they begin.
        opens: whether the first member begins there.
    """
    members: list[Span] = []
    sure, joined = 0, False
    while at < len(doc) and not joined:
        start = at
        if members or not opens:
            start, joined = _past_separator(doc, at)
            if start == at:
                break
        found = [known[start]] if start in known else free.at(start) if start < len(doc) else []
        if not found or found[0].root.dep_ in SUBJECTS:
            break
        members += found
        at = found[0].end
        if joined or start in known or (opens and len(members) == 1):
            sure = len(members)
    return members[:sure]


def _past_separator(doc: Doc, at: int) -> tuple[int, bool]:
    """Give where what follows a comma or "and" begins, and whether it was "and"."""
    joined = False
    while at < len(doc) and (doc[at].text == "," or doc[at].lower_ in words().listing):
        joined = doc[at].text != ","
        at += 1
    return at, joined
