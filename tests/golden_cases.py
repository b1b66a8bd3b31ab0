"""Reads the golden cases (their form: ``tests/golden/README.md``) and compares claims with them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from claimkit.records import Claim, EventType, Stance

FOLDER = Path(__file__).parent / "golden"
FIELDS = ("who", "stance", "event", "place", "date", "words")


class Line(NamedTuple):
    """One expected claim."""

    who: str
    stance: Stance
    event: EventType
    places: frozenset[str]
    date: str | None
    words: tuple[str, ...]

    def fits(self, claim: Claim) -> bool:
        """Tell whether a claim is this one in every field."""
        return (
            claim.claimant.id == self.who and claim.stance is self.stance and claim.event.type is self.event
            and frozenset(place.name for place in claim.places) == self.places and claim.event.date == self.date
            and self.spoken(claim)
        )  # fmt: skip

    def spoken(self, claim: Claim) -> bool:
        """Tell whether a claim's content has the words, in their order."""
        rest = iter(claim.content.text.replace(",", " ").split())
        return all(word in rest for word in self.words)


class Case(NamedTuple):
    """A passage and its claims."""

    where: str
    title: str
    published: str | None
    text: str
    expected: tuple[Line, ...]

    def right(self, claims: Iterable[Claim]) -> bool:
        """Tell whether the claims are the expected ones, each once, and no other."""
        left = list(claims)
        for line in self.expected:
            found = next((claim for claim in left if line.fits(claim)), None)
            if found is None:
                return False
            left.remove(found)
        return not left


def read_cases(folder: Path = FOLDER) -> list[Case]:
    """Read all cases of a folder, in the order of the files and lines.

    Raises:
        ValueError: a line is not in the form; the message has file and line.
    """
    files = sorted(folder.glob("*.txt"))
    return [case for path in files for case in parse(path.read_text(encoding="utf-8"), path.name)]


def parse(text: str, name: str) -> list[Case]:
    """Read the cases of one file."""
    cases: list[Case] = []
    block: list[tuple[int, str]] = []
    for number, line in enumerate([*text.splitlines(), ""], start=1):
        if line.strip():
            block.append((number, line.rstrip()))
        elif block:
            cases.append(_case(block, name))
            block = []
    return cases


def _case(block: list[tuple[int, str]], name: str) -> Case:
    title, published = "", "2026-03-16"
    paragraphs: list[list[str]] = [[]]
    expected: list[Line] = []
    nothing = False
    for number, line in block:
        where = f"{name}:{number}"
        if line.startswith("# "):
            title = line[2:]
        elif line.startswith("@ "):
            published = line[2:].strip()
        elif line == ">":
            paragraphs.append([])
        elif line.startswith("> "):
            paragraphs[-1].append(line[2:])
        elif line == "nothing":
            nothing = True
        else:
            expected.append(_line(line, where))
    where = f"{name}:{block[0][0]}"
    text = "\n\n".join(" ".join(part) for part in paragraphs)
    if not title or not text or nothing == bool(expected):
        message = f"{where}: a case has a # title, > sentences, and claims or the word nothing"
        raise ValueError(message)
    return Case(where, title, published, text, tuple(expected))


def _line(line: str, where: str) -> Line:
    parts = [part.strip() for part in line.split("|")]
    if len(parts) != len(FIELDS):
        message = f"{where}: a claim is {' | '.join(FIELDS)}"
        raise ValueError(message)
    who, stance, event, place, date, words = parts
    places = frozenset() if place == "-" else frozenset(name.strip() for name in place.split(","))
    try:
        return Line(
            who,
            Stance(stance),
            EventType(event),
            places,
            None if date == "-" else date,
            tuple(words.replace(",", " ").split()),
        )
    except ValueError as error:
        message = f"{where}: {error}"
        raise ValueError(message) from error
