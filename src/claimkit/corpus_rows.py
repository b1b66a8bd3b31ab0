"""A row of a corpus as it stands in its file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from claimkit.errors import InputError

_MOST_NAMES = 20


class RawRow(NamedTuple):
    """The cells of a row by column, or why there are none."""

    number: int
    line: int
    cells: Mapping[str, Any] = {}
    encoding: str = "utf-8"
    replaced: bool = False
    """Whether some of its bytes could not be decoded."""
    reason: str = ""


def check_columns(wanted: Iterable[str], *, there: Sequence[str]) -> None:
    """Check that a file has the columns that are named.

    Raises:
        InputError: it lacks some.
    """
    missing = [name for name in wanted if name not in there]
    if missing:
        names = ", ".join(there[:_MOST_NAMES]) + (", ..." if len(there) > _MOST_NAMES else "")
        raise InputError(f"no column {' and '.join(map(repr, missing))}; it has {names or 'none'}")
