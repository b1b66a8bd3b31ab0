"""Real articles with claims, without their words: ``python -m training.real rebuild FILE.jsonl MIRRORS OUT``.

The texts of real articles belong to their publishers and are no part of this repository. ``real.jsonl`` and
``real_held_out.jsonl`` have what was annotated in them: for each article where it stands in a public repository
(``training.mirrors``), the SHA-256 of its text, its sentences and its claims as code points of that text. MIRRORS is a
folder with copies of the repositories; OUT gets a file in the form of ``training.written`` for each article whose text
comes out the same.

``python -m training.real strip FILE.jsonl MIRRORS FOLDER ...`` takes the words out of annotated files, of which
``# source:`` says where each comes from.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from itertools import chain
from pathlib import Path
from typing import Any

from training import mirrors, written
from training.mirrors import Page

HEAD = ("published", "outlet", "source")
WORDS = ("content", "source", "cue")
"""Fields of a claim that are words of its sentence, kept as code points."""
LABELS = ("claimant", "stance", "event", "modality", "places", "actor", "date")


def stripped(path: Path, text: str) -> dict[str, Any]:
    """Give what an annotated file says of an article's text, by code points.

    Raises:
        ValueError: a sentence of the file is not in the text.
    """
    record: dict[str, Any] = {"sha256": hashlib.sha256(text.encode()).hexdigest(), "sentences": [], "claims": []}
    sentence, end = "", 0
    for line in map(str.strip, path.read_text(encoding="utf-8").splitlines()):
        if line.startswith("# "):
            name, _, value = line[2:].partition(":")
            record |= {name.strip(): value.strip()} if name.strip() in HEAD else {}
        elif line.startswith(">"):
            fields = dict(zip(written.FIELDS, (cell.strip() for cell in line[1:].split("|")), strict=True))
            words = {name: [sentence.index(fields[name]), len(fields[name])] for name in WORDS if fields[name]}
            labels = {name: fields[name] for name in LABELS if fields[name]}
            record["claims"].append({"sentence": len(record["sentences"]) - 1, **words, **labels})
        elif line:
            start = text.index(line, end)
            sentence, end = line, start + len(line)
            record["sentences"].append([start, end])
    return record


def rebuilt(record: dict[str, Any], page: Page) -> str:
    """Give an article in the form of ``training.written``."""
    text = page.text
    out = [f"# title: {page.title}"] + [f"# {name}: {record[name]}" for name in HEAD if record.get(name)]
    last = -1
    for number, (start, end) in enumerate(record["sentences"]):
        if last < 0 or "\n" in text[last:start]:
            out.append("")
        sentence, last = text[start:end], end
        out.append(sentence)
        for claim in record["claims"]:
            if claim["sentence"] == number:
                words = [sentence[at : at + size] for at, size in (claim.get(name, (0, 0)) for name in WORDS)]
                out.append("> " + " | ".join([*words, *(claim.get(name, "") for name in LABELS)]))
    return "\n".join(out) + "\n"


def rebuild(file: Path, copies: Path, out: Path) -> Counter[str]:
    """Write every article whose text can be had; count those that can and those that cannot."""
    count: Counter[str] = Counter()
    out.mkdir(parents=True, exist_ok=True)
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines()):
        record = json.loads(line)
        page = mirrors.find(copies, record["source"])
        if page is None or hashlib.sha256(page.text.encode()).hexdigest() != record["sha256"]:
            count["not there" if page is None else "another text"] += 1
            continue
        (out / f"{number:03d}.txt").write_text(rebuilt(record, page), encoding="utf-8")
        count["written"] += 1
    return count


def strip(file: Path, copies: Path, *folders: Path) -> Counter[str]:
    """Write what was annotated in the files of the folders; count it."""
    count: Counter[str] = Counter()
    with file.open("w", encoding="utf-8") as lines:
        for path in chain.from_iterable(map(written.files, folders)):
            source = written.read(path).head["source"]
            page = mirrors.find(copies, source)
            record = stripped(path, page.text if page else "")
            lines.write(json.dumps(record, ensure_ascii=False) + "\n")
            count.update(articles=1, claims=len(record["claims"]))
    return count


def main(verb: str, *paths: str) -> None:
    """Do what the command line says."""
    file, copies, *others = map(Path, paths)
    print(json.dumps(rebuild(file, copies, *others) if verb == "rebuild" else strip(file, copies, *others)))


if __name__ == "__main__":
    main(*sys.argv[1:])
