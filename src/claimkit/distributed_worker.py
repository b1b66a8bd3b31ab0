"""What a worker of Dask does: a plugin makes the extractor once and keeps it; records come in, records go out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import msgspec
from distributed import get_worker
from distributed.diagnostics.plugin import WorkerPlugin

from claimkit.errors import ClaimkitError
from claimkit.records import Document, Extraction, Generator, Record
from claimkit.run import run
from claimkit.settings import Settings
from claimkit.store import article_key

Make = Callable[[Settings], Any]
_NO_ARTICLE = Document(path="", text="", sha256="")


class Outcome(Record, frozen=True, kw_only=True):
    """What became of one article: what was found, or why it was left out."""

    extraction: Extraction | None = None
    reason: str | None = None


def made_by(generator: Generator, *, settings: Settings) -> str:
    """Give a digest of the program, the model, the data and the settings; two machines must have the same."""
    return article_key(_NO_ARTICLE, generator=generator, settings=settings)


class Extracting(WorkerPlugin):
    """Holds a worker's extractor; it is made when the worker starts, beside the worker's own loop.

    One thread makes and uses it, so a worker that has several threads does one partition after another.

    Args:
        make: makes the extractor; a function of a module, so that another process finds it.
        settings: the extractor's.
        expected: what ``made_by`` says on the machine that gives out the work.
        debug: let faults through, with their tracebacks.
    """

    def __init__(self, make: Make, *, settings: Settings, expected: str, debug: bool) -> None:
        self._start = (make, msgspec.msgpack.encode(settings))
        self._expected = expected
        self._debug = debug
        self._thread: ThreadPoolExecutor | None = None
        self._extractor: Future[Any] | None = None

    def setup(self, worker: Any) -> None:
        """Begin to load; whoever needs the extractor waits for it, and is told what failed."""
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="claimkit")
        self._extractor = self._thread.submit(self._load, str(worker.address))

    def teardown(self, worker: Any) -> None:
        """Let go of the extractor."""
        thread, self._thread, self._extractor = self._thread, None, None
        if thread is not None:
            thread.shutdown(wait=False, cancel_futures=True)

    def extract(self, documents: bytes) -> bytes:
        """Do some articles; the outcomes are in their order."""
        if self._thread is None:
            raise ClaimkitError("the worker is being stopped", mend="run the same command again: it goes on")
        return self._thread.submit(self._extract, documents).result()

    def _load(self, address: str) -> Any:
        make, encoded = self._start
        settings = msgspec.msgpack.decode(encoded, type=Settings)
        extractor = make(settings)
        if made_by(extractor.generator, settings=settings) != self._expected:
            raise ClaimkitError(
                "this worker has another claimkit, model or data file than the machine that gives out the work",
                where=address,
                mend="install the same on both",
            )
        _ = getattr(extractor, "pipeline", None)  # what is slow to load is loaded before the first article comes
        return extractor

    def _extract(self, documents: bytes) -> bytes:
        if self._extractor is None:
            raise RuntimeError
        gathered = _Gathered()
        run(
            msgspec.msgpack.decode(documents, type=tuple[Document, ...]),
            extractor=self._extractor.result(),
            sink=gathered,
            keep=lambda _claim: False,
            watch=gathered,
            debug=self._debug,
        )
        return msgspec.msgpack.encode(gathered.outcomes)


class _Gathered:
    """A sink and a watch of a run that keep the outcome of each article."""

    def __init__(self) -> None:
        self.outcomes: list[Outcome] = []

    def add(self, document: Any, *, claims: Sequence[Any]) -> None:
        """Nothing: the outcome is kept when the article is done."""

    def close(self) -> None:
        """Nothing is left to write."""

    def done(self, extraction: Any, *, tally: Any) -> None:
        """Keep what was found."""
        self.outcomes.append(Outcome(extraction=extraction))

    def skipped(self, path: str, *, reason: str) -> None:
        """Keep why an article was left out."""
        self.outcomes.append(Outcome(reason=reason))


def extract(documents: bytes, *, plugin: str) -> bytes:
    """Do some articles on a worker: the task that is given out.

    Args:
        documents: records of articles, as msgpack.
        plugin: the name under which the worker holds its :class:`Extracting`.

    Returns:
        An :class:`Outcome` for each article, as msgpack; no object of spaCy crosses the border of a process.
    """
    extracting = get_worker().plugins[plugin]
    if not isinstance(extracting, Extracting):
        raise TypeError(plugin)
    return extracting.extract(documents)
