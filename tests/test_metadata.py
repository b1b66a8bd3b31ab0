"""Tests of the metadata table."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimkit.corpus_lines import OPEN_QUOTE
from claimkit.errors import DataError
from claimkit.metadata import Entry, load_metadata

ENTRY = Entry(document="one", published="2025-12-01", outlet="Example, Ltd", title=None, url="https://example.org/1")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("m.tsv", "document\tpublished\toutlet\turl\none\t2025-12-01\tExample, Ltd\thttps://example.org/1\n"),
        ("m.csv", 'Document,published,outlet,url\none,1 December 2025,"Example, Ltd",https://example.org/1\n'),
        (
            "m.csv",
            "\ufeffdocument;published;outlet;url;note\n\none;2025-12-01;Example, Ltd;https://example.org/1;x\n",
        ),
        (
            "m.jsonl",
            '{"document": "one", "published": "2025-12-01", "outlet": "Example, Ltd", "url": "https://example.org/1"}\n',
        ),
        ("m.dat", "document\tpublished\toutlet\turl\r\none\t2025-12-01\tExample, Ltd\thttps://example.org/1\r\n"),
    ],
)
def test_forms_of_the_table(tmp_path: Path, name: str, content: str) -> None:
    """CSV, TSV and JSON Lines say the same."""
    path = tmp_path / name
    path.write_bytes(content.encode())
    assert load_metadata(path).entries == {"one": ENTRY}


def test_document_is_found_by_path_then_name_then_stem(tmp_path: Path) -> None:
    """The most exact row wins; another document finds none."""
    path = tmp_path / "m.csv"
    path.write_text("document,outlet\na/one.txt,A\none.txt,B\none,C\n")
    table = load_metadata(path)
    outlets = [
        getattr(table.find(p), "outlet", None)
        for p in ("a/one.txt", "b/one.txt", "b/one.md", "x.zip!c/one.md", "x.zip!one.txt", "two")
    ]
    assert outlets == ["A", "B", "C", "C", "B", None]


def test_an_exclamation_mark_can_be_a_sign_of_the_name(tmp_path: Path) -> None:
    """Not only what stands between an archive and its member; the archive's name is none of the member's."""
    path = tmp_path / "m.csv"
    path.write_text("document,outlet\nAttack!.txt,A\nHold!,B\nx.zip,C\n")
    table = load_metadata(path)
    names = ("bang/Attack!.txt", "x.zip!in/Attack!.txt", "Hold!.md", "x.zip!Attack.txt", "x.zip!")
    assert [getattr(table.find(name), "outlet", None) for name in names] == ["A", "A", "B", None, None]


def test_all_problems_with_their_lines(tmp_path: Path) -> None:
    """A wrong date, a nameless row and a row that stands twice are told together."""
    path = tmp_path / "m.csv"
    path.write_text("document,published\none,03/04/2025\n,2025-12-01\ntwo,2025-12-01\ntwo,2025-12-02\n")
    with pytest.raises(DataError) as caught:
        load_metadata(path)
    assert str(caught.value) == (
        f"{path}:2: published '03/04/2025' is no full date; write it as 2025-12-01 | {path}:3: no document named | "
        f"{path}:5: 'two' stands twice with different values; mend these rows"
    )


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("m.csv", b"name,published\na,2025-12-01\n", "no column 'document'"),
        ("m.jsonl", b"{]\n", "no JSON"),
        ("m.jsonl", b"[1]\n", "not an object"),
        ("m.csv", b"\x00\x01\x02", "not text"),
    ],
)
def test_files_that_are_no_table(tmp_path: Path, name: str, content: bytes, what: str) -> None:
    """Another file given by mistake is refused in one line."""
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DataError, match=what):
        load_metadata(tmp_path / name)


def test_missing_file(tmp_path: Path) -> None:
    """The file that is not there is named."""
    with pytest.raises(DataError, match=r"none\.csv: cannot be read"):
        load_metadata(tmp_path / "none.csv")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ('a.txt,2025-12-01,"Kyiv says no,BBC\nd.txt,2025-12-02,x,CNN\n', f"2: {OPEN_QUOTE}"),
        ('a.txt,2025-12-01,x,"Kyiv\nd.txt,2025-12-02,x,"CNN\n', f"2: {OPEN_QUOTE}"),
        ('\na.txt,,x,"BBC\nOne"\n\nd.txt,2025-12-02,x,"CNN', f"6: {OPEN_QUOTE}"),
        ("a.txt,2025-12-01,Kyiv, Moscow agree,BBC\n", "2: 5 cells, but 4 columns"),
        ('a.txt,,"x\ny",BBC\nd.txt,2025-12-02\ne.txt\n', "4: 2 cells, but 4 columns | M:5: 1 cells, but 4 columns"),
    ],
)
def test_rows_that_do_not_fit_their_columns(tmp_path: Path, rows: str, said: str) -> None:
    """A comma or a quotation mark too many is told with the line at which the row begins; nothing is swallowed."""
    path = tmp_path / "m.csv"
    path.write_text("document,published,title,outlet\n" + rows)
    with pytest.raises(DataError) as caught:
        load_metadata(path)
    assert str(caught.value).replace(str(path), "M") == f"M:{said}; mend these rows"


def test_quotation_marks_that_are_closed(tmp_path: Path) -> None:
    """Cells with separators, line breaks and quotations in them, as programs and as people write them."""
    path = tmp_path / "m.csv"
    path.write_text(
        'document,title\na,"Kyiv, Moscow\nagree"\nb,"He said ""no"""\nc,"We hold" he said\nd,Fall of "the" town\n'
    )
    titles = [entry.title for entry in load_metadata(path).entries.values()]
    assert titles == ["Kyiv, Moscow\nagree", 'He said "no"', "We hold he said", 'Fall of "the" town']
