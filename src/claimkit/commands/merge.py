"""``claimkit merge``: the results of all shards in, the results of the whole run out."""

from __future__ import annotations

from pathlib import Path

import click

from claimkit.commands.database import output_option
from claimkit.commands.options import SectionedCommand, option, shared_options
from claimkit.errors import InputError
from claimkit.status import Exit
from claimkit.terminal import Color, tell


@click.command(
    cls=SectionedCommand,
    examples=(
        ("claimkit extract articles/ --shard 1/2 -o part-1.jsonl", "each share of the run, on any machine"),
        ("claimkit merge part-*.jsonl -o claims.jsonl", "the same bytes as of one run"),
    ),
)
@click.argument("results", nargs=-1, required=True, metavar="RESULTS...", type=click.Path(path_type=Path))
@output_option(help="Write to a file, replaced only when complete.")
@option("-q", "--quiet", section="Options", is_flag=True, help="No counts.")
@shared_options
def command(results: tuple[Path, ...], *, output: Path | None, quiet: bool, color: str) -> int:
    """Join the results of all shards of a run into those of the whole run.

    RESULTS are their files, JSON Lines or JSON, in any order; they are read as streams.
    """
    from claimkit.export.files import opened
    from claimkit.export.merging import merge

    for path in results:
        if not path.is_file():
            what = "not a regular file" if path.exists() else "no such file"
            raise InputError(what, where=str(path), mend="give the files that `claimkit extract --shard` wrote")
    with opened(output) as stream:
        merged = merge(results, stream=stream)
    if not quiet:
        shards = "1 shard" if merged.shards == 1 else f"{merged.shards} shards"
        claims = "1 claim" if merged.claims == 1 else f"{merged.claims} claims"
        tell(f"{shards}, {claims}", color=Color(color))
    return Exit.DONE
