"""What a run keeps in a database, and what the ledger asks about the world."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from claimkit.ledger import PartOf
    from claimkit.oppositions import Opposes
    from claimkit.reader import Memory
    from claimkit.records import Generator
    from claimkit.run import Extracts
    from claimkit.settings import Settings
    from claimkit.sharding import Sharded


@dataclass
class Kept:
    """How a run goes on with a database, or without: what extracts, what remembers, and what the run then skipped."""

    extracting: Extracts
    memory: Memory | None = None
    skipped: Sequence[tuple[str, str]] = ()


@contextmanager
def kept(
    extractor: Extracts, *, generator: Callable[[], Generator], given: Mapping[str, Any], paths: Sequence[str],
    settings: Settings, sharded: Sharded | None = None,
) -> Iterator[Kept]:  # fmt: skip
    """Let an extractor keep its results in the database of ``--db``; without it nothing is kept or remembered.

    Articles that are gone leave the database (those of its own share, if the run does one), and its ledger is made
    anew, once the block has ended well and has told what was skipped: that is not gone.

    Raises:
        BusyError: another run is at work on the database.
    """
    if given.get("db") is None:
        yield Kept(extractor)
        return
    from claimkit.incremental import Incremental, opened_store, refresh_ledger, sorted_skips

    with opened_store(given["db"], wait=given.get("lock_wait") or 0.0) as store:
        made_by = generator()
        incremental = Incremental(extractor, generator=made_by, store=store, settings=settings)
        run = store.begin_run("extract", generator=made_by, started=now())
        keeping = Kept(incremental, incremental)
        yield keeping
        unread = [path for path, _ in keeping.skipped]
        if sharded is None:
            incremental.forget(paths, skipped=unread)
        else:
            incremental.forget(paths, skipped=(*unread, *sharded.skipped_elsewhere), belongs=sharded.shard.holds)
        refresh_ledger(store, settings=settings, **world(settings))
        counts = (len(incremental.seen), incremental.extracted, incremental.removed, store.count())
        store.end_run(run, finished=now(), counts=counts, skipped=sorted_skips(keeping.skipped))


def now() -> str:
    """Give the time for the record of a run; no result has it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def world(settings: Settings) -> dict[str, Any]:
    """Give what the ledger asks about parties and places: who opposes whom, what is a part of what."""
    from claimkit.gazetteer import Gazetteer
    from claimkit.parties import Parties

    gazetteer = Gazetteer.load(Path(path) for path in settings.gazetteer)

    def part_of(identity: str) -> str | None:
        place = gazetteer.get(identity)
        return getattr(place, "part_of", None)

    opposes: Opposes = Parties.load(Path(path) for path in settings.actors).opposes
    asked: PartOf = part_of
    return {"opposes": opposes, "part_of": asked}
