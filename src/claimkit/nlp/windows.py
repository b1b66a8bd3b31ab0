"""Doc → windows of words for the model: whole blocks packed together, long blocks read on from a sentence's start."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

MAX_WORDS = 250
LEAST_USED = MAX_WORDS // 2
"""Words of a part of a long block that are read before the next part begins."""
BLOCKS = "claimkit.blocks"
"""Key of ``Doc.user_data``: the stretches to read, ``((start, end, ((skip_start, skip_end), ...)), ...)``."""

SENTENCES = "claimkit.sentences"
"""Key of ``Doc.user_data``: the tokens at which sentences begin, where they are known; else they are predicted."""


@dataclass(frozen=True, kw_only=True)
class Window:
    """Words (token indices) of a document, with the positions where a block begins.

    ``block`` and ``at`` are set where the words are a part of a long block: those from ``block[at]`` on.
    """

    tokens: list[int]
    breaks: frozenset[int]
    block: Sequence[int] | None = None
    at: int = 0

    @property
    def cut(self) -> bool:
        """Whether the block goes on after the last word."""
        return self.block is not None and self.at + len(self.tokens) < len(self.block)


def blocks(doc: Doc) -> Iterator[Sequence[int]]:
    """Give the word tokens of each block: as ``user_data`` says, else of each line of the text.

    They are arrays, not lists: a line can have millions of words.
    """
    given = doc.user_data.get(BLOCKS)
    return _lines(doc) if given is None else _given(doc, given)


def _lines(doc: Doc) -> Iterator[Sequence[int]]:
    current = array("l")
    for token in doc:
        if not token.is_space:
            current.append(token.i)
        elif "\n" in token.text and current:
            yield current
            current = array("l")
    if current:
        yield current


def _given(doc: Doc, given: Iterable[tuple[int, int, tuple[tuple[int, int], ...]]]) -> Iterator[Sequence[int]]:
    tokens = iter(doc)
    token: Token | None = next(tokens, None)
    for start, end, skips in given:
        words = array("l")
        while token is not None and token.idx < end:
            if token.idx >= start and not token.is_space and not any(a <= token.idx < b for a, b in skips):
                words.append(token.i)
            token = next(tokens, None)
        if words:
            yield words


def pack(runs: Iterable[Sequence[int]]) -> Iterator[Window]:
    """Pack the blocks of a document into windows of at most ``MAX_WORDS`` words."""
    words: list[int] = []
    breaks: list[int] = []
    for run in runs:
        if words and len(words) + len(run) > MAX_WORDS:
            yield Window(tokens=words, breaks=frozenset(breaks))
            words, breaks = [], []
        if len(run) > MAX_WORDS:
            yield part(run, 0)
            continue
        breaks.append(len(words))
        words = [*words, *run]
    if words:
        yield Window(tokens=words, breaks=frozenset(breaks))


def part(block: Sequence[int], at: int) -> Window:
    """Give the window of a long block's words from ``at`` on; its last sentence is read again with what follows."""
    return Window(tokens=list(block[at : at + MAX_WORDS]), breaks=frozenset({0}), block=block, at=at)


def following(window: Window, used: int) -> Window | None:
    """Give the window that goes on where ``used`` words of a part of a long block were read; None at its end."""
    if window.block is None or window.at + used >= len(window.block):
        return None
    return part(window.block, window.at + used)


def spaced(doc: Doc, window: Window) -> list[bool]:
    """Tell of each word of a window whether there is white space before it."""
    return [i == 0 or bool((before := doc[i - 1]).whitespace_) or before.is_space for i in window.tokens]
