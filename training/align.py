"""Where in a sentence a claim's places, actor and date are said: the gold gives their values, not their words."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Any

from training.corpora import inside

Words = list[tuple[int, int, str]]


@cache
def _parties() -> Any:
    from claimkit.parties import Parties

    return Parties.default()


@cache
def _gazetteer() -> Any:
    from claimkit.gazetteer import Gazetteer

    return Gazetteer.default()


def place_words(text: str, words: Words, span: tuple[int, int], name: str, *, content: list[int]) -> list[int]:
    """Give the first word of a place in a sentence, by its canonical name or any other that the gazetteer knows.

    Where it is named more than once, the one in the content counts.
    """
    gazetteer = _gazetteer()
    sentence = text[span[0] : span[1]]
    spans = [match.span() for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", sentence)]
    spans += [
        (hit.start, hit.end)
        for hit in gazetteer.find(sentence)
        if any(gazetteer[identity].name == name for identity in hit.places)
    ]
    firsts = [found[0] for start, end in spans if (found := inside(words, span[0] + start, span[0] + end))]
    return [i for i in firsts if i in content][:1] or firsts[:1]


def actor_words(text: str, words: Words, span: tuple[int, int], content: list[int], actor: str) -> list[int] | None:
    """Give the first words of the mentions of an actor: those in the content, else in the sentence; None if unknown."""
    if not actor:
        return []
    try:
        hits = _parties().find(text[span[0] : span[1]])
    except ImportError:
        return None
    starts = [inside(words, span[0] + hit.start, span[0] + hit.end)[:1] for hit in hits if actor in hit.parties]
    found = [start[0] for start in starts if start]
    return [i for i in found if i in content] or found or None


def time_words(text: str, words: Words, span: tuple[int, int], value: str, published: str | None) -> list[int] | None:
    """Give the first words of the time expression that resolves to a claim's date; None if there is none."""
    if not value:
        return []
    try:
        from claimkit.dates import find, resolve
    except ImportError:
        return None
    day = date.fromisoformat(published) if published else None
    mentions = find(text, published=day, start=span[0], end=span[1])
    for future in (False, True):
        for mention in mentions:
            if resolve(mention, future=future) == value:
                return inside(words, mention.start, mention.end)[:1] or None
    return None
