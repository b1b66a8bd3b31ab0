"""The forms of the output: JSON Lines, JSON, CSV, their fields and schema, and the file they go to."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest

from claimkit.commands.schema import json_schema
from claimkit.errors import UsageError
from claimkit.export.csv import Csv
from claimkit.export.fields import DEFAULT_FIELDS, flat, legal_fields, parse_fields, project
from claimkit.export.files import opened
from claimkit.export.json import JsonDocument
from claimkit.export.jsonl import JsonLines
from claimkit.records import Claim, Run
from claimkit.run import Sink
from tests import sample

KEYS = [field.name for field in msgspec.structs.fields(Claim)]
HEAD = ["schema", "id", "document", "published", "outlet", "sentence", "content", "cue", "source", "relay", "claimant"]


def written(kind: Any, **options: Any) -> str:
    """Give what a sink writes for the sample."""
    stream = io.BytesIO()
    sink: Sink = kind(stream, **options)
    for extraction in (sample.ONE, sample.TWO, sample.NONE):
        sink.add(extraction.document, claims=extraction.claims)
    sink.close()
    return stream.getvalue().decode()


def test_json_lines_are_compact_and_in_order() -> None:
    """One claim a line, no spaces, keys in the order of output.md; the records come back equal."""
    lines = written(JsonLines).splitlines()
    assert [list(json.loads(line)) for line in lines] == [KEYS] * 4
    assert KEYS[: len(HEAD)] == HEAD
    assert lines[0] == json.dumps(json.loads(lines[0]), separators=(",", ":"), ensure_ascii=False)
    assert tuple(msgspec.json.decode(line, type=Claim) for line in lines) == sample.EVERY_CLAIM


def test_json_is_the_whole_run() -> None:
    """The object has schema, generator, every article (also without claims) and every claim; it comes back equal."""
    text = written(JsonDocument, generator=sample.GENERATOR)
    assert list(json.loads(text)) == ["schema", "generator", "documents", "claims"]
    assert msgspec.json.decode(text, type=Run) == Run(
        generator=sample.GENERATOR, documents=sample.EVERY_REPORT, claims=sample.EVERY_CLAIM
    )


@pytest.mark.parametrize(("forms", "valid"), [((Claim,), "claim"), ((Run,), "run"), ((Claim, Run), "both")])
def test_schema_takes_the_output_and_nothing_else(forms: tuple[type, ...], valid: str) -> None:
    """The schema is one of 2020-12, takes what is written, and refuses a missing, unknown or wrong value."""
    schema = json_schema(*forms)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    claims = [json.loads(line) for line in written(JsonLines).splitlines()]
    run = json.loads(written(JsonDocument, generator=sample.GENERATOR))
    assert [validator.is_valid(claim) for claim in claims] == [valid in ("claim", "both")] * 4
    assert validator.is_valid(run) is (valid in ("run", "both"))
    for broken in ({"stance": "lie"}, {"more": 1}, {"sentence": None}):
        assert not validator.is_valid(claims[0] | broken)
    assert not validator.is_valid({key: value for key, value in claims[0].items() if key != "cue"})


def test_csv_has_a_row_for_each_claim() -> None:
    """The first row names the fields; lists are joined, unknown is empty, numbers are numbers."""
    rows = list(csv.DictReader(io.StringIO(written(Csv))))
    assert tuple(rows[0]) == DEFAULT_FIELDS
    assert [row["places.name"] for row in rows] == ["Pokrovsk", "Pokrovsk; Siversk", "Nowhereville", ""]
    assert [row["places.lat"] for row in rows] == ["48.28014", "48.28014; 48.86679", "", ""]
    assert [row["against_interest"] for row in rows] == ["false", "false", "true", "false"]
    assert [row["published"] for row in rows] == ["2025-12-01"] * 3 + [""]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_csv_is_safe_in_a_spreadsheet(start: str) -> None:
    """Text that would run as a formula gets an apostrophe, unless it is asked for raw; inside a cell it stays."""
    claim = sample.claim(f"{start}1+1 fell = down.", content=f"{start}1+1 fell")
    for raw, cell in ((False, f"'{start}1+1 fell"), (True, f"{start}1+1 fell")):
        stream = io.BytesIO()
        Csv(stream, fields=("content.text",), raw=raw).add(sample.ONE.document, claims=[claim])
        rows = list(csv.reader(io.StringIO(stream.getvalue().decode(), newline="")))
        assert rows == [["content.text"], [cell]]


def test_csv_leaves_negative_numbers_alone() -> None:
    """A longitude west of Greenwich is a number, not a formula."""
    place = msgspec.structs.replace(sample.place("Pokrovsk", at=0), lon=-3.5)
    claim = msgspec.structs.replace(sample.ASSERTED, places=(place,))
    stream = io.BytesIO()
    Csv(stream, fields=("places.lon",)).add(sample.ONE.document, claims=[claim])
    assert stream.getvalue() == b"places.lon\n-3.5\n"


def test_fields_are_those_of_the_record() -> None:
    """Every key of a claim is a legal field, the default columns are, and so are parts with a dot."""
    assert [name for name in legal_fields() if "." not in name] == KEYS
    assert set(DEFAULT_FIELDS) <= set(legal_fields())
    assert parse_fields("claimant.id, stance,stance") == ("claimant.id", "stance")


@pytest.mark.parametrize("value", ["", ",", "claimant.colour", "claimant.id.x", "places.0"])
def test_fields_that_are_none(value: str) -> None:
    """A name that is no field is refused."""
    with pytest.raises(UsageError, match="--fields"):
        parse_fields(value)


def test_every_field_can_be_a_cell() -> None:
    """Each legal field of each claim gives text, a number, a truth value or nothing."""
    for claim in sample.EVERY_CLAIM:
        cells = [flat(claim, field=field) for field in legal_fields()]
        assert all(cell is None or isinstance(cell, str | int | float | bool) for cell in cells)
    assert flat(sample.DENIED, field="places.lat") == "48.28014; 48.86679"
    assert flat(sample.NARRATED, field="cue.text") is None


def test_chosen_fields_stay_where_they_were() -> None:
    """--fields in JSON prunes a claim but moves nothing, so that jq paths stay the same."""
    claim = msgspec.to_builtins(sample.DENIED)
    assert project(claim, fields=("claimant.id", "places.name", "event")) == {
        "claimant": {"id": "UKR"},
        "places": [{"name": "Pokrovsk"}, {"name": "Siversk"}],
        "event": claim["event"],
    }
    assert project(claim, fields=("claimant", "claimant.id")) == {"claimant": claim["claimant"]}
    assert project(claim, fields=("claimant.id", "claimant")) == {"claimant": claim["claimant"]}
    assert project(msgspec.to_builtins(sample.NARRATED), fields=("cue.text",)) == {"cue": None}


def interrupted(target: Path) -> None:
    """Write half a file, and be interrupted."""
    with opened(target) as file:
        file.write(b"half")
        raise KeyboardInterrupt


def test_file_is_replaced_only_when_complete(tmp_path: Path) -> None:
    """While it is written the old file stands; an error leaves it and no temporary; success replaces it."""
    target = tmp_path / "out.jsonl"
    target.write_text("old", encoding="utf-8")
    with opened(target) as file:
        file.write(b"new")
        file.flush()
        assert target.read_text(encoding="utf-8") == "old"
    assert target.read_text(encoding="utf-8") == "new"
    with pytest.raises(KeyboardInterrupt):
        interrupted(target)
    assert target.read_text(encoding="utf-8") == "new"
    assert list(tmp_path.iterdir()) == [target]


def test_file_keeps_its_rights_and_links_stay_links(tmp_path: Path) -> None:
    """A replaced file has the rights it had, a new one those of the umask; a link still points where it did."""
    target = tmp_path / "out.csv"
    target.touch()
    target.chmod(0o640)
    link = tmp_path / "link.csv"
    link.symlink_to(target)
    with opened(link) as file:
        file.write(b"new")
    assert (link.is_symlink(), target.read_bytes(), stat.S_IMODE(target.stat().st_mode)) == (True, b"new", 0o640)
    before = os.umask(0o027)
    try:
        with opened(tmp_path / "fresh.csv"):
            pass
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "fresh.csv").stat().st_mode) == 0o640


def test_fifo_is_written_as_it_is(tmp_path: Path) -> None:
    """A named pipe as -o is not replaced by a file."""
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    reader = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)
    with opened(fifo) as file:
        file.write(b"line\n")
    assert os.read(reader, 100) == b"line\n"
    os.close(reader)
    assert stat.S_ISFIFO(fifo.stat().st_mode)


def test_what_the_process_has_open_is_written_as_it_is(tmp_path: Path) -> None:
    """A pipe of the shell, and a file that it opened to append to; a link in another folder is a file as any."""
    reader, writer = os.pipe()
    with opened(Path(f"/dev/fd/{writer}")) as file:
        file.write(b"line\n")
    os.close(writer)
    assert os.read(reader, 100) == b"line\n"
    os.close(reader)
    target = tmp_path / "out.txt"
    target.write_bytes(b"old\n")
    with target.open("ab") as appended, opened(Path(f"/dev/fd/{appended.fileno()}")) as file:
        file.write(b"new\n")
    assert target.read_bytes() == b"old\nnew\n"
    (tmp_path / "stdout").symlink_to(target)
    with opened(tmp_path / "stdout") as file:
        file.write(b"whole\n")
    assert target.read_bytes() == b"whole\n"


@pytest.mark.parametrize("kind", [JsonLines, JsonDocument])
def test_no_json_holds_what_is_no_number(kind: Any) -> None:
    """NaN and infinities, which JSON does not have, are null."""
    lost = msgspec.structs.replace(sample.place("Pokrovsk", at=0), lat=float("nan"), lon=float("-inf"))
    claim = msgspec.structs.replace(sample.ASSERTED, confidence=float("nan"), places=(lost,))
    stream = io.BytesIO()
    sink: Sink = kind(stream, **({"generator": sample.GENERATOR} if kind is JsonDocument else {}))
    sink.add(sample.ONE.document, claims=[claim])
    sink.close()

    def refuse(name: str) -> None:
        pytest.fail(f"{name} in JSON")

    found = json.loads(stream.getvalue(), parse_constant=refuse)
    (written,) = found["claims"] if kind is JsonDocument else [found]
    assert (written["confidence"], written["places"][0]["lat"], written["places"][0]["lon"]) == (None, None, None)
