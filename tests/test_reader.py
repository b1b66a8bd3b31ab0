"""Tests of reading files, folders, archives and standard input."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import socket
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from claimkit.errors import DataError, InputError
from claimkit.paths import printable
from claimkit.reader import NO_DATE, Skipped, read_paths, read_text
from claimkit.records import Block, BlockKind, Document
from claimkit.settings import Settings

TEXT = "The army said on Monday that it had taken the town of Lisova.\n"


def _read(*paths: Path | str, settings: Settings | None = None, stdin: bytes | None = None) -> list[Document | Skipped]:
    source = None if stdin is None else io.BytesIO(stdin)
    return list(read_paths([str(path) for path in paths], settings=settings or Settings(), stdin=source))


def _shown(found: Sequence[Document | Skipped], *, below: Path) -> list[tuple[str, str]]:
    return [
        (item.path.removeprefix(f"{below}/"), item.reason if isinstance(item, Skipped) else "read") for item in found
    ]


def test_a_file_gives_its_whole_document(tmp_path: Path) -> None:
    """Path, text, hash, encoding, date, blocks and warnings of a plain file."""
    path = tmp_path / "2025-12-01-front.txt"
    path.write_text(TEXT)
    assert _read(path) == [
        Document(
            path=str(path),
            text=TEXT,
            sha256=hashlib.sha256(TEXT.encode()).hexdigest(),
            encoding="utf-8",
            published="2025-12-01",
            published_from="name",
            blocks=(Block(start=0, end=len(TEXT) - 1, kind=BlockKind.BODY),),
        )
    ]


def test_folders_are_read_downwards_in_order_of_bytes(tmp_path: Path) -> None:
    """Only the patterns are read, hidden names are passed over, each file comes once."""
    for name in ("b.txt", "a/z.md", "a.txt", "a/.git/x.txt", ".hidden.txt", "a/notes.csv", "é.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(TEXT)
    found = _read(tmp_path, tmp_path / "b.txt")
    assert _shown(found, below=tmp_path) == [(n, "read") for n in ("a.txt", "a/z.md", "b.txt", "é.txt")]
    only = _read(tmp_path, settings=Settings(glob=("*.csv",)))
    assert _shown(only, below=tmp_path) == [("a/notes.csv", "read")]


def test_reading_is_lazy(tmp_path: Path) -> None:
    """The first document comes before the second file is opened."""
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.txt").write_text(TEXT)
    stream = read_paths([str(tmp_path)], settings=Settings())
    assert isinstance(next(stream), Document)
    (tmp_path / "b.txt").unlink()
    assert list(stream) == [Skipped(path=str(tmp_path / "b.txt"), reason="no such file or folder")]


def test_what_cannot_be_read_is_skipped_and_the_rest_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Missing, binary, too large, pipes, sockets and links are named with the reason."""
    (tmp_path / "binary.txt").write_bytes(b"a\x00b\x01\x00\x00")
    (tmp_path / "large.txt").write_text("x" * 101)
    (tmp_path / "good.txt").write_text(TEXT)
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "link.txt").symlink_to(tmp_path / "good.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("sock.txt")
        found = _read(tmp_path, tmp_path / "none.txt", "/dev/null", settings=Settings(max_file_size=100))
    assert _shown(found, below=tmp_path) == [
        ("/dev/null", "device, not a regular file"),
        ("binary.txt", "not text (binary, NUL bytes)"),
        ("good.txt", "read"),
        ("large.txt", "larger than 100 bytes; see --max-file-size"),
        ("link.txt", "symbolic link; use --follow to read it"),
        ("loop", "symbolic link; use --follow to read it"),
        ("none.txt", "no such file or folder"),
        ("pipe.txt", "named pipe, not a regular file"),
        ("sock.txt", "socket, not a regular file"),
    ]


def test_followed_links_are_read_and_loops_end(tmp_path: Path) -> None:
    """With ``follow`` a link is read; a link to itself or to a folder above is named once."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "good.txt").write_text(TEXT)
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "link.txt").symlink_to(tmp_path / "a" / "good.txt")
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    assert _shown(_read(tmp_path, settings=Settings(follow=True)), below=tmp_path) == [
        ("a/good.txt", "read"),
        ("a/up", "symbolic link loop"),
        ("link.txt", "read"),
        ("self.txt", "symbolic link loop"),
    ]


def test_unreadable_file_is_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file without the right to read is named (root has every right, so the refusal is played)."""
    path = tmp_path / "a.txt"
    path.write_text(TEXT)

    def refuse(name: str, flags: int) -> int:
        raise PermissionError(errno.EACCES, "Permission denied", name)

    monkeypatch.setattr("claimkit.reader.os.open", refuse)
    assert _read(path) == [Skipped(path=str(path), reason="permission denied")]


def test_odd_names_are_escaped_in_messages(tmp_path: Path) -> None:
    """A name with a line break or bytes that are no UTF-8 is shown safely and read anyway."""
    assert printable("a\n\x1b[31m\u202e.txt") == "a\\n\\x1b[31m\\u202e.txt"
    name = os.fsdecode(b"bad\xff.txt")
    (tmp_path / name).write_text(TEXT)
    (found,) = _read(tmp_path)
    assert isinstance(found, Document)
    assert found.path == f"{tmp_path}/bad\\xff.txt"
    assert _read(tmp_path / "none\n.txt") == [Skipped(path=f"{tmp_path}/none\\n.txt", reason="no such file or folder")]
    assert [item.reason for item in _read("a\0b") if isinstance(item, Skipped)] == ["not a path"]


def test_empty_file_is_a_document_with_a_warning(tmp_path: Path) -> None:
    """Nothing to read is not an error."""
    path = tmp_path / "a.txt"
    path.touch()
    (found,) = _read(path)
    assert isinstance(found, Document)
    assert (found.text, found.blocks, found.warnings) == ("", (), ("empty",))


def test_archive_members_have_the_archive_in_their_path(tmp_path: Path) -> None:
    """Members are read by the same patterns; an archive without any is named; one inside a folder needs its pattern."""
    path = tmp_path / "set.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("in/b.txt", TEXT)
        archive.writestr("in/a.txt", b"\x00\x01")
        archive.writestr("in/c.csv", TEXT)
    assert _shown(_read(path), below=tmp_path) == [
        ("set.zip!in/a.txt", "not text (binary, NUL bytes)"),
        ("set.zip!in/b.txt", "read"),
    ]
    assert _shown(_read(path, settings=Settings(glob=("*.md",))), below=tmp_path) == [
        ("set.zip", "archive holds no file like *.md")
    ]
    assert _read(tmp_path) == []
    assert len(_read(tmp_path, settings=Settings(glob=("*.zip", "*.txt")))) == 2


def test_standard_input(tmp_path: Path) -> None:
    """``-`` is read once, named by the option, and a date given for it wins over its head."""
    settings = Settings(stdin_filename="wire.txt", published="2025-12-02")
    (found,) = _read("-", "-", settings=settings, stdin=f"Town falls\n2025-12-01\n\n{TEXT}".encode())
    assert isinstance(found, Document)
    assert (found.path, found.published, found.published_from) == ("wire.txt", "2025-12-02", "option")
    (plain,) = _read("-", stdin=f"Town falls\n2025-12-01\n\n{TEXT}".encode())
    assert isinstance(plain, Document)
    assert (plain.path, plain.published, plain.published_from) == ("<stdin>", "2025-12-01", "header")


def test_date_metadata_then_head_then_name_then_option(tmp_path: Path) -> None:
    """Each source of the date is taken where the ones before it are silent."""
    table = tmp_path / "meta.tsv"
    table.write_text("document\tpublished\toutlet\na\t2025-12-09\tExample\n")
    dated = f"Town falls\n2025-12-01\n\n{TEXT}"
    for name, text in (("a.txt", dated), ("b.txt", dated), ("c-2025-12-03.txt", TEXT), ("d.txt", TEXT)):
        (tmp_path / name).write_text(text)
    settings = Settings(metadata=str(table), published="2025-12-24")
    found = [
        (d.published, d.published_from, d.outlet) for d in _read(tmp_path, settings=settings) if isinstance(d, Document)
    ]
    assert found == [
        ("2025-12-09", "metadata", "Example"),
        ("2025-12-01", "header", None),
        ("2025-12-03", "name", None),
        ("2025-12-24", "option", None),
    ]


def test_without_a_date_a_warning_says_what_to_do(tmp_path: Path) -> None:
    """A date is never made up."""
    (tmp_path / "a.txt").write_text(TEXT)
    (found,) = _read(tmp_path)
    assert isinstance(found, Document)
    assert (found.published, found.published_from, found.warnings) == (None, None, (NO_DATE,))


def test_wrong_metadata_stops_the_run(tmp_path: Path) -> None:
    """A table that cannot be trusted is no skipped input."""
    (tmp_path / "m.csv").write_text("name\nx\n")
    with pytest.raises(DataError):
        _read(tmp_path, settings=Settings(metadata=str(tmp_path / "m.csv")))


def test_encodings_reach_the_record(tmp_path: Path) -> None:
    """The encoding is in the document; what could not be decoded is counted in a warning."""
    (tmp_path / "a.txt").write_bytes("Мэр посёлка заявил, что мост удержан.".encode("koi8_r"))
    (tmp_path / "b.txt").write_bytes(TEXT.encode() + "й".encode() + b"\xff")
    one, two = _read(tmp_path)
    assert isinstance(one, Document)
    assert isinstance(two, Document)
    assert (one.encoding, one.text) == ("koi8-u", "Мэр посёлка заявил, что мост удержан.")
    assert two.warnings == ("1 characters could not be decoded as utf-8; see --encoding", NO_DATE)


def test_read_text_takes_what_it_is_given() -> None:
    """Arguments win over the head; offsets of the text stay; surrogates are replaced one for one."""
    found = read_text(f"Town falls\n2025-12-01\n\n{TEXT}\ud800", published=date(2025, 12, 2), outlet="Example")
    assert (found.path, found.title, found.outlet, found.published, found.published_from) == (
        "-",
        "Town falls",
        "Example",
        "2025-12-02",
        "option",
    )
    assert found.text == f"Town falls\n2025-12-01\n\n{TEXT}\ufffd"
    assert read_text("x", published="2025-12-02").published == "2025-12-02"
    with pytest.raises(InputError, match="published 'soon' is no date; write it as 2025-12-01"):
        read_text("x", published="soon")


def test_the_name_of_an_archive_dates_no_member(tmp_path: Path) -> None:
    """The member's own name does; "!" in a file's own name hides no date."""
    with zipfile.ZipFile(tmp_path / "2024-05-01-dump.zip", "w") as archive:
        for name in ("2023-11-02-report.txt", "2023-11-03/other.txt", "other.txt"):
            archive.writestr(name, TEXT)
    (tmp_path / "2025-12-01-Attack!.txt").write_text(TEXT)
    found = _read(tmp_path, settings=Settings(glob=("*.txt", "*.zip")))
    assert [d.published for d in found if isinstance(d, Document)] == ["2023-11-02", None, None, "2025-12-01"]


def test_a_broken_archive_costs_no_other_input(tmp_path: Path) -> None:
    """It is named, and the rest is read."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("one.txt", TEXT)
    data = bytearray((tmp_path / "a.zip").read_bytes())
    data[data.index(b"PK\x01\x02") + 6] = 99
    (tmp_path / "a.zip").write_bytes(data)
    (tmp_path / "b.txt").write_text(TEXT)
    found = _read(tmp_path, settings=Settings(glob=("*.txt", "*.zip")))
    assert _shown(found, below=tmp_path) == [("a.zip", "broken zip archive (zip file version 9.9)"), ("b.txt", "read")]
