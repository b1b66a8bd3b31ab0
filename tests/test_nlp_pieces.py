"""Words → word pieces: the ids, shapes and positions that the encoder reads, with the packaged tokenizer."""

from __future__ import annotations

import pytest

from claimkit.nlp.component import MODEL
from claimkit.nlp.pieces import END_PIECE, MAX_PIECES, MAX_POSITIONS, START_PIECE, UNKNOWN_PIECE, Pieces, shape

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def pieces() -> Pieces:
    """The packaged tokenizer."""
    return Pieces(MODEL / "tokenizer.json")


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("troops", 1),
        ("NATO", 2),
        ("A", 3),
        ("Kyiv", 4),
        ("2025", 5),
        ("T-90", 2),
        ("Su-34s", 6),
        ("McDonald", 7),
        ("...", 8),
        ("", 8),
        ("会", 9),
    ],
)
def test_shape(word: str, expected: int) -> None:
    """The letters of a word have one of nine classes."""
    assert shape(word) == expected


def test_one_word_one_or_more_pieces(pieces: Pieces) -> None:
    """A common word is one piece, in any case; a rare name several."""
    assert len(pieces.word("army")) == 1
    assert pieces.word("Army") == pieces.word("army")
    assert 1 < len(pieces.word("Krasnohorivka")) <= MAX_PIECES


@pytest.mark.parametrize("word", ["", " ", "\x00", "\u200b", "\u202e"])
def test_word_without_letters_is_unknown(pieces: Pieces, word: str) -> None:
    """What the tokenizer drops is still one piece, so that every word has a position."""
    assert pieces.word(word) == (UNKNOWN_PIECE,)


def test_long_word_keeps_its_start_and_end(pieces: Pieces) -> None:
    """Of a word of more than eight pieces the first seven and the last remain."""
    word = "x1" * 40
    whole = pieces._tokenizer.encode(word, add_special_tokens=False).ids
    assert len(whole) > MAX_PIECES
    assert pieces.word(word) == (*whole[: MAX_PIECES - 1], whole[-1])


def test_batch_lays_words_out(pieces: Pieces) -> None:
    """Each row is start, pieces, end, padding; ``first`` and ``last`` point at each word's pieces, the root at 0."""
    windows = [["Troops", "left", "Krasnohorivka", "."], ["No"]]
    ids, shapes, first, last = pieces.batch(windows)
    long = pieces.word("Krasnohorivka")
    row = [START_PIECE, *pieces.word("Troops"), *pieces.word("left"), *long, *pieces.word("."), END_PIECE]
    assert ids[0].tolist() == row
    assert ids[1].tolist() == [START_PIECE, *pieces.word("No"), END_PIECE] + [0] * (len(row) - 3)
    end = 3 + len(long)
    assert first.tolist() == [[0, 1, 2, 3, end], [0, 1, -1, -1, -1]]
    assert last.tolist() == [[0, 1, 2, end - 1, end], [0, 1, -1, -1, -1]]
    assert shapes.tolist() == [[0, 4, 1, *[4] * len(long), 8, 0], [0, 4] + [0] * (len(row) - 2)]


def test_cache_changes_nothing(pieces: Pieces) -> None:
    """A word that was seen before has the same pieces."""
    fresh = Pieces(MODEL / "tokenizer.json")
    for word in ("withdrew", "Khan", "Younis", "withdrew"):
        assert fresh.word(word) == pieces.word(word)


def test_a_window_of_long_words_fits_the_encoder(pieces: Pieces) -> None:
    """Each word keeps its start and its end, fewer of its middle; a window that fits is left as it is."""
    words = ["7.7.7.7.7.7.7.7"] * 150
    ids, _, first, last = pieces.batch([words])
    assert ids.shape[1] <= MAX_POSITIONS
    whole = pieces.word(words[0])
    assert (ids[0, first[0, 1]], ids[0, last[0, 1]]) == (whole[0], whole[-1])
    assert pieces.batch([words[:20]])[0].shape[1] == 20 * len(whole) + 2
