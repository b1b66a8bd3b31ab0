"""Files that a command or a setting names: only regular ones are read. A pipe would wait, a device would never end."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, Final

from claimkit.paths import kind_reason

_FLAGS: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


@contextmanager
def regular(path: str | os.PathLike[str], *, follow: bool = True) -> Iterator[BinaryIO]:
    """Open a file for reading, without waiting for a pipe's other end.

    Args:
        path: the file.
        follow: whether a symbolic link is followed.

    Raises:
        OSError: it cannot be opened, or is a pipe, a device or a folder; ``strerror`` says which.
    """
    flags = _FLAGS if follow else _FLAGS | getattr(os, "O_NOFOLLOW", 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        if reason := kind_reason(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, reason, os.fspath(path))
        yield file


def read_regular(path: os.PathLike[str], *, most: int | None = None) -> bytes:
    """Read a file whole; a symbolic link is followed, as the path was named by a person.

    Args:
        path: the file.
        most: bytes; no more than one above it is read, so that a longer file can be told.

    Raises:
        OSError: it cannot be read, or is a pipe, a device or a folder; ``strerror`` says which.
    """
    with regular(path) as file:
        return file.read() if most is None else file.read(most + 1)
