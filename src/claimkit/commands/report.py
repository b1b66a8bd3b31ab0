"""``claimkit report``: the ledger as a page to read, print and send."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from contextlib import closing
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from claimkit.commands.database import RESULTS, Silence, database_option, day_of, read_claims
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
from claimkit.errors import UsageError
from claimkit.status import Exit
from claimkit.terminal import is_terminal, tell

if TYPE_CHECKING:
    from claimkit.extract import Extractor
    from claimkit.records import Claim, Document, Extraction
    from claimkit.settings import Settings


class Form(StrEnum):
    """What ``--format`` takes."""

    AUTO = "auto"
    HTML = "html"
    MD = "md"
    TEXT = "text"


FORM_OF_SUFFIX = {".html": Form.HTML, ".htm": Form.HTML, ".md": Form.MD, ".markdown": Form.MD, ".txt": Form.TEXT}


class _Keeping:
    """An extractor that keeps the articles it has seen: their texts are read in the report."""

    def __init__(self, extractor: Extractor) -> None:
        self._extractor = extractor
        self.documents: list[Document] = []
        self.claims: list[Claim] = []

    def extract(self, text_or_document: Document, /) -> Extraction:
        """Give the claims of one article."""
        found = self._extractor.extract(text_or_document)
        self.documents.append(text_or_document)
        self.claims.extend(found.claims)
        return found


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
    from claimkit.report import digest, write

    if bool(paths) == (given["db"] is not None):
        raise UsageError("give either PATHS or --db", mend="see claimkit report --help")
    path: Path | None = given["output"]
    form = _form(Form(given["form"]), path=path)
    as_of = day_of(given["as_of"], option="--as-of")
    settings = settings_from(given).settings
    watch = Silence()
    claims, documents = _read(paths, given=given, settings=settings, watch=watch)
    if as_of is not None:
        claims = [claim for claim in claims if claim.published is not None and claim.published <= as_of]
        documents = [document for document in documents if document.published and document.published <= as_of]
    ledger = build(claims, as_of=as_of, settings=settings, **world(settings))
    if form is Form.TEXT:
        from claimkit.export.files import opened

        with opened(path) as stream:
            stream.write(digest(ledger, claims, documents).encode("utf-8"))
    else:
        write(ledger, claims, documents, path, fmt="md" if form is Form.MD else "html", title=given["title"])
        if path is not None and not given["quiet"]:
            tell(f"{path}: {digest(ledger, claims, documents, most=0).splitlines()[0]}")
    return Exit.SKIPPED if watch.inputs_skipped else Exit.DONE


def _form(form: Form, *, path: Path | None) -> Form:
    if form is not Form.AUTO:
        return form
    if path is not None:
        return FORM_OF_SUFFIX.get(path.suffix.lower(), Form.HTML)
    return Form.TEXT if is_terminal(sys.stdout) else Form.HTML


def _read(
    paths: Sequence[str], *, given: Mapping[str, Any], settings: Settings, watch: Silence
) -> tuple[list[Claim], list[Document]]:
    """Give the claims and the articles; results written before have no articles' texts."""
    if given["db"] is not None:
        from claimkit.store import Store

        with closing(Store(given["db"], create=False)) as store:
            return list(store.claims()), list(store.documents())
    from claimkit.commands import extract
    from claimkit.reader import read_paths
    from claimkit.run import run

    results = [path for path in paths if path.lower().endswith(RESULTS)]
    articles = [path for path in paths if path not in results]
    claims = read_claims(results, settings=settings, watch=watch) if results else []
    if not articles:
        return claims, []
    keeping = _Keeping(extract.make_extractor(settings))
    run(
        read_paths(articles, settings=settings, stdin=sys.stdin.buffer if sys.stdin else None),
        extractor=keeping,
        sink=_Nowhere(),
        keep=lambda _claim: True,
        watch=watch,
    )
    return [*claims, *keeping.claims], keeping.documents


class _Nowhere:
    """A sink for claims that are kept elsewhere."""

    def add(self, document: object, *, claims: object) -> None:
        """Take in one article."""

    def close(self) -> None:
        """Nothing is left to write."""
