"""The table: the claims of a run for a person at a terminal, by article or by place, in 80 columns or more.

From :data:`WIDE` columns on, a claim is one row with its evidence as the last column; below, the evidence stands under
its row. In the evidence the cue is marked ``[so]`` and the content ``{so}``, with colour also by style.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from claimkit.evidence import STANCE_STYLES, evidence
from claimkit.export.fields import flat
from claimkit.records import JUDGED, Claim, DocumentReport, Modality, PlaceMention, Record, Stance
from claimkit.terminal import one_line

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

WIDE = 110
GAP = 2
INDENT = 2
EVIDENCE_LINES = 4
ID_SHOWN = 8

# Most and least columns of a column, in the order of the table; what does not fit is folded, never cut.
_COLUMNS = {
    "place": (22, 8),
    "event": (22, 12),
    "who": (22, 8),
    "stance": (11, 11),
    "date": (11, 11),
    "article": (22, 8),
}

NO_PLACE = "no place"


class Contested(Record, frozen=True, kw_only=True):
    """A place and an event that somebody asserts and somebody denies, doubts or cannot verify."""

    key: str
    place: str
    event: str


def contested(claims: Iterable[Claim]) -> tuple[Contested, ...]:
    """Find what is contested, in the order in which it is first claimed.

    Places are told apart by id, those without one by name.
    """
    stances: dict[tuple[str, str], set[Stance]] = {}
    names: dict[tuple[str, str], Contested] = {}
    for claim in claims:
        for place in claim.places:
            key = (place_key(place), claim.event.type.value)
            stances.setdefault(key, set()).add(claim.stance)
            names.setdefault(key, Contested(key=key[0], place=place.name, event=key[1]))
    return tuple(names[key] for key, found in stances.items() if Stance.ASSERT in found and found & JUDGED)


def place_key(place: PlaceMention) -> str:
    """Give what tells a place from others: its id, else its name."""
    return place.id or place.name


def summary(claims: Sequence[Claim], *, articles: int) -> str:
    """Say in one line what there is: articles, claims, places, contested."""
    places = len({place_key(place) for claim in claims for place in claim.places})
    disputes = contested(claims)
    counts = ((articles, "article", "articles"), (len(claims), "claim", "claims"), (places, "place", "places"))
    parts = [f"{number} {one if number == 1 else more}" for number, one, more in counts]
    parts.append(f"{len(disputes)} contested")
    line = ", ".join(parts)
    return f"{line}: {', '.join(f'{item.place} ({item.event})' for item in disputes)}" if disputes else line


def render(
    documents: Sequence[DocumentReport], *, claims: Sequence[Claim], console: Console, by_place: bool = False
) -> None:
    """Print the table of a run.

    Args:
        documents: the articles that were read, in order.
        claims: the claims to show, in the order of the articles.
        console: where to.
        by_place: group by place rather than by article; a claim with two places stands under both.
    """
    from rich.text import Text

    columns = ("event", "who", "stance", "date", "article") if by_place else tuple(_COLUMNS)[:5]
    groups = list(_by_place(claims) if by_place else _by_article(documents, claims=claims))
    rows = [[{name: _cell(claim, column=name) for name in columns} for claim in found] for _, found in groups]
    widths = _widths([row for group in rows for row in group], columns=columns, room=_room(console.width))
    with console.capture() as capture:
        if rows:
            console.print(_heads(columns, widths=widths, wide=console.width >= WIDE))
        for (title, found), cells in zip(groups, rows, strict=True):
            console.print()
            console.print(title)
            for claim, row in zip(found, cells, strict=True):
                console.print(_row(claim, row=row, widths=widths, width=console.width))
        if rows:
            console.print()
        console.print(Text(one_line(summary(claims, articles=len(documents))), style="bold"))
    write(capture.get(), console=console)


def _cell(claim: Claim, *, column: str) -> Text:
    from rich.text import Text

    event = claim.event
    match column:
        case "place":
            return Text(one_line(", ".join(dict.fromkeys(place.name for place in claim.places))), style="bold")
        case "event":
            text = Text(event.type.value)
            text.append(f" ({event.actor})" if event.actor else "")
            text.append("" if event.modality is Modality.ACTUAL else f", {event.modality.value}", style="italic")
            return text
        case "who":
            return Text(one_line(claim.claimant.name))
        case "stance":
            return Text(claim.stance.value, style=f"bold {STANCE_STYLES[claim.stance]}")
        case "date":
            first, slash, last = (event.date or "").partition("/")
            return Text(f"{first}/\n{last}" if first and last else f"{first}{slash}{last}")
        case _:
            return Text(one_line(_stem(claim.document)))


def _stem(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[0] or path


def _room(width: int) -> int:
    return width * 11 // 20 if width >= WIDE else width


def _widths(rows: Sequence[dict[str, Text]], *, columns: Sequence[str], room: int) -> dict[str, int]:
    """Give each column what its widest cell needs, less where the room is short."""
    most = {name: _COLUMNS[name][0] for name in columns}
    least = {name: _COLUMNS[name][1] for name in columns}
    widths = {}
    for name in columns:
        needed = max((max(line.cell_len for line in row[name].split()) for row in rows if row[name]), default=0)
        widths[name] = max(min(needed, most[name]), least[name])
    while sum(widths.values()) + GAP * (len(columns) - 1) > room:
        widest = max(columns, key=lambda name: widths[name] - least[name])
        if widths[widest] == least[widest]:
            break
        widths[widest] -= 1
    return widths


def _heads(columns: Sequence[str], *, widths: dict[str, int], wide: bool) -> Text:
    from rich.text import Text

    line = (" " * GAP).join(name.upper().ljust(widths[name]) for name in columns)
    legend = "EVIDENCE: [cue] {content}"
    return Text(f"{line}{' ' * GAP}{legend}" if wide else f"{line}\n{' ' * INDENT}{legend}", style="dim")


def _row(claim: Claim, *, row: dict[str, Text], widths: dict[str, int], width: int) -> RenderableType:
    from rich.console import Group
    from rich.padding import Padding
    from rich.table import Table

    grid = Table.grid(padding=(0, GAP, 0, 0), pad_edge=False)
    for name in row:
        grid.add_column(width=widths[name], overflow="fold")
    taken = sum(widths.values()) + GAP * len(widths)
    room = width - taken if width >= WIDE else width - INDENT
    shown = evidence(claim, room=EVIDENCE_LINES * room)
    shown.append(" against interest" if claim.against_interest else "", style="italic")
    shown.append(f" {claim.id[:ID_SHOWN]}", style="dim")
    if width >= WIDE:
        grid.add_column(overflow="fold")
        grid.add_row(*row.values(), shown)
        return grid
    grid.add_row(*row.values())
    return Group(grid, Padding(shown, (0, 0, 0, INDENT)))


def _by_article(documents: Sequence[DocumentReport], *, claims: Sequence[Claim]) -> Iterator[tuple[Text, list[Claim]]]:
    from rich.text import Text

    reports = {document.path: document for document in documents}
    for path, group in groupby(claims, key=lambda claim: claim.document):
        found = list(group)
        report = reports.get(path)
        about = [found[0].outlet, found[0].published, report.title if report else None]
        title = Text(one_line(path), style="bold underline")
        title.append(one_line("".join(f"  {part}" for part in about if part)), style="not bold not underline")
        yield title, found


def _by_place(claims: Sequence[Claim]) -> Iterator[tuple[Text, list[Claim]]]:
    """Group by place: those with the most claims first, then by name; claims without a place last."""
    from rich.text import Text

    places: dict[str, PlaceMention] = {}
    groups: dict[str, list[Claim]] = {}
    for claim in claims:
        for place in {place_key(place): place for place in claim.places}.values():
            places.setdefault(place_key(place), place)
            groups.setdefault(place_key(place), []).append(claim)
    disputes = contested(claims)
    for key in sorted(groups, key=lambda key: (-len(groups[key]), places[key].name, key)):
        place = places[key]
        title = Text(one_line(place.name), style="bold underline")
        where = ", ".join(part for part in (place.admin1, place.country) if part and part != place.name)
        title.append(one_line(f"  {where}") if where else "", style="not bold not underline")
        events = [item.event for item in disputes if item.key == key]
        title.append(f"  contested: {', '.join(events)}" if events else "", style="bold red not underline")
        yield title, groups[key]
    rest = [claim for claim in claims if not claim.places]
    if rest:
        yield Text(NO_PLACE, style="bold underline"), rest


def render_fields(claims: Sequence[Record], *, fields: Sequence[str], console: Console) -> None:
    """Print chosen fields of the claims as plain columns, as wide as the console allows."""
    from rich.table import Table
    from rich.text import Text

    grid = Table(box=None, padding=(0, GAP, 0, 0), pad_edge=False, header_style="dim", collapse_padding=True)
    for field in fields:
        grid.add_column(field, overflow="fold")
    for claim in claims:
        cells = (flat(claim, field=field) for field in fields)
        grid.add_row(*(Text("" if cell is None else one_line(str(cell))) for cell in cells))
    with console.capture() as capture:
        console.print(grid)
    write(capture.get(), console=console)


def write(text: str, *, console: Console) -> None:
    """Write what a console has rendered, without the spaces that pad its lines."""
    console.file.writelines(f"{line.rstrip(' ')}\n" for line in text.removesuffix("\n").split("\n"))
