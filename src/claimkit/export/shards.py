"""What a run with ``--shard`` writes: its results, and where each article stands, so that they can be merged.

JSON Lines begin with a :class:`~claimkit.sharding.ShardHead`, have a :class:`~claimkit.sharding.ShardArticle` before
the claims of each article that has some, and end with a :class:`~claimkit.sharding.ShardEnd`. JSON has the head under
``shard`` and a mark for each document under ``order``; all else is as without ``--shard``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, BinaryIO

import msgspec

from claimkit.export.json import JsonDocument
from claimkit.export.jsonl import JsonLines
from claimkit.records import DocumentReport, Generator, Record
from claimkit.sharding import ShardArticle, Sharded, ShardEnd, ShardHead


def head(sharded: Sharded, *, generator: Generator, asked: Mapping[str, Any]) -> ShardHead:
    """Make the head of a shard's results.

    Args:
        sharded: the run.
        generator: which program, model and data make the results.
        asked: what else their bytes depend on: settings, filters, fields.
    """
    digest = hashlib.sha256(msgspec.json.encode(asked, order="deterministic")).hexdigest()
    return ShardHead(shard=sharded.shard.number, of=sharded.shard.of, generator=generator, asked=digest)


class ShardLines:
    """Writes a shard's claims as JSON Lines, as they come.

    Args:
        stream: where to.
        sharded: the run.
        head: its head.
        fields: the fields to keep; all where empty.
    """

    def __init__(self, stream: BinaryIO, *, sharded: Sharded, head: ShardHead, fields: Sequence[str] = ()) -> None:
        self._stream = stream
        self._sharded = sharded
        self._lines = JsonLines(stream, fields=fields)
        self._articles = 0
        self._claims = 0
        self._write(head)

    def add(self, document: DocumentReport, *, claims: Sequence[Record]) -> None:
        """Write the claims of one article."""
        position = self._sharded.position(document.path)
        self._articles += 1
        self._claims += len(claims)
        if claims:
            self._write(ShardArticle.at(position, claims=len(claims)))
            self._lines.add(document, claims=claims)

    def close(self) -> None:
        """Say that this is all."""
        self._write(ShardEnd(articles=self._articles, claims=self._claims))

    def _write(self, mark: Record) -> None:
        self._stream.write(msgspec.json.encode(mark) + b"\n")


class ShardDocument(JsonDocument):
    """Gathers a shard's run and writes it as JSON at the end.

    Args:
        stream: where to.
        sharded: the run.
        head: its head.
        fields: the fields of a claim to keep; all where empty.
    """

    def __init__(self, stream: BinaryIO, *, sharded: Sharded, head: ShardHead, fields: Sequence[str] = ()) -> None:
        super().__init__(stream, generator=head.generator, fields=fields)
        self._sharded = sharded
        self._head = head
        self._order: list[ShardArticle] = []

    def add(self, document: Record, *, claims: Sequence[Record]) -> None:
        """Take in one article."""
        assert isinstance(document, DocumentReport)
        self._order.append(ShardArticle.at(self._sharded.position(document.path), claims=len(claims)))
        super().add(document, claims=claims)

    def whole(self) -> dict[str, Any]:
        """Give the object."""
        schema, rest = "schema", super().whole()
        return {schema: rest.pop(schema), "shard": self._head, "order": self._order, **rest}
