"""Bytes of a metadata table: CSV, TSV, JSON Lines."""

from __future__ import annotations

import msgspec

from claimkit.errors import ConfigurationError
from claimkit.metadata import parse_metadata

SUFFIXES = ("", ".csv", ".tsv", ".jsonl")
SEEDS = (
    b'document,published,outlet\none,2025-12-01,"Example, Ltd"\n',
    b"document\tpublished\none\t1 December 2025\n",
    b"\xef\xbb\xbfdocument;title\n\none;x\n",
    b'{"document": "one", "published": "2025-12-01", "title": "\\ud800", "url": [[1e999]]}\n',
    b'document,title\r\none,"a\nb\n',
)


def one(data: bytes) -> None:
    """Rows come out that JSON can hold, or problems on one line."""
    for suffix in SUFFIXES:
        try:
            found = parse_metadata(data, name="m", suffix=suffix)
        except ConfigurationError as error:
            assert str(error)
            continue
        msgspec.json.encode(found)
