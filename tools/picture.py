"""Draw what a command prints on a terminal as SVG, in colour: ``python tools/picture.py FILE COLUMNS COMMAND...``.

The picture in README is ``docs/table.svg``; ``make docs`` draws it anew.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text

_REMOTE_FONT = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


def picture(command: list[str], *, columns: int) -> str:
    """Run a command and give its standard output as SVG; fonts are the reader's own, nothing is fetched."""
    environ = os.environ | {"COLUMNS": str(columns), "FORCE_COLOR": "1"}
    shown = subprocess.run(command, env=environ, capture_output=True, check=True, text=True).stdout
    screen = Console(record=True, width=columns, file=io.StringIO(), force_terminal=True)
    screen.print(Text.from_ansi(shown.rstrip("\n")))
    title = " ".join(["claimkit", *command[1:]])
    return _REMOTE_FONT.sub("", screen.export_svg(title=title, unique_id="picture"))


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(picture(sys.argv[3:], columns=int(sys.argv[2])), encoding="utf-8")
