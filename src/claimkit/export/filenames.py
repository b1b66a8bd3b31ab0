"""File names made of what articles and places are called: safe on every system, each used once."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from claimkit.terminal import visible

MOST_BYTES = 200
# What a path, Windows or Obsidian's links would act on, and the backslash of an escape.
_UNSAFE = re.compile(r"[\\/:*?\"<>|#^\[\]%]+|\s+")
_WINDOWS = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
_ARCHIVE = re.compile(r"\A.*\.\w+!(?=[^.])", re.DOTALL)
_NO_NAME = "unnamed"


class FileNames:
    """Gives out names, none twice, also where a file system does not tell capitals from small letters."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def give(self, wanted: str) -> str:
        """Give a name that is like what is wanted; one that is taken gets a number."""
        plain = safe_name(wanted)
        name, number = plain, 1
        while name.casefold() in self._taken:
            number += 1
            name = f"{plain}-{number}"
        self._taken.add(name.casefold())
        return name


def safe_name(wanted: str) -> str:
    r"""Give a name without signs that a path or a link would act on.

    >>> safe_name("../Kostiantynivka\n[1]")
    'Kostiantynivka 1'
    """
    plain = _UNSAFE.sub(" ", visible(_UNSAFE.sub(" ", wanted))).strip(". ")
    plain = plain.encode()[:MOST_BYTES].decode(errors="ignore").rstrip(". ")
    return f"{plain}_" if _WINDOWS.fullmatch(plain) else plain or _NO_NAME


def stem(path: str) -> str:
    """Give the name of an article's file without folders, archive and suffix.

    >>> stem("press/june.zip!wire/lyman-1.txt"), stem("june.zip!lyman-1.txt"), stem("Attack!.txt")
    ('lyman-1', 'lyman-1', 'Attack!')
    """
    name = PurePosixPath(path.replace("\\", "/")).name
    return PurePosixPath(_ARCHIVE.sub("", name)).stem or path
