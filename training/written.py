"""Articles that were written and annotated for training: one text file holds an article and its claims.

usage: python -m training.written FOLDER [FOLDER ...]     checks every file and counts what they hold

A file is read line by line::

    # title: Army says it has retaken Bara
    # published: 2025-09-12
    # outlet: Nile Wire

    The army said on Friday that its troops had retaken Bara, a claim the RSF denied.
    > its troops had retaken Bara | The army | said | SDN | assert | capture | actual | Bara | SDN |
    > its troops had retaken Bara | the RSF | denied | RSF | deny | capture | actual | Bara | SDN |
    Residents fled north.
    > Residents fled north | | | NARRATOR | assert | humanitarian | actual | | |

A line is a sentence of the article; an empty line ends a paragraph; a line that opens with ``>`` is a claim of the
sentence above it: content, source, cue, claimant, stance, event, modality, places (by ``;``), actor, date.
"""

from __future__ import annotations

import os
import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from claimkit.records import EventType, Modality, Stance

FIELDS = ("content", "source", "cue", "claimant", "stance", "event", "modality", "places", "actor", "date")
CODE = re.compile(r"[A-Z][A-Z0-9]*(-[A-Z0-9]+)*")
DAY = r"\d{4}(-\d\d(-\d\d)?)?"
DATE = re.compile(rf"{DAY}(/({DAY})?)?")
CLOSED = {"stance": frozenset(Stance), "event": frozenset(EventType), "modality": frozenset(Modality)}


@dataclass(kw_only=True)
class Written:
    """An article: its text, what its head says, and its claims with the code points of their sentences."""

    text: str = ""
    head: dict[str, str] = field(default_factory=dict)
    claims: list[tuple[tuple[int, int], dict[str, str]]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def files(folder: Path) -> list[Path]:
    """Give the articles of a folder and of those in it, in the order of their paths; links to folders are followed.

    ``Path.rglob`` passes over what a link to a folder holds, and says nothing.
    """
    found = os.walk(folder, followlinks=True)
    return sorted(Path(place) / name for place, _, names in found for name in names if name.endswith(".txt"))


def read(path: Path) -> Written:
    """Read a file; whatever is wrong with it is in ``problems``, by line."""
    out = Written()
    text, sentence, fresh = "", (0, 0), True
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        line = raw.strip()
        if line.startswith("# "):
            name, _, value = line[2:].partition(":")
            out.head[name.strip()] = value.strip()
        elif line.startswith(">"):
            cells = [cell.strip() for cell in line[1:].split("|")]
            claim = dict(zip(FIELDS, cells, strict=False))
            wrong = _faults(claim, len(cells), text[sentence[0] : sentence[1]])
            out.problems += [f"{path}:{number}: {fault}" for fault in wrong]
            if not wrong:
                out.claims.append((sentence, claim))
        elif line:
            text += ("" if not text else "\n\n" if fresh else " ") + line
            sentence, fresh = (len(text) - len(line), len(text)), False
        else:
            fresh = True
    out.text = text + "\n"
    return out


def _faults(claim: dict[str, str], cells: int, sentence: str) -> list[str]:
    if cells != len(FIELDS):
        return [f"{cells} fields, not {len(FIELDS)}"]
    out = [f"{n} is not in the sentence: {claim[n]!r}" for n in FIELDS[:3] if claim[n] not in sentence]
    out += [f"no such {n}: {claim[n]!r}" for n, known in CLOSED.items() if claim[n] not in known]
    if not claim["content"]:
        out.append("no content")
    if not CODE.fullmatch(claim["claimant"]):
        out.append(f"claimant is no code: {claim['claimant']!r}")
    if claim["actor"] and not CODE.fullmatch(claim["actor"]):
        out.append(f"actor is no code: {claim['actor']!r}")
    if claim["date"] and not DATE.fullmatch(claim["date"]):
        out.append(f"no ISO date: {claim['date']!r}")
    if claim["claimant"] == "NARRATOR" and claim["source"]:
        out.append("NARRATOR has no source")
    return out


def main(folders: list[str]) -> int:
    """Check all files and count."""
    count: Counter[str] = Counter()
    articles = [read(path) for folder in folders for path in sorted(Path(folder).glob("*.txt"))]
    for article in articles:
        for problem in article.problems:
            print(problem)
        for _, claim in article.claims:
            count.update((claim["stance"], claim["event"], claim["modality"]))
            count["voice: " + ("narrator" if claim["claimant"] == "NARRATOR" else "source")] += 1
    claims, words = sum(len(a.claims) for a in articles), sum(len(a.text.split()) for a in articles)
    print(f"{len(articles)} articles, {words} words, {claims} claims")
    print("  ".join(f"{name} {number}" for name, number in sorted(count.items(), key=lambda item: -item[1])))
    return int(any(article.problems for article in articles))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
