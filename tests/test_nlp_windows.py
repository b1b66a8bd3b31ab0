"""Doc → windows: blocks, skips, packing, and long paragraphs that are read on without losing or repeating a word."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from claimkit.nlp.windows import BLOCKS, MAX_WORDS, Window, blocks, following, pack, part

NLP = spacy.blank("en")


def words(doc: Doc) -> list[list[str]]:
    """Give the words of each block."""
    return [[doc[i].text for i in block] for block in blocks(doc)]


def test_lines_are_blocks_where_none_are_given() -> None:
    """Without blocks each line is one; empty lines and white space give none."""
    doc = NLP("First line .\n\n  \nSecond  line\t. \n")
    assert words(doc) == [["First", "line", "."], ["Second", "line", "."]]


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", "\t \u00a0\n"])
def test_nothing_to_read(text: str) -> None:
    """White space alone has no block and no window."""
    assert list(pack(blocks(NLP(text)))) == []


def test_given_blocks_only() -> None:
    """What lies outside the given blocks is not read, nor are the stretches that a block skips."""
    text = "MENU\nTroops left[12] the town.\nSUBSCRIBE"
    doc = NLP.make_doc("MENU\nTroops left [12] the town.\nSUBSCRIBE")
    start, skip = doc.text.index("Troops"), doc.text.index("[12]")
    doc.user_data[BLOCKS] = ((start, doc.text.index("\nSUB"), ((skip, skip + 4),)),)
    assert words(doc) == [["Troops", "left", "the", "town", "."]]
    assert text.startswith("MENU")


def test_touching_blocks_do_not_mix() -> None:
    """Where one block ends and the next begins every word falls into one of them."""
    doc = NLP("one two\nthree four")
    doc.user_data[BLOCKS] = ((0, 8, ()), (8, 18, ()))
    assert words(doc) == [["one", "two"], ["three", "four"]]


def test_no_block_given_reads_nothing() -> None:
    """An empty tuple of blocks says that there is nothing to read."""
    doc = NLP("one two")
    doc.user_data[BLOCKS] = ()
    assert words(doc) == []


def test_short_blocks_are_packed_together() -> None:
    """Windows take whole blocks until they are full, and remember where each begins."""
    full = MAX_WORDS - 10
    runs = [list(range(60)), list(range(60, full)), list(range(full, full + 20))]
    assert list(pack(iter(runs))) == [
        Window(tokens=list(range(full)), breaks=frozenset({0, 60})),
        Window(tokens=list(range(full, full + 20)), breaks=frozenset({0})),
    ]


def test_block_of_just_a_window_is_whole() -> None:
    """A block of exactly as many words as a window takes is not cut."""
    (window,) = pack(iter([list(range(MAX_WORDS))]))
    assert (len(window.tokens), window.cut) == (MAX_WORDS, False)


def test_long_block_is_cut() -> None:
    """Of a longer block the first window has the beginning; its neighbours stand in windows of their own."""
    size = MAX_WORDS + 30
    before, long, after = pack(iter([[900, 901], list(range(size)), [902]]))
    assert before.tokens == [900, 901]
    assert long == part(list(range(size)), 0)
    assert (long.tokens, long.cut) == (list(range(MAX_WORDS)), True)
    assert (after.tokens, after.cut) == ([902], False)


@pytest.mark.parametrize("used", [1, 40, MAX_WORDS - 1, MAX_WORDS])
def test_long_block_is_read_on_from_a_sentence_start(used: int) -> None:
    """However many words of each window its sentences take, all words are read, in order, each once."""
    block = list(range(1000, 1000 + 3 * MAX_WORDS + 7))
    read = []
    window: Window | None = part(block, 0)
    while window is not None:
        taken = used if window.cut else len(window.tokens)
        read += window.tokens[:taken]
        window = following(window, taken)
    assert read == block


def test_short_block_does_not_go_on() -> None:
    """A window of whole blocks is not followed by another."""
    (window,) = pack(iter([[1, 2, 3]]))
    assert following(window, 3) is None
