"""Properties that hold for any input of the reader, and the time of its patterns in their worst case."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from types import ModuleType

import pytest
from hypothesis import HealthCheck, example, given, settings, strategies

import claimkit.blocks
import claimkit.encoding
import claimkit.frontmatter
import claimkit.furniture
import claimkit.header
import claimkit.inline
import claimkit.paragraphs
import claimkit.publication
from claimkit.encoding import decode
from claimkit.errors import InputError
from claimkit.reader import read_text
from claimkit.records import Document
from claimkit.settings import Settings

MODULES: tuple[ModuleType, ...] = (
    claimkit.encoding,
    claimkit.frontmatter,
    claimkit.furniture,
    claimkit.header,
    claimkit.inline,
    claimkit.paragraphs,
    claimkit.publication,
)
PIECES = (
    "The army left. ",
    "\n",
    "\n\n",
    "\r\n",
    "# ",
    "- ",
    "1. ",
    "> ",
    "---\n",
    "[1]",
    "(CNN) — ",
    "By Jane Doe",
    "2025-12-01",
    "Comments",
    "KYIV — ",
    "[a](b)",
    "**",
    "_",
    "<b>",
    "| a |",
    "a: b",
    "(((",
    "\u202e",
    "\U0001f600",
    "\u200b",
    "\x0c",
    "Photo: ",
    "/Reuters",
    "© 2025 ",
    "03/04/2025",
    "й",
    "\ud800",
    "By ",
    ", CNN",
    "http://a.b ",
    "title: x\n",
    "\u2028",
)
ARTICLES = strategies.lists(strategies.sampled_from(PIECES) | strategies.text(max_size=8), max_size=60).map("".join)


def _check(document: Document) -> None:
    last = 0
    for block in document.blocks:
        assert last <= block.start < block.end <= len(document.text)
        shown = document.text[block.start : block.end]
        assert shown == shown.strip()
        inner = block.start
        for start, end in block.skips:
            assert inner <= start < end <= block.end
            inner = end
        last = block.end


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ARTICLES)
def test_blocks_cut_the_text_in_order(text: str) -> None:
    """On any text: blocks in order, apart, trimmed; skips inside; the same twice."""
    document = read_text(text)
    _check(document)
    assert len(document.text) == len(text)
    assert read_text(text) == document


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example("The army left. Photo: The army left. ", 2)
@given(ARTICLES, strategies.integers(min_value=1, max_value=40))
def test_blocks_keep_every_letter_whatever_the_longest_block(text: str, most: int) -> None:
    """Short blocks cut no letter away that a long one would hold."""
    long = read_text(text)
    short = read_text(text, settings=Settings(max_block=most))
    _check(short)

    def covered(document: Document) -> list[int]:
        return [i for b in document.blocks for i in range(b.start, b.end) if not document.text[i].isspace()]

    assert covered(short) == covered(long)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(strategies.binary(max_size=300))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    """No bytes make the reader fail in another way than it says."""
    try:
        decoded = decode(data)
    except InputError:
        return
    decoded.text.encode("utf-8")
    _check(read_text(decoded.text))


@pytest.mark.parametrize(
    "text",
    [
        "(" * 100_000,
        "$" * 100_000,
        "_" * 100_000,
        "[a](b" * 20_000,
        "*a " * 33_000,
        "a" * 100_000,
        "By A, " * 16_000,
        "1 December 2025 " * 6_000,
        "\U0001f600" * 100_000,
        "\u202e\u200fשלום " * 15_000,
        "Photo by " * 11_000,
        "<a " * 33_000,
        "The army took the town and held it " * 3_000,
        "---\na: " + "[" * 90_000 + "\n---\n",
    ],
    ids=lambda text: repr(text[:12]),
)
def test_odd_texts_are_read_in_linear_time(text: str) -> None:
    """100 KB of any one thing are read well within two seconds, and its blocks cut the text."""
    start = time.perf_counter()
    document = read_text(text)
    assert time.perf_counter() - start < 2.0
    _check(document)


def _patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for module in MODULES:
        cached = [getattr(module, name)() for name in ("_patterns", "_field_line", "_agency") if hasattr(module, name)]
        values = [*vars(module).items(), *((f"cached{i}", value) for i, value in enumerate(cached))]
        for name, value in values:
            for i, pattern in enumerate(value if isinstance(value, tuple) else (value,)):
                if isinstance(pattern, re.Pattern) and isinstance(pattern.pattern, str):
                    yield f"{module.__name__}.{name}.{i}", pattern


PATTERNS = dict(_patterns())


def _worst_cases(pattern: str) -> Iterator[str]:
    """Repeat what the pattern itself looks for: its letters, its signs, and pieces of heads and credits."""
    signs = sorted(set(re.sub(r"\\.", "", pattern)) - set("?*+|"))
    for piece in [
        *signs,
        *PIECES,
        "A ",
        "a1 ",
        "Jan 1, ",
        "10:10 ",
        "[1,",
        "published ",
        "photo by ",
        "a/",
        "A.B",
        "KYIV, ",
    ]:
        yield piece * (10_000 // len(piece)) + "!"


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_patterns_are_fast_on_their_own_worst_case(name: str) -> None:
    """No pattern needs more than 50 ms on 10 KB of what it looks for."""
    pattern = PATTERNS[name]
    for text in _worst_cases(pattern.pattern):
        spent = []
        for _ in range(3):
            start = time.process_time()
            for _match in pattern.finditer(text):
                pass
            spent.append(time.process_time() - start)
            if spent[-1] < 0.05:
                break
        assert min(spent) < 0.05, (name, text[:20], min(spent))


def test_every_module_of_the_reader_is_tried() -> None:
    """The list of patterns is not empty by accident."""
    assert len(PATTERNS) > 30
