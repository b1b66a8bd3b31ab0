"""Fuzzes each target for some time: ``python -m fuzz [--seconds 60] [TARGET...]``, which is ``make fuzz``.

Needs atheris (``pip install 'claimkit[fuzz]'``), which guides the bytes by the lines that they reach. What is worth
keeping stays in ``build/fuzz/TARGET`` and is where the next run begins; an input that fails is written beside it and
named, and the exit status is 1.
"""

from __future__ import annotations

import argparse
import importlib
import subprocess
import sys
from pathlib import Path

TARGETS = ("encodings", "lexicons", "heads", "results", "tables")
CORPUS = Path(__file__).resolve().parent.parent / "build" / "fuzz"
MOST_BYTES = 4096
SLOW_SECONDS = 5


def fuzz(name: str, *, options: list[str]) -> None:
    """Run one target in this process; never returns."""
    import atheris

    with atheris.instrument_imports(include=["claimkit"]):
        target = importlib.import_module(f"fuzz.{name}")
    atheris.Setup([sys.argv[0], *options], target.one)
    atheris.Fuzz()


def run(name: str, *, seconds: int) -> int:
    """Run one target in a process of its own; gives its exit status."""
    corpus = CORPUS / name
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(importlib.import_module(f"fuzz.{name}").SEEDS):
        (corpus / f"seed-{number}").write_bytes(seed)
    options = [
        str(corpus), f"-max_total_time={seconds}", f"-max_len={MOST_BYTES}", f"-timeout={SLOW_SECONDS}",
        f"-artifact_prefix={corpus}-", "-print_final_stats=1",
    ]  # fmt: skip
    print(f"fuzz: {name}, {seconds} s", file=sys.stderr, flush=True)
    return subprocess.run([sys.executable, "-m", "fuzz", "--one", name, *options], check=False).returncode


def main() -> int:
    """Run the targets named, or all."""
    if sys.argv[1:2] == ["--one"]:
        fuzz(sys.argv[2], options=sys.argv[3:])
    parser = argparse.ArgumentParser(prog="fuzz", description="Fuzzes what reads bytes from outside.")
    parser.add_argument(
        "targets", nargs="*", metavar="TARGET", help=f"of {', '.join(TARGETS)}; all where none is named"
    )
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    given = parser.parse_args()
    if unknown := sorted(set(given.targets) - set(TARGETS)):
        parser.error(f"no target {', '.join(unknown)}; there are {', '.join(TARGETS)}")
    failed = [name for name in given.targets or TARGETS if run(name, seconds=given.seconds)]
    if failed:
        print(f"fuzz: failed: {', '.join(failed)}; the inputs are in {CORPUS}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
