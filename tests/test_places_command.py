"""``claimkit places``: every form of the mentions, what stays open, and ``--place`` of ``claimkit extract``."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from claimkit import cli
from claimkit.commands import extract as extract_command
from claimkit.export.geojson import GeoJson, feature
from claimkit.filters import Sought
from claimkit.gazetteer import Gazetteer
from claimkit.mentions import Mention
from claimkit.place_table import rows, summary
from claimkit.records import Candidate, PlaceMention, Span
from tests import fake_claimkit, sample

BOTH = """\
- id: geonames:1
  name: North Land
  kind: region
  country: XA
  lat: 1.5
  lon: 2.5
- id: geonames:2
  name: Smallford
  kind: town
  country: XA
  admin1: North Land
  lat: 1.0
  lon: 2.0
- id: geonames:3
  name: Smallford
  kind: town
  country: XB
  lat: 50.0
  lon: 60.0
- id: geonames:4
  name: Xandia
  kind: country
  country: XA
  lat: 1.0
  lon: 2.0
"""
SENTENCE = Span(start=0, end=32, text="Rain fell on Smallford and Other")
OPEN = Mention(
    document="a.txt",
    published=None,
    outlet=None,
    sentence=SENTENCE,
    place=PlaceMention(
        id=None,
        name="Smallford",
        text="Smallford",
        start=13,
        end=22,
        candidates=(Candidate(id="geonames:2", name="Smallford", score=0.5),),
    ),
)
KNOWN = Mention(
    document="b.txt", published="2025-12-01", outlet="The Example", sentence=None, place=sample.place("Pokrovsk", at=4)
)


@pytest.fixture
def articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two articles, and the fake extractor that knows them."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for name in ("one", "two"):
        (folder / f"{name}.txt").write_text("A sentence.\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(extract_command, "make_extractor", fake_claimkit.make)
    return folder


def written(form: str, *options: str) -> str:
    """Run the command into a file and give what is in it."""
    target = Path(f"out.{form}")
    assert cli.status(["places", "articles", "-q", "--no-config", "-o", str(target), *options]) == 0
    return target.read_text(encoding="utf-8")


def test_json_lines_have_every_mention_with_its_offsets(articles: Path) -> None:
    """A line a mention, in order of the articles, unresolved ones too."""
    lines = [json.loads(line) for line in written("jsonl").splitlines()]
    places = [(line["document"], line["place"]["text"], line["place"]["id"]) for line in lines]
    assert places == [
        ("articles/one.txt", "Pokrovsk", "geonames:704422"),
        ("articles/one.txt", "Pokrovsk", "geonames:704422"),
        ("articles/one.txt", "Siversk", "geonames:694403"),
        ("articles/two.txt", "Nowhereville", None),
    ]


def test_json_counts_what_stayed_open(articles: Path) -> None:
    """The whole run names its articles with their counts."""
    run = json.loads(written("json"))
    assert run["schema"] == "claimkit-places/1"
    assert [(each["places"], each["places_unresolved"]) for each in run["documents"]] == [(3, 0), (1, 1)]
    assert len(run["places"]) == 4


def test_csv_and_fields(articles: Path) -> None:
    """Columns are those asked for, by the names that JSON has; a field of a claim is none."""
    assert written("csv", "--fields", "place.name,place.match").splitlines() == [
        "place.name,place.match",
        "Pokrovsk,exact",
        "Pokrovsk,exact",
        "Siversk,exact",
        "Nowhereville,",
    ]
    assert cli.status(["places", "articles", "--no-config", "--fields", "stance"]) == 2


def test_geojson_of_a_run(articles: Path) -> None:
    """The name of the file chooses the form; longitude comes first; the unresolved has no geometry."""
    collection = json.loads(written("geojson"))
    assert collection["type"] == "FeatureCollection"
    assert [each["geometry"] for each in collection["features"]][-2:] == [
        {"type": "Point", "coordinates": [38.09944, 48.86679]},
        None,
    ]


def test_geojson_keeps_candidates() -> None:
    """What an open name could be stands in its properties; no feature is no line."""
    properties = json.loads(json.dumps(feature(OPEN, fields=("place.candidates.id",))))["properties"]
    assert properties == {"place.candidates.id": "geonames:2"}
    assert feature(OPEN)["properties"]["candidates"] == OPEN.place.candidates
    stream = io.BytesIO()
    GeoJson(stream).close()
    assert json.loads(stream.getvalue()) == {"type": "FeatureCollection", "features": []}


def test_claims_have_no_geojson(articles: Path) -> None:
    """Extract does not take a name that asks for GeoJSON, rather than write something else into it."""
    assert cli.status(["extract", "articles", "--no-config", "-o", "claims.geojson"]) == 2
    assert not Path("claims.geojson").exists()


def test_table_rows_by_place() -> None:
    """A row a place with its counts; open names come last."""
    found = rows([OPEN, KNOWN, KNOWN])
    assert [(row.mention.place.name, row.mentions, row.articles) for row in found] == [
        ("Pokrovsk", 2, 1),
        ("Smallford", 1, 1),
    ]
    assert summary([OPEN, KNOWN, KNOWN], articles=2) == "2 articles, 3 mentions, 1 place, 1 unresolved"


def test_place_option_means_all_candidates_and_what_lies_inside(tmp_path: Path) -> None:
    """A name of two places gives both; a region's and a country's name stand for what lies in them; else nothing."""
    path = tmp_path / "both.yaml"
    path.write_text(BOTH, encoding="utf-8")
    sought = extract_command.places_sought(Gazetteer.of(path))
    assert sought("Smallford") == Sought(ids=frozenset({"geonames:2", "geonames:3"}))
    assert sought("North Land") == Sought(ids=frozenset({"geonames:1"}), regions=frozenset({("XA", "North Land")}))
    assert sought("Xandia") == Sought(ids=frozenset({"geonames:4"}), countries=frozenset({"XA"}))
    assert sought("Elsewhere") == Sought()


@pytest.mark.parametrize("option", ["--gazetteer", "--actors"])
def test_faults_of_a_data_file_are_lines_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    """Each problem of a user's file is a line with file and line number; nothing is read."""
    path = tmp_path / "mine.yaml"
    path.write_text("a: &x 1\nb: *x\na: 2\n", encoding="utf-8")
    assert cli.status(["places", "--no-config", option, str(path), str(path)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines()
    assert all(line.startswith(f"claimkit: error: {path}:") for line in said.err.splitlines())
