"""``claimkit extract --scheduler`` and ``--cluster``: the same claims, by many machines, into the parts of a folder."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec

from claimkit.commands.options import FILTERS, settings_from
from claimkit.commands.progress import Reporter
from claimkit.commands.sinks import Form, Output
from claimkit.errors import UsageError
from claimkit.extras import library
from claimkit.status import Exit, Stopped
from claimkit.terminal import Color, tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claimkit.distributed_parts import PartFormat
    from claimkit.distributed_plan import Plan
    from claimkit.reader import Skipped
    from claimkit.records import Claim, Document, DocumentReport
    from claimkit.run import Sink
    from claimkit.settings import Settings

LAYERS = ("gazetteer", "actors")
"""Settings that name files which every worker reads."""
NOT_WITH_PARTS = {"output": "-o", "db": "--db", "csv_raw": "--csv-raw"}

Inputs = Callable[["Settings"], "Iterable[Document | Skipped]"]


def is_distributed(given: Mapping[str, Any]) -> bool:
    """Tell whether the options ask for other machines.

    Raises:
        UsageError: they ask for what only other machines do, but name none.
    """
    asked = given["scheduler"] is not None or given["cluster"] is not None
    if not asked:
        for name, option in (("out_dir", "--out-dir"), ("part_articles", "--part-articles")):
            if given[name] is not None:
                raise UsageError(f"{option} needs --scheduler or --cluster", mend="add --cluster FILE, or use -o FILE")
        if given["form"] == "parquet":
            raise UsageError(
                "--format parquet needs --out-dir and --cluster", mend="or give the claims to `claimkit export`"
            )
    return asked


def extract_to_parts(
    inputs: Inputs,
    *,
    given: Mapping[str, Any],
    make: Callable[[Settings], Any],
    keeper: Callable[..., Callable[[Claim], bool]],
    debug: bool,
) -> int:
    """Do what the command line says; the options are checked before anything slow is loaded.

    Args:
        inputs: reads the articles.
        given: the options by name.
        make: makes an extractor, here and on every worker.
        keeper: makes the test that a claim must pass.
        debug: let faults through, with their tracebacks.

    Returns:
        The exit status.
    """
    form = _form(given)
    for name in ("dask", "distributed"):
        library(name, extra="dask", what="--scheduler or --cluster")
    from claimkit.distributed import extract_partitions
    from claimkit.distributed_cluster import connected, load_cluster
    from claimkit.distributed_parts import PartFolder
    from claimkit.distributed_plan import PART_ARTICLES, partitions

    cluster = load_cluster(Path(given["cluster"])) if given["cluster"] is not None else None
    output = _output(given)
    settings = settings_from(given).settings
    plan = _plan(given, form=form, output=output, settings=settings, make=make, keeper=keeper, debug=debug)
    size = given["part_articles"] or PART_ARTICLES
    reporter = Reporter.from_options(given, output=output)
    with (
        _term_stops(),
        PartFolder.locked(given["out_dir"], form=form, wait=given["lock_wait"]) as folder,
    ):
        with reporter:
            tally = extract_partitions(
                partitions(inputs(settings), articles=size),
                connect=partial(connected, scheduler=given["scheduler"], cluster=cluster),
                folder=folder,
                plan=plan,
                watch=reporter,
                waiting=partial(tell, "no worker is there; waiting", color=output.color),
            )
        folder.end(generator=plan.generator, part_articles=size, settings=plan.settings, asked=plan.asked)
    reporter.end(tally)
    if tally.skipped:
        return Exit.SKIPPED
    return Exit.FOUND if given["exit_code"] and tally.kept else Exit.DONE


def _plan(
    given: Mapping[str, Any],
    *,
    form: PartFormat,
    output: Output,
    settings: Settings,
    make: Callable[[Settings], Any],
    keeper: Callable[..., Callable[[Claim], bool]],
    debug: bool,
) -> Plan:
    from claimkit.distributed_plan import Plan

    shared = _absolute(settings)
    extractor = make(shared)
    return Plan(
        make=make,
        settings=shared,
        generator=extractor.generator,
        asked={"format": form, "fields": output.fields} | {name: given[name] for name in FILTERS},
        keep=keeper(given, extractor=extractor),
        sink=partial(_sink, form=form, output=output),
        strict=given["strict"],
        debug=debug,
    )


def _form(given: Mapping[str, Any]) -> PartFormat:
    """Give the form of the parts.

    Raises:
        UsageError: an option does not go with parts.
    """
    if given["scheduler"] is not None and given["cluster"] is not None:
        raise UsageError("--scheduler and --cluster are two ways to workers", mend="give one of them")
    if given["out_dir"] is None:
        raise UsageError("--scheduler and --cluster write parts into a folder", mend="add --out-dir FOLDER")
    for name, option in NOT_WITH_PARTS.items():
        if given.get(name):
            raise UsageError(f"{option} does not go with --out-dir", mend=f"leave {option} out")
    if given["jobs"] != 1:
        raise UsageError("--jobs does not go with --scheduler or --cluster", mend="the cluster says how many workers")
    match given["form"]:
        case "auto" | "jsonl":
            return "jsonl"
        case "parquet":
            library("pyarrow", extra="parquet")
            if given["fields"] is not None:
                raise UsageError("--fields does not go with parquet", mend="leave one of them out")
            return "parquet"
        case other:
            raise UsageError(f"no parts in the form {other}", mend="give --format jsonl or --format parquet")


def _output(given: Mapping[str, Any]) -> Output:
    from claimkit.export.fields import parse_fields
    from claimkit.records import Claim

    return Output(
        form=Form.JSONL,
        path=given["out_dir"],
        fields=parse_fields(given["fields"], kind=Claim) if given["fields"] is not None else (),
        by_place=False,
        csv_raw=False,
        color=Color(given["color"]),
    )


def _absolute(settings: Settings) -> Settings:
    """Give settings whose files other processes find; they must lie where every worker sees them."""
    paths = {name: tuple(str(Path(path).absolute()) for path in getattr(settings, name)) for name in LAYERS}
    return msgspec.structs.replace(settings, **paths)


def _sink(stream: BinaryIO, *, form: PartFormat, output: Output) -> Sink:
    if form == "parquet":
        return _Parquet(stream)
    from claimkit.export.jsonl import JsonLines

    return JsonLines(stream, fields=output.fields)


class _Parquet:
    """Gathers the claims of a part and writes them at its end."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._claims: list[Claim] = []

    def add(self, document: DocumentReport, *, claims: Sequence[Claim]) -> None:
        """Take in one article."""
        self._claims.extend(claims)

    def close(self) -> None:
        """Write the rows."""
        from claimkit.export.material import Material
        from claimkit.export.parquet import write

        write(Material(claims=tuple(self._claims)), stream=self._stream)


@contextmanager
def _term_stops() -> Iterator[None]:
    """Let SIGTERM end the run at once: a part that is written stays, one that is not is done by the next run."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise Stopped(Exit.TERM)

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
