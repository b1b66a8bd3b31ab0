"""Real articles with claims, without their words: ``python -m training.real rebuild FILE.jsonl MIRRORS OUT``.

The texts of real articles belong to their publishers and are no part of this repository. ``real.jsonl`` and
``real_held_out.jsonl`` have what was annotated in them: for each article where it comes from (``owner/name:path`` in a
public repository), the SHA-256 of its text, its sentences and its claims as code points of that text. MIRRORS is a
folder with a git directory ``owner+name/repo`` for each repository; OUT gets a file in the form of ``training.written``
for each article whose text comes out the same.

``python -m training.real strip FILE.jsonl MIRRORS FOLDER ...`` takes the words out of annotated files, of which
``# source:`` says where each comes from.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from training import written

HEAD = ("published", "outlet", "source")
WORDS = ("content", "source", "cue")
"""Fields of a claim that are words of its sentence, kept as code points."""
LABELS = ("claimant", "stance", "event", "modality", "places", "actor", "date")
_TITLE = re.compile(r"^(?:post_)?title: *(?:>-?\n)?(.*(?:\n    .*)*)", re.IGNORECASE | re.MULTILINE)
_TAG = re.compile(r"<[^>]+>")
_BREAK = re.compile(r"</p>|<br\s*/?>|</h\d>|</div>")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKER = re.compile(r"\[ad_\d\]|(?s:<script.*?</script>)")


def text_of(page: str) -> str:
    """Give the text of a page of such a repository: without its head, markup and links, paragraphs by empty lines."""
    opening = re.match(r"(?s)---\n.*?\n--- ?\n", page)
    body = page[opening.end() :] if opening else page.partition("\n\n")[2]
    body = html.unescape(_TAG.sub("", _BREAK.sub("\n\n", _MARKER.sub("", body))))
    body = body.replace("\u00c2\u00a0", " ").replace("\u00c2 ", " ").replace("\u00a0", " ").replace("\u00c2", "")
    parts = re.split(r"\n\s*\n", _LINK.sub(r"\1", body))
    return "\n\n".join(" ".join(part.split()) for part in parts if part.split())


def title_of(page: str) -> str:
    """Give the title that the head of a page names; empty where it names none."""
    found = _TITLE.search(page)
    return " ".join(found[1].split()).strip("'\" ") if found else ""


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


def rebuilt(record: dict[str, Any], text: str, *, title: str) -> str:
    """Give an article in the form of ``training.written``."""
    out = [f"# title: {title}"] + [f"# {name}: {record[name]}" for name in HEAD if record.get(name)]
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


def _page(mirrors: Path, source: str) -> str | None:
    name, _, path = source.partition(":")
    folder = mirrors / name.replace("/", "+") / "repo"
    if not folder.is_dir():
        return None
    done = subprocess.run(["git", "-C", str(folder), "show", f"HEAD:{path}"], capture_output=True, check=False)
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None


def rebuild(file: Path, mirrors: Path, out: Path) -> Counter[str]:
    """Write every article whose text can be had; count those that can and those that cannot."""
    count: Counter[str] = Counter()
    out.mkdir(parents=True, exist_ok=True)
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines()):
        record = json.loads(line)
        page = _page(mirrors, record["source"])
        text = "" if page is None else text_of(page)
        if hashlib.sha256(text.encode()).hexdigest() != record["sha256"]:
            count["not there" if page is None else "another text"] += 1
            continue
        (out / f"{number:03d}.txt").write_text(rebuilt(record, text, title=title_of(page or "")), encoding="utf-8")
        count["written"] += 1
    return count


def strip(file: Path, mirrors: Path, *folders: Path) -> Counter[str]:
    """Write what was annotated in the files of the folders; count it."""
    count: Counter[str] = Counter()
    with file.open("w", encoding="utf-8") as lines:
        for path in sorted(path for folder in folders for path in folder.rglob("*.txt")):
            source = written.read(path).head["source"]
            record = stripped(path, text_of(_page(mirrors, source) or ""))
            lines.write(json.dumps(record, ensure_ascii=False) + "\n")
            count.update(articles=1, claims=len(record["claims"]))
    return count


def main(verb: str, *paths: str) -> None:
    """Do what the command line says."""
    file, mirrors, *others = map(Path, paths)
    print(json.dumps(rebuild(file, mirrors, *others) if verb == "rebuild" else strip(file, mirrors, *others)))


if __name__ == "__main__":
    main(*sys.argv[1:])
