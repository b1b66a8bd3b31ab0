"""Files that a command or a setting names: only regular ones are read. A pipe would wait, a device would never end."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Final

from claimkit.paths import kind_reason

_FLAGS: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def read_regular(path: Path, *, most: int | None = None) -> bytes:
    """Read a file whole; a symbolic link is followed, as the path was named by a person.

    Args:
        path: the file.
        most: bytes; no more than one above it is read, so that a longer file can be told.

    Raises:
        OSError: it cannot be read, or is a pipe, a device or a folder; ``strerror`` says which.
    """
    with os.fdopen(os.open(path, _FLAGS), "rb") as file:
        if reason := kind_reason(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, reason, str(path))
        return file.read() if most is None else file.read(most + 1)
