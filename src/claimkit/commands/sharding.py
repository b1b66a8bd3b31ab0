"""``--shard I/N``: what it goes with, and where a shard's results go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec

from claimkit.commands.options import FILTERS
from claimkit.commands.sinks import Form, Output
from claimkit.errors import UsageError

if TYPE_CHECKING:
    from claimkit.extract import Extractor
    from claimkit.run import Sink
    from claimkit.settings import Settings
    from claimkit.sharding import Sharded


def sharded_by(given: Mapping[str, Any]) -> Sharded | None:
    """Give the share of the run that ``--shard`` asks for, if it does.

    Raises:
        UsageError: it is none, or another option does not go with it.
    """
    if given["shard"] is None:
        return None
    from claimkit.sharding import Shard, Sharded

    if given.get("scheduler") is not None or given.get("cluster") is not None:
        raise UsageError("--shard does not go with --scheduler or --cluster", mend="they share the articles out")
    return Sharded(Shard.parse(given["shard"]))


def check_form(output: Output, *, sharded: Sharded | None) -> None:
    """Check that the results of a shard can be merged.

    Raises:
        UsageError: not in this form.
    """
    if sharded is not None and output.form not in (Form.JSONL, Form.JSON):
        mend = "add --format jsonl; `claimkit export` writes what was merged in other forms"
        raise UsageError(f"--shard does not go with {output.form.value}", mend=mend)


def sink_of(
    stream: BinaryIO, *, sharded: Sharded | None, output: Output, extractor: Extractor, settings: Settings,
    given: Mapping[str, Any],
) -> Sink:  # fmt: skip
    """Make what writes the claims; those of a shard so that `claimkit merge` can join them with the others'."""
    if sharded is None:
        return output.sink(stream, extractor=extractor)
    from claimkit.export.shards import ShardDocument, ShardLines, head

    asked = {"settings": msgspec.to_builtins(settings), "fields": output.fields}
    first = head(sharded, generator=extractor.generator, asked=asked | {name: given[name] for name in FILTERS})
    made = ShardDocument if output.form is Form.JSON else ShardLines
    return made(stream, sharded=sharded, head=first, fields=output.fields)
