"""The strict YAML loader: what it takes, what it refuses with file and line, and its cache."""

from __future__ import annotations

import os
import time
from pathlib import Path

import msgspec
import pytest

from claimkit.errors import DataError
from claimkit.lexicon import cached_bytes, data_path, load_yaml, parse_yaml
from claimkit.lexicon_yaml import LexiconError
from tests.small_gazetteer import cache

__all__ = ["cache"]


class Dated(msgspec.Struct, frozen=True, kw_only=True):
    """A name with a year."""

    name: str
    from_: int | None = msgspec.field(default=None, name="from")


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A row of each type that the loader reads."""

    id: str
    lat: float = 0.0
    people: int | None = None
    open: bool = False
    names: dict[str, tuple[str | Dated, ...]] = {}


def problems(text: str | bytes) -> list[str]:
    """Give the problems of a text as ``line: message`` up to the mend."""
    data = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(LexiconError) as caught:
        parse_yaml(data, tuple[Row, ...], name="x.yaml", unique="id")
    return [line.removeprefix("x.yaml:").split(";")[0] for line in str(caught.value).split("\n")]


def test_reads_each_type_by_the_schema() -> None:
    """A text stays a text and a number a number, as the schema says."""
    text = 'id: a\nlat: 1\npeople: 3\nopen: true\nnames: {uk: [б, "no"], former: [{name: c, from: 1934}]}'
    assert parse_yaml(text.encode(), Row, name="x") == Row(
        id="a", lat=1.0, people=3, open=True, names={"uk": ("б", "no"), "former": (Dated(name="c", from_=1934),)}
    )


@pytest.mark.parametrize(
    "trap", ["no", "NO", "010", "12:30:45", "1.5", "null", "~", "2024-05-01", "0x1F", ".inf", "on"]
)
def test_refuses_a_plain_scalar_that_is_no_text_everywhere(trap: str) -> None:
    """What YAML 1.1 reads as something else must stand in quotes."""
    assert problems(f"- id: {trap}") == [f"1: 'id': '{trap}' without quotes is no text in every YAML"]
    assert parse_yaml(f'id: "{trap}"'.encode(), Row, name="x") == Row(id=trap)


@pytest.mark.parametrize("trap", ["010", "12:30:45", "1_000", "0x1F", "+5", '"3"', "three", "3.0", "~"])
def test_refuses_what_is_no_whole_number(trap: str) -> None:
    """A number has digits only, and no leading zero."""
    shown = trap.strip('"')
    assert problems(f"- id: a\n  people: {trap}") == [f"2: 'people': '{shown}' is not a whole number"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("- id: a\n  id: b", ["2: duplicate key 'id' (first in line 1)"]),
        ("- id: a\n  idd: b", ["2: unknown key 'idd'"]),
        ("- id: a\n  lat: [1]", ["2: 'lat' must be one value, not a list or mapping"]),
        ("- lat: 1", ["1: key 'id' is missing"]),
        ("- &x {id: a}\n- *x", ["1: anchor &x is not allowed", "2: alias *x is not allowed"]),
        ("- id: !!str a", ["1: tag tag:yaml.org,2002:str is not allowed"]),
        (
            "- !!python/object/apply:os.system [ls]",
            [
                "1: an item of the file must be a mapping",
                "1: tag tag:yaml.org,2002:python/object/apply... is not allowed",
            ],
        ),
        ("- id: a\n- id: b\n- id: a", ["3: id 'a' is already in line 1"]),
        ("- id: a\n  <<: {lat: 1}", ["2: merge key << is not allowed"]),
        ("- id: a\n---\n- id: b", ["2: a second document (---)"]),
        ("id: a", ["1: the file must be a list"]),
        ("", ["1: the file is empty"]),
        ("- id: a\n  open: yes", ["2: 'open': 'yes' is not true or false"]),
        ('- id: "a\\u202e"', ["1: 'id': control character U+202E in 'a\\u202e'"]),
        ("- id: [", ["2: not YAML: did not find expected node content"]),
    ],
)
def test_refuses_with_the_line(text: str, found: list[str]) -> None:
    """Each fault is told with its line, and all of them at once."""
    assert problems(text) == found


@pytest.mark.parametrize(
    "bomb",
    [
        b"[" * 1_000_000,
        b"- " * 500_000,
        b"{a: " * 300_000,
        b"? " * 300_000,
        b"- &a [x]\n" + b"- [*a,*a,*a,*a]\n" * 100_000,
        b"!" * 100_000,
        b'"' + b"x" * 10_000_000,
        b"a" * 5_000_000 + b": 1",
    ],
    ids=["flow", "block", "mapping", "keys", "aliases", "tag", "text", "key"],
)
def test_refuses_a_bomb_at_once(bomb: bytes) -> None:
    """Nothing that a file can hold costs more than two seconds."""
    begun = time.process_time()
    assert problems(bomb)
    assert time.process_time() - begun < 2


@pytest.mark.parametrize("text", ["F16", "1st Army", "Novy 1", "e5", "12:30 a", "no one", "Yes Man", "a:b", "x010"])
def test_takes_a_plain_text_that_only_begins_like_a_trap(text: str) -> None:
    """A text that no YAML reads otherwise needs no quotes."""
    assert parse_yaml(f"id: {text}".encode(), Row, name="x") == Row(id=text)


def test_keeps_what_was_read_and_builds_a_broken_cache_again(cache: Path) -> None:
    """The cache changes no result, whole, broken or missing."""
    path = cache / "x.yaml"
    path.write_text("- id: a", encoding="utf-8")
    expected = (Row(id="a"),)
    assert load_yaml(path, tuple[Row, ...]) == expected
    (kept,) = (cache / "cache").iterdir()
    before = kept.read_bytes()
    for broken in (b"", before[:-1], before[:-1] + b"\xff", b"\x00" * 100):
        kept.write_bytes(broken)
        assert load_yaml(path, tuple[Row, ...]) == expected
        assert kept.read_bytes() == before


def test_a_new_content_is_read_anew(cache: Path) -> None:
    """The cache goes by content, not by name or time."""
    path = cache / "x.yaml"
    path.write_text("- id: a", encoding="utf-8")
    load_yaml(path, tuple[Row, ...])
    path.write_text("- id: b", encoding="utf-8")
    os.utime(path, (0, 0))
    assert load_yaml(path, tuple[Row, ...]) == (Row(id="b"),)


def test_works_where_no_cache_can_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """A home that cannot be written costs time only."""
    monkeypatch.setenv("CLAIMKIT_CACHE_DIR", "/proc/no/such/folder")
    assert cached_bytes("x", lambda: b"built") == b"built"


def test_a_missing_data_file_is_told() -> None:
    """A missing file is an error with a mend, a shipped one a path."""
    assert data_path("names.yaml").is_file()
    with pytest.raises(DataError, match="the data file nothing.yaml is missing"):
        data_path("nothing.yaml")
