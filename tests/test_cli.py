"""The command line: streams apart, exit statuses, errors in one line, signals, colour, start-up."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from claimkit import __version__
from claimkit.cli import COMMANDS, group
from tests import sample

ROOT = Path(__file__).resolve().parent.parent
FAKE = ROOT / "tests" / "fake_claimkit.py"
ESCAPE = "\x1b["
HEAVY = {"spacy", "rich", "yaml", "numpy", "rapidfuzz", "onnxruntime", "tokenizers", "asyncio"}


@pytest.fixture
def articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two articles of claims and one without, which is the working folder's `articles`."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for name in ("one", "two", "zero"):
        (folder / f"{name}.txt").write_text("A sentence.\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return folder


def environment(**more: str) -> dict[str, str]:
    """Give an environment without the settings of whoever runs the tests."""
    ours = ("CLAIMKIT_", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return kept | {"XDG_CONFIG_HOME": "/nonexistent", "TERM": "xterm"} | more


def claimkit(*args: str, stdin: bytes = b"", **more: str) -> subprocess.CompletedProcess[str]:
    """Run the command line with the fake extractor, its streams in pipes."""
    done = subprocess.run(
        [sys.executable, str(FAKE), *args], input=stdin, capture_output=True, env=environment(**more), check=False
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def in_terminal(*args: str, **more: str) -> tuple[int, str]:
    """Run the command line with all its streams on one terminal."""
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, str(FAKE), *args], stdin=follower, stdout=follower, stderr=follower, env=environment(**more)
    )
    os.close(follower)
    shown = b""
    try:
        while part := os.read(leader, 65536):
            shown += part
    except OSError:  # the other side was closed
        pass
    os.close(leader)
    return process.wait(), shown.decode().replace("\r\n", "\n")


def test_streams_are_apart(articles: Path) -> None:
    """Standard output has the records only; counts stand on standard error."""
    done = claimkit("extract", "articles")
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [c.id for c in sample.EVERY_CLAIM]
    assert done.stderr.startswith("claimkit: 3 articles, 4 claims, 1 without a publication date, ")
    assert done.stderr.count("\n") == 1
    assert done.returncode == 0


def test_quiet_says_nothing(articles: Path) -> None:
    """With -q and nothing skipped, standard error is empty."""
    assert claimkit("extract", "-q", "articles").stderr == ""


def test_verbose_says_a_line_for_each_article(articles: Path) -> None:
    """With -v every article is named with its counts."""
    lines = claimkit("extract", "-v", "articles").stderr.splitlines()
    assert lines[0] == "claimkit: articles/one.txt: 2 claims, 0 cues without a claim, 0 places unresolved"
    assert len(lines) == 4


def test_skipped_inputs_are_named_and_the_rest_goes_on(articles: Path) -> None:
    """A missing file and a binary are named, the others are read, exit 3."""
    (articles / "three.txt").write_bytes(bytes(range(256)))
    done = claimkit("extract", "-q", "articles", "absent.txt")
    assert done.returncode == 3
    assert len(done.stdout.splitlines()) == 4
    assert [line.split(": ")[:4] for line in done.stderr.splitlines()] == [
        ["claimkit", "warning", "absent.txt", "skipped"],
        ["claimkit", "warning", "articles/three.txt", "skipped"],
    ]


def test_strict_stops_at_the_first_skipped_input(articles: Path) -> None:
    """With --strict an input that cannot be read ends the run with 1, and -o is not written."""
    done = claimkit("extract", "--strict", "absent.txt", "articles", "-o", "out.jsonl")
    assert done.returncode == 1
    assert done.stderr == ("claimkit: error: absent.txt: no such file or folder; mend it, or run without --strict\n")
    assert not Path("out.jsonl").exists()


def test_a_fault_in_one_article_does_not_cost_the_others(articles: Path) -> None:
    """An unforeseen error in one article is named, the rest is written, exit 3."""
    (articles / "fault.txt").write_text("A sentence.\n", encoding="utf-8")
    done = claimkit("extract", "-q", "articles")
    assert done.returncode == 3
    assert len(done.stdout.splitlines()) == 4
    assert done.stderr == (
        "claimkit: warning: articles/fault.txt: skipped: a fault in claimkit, IndexError: list index out of range; "
        "report it with what `--debug` shows\n"
    )


def test_debug_shows_the_traceback(articles: Path) -> None:
    """With --debug, before or behind the command, the traceback comes; without it none."""
    (articles / "fault.txt").write_text("A sentence.\n", encoding="utf-8")
    for args in (("--debug", "extract", "articles"), ("extract", "--debug", "articles")):
        assert "Traceback (most recent call last)" in claimkit(*args).stderr
    assert "Traceback" not in claimkit("extract", "articles").stderr


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("foo",), "No such command 'foo'; see `claimkit --help`"),
        (("articles",), "'articles' is no command; did you mean `claimkit extract articles`?"),
        (
            ("extract", "--metadat"),
            "No such option '--metadat'. Did you mean '--metadata'?; see `claimkit extract --help`",
        ),
        (
            ("extract", "articles", "--stance", "lie"),
            (
                "Invalid value for '--stance': 'lie' is not one of 'assert', 'deny', 'acknowledge', 'doubt', "
                "'unverified'; see `claimkit extract --help`"
            ),
        ),
        (
            ("extract", "articles", "--since", "yesterday"),
            "--since 'yesterday' is no date; write it as 2025-12-01, 2025-12 or 2025",
        ),
        (("extract", "articles", "--csv-raw"), "--csv-raw does not go with jsonl; add --format csv"),
        (("extract", "articles", "-o", "articles"), "articles: -o names a folder; name a file in it"),
        (
            ("extract", "articles", "-o", "absent/out.csv"),
            "absent/out.csv: the folder of -o is missing; make it: mkdir -p absent",
        ),
        (
            ("extract", "articles", "-o", "out.xlsx"),
            (
                "-o 'out.xlsx': no xlsx from this command; name another form by --format, or write claims so with "
                "`claimkit export --to xlsx`"
            ),
        ),
        (
            ("explain", "articles/one.txt:c-ffff"),
            "articles/one.txt: no claim 'c-ffff'; list them: claimkit extract articles/one.txt",
        ),
    ],
)
def test_usage_errors_are_one_line(articles: Path, args: tuple[str, ...], message: str) -> None:
    """A wrong command line: what, where, the mend, on one line; exit 2; nothing on standard output."""
    done = claimkit(*args)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"claimkit: error: {message}\n")


@pytest.mark.usefixtures("articles")
def test_a_form_that_is_named_goes_before_the_name_of_the_file() -> None:
    """So does a name that tells of no form."""
    for args in (("-o", "out.xlsx", "--format", "csv"), ("-o", "out.dat")):
        assert claimkit("extract", "-q", "articles", *args).returncode == 0


@pytest.mark.usefixtures("articles")
@pytest.mark.parametrize("option", ["--metadata", "--gazetteer", "--actors"])
def test_a_missing_file_of_a_setting_is_2(option: str) -> None:
    """Whichever names it."""
    done = subprocess.run(
        [sys.executable, "-m", "claimkit", "extract", "articles", option, "none.yaml"],
        capture_output=True, env=environment(), check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"claimkit: error: none.yaml: cannot be read (No such file or directory); check ")


@pytest.mark.usefixtures("articles")
def test_standard_output_by_its_name(tmp_path: Path) -> None:
    """Into a pipe, and behind what a file holds already."""
    whole = claimkit("extract", "-q", "articles").stdout
    assert claimkit("extract", "-q", "articles", "-o", "/dev/stdout").stdout == whole
    kept = tmp_path / "kept.jsonl"
    kept.write_text("old\n", encoding="utf-8")
    with kept.open("ab") as file:
        args = [sys.executable, str(FAKE), "extract", "-q", "articles", "-o", "/dev/stdout"]
        subprocess.run(args, stdout=file, env=environment(), check=True)
    assert kept.read_text(encoding="utf-8") == f"old\n{whole}"


def test_fields_error_names_the_legal_ones(articles: Path) -> None:
    """A wrong field gives the near one and all legal names."""
    done = claimkit("extract", "articles", "--fields", "claimant.id,stanze")
    assert done.returncode == 2
    assert done.stderr.startswith("claimkit: error: --fields 'stanze' is no field; did you mean 'stance'? the fields ")
    assert done.stderr.count("\n") == 1


def test_messages_show_escapes_instead_of_obeying_them(articles: Path) -> None:
    """A file name with terminal escapes and bidi controls is shown with visible escapes."""
    done = claimkit("extract", "-q", "bad\x1b[31m\u202ename.txt")
    assert done.stderr == "claimkit: warning: bad\\x1b[31m\\u202ename.txt: skipped: no such file or folder\n"


def test_nothing_and_a_terminal_is_help_and_2(articles: Path) -> None:
    """Without paths at a terminal comes the help, exit 2; in a pipe standard input is read."""
    status, shown = in_terminal("extract")
    assert (status, shown.split("\n")[0]) == (2, "Usage: claimkit extract [OPTIONS] [PATHS | -]...")
    assert in_terminal()[0] == 2
    assert claimkit("extract", stdin=b"A sentence.\n").returncode == 0


def test_stdin_filename_names_standard_input(articles: Path) -> None:
    """--stdin-filename is the document's path; without it standard input has a name of its own."""
    named = claimkit("extract", "-", "--stdin-filename", "one.txt", "--fields", "document", stdin=b"A sentence.\n")
    assert named.stdout == '{"document":"one.txt"}\n' * 2
    assert claimkit("extract", "-", stdin=b"A sentence.\n").stdout == ""


def test_table_on_a_terminal_json_lines_in_a_pipe(articles: Path) -> None:
    """--format auto is a table on a terminal and JSON Lines in a pipe; -o goes by the file's name."""
    status, shown = in_terminal("extract", "articles", COLUMNS="80")
    assert status == 0
    assert "3 articles, 4 claims, 3 places, 1 contested: Pokrovsk (capture)" in shown
    assert claimkit("extract", "articles").stdout.startswith('{"schema":"claimkit/1"')
    claimkit("extract", "articles", "-o", "out.csv")
    assert Path("out.csv").read_text(encoding="utf-8").startswith("id,document,")


@pytest.mark.parametrize(
    ("args", "more", "colored"),
    [
        ((), {}, True),
        ((), {"NO_COLOR": "1"}, False),
        ((), {"NO_COLOR": ""}, True),
        ((), {"TERM": "dumb"}, False),
        (("--color", "never"), {"FORCE_COLOR": "1"}, False),
        (("--color", "always"), {"NO_COLOR": "1"}, True),
    ],
)
def test_color_on_a_terminal(articles: Path, args: tuple[str, ...], more: dict[str, str], colored: bool) -> None:
    """--color > NO_COLOR (not empty) > FORCE_COLOR > TERM=dumb > the terminal."""
    assert (ESCAPE in in_terminal("extract", "-q", "articles", *args, **more)[1]) is colored


@pytest.mark.parametrize(
    ("args", "more", "colored"),
    [
        ((), {}, False),
        ((), {"FORCE_COLOR": "1"}, True),
        ((), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (("--color", "always"), {}, True),
    ],
)
def test_color_in_a_pipe(articles: Path, args: tuple[str, ...], more: dict[str, str], colored: bool) -> None:
    """In a pipe there is no colour unless it is asked for."""
    done = claimkit("extract", "articles", "--format", "table", *args, stdin=b"", **more)
    assert (ESCAPE in done.stdout) is colored


def test_progress_only_on_a_terminal(articles: Path) -> None:
    """A moving line is drawn on a terminal and not with -q; it is gone before the table comes."""
    shown = in_terminal("extract", "articles", COLUMNS="120")[1]
    assert "reading" in shown
    assert shown.index("reading") < shown.index("PLACE")
    assert "reading" not in in_terminal("extract", "-q", "articles")[1]


def test_closed_pipe_ends_silently_with_141(articles: Path) -> None:
    """`| head -1` gets its line, nothing is said, exit 141."""
    for number in range(200):
        (articles / f"{number:03}").mkdir()
        (articles / f"{number:03}" / "one.txt").write_text("A sentence.\n", encoding="utf-8")
    command = f'"{sys.executable}" "{FAKE}" extract -q articles | head -1; echo "${{PIPESTATUS[@]}}"'
    done = subprocess.run(["bash", "-c", command], capture_output=True, env=environment(), check=True, text=True)
    first, statuses = done.stdout.splitlines()
    assert json.loads(first)["document"] == "articles/000/one.txt"
    assert (statuses, done.stderr) == ("141 0", "")


def test_help_into_a_closed_pipe_is_silent() -> None:
    """`claimkit --help` into a pipe that nobody reads ends with 141 too."""
    read_end, write_end = os.pipe()
    os.close(read_end)
    process = subprocess.run(
        [sys.executable, str(FAKE), "--help"], stdout=write_end, stderr=subprocess.PIPE, env=environment(), check=False
    )
    os.close(write_end)
    assert (process.returncode, process.stderr) == (141, b"")


def test_full_device_is_one_line_and_1(articles: Path) -> None:
    """A full device, as standard output or as -o, is one line and exit 1."""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, str(FAKE), "extract", "-q", "articles"],
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment(),
            check=False,
        )
    line = b"claimkit: error: No space left on device; nothing trustworthy was written\n"
    assert (done.returncode, done.stderr) == (1, line)
    named = claimkit("extract", "-q", "articles", "-o", "/dev/full")
    assert (named.returncode, named.stderr.count("\n")) == (1, 1)


def test_file_size_limit_leaves_the_old_file(articles: Path) -> None:
    """Where a file may not grow, the old one stays, no temporary is left, one line, exit 1."""
    out = Path("out.jsonl")
    out.write_text("old\n", encoding="utf-8")
    command = f'ulimit -f 1; exec "{sys.executable}" "{FAKE}" extract -q articles -o out.jsonl'
    done = subprocess.run(["bash", "-c", command], capture_output=True, env=environment(), check=False, text=True)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "File too large" in done.stderr
    assert (out.read_text(encoding="utf-8"), sorted(map(str, Path().iterdir()))) == ("old\n", ["articles", "out.jsonl"])


def slow_run(articles: Path, *, seconds: str) -> subprocess.Popen[bytes]:
    """Start a run into out.jsonl whose first article takes so many seconds, and wait until it is in work."""
    (articles / "a-slow.txt").write_text("A sentence.\n", encoding="utf-8")
    Path("out.jsonl").write_text("old\n", encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, str(FAKE), "extract", "-v", "articles/a-slow.txt", "articles/one.txt", "-o", "out.jsonl"],
        stderr=subprocess.PIPE,
        env=environment(FAKE_SECONDS=seconds),
    )
    until = time.monotonic() + 20
    while not list(Path().glob(".out.jsonl.*")) and time.monotonic() < until:
        time.sleep(0.02)
    time.sleep(0.3)
    return process


@pytest.mark.parametrize(
    ("number", "status", "said"),
    [(signal.SIGINT, 130, b"claimkit: interrupted\n"), (signal.SIGKILL, -9, b"")],
)
def test_interrupt_and_kill_leave_the_old_file(articles: Path, number: int, status: int, said: bytes) -> None:
    """SIGINT: one line, 130, at once; SIGKILL: nothing; the old output stays as it was."""
    process = slow_run(articles, seconds="30")
    process.send_signal(number)
    _, stderr = process.communicate(timeout=20)
    assert (process.returncode, stderr) == (status, said)
    assert Path("out.jsonl").read_text(encoding="utf-8") == "old\n"


@pytest.mark.parametrize(("seconds", "named"), [("1", b"articles/a-slow.txt"), ("30", b"")])
def test_term_finishes_the_article_within_five_seconds(articles: Path, seconds: str, named: bytes) -> None:
    """SIGTERM: the article in work is finished if it takes seconds, else given up; the next is not begun; 143."""
    process = slow_run(articles, seconds=seconds)
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    _, stderr = process.communicate(timeout=10)
    assert time.monotonic() - began < 5
    assert process.returncode == 143
    assert named in stderr
    assert b"one.txt" not in stderr
    assert Path("out.jsonl").read_text(encoding="utf-8") == "old\n"


def test_exit_code_says_that_something_was_found(articles: Path) -> None:
    """--exit-code gives 10 where there are claims to show and 0 where there are none."""
    assert claimkit("extract", "--exit-code", "articles").returncode == 10
    assert claimkit("extract", "--exit-code", "articles", "--claimant", "nobody").returncode == 0


@pytest.mark.parametrize(
    ("args", "numbers"),
    [
        (("--place", "Krasnoarmeysk"), [1, 2]),
        (("--stance", "deny"), [2]),
        (("--stance", "deny", "--stance", "acknowledge"), [2, 3]),
        (("--claimant", "rus"), [1]),
        (("--claimant", "Ukraine"), [2, 3]),
        (("--event", "capture"), [1, 2]),
        (("--min-confidence", "0.85"), [1, 4]),
        (("--since", "2025-12"), [1, 2]),
        (("--until", "2025-11"), [3]),
    ],
)
def test_filters(articles: Path, args: tuple[str, ...], numbers: list[int]) -> None:
    """Each filter keeps what it says, and the counts say of how many."""
    done = claimkit("extract", "articles", "--fields", "id", *args)
    assert done.stdout == "".join(f'{{"id":"c-{number}a2b3c4d5e6f"}}\n' for number in numbers)
    assert " of 4, " in done.stderr


def test_place_that_is_not_in_the_gazetteer_is_compared_as_written(articles: Path) -> None:
    """--place with a name that no place has says so, and still finds where the text has that name."""
    done = claimkit("extract", "-q", "articles", "--fields", "id", "--place", "nowhereville")
    assert done.stdout == '{"id":"c-3a2b3c4d5e6f"}\n'
    warning = "claimkit: warning: --place 'nowhereville' is not in the gazetteer; compared as it is written\n"
    assert done.stderr == warning


def test_two_runs_give_the_same_bytes(articles: Path) -> None:
    """Neither the hash seed nor the order of the arguments changes the output."""
    first = claimkit("extract", "articles/two.txt", "articles", PYTHONHASHSEED="1").stdout
    assert first == claimkit("extract", "articles", PYTHONHASHSEED="2").stdout


def test_version_and_module() -> None:
    """`claimkit --version` and `python -m claimkit --version` say the version."""
    assert claimkit("--version").stdout == f"claimkit {__version__}\n"
    done = subprocess.run(
        [sys.executable, "-m", "claimkit", "--version"],
        capture_output=True,
        check=True,
        text=True,
        env=environment(PYTHONPATH=str(ROOT / "src")),
    )
    assert done.stdout == f"claimkit {__version__}\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_each_command(name: str) -> None:
    """What `claimkit --help` says of a command is the first line of its own help, and its help can be shown."""
    command = group.get_command(group.make_context("claimkit", ["schema"]), name)
    assert command is not None
    assert (command.help or "").split("\n")[0] == COMMANDS[name]
    assert claimkit(name, "--help").returncode == 0


@pytest.mark.parametrize("args", [["--help"], ["--version"], ["extract", "--help"]])
def test_start_up_loads_nothing_heavy(args: list[str]) -> None:
    """Help and version import neither spaCy nor rich nor any other heavy module."""
    program = (
        "import sys; from claimkit.cli import status; status(sys.argv[1:]); "
        "print(*sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *args],
        capture_output=True,
        check=True,
        text=True,
        env=environment(PYTHONPATH=str(ROOT / "src")),
    )
    assert HEAVY.isdisjoint(done.stderr.split())


def test_config_show_tells_where_each_value_came_from(articles: Path) -> None:
    """A flag wins over a variable, that over claimkit.toml, that over the default."""
    Path("claimkit.toml").write_text('metadata = "m.tsv"\nfollow = true\n', encoding="utf-8")
    done = claimkit("config", "show", "--format", "json", "--encoding", "cp1251", CLAIMKIT_FOLLOW="no")
    shown = json.loads(done.stdout)
    assert shown["encoding"] == {"value": "cp1251", "from": "flag --encoding"}
    assert shown["follow"] == {"value": False, "from": "variable CLAIMKIT_FOLLOW"}
    assert shown["metadata"]["from"].endswith("claimkit.toml:1")
    assert shown["published"] == {"value": None, "from": "default"}
    assert claimkit("config", "show", "--no-config").stdout.count("default") == len(shown)


def test_completion_scripts_are_there() -> None:
    """bash, zsh and fish get a completion script."""
    for shell in ("bash", "zsh", "fish"):
        assert "claimkit" in claimkit(_CLAIMKIT_COMPLETE=f"{shell}_source").stdout


@pytest.mark.parametrize("own", [None, "2"])
def test_numpy_multiplies_on_one_thread_unless_the_user_says_otherwise(own: str | None) -> None:
    """The command line says so before numpy is imported; what the user has set stays."""
    environ = {name: value for name, value in os.environ.items() if not name.endswith("_NUM_THREADS")}
    script = (
        "import atexit, os, sys\n"
        "atexit.register(lambda: print(os.environ['OPENBLAS_NUM_THREADS'], 'numpy' in sys.modules))\n"
        "from claimkit.cli import main\n"
        "main(['config', '--help'])"
    )
    more = {"OPENBLAS_NUM_THREADS": own} if own else {}
    done = subprocess.run(
        [sys.executable, "-c", script], env=environ | more, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == f"{own or 1} False"
