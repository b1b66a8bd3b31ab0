"""How a run is cut into partitions, and what all of them have in common."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any, BinaryIO, Final, NamedTuple

import msgspec

from claimkit.reader import Skipped
from claimkit.records import Claim, Document, Generator, Record
from claimkit.run import Sink
from claimkit.settings import Settings
from claimkit.store import article_key

PART_ARTICLES: Final = 200
"""Inputs of a partition: about a minute of one core."""
PART_CHARACTERS: Final = 4_000_000
"""Code points from which a partition is full, so that long articles do not make it large."""


class Plan(NamedTuple):
    """What every partition of a run has in common.

    Attributes:
        make: makes a worker's extractor; a function of a module, so that another process finds it.
        settings: the extractor's.
        generator: which program, model and data make the results.
        asked: what else the files depend on: their form, the fields, the filters.
        keep: which claims are wanted.
        sink: makes what writes a part.
        strict: end at the first input that cannot be used.
        debug: let faults through, with their tracebacks.
    """

    make: Callable[[Settings], Any]
    settings: Settings
    generator: Generator
    asked: dict[str, Any]
    keep: Callable[[Claim], bool]
    sink: Callable[[BinaryIO], Sink]
    strict: bool = False
    debug: bool = False


class Partition(Record, frozen=True, kw_only=True):
    """Articles that stand beside each other in the order of a run, and the inputs among them that cannot be used."""

    number: int
    inputs: tuple[Document | Skipped, ...]

    @property
    def documents(self) -> tuple[Document, ...]:
        """The articles."""
        return tuple(item for item in self.inputs if isinstance(item, Document))

    def key(self, plan: Plan) -> str:
        """Give a digest of all that the partition's file depends on."""
        digest = hashlib.sha256(msgspec.json.encode([plan.generator, plan.asked], order="deterministic"))
        for item in self.inputs:
            if isinstance(item, Document):
                digest.update(article_key(item, generator=plan.generator, settings=plan.settings).encode())
            else:
                digest.update(msgspec.json.encode(item))
        return digest.hexdigest()


def partitions(inputs: Iterable[Document | Skipped], *, articles: int) -> Iterator[Partition]:
    """Cut a run into partitions of so many inputs; the cuts depend on the inputs only."""
    number, held, characters = 0, list[Document | Skipped](), 0
    for item in inputs:
        held.append(item)
        characters += len(item.text) if isinstance(item, Document) else 0
        if len(held) >= articles or characters >= PART_CHARACTERS:
            yield Partition(number=number, inputs=tuple(held))
            number, held, characters = number + 1, [], 0
    if held:
        yield Partition(number=number, inputs=tuple(held))
