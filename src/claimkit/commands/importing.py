"""``claimkit import``: claims that people annotated, as claimkit's own records."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from claimkit.commands.database import Silence, output_option
from claimkit.commands.options import (
    SectionedCommand,
    option,
    reading_options,
    settings_from,
    settings_options,
    shared_options,
    values,
)
from claimkit.errors import ClaimkitError, UsageError
from claimkit.status import Exit
from claimkit.terminal import Level, tell

if TYPE_CHECKING:
    from claimkit.annotated.annotation import Annotated
    from claimkit.settings import Settings


class Tool(StrEnum):
    """What ``--from`` takes."""

    BRAT = "brat"
    LABELSTUDIO = "labelstudio"


@click.command(
    "import",
    cls=SectionedCommand,
    examples=(
        ("claimkit import --from brat brat/claims -o gold.jsonl", "a folder that brat works on"),
        ("claimkit import --from labelstudio project.json -o gold --by-article", "a file for each article"),
    ),
)
@click.argument("path", type=click.Path(path_type=Path), metavar="FOLDER|FILE")
@option(
    "--from", "tool", section="Reading", type=click.Choice(values(Tool)), required=True, help="The annotation tool."
)
@output_option(
    metavar="FILE|FOLDER", help="Write to a file, replaced only when complete; with --by-article to a new folder."
)
@option(
    "--by-article",
    section="Output",
    is_flag=True,
    help="A file for each article, also for one without a claim, so that spurious claims in it count.",
)
@reading_options
@settings_options
@option("-q", "--quiet", section="Options", is_flag=True, help="No counts, and not what was passed over.")
@shared_options
def command(*, path: Path, **given: Any) -> int:
    """Read claims that people annotated in brat or Label Studio.

    They come as JSON Lines. Reads a folder that was exported with `claimkit export --to brat`, or the JSON export of
    a Label Studio project with the interface of `claimkit export --to labelstudio`.
    """
    from claimkit.export.files import opened, write_folder
    from claimkit.export.jsonl import encode

    output: Path | None = given["output"]
    if given["by_article"] and output is None:
        raise UsageError("--by-article writes a folder", mend="name a new one with -o")
    watch = Silence()
    articles = list(_annotated(path, given=given, settings=settings_from(given).settings, watch=watch))
    if not articles:
        raise ClaimkitError("holds no annotated article", where=str(path), mend="see above for what was skipped")
    if given["by_article"] and output is not None:
        write_folder(output, files=_by_article(articles))
    else:
        with opened(output) as stream:
            stream.writelines(encode(claim) + b"\n" for article in articles for claim in article.claims)
    if not given["quiet"]:
        for reason in (reason for article in articles for reason in article.passed_over):
            tell(reason, level=Level.WARNING)
        tell(f"{len(articles)} articles, {sum(len(article.claims) for article in articles)} claims")
    return Exit.SKIPPED if watch.inputs_skipped else Exit.DONE


def _annotated(path: Path, *, given: dict[str, Any], settings: Settings, watch: Silence) -> Iterator[Annotated]:
    from claimkit.annotated import brat, labelstudio
    from claimkit.annotated.annotation import World
    from claimkit.gazetteer import Gazetteer
    from claimkit.parties import Parties
    from claimkit.reader import Skipped

    world = World(
        parties=Parties.load(Path(own) for own in settings.actors),
        gazetteer=Gazetteer.load(Path(own) for own in settings.gazetteer),
    )
    read = brat.read if Tool(given["tool"]) is Tool.BRAT else labelstudio.read
    for item in read(path, settings=settings, world=world):
        if isinstance(item, Skipped):
            watch.skipped(item.path, reason=item.reason)
        else:
            yield item


def _by_article(articles: list[Annotated]) -> Iterator[tuple[str, bytes]]:
    from claimkit.export.filenames import FileNames, stem
    from claimkit.export.jsonl import encode

    names = FileNames()
    for article in articles:
        lines = b"".join(encode(claim) + b"\n" for claim in article.claims)
        yield f"{names.give(stem(article.document.path))}.jsonl", lines
