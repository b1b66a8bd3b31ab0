"""The table of ``claimkit places``: a row a place, the most named first, and what stayed open below."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from claimkit.mentions import Mention
from claimkit.records import Record
from claimkit.tables import GAP, place_key, write
from claimkit.terminal import one_line

if TYPE_CHECKING:
    from rich.console import Console

SHOWN_CANDIDATES = 5
HEADINGS = ("place", "where", "mentions", "articles", "as written", "id")
NUMBERS = frozenset({"mentions", "articles"})


class PlaceRow(Record, frozen=True, kw_only=True):
    """A place over all articles: how often it is named, in how many of them, by which names."""

    mention: Mention
    mentions: int
    articles: int
    names: tuple[tuple[str, int], ...]


def rows(mentions: Sequence[Mention]) -> tuple[PlaceRow, ...]:
    """Group mentions by place: those with an id first, then those with the most mentions, then by name."""
    groups: dict[tuple[bool, str], list[Mention]] = {}
    for mention in mentions:
        groups.setdefault((mention.place.id is None, place_key(mention.place)), []).append(mention)
    found = [
        PlaceRow(
            mention=group[0],
            mentions=len(group),
            articles=len({mention.document for mention in group}),
            names=tuple(Counter(mention.place.text for mention in group).most_common()),
        )
        for group in groups.values()
    ]
    return tuple(
        sorted(found, key=lambda r: (r.mention.place.id is None, -r.mentions, r.mention.place.name, r.mention.place.id))
    )


def summary(mentions: Sequence[Mention], *, articles: int) -> str:
    """Say in one line what there is: articles, mentions, places, and what stayed open."""
    known = {mention.place.id for mention in mentions if mention.place.id is not None}
    unresolved = sum(mention.place.id is None for mention in mentions)
    counts = ((articles, "article"), (len(mentions), "mention"), (len(known), "place"))
    parts = [f"{number} {noun}{'' if number == 1 else 's'}" for number, noun in counts]
    return ", ".join([*parts, f"{unresolved} unresolved"])


def render_places(mentions: Sequence[Mention], *, articles: int, console: Console) -> None:
    """Print the table.

    Args:
        mentions: the mentions of all articles, in their order.
        articles: how many articles were read.
        console: where to.
    """
    from rich.table import Table
    from rich.text import Text

    grid = Table(box=None, padding=(0, GAP, 0, 0), pad_edge=False, header_style="dim", collapse_padding=True)
    for heading in HEADINGS:
        grid.add_column(heading.upper(), overflow="fold", justify="right" if heading in NUMBERS else "left")
    found = rows(mentions)
    for row in found:
        cells = (one_line(cell) for cell in _cells(row))
        grid.add_row(Text(next(cells), style="bold" if row.mention.place.id else "italic"), *map(Text, cells))
    with console.capture() as capture:
        if found:
            console.print(grid)
            console.print()
        console.print(Text(summary(mentions, articles=articles), style="bold"))
    write(capture.get(), console=console)


def _cells(row: PlaceRow) -> tuple[str, ...]:
    place = row.mention.place
    names = ", ".join(name if count == row.mentions else f"{name} ({count})" for name, count in row.names)
    if place.id is not None:
        where = ", ".join(part for part in (place.admin1, place.country) if part and part != place.name)
    else:
        could = ", ".join(f"{other.name} {other.id}" for other in place.candidates[:SHOWN_CANDIDATES])
        where = f"could be {could}" if could else "not in the gazetteer"
    return place.name, where, str(row.mentions), str(row.articles), names, place.id or "-"
