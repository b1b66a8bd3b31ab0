"""``claimkit ledger``: who holds what since when."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from claimkit.commands.database import Silence, database_option, day_of, output_options, read_ledger, write
from claimkit.commands.options import (
    SectionedCommand,
    option,
    reading_options,
    settings_from,
    settings_options,
    shared_options,
    values,
)
from claimkit.ledger_records import Proposition, PropositionPlace, Status
from claimkit.records import EventType
from claimkit.status import Exit

if TYPE_CHECKING:
    from claimkit.settings import Settings


@click.command(
    cls=SectionedCommand,
    examples=(
        ("claimkit ledger --db claims.db --status contested", "what is contested"),
        ("claimkit ledger articles/ --place Pokrovsk --as-of 2025-11-14", "how it stood on that day"),
        ("claimkit extract articles/ -o claims.jsonl; claimkit ledger claims.jsonl", "from claims found before"),
    ),
)
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@output_options("table", "json", "jsonl")
@option("--place", section="Filters", multiple=True, metavar="NAME", help="By any of its names.")
@option(
    "--event",
    section="Filters",
    multiple=True,
    type=click.Choice(values(EventType)),
    metavar="CLASS",
    help="Of this class.",
)
@option("--status", section="Filters", multiple=True, type=click.Choice(values(Status)), help="How it stands.")
@option("--as-of", section="Filters", metavar="DATE", help="As it stood at the end of this day.")
@option("--since", section="Filters", metavar="DATE", help="What was said, or changed, on this day or later.")
@database_option
@reading_options
@settings_options
@option("--exit-code", section="Options", is_flag=True, help="Exit 10 if there is something to show.")
@shared_options
def command(*, paths: tuple[str, ...], **given: Any) -> int:
    """Show who holds what since when: propositions, positions, status.

    PATHS are articles, or results of `claimkit extract` (.json, .jsonl); or read a database with --db.
    """
    import msgspec

    from claimkit.ledger_text import by_attention, ledger_lines

    as_of = day_of(given["as_of"], option="--as-of")
    wanted_since = given["since"] and _first_day(given["since"])
    settings = settings_from(given).settings
    watch = Silence()
    ledger = read_ledger(paths, given=given, settings=settings, as_of=as_of, watch=watch)
    wanted = keeper(given, settings=settings, since=wanted_since)
    shown = [proposition for proposition in ledger.propositions if wanted(proposition)]
    write(
        shown,
        lines=ledger_lines(ledger, shown=by_attention(shown)),
        whole=msgspec.structs.replace(ledger, propositions=tuple(shown)),
        form=given["form"],
        path=given["output"],
    )
    if watch.inputs_skipped:
        return Exit.SKIPPED
    return Exit.FOUND if given["exit_code"] and shown else Exit.DONE


def _first_day(text: str) -> str:
    from claimkit.filters import option_bounds

    return option_bounds(text, option="--since")[0]


def keeper(given: Mapping[str, Any], *, settings: Settings, since: str | None) -> Callable[[Proposition], bool]:
    """Make one test of a proposition out of the options."""
    is_at = _placed(given["place"], settings=settings) if given["place"] else None

    def wanted(proposition: Proposition) -> bool:
        return (
            (is_at is None or any(is_at(place) for place in proposition.places))
            and (not given["event"] or proposition.event.type in given["event"])
            and (not given["status"] or proposition.status in given["status"])
            and (since is None or _moved_since(proposition, since))
        )

    return wanted


def _placed(sought: Sequence[str], *, settings: Settings) -> Callable[[PropositionPlace], bool]:
    """Make one test of a place out of the names that were given: one of them means it, or what it lies inside."""
    from claimkit.commands.extract import places_sought
    from claimkit.gazetteer import Gazetteer

    gazetteer = Gazetteer.load(Path(path) for path in settings.gazetteer)
    meaning = places_sought(gazetteer)
    meant = tuple(meaning(name) for name in sought)
    names = frozenset(name.casefold() for name in sought)

    def is_at(place: PropositionPlace) -> bool:
        if place.name.casefold() in names:
            return True
        known = gazetteer.get(place.id) if place.id else None
        return known is not None and any(
            known.id in one.ids or (known.country, known.admin1) in one.regions or known.country in one.countries
            for one in meant
        )

    return is_at


def _moved_since(proposition: Proposition, since: str) -> bool:
    return any((one.last or "") >= since for one in proposition.positions) or any(
        (change.date or "") >= since for change in proposition.history
    )
