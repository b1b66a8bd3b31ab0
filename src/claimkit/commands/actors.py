"""``claimkit actors``: look up, show and check parties."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from claimkit.commands.options import SectionedCommand, names_given, option, settings_from, shared_options
from claimkit.errors import DataError, UsageError
from claimkit.status import Exit
from claimkit.terminal import Color, Level, console, is_terminal, one_line, tell, visible, wants_color

if TYPE_CHECKING:
    from claimkit.parties import Parties, PartyMatch


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Look up, list and check parties."""


def _layers(function: Any) -> Any:
    for declare in (
        option("--no-config", section="Settings", is_flag=True, help="Read no claimkit.toml."),
        option(
            "--actors", section="Settings", metavar="FILE", multiple=True, help="More parties (YAML); may be repeated."
        ),
    ):
        function = declare(function)
    return function


@command.command(
    cls=SectionedCommand,
    examples=(
        ("claimkit actors lookup 'the Russian defence ministry' Bankova", "whom words stand for"),
        ("claimkit actors lookup --date 2024-07-24 Trump", "as of a day"),
        ("claimkit actors lookup - < sources.txt > parties.jsonl", "one phrase a line"),
    ),
)
@click.argument("names", nargs=-1, metavar="NAME... | -")
@option("--date", "on", section="Narrowing", metavar="DATE", help="When the words were written: 2024-07-24.")
@option(
    "--format",
    "form",
    section="Output",
    type=click.Choice(["auto", "table", "jsonl"]),
    default="auto",
    help="A table on a terminal, else JSON Lines.",
)
@_layers
@shared_options
def lookup(*, names: tuple[str, ...], on: str | None, form: str, **given: Any) -> None:
    """Say which party each name or phrase stands for, and why, or what it could mean."""
    if not names:
        raise UsageError("no name given", mend="give names, or - to read one a line")
    day = _date(on)
    parties = _parties(given)
    matches = (parties.lookup(name, on=day) for name in names_given(names))
    if form == "table" or (form == "auto" and is_terminal(sys.stdout)):
        _table(matches, color=wants_color(Color(given["color"]), stream=sys.stdout))
        return
    for match in matches:
        click.echo(msgspec.json.encode(match).decode())


@command.command(cls=SectionedCommand, examples=(("claimkit actors show HOUTHIS", "all that is known"),))
@click.argument("code", metavar="ID")
@option(
    "--format",
    "form",
    section="Output",
    type=click.Choice(["auto", "text", "json"]),
    default="auto",
    help="Text on a terminal, else JSON.",
)
@_layers
@shared_options
def show(*, code: str, form: str, **given: Any) -> None:
    """Show a party with its names, organs, persons and opponents."""
    from claimkit.party_description import describe
    from claimkit.party_lexicon import layer, load_lexicon

    lexicon = load_lexicon()
    for path in settings_from(given).settings.actors:
        lexicon = layer(lexicon, path=Path(path))
    party = describe(lexicon, code=code.upper())
    if party is None:
        raise UsageError(f"no party {code!r}", mend="find codes with `claimkit actors lookup NAME`")
    if form == "json" or (form == "auto" and not is_terminal(sys.stdout)):
        click.echo(msgspec.json.encode(party).decode())
        return
    for field, value in msgspec.to_builtins(party).items():
        for line in [value] if isinstance(value, str) else value:
            click.echo(one_line(f"{field:<9}  {line}"))


@command.command(cls=SectionedCommand, examples=(("claimkit actors check mine.yaml", "every problem, with its line"),))
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@shared_options
def check(*, files: tuple[Path, ...], **given: Any) -> int:
    """Check files of parties; every problem at once, with its line."""
    from claimkit.party_lexicon import layer, load_lexicon

    failed = False
    lexicon = load_lexicon()
    for path in files:
        try:
            lexicon = layer(lexicon, path=path)
        except DataError as error:
            failed = True
            for line in str(error).split("\n"):
                tell(line, level=Level.ERROR, color=Color(given["color"]))
            continue
        tell(f"{visible(str(path))}: no problem")
    return Exit.FAILED if failed else Exit.DONE


def _parties(given: dict[str, Any]) -> Parties:
    from claimkit.parties import Parties

    return Parties.load(Path(path) for path in settings_from(given).settings.actors)


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise UsageError(f"--date {text!r} is no date", mend="write YYYY-MM-DD") from error


def _table(matches: Iterable[PartyMatch], *, color: bool) -> None:
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for heading in ("words", "party", "id", "match", "because"):
        table.add_column(heading, overflow="fold")
    for match in matches:
        if match.party is not None:
            cells = [match.party.name, match.party.id, match.match or "", match.because]
        elif match.candidates:
            could = ", ".join(candidate.id for candidate in match.candidates)
            cells = ["-", "", match.match or "", f"could be {could}: {match.because}"]
        else:
            cells = ["-", "", match.match or "", match.because]
        table.add_row(*(one_line(cell) for cell in (match.query, *cells)))
    console(sys.stdout, color=color).print(table)
