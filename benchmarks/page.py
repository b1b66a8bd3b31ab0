"""Write docs/performance.md and its picture: ``python -m benchmarks.page RESULTS.jsonl -o docs/performance.md``.

RESULTS holds the last lines of ``benchmarks.extract``, ``benchmarks.startup`` and ``benchmarks.pipeline``, in any
order; of two runs of one benchmark the later counts.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from benchmarks.pipeline import table

PICTURE = "pictures/performance.svg"
WIDTH, ROW, LEFT, RIGHT = 720, 26, 130, 90
LOOKERS = ("blank", "flashgeotext")
"""Subjects that do not parse; their bars go to the edge."""
COLOURS = ("#0b7285", "#adb5bd")
"""Of ours and of what it stands beside; both keep 3:1 against white and against dark grounds."""
OURS = ("claimkit", "thorough")
HEAD = """\
# Performance

All rows of a table come from one run on one machine, each subject in a process of its own, one thread; words are what
white space separates. The machine was shared with other work: ratios say more than seconds. Written by
`python -m benchmarks.page` from `python -m benchmarks.extract WAR GENERAL` and `python -m benchmarks.pipeline FOLDER`.

![Words a second of claimkit and of what one would run else](pictures/performance.svg)
"""


def bars(groups: dict[str, list[dict[str, Any]]]) -> str:
    """Draw words a second of every subject on every folder as horizontal bars."""
    most = max(row["words_per_s"] for rows in groups.values() for row in rows if row["subject"] not in LOOKERS)
    parts, y = [], 8
    for name, rows in groups.items():
        parts.append(f'<text x="8" y="{y + 17}" font-weight="600">{escape(name)}</text>')
        y += ROW
        for row in rows:
            length = min(1.0, row["words_per_s"] / most) * (WIDTH - LEFT - RIGHT)
            colour = COLOURS[row["subject"] not in OURS]
            parts += [
                f'<text x="{LEFT - 8}" y="{y + 17}" text-anchor="end">{escape(row["subject"])}</text>',
                f'<rect x="{LEFT}" y="{y + 4}" width="{length:.1f}" height="{ROW - 8}" rx="3" fill="{colour}"/>',
                f'<text x="{LEFT + length + 8:.1f}" y="{y + 17}">{row["words_per_s"]:,}</text>',
            ]
            y += ROW
        y += ROW // 2
    style = "text{font:14px system-ui,sans-serif;fill:#212529}@media(prefers-color-scheme:dark){text{fill:#dee2e6}}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y}" role="img">'
        f"<title>Words a second</title><style>{style}</style>{''.join(parts)}</svg>\n"
    )


def page(found: dict[str, dict[str, Any]]) -> tuple[str, str]:
    """Give the page and the picture of some results by benchmark."""
    extract = found["extract"]
    groups = {Path(name).name: rows for name, rows in extract.items() if "/" in name}
    parts = [HEAD]
    for name, rows in groups.items():
        parts.append(f"## `claimkit extract` on {name}\n\n{table(rows)}\n")
    shares = sorted(extract["stages"].items(), key=lambda item: -item[1])
    parts.append("## Where the time goes\n\n" + table([{"stage": a, "share": b} for a, b in shares]) + "\n")
    parts.append("## Length of an article\n\n" + table(extract["lengths"]) + "\n")
    parts.append("## `--jobs`, start included\n\n" + table(extract["jobs"]) + "\n")
    if "startup" in found:
        parts.append("## Start, processor seconds\n\n" + table(found["startup"]["rows"]) + "\n")
    if "pipeline" in found:
        parts.append("## The parser alone\n\n" + table(found["pipeline"]["rows"]) + "\n")
    return "\n".join(parts), bars(groups)


def main() -> None:
    """Read the command line, write page and picture."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("results", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args()
    lines = [json.loads(line) for line in options.results.read_text(encoding="utf-8").splitlines() if line[:1] == "{"]
    text, picture = page({line["benchmark"]: line for line in lines})
    options.output.write_text(text, encoding="utf-8")
    (options.output.parent / PICTURE).write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main()
