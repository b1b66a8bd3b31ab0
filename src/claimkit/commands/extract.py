"""``claimkit extract``: articles in, claims out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from claimkit import session
from claimkit.commands.options import (
    Invocation,
    SectionedCommand,
    cluster_options,
    jobs_option,
    option,
    reading_options,
    settings_from,
    settings_options,
    shared_options,
    values,
)
from claimkit.commands.sinks import CLAIM_FORMS, Form, Output
from claimkit.records import Claim, Document, EventType, Stance
from claimkit.status import Exit
from claimkit.terminal import Level, is_terminal, tell

if TYPE_CHECKING:
    from claimkit.extract import Extractor
    from claimkit.filters import Sought
    from claimkit.gazetteer import Gazetteer
    from claimkit.reader import Memory, Skipped
    from claimkit.run import Extracts
    from claimkit.settings import Settings
    from claimkit.sharding import Sharded


def make_extractor(settings: Settings, *, ahead: bool = True) -> Extractor:
    """Make what finds the claims, its tables read and checked; tests put a simpler one here.

    Args:
        settings: the extractor's.
        ahead: open the model beside what follows; not where other processes do the work.
    """
    if ahead and settings.pipeline is None:
        session.open_ahead()
    from claimkit.extract import Extractor

    return Extractor(settings=settings).load_tables()


@contextmanager
def working(extractor: Extractor, *, settings: Settings, jobs: int) -> Iterator[Extracts]:
    """Let an extractor work here, or as many as there are to be jobs in processes of their own."""
    if jobs == 1:
        yield extractor
        return
    from claimkit.pool import Pool

    with Pool(make_extractor, settings=settings, jobs=jobs) as pool:
        yield pool


def places_sought(gazetteer: Gazetteer) -> Callable[[str], Sought]:
    """Give the look-up of places by any of their names, for ``--place``.

    A name that means several places gives all; a region's or a country's also stands for what lies inside.
    """
    from claimkit.filters import Sought
    from claimkit.gazetteer_records import REGIONS, PlaceKind

    def sought(name: str) -> Sought:
        match = gazetteer.lookup(name)
        meant = (match.place,) if match.place else tuple(gazetteer.get(other.id) for other in match.candidates)
        places = [place for place in meant if place is not None]
        if not places:
            tell(f"--place {name!r} is not in the gazetteer; compared as it is written", level=Level.WARNING)
        return Sought(
            ids=frozenset(place.id for place in places),
            regions=frozenset((place.country, place.name) for place in places if place.kind in REGIONS),
            countries=frozenset(
                place.country for place in places if place.kind == PlaceKind.COUNTRY and place.country is not None
            ),
        )

    return sought


@click.command(
    cls=SectionedCommand,
    examples=(
        ("claimkit extract articles/ --place Pokrovsk --stance deny", "who denies what about one place"),
        ("claimkit extract article.txt --published 2025-12-01 -o claims.csv", "a file for a spreadsheet"),
        ("curl -s URL | claimkit extract - | jq -r .claimant.id", "an article from a pipe"),
    ),
)
@click.argument("paths", nargs=-1, metavar="[PATHS | -]...")
@option(
    "--format",
    "form",
    section="Output",
    type=click.Choice([*(form.value for form in CLAIM_FORMS), "parquet"]),
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
@option(
    "--db",
    section="Output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Keep results in a database: known articles are not read again, its ledger is made anew.",
)
@option("--lock-wait", section="Output", type=click.FloatRange(0), default=0.0, metavar="SECONDS", help="For --db.")
@option("--fields", section="Output", metavar="A,B.C", help="Only these fields, such as claimant.id,stance.")
@option("--shard", section="Output", metavar="I/N", help="Do the I-th of N shares of the articles; see `merge`.")
@option("--by", section="Output", type=click.Choice(["article", "place"]), default="article", help="Group the table.")
@option("--csv-raw", section="Output", is_flag=True, help="In CSV, leave text that a spreadsheet would run.")
@option("--place", section="Filters", multiple=True, metavar="NAME", help="By any of its names; or those in a region.")
@option("--claimant", section="Filters", multiple=True, metavar="WHO", help="By code or name: RUS, Ukraine.")
@option("--stance", section="Filters", multiple=True, type=click.Choice(values(Stance)), help="What the source does.")
@option(
    "--event",
    section="Filters",
    multiple=True,
    type=click.Choice(values(EventType)),
    metavar="CLASS",
    help=f"{', '.join(EventType)}.",
)
@option("--since", section="Filters", metavar="DATE", help="From this day on: the event's date, else the article's.")
@option("--until", section="Filters", metavar="DATE", help="Up to and with this day.")
@option(
    "--min-confidence",
    section="Filters",
    type=click.FloatRange(0, 1),
    default=0.0,
    metavar="0..1",
    help="Leave out claims that are less sure.",
)
@reading_options
@settings_options
@jobs_option
@cluster_options
@option("--strict", section="Options", is_flag=True, help="Stop at the first input that cannot be read, exit 1.")
@option("--exit-code", section="Options", is_flag=True, help="Exit 10 if there are claims to show.")
@option("-q", "--quiet", section="Options", is_flag=True, help="No progress, no counts, no warnings.")
@option("-v", "--verbose", section="Options", is_flag=True, help="A line for each article.")
@shared_options
@click.pass_context
def command(ctx: click.Context, /, paths: tuple[str, ...], **given: Any) -> int:
    """Find the claims in articles.

    PATHS are files, folders (read with all below them) and - for standard input, which is also read when it is a pipe
    and no path is given.
    """
    if not paths and is_terminal(sys.stdin):
        click.echo(ctx.get_help(), err=True)
        return Exit.USAGE
    return extract_all(paths or ("-",), given=given, debug=ctx.ensure_object(Invocation).debug)


def extract_all(paths: Sequence[str], *, given: Mapping[str, Any], debug: bool) -> int:
    """Do what the command line says; the options are checked before anything slow is loaded.

    Returns:
        The exit status.
    """
    from claimkit.commands.distributed import extract_to_parts, is_distributed
    from claimkit.commands.keeping import kept
    from claimkit.commands.progress import Reporter
    from claimkit.commands.sharding import check_form, sharded_by, sink_of
    from claimkit.export.files import opened
    from claimkit.run import run

    sharded = sharded_by(given)
    if is_distributed(given):
        return extract_to_parts(
            lambda settings: read_inputs(paths, settings=settings),
            given=given,
            make=make_extractor,
            keeper=_keeper,
            debug=debug,
        )
    output = Output.from_options(given)
    check_form(output, sharded=sharded)
    settings = settings_from(given).settings
    extractor = make_extractor(settings, ahead=given["jobs"] == 1)
    keep = _keeper(given, extractor=extractor)
    reporter = Reporter.from_options(given, output=output)
    with (
        working(extractor, settings=settings, jobs=given["jobs"]) as worker,
        kept(
            worker,
            generator=lambda: extractor.generator,
            given=given,
            paths=paths,
            settings=settings,
            sharded=sharded,
        ) as keeping,
        opened(output.path) as stream,
    ):
        sink = sink_of(stream, sharded=sharded, output=output, extractor=extractor, settings=settings, given=given)
        with reporter:
            tally = run(
                read_inputs(paths, settings=settings, memory=keeping.memory, sharded=sharded),
                extractor=keeping.extracting,
                sink=sink,
                keep=keep,
                watch=reporter,
                strict=given["strict"],
                debug=debug,
            )
        keeping.skipped = tally.skipped
        sink.close()
    reporter.end(tally)
    if tally.skipped:
        return Exit.SKIPPED
    return Exit.FOUND if given["exit_code"] and tally.kept else Exit.DONE


def read_inputs(
    paths: Sequence[str], *, settings: Settings, memory: Memory | None = None, sharded: Sharded | None = None
) -> Iterator[Document | Skipped]:
    """Read the articles of the command line."""
    from claimkit.reader import read_paths

    stdin = sys.stdin.buffer if sys.stdin else None
    return read_paths(paths, settings=settings, stdin=stdin, memory=memory, sharded=sharded)


def _keeper(given: Mapping[str, Any], *, extractor: Extractor) -> Callable[[Claim], bool]:
    from claimkit.filters import Filters, Sought, keeper

    filters = Filters(
        places=given["place"],
        claimants=given["claimant"],
        stances=tuple(Stance(value) for value in given["stance"]),
        events=tuple(EventType(value) for value in given["event"]),
        since=given["since"],
        until=given["until"],
        min_confidence=given["min_confidence"],
    )
    return keeper(filters, sought=places_sought(extractor.gazetteer) if filters.places else lambda _name: Sought())
