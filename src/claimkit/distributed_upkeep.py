"""Keeping a cluster at its size: jobs end by their time limit, are pre-empted, or are refused by a busy queue."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Final

from claimkit.errors import ClaimkitError

LOST_SECONDS: Final = 60
"""A worker that starts anew after its death is given up, and its job ended, only after this time."""
_FAULTS = (RuntimeError, ValueError, OSError)


class Upkeep:
    """Starts the workers of a cluster: at first all, later those that ended, were killed or could not be started.

    Args:
        cluster: a ``SpecCluster`` of distributed whose scheduler lives in this process.
        size: what its ``scale`` takes.
    """

    def __init__(self, cluster: Any, *, size: dict[str, int]) -> None:
        self._cluster = cluster
        self._size = size
        self._last_seen: dict[str, float] = {}

    def __call__(self) -> None:
        """Do what is to be done now.

        Raises:
            ClaimkitError: nothing could be started, and nothing is at work.
        """
        try:
            self._cluster.sync(self._start_missing)
        except _FAULTS as error:
            if any(_is_up(job) for job in self._cluster.workers.values()):
                return
            raise refused(error) from error

    async def _start_missing(self) -> None:
        for name in list(self._gone()):
            job = self._cluster.workers.pop(name)
            self._last_seen.pop(str(name), None)
            with suppress(*_FAULTS):
                await job.close()
        self._cluster.scale(**self._size)
        try:
            await self._cluster._correct_state()  # no public way to hear that a job was refused
        finally:
            for name in [name for name, job in self._cluster.workers.items() if not _is_up(job)]:
                self._cluster._created.discard(self._cluster.workers.pop(name))  # so that it is tried again

    def _gone(self) -> Iterator[Any]:
        """Give the names of jobs of which no worker has been there for a while."""
        now = time.monotonic()
        there = [str(worker.name) for worker in self._cluster.scheduler.workers.values()]
        for key in self._cluster.workers:
            name = str(key)
            if any(worker == name or worker.startswith(f"{name}-") for worker in there):
                self._last_seen[name] = now
            elif now - self._last_seen.get(name, now) > LOST_SECONDS:
                yield key


def _is_up(job: Any) -> bool:
    return bool(job.status.name == "running")


def refused(error: Exception) -> ClaimkitError:
    """Say that a cluster could not be started."""
    said = " ".join(str(error).split())
    return ClaimkitError(f"no worker could be started: {said}", where="--cluster", mend="mend the file of --cluster")
