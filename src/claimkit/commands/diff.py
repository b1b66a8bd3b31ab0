"""``claimkit diff``: what changed between two days, databases or ledgers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from claimkit.commands.database import Silence, database_option, output_options, read_ledger, write
from claimkit.commands.options import SectionedCommand, option, settings_from, settings_options, shared_options
from claimkit.errors import InputError, UsageError
from claimkit.opening import read_regular
from claimkit.status import Exit

if TYPE_CHECKING:
    from claimkit.ledger_records import Ledger
    from claimkit.settings import Settings

SQLITE = b"SQLite format 3\x00"


@click.command(
    cls=SectionedCommand,
    examples=(
        ("claimkit diff 2025-11-14 2025-12-02 --db claims.db", "between two days"),
        ("claimkit diff monday.json tuesday.json", "between two ledgers: claimkit ledger --format json"),
        ("claimkit diff old.db new.db --exit-code || mail -s changes desk", "an alert"),
    ),
)
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@output_options("table", "json", "jsonl")
@database_option
@settings_options
@option("--exit-code", section="Options", is_flag=True, help="Exit 10 if something changed.")
@shared_options
def command(*, old: str, new: str, **given: Any) -> int:
    """Show what changed between two days, databases or ledgers.

    From OLD to NEW: what is new, has another status, is newly contradicted, is gone.

    OLD and NEW are two days of --db, two databases, or two ledgers in JSON.
    """
    from claimkit.ledger_diff import changes
    from claimkit.ledger_text import change_lines

    settings = settings_from(given).settings
    before, after = (_ledger(name, given=given, settings=settings) for name in (old, new))
    found = changes(before, after)
    write(found, lines=change_lines(found), form=given["form"], path=given["output"])
    return Exit.FOUND if given["exit_code"] and found else Exit.DONE


def _ledger(name: str, *, given: dict[str, Any], settings: Settings) -> Ledger:
    from claimkit.filters import bounds

    day = bounds(name)
    if given["db"] is not None:
        if day is None:
            raise UsageError(f"{name!r} is no date", mend="with --db give two days, such as 2025-12-01")
        return read_ledger((), given=given, settings=settings, as_of=day[1], watch=Silence())
    path = Path(name)
    if day is not None and not path.exists():
        raise UsageError(f"day {name} of which database?", mend="add --db FILE")
    try:
        data = read_regular(path)
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", where=name, mend="check the path") from error
    if data.startswith(SQLITE):
        return read_ledger((), given={"db": path}, settings=settings, as_of=None, watch=Silence())
    return _written(data, where=name)


def _written(data: bytes, *, where: str) -> Ledger:
    import msgspec

    from claimkit.ledger_records import Ledger
    from claimkit.records import UNREADABLE

    try:
        return msgspec.json.decode(data, type=Ledger)
    except UNREADABLE as error:
        mend = "write it with `claimkit ledger --format json`"
        raise InputError(f"is neither a database nor a ledger ({error})", where=where, mend=mend) from error
