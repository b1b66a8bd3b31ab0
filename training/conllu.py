"""CoNLL-U files → sentences as rows of cells."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path


def sentences(path: Path) -> Iterator[list[list[str]]]:
    """Give each sentence of a CoNLL-U file as its rows of cells, without ranges and empty nodes."""
    rows: list[list[str]] = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("#"):
            continue
        if not line.strip():
            if rows:
                yield rows
            rows = []
            continue
        cells = line.split("\t")
        if cells[0].isdigit():
            rows.append(cells)
    if rows:
        yield rows
