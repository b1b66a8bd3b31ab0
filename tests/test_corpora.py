"""Tests of corpora: JSON Lines, CSV, TSV and Parquet with an article a row."""

from __future__ import annotations

import gzip
import io
import json
import sys
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from claimkit.corpora import Kind, corpus_kind, patterns
from claimkit.corpus_lines import OPEN_QUOTE
from claimkit.errors import UsageError
from claimkit.reader import NO_DATE, Skipped, read_paths
from claimkit.records import Document
from claimkit.setting_sources import load_settings
from claimkit.settings import Settings

TEXT = "The army said on Monday that it had taken the town of Lisova."
OTHER = 'The ministry, in Vesna, denied it:\n"Nothing of the kind happened."'


def _settings(**more: object) -> Settings:
    return Settings(text_column="text", **more)  # type: ignore[arg-type]


def _read(*paths: Path, settings: Settings, stdin: bytes | None = None) -> list[Document | Skipped]:
    source = None if stdin is None else io.BytesIO(stdin)
    return list(read_paths([str(path) for path in paths], settings=settings, stdin=source))


def _named(found: Sequence[Document | Skipped], *, below: Path) -> list[tuple[str, str]]:
    return [
        (item.path.removeprefix(f"{below}/"), item.reason if isinstance(item, Skipped) else item.text) for item in found
    ]


def _csv(path: Path, *rows: str, end: str = "\n") -> Path:
    path.write_bytes("".join(row + end for row in rows).encode())
    return path


def test_columns_give_the_document(tmp_path: Path) -> None:
    """Text, id, date, title, outlet and address of a row, from all four forms alike."""
    row = {"n": "a1", "text": OTHER, "day": "2025-12-01", "head": "A town", "paper": "The Post", "link": "https://x/1"}
    columns = {"id_column": "n", "date_column": "day", "title_column": "head", "outlet_column": "paper"}
    settings = _settings(**columns, url_column="link")
    (tmp_path / "c.jsonl").write_text(json.dumps(row) + "\n")
    quoted = ('"' + value.replace('"', '""') + '"' for value in row.values())
    _csv(tmp_path / "c.csv", ",".join(row), ",".join(quoted))
    (tmp_path / "c.tsv").write_text("\t".join(row) + "\n" + "\t".join(row.values()).replace(OTHER, TEXT) + "\n")
    pq.write_table(pa.table({name: [value] for name, value in row.items()}), tmp_path / "c.parquet")
    found = _read(tmp_path, settings=settings)
    assert [item.path for item in found] == [f"{tmp_path}/c.{end}!a1" for end in ("csv", "jsonl", "parquet", "tsv")]
    for item, text in zip(found, (OTHER, OTHER, OTHER, TEXT), strict=True):
        assert isinstance(item, Document)
        told = (item.text, item.published, item.published_from, item.title, item.outlet, item.url, item.warnings)
        assert told == (text, "2025-12-01", "metadata", "A town", "The Post", "https://x/1", ())


def test_without_id_column_rows_are_numbered(tmp_path: Path) -> None:
    """CSV counts rows, JSON Lines its lines; empty lines are no rows."""
    _csv(tmp_path / "c.csv", "text,x", f'"{TEXT}\n{TEXT}",1', "", f"{TEXT},2")
    (tmp_path / "c.jsonl").write_text(f'{{"text": "{TEXT}"}}\n\n{{"text": "{TEXT}"}}')
    found = _read(tmp_path, settings=_settings())
    assert [item.path for item in found] == [
        f"{tmp_path}/{name}" for name in ("c.csv!1", "c.csv!2", "c.jsonl!1", "c.jsonl!3")
    ]
    assert all(isinstance(item, Document) and item.warnings == (NO_DATE,) for item in found)


def test_only_a_named_column_makes_a_corpus(tmp_path: Path) -> None:
    """Without --text-column such a file is an article, and folders are read for texts only."""
    path = _csv(tmp_path / "c.csv", "text,x", f"{TEXT},1")
    (found,) = _read(path, settings=Settings())
    assert found.path == str(path)
    assert _read(tmp_path, settings=Settings()) == []
    assert corpus_kind("c.csv", settings=Settings()) is None
    assert corpus_kind("c.txt", settings=_settings()) is None
    assert corpus_kind("C.CSV.gz", settings=_settings()) is Kind.CSV
    assert corpus_kind("https://host/c.parquet?key=c.txt", settings=_settings()) is Kind.PARQUET


def test_patterns_that_are_given_stay_as_they_are() -> None:
    """Corpora are read in folders unless --glob says what is."""
    assert "*.parquet" in patterns(_settings())
    assert patterns(_settings(glob=("*.csv",))) == ("*.csv",)
    assert patterns(Settings()) == Settings().glob


def test_bad_rows_of_json_lines_cost_nothing_else(tmp_path: Path) -> None:
    """Each is named with its line; the good ones around are read."""
    lines = [
        '{"text": "good"}', "{", "[1]", '{"body": "x"}', '{"text": null}', '{"text": 3}', '{"text": "  "}',
        '{"text": "a\\u0000"}', '{"text": "' + "x" * 300 + '"}', '{"text": "last"}', '{"id": {}, "text": "odd id"}',
        '{"id": "b", "text": "half \\ud800", "n": NaN}',
    ]  # fmt: skip
    path = tmp_path / "c.ndjson"
    path.write_text("\n".join(lines))
    found = _named(_read(path, settings=_settings(max_file_size=200)), below=tmp_path)
    reasons = dict(found)
    assert [name for name, _ in found] == [
        "c.ndjson!1", *(f"c.ndjson:{line}" for line in range(2, 10)), "c.ndjson!10", "c.ndjson!11", "c.ndjson!12",
    ]  # fmt: skip
    assert reasons["c.ndjson:2"].startswith("no JSON (")
    assert reasons["c.ndjson:3"] == "not an object"
    assert reasons["c.ndjson:4"] == reasons["c.ndjson:5"] == reasons["c.ndjson:7"] == "no text in column 'text'"
    assert reasons["c.ndjson:6"] == "column 'text' holds no text"
    assert reasons["c.ndjson:8"] == "not text (binary, NUL bytes)"
    assert reasons["c.ndjson:9"] == "larger than 200 bytes; see --max-file-size"
    assert reasons["c.ndjson!12"] == "half \N{REPLACEMENT CHARACTER}"
    with_ids = _named(_read(path, settings=_settings(id_column="id")), below=tmp_path)
    assert with_ids[0] == ("c.ndjson:1", "no id in column 'id'")
    assert with_ids[-2:] == [
        ("c.ndjson:11", "column 'id' holds no text"),
        ("c.ndjson!b", "half \N{REPLACEMENT CHARACTER}"),
    ]


def test_bad_rows_of_csv_cost_nothing_else(tmp_path: Path) -> None:
    """Too few or many cells, no text, too large: named with the line at which the row begins."""
    path = _csv(
        tmp_path / "c.csv", "id,text", '1,"two\nlines"', "2", "3,a,b", "4,", f"5,{'x' * 300}", "6,last", end="\r\n"
    )  # fmt: skip
    assert _named(_read(path, settings=_settings(max_file_size=200)), below=tmp_path) == [
        ("c.csv!1", "two\nlines"),
        ("c.csv:4", "1 cells, but 2 columns"),
        ("c.csv:5", "3 cells, but 2 columns"),
        ("c.csv:6", "no text in column 'text'"),
        ("c.csv:7", "larger than 200 bytes; see --max-file-size"),
        ("c.csv!6", "last"),
    ]


def test_an_open_quotation_mark_costs_its_row_only(tmp_path: Path) -> None:
    """At the end of the file, or where the row becomes too large, the lines after its first are read anew."""
    path = _csv(tmp_path / "c.csv", "id,text", "1,first", '2,"never closed', "3,third", "4,fourth")
    expected = [("c.csv!1", "first"), ("c.csv:3", OPEN_QUOTE), ("c.csv!3", "third"), ("c.csv!4", "fourth")]
    assert _named(_read(path, settings=_settings()), below=tmp_path) == expected
    found = _named(_read(path, settings=_settings(max_file_size=20)), below=tmp_path)
    assert found == [
        expected[0],
        ("c.csv:3", f"larger than 20 bytes, or {OPEN_QUOTE}; see --max-file-size"),
        *expected[2:],
    ]


def test_many_open_quotation_marks_take_linear_time(tmp_path: Path) -> None:
    """Lines that each leave one open are not looked at again and again; what is lost is said."""
    path = _csv(tmp_path / "c.csv", "text,b", *['a"b,"c'] * 30_000)
    begin = time.perf_counter()
    found = _read(path, settings=_settings(max_file_size=10_000))
    assert time.perf_counter() - begin < 5
    assert any("; lost up to line " in item.reason for item in found if isinstance(item, Skipped))


def test_separators_and_encodings_of_csv(tmp_path: Path) -> None:
    """Semicolons where the first line has no comma; cp1251 and byte order marks are found out."""
    (tmp_path / "a.csv").write_bytes("﻿id;text\n1;The town, they said\n".encode())
    russian = "Армия сообщила в понедельник, что заняла посёлок Лесное. Министерство это отрицает."
    (tmp_path / "b.csv").write_bytes(f'id,text\n1,"{russian}"\n'.encode("cp1251"))
    (tmp_path / "c.csv").write_bytes(f'id,text\n1,"{russian}"\n'.encode("utf-16"))
    (tmp_path / "d.csv").write_bytes(
        b"id,text\n" + b"".join(b"%d,%s\n" % (n, b"word " * 8) for n in range(2_500)) + b"x,caf\xe9\n"
    )
    found = [item for item in _read(tmp_path, settings=_settings(id_column="id")) if isinstance(item, Document)]
    assert [(item.text, item.encoding) for item in found[:3]] == [
        ("The town, they said", "utf-8"), (russian, "cp1251"), (russian, "utf-16-le"),
    ]  # fmt: skip
    assert found[-1].text == "caf\N{REPLACEMENT CHARACTER}"
    assert found[-1].warnings[0] == "1 characters could not be decoded as utf-8; see --encoding"
    assert len(found) == 3 + 2_501


@pytest.mark.parametrize("name", ["c.csv", "c.parquet"])
def test_a_missing_column_is_named_with_those_there(tmp_path: Path, name: str) -> None:
    """The whole file is skipped, in one line."""
    pq.write_table(pa.table({"body": ["x"], "day": ["y"]}), tmp_path / "c.parquet")
    _csv(tmp_path / "c.csv", "body,day", "x,y")
    assert _read(tmp_path / name, settings=_settings()) == [
        Skipped(path=str(tmp_path / name), reason="no column 'text'; it has body, day")
    ]


def test_files_that_are_none_of_their_form(tmp_path: Path) -> None:
    """Empty, binary, broken Parquet, broken gzip: skipped with the reason, one line each."""
    (tmp_path / "a.csv").write_bytes(b"")
    (tmp_path / "b.csv").write_bytes(bytes(range(256)))
    (tmp_path / "c.parquet").write_bytes(b"PAR1 no more")
    (tmp_path / "d.jsonl.gz").write_bytes(gzip.compress(b'{"text": "x"}\n' * 1000)[:-20])
    (tmp_path / "e.jsonl").write_bytes(b"")
    found = _named(_read(tmp_path, settings=_settings()), below=tmp_path)
    assert [name for name, _ in found] == ["a.csv", "b.csv", "c.parquet", "d.jsonl.gz"]
    assert found[0][1] == "empty, without a line of column names"
    assert found[1][1].startswith("not text (binary")
    assert found[2][1].startswith("broken Parquet file (")
    assert found[3][1].startswith("broken gzip file (")
    assert not any("\n" in reason for _, reason in found)


def test_packed_corpora_are_read(tmp_path: Path) -> None:
    """With .gz after the name."""
    (tmp_path / "c.jsonl.gz").write_bytes(gzip.compress(json.dumps({"text": TEXT}).encode()))
    assert _named(_read(tmp_path, settings=_settings()), below=tmp_path) == [("c.jsonl.gz!1", TEXT)]


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2025-12-01", "2025-12-01"),
        ("2025-12-01T23:30:00Z", "2025-12-01"),
        ("20251201", "2025-12-01"),
        ("1 December 2025", "2025-12-01"),
        ("Mon, 01 Dec 2025 10:00:00 GMT", "2025-12-01"),
        ("12/01/2025", None),
        ("2025-12", None),
        ("soon", None),
        ("", None),
    ],
)
def test_dates_as_programs_write_them(tmp_path: Path, value: str, day: str | None) -> None:
    """A full date counts; what is none is told, and does not cost the article."""
    path = tmp_path / "c.jsonl"
    path.write_text(json.dumps({"text": TEXT, "day": value}))
    (found,) = _read(path, settings=_settings(date_column="day"))
    assert isinstance(found, Document)
    assert found.published == day
    said = [w for w in found.warnings if w.startswith("column 'day'")]
    assert said == ([] if day or not value else [f"column 'day': {value!r} is no full date; write it as 2025-12-01"])


def test_typed_columns_of_parquet(tmp_path: Path) -> None:
    """Days, moments of any precision and zone, numbers as ids, dictionaries of texts; nulls are bad rows."""
    moment = datetime(2025, 12, 1, 10, 30, 1, 999_999)
    table = pa.table(
        {
            "text": pa.array([TEXT, None]).dictionary_encode(),
            "id": [7, 8],
            "ns": pa.array([moment, None], type=pa.timestamp("ns")),
            "utc": pa.array([moment.replace(tzinfo=UTC), None], type=pa.timestamp("us", tz="UTC")),
            "day": pa.array([date(2025, 12, 1), None], type=pa.date32()),
        }
    )
    pq.write_table(table, tmp_path / "c.parquet")
    for column in ("ns", "utc", "day"):
        found = _read(tmp_path, settings=_settings(id_column="id", date_column=column))
        assert _named(found, below=tmp_path) == [("c.parquet!7", TEXT), ("c.parquet:2", "no text in column 'text'")]
        assert isinstance(found[0], Document)
        assert found[0].published == "2025-12-01"


def test_an_id_that_stands_twice_is_a_bad_row(tmp_path: Path) -> None:
    """A document is known by its path; in another file the same id is another document."""
    _csv(tmp_path / "a.csv", "id,text", "1,one", "2,two", "1,again")
    _csv(tmp_path / "b.csv", "id,text", "1,one")
    assert _named(_read(tmp_path, settings=_settings(id_column="id")), below=tmp_path) == [
        ("a.csv!1", "one"), ("a.csv!2", "two"), ("a.csv:4", "id '1' stands in an earlier row"), ("b.csv!1", "one"),
    ]  # fmt: skip


def test_the_metadata_table_wins_over_columns(tmp_path: Path) -> None:
    """Field by field."""
    _csv(tmp_path / "c.csv", "id,text,day,paper", "a,one,2025-12-01,The Post")
    _csv(tmp_path / "meta.csv", "document,published", "a,2025-12-05")
    settings = _settings(id_column="id", date_column="day", outlet_column="paper", metadata=str(tmp_path / "meta.csv"))
    (found,) = _read(tmp_path / "c.csv", settings=settings)
    assert isinstance(found, Document)
    assert (found.published, found.outlet) == ("2025-12-05", "The Post")


def test_reading_is_lazy(tmp_path: Path) -> None:
    """The first article comes before the rest is read, from standard input too."""

    class Counted(io.BytesIO):
        given = 0

        def read(self, size: int | None = -1, /) -> bytes:
            part = super().read(size)
            self.given += len(part)
            return part

    source = Counted((json.dumps({"text": TEXT}) + "\n").encode() * 100_000)
    stream = read_paths(["-"], settings=_settings(stdin_filename="c.jsonl"), stdin=source)
    assert [next(stream).path for _ in range(3)] == ["c.jsonl!1", "c.jsonl!2", "c.jsonl!3"]
    assert 0 < source.given < 300_000


def test_columns_are_settings(tmp_path: Path) -> None:
    """claimkit.toml can hold them."""
    (tmp_path / "claimkit.toml").write_text('text-column = "body"\nid_column = "url"\n')
    loaded = load_settings({"id_column": "n"}, environ={"CLAIMKIT_DATE_COLUMN": "day"}, cwd=tmp_path).settings
    assert (loaded.text_column, loaded.id_column, loaded.date_column) == ("body", "n", "day")


def test_without_pyarrow_the_mend_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Parquet needs an extra; the other forms do not."""
    pq.write_table(pa.table({"text": [TEXT]}), tmp_path / "c.parquet")
    _csv(tmp_path / "c.csv", "text", TEXT)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert len(_read(tmp_path / "c.csv", settings=_settings())) == 1
    with pytest.raises(UsageError) as caught:
        _read(tmp_path / "c.parquet", settings=_settings())
    assert str(caught.value) == "reading Parquet needs pyarrow; install it: pip install 'claimkit[parquet]'"


@pytest.mark.parametrize(
    ("value", "day"),
    [("1800-01-01", "1800-01-01"), ("2199-12-31T00:00:00", "2199-12-31")]
    + [(value, None) for value in ("0001-01-01T00:00:00Z", "1799-12-31", "2200-01-01", "9999-12-31")],
)
def test_a_date_of_no_year_of_news_is_none(tmp_path: Path, value: str, day: str | None) -> None:
    """What programs write for "unknown" is told, and does not cost the article."""
    path = tmp_path / "c.jsonl"
    path.write_text(json.dumps({"text": TEXT, "day": value}))
    (found,) = _read(path, settings=_settings(date_column="day"))
    assert isinstance(found, Document)
    assert (found.published, any(w.startswith("column 'day'") for w in found.warnings)) == (day, day is None)


def test_moments_of_parquet_that_are_no_date(tmp_path: Path) -> None:
    """A zero moment, and one of a year that Python has none of, are warnings."""
    moments = [0, -(10**16) * 6, 10**17 * 9, 1_764_547_200_000_000]
    table = pa.table({"text": [TEXT] * 4, "day": pa.array(moments, type=pa.timestamp("us"))})
    pq.write_table(table, tmp_path / "c.parquet")
    found = _read(tmp_path, settings=_settings(date_column="day"))
    days = [item.published for item in found if isinstance(item, Document)]
    assert days == ["1970-01-01", None, None, "2025-12-01"]


def test_values_of_parquet_that_python_lacks_are_read_as_text(tmp_path: Path) -> None:
    """Nanoseconds as ids, bytes that are no UTF-8: nothing is lost, what was replaced is counted."""
    bytes_ = pa.array([b"Caf\xe9 ", b"Caf\xc3\xa9 "], type=pa.binary())
    texts = pa.Array.from_buffers(pa.string(), 2, bytes_.buffers())
    table = pa.table({"text": texts, "ns": pa.array([1_764_547_200_000_000_001, None], type=pa.timestamp("ns"))})
    pq.write_table(table, tmp_path / "c.parquet")
    one, two = _read(tmp_path, settings=_settings())
    assert isinstance(one, Document)
    assert isinstance(two, Document)
    said = "1 characters could not be decoded as utf-8; see --encoding"
    assert (one.text, said in one.warnings) == ("Caf\N{REPLACEMENT CHARACTER} ", True)
    assert (two.text, two.warnings) == ("Café ", (NO_DATE,))
    named = _named(_read(tmp_path, settings=_settings(id_column="ns")), below=tmp_path)
    assert [name for name, _ in named] == ["c.parquet!2025-12-01 00:00:00.000000001", "c.parquet:2"]


def test_the_name_of_a_corpus_dates_no_row(tmp_path: Path) -> None:
    """What a row is called does."""
    _csv(tmp_path / "dump-2025-12-31.csv", "id,text", "2023-11-02-report.txt,one", "other,two")
    found = _read(tmp_path, settings=_settings(id_column="id")) + _read(tmp_path, settings=_settings())
    assert [item.published for item in found if isinstance(item, Document)] == ["2023-11-02", None, None, None]


def test_one_nul_byte_of_a_corpus_of_a_given_encoding_costs_its_row(tmp_path: Path) -> None:
    """The rows around it are read."""
    path = _csv(tmp_path / "c.csv", "id,text", "1,first", "2,a\0b", "3,third")
    assert _named(_read(path, settings=_settings(encoding="utf-8")), below=tmp_path) == [
        ("c.csv!1", "first"), ("c.csv:3", "not text (binary, NUL bytes)"), ("c.csv!3", "third"),
    ]  # fmt: skip
