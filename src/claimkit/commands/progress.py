"""How a run goes, on standard error: a line that moves on a terminal, warnings, and one line of counts at the end."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from claimkit.commands.sinks import Form, Output
from claimkit.records import DocumentReport
from claimkit.terminal import Color, Level, console, is_terminal, one_line, tell, wants_color

if TYPE_CHECKING:
    from rich.progress import Progress

    from claimkit.run import Result, Tally


def claim_counts(report: DocumentReport) -> str:
    """Say how many claims an article has, and what was not used."""
    unused = f"{report.cues_without_claim} cues without a claim, {report.places_unresolved} places unresolved"
    return f"{report.claims} claims, {unused}"


class Reporter:
    """Tells standard error how a run goes; a context, in which the moving line is shown.

    Args:
        quiet: only what was skipped is told.
        verbose: every article gets a line.
        live: show a moving line.
        counts: tell the counts at the end.
        color: what ``--color`` said.
        counts_of: says the counts of one article, given its report.
    """

    def __init__(
        self, *, quiet: bool, verbose: bool, live: bool, counts: bool, color: Color, counts_of: Callable[[Any], str]
    ) -> None:
        self._counts_of = counts_of
        self._quiet = quiet
        self._verbose = verbose
        self._live = live
        self._counts = counts
        self._color = color
        self._began = time.monotonic()
        self._progress: Progress | None = None

    @classmethod
    def from_options(
        cls, given: Mapping[str, Any], *, output: Output, counts_of: Callable[[Any], str] = claim_counts
    ) -> Self:
        """Decide what is told: nothing moves beside results that themselves come line by line on the terminal."""
        whole = output.form in (Form.TABLE, Form.JSON, Form.GEOJSON)
        return cls(
            quiet=given["quiet"],
            verbose=given["verbose"],
            live=not given["quiet"]
            and is_terminal(sys.stderr)
            and os.environ.get("TERM") != "dumb"
            and (whole or not output.is_shown),
            counts=not given["quiet"] and not (output.form is Form.TABLE and output.path is None),
            color=Color(given["color"]),
            counts_of=counts_of,
        )

    def __enter__(self) -> Self:
        """Show the moving line."""
        if self._live:
            from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

            screen = console(sys.stderr, color=wants_color(self._color, stream=sys.stderr))
            columns = (SpinnerColumn("line"), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
            self._progress = Progress(*columns, console=screen, transient=True, redirect_stdout=False)
            self._progress.add_task("reading", total=None)
            self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the moving line away."""
        if self._progress is not None:
            self._progress.stop()
            self._progress = None

    def done(self, extraction: Result, *, tally: Tally) -> None:
        """Count an article, and tell its warnings."""
        report = extraction.document
        if not self._quiet:
            for warning in report.warnings:
                tell(f"{report.path}: {warning}", level=Level.WARNING, color=self._color)
        if self._verbose:
            tell(f"{report.path}: {self._counts_of(report)}", color=self._color)
        if self._progress is not None:
            line = one_line(f"{tally.line()}, {report.path}")
            self._progress.update(self._progress.task_ids[0], description=line)

    def skipped(self, path: str, *, reason: str) -> None:
        """Name an input that was not used."""
        tell(f"{path}: skipped: {reason}", level=Level.WARNING, color=self._color)

    def end(self, tally: Tally) -> None:
        """Tell the counts; where a table already has them, only what was skipped."""
        if self._counts:
            tell(f"{tally.line()}, {time.monotonic() - self._began:.1f} s", color=self._color)
