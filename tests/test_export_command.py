"""`claimkit export`, `import`, `evaluate`: streams apart, exit statuses, files and folders that are whole or absent."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from claimkit.errors import UsageError
from claimkit.export.files import write_folder
from claimkit.export.formats import BINARY, FOLDERS, Target
from claimkit.records import Claim
from tests import sample
from tests.test_cli import FAKE, claimkit, environment, in_terminal

DATA = Path(__file__).parent / "data" / "scoring"


@pytest.fixture
def articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with `articles` that the sample's claims stand in, and their results."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, (first, second) in {
        "one": (sample.ASSERTED, sample.DENIED),
        "two": (sample.ADMITTED, sample.NARRATED),
    }.items():
        text = first.sentence.text.ljust(second.sentence.start) + second.sentence.text
        (folder / f"{name}.txt").write_text(f"{text}\n", encoding="utf-8")
    (folder / "zero.txt").write_text("Nothing happened.\n", encoding="utf-8")
    lines = b"".join(msgspec.json.encode(claim) + b"\n" for claim in sample.EVERY_CLAIM)
    (tmp_path / "claims.jsonl").write_bytes(lines)
    return folder


@pytest.mark.parametrize("target", sorted(set(Target) - FOLDERS - BINARY))
def test_records_go_to_standard_output_and_nothing_else(articles: Path, target: str) -> None:
    """Without -o the records stand there alone; with -o the same bytes are in the file, and one line says so."""
    done = claimkit("export", "articles", "--to", target)
    assert (done.returncode, done.stderr) == (0, "")
    assert "captured Pokrovsk" in done.stdout
    filed = claimkit("export", "articles", "--to", target, "-o", "out")
    assert (filed.returncode, filed.stdout, filed.stderr) == (0, "", f"claimkit: out: 4 claims as {target}\n")
    assert Path("out").read_bytes().decode() == done.stdout


@pytest.mark.parametrize("target", sorted(FOLDERS))
def test_folders_appear_whole_and_are_not_written_twice(articles: Path, target: str) -> None:
    """A folder needs a name; one that holds something is left as it is."""
    assert claimkit("export", "articles", "--to", target).stderr == (
        f"claimkit: error: --to {target} is a folder; name a new one with -o\n"
    )
    assert claimkit("export", "articles", "--to", target, "-o", "out", "-q").stderr == ""
    before = {path: path.read_bytes() for path in Path("out").rglob("*") if path.is_file()}
    again = claimkit("export", "articles", "--to", target, "-o", "out")
    assert (again.returncode, again.stderr) == (
        2,
        "claimkit: error: out: the folder is not empty; name a new folder\n",
    )
    assert {path: path.read_bytes() for path in Path("out").rglob("*") if path.is_file()} == before
    assert sorted(path.name for path in Path().iterdir()) == ["articles", "claims.jsonl", "out"]


@pytest.mark.parametrize("target", sorted(BINARY))
def test_binary_formats_are_not_for_a_terminal(articles: Path, target: str) -> None:
    """On a terminal they are refused before anything is read; in a file and a pipe they are written."""
    status, shown = in_terminal("export", "articles", "--to", target, NO_COLOR="1")
    assert (status, shown) == (2, f"claimkit: error: --to {target} is not for a terminal; name a file with -o\n")
    assert claimkit("export", "articles", "--to", target, "-o", f"out.{target}").returncode == 0
    assert Path(f"out.{target}").read_bytes()[:2] in (b"PK", b"PA")


def test_articles_results_and_databases_give_the_same(articles: Path) -> None:
    """A format that needs no texts is the same from all three; one that does is refused of results."""
    claimkit("extract", "-q", "articles", "--db", "claims.db")
    found = {
        claimkit("export", *given, "--to", "csv").stdout
        for given in (["articles"], ["claims.jsonl"], ["--db", "claims.db"])
    }
    assert len(found) == 1
    assert claimkit("export", "--db", "claims.db", "--to", "brat", "-o", "brat").returncode == 0
    refused = claimkit("export", "claims.jsonl", "--to", "brat", "-o", "other")
    assert (refused.returncode, refused.stdout, Path("other").exists()) == (2, "", False)
    assert refused.stderr.endswith("; give the articles themselves, or --db\n")
    assert claimkit("export", "--to", "csv").stderr == "claimkit: error: give either PATHS or --db; see --help\n"


def test_skipped_inputs_are_named_and_end_with_3(articles: Path) -> None:
    """What cannot be read costs nothing else."""
    done = claimkit("export", "articles", "absent.txt", "--to", "csv", "-q")
    assert (done.returncode, done.stdout.count("\n")) == (3, 6)
    assert done.stderr == "claimkit: warning: absent.txt: skipped: no such file or folder\n"


def test_a_full_disk_leaves_the_old_file(articles: Path) -> None:
    """A write that fails is one line and 1; so it is on a device."""
    done = claimkit("export", "articles", "--to", "geojson", "-o", "/dev/full")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "claimkit: error: No space left on device; nothing trustworthy was written\n"


def test_a_folder_on_a_full_disk_does_not_appear(articles: Path) -> None:
    """No file may grow: one line and 1, and nothing is left beside the articles."""
    before = sorted(Path().iterdir())
    line = f"ulimit -f 0; exec {sys.executable} {FAKE} export articles --to brat -o brat"
    done = subprocess.run(["bash", "-c", line], capture_output=True, env=environment(), check=False, text=True)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "claimkit: error: File too large; nothing trustworthy was written\n"
    assert sorted(Path().iterdir()) == before


def test_a_folder_that_fails_leaves_nothing(tmp_path: Path) -> None:
    """A fault on the way removes what was begun; an empty folder may be filled, a file and a lost parent may not."""

    def files() -> object:
        yield "a.txt", b"a"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_folder(tmp_path / "new", files=files())  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "new").mkdir()
    write_folder(tmp_path / "new", files=[("b/c.txt", b"c")])
    assert (tmp_path / "new" / "b" / "c.txt").read_bytes() == b"c"
    mask = os.umask(0)
    os.umask(mask)
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o777 & ~mask
    for path, reason in ((tmp_path / "new/b/c.txt", "names a file"), (tmp_path / "x/y", "folder of -o is missing")):
        with pytest.raises(UsageError, match=reason):
            write_folder(path, files=[])


def test_from_brat_and_back_to_a_score(articles: Path) -> None:
    """What was exported and not touched agrees with itself; what was corrected does not."""
    claimkit("export", "articles", "--to", "brat", "-o", "brat", "-q")
    done = claimkit("import", "--from", "brat", "brat", "--published", "2025-12-01")
    gold = [msgspec.json.decode(line, type=Claim) for line in done.stdout.splitlines()]
    assert (done.returncode, done.stderr) == (0, "claimkit: 3 articles, 4 claims\n")
    assert [claim.document for claim in gold] == ["brat/one.txt"] * 2 + ["brat/two.txt"] * 2
    assert claimkit("import", "-q", "--from", "brat", "brat", "-o", "gold", "--by-article").stderr == ""
    assert sorted(path.name for path in Path("gold").iterdir()) == ["one.jsonl", "two.jsonl", "zero.jsonl"]
    scored = json.loads(claimkit("evaluate", "gold", "claims.jsonl").stdout)
    assert (list(scored["articles"]), scored["total"]["full"]["f1"]) == (["one", "two", "zero"], 1.0)
    standoff = Path("brat/one.ann")
    standoff.write_text(standoff.read_text(encoding="utf-8").replace("E2 deny", "E2 doubt"), encoding="utf-8")
    claimkit("import", "-q", "--from", "brat", "brat", "-o", "gold.jsonl")
    scored = json.loads(claimkit("evaluate", "gold.jsonl", "claims.jsonl").stdout)
    assert (scored["total"]["core"]["f1"], scored["total"]["full"]["f1"]) == (1.0, 0.75)


def test_imports_that_hold_nothing(articles: Path) -> None:
    """Predictions that nobody took over, and a folder of bare texts, are refused; --by-article needs a folder."""
    claimkit("export", "articles", "--to", "labelstudio", "-o", "ls", "-q")
    done = claimkit("import", "--from", "labelstudio", "ls/tasks.json", "-o", "gold.jsonl")
    assert (done.returncode, done.stderr.count("nobody has annotated it"), Path("gold.jsonl").exists()) == (1, 3, False)
    assert done.stderr.splitlines()[-1] == (
        "claimkit: error: ls/tasks.json: holds no annotated article; see above for what was skipped"
    )
    for args, message in (
        (["brat", "articles"], "articles: has no .ann file beside a .txt; name the folder that brat works on"),
        (["brat", "articles", "--by-article"], "--by-article writes a folder; name a new one with -o"),
    ):
        done = claimkit("import", "--from", *args)
        assert (done.returncode, done.stdout, done.stderr) == (2, "", f"claimkit: error: {message}\n")


def test_a_half_annotated_project_counts_and_ends_with_3(articles: Path) -> None:
    """Annotated tasks are read, the others are named."""
    claimkit("export", "articles", "--to", "labelstudio", "-o", "ls", "-q")
    tasks = json.loads(Path("ls/tasks.json").read_text(encoding="utf-8"))
    tasks[0]["annotations"] = tasks[0].pop("predictions")
    Path("export.json").write_text(json.dumps(tasks), encoding="utf-8")
    done = claimkit("import", "--from", "labelstudio", "export.json", "-q")
    assert (done.returncode, done.stdout.count("\n"), done.stderr.count("\n")) == (3, 2, 2)


def test_evaluate_shows_a_table(articles: Path) -> None:
    """Levels, agreement, a line for each article, and each difference on one line."""
    args = ("evaluate", str(DATA / "gold"), str(DATA / "other"), "--articles", str(DATA / "articles"))
    done = claimkit(*args, "--format", "table", "--per-article", "--differences")
    assert done.stderr == ""
    assert done.stdout.splitlines()[:22] == [
        "3 articles, 8 gold claims, 8 predicted",
        "",
        "              precision  recall     F1",
        "detect            0.750   0.750  0.750",
        "core              0.625   0.625  0.625",
        "full              0.375   0.375  0.375",
        "disputed          0.500   0.667  0.571",
        "",
        "              agreement of detected pairs",
        "claimant          1.000",
        "event             0.833",
        "stance            0.833",
        "modality          0.833",
        "places            0.833",
        "actor             0.833",
        "date              0.833",
        "",
        "F1            gold  predicted    detect      core      full  disputed",
        "olme             0          0     0.000     0.000     0.000     0.000",
        "tarnby           7          6     0.769     0.615     0.308     0.400",
        "velle            1          2     0.667     0.667     0.667     1.000",
        "",
    ]
    assert done.stdout.splitlines()[22] == "tarnby  missed  REBELS assert hold: they hold Tarnby"
    assert done.stdout.splitlines()[-1] == (
        "velle  differs  ARMY acknowledge casualties: it had lost eleven men near Velle in March  "
        "(date: 2026-03, got 2026)"
    )


def test_evaluate_prints_json_in_a_pipe(articles: Path) -> None:
    """The same figures as the annotators' scorer prints, under the same keys."""
    done = claimkit("evaluate", str(DATA / "gold"), str(DATA / "other"), "--articles", str(DATA / "articles"))
    assert json.loads(done.stdout) == json.loads((DATA / "score.json").read_text(encoding="utf-8"))
    first = json.loads(Path("claims.jsonl").read_bytes().splitlines()[0])
    Path("one.jsonl").write_text(json.dumps(first), encoding="utf-8")
    assert claimkit("evaluate", "one.jsonl", "claims.jsonl").stderr == (
        "claimkit: warning: claims.jsonl: claims of articles without gold do not count: 2\n"
    )
    listed = claimkit("evaluate", "claims.jsonl", "claims.jsonl", "--differences")
    assert (listed.returncode, listed.stderr, json.loads(listed.stdout)["differences"]) == (0, "", [])


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("absent.jsonl", "claims.jsonl"), "absent.jsonl: cannot be read (No such file or directory); check the path"),
        (
            (str(DATA / "gold"), "claims.jsonl"),
            "the article tarnby is needed to find what stands where; add --articles DIR",
        ),
    ],
)
def test_evaluate_refuses_in_one_line(articles: Path, args: tuple[str, ...], message: str) -> None:
    """What, where, the mend; exit 1; nothing on standard output."""
    done = claimkit("evaluate", *args)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", f"claimkit: error: {message}\n")
