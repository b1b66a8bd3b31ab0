"""Giving work to the workers of Dask, a few partitions ahead, and finding out what kills them.

A worker that dies costs nothing: the scheduler gives its partitions to another. A partition on which too many workers
died (``distributed.scheduler.allowed-failures``) need not be guilty: all that waits at a worker is blamed for its
death. So it is taken apart once nothing else is in work: its articles go out one by one, then those that failed each
alone, and one that kills its workers even then is left out and reported.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import Any, Final, Self, TypeVar
from uuid import uuid4

import msgspec
from distributed import CancelledError, KilledWorker, wait
from distributed.comm.core import CommClosedError

from claimkit.distributed_cluster import Connection
from claimkit.distributed_plan import Partition, Plan
from claimkit.distributed_worker import Extracting, Outcome, extract, made_by
from claimkit.errors import ClaimkitError
from claimkit.records import Document

AHEAD: Final = 2
"""Partitions for each worker: one in work, one that waits."""
MOST_BROKEN: Final = 16
"""Partitions that may wait to be taken apart."""
PATIENCE_SECONDS: Final = 20
DIED: Final = "each worker that took it died (out of memory?); give it alone, without --scheduler or --cluster"

T = TypeVar("T")
_wait: Callable[..., Any] = wait


class Workers:
    """Has a plan's articles done by workers; a context, in which the workers hold an extractor each.

    Args:
        connection: the workers.
        plan: how the work is done.
        waiting: is called once if no worker comes.
    """

    def __init__(self, connection: Connection, *, plan: Plan, waiting: Callable[[], None]) -> None:
        self._connection = connection
        self._plan = plan
        self._waiting: Callable[[], None] | None = waiting
        self._plugin = f"claimkit-{uuid4().hex}"
        self._looked_after = -float("inf")

    def __enter__(self) -> Self:
        """Let the workers load: those that are there and those that will come."""
        plan = self._plan
        expected = made_by(plan.generator, settings=plan.settings)
        plugin = Extracting(plan.make, settings=plan.settings, expected=expected, debug=plan.debug)
        try:
            self._connection.client.register_plugin(plugin, name=self._plugin)
        except (ImportError, AttributeError) as error:
            raise _unlike(error) from error
        self._look_after()
        return self

    def __exit__(self, *_error: object) -> None:
        """Let the workers forget."""
        with suppress(CommClosedError, CancelledError, TimeoutError):
            self._connection.client.unregister_worker_plugin(self._plugin)

    def outcomes(self, given: Iterator[Partition]) -> Iterator[tuple[Partition, Sequence[Outcome]]]:
        """Give partitions with the outcomes of their articles, each as it is done.

        Raises:
            ClaimkitError: a worker cannot work.
        """
        while True:
            broken, some = list[Partition](), False
            work = ((partition, partition.documents) for partition in _until_many(given, broken=broken))
            for partition, outcomes in self._side_by_side(work, ahead=lambda: AHEAD * self._connection.workers()):
                some = True
                if outcomes is None:
                    broken.append(partition)
                else:
                    yield partition, outcomes
            for partition in broken:
                yield partition, self._taken_apart(partition.documents)
            if not some:
                return

    def _taken_apart(self, documents: Sequence[Document]) -> Sequence[Outcome]:
        """Do articles one by one: first side by side, then those on which workers died, each alone."""
        outcomes: dict[int, Outcome] = {}
        suspects: Iterable[int] = range(len(documents))
        for ahead in (self._connection.workers, lambda: 1):
            work = ((number, documents[number : number + 1]) for number in suspects)
            found = dict(self._side_by_side(work, ahead=ahead))
            outcomes |= {number: each[0] for number, each in found.items() if each is not None}
            suspects = sorted(number for number, each in found.items() if each is None)
        outcomes |= {number: Outcome(reason=DIED) for number in suspects}
        return [outcomes[number] for number in range(len(documents))]

    def _side_by_side(
        self, work: Iterator[tuple[T, Sequence[Document]]], *, ahead: Callable[[], int]
    ) -> Iterator[tuple[T, Sequence[Outcome] | None]]:
        """Give out so much work at a time, and give what comes of it as it comes; ``None`` where the workers died."""
        sent: dict[Any, T] = {}
        try:
            while True:
                for item, documents in islice(work, max(0, max(1, ahead()) - len(sent))):
                    sent[self._sent(documents)] = item
                if not sent:
                    return
                for future in self._done(list(sent)):
                    item = sent.pop(future)
                    yield item, self._outcomes_of(future)
        finally:
            if sent:
                with suppress(CommClosedError, CancelledError, TimeoutError):
                    self._connection.client.cancel(list(sent), force=True)

    def _sent(self, documents: Sequence[Document]) -> Any:
        data = msgspec.msgpack.encode(documents)
        return self._connection.client.submit(extract, data, plugin=self._plugin, pure=False)

    def _done(self, futures: list[Any]) -> list[Any]:
        """Wait for some of the work; meanwhile jobs that have ended are replaced."""
        while True:
            self._look_after()
            try:
                done = set(_wait(futures, timeout=PATIENCE_SECONDS, return_when="FIRST_COMPLETED").done)
            except TimeoutError:
                if self._waiting is not None and self._connection.workers() == 0:
                    self._waiting()
                    self._waiting = None
            else:
                return [future for future in futures if future in done]

    def _look_after(self) -> None:
        if time.monotonic() - self._looked_after >= PATIENCE_SECONDS:
            self._connection.keep_up()
            self._looked_after = time.monotonic()

    def _outcomes_of(self, future: Any) -> Sequence[Outcome] | None:
        try:
            return msgspec.msgpack.decode(future.result(), type=tuple[Outcome, ...])
        except KilledWorker:
            return None
        except (ClaimkitError, CancelledError):
            raise
        except Exception as error:
            if self._plan.debug:
                raise
            raise _unlike(error) from error
        finally:
            future.release()


def _until_many(given: Iterator[Partition], *, broken: Sequence[Partition]) -> Iterator[Partition]:
    """Give partitions until too many wait to be taken apart; the rest stays where it was."""
    while len(broken) < MOST_BROKEN and (partition := next(given, None)) is not None:
        yield partition


def _unlike(error: Exception) -> ClaimkitError:
    said = " ".join(str(error).split())
    return ClaimkitError(
        f"a worker cannot work, {type(error).__name__}: {said}",
        mend="install the same claimkit there as here; see what `--debug` shows",
    )
