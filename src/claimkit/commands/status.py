"""``claimkit status``: how things stand at one place."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from claimkit.commands.arguments import as_text
from claimkit.commands.database import Silence, database_option, day_of, output_options, read_ledger, write
from claimkit.commands.options import (
    SectionedCommand,
    option,
    reading_options,
    settings_from,
    settings_options,
    shared_options,
)
from claimkit.errors import UsageError
from claimkit.status import Exit

if TYPE_CHECKING:
    from claimkit.ledger_records import Ledger
    from claimkit.settings import Settings

MOST_SHOWN = 8


@click.command(
    cls=SectionedCommand,
    examples=(
        ("claimkit status Pokrovsk --db claims.db", "one screen on one place"),
        ("claimkit status Pokrovsk articles/ --as-of 2025-11-14", "as it stood on that day"),
    ),
)
@click.argument("place", metavar="PLACE")
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@output_options("table", "json", "jsonl")
@option("--as-of", section="Filters", metavar="DATE", help="As it stood at the end of this day.")
@option("--all", "everything", section="Filters", is_flag=True, help=f"Show more than the first {MOST_SHOWN}.")
@database_option
@reading_options
@settings_options
@shared_options
def command(*, place: str, paths: tuple[str, ...], **given: Any) -> int:
    """Show how things stand at one place.

    What is contested comes first, then what moved last.
    """
    import msgspec

    from claimkit.ledger_text import by_attention, ledger_lines

    place = as_text(place)
    as_of = day_of(given["as_of"], option="--as-of")
    settings = settings_from(given).settings
    ids = _ids(place, settings=settings)
    watch = Silence()
    ledger = _at(ids, paths=paths, given=given, settings=settings, as_of=as_of, watch=watch)
    there = by_attention(
        one for one in ledger.propositions if any((at.id or at.name.casefold()) in ids for at in one.places)
    )
    if not there:
        raise UsageError(f"nothing is known of {place!r}", mend="list the places: claimkit ledger --format table")
    shown = there if given["everything"] else there[:MOST_SHOWN]
    lines = list(ledger_lines(ledger, shown=shown))
    if len(shown) < len(there):
        lines.append(f"{len(there) - len(shown)} more: add --all")
    whole = msgspec.structs.replace(ledger, propositions=tuple(there))
    write(there, lines=lines, whole=whole, form=given["form"], path=given["output"])
    return Exit.SKIPPED if watch.inputs_skipped else Exit.DONE


def _ids(name: str, *, settings: Settings) -> tuple[str, ...]:
    from claimkit.gazetteer import Gazetteer

    match = Gazetteer.load(Path(path) for path in settings.gazetteer).lookup(name)
    meant = (match.place,) if match.place else match.candidates
    return (*(place.id for place in meant), name.casefold())


def _at(
    ids: tuple[str, ...],
    *,
    paths: tuple[str, ...],
    given: dict[str, Any],
    settings: Settings,
    as_of: str | None,
    watch: Silence,
) -> Ledger:
    if given["db"] is None or paths or as_of is not None:
        return read_ledger(paths, given=given, settings=settings, as_of=as_of, watch=watch)
    from claimkit.store import Store
    from claimkit.store_ledger import ledger_key

    with closing(Store(given["db"], create=False)) as store:
        if store.has_ledger(ledger_key(settings)):
            return store.ledger(places=ids)
    return read_ledger(paths, given=given, settings=settings, as_of=None, watch=watch)
