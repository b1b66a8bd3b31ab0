"""All benchmarks that need nothing but the checkout: ``python -m benchmarks [FOLDER]``; else the example articles."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parent.parent / "examples" / "articles"


def main() -> int:
    """Run each program, those over texts on the folder; give the highest exit status."""
    folder = sys.argv[1] if len(sys.argv) > 1 else str(EXAMPLES)
    programs = (("pipeline", folder), ("extract", folder), ("startup",))
    return max(subprocess.call([sys.executable, "-m", f"benchmarks.{name}", *args]) for name, *args in programs)


if __name__ == "__main__":
    sys.exit(main())
