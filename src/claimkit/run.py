"""Many articles, one after another: what failed is counted and named, and never costs the others.

A run ends early in two ways only: ``strict`` at the first input that cannot be used, and a signal. SIGTERM lets the
article in work be finished, for at most :data:`GRACE_SECONDS`; SIGINT ends at once.
"""

from __future__ import annotations

import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from types import FrameType
from typing import Any, Protocol, runtime_checkable

from claimkit.errors import ClaimkitError, InputError
from claimkit.reader import Skipped
from claimkit.records import Document
from claimkit.status import Exit, Stopped

GRACE_SECONDS = 3.5


class Result(Protocol):
    """What one article gave: a report on it, and records (claims, or mentions of places)."""

    @property
    def document(self) -> Any:
        """What is said of the article."""

    @property
    def records(self) -> Sequence[Any]:
        """What was found in it, in order."""


class Extracts(Protocol):
    """What a run needs of an extractor; one that has ``ahead`` and ``submit`` (``Ahead``) is given articles ahead."""

    def extract(self, text_or_document: Document, /) -> Result:
        """Give what one article holds."""


@runtime_checkable
class Ahead(Protocol):
    """An extractor that works on several articles at once."""

    @property
    def ahead(self) -> int:
        """How many articles it wants to have before the first result is asked for."""

    def submit(self, document: Document) -> Callable[[], Result]:
        """Take an article; what is given back waits for its result."""


def submitter(extractor: Extracts) -> tuple[int, Callable[[Document], Callable[[], Result]]]:
    """Give how far ahead an extractor works, and how it is given an article."""
    if isinstance(extractor, Ahead):
        return extractor.ahead, extractor.submit
    return 1, lambda document: lambda: extractor.extract(document)


class Sink(Protocol):
    """Where the records of a run go."""

    def add(self, document: Any, *, claims: Sequence[Any]) -> None:
        """Take in one article and those of its records that are wanted."""

    def close(self) -> None:
        """Write what is left to write."""


class Tally:
    """The counts of a run; nothing that was not used is left out of them.

    Args:
        noun: what the records are called.
    """

    def __init__(self, *, noun: str = "claim") -> None:
        self.noun = noun
        self.articles = 0
        self.found = 0
        self.kept = 0
        self.undated = 0
        self.passed_over = 0
        self.skipped: list[tuple[str, str]] = []

    def line(self) -> str:
        """Say the counts in one line."""
        claims = _counted(self.kept, self.noun)
        if self.kept != self.found:
            claims = f"{claims} of {self.found}"
        parts = [_counted(self.articles, "article"), claims]
        if self.undated:
            parts.append(f"{self.undated} without a publication date")
        if self.passed_over:
            parts.append(f"{_counted(self.passed_over, 'paragraph')} passed over")
        if self.skipped:
            parts.append(f"{_counted(len(self.skipped), 'input')} skipped")
        return ", ".join(parts)


class Watch(Protocol):
    """Who is told how a run goes."""

    def done(self, extraction: Any, *, tally: Tally) -> None:
        """An article is done."""

    def skipped(self, path: str, *, reason: str) -> None:
        """An input was not used."""


def run(
    inputs: Iterable[Document | Skipped],
    *,
    extractor: Extracts,
    sink: Sink,
    keep: Callable[[Any], bool],
    watch: Watch,
    strict: bool = False,
    debug: bool = False,
    noun: str = "claim",
) -> Tally:
    """Extract the claims (or other records) of many articles, in their order, into a sink.

    Args:
        inputs: articles, and inputs that could not be read.
        extractor: gives an article's claims.
        sink: where they go; it is left to the caller to close it.
        keep: which claims are wanted.
        watch: is told of every article and every skipped input.
        strict: end at the first input that cannot be used.
        debug: let a fault in an article's extraction through, with its traceback.
        noun: what the records are called in the counts.

    Raises:
        InputError: ``strict``, and an input cannot be used.
        Stopped: SIGTERM came; what was finished before is in the sink.
    """
    tally = Tally(noun=noun)
    with _until_term() as told:
        for outcome in _outcomes(inputs, extractor=extractor, debug=debug, told=told):
            if isinstance(outcome, Skipped):
                if strict:
                    raise InputError(outcome.reason, where=outcome.path, mend="mend it, or run without --strict")
                tally.skipped.append((outcome.path, outcome.reason))
                watch.skipped(outcome.path, reason=outcome.reason)
                continue
            kept = [record for record in outcome.records if keep(record)]
            sink.add(outcome.document, claims=kept)
            tally.articles += 1
            tally.found += len(outcome.records)
            tally.kept += len(kept)
            tally.undated += outcome.document.published is None
            tally.passed_over += getattr(outcome.document, "paragraphs_passed_over", 0)
            watch.done(outcome, tally=tally)
        _stop_if(told)
    return tally


def _outcomes(
    inputs: Iterable[Document | Skipped], *, extractor: Extracts, debug: bool, told: threading.Event
) -> Iterator[Result | Skipped]:
    """Give the outcome of each input in order; the extractor has as many articles ahead as it wants."""
    ahead, submit = submitter(extractor)
    waiting: deque[Callable[[], Result | Skipped]] = deque()
    for item in inputs:
        _stop_if(told)
        if isinstance(item, Skipped):
            waiting.append(partial(_itself, item))
        else:
            waiting.append(partial(_settled, item.path, submit(item), debug=debug))
        while len(waiting) >= ahead:
            yield waiting.popleft()()
            _stop_if(told)
    while waiting:
        yield waiting.popleft()()
        _stop_if(told)


def _itself(skipped: Skipped) -> Skipped:
    return skipped


def _settled(path: str, result: Callable[[], Result], *, debug: bool) -> Result | Skipped:
    try:
        return result()
    except InputError as error:
        return Skipped(path=path, reason=error.message)
    except ClaimkitError:
        raise  # the data or the settings are wrong: every other article would say the same
    except Exception as error:
        if debug:
            raise
        reason = f"a fault in claimkit, {type(error).__name__}: {error}; report it with what `--debug` shows"
        return Skipped(path=path, reason=reason)


def _stop_if(told: threading.Event) -> None:
    if told.is_set():
        raise Stopped(Exit.TERM)


@contextmanager
def _until_term() -> Iterator[threading.Event]:
    """Note SIGTERM, and after a time of grace raise :class:`Stopped` wherever the run is."""
    told = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield told
        return

    def note(_number: int, _frame: FrameType | None) -> None:
        told.set()
        signal.setitimer(signal.ITIMER_REAL, GRACE_SECONDS)

    def give_up(_number: int, _frame: FrameType | None) -> None:
        raise Stopped(Exit.TERM)

    before = signal.signal(signal.SIGTERM, note), signal.signal(signal.SIGALRM, give_up)
    try:
        yield told
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGTERM, before[0])
        signal.signal(signal.SIGALRM, before[1])


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
