"""JSON Lines: one claim a line, compact, keys in the record's order; each article's lines go out when it is done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

import msgspec

from claimkit.export.fields import project
from claimkit.records import Record


def encode(claim: Record, *, fields: Sequence[str] = ()) -> bytes:
    """Give a claim or another record, or some of its fields, as compact JSON."""
    if not fields:
        return msgspec.json.encode(claim)
    return msgspec.json.encode(project(msgspec.to_builtins(claim), fields=fields))


class JsonLines:
    """Writes claims as they come.

    Args:
        stream: where to.
        fields: the fields to keep; all where empty.
    """

    def __init__(self, stream: BinaryIO, *, fields: Sequence[str] = ()) -> None:
        self._stream = stream
        self._fields = fields

    def add(self, document: Record, *, claims: Sequence[Record]) -> None:
        """Write the claims of one article."""
        lines = [encode(claim, fields=self._fields) + b"\n" for claim in claims]
        if lines:
            self._stream.write(b"".join(lines))
            self._stream.flush()

    def close(self) -> None:
        """Nothing is left to write."""
