"""Doc → windows of words for the model: whole blocks packed together, long blocks read on from a sentence's start."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

MAX_WORDS = 150
BLOCKS = "claimkit.blocks"
"""Key of ``Doc.user_data``: the stretches to read, ``((start, end, ((skip start, skip end), ...)), ...)`` in code points."""

SENTENCES = "claimkit.sentences"
"""Key of ``Doc.user_data``: the token indices at which sentences begin, where they are known; else they are predicted."""


@dataclass(frozen=True, kw_only=True)
class Window:
    """Words (token indices) of one document, with the positions where a block begins; ``rest`` is still to be read."""

    document: int
    tokens: list[int]
    breaks: frozenset[int]
    rest: tuple[int, ...] = ()


def blocks(doc: Doc) -> Iterator[list[int]]:
    """Give the word tokens of each block: as ``user_data`` says, else of each line of the text."""
    given = doc.user_data.get(BLOCKS)
    if given is None:
        current: list[int] = []
        for token in doc:
            if token.is_space:
                if "\n" in token.text and current:
                    yield current
                    current = []
            else:
                current.append(token.i)
        if current:
            yield current
        return
    tokens = iter(doc)
    token = next(tokens, None)
    for start, end, skips in given:
        words = []
        while token is not None and token.idx < end:
            if token.idx >= start and not token.is_space and not any(a <= token.idx < b for a, b in skips):
                words.append(token.i)
            token = next(tokens, None)
        if words:
            yield words


def pack(document: int, runs: Iterator[list[int]]) -> Iterator[Window]:
    """Pack the blocks of a document into windows of at most ``MAX_WORDS`` words."""
    words: list[int] = []
    breaks: list[int] = []
    for run in runs:
        if words and len(words) + len(run) > MAX_WORDS:
            yield Window(document=document, tokens=words, breaks=frozenset(breaks))
            words, breaks = [], []
        if len(run) > MAX_WORDS:
            yield first_part(document, run)
            continue
        breaks.append(len(words))
        words = words + run
    if words:
        yield Window(document=document, tokens=words, breaks=frozenset(breaks))


def first_part(document: int, run: list[int] | tuple[int, ...]) -> Window:
    """Give the window of a long block's beginning; its last sentence is read again with what follows."""
    return Window(document=document, tokens=list(run[:MAX_WORDS]), breaks=frozenset({0}), rest=tuple(run[MAX_WORDS:]))
