"""Options that several commands share, shown under headings in ``--help``, and what is made of them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from claimkit.commands.arguments import as_text
from claimkit.terminal import Color, Level, tell

if TYPE_CHECKING:
    from claimkit.setting_sources import LoadedSettings

Function = TypeVar("Function", bound=Callable[..., Any])

# Options that are settings: the flag wins over CLAIMKIT_*, claimkit.toml and the default.
SETTINGS = (
    "actors",
    "date_column",
    "encoding",
    "follow",
    "gazetteer",
    "glob",
    "id_column",
    "max_file_size",
    "metadata",
    "outlet_column",
    "pipeline",
    "published",
    "stdin_filename",
    "text_column",
    "thorough",
    "title_column",
    "url_column",
)

# Options that say which claims are wanted; what is written depends on them.
FILTERS = ("place", "claimant", "stance", "event", "since", "until", "min_confidence")


class Invocation:
    """What holds for the whole command line, also once a command has failed: colour, and whether to show tracebacks."""

    def __init__(self) -> None:
        self.color = Color.AUTO
        self.debug = False


def _note_color(ctx: click.Context, _parameter: click.Parameter, value: str) -> Color:
    ctx.ensure_object(Invocation).color = Color(value)
    return Color(value)


def note_debug(ctx: click.Context, _parameter: click.Parameter, value: bool) -> None:
    """Keep that tracebacks are wanted."""
    if value:
        ctx.ensure_object(Invocation).debug = True


class SectionedOption(click.Option):
    """An option that stands under a heading of the help."""

    def __init__(self, *args: Any, section: str = "Options", **attributes: Any) -> None:
        self.section = section
        super().__init__(*args, **attributes)


class SectionedCommand(click.Command):
    """A command whose help has its options under headings, and examples at its end.

    Args:
        examples: command lines, each with what it is for.
    """

    def __init__(self, *args: Any, examples: Sequence[tuple[str, str]] = (), **attributes: Any) -> None:
        self.examples = examples
        super().__init__(*args, **attributes)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options by section, in the order in which they are declared."""
        sections: dict[str, list[tuple[str, str]]] = {}
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx) if isinstance(parameter, click.Option) else None
            if record is not None:
                sections.setdefault(getattr(parameter, "section", "Options"), []).append(record)
        for section, records in sections.items():
            with formatter.section(section):
                formatter.write_dl(records)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples, each command line whole."""
        write_examples(self.examples, formatter=formatter)


def write_examples(examples: Sequence[tuple[str, str]], *, formatter: click.HelpFormatter) -> None:
    """Write command lines, each under what it is for."""
    if not examples:
        return
    with formatter.section("Examples"):
        for line, purpose in examples:
            formatter.write(f"{'':>{formatter.current_indent}}{line}\n{'':>{formatter.current_indent + 4}}{purpose}\n")


def values(kind: type[StrEnum]) -> list[str]:
    """List the values of a closed set, for ``click.Choice`` (which would show the names of its members)."""
    return [member.value for member in kind]


def option(*declarations: str, section: str, **attributes: Any) -> Callable[[Function], Function]:
    """Declare an option under a heading."""
    return click.option(*declarations, cls=SectionedOption, section=section, **attributes)


def _stacked(*decorators: Callable[[Any], Any]) -> Callable[[Function], Function]:
    def decorate(function: Function) -> Function:
        for decorator in reversed(decorators):
            function = decorator(function)
        return function

    return decorate


def _reading(name: str, **attributes: Any) -> Callable[[Any], Any]:
    return option(name, section="Reading", **attributes)


def _corpus(name: str, **attributes: Any) -> Callable[[Any], Any]:
    return option(name, section="Corpora (an article a row)", metavar="NAME", **attributes)


reading_options = _stacked(
    _reading("--published", metavar="DATE", help="Publication date of articles that give none: 2025-12-01."),
    _reading("--metadata", metavar="FILE", help="CSV, TSV or JSON Lines: document, published, outlet, title, url."),
    _reading("--stdin-filename", metavar="NAME", help="The name of what comes from standard input."),
    _reading("--encoding", metavar="NAME", help="The encoding of every input; else found out for each."),
    _reading("--glob", metavar="PATTERN", multiple=True, help="Files to read in folders; else *.txt and *.md."),
    _reading("--follow", is_flag=True, help="Follow symbolic links."),
    _reading("--max-file-size", metavar="SIZE", help="Skip larger files, rows of corpora; else 10 MB."),
    _corpus("--text-column", help="Read .jsonl, .csv, .tsv and .parquet as articles: this column's texts."),
    _corpus("--id-column", help="What each row's document is called, FILE!ID; else its number."),
    _corpus("--date-column", help="Publication dates."),
    _corpus("--title-column", help="Titles."),
    _corpus("--outlet-column", help="Publishers."),
    _corpus("--url-column", help="Addresses."),
)

settings_options = _stacked(
    option(
        "--gazetteer", section="Settings", metavar="FILE", multiple=True, help="More places (YAML); may be repeated."
    ),
    option("--actors", section="Settings", metavar="FILE", multiple=True, help="More parties (YAML); may be repeated."),
    option("--thorough", section="Settings", is_flag=True, help="Parse also what seems to be about no conflict."),
    option("--pipeline", section="Settings", metavar="NAME", help="The spaCy pipeline to parse with; else our own."),
    option("--no-config", section="Settings", is_flag=True, help="Read no claimkit.toml."),
)

jobs_option = option(
    "--jobs",
    section="Options",
    type=click.IntRange(1),
    default=1,
    metavar="N",
    envvar="CLAIMKIT_JOBS",
    help="Worker processes; the output is the same for any number.",
)

cluster_options = _stacked(
    option("--scheduler", section="Many machines", metavar="ADDRESS", help="Of Dask, such as tcp://host:8786."),
    option("--cluster", section="Many machines", metavar="FILE", help="YAML: jobs of slurm, pbs, lsf, sge, or local."),
    option(
        "--out-dir",
        section="Many machines",
        metavar="FOLDER",
        type=click.Path(path_type=Path),
        help="Write parts and run.json; the same command goes on.",
    ),
    option(
        "--part-articles", section="Many machines", type=click.IntRange(1), metavar="N", help="Of a part; else 200."
    ),
)

shared_options = _stacked(
    option(
        "--color",
        section="Options",
        type=click.Choice(values(Color)),
        default=Color.AUTO.value,
        callback=_note_color,
        help="Colour: auto (on a terminal), always or never.",
    ),
    option(
        "--debug",
        section="Options",
        is_flag=True,
        expose_value=False,
        callback=note_debug,
        help="Show the traceback of an error.",
    ),
)


def names_given(names: Sequence[str]) -> Iterator[str]:
    """Give the names of a command line; ``-`` stands for those on standard input, one a line."""
    for name in names:
        if name != "-":
            yield as_text(name)
            continue
        for line in sys.stdin.buffer:
            text = line.decode("utf-8", errors="replace").strip().lstrip("\ufeff")
            if text:
                yield text


def settings_from(given: Mapping[str, Any]) -> LoadedSettings:
    """Gather the settings, with the options given on the command line on top; warnings are told.

    Raises:
        UsageError: a setting has an unknown name or a value that does not fit.
    """
    from claimkit.setting_sources import load_settings

    flags = {name: given[name] for name in SETTINGS if given.get(name) not in (None, False, ())}
    loaded = load_settings(flags, no_config=bool(given.get("no_config")))
    for warning in loaded.warnings:
        tell(warning, level=Level.WARNING)
    return loaded
