"""``claimkit config``: what is set, and where each value came from."""

from __future__ import annotations

from typing import Any

import click
import msgspec

from claimkit.commands.options import (
    SectionedCommand,
    option,
    reading_options,
    settings_from,
    settings_options,
    shared_options,
)
from claimkit.terminal import one_line


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Show the settings and where each came from.

    A setting is, from the strongest: a flag, a variable (CLAIMKIT_MAX_FILE_SIZE), a line of claimkit.toml in this
    folder or one above it, a line of the user's own claimkit.toml, or the default.
    """


@command.command(cls=SectionedCommand)
@option("--format", "form", section="Output", type=click.Choice(["text", "json"]), default="text", help="Its form.")
@reading_options
@settings_options
@shared_options
def show(**given: Any) -> None:
    """Print every setting, its value, and where that came from."""
    loaded = settings_from(given)
    values = msgspec.to_builtins(loaded.settings)
    if given["form"] == "json":
        rows = {name: {"value": value, "from": loaded.origins[name]} for name, value in values.items()}
        click.echo(msgspec.json.format(msgspec.json.encode(rows), indent=2).decode())
        return
    cells = [(name.replace("_", "-"), _spelled(value), loaded.origins[name]) for name, value in values.items()]
    name_width, value_width = (max(len(cell[column]) for cell in cells) for column in (0, 1))
    for name, value, origin in cells:
        click.echo(one_line(f"{name:<{name_width}}  {value:<{value_width}}  {origin}"))


def _spelled(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, list | tuple):
        return ", ".join(str(part) for part in value) or "-"
    return str(value).lower() if isinstance(value, bool) else str(value)
