"""Bytes of an article: the encoding ladder, found out and forced."""

from __future__ import annotations

from claimkit.encoding import decode
from claimkit.errors import InputError

FORCED = ("utf-8", "utf-7", "utf-16", "utf-32", "cp1251", "koi8-u", "gb18030", "punycode", "unicode_escape", "hz")
SEEDS = (
    b"The ministry said on Monday \xe2\x80\x93 it fell.",
    "Министерство сообщило о взятии посёлка.".encode("cp1251"),
    "Бригада утримує село Їжаківка.".encode("utf-16"),
    b"\x00a\x00b\xd8\x00",
    b"+2AA-",
    b"%PDF-1.7",
)


def one(data: bytes) -> None:
    """Text comes out that can be written as UTF-8, or a refusal."""
    for encoding in (None, FORCED[len(data) % len(FORCED)]):
        try:
            decoded = decode(data, encoding=encoding)
        except InputError:
            continue
        decoded.text.encode("utf-8")
        assert 0 <= decoded.replaced <= len(decoded.text)
