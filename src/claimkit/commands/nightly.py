"""``claimkit nightly``: all that a nightly job does, in one command."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from claimkit.commands.options import (
    Invocation,
    SectionedCommand,
    jobs_option,
    option,
    reading_options,
    settings_from,
    settings_options,
    shared_options,
)
from claimkit.status import Exit
from claimkit.terminal import Color, tell

if TYPE_CHECKING:
    from claimkit.ledger_diff import Change
    from claimkit.ledger_records import Ledger
    from claimkit.run import Tally
    from claimkit.store import Store

LEDGER, CHANGES, REPORT = "ledger.json", "changes.json", "report.html"


@click.command(
    cls=SectionedCommand,
    examples=(
        (
            "claimkit nightly articles/ --db claims.db --report-dir report/",
            "extract what is new, and tell what changed",
        ),
        ("claimkit nightly articles/ --db claims.db --report-dir report/ --exit-code", "10 if something changed"),
    ),
)
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLES...")
@option("--db", section="Output", metavar="FILE", required=True, type=click.Path(path_type=Path), help="The database.")
@option(
    "--report-dir",
    section="Output",
    metavar="FOLDER",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Where the ledger, the changes and the report go.",
)
@option(
    "--lock-wait", section="Options", type=click.FloatRange(0), default=0.0, metavar="SECONDS", help="Else exit 75."
)
@reading_options
@settings_options
@jobs_option
@option("--strict", section="Options", is_flag=True, help="Stop at the first input that cannot be read, exit 1.")
@option("--exit-code", section="Options", is_flag=True, help="Exit 10 if something changed since the last run.")
@option("-q", "--quiet", section="Options", is_flag=True, help="Say nothing but errors and what was skipped.")
@shared_options
@click.pass_context
def command(ctx: click.Context, /, articles: tuple[str, ...], **given: Any) -> int:
    """Do what a nightly job needs: extract what is new, ledger, changes, report.

    The changes are those since the last run that was finished; the run leaves a record in the database.

    One run at a time: another one at work on the database means exit 75.
    """
    from claimkit.commands import extract
    from claimkit.commands.database import Silence
    from claimkit.commands.keeping import now, world
    from claimkit.incremental import Incremental, opened_store, refresh_ledger, sorted_skips
    from claimkit.ledger_diff import changes
    from claimkit.ledger_records import Ledger
    from claimkit.reader import read_paths
    from claimkit.run import run

    settings = settings_from(given).settings
    given["report_dir"].mkdir(parents=True, exist_ok=True)
    with opened_store(given["db"], wait=given["lock_wait"]) as store:
        _tidy(given["report_dir"])
        extractor = extract.make_extractor(settings, ahead=given["jobs"] == 1)
        generator = extractor.generator
        number = store.begin_run("nightly", generator=generator, started=now())
        with extract.working(extractor, settings=settings, jobs=given["jobs"]) as worker:
            incremental = Incremental(worker, generator=generator, store=store, settings=settings)
            tally = run(
                read_paths(
                    articles, settings=settings, stdin=sys.stdin.buffer if sys.stdin else None, memory=incremental
                ),
                extractor=incremental,
                sink=_Nowhere(),
                keep=lambda _claim: True,
                watch=Silence(),
                strict=given["strict"],
                debug=ctx.ensure_object(Invocation).debug,
            )
        incremental.forget(articles, skipped=[path for path, _ in tally.skipped])
        ledger = refresh_ledger(store, settings=settings, **world(settings))
        found = changes(store.baseline() or Ledger(as_of=None, propositions=()), ledger)
        _write(given["report_dir"], ledger=ledger, found=found, store=store, most=settings.report_claims)
        counts = (tally.articles, incremental.extracted, incremental.removed, store.count())
        store.end_run(number, finished=now(), counts=counts, skipped=sorted_skips(tally.skipped), baseline=ledger)
    if not given["quiet"]:
        _tell(tally, extracted=incremental.extracted, ledger=ledger, found=found, color=Color(given["color"]))
    if tally.skipped:
        return Exit.SKIPPED
    return Exit.FOUND if given["exit_code"] and found else Exit.DONE


def _tidy(folder: Path) -> None:
    """Remove what a run that was killed had begun to write; this one alone writes here now."""
    for name in (LEDGER, CHANGES, REPORT):
        for begun in folder.glob(f".{name}.*.tmp"):
            begun.unlink(missing_ok=True)


class _Nowhere:
    """A sink for a run whose results stay in the database."""

    def add(self, document: object, *, claims: object) -> None:
        """Let go of one article."""

    def close(self) -> None:
        """Nothing is left to write."""


def _write(folder: Path, *, ledger: Ledger, found: Iterable[Change], store: Store, most: int) -> None:
    from claimkit import report
    from claimkit.commands.database import write

    write((), lines=(), whole=ledger, form="json", path=folder / LEDGER)
    write(found, lines=(), form="json", path=folder / CHANGES)
    shown = report.latest(ledger, store.claims(), store.documents(), most=most)
    report.write(*shown[:3], folder / REPORT, left_out=shown.left_out)


def _tell(tally: Tally, *, extracted: int, ledger: Ledger, found: Iterable[Change], color: Color) -> None:
    from claimkit.ledger_text import change_lines

    tell(f"{tally.line()}, {extracted} new; {len(ledger.propositions)} propositions", color=color)
    for line in change_lines(tuple(found)):
        tell(line, color=color)
