"""``claimkit export``: claims in the forms of other programs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from claimkit.commands.database import Silence, database_option, output_option, read_material
from claimkit.commands.options import (
    SectionedCommand,
    option,
    reading_options,
    settings_from,
    settings_options,
    shared_options,
    values,
)
from claimkit.errors import UsageError
from claimkit.export.formats import BINARY, FOLDERS, Target, write
from claimkit.status import Exit
from claimkit.terminal import is_terminal, tell


@click.command(
    cls=SectionedCommand,
    examples=(
        ("claimkit export --db claims.db --to geojson -o claims.geojson", "a layer for QGIS"),
        ("claimkit export articles/ --to brat -o brat/claims", "a folder for people to correct"),
        ("claimkit export claims.jsonl --to csv | head", "from claims found before"),
    ),
)
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@option(
    "--to",
    "target",
    section="Output",
    type=click.Choice(values(Target)),
    required=True,
    metavar="FORMAT",
    help=f"{', '.join(Target)}.",
)
@output_option(
    metavar="FILE|FOLDER", help=f"A file, replaced only when complete; a new folder for {', '.join(sorted(FOLDERS))}."
)
@database_option
@reading_options
@settings_options
@option("-q", "--quiet", section="Options", is_flag=True, help="Do not say what was written.")
@shared_options
def command(*, paths: tuple[str, ...], **given: Any) -> int:
    """Write claims in the forms of other programs.

    PATHS are articles, or results of `claimkit extract` (.json, .jsonl); or read a database with --db. What each
    format keeps is told in docs/exports.md.
    """
    target, path = Target(given["target"]), given["output"]
    _check_place(target, path=path)
    watch = Silence()
    material = read_material(paths, given=given, settings=settings_from(given).settings, watch=watch)
    write(material, target=target, path=path)
    if path is not None and not given["quiet"]:
        tell(f"{path}: {len(material.claims)} claims as {target.value}")
    return Exit.SKIPPED if watch.inputs_skipped else Exit.DONE


def _check_place(target: Target, *, path: Path | None) -> None:
    """Refuse what cannot be written before anything is read."""
    if path is None and target in FOLDERS:
        raise UsageError(f"--to {target.value} is a folder", mend="name a new one with -o")
    if path is None and target in BINARY and is_terminal(sys.stdout):
        raise UsageError(f"--to {target.value} is not for a terminal", mend="name a file with -o")
