"""``claimkit places``: articles in, every place that they name out, resolved."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from claimkit.commands import extract as extract_command
from claimkit.commands.options import (
    Invocation,
    SectionedCommand,
    option,
    reading_options,
    settings_from,
    settings_options,
    shared_options,
    values,
)
from claimkit.commands.sinks import Form, Output, draw
from claimkit.status import Exit
from claimkit.terminal import is_terminal

if TYPE_CHECKING:
    from claimkit.extract import Extractor
    from claimkit.mentions import Mention, Mentions, MentionsReport
    from claimkit.records import Document
    from claimkit.run import Sink

SCHEMA = "claimkit-places/1"
CSV_FIELDS = (
    "document",
    "published",
    "outlet",
    "place.id",
    "place.name",
    "place.text",
    "place.start",
    "place.end",
    "place.kind",
    "place.country",
    "place.admin1",
    "place.lat",
    "place.lon",
    "place.name_used",
    "place.match",
    "place.score",
    "place.candidates.id",
    "sentence.text",
)


class PlaceFinder:
    """Finds the places of an article, as a run wants it."""

    def __init__(self, extractor: Extractor) -> None:
        self._extractor = extractor

    def extract(self, text_or_document: Document, /) -> Mentions:
        """Give the place mentions of one article."""
        return self._extractor.places(text_or_document)


class PlaceTable:
    """Gathers the mentions and shows them by place at the end."""

    def __init__(self, stream: BinaryIO, *, output: Output) -> None:
        self._stream = stream
        self._output = output
        self._articles = 0
        self._mentions: list[Mention] = []

    def add(self, document: MentionsReport, *, claims: Sequence[Mention]) -> None:
        """Take in one article."""
        self._articles += 1
        self._mentions.extend(claims)

    def close(self) -> None:
        """Render the table."""
        from claimkit.place_table import render_places
        from claimkit.tables import render_fields

        if self._output.fields:
            by = partial(render_fields, self._mentions, fields=self._output.fields)
        else:
            by = partial(render_places, self._mentions, articles=self._articles)
        draw(self._stream, output=self._output, by=by)


@click.command(
    cls=SectionedCommand,
    examples=(
        ("claimkit places articles/", "a table: each place, how often it is named, and by which names"),
        ("claimkit places articles/ -o places.geojson", "a map layer for QGIS"),
        ("claimkit places articles/ | jq -r 'select(.place.id == null).place.text'", "the names that stayed open"),
    ),
)
@click.argument("paths", nargs=-1, metavar="[PATHS | -]...")
@option(
    "--format",
    "form",
    section="Output",
    type=click.Choice(values(Form)),
    default=Form.AUTO.value,
    help="auto: a table on a terminal, JSON Lines in a pipe, or what the name of -o says.",
)
@option(
    "-o",
    "--output",
    section="Output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write to a file, replaced only when complete.",
)
@option("--fields", section="Output", metavar="A,B.C", help="Only these fields, such as place.name,place.match.")
@option("--csv-raw", section="Output", is_flag=True, help="In CSV, leave text that a spreadsheet would run.")
@reading_options
@settings_options
@option("--strict", section="Options", is_flag=True, help="Stop at the first input that cannot be read, exit 1.")
@option("--exit-code", section="Options", is_flag=True, help="Exit 10 if there are places to show.")
@option("-q", "--quiet", section="Options", is_flag=True, help="No progress, no counts, no warnings.")
@option("-v", "--verbose", section="Options", is_flag=True, help="A line for each article.")
@shared_options
@click.pass_context
def command(ctx: click.Context, /, paths: tuple[str, ...], **given: Any) -> int:
    """Find the places that articles name.

    Every mention comes with its offsets, how its name was matched and, where the name stays open, what it could be.
    PATHS are files, folders (read with all below them) and - for standard input, which is also read when it is a pipe
    and no path is given.
    """
    if not paths and is_terminal(sys.stdin):
        click.echo(ctx.get_help(), err=True)
        return Exit.USAGE
    return places_of(paths or ("-",), given=given, debug=ctx.ensure_object(Invocation).debug)


def places_of(paths: Sequence[str], *, given: Mapping[str, Any], debug: bool) -> int:
    """Do what the command line says; the options are checked before anything slow is loaded.

    Returns:
        The exit status.
    """
    from claimkit.commands.progress import Reporter
    from claimkit.export.files import opened
    from claimkit.mentions import Mention
    from claimkit.reader import read_paths
    from claimkit.run import run

    output = Output.from_options(given, forms=tuple(Form), kind=Mention)
    settings = settings_from(given).settings
    extractor = extract_command.make_extractor(settings)
    reporter = Reporter.from_options(given, output=output, counts_of=_counts)
    with opened(output.path) as stream:
        sink = _sink(output, stream=stream, extractor=extractor)
        with reporter:
            tally = run(
                read_paths(paths, settings=settings, stdin=sys.stdin.buffer if sys.stdin else None),
                extractor=PlaceFinder(extractor),
                sink=sink,
                keep=lambda _mention: True,
                watch=reporter,
                strict=given["strict"],
                debug=debug,
                noun="place mention",
            )
        sink.close()
    reporter.end(tally)
    if tally.skipped:
        return Exit.SKIPPED
    return Exit.FOUND if given["exit_code"] and tally.kept else Exit.DONE


def _counts(report: MentionsReport) -> str:
    return f"{report.places} place mentions, {report.places_unresolved} unresolved"


def _sink(output: Output, *, stream: BinaryIO, extractor: Extractor) -> Sink:
    match output.form:
        case Form.JSON:
            from claimkit.export.json import JsonDocument

            generator = extractor.generator
            return JsonDocument(stream, generator=generator, fields=output.fields, schema=SCHEMA, key="places")
        case Form.CSV:
            from claimkit.export.csv import Csv

            return Csv(stream, fields=output.fields or CSV_FIELDS, raw=output.csv_raw)
        case Form.GEOJSON:
            from claimkit.export.geojson import GeoJson

            return GeoJson(stream, fields=output.fields)
        case Form.TABLE:
            return PlaceTable(stream, output=output)
        case _:
            from claimkit.export.jsonl import JsonLines

            return JsonLines(stream, fields=output.fields)
