"""Inputs elsewhere: paths with a scheme (``s3://``, ``gs://``, ``https://``, ``memory://``, ``file://``), by fsspec.

Nothing is fetched but what such a path names. Who may read it is fsspec's business and that of its libraries: they
find keys in the environment, as their own tools do.
"""

from __future__ import annotations

import errno
import fnmatch
import io
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, Final

from claimkit.errors import UsageError
from claimkit.extras import library
from claimkit.paths import Found, error_reason
from claimkit.settings import Settings

SPOOL: Final = 32 << 20
_BUFFER: Final = 1 << 18
_CHUNK: Final = 1 << 20
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_STREAMED: Final = ("http://", "https://")
"""Servers of these need not give parts of a file: it is read from its beginning to its end."""


def is_remote(path: str) -> bool:
    """Tell whether a path has a scheme."""
    return _SCHEME.match(path) is not None


def listed(path: str, *, settings: Settings) -> Iterator[Found]:
    """List what a remote path stands for: itself, what it holds by the patterns, or what a ``*`` in it matches.

    Raises:
        UsageError: fsspec, or what it needs for the scheme, is not installed.
    """
    system, root = _located(path)
    try:
        if "*" in root:
            for name in sorted(system.glob(root)):
                yield from _below(system, str(name), path=_beside(path, root=root, name=str(name)), settings=settings)
        else:
            yield from _below(system, root, path=path, settings=settings)
    except Exception as error:  # noqa: BLE001 - each of fsspec's systems raises errors of its own
        yield Found(path, _reason(error))


def _below(system: Any, root: str, *, path: str, settings: Settings) -> Iterator[Found]:
    kind = system.info(root)["type"]
    if kind != "directory" and not (path.startswith(_STREAMED) and path.endswith("/")):
        yield Found(path, None if kind == "file" else "not a regular file")
        return
    base = root.rstrip("/")
    for name in sorted(system.find(root)):
        inner = str(name)[len(base) :].lstrip("/")
        parts = inner.split("/")
        if any(part.startswith(".") for part in parts) or not parts[-1]:
            continue
        if any(fnmatch.fnmatchcase(parts[-1], pattern) for pattern in settings.glob):
            yield Found(f"{path.rstrip('/')}/{inner}")


def _beside(path: str, *, root: str, name: str) -> str:
    """Give a path that a ``*`` matched the scheme and the host of the path that was given."""
    head = path.partition("*")[0]
    return head + name[len(root.partition("*")[0]) :]


@contextmanager
def opened(path: str) -> Iterator[BinaryIO]:
    """Open a remote file.

    Yields:
        The file, which is seekable only where its system gives any part of it.

    Raises:
        UsageError: fsspec, or what it needs for the scheme, is not installed.
        OSError: it cannot be opened; so does reading.
    """
    system, root = _located(path)
    try:
        source = system.open(root, "rb", **({"block_size": 0} if path.startswith(_STREAMED) else {}))
    except Exception as error:
        raise _os_error(error, path=path) from error
    with io.BufferedReader(_Source(source, path=path), _BUFFER) as file:
        yield file


class _Source(io.RawIOBase):
    """A file of fsspec, of which every error is one of the system."""

    def __init__(self, source: Any, *, path: str) -> None:
        self._source = source
        self._path = path
        self._seekable = not path.startswith(_STREAMED)

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """Tell whether any part can be read."""
        return self._seekable

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        """Go to a part."""
        return int(self._source.seek(offset, whence))

    def tell(self) -> int:
        """Give where the next part begins."""
        return int(self._source.tell())

    def readinto(self, buffer: Any, /) -> int:
        """Read the next part."""
        try:
            part = self._source.read(len(buffer))
        except Exception as error:
            raise _os_error(error, path=self._path) from error
        buffer[: len(part)] = part
        return len(part)

    def close(self) -> None:
        """Close the file of fsspec too."""
        if not self.closed:
            self._source.close()
        super().close()


@contextmanager
def seekable(file: BinaryIO, *, head: bytes, most: int) -> Iterator[BinaryIO]:
    """Give a file from its beginning, in a temporary copy where only its rest can be read.

    Args:
        file: the file.
        head: what was read of it.
        most: bytes; of a larger file no copy is made.

    Raises:
        OSError: the file is too large to copy, or reading failed.
    """
    if file.seekable():
        file.seek(0)
        yield file
        return
    with tempfile.SpooledTemporaryFile(max_size=SPOOL) as copy:
        size, chunk = 0, head
        while chunk:
            size += len(chunk)
            if size > most:
                raise OSError(errno.EFBIG, f"larger than {most} bytes; download it and give the file")
            copy.write(chunk)
            chunk = file.read(_CHUNK)
        copy.seek(0)
        yield copy  # type: ignore[misc]  # it has every method of a file


def _located(path: str) -> tuple[Any, str]:
    core = library("fsspec.core", extra="remote", what=f"reading {path.partition('://')[0]}://")
    try:
        system, root = core.url_to_fs(path)
    except ImportError as error:
        scheme = path.partition("://")[0]
        mend = " ".join(str(error).split()) or "install fsspec's library for it"
        raise UsageError(
            f"reading {scheme}:// needs a library", where=path, mend=f"{mend[0].lower()}{mend[1:]}"
        ) from error
    except ValueError as error:
        raise UsageError(
            f"no such scheme ({error})", where=path, mend="see docs/scale.md for those that work"
        ) from error
    return system, str(root)


def _os_error(error: Exception, *, path: str) -> OSError:
    if isinstance(error, OSError) and error.errno is not None:
        return error
    return OSError(errno.EIO, _reason(error), path)


def _reason(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file or folder"
    if isinstance(error, PermissionError):
        return "permission denied"
    if isinstance(error, OSError) and error.errno is not None:
        return error_reason(error)
    said = " ".join(str(error).split())[:200]
    return f"cannot be read ({type(error).__name__}{': ' if said else ''}{said})"
