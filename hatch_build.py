"""Compiles the data files while the wheel is built, so that no user waits for it (``claimkit.compiling``)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PROGRAM = """
import sys
sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])  # not by PYTHONPATH: pip's isolation takes out what an editable installation names
from claimkit.compiling import compile_tables
compile_tables()
"""


class CompileTables(BuildHookInterface[Any]):
    """Puts the compiled tables into ``data/compiled/``, which goes into the wheel with ``data/``."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, in a process of its own; editable installations want the tables too."""
        subprocess.run([sys.executable, "-c", PROGRAM, Path(self.root) / "src"], check=True)
