"""The few kinds of error that claimkit raises; each message says what is wrong, where, and the mend."""

from __future__ import annotations


class ClaimkitError(Exception):
    """Base of all errors that a user can mend.

    Args:
        message: what is wrong, in one line.
        where: file, or ``file:line``, that the message is about.
        mend: what to do next.
    """

    def __init__(self, message: str, *, where: str | None = None, mend: str | None = None) -> None:
        self.message = message
        self.where = where
        self.mend = mend
        super().__init__(message)

    def __reduce__(self) -> tuple[object, ...]:
        """Come out of a worker process as it went in."""
        return _again, (type(self), self.message, self.where, self.mend)

    def __str__(self) -> str:
        """Give one line: where, what, the mend."""
        text = f"{self.where}: {self.message}" if self.where else self.message
        return f"{text}; {self.mend}" if self.mend else text


def _again(kind: type[ClaimkitError], message: str, where: str | None, mend: str | None) -> ClaimkitError:
    return kind(message, where=where, mend=mend)


class UsageError(ClaimkitError):
    """The command line or the settings are wrong (exit status 2)."""


class DataError(ClaimkitError):
    """A data file (gazetteer, actors, lexicon, metadata) is wrong."""


class ConfigurationError(DataError):
    """A data file that the settings name, or that ships with claimkit, is wrong (exit status 2).

    Its text has a line for each problem.
    """


class InputError(ClaimkitError):
    """An input cannot be read; other inputs are not affected."""


class BusyError(ClaimkitError):
    """Another run is at work on the same state (exit status 75)."""
