"""Typed reading of a YAML tree: the target type says how each scalar is read, and every mismatch is told.

Types that can be read: ``str``, ``int``, ``float``, ``bool``, ``date``, enums of strings, ``Literal`` of strings,
``tuple[T, ...]``, ``dict[str, T]``, msgspec structs, and ``T | None`` (``None`` only by leaving the key out). Where a
union has a list and a scalar form (``str | tuple[str, ...]``), the form that stands in the file decides.
"""

from __future__ import annotations

import math
import re
import types
import typing
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from enum import Enum
from functools import lru_cache
from typing import Any, Literal, Union, get_args, get_origin

import msgspec

from claimkit.lexicon_yaml import Mapping, Node, Reader, Scalar, Sequence, Stop

_TRAP = re.compile(
    r"(?:y|n|yes|no|on|off|true|false|null|~|)"
    r"|[-+]?0x[0-9a-f_]+|[-+]?0[ob][0-7_]+"
    r"|[-+]?[0-9][0-9_]*(?:\.[0-9_]*)?(?:e[-+]?[0-9]+)?"
    r"|[-+]?\.[0-9]+(?:e[-+]?[0-9]+)?|[-+]?\.inf|\.nan"
    r"|[-+]?[0-9]+(?::[0-9]+)+(?:\.[0-9]*)?"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[t ].*)?",
    re.IGNORECASE,
)
_INT = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:e-?[0-9]+)?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class Missing:
    """Marks a value that could not be read; its problem is already noted."""


MISSING = Missing()
Convert = Callable[[Node, Reader, str], Any]


def convert(node: Node, *, kind: Any, reader: Reader) -> Any:
    """Read a tree as a type; problems go to the reader, ``MISSING`` stands for what could not be read."""
    try:
        return _converter(kind)(node, reader, "the file")
    except Stop:
        return MISSING


def check_unique(node: Node, name: str, *, reader: Reader) -> None:
    """Report entries of a top-level list that have the same value under a key."""
    seen: dict[str, int] = {}
    for item in node.items if isinstance(node, Sequence) else ():
        line, child = item.items.get(name, (0, None)) if isinstance(item, Mapping) else (0, None)
        if isinstance(child, Scalar) and seen.setdefault(child.text, line) != line:
            with suppress(Stop):
                reader.report(line, f"{name} {_shown(child.text)} is already in line {seen[child.text]}; keep one")


@lru_cache(maxsize=512)
def _converter(kind: Any) -> Convert:
    origin = get_origin(kind)
    if kind in _SCALARS:
        return _scalar(_SCALARS[kind])
    if origin is Literal:
        return _choice(get_args(kind), lambda text: text)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _choice(tuple(member.value for member in kind), kind)
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return _struct(kind)
    if origin is tuple:
        return _tuple(get_args(kind)[0])
    if origin is dict:
        return _dict(get_args(kind)[1])
    if origin in (Union, types.UnionType):
        return _union(get_args(kind))
    message = f"no reader for {kind!r}"
    raise TypeError(message)


def _shown(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:37] + "...")


def _scalar(read: Callable[[Scalar], Any]) -> Convert:
    def run(node: Node, reader: Reader, where: str) -> Any:
        if not isinstance(node, Scalar):
            reader.report(node.line, f"{where} must be one value, not a list or mapping; write one value")
            return MISSING
        try:
            return read(node)
        except ValueError as error:
            reader.report(node.line, f"{where}: {error}")
            return MISSING

    return run


def _read_str(node: Scalar) -> str:
    if node.plain and _TRAP.fullmatch(node.text):
        message = f"{_shown(node.text)} without quotes is no text in every YAML; put it in quotes"
        raise ValueError(message)
    if found := _CONTROL.search(node.text):
        message = f"control character U+{ord(found[0]):04X} in {_shown(node.text)}; delete it"
        raise ValueError(message)
    if not node.text.strip():
        message = "an empty text; write a value or leave the key out"
        raise ValueError(message)
    return node.text


def _pattern(pattern: re.Pattern[str], name: str, read: Callable[[str], Any]) -> Callable[[Scalar], Any]:
    def run(node: Scalar) -> Any:
        if not node.plain or not pattern.fullmatch(node.text):
            message = f"{_shown(node.text)} is not {name}"
            raise ValueError(message)
        return read(node.text)

    return run


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        message = f"{_shown(text)} is too large; write a finite number"
        raise ValueError(message)
    return value


_SCALARS: dict[Any, Callable[[Scalar], Any]] = {
    str: _read_str,
    int: _pattern(_INT, "a whole number; write digits only, no leading zero, no quotes", int),
    float: _pattern(_FLOAT, "a number; write it in decimal, no leading zero, no quotes", _finite),
    bool: _pattern(re.compile("true|false"), "true or false; write one of them", lambda text: text == "true"),
    date: _pattern(_DATE, "a date; write YYYY-MM-DD", date.fromisoformat),
}


def _choice(values: tuple[str, ...], make: Callable[[Any], Any]) -> Convert:
    def read(node: Scalar) -> Any:
        if node.text not in values:
            message = f"{_shown(node.text)} is not known; write one of {', '.join(values)}"
            raise ValueError(message)
        return make(node.text)

    return _scalar(read)


def _tuple(item: Any) -> Convert:
    inner = _converter(item)

    def run(node: Node, reader: Reader, where: str) -> Any:
        if not isinstance(node, Sequence):
            reader.report(node.line, f"{where} must be a list; write [a, b] or lines that begin with -")
            return MISSING
        values = [
            inner(child, reader, where if isinstance(child, Mapping) else f"an item of {where}") for child in node.items
        ]
        return tuple(value for value in values if value is not MISSING)

    return run


def _dict(item: Any) -> Convert:
    inner = _converter(item)

    def run(node: Node, reader: Reader, where: str) -> Any:
        if not isinstance(node, Mapping):
            reader.report(node.line, f"{where} must be a mapping; write key: value lines")
            return MISSING
        values = {key: inner(child, reader, f"{key!r}") for key, (_, child) in node.items.items()}
        return {key: value for key, value in values.items() if value is not MISSING}

    return run


def _union(kinds: tuple[Any, ...]) -> Convert:
    wanted = [kind for kind in kinds if kind is not type(None)]
    if len(wanted) == 1:
        return _converter(wanted[0])
    by_form = {
        Sequence: [k for k in wanted if get_origin(k) is tuple],
        Mapping: [k for k in wanted if get_origin(k) is dict or hasattr(k, "__struct_fields__")],
    }
    by_form[Scalar] = [k for k in wanted if k not in by_form[Sequence] and k not in by_form[Mapping]]
    readers = {form: _converter(found[0]) for form, found in by_form.items() if found}
    fallback = next(iter(readers.values()))

    def run(node: Node, reader: Reader, where: str) -> Any:
        return readers.get(type(node), fallback)(node, reader, where)

    return run


def _struct(cls: type[msgspec.Struct]) -> Convert:
    hints = typing.get_type_hints(cls)
    fields = {field.encode_name: field for field in msgspec.structs.fields(cls)}
    inner: dict[str, Convert] = {}

    def run(node: Node, reader: Reader, where: str) -> Any:
        if not isinstance(node, Mapping):
            reader.report(node.line, f"{where} must be a mapping; write key: value lines")
            return MISSING
        values: dict[str, Any] = {}
        for key, (line, child) in node.items.items():
            field = fields.get(key)
            if field is None:
                reader.report(line, f"unknown key {_shown(key)}; known here: {', '.join(fields)}")
                continue
            if key not in inner:
                inner[key] = _converter(hints[field.name])
            values[field.name] = inner[key](child, reader, f"{key!r}")
        lacking = [key for key, field in fields.items() if field.required and field.name not in values]
        for key in lacking:
            reader.report(node.line, f"key {key!r} is missing; add it")
        if lacking or MISSING in values.values():
            return MISSING
        try:
            return cls(**values)
        except ValueError as error:
            reader.report(node.line, str(error))
            return MISSING

    return run
