"""Which articles say something on their own: copies, rewrites and one quotation count once.

Texts are compared by the share of the shorter one's runs of words that the longer one has (containment of shingles;
Broder 1997, On the resemblance and containment of documents). What is compared are the sentences that the claims
stand in and the quotations in them; two articles that share most of those sentences are copies as a whole.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from claimkit.records import Claim
from claimkit.settings import Settings

COMMON = 200
"""A run of words or sentence in more texts than this tells nothing about who copied whom."""
LEAST_SHARED_SENTENCES = 2

_WORD = re.compile(r"\w+")
_QUOTATION = re.compile(r"[“\"«„]([^“”\"«»„]+)[”\"»“]")


class Groups:
    """Disjoint sets of numbers; the smallest stands for its set."""

    def __init__(self) -> None:
        self._above: dict[int, int] = {}

    def of(self, item: int) -> int:
        """Give what stands for an item's set."""
        root = item
        while (above := self._above.get(root, root)) != root:
            root = above
        while (above := self._above.get(item, item)) != root:
            self._above[item] = root
            item = above
        return root

    def join(self, one: int, other: int) -> None:
        """Make two sets one."""
        low, high = sorted((self.of(one), self.of(other)))
        self._above[high] = low


class Sources:
    """Tells how many of some claims' articles are independent of each other.

    Args:
        claims: all claims of the ledger.
        settings: how much must agree.
    """

    def __init__(self, claims: Iterable[Claim], *, settings: Settings) -> None:
        self._width = settings.shingle_words
        self._share = settings.copy_share
        self._numbers: dict[str, int] = {}
        self._of_claim: dict[tuple[str, str], tuple[int, ...]] = {}
        articles: dict[str, set[int]] = defaultdict(set)
        for claim in claims:
            own = tuple(self._number(text) for text in _texts(claim, least=self._width))
            self._of_claim[claim.document, claim.id] = own
            articles[claim.document].update(own)
        self._texts = self._alike()
        self._articles = self._copied(articles)

    def independent(self, claims: Sequence[Claim]) -> int:
        """Count the articles that have these claims, those that are not independent of each other once."""
        if len(claims) == 1:
            return 1
        names = {name: number for number, name in enumerate(sorted({claim.document for claim in claims}))}
        groups = Groups()
        first: dict[object, int] = {}
        for claim in claims:
            number = names[claim.document]
            marks: list[object] = [("article", self._articles.get(claim.document))]
            if claim.outlet:
                marks.append(("outlet", claim.outlet.casefold()))
            own = self._of_claim.get((claim.document, claim.id), ())
            marks += [("text", self._texts.of(text)) for text in own]
            for mark in marks:
                groups.join(first.setdefault(mark, number), number)
        return len({groups.of(number) for number in names.values()})

    def _number(self, text: str) -> int:
        return self._numbers.setdefault(text, len(self._numbers))

    def _alike(self) -> Groups:
        """Find texts that contain each other."""
        groups = Groups()
        holders: dict[int, list[int]] = defaultdict(list)
        sizes: dict[int, int] = {}
        for text, number in self._numbers.items():
            shingles = _shingles(text, width=self._width)
            sizes[number] = len(shingles)
            shared: Counter[int] = Counter()
            for shingle in shingles:
                known = holders[shingle]
                for other in known:
                    shared[other] += 1
                if len(known) < COMMON:
                    known.append(number)
            for other, count in shared.items():
                if count >= self._share * min(sizes[number], sizes[other]):
                    groups.join(number, other)
        return groups

    def _copied(self, articles: dict[str, set[int]]) -> dict[str, int]:
        """Find articles that have most of their sentences in common; gives a number for each article's group."""
        groups = Groups()
        holders: dict[int, list[int]] = defaultdict(list)
        sizes: dict[int, int] = {}
        names = {name: number for number, name in enumerate(sorted(articles))}
        for name, number in names.items():
            own = {self._texts.of(text) for text in articles[name]}
            sizes[number] = len(own)
            shared: Counter[int] = Counter()
            for text in sorted(own):
                known = holders[text]
                shared.update(known)
                if len(known) < COMMON:
                    known.append(number)
            for other, count in shared.items():
                enough = self._share * min(sizes[number], sizes[other])
                if count >= max(enough, LEAST_SHARED_SENTENCES):
                    groups.join(number, other)
        return {name: groups.of(number) for name, number in names.items()}


def _texts(claim: Claim, *, least: int) -> Iterator[str]:
    """Give the sentence and its longer quotations, in words only; what is shorter than a shingle tells nothing."""
    for text in (claim.sentence.text, *_QUOTATION.findall(claim.sentence.text)):
        words = _WORD.findall(text.casefold())
        if len(words) >= least:
            yield " ".join(words)


def _shingles(text: str, *, width: int) -> set[int]:
    words = text.split()
    return {zlib.crc32(" ".join(words[at : at + width]).encode()) for at in range(len(words) - width + 1)}
