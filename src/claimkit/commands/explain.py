"""``claimkit explain``: a claim's sentence with every span marked, and every reason for it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from claimkit.commands import extract
from claimkit.commands.options import (
    SectionedCommand,
    reading_options,
    settings_from,
    settings_options,
    shared_options,
)
from claimkit.errors import InputError, UsageError
from claimkit.terminal import Color, console, wants_color

if TYPE_CHECKING:
    from claimkit.records import Claim, Document
    from claimkit.settings import Settings


@click.command(
    cls=SectionedCommand, examples=(("claimkit explain article.txt:c-3f9a1c", "one claim; all without the id"),)
)
@click.argument("target", metavar="FILE[:CLAIM-ID]")
@reading_options
@settings_options
@shared_options
def command(*, target: str, **given: Any) -> None:
    """Show why: a claim's sentence with every span marked and every reason.

    The beginning of a claim's id is enough; without an id all claims of the file are explained.
    """
    from claimkit.explanation import explain

    path, claim_id = split_target(target)
    settings = settings_from(given).settings
    document = read_one(path, settings=settings)
    claims = extract.make_extractor(settings).extract(document).claims
    screen = console(sys.stdout, color=wants_color(Color(given["color"]), stream=sys.stdout))
    explain(chosen(claims, claim_id=claim_id, path=path), document=document, console=screen)


def split_target(target: str) -> tuple[str, str | None]:
    """Part ``FILE:CLAIM-ID``; a file whose whole name is that wins."""
    path, colon, claim_id = target.rpartition(":")
    if colon and claim_id.startswith("c-") and not Path(target).exists():
        return path, claim_id
    return target, None


def read_one(path: str, *, settings: Settings) -> Document:
    """Read the one article that a path names.

    Raises:
        InputError: it cannot be read.
        UsageError: the path holds several articles, or none.
    """
    from claimkit.reader import Skipped, read_paths

    found = list(read_paths([path], settings=settings, stdin=sys.stdin.buffer if sys.stdin else None))
    if len(found) != 1:
        raise UsageError(f"{len(found)} articles here", where=path, mend="name one file")
    if isinstance(found[0], Skipped):
        raise InputError(found[0].reason, where=found[0].path)
    return found[0]


def chosen(claims: tuple[Claim, ...], *, claim_id: str | None, path: str) -> tuple[Claim, ...]:
    """Give the claims whose id begins as asked for; all where nothing is.

    Raises:
        UsageError: no claim's id does.
    """
    found = tuple(claim for claim in claims if claim.id.startswith(claim_id or ""))
    if claim_id and not found:
        raise UsageError(f"no claim {claim_id!r}", where=path, mend=f"list them: claimkit extract {path}")
    return found
