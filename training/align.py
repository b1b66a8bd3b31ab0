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
    firsts = _firsts(text, words, span, name)
    return [i for i in firsts if i in content][:1] or firsts[:1]


def _firsts(text: str, words: Words, span: tuple[int, int], name: str) -> list[int]:
    gazetteer = _gazetteer()
    sentence = text[span[0] : span[1]]
    spans = [match.span() for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", sentence)]
    spans += [
        (hit.start, hit.end)
        for hit in gazetteer.find(sentence)
        if any(gazetteer[identity].name == name for identity in hit.places)
    ]
    return [found[0] for start, end in spans if (found := inside(words, span[0] + start, span[0] + end))]


def actor_words(text: str, words: Words, span: tuple[int, int], content: list[int], actor: str) -> list[int] | None:
    """Give the first words of the mentions of an actor: those in the content, else in the sentence; None if unknown."""
    if not actor:
        return []
    found = _mentions(text, words, span, actor)
    return [i for i in found if i in content] or found or None


def latest_place(text: str, words: Words, span: tuple[int, int], name: str) -> int | None:
    """Give the first word of the latest mention of a place in a stretch of a window."""
    found = _firsts(text, words, span, name)
    return max(found) if found else None


def last_named(text: str, words: Words, span: tuple[int, int], party: str) -> list[int] | None:
    """Give the first word of the latest mention of a party in a stretch of a window, in a list; None without one."""
    found = _mentions(text, words, span, party)
    return [max(found)] if found else None


def _mentions(text: str, words: Words, span: tuple[int, int], party: str) -> list[int]:
    hits = _parties().find(text[span[0] : span[1]])
    starts = [inside(words, span[0] + hit.start, span[0] + hit.end)[:1] for hit in hits if party in hit.parties]
    return [start[0] for start in starts if start]


def names_party(text: str, span: tuple[int, int], party: str) -> bool:
    """Tell whether words name a party themselves, by the party table."""
    match = _parties().lookup(text[span[0] : span[1]])
    return bool(match.party and match.party.id == party and not match.needs_antecedent)


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
