"""YAML front matter of ``.md`` and ``.txt`` files, read by the strict loader: no tags, aliases or objects."""

from __future__ import annotations

import re
from typing import Final

from claimkit.lexicon_yaml import Mapping, Node, Reader, Scalar, Sequence
from claimkit.phrases import phrases
from claimkit.records import Record

MAX_FRONT_MATTER: Final = 65_536
_FENCE: Final = re.compile(r"---[ \t]*\r?\n")
_CLOSE: Final = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE)
_KEY_LINE: Final = re.compile(r"\A[\w -]{1,60}:(?:\s|$)")


class FrontMatter(Record, frozen=True, kw_only=True):
    """Fields of the front matter by our own names; ``end`` is the offset behind it."""

    end: int
    fields: dict[str, str]
    warning: str | None = None


def read_front_matter(text: str) -> FrontMatter | None:
    """Read the front matter of an article, ``None`` where it has none."""
    opening = _FENCE.match(text)
    if opening is None:
        return None
    closing = _CLOSE.search(text, opening.end(), opening.end() + MAX_FRONT_MATTER)
    if closing is None or not _KEY_LINE.match(text[opening.end() : closing.start()].lstrip()):
        return None
    reader = Reader(text[opening.end() : closing.start()].encode("utf-8", "replace"))
    node = reader.read()
    if reader.problems or not isinstance(node, Mapping):
        first = min(reader.problems).message if reader.problems else "no mapping of keys to values"
        return FrontMatter(end=closing.end(), fields={}, warning=f"front matter not read: {first}")
    fields: dict[str, str] = {}
    for key, (_, value) in node.items.items():
        field = phrases().fields.get(key.casefold())
        shown = _shown(value)
        if field is not None and shown:
            fields.setdefault(field, shown)
    return FrontMatter(end=closing.end(), fields=fields)


def _shown(node: Node) -> str | None:
    if isinstance(node, Scalar):
        return " ".join(node.text.split())
    if isinstance(node, Sequence):
        return ", ".join(item.text for item in node.items if isinstance(item, Scalar))
    return None
