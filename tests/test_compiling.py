"""The shipped data files compiled ahead, as the building of the wheel does it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = "import sys; sys.path.insert(0, 'src'); from claimkit.compiling import compile_tables; compile_tables()"


def compiled(folder: Path) -> dict[str, bytes]:
    """Compile in a copy of the checkout and give what its ``data/compiled`` holds then."""
    shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__", "model"))
    shutil.copytree(ROOT / "data", folder / "data", ignore=shutil.ignore_patterns("compiled"))
    (folder / "data" / "compiled").mkdir()
    (folder / "data" / "compiled" / "cues-of-yesterday.msgpack").write_bytes(b"")
    subprocess.run([sys.executable, "-c", PROGRAM], cwd=folder, check=True)
    return {path.name: path.read_bytes() for path in (folder / "data" / "compiled").iterdir()}


def test_every_data_file_is_compiled(tmp_path: Path) -> None:
    """What is read from YAML at run time is there, what lay in the folder before is gone, and twice is the same."""
    names = compiled(tmp_path / "one")
    stems = {name.partition("-")[0] for name in names}
    assert stems >= {path.stem for path in (ROOT / "data").glob("*.yaml")} | {"parties"}
    assert "cues-of-yesterday.msgpack" not in names
    assert names == compiled(tmp_path / "two")
