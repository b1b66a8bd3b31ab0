"""docs/reliability.md: every case has its row, every row its tests, and every test is there."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent
PAGE = TESTS.parent / "docs" / "reliability.md"
CASES = {
    "Command line": (
        "streams", "input", "format", "colour", "progress", "exit status", "closed pipe", "errors", "settings",
        "start-up", "order", "files", "incremental",
    ),
    "Bad input and faults": (
        "kill -9", "SIGTERM, SIGINT", "full disk", "large file", "one line, one sign", "encodings", "binaries",
        "no regular file", "unreadable file, odd name", "YAML", "archives", "terminal escapes", "HTML", "formulas",
        "regular expressions", "concurrent runs", "NaN, lone surrogates", "many articles",
    ),
}  # fmt: skip
"""The rows of the two tables of the specification of behaviour, in its order."""

_TEST = re.compile(r"`(test_\w+\.py)::(test_\w+)`")


def rows(heading: str) -> dict[str, str]:
    """Give the rows of the table under a heading: the case, and the cell of its tests."""
    part = PAGE.read_text(encoding="utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in part.split("\n") if line.startswith("| ")][2:]
    cells = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
    assert {len(line) for line in cells} == {3}
    return {case: tests for case, _, tests in cells}


@cache
def functions(name: str) -> frozenset[str]:
    """Give the tests of a file, those that are switched off left out."""
    tree = ast.parse((TESTS / name).read_text(encoding="utf-8"))
    return frozenset(
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and not any("skip" in ast.unparse(one) for one in node.decorator_list)
    )


@pytest.mark.parametrize("heading", CASES)
def test_every_case_has_its_row(heading: str) -> None:
    """The rows are those of the specification, in order."""
    assert tuple(rows(heading)) == CASES[heading]


@pytest.mark.parametrize(("heading", "case"), [(heading, case) for heading in CASES for case in CASES[heading]])
def test_every_row_has_tests_that_are_there(heading: str, case: str) -> None:
    """Each named test is a function of its file, and nothing else stands in the cell."""
    cell = rows(heading)[case]
    named = _TEST.findall(cell)
    assert named
    assert _TEST.sub("", cell).strip(", ") == ""
    assert [f"{name}::{test}" for name, test in named if test not in functions(name)] == []
