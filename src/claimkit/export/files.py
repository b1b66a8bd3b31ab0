"""Where results go: standard output, a file that is old or new but never half, or a folder that is whole or absent."""

from __future__ import annotations

import os
import re
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from claimkit.errors import ClaimkitError, UsageError

_FILE_MODE = 0o666
_FOLDER_MODE = 0o777
_DESCRIPTOR = re.compile(r"/dev/(?:fd/(\d{1,9})|stdout|(stderr))")


@contextmanager
def opened(path: Path | None) -> Iterator[BinaryIO]:
    """Open the place of the results: standard output where ``path`` is ``None``, else the file, replaced when complete.

    A file is written under a temporary name beside it, brought to the disk and renamed when the block ends well; when
    it ends by an exception (also a signal's) the old file stays as it was. Devices and pipes are written as they are,
    and so is what the process has open (``/dev/stdout``, ``/dev/fd/N``), a file behind it too: the shell opened that.

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
    if (number := _descriptor(path)) is not None:
        with os.fdopen(os.dup(number), "wb") as stream:
            yield stream
        return
    if path.exists() and not path.is_file() and not path.is_dir():
        with path.open("wb") as device:
            yield device
        return
    target = path.resolve()  # a link stays a link: what it points to is replaced
    _check(target, given=path)
    with _replacing(target) as file:
        yield file


def _descriptor(path: Path) -> int | None:
    """Give the number of what the process has open under a name of ``/dev``."""
    named = _DESCRIPTOR.fullmatch(str(path))
    if named is None:
        return None
    return int(named[1]) if named[1] else 2 if named[2] else 1


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
    _sync(target.parent)


def write_folder(path: Path, *, files: Iterable[tuple[str, bytes]]) -> None:
    """Make a folder of files; it appears under its name only when it is complete.

    Args:
        path: the folder, new or empty: what people have corrected in an older one is never overwritten.
        files: names relative to the folder, with ``/`` between folders, and contents.

    Raises:
        UsageError: the path is a file or a folder that is not empty, or its parent is missing.
        OSError: the disk is full, or writing fails otherwise.
    """
    target = path.resolve()
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        what = "the folder is not empty" if target.is_dir() else "-o names a file"
        raise UsageError(what, where=str(path), mend="name a new folder")
    _check_parent(target, given=path)
    temporary = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}.", suffix=".tmp"))
    try:
        temporary.chmod(_allowed(_FOLDER_MODE))
        for name, data in files:
            file = temporary / name
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("xb") as stream:
                stream.write(data)
        os.sync()  # one call for all: a call for each of thousands of small files takes minutes
        temporary.replace(target)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise
    _sync(target.parent)


def _sync(folder: Path) -> None:
    with suppress(OSError):  # not every file system lets a folder be synced
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _check(target: Path, *, given: Path) -> None:
    if target.is_dir():
        raise UsageError("-o names a folder", where=str(given), mend="name a file in it")
    _check_parent(target, given=given)


def _check_parent(target: Path, *, given: Path) -> None:
    if not target.parent.is_dir():
        raise UsageError("the folder of -o is missing", where=str(given), mend=f"make it: mkdir -p {given.parent}")


def _mode(target: Path) -> int:
    """Give the rights that the file has, or that a new one would get."""
    with suppress(OSError):
        return stat.S_IMODE(target.stat().st_mode)
    return _allowed(_FILE_MODE)


def _allowed(rights: int) -> int:
    mask = os.umask(0)
    os.umask(mask)
    return rights & ~mask
