"""Exit statuses, and the error that a signal's end of a run is."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """How a command ended (``behaviour.md``, exit status)."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    SKIPPED = 3
    FOUND = 10
    LOCKED = 75
    INT = 130
    PIPE = 141
    TERM = 143


class Stopped(BaseException):
    """A run ended early because it was told to; what was finished before is written.

    Not an error, so no ``except Exception`` on its way keeps it.

    Args:
        status: the exit status.
    """

    def __init__(self, status: Exit) -> None:
        self.status = status
        super().__init__(status.name)
