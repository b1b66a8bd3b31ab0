"""Bytes to text, by a ladder that says how it decided.

``--encoding`` > byte order mark > strict UTF-8 > UTF-16 by pattern > detector with a floor > UTF-8 with replacement.
A byte order mark is not part of the text. Nothing else is changed: carriage returns and odd spaces stay.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
import warnings
from itertools import pairwise
from typing import Final

from claimkit.errors import InputError
from claimkit.records import Record

REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"
SAMPLE: Final = 65_536
MAX_CONTROL_SHARE: Final = 0.05
DAMAGED_UTF8_SHARE: Final = 0.5
MIN_CYRILLIC_SHARE: Final = 0.25
SMALL_LETTER_WEIGHT: Final = 0.25

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BINARY_MARKS: Final = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x1f\x8b", b"\xd0\xcf\x11\xe0")
# The ten most frequent letters of Russian and of Ukrainian running text.
_USUAL: Final = frozenset("оеаинтсрвл\u0456")
_LATIN: Final = "cp1252"
_CANDIDATES: Final = ("cp1251", "koi8_u", _LATIN, "cp866")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_UTF8_SEQUENCE: Final = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_WORD: Final = re.compile(r"[^\W\d_]+")
_HIGH: Final = re.compile(rb"[\x80-\xff]")


class Decoded(Record, frozen=True, kw_only=True):
    """Text with the encoding it was read in; ``replaced`` counts what could not be decoded."""

    text: str
    encoding: str
    replaced: int = 0


def decode(data: bytes, *, encoding: str | None = None, floor: float = 0.8) -> Decoded:
    """Decode the bytes of an article.

    Args:
        data: the bytes.
        encoding: take this encoding; what does not fit becomes U+FFFD and is counted.
        floor: share in [0, 1] of the non-ASCII characters that must be letters or punctuation of running text for the
            detector's answer to be taken.

    Returns:
        The text, its encoding and the count of replaced characters.

    Raises:
        InputError: the data are not text, or not in the encoding given.
    """
    if data.startswith(_BINARY_MARKS):
        raise InputError("not text (binary)")
    decoded = _decoded(data, floor=floor) if encoding is None else decode_as(data, encoding=encoding)
    if "\x00" in decoded.text:
        raise InputError("not text (binary, NUL bytes)")
    if len(_CONTROL.findall(decoded.text)) > MAX_CONTROL_SHARE * len(decoded.text):
        raise InputError("not text (binary, control characters)")
    return decoded


def decode_as(data: bytes, *, encoding: str) -> Decoded:
    """Decode bytes in an encoding, whatever they are; see :func:`decode`.

    Raises:
        InputError: the encoding cannot replace what does not fit.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # unicode_escape tells of odd escapes
        return _replacing(_without_bom(data, encoding=encoding), encoding=encoding)


def without_surrogates(text: str) -> tuple[str, int]:
    """Replace lone surrogates one for one, so that offsets stay and the text can be written as UTF-8."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        clean = re.sub("[\ud800-\udfff]", REPLACEMENT, text)
        return clean, sum(a != b for a, b in zip(text, clean, strict=True))
    return text, 0


def _decoded(data: bytes, *, floor: float) -> Decoded:
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _replacing(data[len(mark) :], encoding=name)
    if b"\x00" in data:
        return _utf16(data) or _replacing(data, encoding="utf-8")
    return _utf8(data) or _detected(data, floor=floor) or _replacing(data, encoding="utf-8")


def _without_bom(data: bytes, *, encoding: str) -> bytes:
    name = codecs.lookup(encoding).name
    for mark, wide in _BOMS:
        if name == wide and data.startswith(mark):
            return data[len(mark) :]
    return data


def _replacing(data: bytes, *, encoding: str) -> Decoded:
    try:
        text, halves = without_surrogates(data.decode(encoding, errors="replace"))
    except UnicodeError as error:  # a codec that cannot replace, such as idna
        raise InputError(f"not text in {encoding} ({error})") from error
    try:
        data.decode(encoding)
    except UnicodeError:
        return Decoded(text=text, encoding=encoding, replaced=text.count(REPLACEMENT))
    return Decoded(text=text, encoding=encoding, replaced=halves)


def _utf8(data: bytes) -> Decoded | None:
    try:
        return Decoded(text=data.decode("utf-8"), encoding="utf-8")
    except UnicodeDecodeError:
        sequences = b"".join(_UTF8_SEQUENCE.findall(data))
        if len(sequences) >= DAMAGED_UTF8_SHARE * len(_HIGH.findall(data)):
            return _replacing(data, encoding="utf-8")
        return None


def _utf16(data: bytes) -> Decoded | None:
    best: Decoded | None = None
    most = 0
    for name in ("utf-16-le", "utf-16-be"):
        text = data.decode(name, errors="replace")
        if "\x00" in text or REPLACEMENT in text[:SAMPLE]:
            continue
        head = text[:SAMPLE]
        plain = sum(c in " \n\r\t" or "!" <= c <= "~" or "\u0400" <= c <= "\u04ff" for c in head)
        if plain > most and plain * 2 > len(head):
            best, most = _replacing(data, encoding=name), plain
    return best


def _detected(data: bytes, *, floor: float) -> Decoded | None:
    """Ask the detector, and weigh its candidates by how usual their letters are: it errs on texts of one sentence."""
    from charset_normalizer import from_bytes

    sample = data[:SAMPLE]
    ranked = list(
        dict.fromkeys([*(m.encoding for m in from_bytes(sample, cp_isolation=list(_CANDIDATES))), *_CANDIDATES])
    )
    texts = {name: sample.decode(name, errors="replace") for name in ranked}
    usual = {name: _usual_cyrillic(text) for name, text in texts.items()}
    for name in sorted(ranked, key=lambda name: -usual[name]):
        if (name == _LATIN or usual[name] > 0) and _plausible(texts[name], floor=floor):
            return _replacing(data, encoding=name.replace("_", "-"))
    return None


def _usual_cyrillic(text: str) -> float:
    """Give the share of the most frequent letters among the Cyrillic ones, 0 where few letters are Cyrillic."""
    letters = [c for c in text if c.isalpha()]
    cyrillic = [c for c in letters if "\u0400" <= c <= "\u04ff"]
    if len(cyrillic) <= MIN_CYRILLIC_SHARE * len(letters):
        return 0.0
    small = sum(c.islower() for c in cyrillic) / len(cyrillic)
    return sum(c.lower() in _USUAL for c in cyrillic) / len(cyrillic) + SMALL_LETTER_WEIGHT * small


def _plausible(text: str, *, floor: float) -> bool:
    """Tell whether the words that are not plain ASCII look like words: one script, no capital after a small letter."""
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    signs = [c for c in text if c > "\x7f" and not c.isalpha()]
    odd = sum(unicodedata.category(c)[0] not in "PZ" for c in signs)
    good = sum(_well_formed(word) for word in words)
    return good + len(signs) - odd >= floor * (len(words) + len(signs))


def _well_formed(word: str) -> bool:
    cyrillic = sum("\u0400" <= c <= "\u04ff" for c in word)
    if cyrillic not in (0, len(word)):
        return False
    if not cyrillic and len(word) > 2 and sum(c > "\x7f" for c in word) * 2 > len(word):
        return False
    return word.isupper() or not any(a.islower() and b.isupper() for a, b in pairwise(word))
