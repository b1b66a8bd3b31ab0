"""Which files a run reads: folders downwards, links only when told, regular files only, each reason in words."""

from __future__ import annotations

import errno
import fnmatch
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from claimkit.settings import Settings

STDIN: Final = "-"


class Found(NamedTuple):
    """A path as given or found, and why it is not read, if it is not."""

    path: str
    reason: str | None = None


def path_bytes(path: str) -> bytes:
    """Give a path as the bytes of its name; a member of an archive can have a name that the locale cannot write."""
    try:
        return os.fsencode(path)
    except UnicodeEncodeError:
        return path.encode("utf-8", "backslashreplace")


def printable(path: str) -> str:
    """Show a path with everything that is not printable escaped."""
    shown = path_bytes(path).decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in shown)


def walk(path: str, *, settings: Settings) -> Iterator[Found]:
    """List what one path given stands for: itself, or what a folder holds by the patterns, hidden names passed over."""
    if path == STDIN:
        yield Found(path)
        return
    try:
        status = Path(path).stat(follow_symlinks=settings.follow)
    except (OSError, ValueError) as error:
        yield Found(path, error_reason(error))
        return
    if stat.S_ISDIR(status.st_mode):
        yield from _walk_folder(path, settings=settings, above=((status.st_dev, status.st_ino),))
    else:
        yield Found(path, kind_reason(status.st_mode))


def _walk_folder(path: str, *, settings: Settings, above: tuple[tuple[int, int], ...]) -> Iterator[Found]:
    try:
        entries = sorted(os.scandir(path), key=lambda entry: os.fsencode(entry.name))
    except OSError as error:
        yield Found(path, error_reason(error))
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        wanted = any(fnmatch.fnmatchcase(entry.name, pattern) for pattern in settings.glob)
        try:
            status = entry.stat(follow_symlinks=settings.follow)
        except OSError as error:
            yield Found(entry.path, error_reason(error))
            continue
        if stat.S_ISDIR(status.st_mode):
            key = (status.st_dev, status.st_ino)
            if key in above:
                yield Found(entry.path, "symbolic link loop")
            else:
                yield from _walk_folder(entry.path, settings=settings, above=(*above, key))
        elif wanted or (stat.S_ISLNK(status.st_mode) and Path(entry.path).is_dir()):
            yield Found(entry.path, kind_reason(status.st_mode))


def kind_reason(mode: int) -> str | None:
    """Say why a file of this mode is not opened; ``None`` for a regular file."""
    if stat.S_ISREG(mode):
        return None
    names = (
        (stat.S_ISLNK, "symbolic link; use --follow to read it"),
        (stat.S_ISFIFO, "named pipe, not a regular file"),
        (stat.S_ISSOCK, "socket, not a regular file"),
        (stat.S_ISCHR, "device, not a regular file"),
        (stat.S_ISBLK, "device, not a regular file"),
    )
    return next((name for test, name in names if test(mode)), "not a regular file")


def error_reason(error: OSError | ValueError) -> str:
    """Say in words why a path cannot be read."""
    if isinstance(error, ValueError):
        return "not a path"
    known = {
        errno.ENOENT: "no such file or folder",
        errno.ELOOP: "symbolic link loop",
        errno.EACCES: "permission denied",
        errno.ENAMETOOLONG: "path too long",
    }
    return known.get(error.errno or 0, (error.strerror or "cannot be read").lower())
