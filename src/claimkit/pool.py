"""Worker processes that extract side by side: articles go out as records, results come back as records.

Each worker loads the pipeline once and keeps it. A worker that dies (out of memory, killed) breaks its pool; the
articles that were in work are then tried again one by one, each alone, and the one that kills its worker once more is
reported and left out.
"""

from __future__ import annotations

import signal
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from types import TracebackType
from typing import Any, Final, Self

import msgspec

from claimkit.errors import InputError
from claimkit.records import Document, Extraction
from claimkit.settings import Settings

AHEAD: Final = 4
"""Articles in work or waiting for each worker: enough that none is idle, few enough that memory stays flat."""
DIED: Final = "its worker process died twice (out of memory?); give it alone, with --jobs 1"

Make = Callable[[Settings], Any]
_worker: Any = None


def _begin(make: Make, settings: bytes) -> None:
    """Set a worker up; signals are the parent's business."""
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _worker = make(msgspec.msgpack.decode(settings, type=Settings))


def _extract(document: bytes) -> bytes:
    """Do one article in a worker; no object of spaCy leaves it."""
    return msgspec.msgpack.encode(_worker.extract(msgspec.msgpack.decode(document, type=Document)))


class Pool:
    """An extractor for ``run`` that works ahead in other processes; results are asked for in the order of the articles.

    Args:
        make: makes a worker's extractor; a function of a module, so that another process finds it.
        settings: the extractor's.
        jobs: how many workers.
    """

    def __init__(self, make: Make, *, settings: Settings, jobs: int) -> None:
        self._start = (make, msgspec.msgpack.encode(settings))
        self._jobs = jobs
        self.ahead = jobs * AHEAD
        self._pool: ProcessPoolExecutor | None = None
        self._generation = 0

    def __enter__(self) -> Self:
        """Begin; the workers start with the first article."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the workers, at once where the run failed or was stopped."""
        self._end(at_once=kind is not None)

    def submit(self, document: Document) -> Callable[[], Extraction]:
        """Send an article to a worker; what is given back waits for its result.

        The waiting raises InputError where the article killed its worker twice, and whatever the extractor raised.
        """
        data = msgspec.msgpack.encode(document)
        generation, future = self._send(data)

        def result() -> Extraction:
            try:
                done = future.result() if future else None
            except BrokenProcessPool:
                done = None
            return msgspec.msgpack.decode(self._alone(data, generation) if done is None else done, type=Extraction)

        return result

    def extract(self, document: Document, /) -> Extraction:
        """Do one article and wait for it."""
        return self.submit(document)()

    def _workers(self, number: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(number, mp_context=get_context("spawn"), initializer=_begin, initargs=self._start)

    def _send(self, data: bytes) -> tuple[int, Future[bytes] | None]:
        if self._pool is None:
            self._pool = self._workers(self._jobs)
            self._generation += 1
        try:
            return self._generation, self._pool.submit(_extract, data)
        except BrokenProcessPool:
            return self._generation, None

    def _alone(self, data: bytes, generation: int) -> bytes:
        """Try an article again with no other in work, so that only the one that kills its worker is blamed."""
        if generation == self._generation:
            self._end(at_once=True)
        with self._workers(1) as single:
            try:
                return single.submit(_extract, data).result()
            except BrokenProcessPool as error:
                raise InputError(DIED) from error

    def _end(self, *, at_once: bool) -> None:
        pool, self._pool = self._pool, None
        if pool is None:
            return
        if at_once:
            for process in list((pool._processes or {}).values()):  # no public way to end them in Python 3.11
                process.terminate()
        pool.shutdown(wait=not at_once, cancel_futures=at_once)
