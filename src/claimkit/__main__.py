"""``python -m claimkit`` is the command line."""

from __future__ import annotations

from claimkit.cli import main

if __name__ == "__main__":
    main()
