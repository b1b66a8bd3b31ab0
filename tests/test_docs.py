"""The documentation does what it says: README's commands are run and compared, docstring examples too.

In a ``console`` block a line that begins with ``$ `` is a command, the lines under it its output on both streams, as in
a terminal of 80 columns. A line ``...`` stands for any lines, ``...`` inside a line for any text. ``bash`` blocks are
not run, nor are commands without output outside README. ``UPDATE_DOCS=1 pytest tests/test_docs.py`` (``make docs``)
writes what the commands print now into the file.
"""

from __future__ import annotations

import doctest
import importlib
import os
import re
import shutil
import stat
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from claimkit.cli import COMMANDS, group

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
PAGES = [README, *sorted((ROOT / "docs").glob("*.md"))]
PROMPT = "$ "
UPDATE = bool(os.environ.get("UPDATE_DOCS"))
COMMAND_SECONDS = 120

_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#]+)(?:#[^)]*)?\)")


@dataclass(frozen=True)
class Example:
    """A command of a page and the output that the page shows for it."""

    page: Path
    line: int
    command: str
    output: str

    def __str__(self) -> str:
        """Name it for pytest."""
        return f"{self.page.name}:{self.line}"


def examples(page: Path) -> list[Example]:
    """Read the commands of a page's console blocks."""
    text = page.read_text(encoding="utf-8")
    found = []
    for block in _BLOCK.finditer(text):
        line = text.count("\n", 0, block.start()) + 2
        for part in re.split(rf"^(?={re.escape(PROMPT)})", block[1], flags=re.MULTILINE):
            if part.startswith(PROMPT):
                command, _, output = part.removeprefix(PROMPT).partition("\n")
                found.append(Example(page=page, line=line, command=command, output=output))
            line += part.count("\n")
    return found


EXAMPLES = [example for page in PAGES for example in examples(page) if page == README or example.output]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a copy of the examples, and a `claimkit` on the path that is this checkout's."""
    folder = tmp_path_factory.mktemp("docs")
    shutil.copytree(ROOT / "examples", folder / "examples")
    script = folder / "bin" / "claimkit"
    script.parent.mkdir()
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m claimkit "$@"\n', encoding="utf-8")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return folder


def printed(command: str, *, house: Path) -> str:
    """Run a command as a reader would, and give what it prints."""
    keep = {name: value for name, value in os.environ.items() if not name.startswith("CLAIMKIT_")}
    environ = keep | {
        "PATH": f"{house / 'bin'}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT / "src"),
        "COLUMNS": "80",
        "NO_COLOR": "1",
        "LC_ALL": "C.UTF-8",
        "XDG_CONFIG_HOME": str(house / "config"),
    }
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=house,
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=COMMAND_SECONDS,
        check=False,
    )
    return "\n".join(line.rstrip() for line in done.stdout.decode().split("\n"))


def fits(output: str, *, pattern: str) -> bool:
    """Tell whether output is what a page shows, with ``...`` for anything."""
    lines = (
        "(?:.*\n)*?" if line == "...\n" else re.escape(line).replace(re.escape("..."), ".*")
        for line in pattern.splitlines(keepends=True)
    )
    return re.fullmatch("".join(lines), output) is not None


@pytest.mark.model
@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_commands_print_what_the_page_shows(example: Example, house: Path) -> None:
    """A command of the documentation, run in a copy of the examples, prints what is written under it."""
    output = printed(example.command, house=house)
    if UPDATE and not fits(output, pattern=example.output):
        text = example.page.read_text(encoding="utf-8")
        old, new = (f"{PROMPT}{example.command}\n{part}" for part in (example.output, output))
        example.page.write_text(text.replace(old, new, 1), encoding="utf-8")
        return
    if not fits(output, pattern=example.output):
        assert output == example.output


def test_readme_has_examples() -> None:
    """The main job, its output and the JSON recipes stand in the README and are run."""
    commands = [example.command for example in examples(README)]
    assert any(command.startswith("claimkit extract") for command in commands)
    assert any("| jq" in command for command in commands)


def test_readme_knows_every_command_and_option() -> None:
    """Each command is named in README or docs/, each option of `extract` by one of its forms."""
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert [name for name in COMMANDS if f"claimkit {name}" not in text] == []
    context = group.make_context("claimkit", ["schema"])
    command = group.get_command(context, "extract")
    assert command is not None
    options = [parameter.opts for parameter in command.params if parameter.opts[0].startswith("-")]
    named = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", text))
    assert [names for names in options if named.isdisjoint(names)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    """Every relative link and picture of a page is there."""
    links = _LINK.findall(page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def with_docstring_examples() -> list[str]:
    """List the modules that have examples in their docstrings."""
    files = sorted((ROOT / "src").rglob("*.py"))
    found = [path for path in files if ">>> " in path.read_text(encoding="utf-8")]
    names = (".".join(path.relative_to(ROOT / "src").with_suffix("").parts) for path in found)
    return [name.removesuffix(".__init__") for name in names]


@pytest.mark.model
@pytest.mark.parametrize("name", with_docstring_examples())
def test_docstring_examples(name: str) -> None:
    """The examples in a module's docstrings give what they say."""
    result = doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    assert result.attempted > 0
    assert result.failed == 0


def test_fits() -> None:
    """Dots stand for any text of a line, or for any lines; all else is compared as it is."""
    assert fits("a 1.2 s\nb\nc\n", pattern="a ... s\n...\nc\n")
    assert fits("a\nc\n", pattern="a\n...\nc\n")
    assert not fits("a\nb\nc\n", pattern="a\nc\n")
    assert not fits("axb\n", pattern="a.b\n")
