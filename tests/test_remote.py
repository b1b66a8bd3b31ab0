"""Tests of inputs with a scheme, by fsspec's memory and a server on this machine; no network is used."""

from __future__ import annotations

import functools
import http.server
import io
import json
import sys
import threading
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from claimkit.errors import UsageError
from claimkit.reader import Skipped, read_paths
from claimkit.records import Document
from claimkit.remote import is_remote
from claimkit.settings import Settings

TEXT = "The army said on Monday that it had taken the town of Lisova.\n"


def _read(*paths: str, settings: Settings | None = None) -> list[tuple[str, str]]:
    found: Sequence[Document | Skipped] = list(read_paths(paths, settings=settings or Settings()))
    return [(item.path, item.reason if isinstance(item, Skipped) else item.text) for item in found]


def _archive() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("b.txt", TEXT)
        archive.writestr("a/a.txt", TEXT)
        archive.writestr("a/a.html", TEXT)
    return data.getvalue()


def _corpus() -> bytes:
    return "".join(json.dumps({"text": TEXT, "id": name}) + "\n" for name in ("x", "y")).encode()


def _parquet() -> bytes:
    data = io.BytesIO()
    pq.write_table(pa.table({"text": [TEXT], "id": ["p"]}), data)
    return data.getvalue()


FILES = {
    "news/b.txt": TEXT.encode(),
    "news/a/é.md": TEXT.encode(),
    "news/a/page.html": TEXT.encode(),
    "news/.hidden/c.txt": TEXT.encode(),
    "news/old.zip": _archive(),
    "news/c.jsonl": _corpus(),
    "news/d.parquet": _parquet(),
    "news/large.text": b"x" * 5_000_000,
}
CORPORA = Settings(text_column="text", id_column="id")


@pytest.fixture
def memory() -> Iterator[str]:
    """A folder in fsspec's memory."""
    system = fsspec.filesystem("memory")
    for name, data in FILES.items():
        system.pipe(f"/{name}", data)
    yield "memory://news"
    system.rm("/news", recursive=True)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    """Says nothing, and refuses one file."""

    def do_GET(self) -> None:
        """Give a file."""
        if self.path.endswith("secret.txt"):
            self.send_error(403)
        else:
            super().do_GET()

    def log_message(self, *_args: object) -> None:
        """Keep still."""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """A server of the files, as Python's own is: without parts of files."""
    for name, data in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    handler = functools.partial(_Quiet, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{running.server_address[1]}/news"
        running.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("path", "remote"),
    [
        ("s3://bucket/a.txt", True), ("memory://x", True), ("file:///x", True), ("a.txt", False), ("a:b/c.txt", False),
        ("./http://x", False), ("-", False),
    ],
)  # fmt: skip
def test_a_scheme_makes_a_path_remote(path: str, remote: bool) -> None:
    """Nothing else does."""
    assert is_remote(path) is remote


def test_folders_are_read_downwards_by_the_patterns(memory: str) -> None:
    """Hidden names are passed over; a file given twice comes once; the order is that of bytes."""
    assert _read(memory, "memory://news/b.txt") == [(f"{memory}/a/é.md", TEXT), (f"{memory}/b.txt", TEXT)]
    assert _read(f"{memory}/", settings=Settings(glob=("*.html",))) == [(f"{memory}/a/page.html", TEXT)]


def test_a_star_in_a_path_is_a_pattern(memory: str) -> None:
    """No shell knows what is there."""
    assert _read("memory://ne*/b.txt") == [(f"{memory}/b.txt", TEXT)]


def test_archives_and_corpora_are_read(memory: str) -> None:
    """As on this machine."""
    assert _read(f"{memory}/old.zip") == [(f"{memory}/old.zip!a/a.txt", TEXT), (f"{memory}/old.zip!b.txt", TEXT)]
    assert _read(f"{memory}/c.jsonl", f"{memory}/d.parquet", settings=CORPORA) == [
        (f"{memory}/c.jsonl!x", TEXT), (f"{memory}/c.jsonl!y", TEXT), (f"{memory}/d.parquet!p", TEXT),
    ]  # fmt: skip


def test_what_is_not_there_or_too_large_is_skipped(memory: str) -> None:
    """With the reason, and the rest goes on."""
    settings = Settings(max_file_size=100)
    assert _read(f"{memory}/none.txt", f"{memory}/large.text", f"{memory}/b.txt", settings=settings) == [
        (f"{memory}/b.txt", TEXT),
        (f"{memory}/large.text", "larger than 100 bytes; see --max-file-size"),
        (f"{memory}/none.txt", "no such file or folder"),
    ]


def test_a_server_is_read_from_beginning_to_end(server: str) -> None:
    """Articles, archives, corpora, and a folder by the links of its page, though no part of a file can be asked for."""
    assert _read(f"{server}/b.txt") == [(f"{server}/b.txt", TEXT)]
    assert _read(f"{server}/old.zip") == [(f"{server}/old.zip!a/a.txt", TEXT), (f"{server}/old.zip!b.txt", TEXT)]
    assert _read(f"{server}/c.jsonl", f"{server}/d.parquet", settings=CORPORA) == [
        (f"{server}/c.jsonl!x", TEXT), (f"{server}/c.jsonl!y", TEXT), (f"{server}/d.parquet!p", TEXT),
    ]  # fmt: skip
    assert [path for path, _ in _read(f"{server}/")] == [f"{server}/a/%C3%A9.md", f"{server}/b.txt"]


def test_what_a_server_refuses_is_skipped(server: str) -> None:
    """Not there, not allowed, no server: one line each."""
    gone = "http://127.0.0.1:9/x.txt"
    found = dict(_read(f"{server}/none.txt", f"{server}/secret.txt", gone, f"{server}/b.txt"))
    assert found[f"{server}/b.txt"] == TEXT
    assert found[f"{server}/none.txt"] == "no such file or folder"
    assert found[f"{server}/secret.txt"].startswith(("cannot be read (", "no such file"))
    assert found[gone].startswith(("cannot be read (", "no such file"))
    assert not any("\n" in said for path, said in found.items() if path != f"{server}/b.txt")


def test_file_scheme(tmp_path: Path) -> None:
    """It is a way to write a path of this machine."""
    (tmp_path / "a.txt").write_text(TEXT)
    assert _read(f"file://{tmp_path}") == [(f"file://{tmp_path}/a.txt", TEXT)]


def test_without_fsspec_the_mend_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """One line, and nothing is read."""
    monkeypatch.setitem(sys.modules, "fsspec", None)
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(UsageError) as caught:
        _read("s3://bucket/a.txt")
    assert str(caught.value) == "reading s3:// needs fsspec; install it: pip install 'claimkit[remote]'"


def test_without_the_library_of_a_scheme_the_mend_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of the clouds are not in the extra."""
    monkeypatch.setitem(sys.modules, "s3fs", None)
    with pytest.raises(UsageError) as caught:
        _read("s3://bucket/a.txt")
    assert str(caught.value) == "s3://bucket/a.txt: reading s3:// needs a library; install s3fs to access S3"


def test_an_unknown_scheme_is_an_error() -> None:
    """Of the command line."""
    with pytest.raises(UsageError, match="no such scheme"):
        _read("nowhere://bucket/a.txt")


def test_nothing_is_loaded_for_paths_of_this_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a scheme fsspec is not asked."""
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    (tmp_path / "a.txt").write_text(TEXT)
    assert _read(str(tmp_path)) == [(f"{tmp_path}/a.txt", TEXT)]
