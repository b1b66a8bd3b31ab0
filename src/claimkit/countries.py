"""The countries that an article's places tell of: whose "the army" can be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property

from claimkit.frames import TokenSpan
from claimkit.reading import Toponym


class Countries:
    """The countries (ISO 3166 alpha-2) of the places of one article, in the order of the text.

    Args:
        toponyms: the places.
        sentence_of: the number of each token's sentence.
    """

    def __init__(self, toponyms: Sequence[Toponym], sentence_of: Sequence[int]) -> None:
        self._named = [(t.tokens, t.mention.country) for t in toponyms if t.mention.country]
        self._placed = [(tokens[0], country) for tokens, country in self._named]
        self._sentence_of = sentence_of

    def near(self, sentence: int, *, before: int) -> str | None:
        """Give the country of the last place that is named before a token, in its sentence or the one before."""
        near = (
            country for at, country in reversed(self._placed)
            if at < before and 0 <= sentence - self._sentence_of[at] <= 1
        )  # fmt: skip
        return next(near, None)

    @cached_property
    def most(self) -> list[str]:
        """The two countries whose places the article names most."""
        return [country for country, _ in Counter(country for _, country in self._placed).most_common(2)]

    def around(self, sentence: int, *, before: int, phrase: TokenSpan | None, where: int) -> Iterator[tuple[str, str]]:
        """Give countries with why: of the place at ``where``, of a phrase and around it, of the most and the first."""
        if phrase is not None:
            yield from (("in-phrase", country) for at, country in self._placed if phrase[0] <= at < phrase[1])
        if near := self.near(sentence, before=before):
            yield "near", near
        last = next((country for at, country in reversed(self._placed) if at < before), None)
        after = (c for at, c in self._placed if at > before and self._sentence_of[at] == sentence)
        yield from ((why, c) for why, c in (("last", last), ("after", next(after, None))) if c)
        yield from ((f"most-{n}", country) for n, country in enumerate(self.most))
        yield from (("first", country) for _, country in self._placed[:1])
        yield from (("where", country) for (start, end), country in self._named if start <= where < end)
