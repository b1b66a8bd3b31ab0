"""Tests of the encoding ladder."""

from __future__ import annotations

import pytest

from claimkit.encoding import Decoded, decode, without_surrogates
from claimkit.errors import InputError

ENGLISH = "The ministry said on Monday – without proof – that “the bridge is ours”. The mayor’s office denied it."
RUSSIAN = "Министерство сообщило о взятии посёлка. Бои продолжаются на окраинах, заявил представитель штаба."
UKRAINIAN = "Генеральний штаб повідомив, що бригада утримує село Їжаківка. Її речник заявив про втрати ворога."


@pytest.mark.parametrize(
    ("text", "written", "read"),
    [
        (ENGLISH, "utf-8", "utf-8"),
        (ENGLISH, "utf-8-sig", "utf-8"),
        (ENGLISH, "utf-16", "utf-16-le"),
        (ENGLISH, "utf-16-le", "utf-16-le"),
        (ENGLISH, "utf-16-be", "utf-16-be"),
        (ENGLISH, "utf-32", "utf-32-le"),
        (ENGLISH, "cp1252", "cp1252"),
        (RUSSIAN, "utf-16-le", "utf-16-le"),
        (RUSSIAN, "utf-16-be", "utf-16-be"),
        (RUSSIAN, "cp1251", "cp1251"),
        (RUSSIAN, "koi8_u", "koi8-u"),
        (RUSSIAN, "cp866", "cp866"),
        (UKRAINIAN, "cp1251", "cp1251"),
        (UKRAINIAN, "koi8_u", "koi8-u"),
    ],
)
def test_each_rung_gives_the_text_back(text: str, written: str, read: str) -> None:
    """Whatever a text was written in, it comes back whole and without its mark."""
    assert decode(text.encode(written)) == Decoded(text=text, encoding=read)


@pytest.mark.parametrize("written", ["cp1251", "koi8_u", "cp866"])
@pytest.mark.parametrize("text", ["Мэр заявил, что мост удержан.", "Бої тривають", "СРОЧНО: МОСТ УДЕРЖАН, ЗАЯВИЛ МЭР"])
def test_one_sentence_is_enough(text: str, written: str) -> None:
    """A short text in small letters or in capitals is read right."""
    if written == "cp866" and "ї" in text:
        text = text.replace("ї", "и")
    assert decode(text.encode(written)).text == text


def test_forced_encoding_wins_over_strict_utf8() -> None:
    """``--encoding`` is taken even where the bytes are good UTF-8."""
    assert decode("né".encode(), encoding="cp1252") == Decoded(text="nÃ©", encoding="cp1252")


def test_forced_encoding_drops_its_own_mark_only() -> None:
    """A mark of the forced encoding is not part of the text."""
    assert decode("\ufeffHold".encode("utf-16-le"), encoding="utf-16-le").text == "Hold"


def test_broken_utf8_is_replaced_and_counted() -> None:
    """Damaged UTF-8 stays UTF-8: the good letters are kept and the bad bytes counted."""
    data = "Єнакієве, “quoted” ".encode() + b"\xff end"
    assert decode(data) == Decoded(text="Єнакієве, “quoted” \ufffd end", encoding="utf-8", replaced=1)


def test_detector_below_its_floor_gives_utf8_with_replacement() -> None:
    """Bytes that look like no language are not given a made-up reading."""
    decoded = decode(b"report \xff\xfe\xfd end")
    assert decoded == Decoded(text="report \ufffd\ufffd\ufffd end", encoding="utf-8", replaced=3)


@pytest.mark.parametrize("data", [b"a\x00b\x01\x02\x00\x00c", b"%PDF-1.7 text", b"\x01\x02\x03\x04 ab", b"\x89PNG\r\n"])
def test_binaries_are_refused(data: bytes) -> None:
    """NUL bytes, file marks and control characters are not text."""
    with pytest.raises(InputError, match="not text"):
        decode(data)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "cp1251"])
@pytest.mark.parametrize("data", [b"a\x00b", b"%PDF-1.7 text", b"\x01\x02\x03\x04 ab", b"\x89PNG\r\n"])
def test_binaries_are_refused_in_a_given_encoding_too(data: bytes, encoding: str) -> None:
    """An encoding makes no text of them."""
    with pytest.raises(InputError, match="not text"):
        decode(data, encoding=encoding)


def test_zero_bytes_of_wide_encodings_are_no_nul() -> None:
    """Only the character is; a byte order mark in front of it does not hide it."""
    assert decode(ENGLISH.encode("utf-16-le"), encoding="utf-16-le").text == ENGLISH
    for data in ("\ufeffa\0b".encode(), "a\0b".encode("utf-16"), "a\0b".encode("utf-32")):
        with pytest.raises(InputError, match="NUL bytes"):
            decode(data)


def test_carriage_returns_and_inner_marks_stay() -> None:
    """The text is not changed: offsets count what the file holds."""
    assert decode(b"One.\r\nTwo.\r\n").text == "One.\r\nTwo.\r\n"


def test_lone_surrogates_become_replacement_characters_one_for_one() -> None:
    """Offsets stay; pairs and good text are left alone."""
    assert without_surrogates("a\ud800b\udfffc") == ("a\ufffdb\ufffdc", 2)
    assert without_surrogates("a\U0001f600") == ("a\U0001f600", 0)


@pytest.mark.parametrize(
    ("data", "encoding", "decoded"),
    [
        (b"He said +2AA- fell.", "utf-7", Decoded(text="He said \ufffd fell.", encoding="utf-7", replaced=1)),
        (b"a\\ud800b", "unicode_escape", Decoded(text="a\ufffdb", encoding="unicode_escape", replaced=1)),
        (b"a\\ b", "unicode_escape", Decoded(text="a\\ b", encoding="unicode_escape")),
    ],
)
def test_a_forced_codec_gives_text(data: bytes, encoding: str, decoded: Decoded) -> None:
    """Half characters that a codec can make are replaced and counted."""
    assert decode(data, encoding=encoding) == decoded


def test_a_forced_codec_that_cannot_replace_costs_the_one_article() -> None:
    """What does not fit is a refusal of the input, no fault."""
    with pytest.raises(InputError, match="not text in idna"):
        decode(b"caf\xe9", encoding="idna")
