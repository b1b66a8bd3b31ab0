"""Where the workers of Dask come from: a scheduler that runs, processes of this machine, or the jobs of a cluster."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, ClassVar, Final

import msgspec

from claimkit.distributed_upkeep import LOST_SECONDS, Upkeep, refused
from claimkit.errors import ClaimkitError, UsageError
from claimkit.extras import library
from claimkit.lexicon import parse_yaml, read_bytes
from claimkit.records import Record

CONNECT_SECONDS: Final = 10
CRITICAL: Final = 50
"""A level of ``logging``: what distributed logs of workers that come and go is not for the user."""
NO_DASHBOARD: Final = {"dashboard": False, "dashboard_address": "127.0.0.1:0"}
"""distributed listens for HTTP whether or not there is a dashboard: here on any free port, for this machine only."""
CONFIGURATION: Final = {
    "distributed.admin.large-graph-warning-threshold": "1GB",
    "distributed.deploy.lost-worker-timeout": f"{LOST_SECONDS}s",
}
"""Partitions travel inside their tasks, so that none dies with a worker: no reason to warn."""


class Local(Record, frozen=True, kw_only=True):
    """Worker processes on this machine."""

    workers: int

    def __post_init__(self) -> None:
        """Check the number."""
        if self.workers < 1:
            raise ValueError("'workers' must be 1 or more; write a larger number")


class Jobs(Record, frozen=True, kw_only=True):
    """Jobs of a queue: how many, and what ``dask_jobqueue.JobQueueCluster`` takes for each (same names)."""

    KIND: ClassVar[str] = ""

    jobs: int
    cores: int
    memory: str
    processes: int | None = None
    queue: str | None = None
    walltime: str | None = None
    interface: str | None = None
    python: str | None = None
    job_name: str | None = None
    local_directory: str | None = None
    log_directory: str | None = None
    shared_temp_directory: str | None = None
    death_timeout: int | None = None
    worker_extra_args: tuple[str, ...] | None = None
    job_extra_directives: tuple[str, ...] | None = None
    job_directives_skip: tuple[str, ...] | None = None
    job_script_prologue: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        """Check the numbers."""
        for name in ("jobs", "cores", "processes"):
            number = getattr(self, name)
            if number is not None and number < 1:
                raise ValueError(f"{name!r} must be 1 or more; write a larger number")

    def arguments(self) -> dict[str, Any]:
        """Give the keyword arguments of the class; an extractor takes one core, so each core gets a process."""
        given = {name: value for name, value in msgspec.to_builtins(self).items() if value is not None}
        del given["jobs"]
        lists = {name: list(value) for name, value in given.items() if isinstance(value, (tuple, list))}
        return {"processes": self.cores} | given | lists


class Slurm(Jobs, frozen=True, kw_only=True):
    """Jobs of SLURM."""

    KIND = "SLURMCluster"
    account: str | None = None
    job_cpu: int | None = None
    job_mem: str | None = None


class Pbs(Jobs, frozen=True, kw_only=True):
    """Jobs of PBS."""

    KIND = "PBSCluster"
    account: str | None = None
    resource_spec: str | None = None


class Lsf(Jobs, frozen=True, kw_only=True):
    """Jobs of LSF; ``mem`` is in bytes."""

    KIND = "LSFCluster"
    project: str | None = None
    ncpus: int | None = None
    mem: int | None = None


class Sge(Jobs, frozen=True, kw_only=True):
    """Jobs of SGE."""

    KIND = "SGECluster"
    project: str | None = None
    resource_spec: str | None = None


class ClusterFile(Record, frozen=True, kw_only=True):
    """What ``--cluster FILE`` says: one kind of cluster."""

    local: Local | None = None
    slurm: Slurm | None = None
    pbs: Pbs | None = None
    lsf: Lsf | None = None
    sge: Sge | None = None

    def __post_init__(self) -> None:
        """Check that there is one."""
        if len(self._named) != 1:
            raise ValueError(f"one of {', '.join(self.__struct_fields__)} must be here; write one and only one")

    @property
    def _named(self) -> list[Local | Jobs]:
        return [kind for name in self.__struct_fields__ if (kind := getattr(self, name)) is not None]

    @property
    def kind(self) -> Local | Jobs:
        """The cluster."""
        return self._named[0]


class Connection:
    """Workers to give work to.

    Args:
        client: of distributed.
        keep_up: replaces jobs that have ended.
    """

    def __init__(self, client: Any, *, keep_up: Callable[[], None]) -> None:
        self.client = client
        self.keep_up = keep_up

    def workers(self) -> int:
        """Count the workers that are there now."""
        return len(self.client.nthreads())


def load_cluster(path: Path) -> ClusterFile:
    """Read a cluster file.

    Raises:
        LexiconError: with every problem of the file, each with its line.
        ConfigurationError: it cannot be read.
    """
    found: ClusterFile | None = parse_yaml(read_bytes(path), ClusterFile, name=str(path))
    if not isinstance(found, ClusterFile):
        raise UsageError(
            "the file is empty", where=f"{path}:1", mend="write `local: {workers: 2}`, or see docs/scale.md"
        )
    return found


@contextmanager
def connected(*, scheduler: str | None, cluster: ClusterFile | None) -> Iterator[Connection]:
    """Connect to a scheduler, or start a cluster for as long as the block lasts.

    Args:
        scheduler: the address of one that runs (``tcp://host:port``).
        cluster: what to start where there is none.

    Raises:
        UsageError: a library or the cluster's own commands are not installed.
        ClaimkitError: the scheduler does not answer or goes away, or a job is refused.
    """
    dask = library("dask", extra="dask", what="--scheduler or --cluster")
    distributed = library("distributed", extra="dask", what="--scheduler or --cluster")
    gone = (distributed.CancelledError, distributed.comm.CommClosedError)
    with ExitStack() as stack:
        stack.enter_context(dask.config.set(CONFIGURATION))
        stack.enter_context(_quiet())
        keep_up: Callable[[], None] = _nothing
        try:
            if cluster is None:
                client = _client(distributed, scheduler)
            else:
                started, size = _started(distributed, cluster.kind)
                keep_up = Upkeep(stack.enter_context(started), size=size)
                client = distributed.Client(started)
            stack.enter_context(client)
            yield Connection(client, keep_up=keep_up)
        except gone as error:
            raise ClaimkitError(
                "the scheduler went away", where=scheduler, mend="start it and run the same command again: it goes on"
            ) from error


def _nothing() -> None:
    """Workers of others, and those that a nanny watches over, are not ours to replace."""


def _client(distributed: Any, scheduler: str | None) -> Any:
    try:
        return distributed.Client(scheduler, timeout=CONNECT_SECONDS)
    except (OSError, ValueError) as error:
        raise ClaimkitError(
            f"no scheduler of Dask answers ({type(error).__name__})",
            where=f"--scheduler {scheduler}",
            mend="give the address that `dask scheduler` prints, such as tcp://host:8786",
        ) from error


def _started(distributed: Any, kind: Local | Jobs) -> tuple[Any, dict[str, int]]:
    """Start a cluster, still without workers; give it with the size that it is to have."""
    if isinstance(kind, Local):
        cluster = distributed.LocalCluster(
            n_workers=0, threads_per_worker=1, scheduler_kwargs=NO_DASHBOARD, silence_logs=CRITICAL
        )
        return cluster, {"n": kind.workers}
    jobqueue = library("dask_jobqueue", extra="dask", what="--cluster")
    cls = getattr(jobqueue, kind.KIND)
    submit = cls.job_cls.submit_command.split()[0]
    if shutil.which(submit) is None:
        raise UsageError(
            f"the command {submit} is not here", where="--cluster", mend="run claimkit where jobs are submitted"
        )
    try:
        cluster = cls(scheduler_options=NO_DASHBOARD, silence_logs=CRITICAL, **kind.arguments())
    except (ValueError, RuntimeError, OSError) as error:
        raise refused(error) from error
    return cluster, {"jobs": kind.jobs}


@contextmanager
def _quiet() -> Iterator[None]:
    """Silence the logs of distributed in this process."""
    logging = import_module("logging")
    loggers = [logging.getLogger(name) for name in ("distributed", "dask_jobqueue", "tornado.application")]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(CRITICAL)
    try:
        yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)
