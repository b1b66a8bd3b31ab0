"""The built wheel, not the checkout: installed into an empty environment, used from another folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from claimkit import __version__

ROOT = Path(__file__).resolve().parent.parent
ARTICLE = """\
Both sides claim the town

The defence ministry in Moscow said on Sunday that its troops had captured Pokrovsk.
Ukraine's General Staff denied that the town had fallen.
"""
PIP = ("-m", "pip", "--quiet", "--quiet", "--disable-pip-version-check")


def run(*command: str | Path, cwd: Path, stdin: str | None = None) -> str:
    """Run a command in a folder, without this checkout on the path, and give its standard output."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "CLAIMKIT_"))}
    environ["XDG_CACHE_HOME"] = str(cwd / "cache")
    done = subprocess.run(command, cwd=cwd, env=environ, input=stdin, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command} ended with {done.returncode}: {done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, *PIP, "wheel", "--no-deps", "--wheel-dir", folder, ROOT, cwd=folder)
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the programs of an environment in which there is only claimkit and what it needs."""
    folder = tmp_path_factory.mktemp("installed")
    run(sys.executable, "-m", "venv", folder / "venv", cwd=folder)
    run(folder / "venv" / "bin" / "python", *PIP, "install", wheel, cwd=folder)
    return folder / "venv" / "bin"


@pytest.mark.slow
def test_wheel_holds_code_data_and_model(wheel: Path) -> None:
    """The wheel has every module, data file and model file of the checkout, the licence, and nothing else."""
    package = ROOT / "src" / "claimkit"
    hidden = {"__pycache__"}
    wanted = {
        f"claimkit/{path.relative_to(package)}"
        for path in package.rglob("*")
        if path.is_file() and not hidden & set(path.parts)
    }
    wanted |= {
        f"claimkit/data/{path.relative_to(ROOT / 'data')}" for path in (ROOT / "data").rglob("*") if path.is_file()
    }
    names = set(zipfile.ZipFile(wheel).namelist())
    about = {name for name in names if ".dist-info/" in name}
    assert names - about == wanted
    assert any(name.startswith("claimkit/nlp/model/") for name in names)
    assert f"claimkit-{__version__}.dist-info/licenses/LICENSE" in about


@pytest.mark.slow
def test_installed_wheel_says_its_version(installed: Path, tmp_path: Path) -> None:
    """`claimkit --version` and the schema work without the checkout."""
    assert run(installed / "claimkit", "--version", cwd=tmp_path) == f"claimkit {__version__}\n"
    assert json.loads(run(installed / "claimkit", "schema", cwd=tmp_path))["title"] == "claimkit/1"


@pytest.mark.slow
@pytest.mark.model
def test_installed_wheel_extracts(installed: Path, tmp_path: Path) -> None:
    """The installed command and the Python interface find both sides' claims about a place, from another folder."""
    output = run(installed / "claimkit", "extract", "-q", "-", "--published", "2025-12-01", cwd=tmp_path, stdin=ARTICLE)
    claims = [json.loads(line) for line in output.splitlines()]
    found = {(claim["claimant"]["id"], claim["stance"], place["name"]) for claim in claims for place in claim["places"]}
    assert {("RUS", "assert", "Pokrovsk"), ("UKR", "deny", "Pokrovsk")} <= found
    assert not (tmp_path / "cache" / "claimkit").exists(), "the wheel brings its tables compiled"
    program = "import claimkit, sys; print(len(claimkit.Extractor().extract(sys.stdin.read()).claims))"
    assert int(run(installed / "python", "-c", program, cwd=tmp_path, stdin=ARTICLE)) == len(claims)
