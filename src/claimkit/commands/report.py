"""``claimkit report``: the ledger as a page to read, print and send."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

import click

from claimkit.commands.arguments import as_text
from claimkit.commands.database import Silence, database_option, day_of, read_material
from claimkit.commands.keeping import world
from claimkit.commands.options import (
    SectionedCommand,
    option,
    reading_options,
    settings_from,
    settings_options,
    shared_options,
    values,
)
from claimkit.status import Exit
from claimkit.terminal import is_terminal, tell


class Form(StrEnum):
    """What ``--format`` takes."""

    AUTO = "auto"
    HTML = "html"
    MD = "md"
    TEXT = "text"


FORM_OF_SUFFIX = {".html": Form.HTML, ".htm": Form.HTML, ".md": Form.MD, ".markdown": Form.MD, ".txt": Form.TEXT}


@click.command(
    cls=SectionedCommand,
    examples=(
        ("claimkit report articles/ -o report.html", "a page that needs no network"),
        ("claimkit report --db claims.db -o report.md", "for mail and repositories"),
        ("claimkit report articles/", "on a terminal: a short digest"),
    ),
)
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@option(
    "--format",
    "form",
    section="Output",
    type=click.Choice(values(Form)),
    default=Form.AUTO.value,
    help="auto: what the name of -o says; else text on a terminal, html in a pipe.",
)
@option(
    "-o",
    "--output",
    section="Output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write to a file, replaced only when complete.",
)
@option("--title", section="Output", metavar="TEXT", help="The heading of the report.")
@option("--as-of", section="Filters", metavar="DATE", help="As it stood at the end of this day.")
@database_option
@reading_options
@settings_options
@option("-q", "--quiet", section="Options", is_flag=True, help="Do not say what was written.")
@shared_options
def command(*, paths: tuple[str, ...], **given: Any) -> int:
    """Write a report: who claims what, who denies it, on a map, over time, with every sentence.

    PATHS are articles, or results of `claimkit extract` (.json, .jsonl); or read a database with --db. The HTML page
    holds all it shows, works from a disk or a mail, and loads nothing.
    """
    from claimkit.ledger import build
    from claimkit.report import digest, latest, write

    path: Path | None = given["output"]
    form = _form(Form(given["form"]), path=path)
    as_of = day_of(given["as_of"], option="--as-of")
    settings = settings_from(given).settings
    watch = Silence()
    material = read_material(paths, given=given, settings=settings, watch=watch)
    claims, documents = material.claims, material.documents
    if as_of is not None:
        claims = tuple(claim for claim in claims if claim.published is not None and claim.published <= as_of)
        documents = tuple(document for document in documents if document.published and document.published <= as_of)
    ledger = build(claims, as_of=as_of, settings=settings, **world(settings))
    if form is Form.TEXT:
        from claimkit.export.files import opened

        with opened(path) as stream:
            stream.write(digest(ledger, claims, documents).encode("utf-8"))
    else:
        shown = latest(ledger, claims, documents, most=settings.report_claims)
        fmt: Literal["md", "html"] = "md" if form is Form.MD else "html"
        write(*shown[:3], path, fmt=fmt, title=as_text(given["title"] or "") or None, left_out=shown.left_out)
        if path is not None and not given["quiet"]:
            tell(f"{path}: {digest(ledger, claims, documents, most=0).splitlines()[0]}")
    return Exit.SKIPPED if watch.inputs_skipped else Exit.DONE


def _form(form: Form, *, path: Path | None) -> Form:
    if form is not Form.AUTO:
        return form
    if path is not None:
        return FORM_OF_SUFFIX.get(path.suffix.lower(), Form.HTML)
    return Form.TEXT if is_terminal(sys.stdout) else Form.HTML
