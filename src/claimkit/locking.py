"""One run at a time on one database: ``flock`` on a file beside it; the kernel lets go of it when a process dies."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from claimkit.errors import BusyError, UsageError

POLL_SECONDS = 0.1


@contextmanager
def locked(database: Path, *, wait: float = 0.0) -> Iterator[None]:
    """Hold the lock of a database.

    Args:
        database: the database's path; the lock is the file ``NAME.lock`` beside it, which stays there.
        wait: seconds to wait for another run to end.

    Raises:
        BusyError: another run holds it.
        UsageError: the database's folder is missing.
        OSError: the lock file cannot be made.
    """
    path = database.with_name(database.name + ".lock")
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    except FileNotFoundError as error:
        mend = f"make it: mkdir -p {database.parent}"
        raise UsageError("the folder of the database is missing", where=str(database), mend=mend) from error
    try:
        until = time.monotonic() + wait
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= until:
                    raise BusyError(
                        "another run is at work on it", where=str(database), mend="wait for it, or add --lock-wait 600"
                    ) from None
                time.sleep(POLL_SECONDS)
        yield
    finally:
        os.close(descriptor)
