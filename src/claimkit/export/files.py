"""Where results go: standard output, or a file that is old or new but never half."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from claimkit.errors import ClaimkitError, UsageError

_DEFAULT_MODE = 0o666


@contextmanager
def opened(path: Path | None) -> Iterator[BinaryIO]:
    """Open the place of the results: standard output where ``path`` is ``None``, else the file, replaced when complete.

    A file is written under a temporary name beside it, brought to the disk and renamed when the block ends well; when
    it ends by an exception (also a signal's) the old file stays as it was. Devices and pipes are written as they are.

    Raises:
        UsageError: the path is a folder or its folder is missing.
        ClaimkitError: standard output is closed.
        OSError: the disk is full, or writing fails otherwise.
    """
    if path is None:
        if sys.stdout is None or sys.stdout.closed:
            raise ClaimkitError("standard output is closed", mend="give a file with -o")
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    target = path.resolve()  # a link stays a link: what it points to is replaced
    _check(target, given=path)
    if target.exists() and not target.is_file():
        with target.open("wb") as device:
            yield device
        return
    with _replacing(target) as file:
        yield file


@contextmanager
def _replacing(target: Path) -> Iterator[BinaryIO]:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            os.fchmod(file.fileno(), _mode(target))
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    with suppress(OSError):  # not every file system lets a folder be synced
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _check(target: Path, *, given: Path) -> None:
    if target.is_dir():
        raise UsageError("-o names a folder", where=str(given), mend="name a file in it")
    if not target.parent.is_dir():
        raise UsageError("the folder of -o is missing", where=str(given), mend=f"make it: mkdir -p {given.parent}")


def _mode(target: Path) -> int:
    """Give the rights that the file has, or that a new one would get."""
    with suppress(OSError):
        return stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return _DEFAULT_MODE & ~mask
