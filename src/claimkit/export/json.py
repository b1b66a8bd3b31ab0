"""JSON: all of a run as one object, with what made it and a report of each article."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, BinaryIO

import msgspec

from claimkit.export.jsonl import encode
from claimkit.records import Generator, Record


class JsonDocument:
    """Gathers the run and writes it at the end; claims are kept as the bytes that will be written.

    Args:
        stream: where to.
        generator: which program, model and data made the result.
        fields: the fields of a claim to keep; all where empty.
        schema: the name of the form.
        key: what the list of records is called.
    """

    def __init__(
        self,
        stream: BinaryIO,
        *,
        generator: Generator,
        fields: Sequence[str] = (),
        schema: str = "claimkit/1",
        key: str = "claims",
    ) -> None:
        self._schema = schema
        self._key = key
        self._stream = stream
        self._generator = generator
        self._fields = fields
        self._documents: list[Record] = []
        self._claims: list[bytes] = []

    def add(self, document: Record, *, claims: Sequence[Record]) -> None:
        """Take in one article."""
        self._documents.append(document)
        self._claims.extend(encode(claim, fields=self._fields) for claim in claims)

    def close(self) -> None:
        """Write the object."""
        self._stream.write(msgspec.json.format(msgspec.json.encode(self.whole()), indent=2) + b"\n")

    def whole(self) -> dict[str, Any]:
        """Give the object."""
        return {
            "schema": self._schema,
            "generator": self._generator,
            "documents": self._documents,
            self._key: [msgspec.Raw(claim) for claim in self._claims],
        }
