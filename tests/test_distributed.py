"""Many machines: the bytes of a plain run, a worker that dies, an article that kills, the same command again."""

from __future__ import annotations

import json
import os
import signal
import stat
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

pytest.importorskip("distributed", reason="distributed is not installed; pip install 'claimkit[dask]'")
import dask.config
from distributed import LocalCluster

from claimkit import cli, distributed_cluster
from claimkit.commands import extract as extract_command
from claimkit.distributed_parts import MOST_PARTITIONS, PartFolder
from claimkit.distributed_plan import partitions
from claimkit.errors import BusyError, ClaimkitError, UsageError
from claimkit.reader import read_text
from claimkit.records import Document, Extraction
from claimkit.settings import Settings
from tests.fake_claimkit import FakeExtractor

ROOT = Path(__file__).resolve().parent.parent
NAMES = ("a", "b", "one", "d", "fault", "once", "two", "h", "i")


class Mortal(FakeExtractor):
    """Dies at some names, at ``once`` the first time only; beside each article it counts how often it was done."""

    def extract(self, document: Document) -> Extraction:
        """Give the sample, or die."""
        path = Path(document.path)
        dies = "deadly" in path.stem or ("once" in path.stem and not path.with_suffix(".seen").exists())
        with path.with_suffix(".seen").open("a", encoding="utf-8") as seen:
            seen.write("x")
        if dies and threading.current_thread() is not threading.main_thread():
            os.kill(os.getpid(), signal.SIGKILL)
        return super().extract(document)


def make(_settings: Settings, *, ahead: bool = True) -> Mortal:
    """Make an extractor."""
    return Mortal()


def make_unlike(_settings: Settings) -> FakeExtractor:
    """Make one that on a worker is another version."""
    extractor = FakeExtractor()
    if threading.current_thread() is not threading.main_thread():
        extractor.generator = msgspec.structs.replace(extractor.generator, version="9.9")
    return extractor


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    """Two worker processes."""
    patient = {
        "distributed.deploy.lost-worker-timeout": "300s",
        "distributed.worker.multiprocessing-method": "forkserver",
    }
    with (
        dask.config.set(patient),
        LocalCluster(  # type: ignore[no-untyped-call]
            n_workers=2,
            threads_per_worker=1,
            scheduler_kwargs=distributed_cluster.NO_DASHBOARD,
            silence_logs=distributed_cluster.CRITICAL,
            memory_limit=0,
        ) as started,
    ):
        yield started


@pytest.fixture
def articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with articles, one of which is a fault, and a file that is none; the extractor is the mortal one."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for name in NAMES:
        (folder / f"{name}.txt").write_text(f"A sentence of {name}.\n", encoding="utf-8")
    (folder / "binary.txt").write_bytes(b"\0\1\2" * 100)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CLAIMKIT_NO_CONFIG", "1")
    monkeypatch.setattr(extract_command, "make_extractor", make)
    return folder


def run(cluster: LocalCluster, *args: str, out: str = "out", size: int = 2) -> int:
    """Run the command line on the cluster."""
    where = ("--scheduler", cluster.scheduler_address, "--out-dir", out, "--part-articles", str(size))
    return cli.status(["extract", str(Path("articles").absolute()), *where, *args])


def parts(folder: str = "out", suffix: str = "jsonl") -> bytes:
    """Give the parts of a folder, one after another."""
    return b"".join(path.read_bytes() for path in sorted(Path(folder).glob(f"part-*.{suffix}")))


def plain(*args: str) -> bytes:
    """Give the bytes of a run without Dask, in which nobody dies."""
    assert cli.status(["extract", str(Path("articles").absolute()), "-o", "plain.jsonl", *args]) == 3
    return Path("plain.jsonl").read_bytes()


def record(folder: str = "out") -> Any:
    """Give the record of a run."""
    return json.loads((Path(folder) / "run.json").read_bytes())


def times(folder: Path) -> dict[str, int]:
    """Tell how often each article was done, and forget it."""
    seen = {path.stem: path.stat().st_size for path in sorted(folder.glob("*.seen"))}
    for path in folder.glob("*.seen"):
        path.unlink()
    return seen


@pytest.mark.slow
def test_a_worker_dies_and_the_bytes_are_those_of_a_plain_run(
    cluster: LocalCluster, articles: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its partition is done by another; faults and unreadable files are named in the record as in a plain run."""
    assert run(cluster) == 3
    told = capsys.readouterr().err.splitlines()
    assert times(articles)["once"] >= 2
    assert parts() == plain()
    assert parts().count(b"\n") == 4
    plainly = capsys.readouterr().err.splitlines()
    assert {line for line in plainly if "skipped: " in line} == {line for line in told if "skipped: " in line}
    assert record()["counts"] == {
        "partitions": 5, "articles": 8, "claims": 4, "found": 4, "undated": 6, "skipped": 2,
    }  # fmt: skip
    skipped = [entry for part in record()["partitions"] for entry in part["skipped"]]
    assert [entry["path"] for entry in skipped] == [str(articles / "binary.txt"), str(articles / "fault.txt")]
    assert record()["generator"]["version"] == "0.0.0"


@pytest.mark.slow
def test_the_same_command_again_does_only_what_is_not_done(cluster: LocalCluster, articles: Path) -> None:
    """Nothing, where nothing has changed; else the partitions of what changed, was damaged or was not finished."""
    (articles / "once.txt").rename(articles / "g.txt")
    assert run(cluster) == 3
    first, whole = record(), parts()
    assert set(times(articles)) == {path.stem for path in articles.glob("*.txt")} - {"binary"}

    no_scheduler = ("--scheduler", "tcp://127.0.0.1:1", "--out-dir", "out", "--part-articles", "2")
    assert cli.status(["extract", str(articles), *no_scheduler]) == 3
    assert (record(), parts()) == (first, whole)

    (articles / "d.txt").write_text("Another sentence.\n", encoding="utf-8")
    (Path("out") / first["partitions"][-1]["name"]).write_bytes(b"torn")
    assert run(cluster) == 3
    assert times(articles) == {"d": 1, "two": 1, "one": 1}
    assert parts() == plain()
    times(articles)

    kept = record()["partitions"]
    lines = b"".join(json.dumps(part).encode() + b"\n" for part in kept[:3])
    (Path("out") / ".run.journal").write_bytes(lines + b'{"name": "part-000')
    (Path("out") / "run.json").unlink()
    (Path("out") / ".part-00003.jsonl.abc.tmp").write_bytes(b"half")
    assert run(cluster) == 3
    assert sum(times(articles).values()) == 4
    assert parts() == plain()
    times(articles)
    assert sorted(path.name for path in Path("out").iterdir() if path.name.startswith(".")) == []


def test_other_filters_are_another_run_and_gone_partitions_go(cluster: LocalCluster, articles: Path) -> None:
    """A folder never holds a part of an earlier run beside the record of a later one."""
    (articles / "once.txt").unlink()
    assert run(cluster) == 3
    times(articles)
    for name in ("two", "one", "i"):
        (articles / f"{name}.txt").unlink()
    assert run(cluster, "--stance", "deny", "--fields", "claimant.id,document") == 3
    assert len(times(articles)) == 5
    assert parts() == plain("--stance", "deny", "--fields", "claimant.id,document")
    assert [part["name"] for part in record()["partitions"]] == [
        path.name for path in sorted(Path("out").glob("part-*"))
    ]


@pytest.mark.slow
def test_an_article_that_kills_its_workers_is_reported_and_the_others_stay(
    cluster: LocalCluster, articles: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is found among those of its partition, named, and left out; it is not tried by the next run."""
    (articles / "once.txt").unlink()
    (articles / "n-deadly.txt").write_text("A sentence.\n", encoding="utf-8")
    scheduler: Any = cluster.scheduler
    before, scheduler.allowed_failures = scheduler.allowed_failures, 0
    try:
        assert run(cluster, size=4) == 3
    finally:
        scheduler.allowed_failures = before
    assert f"{articles}/n-deadly.txt: skipped: each worker that took it died" in capsys.readouterr().err
    assert parts() == plain()
    counts = record()["counts"]
    assert (counts["articles"], counts["skipped"]) == (7, 3)
    times(articles)
    assert run(cluster, size=4) == 3
    assert times(articles) == {}


def test_parquet_has_the_rows_of_an_export(cluster: LocalCluster, articles: Path) -> None:
    """The parts have one schema, also those without a row."""
    parquet = pytest.importorskip("pyarrow.parquet")
    (articles / "once.txt").unlink()
    assert run(cluster, "--format", "parquet") == 3
    tables = [parquet.read_table(path) for path in sorted(Path("out").glob("part-*.parquet"))]
    ids = [claim for table in tables for claim in table.column("claim_id").to_pylist()]
    assert len({table.schema for table in tables}) == 1
    claims = [json.loads(line) for line in plain().splitlines()]
    assert ids == [claim["id"] for claim in claims for _ in claim["places"] or [None]]


def test_a_worker_with_another_version_is_an_error(
    cluster: LocalCluster, articles: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Results never mix versions; the worker is named."""
    monkeypatch.setattr(extract_command, "make_extractor", make_unlike)
    assert run(cluster) == 1
    (line,) = capsys.readouterr().err.splitlines()[-1:]
    assert line.startswith("claimkit: error: tcp://")
    assert line.endswith(
        "this worker has another claimkit, model or data file than the machine that gives out the work; "
        "install the same on both"
    )
    assert not Path("out/run.json").exists()


def script(path: Path, text: str) -> None:
    """Write a program."""
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


@pytest.mark.slow
def test_jobs_of_slurm(articles: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """With a queue that runs each job at once: jobs are submitted, do the work and are cancelled; refusals are told."""
    (articles / "once.txt").unlink()
    bin_folder = Path("bin").absolute()
    bin_folder.mkdir()
    script(bin_folder / "sbatch", 'setsid sh "$1" >job.log 2>&1 & echo "Submitted batch job $!"; sleep 1')
    script(bin_folder / "scancel", 'echo "$1" >>cancelled; kill -- "-$1"')
    monkeypatch.setenv("PATH", f"{bin_folder}:{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", f"{ROOT / 'src'}:{ROOT}")
    Path("slurm.yaml").write_text(
        f"slurm:\n  jobs: 1\n  cores: 1\n  memory: 1GB\n  python: {sys.executable}\n  walltime: '00:10:00'\n",
        encoding="utf-8",
    )
    assert cli.status(["extract", str(articles), "--cluster", "slurm.yaml", "--out-dir", "out"]) == 3
    assert parts() == plain()
    assert Path("cancelled").exists()
    monkeypatch.setattr("claimkit.distributed_work.PATIENCE_SECONDS", 1)
    script(bin_folder / "sbatch", 'echo "invalid partition specified" >&2; exit 1')
    capsys.readouterr()
    assert cli.status(["extract", "articles", "--cluster", "slurm.yaml", "--out-dir", "other"]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("claimkit: error: --cluster: no worker could be started: ")
    assert "invalid partition specified" in line


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("local: {workers: 0}", "f.yaml:1: 'workers' must be 1 or more"),
        ("local: {worker: 2}", "f.yaml:1: unknown key 'worker'; known here: workers"),
        ("slurm:\n  jobs: 4\n  cores: 1\n  memory: 3GB\n  walltime: 04:00:00\n", "f.yaml:5: 'walltime': '04:00:00'"),
        ("slurm:\n  jobs: 4\n  cores: 1\n", "f.yaml:2: key 'memory' is missing"),
        ("pbs:\n  jobs: 1\n  cores: 1\n  memory: 3GB\n  mem: 3\n", "f.yaml:5: unknown key 'mem'"),
        (
            "local: {workers: 2}\nsge: {jobs: 1, cores: 1, memory: 3GB}\n",
            "f.yaml:1: one of local, slurm, pbs, lsf, sge",
        ),
        ("", "f.yaml:1: "),
    ],
)
def test_a_cluster_file_is_checked_with_its_lines(
    text: str, told: str, articles: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before anything is started."""
    Path("f.yaml").write_text(text, encoding="utf-8")
    assert cli.status(["extract", "articles", "--cluster", "f.yaml", "--out-dir", "out"]) == 2
    assert told in capsys.readouterr().err
    assert not Path("out").exists()


def test_what_a_job_is_told(tmp_path: Path) -> None:
    """An extractor takes one core, so each core gets a process unless the file says else."""
    path = tmp_path / "f.yaml"
    path.write_text("slurm: {jobs: 9, cores: 4, memory: 8GB, job_extra_directives: [--nice]}\n", encoding="utf-8")
    kind = distributed_cluster.load_cluster(path).kind
    assert isinstance(kind, distributed_cluster.Slurm)
    assert kind.arguments() == {"processes": 4, "cores": 4, "memory": "8GB", "job_extra_directives": ["--nice"]}
    path.write_text("lsf: {jobs: 9, cores: 4, processes: 2, memory: 8GB, ncpus: 4}\n", encoding="utf-8")
    kind = distributed_cluster.load_cluster(path).kind
    assert isinstance(kind, distributed_cluster.Lsf)
    assert kind.arguments() == {"processes": 2, "cores": 4, "memory": "8GB", "ncpus": 4}


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["--out-dir", "out"], "--out-dir needs --scheduler or --cluster"),
        (["--part-articles", "5"], "--part-articles needs --scheduler or --cluster"),
        (["--format", "parquet"], "--format parquet needs --out-dir"),
        (["--scheduler", "tcp://x:1"], "add --out-dir FOLDER"),
        (["--scheduler", "tcp://x:1", "--cluster", "f", "--out-dir", "out"], "give one of them"),
        (["--scheduler", "tcp://x:1", "--out-dir", "out", "-o", "x"], "-o does not go with --out-dir"),
        (["--scheduler", "tcp://x:1", "--out-dir", "out", "--db", "x"], "--db does not go with --out-dir"),
        (["--scheduler", "tcp://x:1", "--out-dir", "out", "--shard", "1/2"], "--shard does not go with --scheduler"),
        (["--scheduler", "tcp://x:1", "--out-dir", "out", "--jobs", "2"], "--jobs does not go with"),
        (["--scheduler", "tcp://x:1", "--out-dir", "out", "--format", "csv"], "no parts in the form csv"),
        (["--scheduler", "tcp://x:1", "--out-dir", "no/out"], "mkdir -p no"),
        (["--scheduler", "tcp://x:1", "--out-dir", "articles"], "holds something else"),
    ],
)
def test_options_that_do_not_go_together(
    args: list[str], told: str, articles: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line with the mend, and nothing is started."""
    assert cli.status(["extract", "articles", *args]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert told in line


def test_without_the_extra(articles: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The mend is the command that installs it."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert cli.status(["extract", "articles", "--scheduler", "tcp://x:1", "--out-dir", "out"]) == 2
    assert capsys.readouterr().err == (
        "claimkit: error: --scheduler or --cluster needs distributed; install it: pip install 'claimkit[dask]'\n"
    )


def test_no_scheduler_answers(
    articles: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The address is named."""
    monkeypatch.setattr(distributed_cluster, "CONNECT_SECONDS", 1)
    assert cli.status(["extract", "articles", "--scheduler", "tcp://127.0.0.1:1", "--out-dir", "out"]) == 1
    assert "--scheduler tcp://127.0.0.1:1: no scheduler of Dask answers" in capsys.readouterr().err


def test_a_folder_is_of_one_run(tmp_path: Path) -> None:
    """One run at a time, in a folder that holds nothing else; names keep their order."""
    out = tmp_path / "out"
    with PartFolder.locked(out, form="jsonl") as folder:
        assert folder.name(7) == "part-00007.jsonl"
        with pytest.raises(ClaimkitError, match="more than 100000 partitions"):
            folder.name(MOST_PARTITIONS)
        with pytest.raises(BusyError), PartFolder.locked(out, form="jsonl"):
            pass
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="names a file"), PartFolder.locked(tmp_path / "file", form="jsonl"):
        pass


def test_partitions_are_cut_by_number_and_by_length(monkeypatch: pytest.MonkeyPatch) -> None:
    """A long article ends its partition; the cuts depend on nothing else."""
    monkeypatch.setattr("claimkit.distributed_plan.PART_CHARACTERS", 100)
    lengths = [10, 10, 10, 10, 200, 10]
    documents = [read_text("x" * length, path=f"{n}.txt") for n, length in enumerate(lengths)]
    assert [len(partition.inputs) for partition in partitions(documents, articles=3)] == [3, 2, 1]
    assert [len(partition.inputs) for partition in partitions(documents, articles=9)] == [5, 1]
