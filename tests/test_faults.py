"""Bad input and faults end to end (``docs/reliability.md``): full disks, odd bytes in arguments and data, signals.

What holds of one module alone is tested beside that module; here the command line runs as a person runs it.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.test_cli import FAKE, articles, claimkit, environment

__all__ = ["articles"]

FULL = b"claimkit: error: No space left on device; nothing trustworthy was written\n"
NO_UTF8 = os.fsdecode(b"caf\xe9")
SLOW_CLOSE = """
import sys, time
sys.path[:0] = [{root!r}, {source!r}]
from tests.fake_claimkit import make
from claimkit import cli
from claimkit.commands import extract
from claimkit.export.jsonl import JsonLines
def close(self):
    print("closing", file=sys.stderr, flush=True)
    time.sleep(30)
extract.make_extractor, JsonLines.close = make, close
cli.main(["extract", "-q", "articles", "-o", "out.jsonl"])
"""


def limited(*args: str, blocks: int | str = "unlimited") -> subprocess.CompletedProcess[str]:
    """Run the command line where no file may grow beyond so many blocks of 1,024 bytes, in 4 GB and two minutes."""
    command = f'ulimit -f {blocks}; ulimit -v 4000000; exec timeout 120 "$@"'
    line = ["bash", "-c", command, "bash", sys.executable, str(FAKE), *args]
    return subprocess.run(
        line, capture_output=True, env=environment(), check=False, text=True, stdin=subprocess.DEVNULL
    )


def names() -> list[str]:
    """Give what lies in the working folder, hidden names too, without what SQLite keeps beside a database."""
    return sorted(path.name for path in Path().iterdir() if not path.name.endswith(("-shm", "-wal")))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with articles, their claims in ``claims.jsonl`` and a database of them."""
    folder = tmp_path_factory.mktemp("made")
    for at in range(60):
        (folder / "articles" / f"{at:02}").mkdir(parents=True)
        (folder / "articles" / f"{at:02}" / "one.txt").write_text("A sentence.\n", encoding="utf-8")
    command = [sys.executable, str(FAKE), "extract", "-q", "articles", "--db", "claims.db", "-o", "claims.jsonl"]
    subprocess.run(command, check=True, cwd=folder, env=environment(), stdin=subprocess.DEVNULL)
    return folder


@pytest.fixture
def results(made: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same folder as the working folder; what a test writes there it must remove, or have refused."""
    monkeypatch.chdir(made)
    return made


WRITERS = [
    *[("extract", "-q", "articles", "--format", form) for form in ("table", "json", "jsonl", "csv")],
    *[("places", "-q", "articles", "--format", form) for form in ("jsonl", "geojson")],
    *[("ledger", "claims.jsonl", "--format", form) for form in ("table", "json", "jsonl")],
    *[("report", "claims.jsonl", "--format", form) for form in ("html", "md", "text")],
    *[
        ("export", "claims.jsonl", "--to", target)
        for target in ("csv", "xlsx", "parquet", "geojson", "plover", "schemaorg", "webannotation", "prodigy")
    ],
    ("export", "--db", "claims.db", "--to", "doccano"),
    ("search", "month", "--db", "claims.db"),
    ("diff", "2025-11-14", "2025-12-01", "--db", "claims.db"),
    ("explain", "articles/00/one.txt"),
    ("schema",),
    ("config", "show"),
    ("--help",),
]


@pytest.mark.usefixtures("results")
@pytest.mark.parametrize("args", WRITERS, ids=" ".join)
def test_a_full_device_is_one_line_and_1_for_every_writer(args: tuple[str, ...]) -> None:
    """Whatever writes to standard output says so when it does not arrive, and nothing else."""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, str(FAKE), *args],
            stdin=subprocess.DEVNULL, stdout=full, stderr=subprocess.PIPE, env=environment(), check=False,
        )  # fmt: skip
    assert (done.returncode, done.stderr) == (1, FULL)


@pytest.mark.parametrize(
    ("name", "args"),
    [
        *[(f"out.{form}", ("extract", "-q", "articles")) for form in ("json", "jsonl", "csv", "txt")],
        ("out.geojson", ("places", "-q", "articles")),
        *[(f"out.{form}", ("ledger", "claims.jsonl")) for form in ("json", "jsonl", "txt")],
        *[(f"out.{form}", ("report", "claims.jsonl", "-q")) for form in ("html", "md")],
        *[(f"out.{form}", ("export", "claims.jsonl", "-q", "--to", form)) for form in ("csv", "xlsx", "parquet")],
        ("out", ("export", "--db", "claims.db", "-q", "--to", "brat")),
    ],
    ids=str,
)
def test_a_file_that_may_not_grow_leaves_the_old_one(results: Path, name: str, args: tuple[str, ...]) -> None:
    """For each form: one line, exit 1, the old file or folder as it was, no temporary beside it."""
    out = results / name
    if out.suffix:
        out.write_text("old\n", encoding="utf-8")
    before = names()
    done = limited(*args, "-o", name, blocks=0)
    # A database is read by way of a file beside it, so there it is the first that may not grow.
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "; nothing trustworthy was written" in done.stderr or "the database failed" in done.stderr
    assert names() == before
    assert not out.suffix or out.read_text(encoding="utf-8") == "old\n"
    out.unlink(missing_ok=True)


@pytest.mark.parametrize("blocks", [1, 60, 120, 140, 160])
def test_a_database_that_may_not_grow_is_one_line_and_the_next_run_mends_it(articles: Path, blocks: int) -> None:
    """Wherever the room ends, no article is blamed for it; with room again all is as after an unbroken run."""
    done = limited("extract", "-q", "articles", "--db", "claims.db", "-o", "out.jsonl", blocks=blocks)
    assert done.returncode == 1
    assert done.stderr.startswith("claimkit: error: claims.db: the database failed (")
    assert done.stderr.endswith("; make room or mend the disk, then run again; what was finished before is kept\n")
    assert done.stderr.count("\n") == 1
    assert not [name for name in names() if name.startswith((".", "out"))]
    again = claimkit("extract", "-q", "articles", "--db", "claims.db", "-o", "out.jsonl")
    whole = claimkit("extract", "-q", "articles", "--db", "whole.db", "-o", "whole.jsonl")
    assert (again.returncode, again.stderr, whole.returncode) == (0, "", 0)
    assert Path("out.jsonl").read_bytes() == Path("whole.jsonl").read_bytes()
    of_db, of_whole = (claimkit("ledger", "--db", f"{name}.db", "--format", "json") for name in ("claims", "whole"))
    assert of_db.stdout == of_whole.stdout


@pytest.mark.usefixtures("articles")
@pytest.mark.parametrize(
    ("path", "status", "message"),
    [
        ("articles", 1, "articles: cannot be used as a database (unable to open database file); name another"),
        ("none/claims.db", 2, "none/claims.db: the folder of the database is missing; make it: mkdir -p none"),
    ],
)
def test_a_database_that_cannot_be_there(path: str, status: int, message: str) -> None:
    """A folder, or a folder that is missing, is told in one line with the mend."""
    done = claimkit("extract", "-q", "articles", "--db", path)
    assert (done.returncode, done.stderr) == (status, f"claimkit: error: {message}\n")


@pytest.mark.usefixtures("articles")
@pytest.mark.parametrize(
    ("args", "status"),
    [
        (("extract", "articles", "--metadata", "pipe.jsonl"), 2),
        (("extract", "articles", "--metadata", "/dev/zero"), 2),
        (("ledger", "pipe.jsonl"), 1),
        (("diff", "pipe.jsonl", "pipe.jsonl"), 1),
        (("gazetteer", "lookup", "Kyiv", "--gazetteer", "pipe.jsonl"), 2),
        (("actors", "lookup", "Kyiv", "--actors", "pipe.jsonl"), 2),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else str(value),
)
def test_a_named_file_that_is_a_pipe_or_a_device_is_not_read(args: tuple[str, ...], status: int) -> None:
    """It would wait or never end; it is refused at once."""
    os.mkfifo("pipe.jsonl")
    done = limited(*args)
    assert done.returncode == status
    assert "not a regular file); check" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.usefixtures("results")
@pytest.mark.parametrize(
    ("args", "status"),
    [
        (("report", "claims.jsonl", "--format", "html", "--title", NO_UTF8), 0),
        (("report", "claims.jsonl", "--format", "md", "--title", NO_UTF8), 0),
        (("search", NO_UTF8, "--db", "claims.db"), 0),
        (("status", NO_UTF8, "--db", "claims.db"), 2),
        (("gazetteer", "lookup", NO_UTF8, "--format", "jsonl"), 0),
        (("actors", "lookup", NO_UTF8, "--format", "jsonl"), 0),
        (("extract", "articles", "--place", NO_UTF8), 0),
        (("extract", "-", "--stdin-filename", NO_UTF8), 2),
        (("extract", "articles", "--metadata", NO_UTF8), 2),
        (("extract", "-q", "articles", "-o", NO_UTF8), 0),
        (("extract", "-q", "articles", "--db", NO_UTF8), 0),
        (("extract", NO_UTF8), 3),
    ],
    ids=lambda value: ascii(" ".join(value)) if isinstance(value, tuple) else str(value),
)
def test_arguments_that_are_not_utf8_are_no_fault(args: tuple[str, ...], status: int) -> None:
    """Bytes that are no text are replaced or refused in one line; what is written is UTF-8."""
    done = claimkit(*args)  # decodes both streams
    for made in Path().glob(f"{NO_UTF8}*"):
        made.unlink()
    assert (done.returncode, "fault in claimkit" in done.stderr) == (status, False)


def test_half_characters_in_metadata_reach_no_json(articles: Path) -> None:
    """A lone surrogate that JSON can spell becomes U+FFFD, in the output and in a database."""
    Path("meta.jsonl").write_text('{"document": "one", "title": "a\\ud800b", "outlet": "\\udfff"}\n', encoding="utf-8")
    done = claimkit("extract", "-q", "articles", "--metadata", "meta.jsonl", "--db", "claims.db", "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    kept = claimkit("export", "--db", "claims.db", "--to", "doccano")
    assert (kept.returncode, "\\ud" in kept.stdout + done.stdout) == (0, False)


@pytest.mark.parametrize("encoding", ["base64", "hex", "rot13", "undefined"])
def test_a_codec_of_no_text_is_no_encoding(articles: Path, encoding: str) -> None:
    """Python's codecs that make no text are refused as unknown encodings are."""
    done = claimkit("extract", "articles", "--encoding", encoding)
    assert done.returncode == 2
    assert f"encoding = '{encoding}' is not known; try utf-8, cp1251, koi8-u, utf-16" in done.stderr


def test_term_outside_the_articles_clears_what_is_half_written(articles: Path) -> None:
    """SIGTERM while results are written: 143 at once, the old file, no temporary."""
    Path("out.jsonl").write_text("old\n", encoding="utf-8")
    program = SLOW_CLOSE.format(root=str(FAKE.parent.parent), source=str(FAKE.parent.parent / "src"))
    process = subprocess.Popen([sys.executable, "-c", program], stderr=subprocess.PIPE, env=environment())
    assert process.stderr is not None
    assert process.stderr.readline() == b"closing\n"
    process.send_signal(signal.SIGTERM)
    assert (process.communicate(timeout=5)[1], process.returncode) == (b"", 143)
    assert (names(), Path("out.jsonl").read_text(encoding="utf-8")) == (["articles", "out.jsonl"], "old\n")


def test_the_second_run_on_a_database_waits_or_ends_with_75(articles: Path) -> None:
    """`extract --db` too: 75 at once, and with --lock-wait the second follows the first."""
    (articles / "a-slow.txt").write_text("A sentence.\n", encoding="utf-8")
    command = [sys.executable, str(FAKE), "extract", "-q", "articles", "--db", "claims.db"]
    first = subprocess.Popen(command, env=environment(FAKE_SECONDS="3"), stdout=subprocess.DEVNULL)
    until = time.monotonic() + 30
    while not Path("claims.db").exists() and time.monotonic() < until:
        time.sleep(0.05)
    refused = claimkit("extract", "-q", "articles", "--db", "claims.db")
    waited = claimkit("extract", "-q", "articles", "--db", "claims.db", "--lock-wait", "60")
    assert (refused.returncode, waited.returncode, first.wait()) == (75, 0, 0)
