"""Strict YAML: one document of plain mappings, lists and scalars, typed by a schema, every problem told with its line.

Only the event stream of the YAML parser is used, so no object is ever built from a tag. Anchors, aliases, tags, merge
keys, directives, duplicate or unknown keys, deep nesting and scalars that YAML versions read differently (``no``,
``010``, ``12:30:45``) are problems, not values.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, NoReturn

import msgspec
import yaml

from claimkit.errors import ConfigurationError

MAX_DEPTH = 24
MAX_PROBLEMS = 1000

_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Problem(msgspec.Struct, frozen=True, order=True):
    """One thing wrong with a file: the line (from 1), what is wrong and the mend."""

    line: int
    message: str


class LexiconError(ConfigurationError):
    """A data file breaks its schema; ``problems`` has every fault found, in order of the lines.

    The text has one line a problem, each ``file:line: what; the mend``.
    """

    def __init__(self, name: str, problems: tuple[Problem, ...]) -> None:
        self.name = name
        self.problems = problems
        super().__init__("\n".join(self._lines()))

    def _lines(self) -> Iterator[str]:
        for problem in self.problems:
            yield f"{self.name}:{problem.line}: {problem.message}"


class Scalar(NamedTuple):
    """A scalar as written; ``plain`` says that it stands without quotes."""

    line: int
    text: str
    plain: bool


class Sequence(NamedTuple):
    """A list of nodes."""

    line: int
    items: list[Node]


class Mapping(NamedTuple):
    """A mapping; the keys are scalars, the first of two equal keys is kept."""

    line: int
    items: dict[str, tuple[int, Node]]


Node = Scalar | Sequence | Mapping


class Stop(Exception):  # noqa: N818 - control flow inside the loader
    """Reading cannot go on after this problem."""


def _shown(text: str) -> str:
    return text if len(text) <= 40 else text[:37] + "..."


class Reader:
    """Turns the events of one YAML text into a tree of nodes and collects the problems on the way."""

    def __init__(self, data: bytes) -> None:
        self.problems: list[Problem] = []
        self._parser = _LOADER(data)

    def report(self, line: int, message: str) -> None:
        """Note one problem at a line; after ``MAX_PROBLEMS`` the reading stops."""
        self.problems.append(Problem(line, message))
        if len(self.problems) == MAX_PROBLEMS:
            self.problems.append(Problem(line, f"{MAX_PROBLEMS} problems; reading stopped here, mend these first"))
            raise Stop

    def read(self) -> Node | None:
        """Read the document; ``None`` where it is empty or cannot be read."""
        try:
            return self._document()
        except Stop:
            return None
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
            what = getattr(error, "problem", None) or getattr(error, "reason", None) or "unreadable"
            self.report(mark.line + 1 if mark else 1, f"not YAML: {what}; mend the syntax")
            return None
        except ValueError as error:
            self.report(1, f"not YAML: {error}; mend the syntax")
            return None
        finally:
            self._parser.dispose()

    def _document(self) -> Node | None:
        event = self._next()
        event = self._next()
        if isinstance(event, yaml.StreamEndEvent):
            self.report(1, "the file is empty; write at least one entry")
            return None
        if event.tags or event.version:
            self.report(event.start_mark.line + 1, "%-directives are not allowed; delete them")
        node = self._node(self._next(), depth=1)
        self._next()
        event = self._next()
        if not isinstance(event, yaml.StreamEndEvent):
            self.report(event.start_mark.line + 1, "a second document (---); one file holds one document")
        return node

    def _next(self) -> Any:
        return self._parser.get_event()

    def _stop(self, line: int, message: str) -> NoReturn:
        self.report(line, message)
        raise Stop

    def _node(self, event: Any, *, depth: int) -> Node | None:
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent):
            self.report(line, f"alias *{_shown(str(event.anchor))} is not allowed; write the value out")
            return None
        if event.anchor is not None:
            self.report(line, f"anchor &{_shown(event.anchor)} is not allowed; delete it")
        if event.tag is not None:
            self.report(line, f"tag {_shown(event.tag)} is not allowed; delete it")
        if isinstance(event, yaml.ScalarEvent):
            return Scalar(line, event.value, not event.style)
        if depth >= MAX_DEPTH:
            self._stop(line, f"nested deeper than {MAX_DEPTH} levels; flatten it")
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(line, depth=depth)
        return self._mapping(line, depth=depth)

    def _sequence(self, line: int, *, depth: int) -> Sequence:
        items: list[Node] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            node = self._node(event, depth=depth + 1)
            if node is not None:
                items.append(node)
        return Sequence(line, items)

    def _mapping(self, line: int, *, depth: int) -> Mapping:
        items: dict[str, tuple[int, Node]] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._node(event, depth=depth + 1)
            value = self._node(self._next(), depth=depth + 1)
            if key is None or value is None:
                continue
            if not isinstance(key, Scalar):
                self.report(key.line, "a key must be a plain word, not a list or mapping; write it out")
            elif key.text in items:
                first = items[key.text][0]
                self.report(key.line, f"duplicate key {_shown(key.text)!r} (first in line {first}); keep one")
            elif key.text == "<<" and key.plain:
                self.report(key.line, "merge key << is not allowed; write the values out")
            else:
                items[key.text] = (key.line, value)
        return Mapping(line, items)
