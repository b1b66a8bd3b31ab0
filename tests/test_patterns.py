"""Every regular expression that claimkit compiles, of its modules and of its data, in its own worst case."""

from __future__ import annotations

import importlib
import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CHARACTERS = 10_000
MOST_SECONDS = 0.05
PIECES = (
    " ", "\n", "\t", "\r\n", "a", "A", "1", "a ", "A ", "a1 ", "Aa ", "1,", "1.", "- ", "# ", "> ", "(", "[",
    "[1]", "((", "$", "/", "'", "\u2019s ", "\u201c", "\u201d", "\u2014", "\u2013", "\u0439", "\u0301",
    "\u202e", "A.B", "a-", "a/", "a: b\n", "a\n\n", "By A, ", "of the ", "KYIV, ", "KYIV (AP) \u2014 ",
    "Jan 1, ", "1 December 2025 ", "03/04/2025 ", "10:10 ", "photo by ", "/Reuters", "http://a.b ", "**", "_",
    "`", "<a ", "| a |", "[a](b)", "not ", "the ", "said ", "it is ", "10 ", "ten ", "million ", "Mr. ",
)  # fmt: skip
COLLECT = """
import importlib, inspect, json, pkgutil, re, sys
found = set()
inner = re._compile
def noted(pattern, flags):
    made = inner(pattern, flags)
    frame = sys._getframe(1)
    while frame is not None and frame.f_globals.get("__name__") == "re":
        frame = frame.f_back
    name = frame.f_globals.get("__name__", "") if frame else ""
    if name.startswith("claimkit"):
        found.add((name, made.pattern.decode("latin-1") if isinstance(made.pattern, bytes) else made.pattern,
                   int(made.flags), isinstance(made.pattern, bytes)))
    return made
re._compile = noted
import claimkit
for module in pkgutil.walk_packages(claimkit.__path__, "claimkit."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
extractor = claimkit.Extractor()
for path in sys.argv[1:]:
    text = open(path, encoding="utf-8").read()
    extractor.extract(text, published="2025-12-01")
    extractor.places(text)
print(json.dumps(sorted(found)))
"""


def collected() -> list[tuple[str, re.Pattern[str]]]:
    """Import all of claimkit, read two articles, and give what was compiled on the way, with the module's name."""
    articles = sorted(str(path) for path in (ROOT / "examples" / "articles").glob("*.*"))[:2]
    done = subprocess.run(
        [sys.executable, "-c", COLLECT, *articles], capture_output=True, check=True, text=True, cwd=ROOT / "src"
    )
    # A pattern of bytes is tried on text: what it costs is the same.
    return [
        (module, re.compile(pattern, flags & ~re.UNICODE if is_bytes else flags))
        for module, pattern, flags, is_bytes in json.loads(done.stdout)
    ]


def worst_cases(pattern: str) -> Iterator[str]:
    """Repeat what the pattern looks for: its own signs, its own words, and pieces of articles; the end never fits."""
    own = re.findall(r"[^\W\d_]{2,12}", re.sub(r"\\.", " ", pattern))[:12]
    signs = set(re.sub(r"\\.", "", pattern)) - set("?*+|")
    for piece in dict.fromkeys((*sorted(signs), *own, *(f"{word} " for word in own), *PIECES)):
        yield (piece * (CHARACTERS // len(piece) + 1))[:CHARACTERS] + "\x00!"


def is_anchored(module: str, pattern: re.Pattern[str]) -> bool:
    """Tell whether its module asks only if a pattern fits at the beginning of a text: then it is not looked for."""
    path = ROOT.joinpath("src", *module.split(".")).with_suffix(".py")
    if not path.is_file():
        return False
    source = path.read_text(encoding="utf-8")
    namespace = vars(importlib.import_module(module))
    names = [name for name, value in namespace.items() if isinstance(value, re.Pattern) and value == pattern]
    uses = {use for name in names for use in re.findall(rf"\b{name}\b(\.\w+)?(?!\w|:| =)", source)}
    return bool(uses) and uses <= {".fullmatch", ".match"}


def seconds(pattern: re.Pattern[str], text: str, *, anchored: bool) -> float:
    """Give the processor time of looking for a pattern all through a text, or of trying it at its beginning."""
    start = time.process_time()
    if anchored:
        pattern.match(text)
        pattern.fullmatch(text)
    else:
        for _match in pattern.finditer(text):
            pass
    return time.process_time() - start


def slowest(module: str, pattern: re.Pattern[str]) -> tuple[str, str, str, float] | None:
    """Give the first of its worst cases for which a pattern is too slow (the best of three where the first is)."""
    anchored = is_anchored(module, pattern)
    for text in worst_cases(pattern.pattern):
        spent = seconds(pattern, text, anchored=anchored)
        if spent > MOST_SECONDS:
            spent = min(seconds(pattern, text, anchored=anchored) for _ in range(3))
        if spent > MOST_SECONDS:
            return module, pattern.pattern[:80], text[:12], spent
    return None


@pytest.mark.model
@pytest.mark.slow
def test_every_pattern_is_fast_in_its_worst_case() -> None:
    """None takes more than 50 ms on 10 KB of what it looks for."""
    patterns = collected()
    assert len(patterns) > 90
    assert len({module for module, _ in patterns}) > 30
    assert [found for module, pattern in patterns if (found := slowest(module, pattern))] == []
