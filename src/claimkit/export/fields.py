"""``--fields``: names of parts of a claim, the same for every format, taken from the record types themselves."""

from __future__ import annotations

import difflib
import types
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec

from claimkit.errors import UsageError
from claimkit.records import Claim, Record

SEPARATOR = "; "

# The columns of a CSV file, and of a table, where none are asked for.
DEFAULT_FIELDS = (
    "id",
    "document",
    "published",
    "outlet",
    "claimant.id",
    "claimant.name",
    "stance",
    "event.type",
    "event.actor",
    "event.modality",
    "event.date",
    "places.name",
    "places.id",
    "places.lat",
    "places.lon",
    "against_interest",
    "confidence",
    "source.text",
    "cue.text",
    "content.text",
    "sentence.text",
    "sentence.start",
    "sentence.end",
)

Scalar = str | int | float | bool | None
Tree = dict[str, Any]  # name -> the tree of what is wanted of it, None for all of it


@cache
def legal_fields(kind: type[Record] = Claim) -> tuple[str, ...]:
    """List every name that ``--fields`` takes: the keys of a claim (or another record), and parts with a dot."""
    return tuple(_paths(kind))


def parse_fields(value: str, *, kind: type[Record] = Claim) -> tuple[str, ...]:
    """Read ``a,b.c``.

    Raises:
        UsageError: a name is not legal; the message lists the legal ones.
    """
    names = tuple(name.strip() for name in value.split(",") if name.strip())
    legal = legal_fields(kind)
    unknown = [name for name in names if name not in legal]
    if unknown or not names:
        near = difflib.get_close_matches(unknown[0], legal, n=1) if unknown else []
        hint = f"did you mean {near[0]!r}? " if near else ""
        what = f"--fields {unknown[0]!r} is no field" if unknown else "--fields is empty"
        raise UsageError(what, mend=f"{hint}the fields are {', '.join(legal)}")
    return tuple(dict.fromkeys(names))


def project(claim: Mapping[str, Any], *, fields: Sequence[str]) -> dict[str, Any]:
    """Keep only some fields of a claim (as builtins); nested as it was, so that a ``jq`` path stays the same."""
    tree: Tree = {}
    for field in fields:
        *path, leaf = field.split(".")
        branch: Tree | None = tree
        for name in path:
            branch = branch.setdefault(name, {}) if branch is not None else None
        if branch is not None:
            branch[leaf] = None
    return {name: _pruned(claim[name], tree=sub) for name, sub in tree.items()}


def flat(claim: Record, *, field: str) -> Scalar:
    """Give one field as one cell; the values of a list are joined by ``"; "``, an inner record is compact JSON."""
    values: list[Any] = [claim]
    many = False
    for name in field.split("."):
        step = [getattr(value, name) for value in values if value is not None]
        many = many or any(isinstance(value, tuple) for value in step)
        values = [part for value in step for part in (value if isinstance(value, tuple) else (value,))]
    cells = [_cell(value) for value in values]
    if not many:
        return cells[0] if cells else None
    return cells[0] if len(cells) == 1 else SEPARATOR.join("" if cell is None else str(cell) for cell in cells)


def _cell(value: Any) -> Scalar:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return msgspec.json.encode(value).decode()


def _pruned(value: Any, *, tree: Tree | None) -> Any:
    if tree is None or value is None:
        return value
    if isinstance(value, list | tuple):
        return [_pruned(part, tree=tree) for part in value]
    return {name: _pruned(value[name], tree=sub) for name, sub in tree.items()}


def _paths(kind: type[Record], *, prefix: str = "") -> Iterator[str]:
    for name, hint in get_type_hints(kind).items():
        yield f"{prefix}{name}"
        inner = _record_in(hint)
        if inner is not None:
            yield from _paths(inner, prefix=f"{prefix}{name}.")


def _record_in(hint: Any) -> type[Record] | None:
    if isinstance(hint, type) and issubclass(hint, Record):
        return hint
    if get_origin(hint) in (tuple, Union, types.UnionType):
        return next((found for part in get_args(hint) if (found := _record_in(part))), None)
    return None
