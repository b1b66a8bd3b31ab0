"""``python -m tools.gazetteer build`` writes data/gazetteer.yaml; ``check`` says what is wrong with it."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from tools.gazetteer.build import entries
from tools.gazetteer.check import problems
from tools.gazetteer.emit import document
from tools.gazetteer.geonames import GeoNames

TARGET = Path(__file__).resolve().parents[2] / "data" / "gazetteer.yaml"


def main(arguments: list[str]) -> int:
    """Run one command; 1 when the layers or the result have problems."""
    if arguments not in (["build"], ["check"]):
        sys.stderr.write("usage: python -m tools.gazetteer build | check\n")
        return 2
    geonames = GeoNames()
    result, found = entries(geonames)
    found += problems(result, cities=geonames.cities.values())
    for problem in found:
        sys.stderr.write(f"{problem}\n")
    text = document(result)
    if arguments == ["build"]:
        TARGET.write_text(text, encoding="utf-8")
    elif not TARGET.exists() or TARGET.read_text(encoding="utf-8") != text:
        sys.stderr.write("data/gazetteer.yaml is not what the layers give; run python -m tools.gazetteer build\n")
        return 1
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(Counter(item["kind"] for item in result).items()))
    verified = sum(item["id"].startswith("geonames:") for item in result)
    sys.stderr.write(f"{len(result)} places ({kinds}), {verified} with a GeoNames id, {len(found)} problems\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
