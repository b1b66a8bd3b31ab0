"""Many articles over many machines, by dask.distributed: partitions go out, the parts of a folder come back.

The articles are read here, in their order, and cut into partitions (``distributed_plan``). Those that are done are
passed over; the others go to the workers as records (``distributed_work``), and each is written when it comes back
(``distributed_parts``), so the same command goes on wherever an earlier one was stopped. The parts, one after another,
are the bytes of a run without Dask: a part is written by the same ``run`` over what the workers gave.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from itertools import chain
from typing import Any

from claimkit.distributed_cluster import Connection
from claimkit.distributed_parts import Part, PartFolder
from claimkit.distributed_plan import Partition, Plan
from claimkit.distributed_work import Workers
from claimkit.distributed_worker import Outcome
from claimkit.errors import InputError
from claimkit.reader import Skipped
from claimkit.records import Document, Extraction
from claimkit.run import Tally, Watch, run


def extract_partitions(
    given: Iterable[Partition], *, connect: Callable[[], AbstractContextManager[Connection]], folder: PartFolder,
    plan: Plan, watch: Watch, waiting: Callable[[], None],
) -> Tally:  # fmt: skip
    """Extract the claims of partitions into the files of a folder; it is left to the caller to end the folder.

    Args:
        given: the partitions, read as they are wanted.
        connect: reaches the workers; it is called only if there is something to do.
        folder: where the parts go.
        plan: how they are made.
        watch: is told of every article and every skipped input, partition by partition as they are done.
        waiting: is called once if no worker comes.

    Returns:
        The counts, with those of the partitions that were done before.

    Raises:
        InputError: ``plan.strict``, and an input cannot be used.
        ClaimkitError: a worker cannot work, or the scheduler is gone.
    """
    tally = Tally()
    told = _Told(watch, tally=tally)
    left = _left(given, folder=folder, plan=plan, watch=watch, tally=tally)
    first = next(left, None)
    if first is not None:
        with connect() as connection, Workers(connection, plan=plan, waiting=waiting) as workers:
            for partition, outcomes in workers.outcomes(chain([first], left)):
                part = _written(partition, outcomes=outcomes, folder=folder, plan=plan, watch=told)
                folder.note(part)
                _add(tally, part=part)
    tally.skipped = [
        (skipped.path, skipped.reason) for _, part in sorted(folder.done.items()) for skipped in part.skipped
    ]
    return tally


def _left(
    given: Iterable[Partition], *, folder: PartFolder, plan: Plan, watch: Watch, tally: Tally
) -> Iterator[Partition]:
    """Give the partitions that are left to do; those that are done are counted and noted."""
    for partition in given:
        known = folder.find(folder.name(partition.number), key=partition.key(plan))
        if plan.strict:
            _stop_at_skipped(partition.inputs if known is None else known.skipped)
        if known is None:
            yield partition
            continue
        for skipped in known.skipped:
            watch.skipped(skipped.path, reason=skipped.reason)
        folder.note(known)
        _add(tally, part=known)


def _stop_at_skipped(inputs: Iterable[Document | Skipped]) -> None:
    for item in inputs:
        if isinstance(item, Skipped):
            raise InputError(item.reason, where=item.path, mend="mend it, or run without --strict")


def _written(
    partition: Partition, *, outcomes: Sequence[Outcome], folder: PartFolder, plan: Plan, watch: Watch
) -> Part:
    """Write a partition's file from what its workers gave."""
    name = folder.name(partition.number)
    with folder.writing(name) as stream:
        sink = plan.sink(stream)
        tally = run(
            partition.inputs, extractor=_Given(outcomes), sink=sink, keep=plan.keep, watch=watch, strict=plan.strict
        )
        sink.close()
    return Part(
        name=name,
        key=partition.key(plan),
        sha256=folder.digest(name),
        articles=tally.articles,
        claims=tally.kept,
        found=tally.found,
        undated=tally.undated,
        skipped=tuple(Skipped(path=path, reason=reason) for path, reason in tally.skipped),
    )


def _add(tally: Tally, *, part: Part) -> None:
    tally.articles += part.articles
    tally.kept += part.claims
    tally.found += part.found
    tally.undated += part.undated
    tally.skipped += [(skipped.path, skipped.reason) for skipped in part.skipped]


class _Given:
    """An extractor for ``run`` that gives what the workers gave, in the order of the articles."""

    def __init__(self, outcomes: Sequence[Outcome]) -> None:
        self._outcomes = iter(outcomes)

    def extract(self, _document: Document, /) -> Extraction:
        """Give the next one.

        Raises:
            InputError: the article was left out.
        """
        outcome = next(self._outcomes)
        if outcome.extraction is None:
            raise InputError(outcome.reason or "left out")
        return outcome.extraction


class _Told:
    """A watch that tells another of a partition's articles, with the counts of the whole run."""

    def __init__(self, watch: Watch, *, tally: Tally) -> None:
        self._watch = watch
        self._tally = tally

    def done(self, extraction: Any, *, tally: Tally) -> None:
        """Tell of an article."""
        self._watch.done(extraction, tally=self._tally)

    def skipped(self, path: str, *, reason: str) -> None:
        """Tell of an input."""
        self._watch.skipped(path, reason=reason)
