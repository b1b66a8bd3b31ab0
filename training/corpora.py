"""Readers of the corpora: CoNLL-U treebanks, IOB2 entities, brat stand-off attributions; each gives windows of words.

A window is a dict of ``words`` and of parallel lists of labels (``tag``, ``upos``, ``head``, ``dep``, ``start``,
``entity`` ...), with heads as 1-based positions in the window (0 is the root), and ``relations``: a list of
``(name, row, targets)`` with 1-based rows and targets, where 0 stands for "none".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import spacy

from training.conllu import sentences
from training.scheme import BIO, ENTITY, PARTS, UPOS

Window = dict[str, Any]
MAX_WORDS = 250
IGNORE = -100
_NLP = spacy.blank("en")
_NLP.max_length = 20_000_000


def tokens(text: str) -> list[tuple[int, int, str]]:
    """Cut a text as the packaged pipeline does: ``(start, end, word)`` without white space."""
    return [(t.idx, t.idx + len(t), t.text) for t in _NLP.make_doc(text) if not t.is_space]


def gum_mentions(rows: list[list[str]]) -> list[int]:
    """Label the named mentions of a GUM sentence: entity spans with a proper-noun head, cut to its run of PROPN."""
    kinds = {"person": "PERSON", "place": "LOC", "organization": "ORG"}
    stack: list[tuple[int, list[str]]] = []
    found: list[tuple[int, int, list[str]]] = []
    for i, row in enumerate(rows):
        match = re.search(r"Entity=([^|]*)", row[9])
        for part in re.findall(r"\([^()]*\)?|[^()]+\)", match.group(1)) if match else ():
            if part.startswith("("):
                cells = part[1:].rstrip(")").split("-")
                if part.endswith(")"):
                    found.append((i, i + 1, cells))
                else:
                    stack.append((i, cells))
                continue
            for j in range(len(stack) - 1, -1, -1):
                if stack[j][1][0] == part.rstrip(")"):
                    start, cells = stack.pop(j)
                    found.append((start, i + 1, cells))
                    break
    labels = [0] * len(rows)
    for start, end, cells in sorted(found, key=lambda f: f[0] - f[1]):
        kind = kinds.get(cells[1]) if len(cells) > 1 else None
        heads = [i for i in range(start, end) if not start < int(rows[i][6]) <= end and rows[i][3] == "PROPN"]
        if not kind or not heads:
            continue
        low = high = heads[0]
        while low > start and rows[low - 1][3] == "PROPN":
            low -= 1
        while high + 1 < end and rows[high + 1][3] == "PROPN":
            high += 1
        if not any(labels[low : high + 1]):
            inside = ENTITY.index(f"I-{kind}")
            labels[low : high + 1] = [inside - 1] + [inside] * (high - low)
    return labels


def treebank(
    path: Path, tables: dict[str, dict[str, int]], *, grow: bool, mentions: bool = False, names: Path | None = None
) -> list[Window]:
    """Read a treebank as windows of a few sentences; ``tables`` numbers tags and labels, and grows in training.

    ``names`` is an IOB2 file over the same sentences, which then have entities too.
    """
    known = {tuple(words): labels for words, labels in name_rows(names)} if names else {}
    keys: tuple[str, ...] = ("words", "tag", "upos", "head", "dep", "start")
    keys += (("mention",) if mentions else ()) + (("entity",) if names else ())
    out: list[Window] = []
    window: Window | None = None
    for rows in sentences(path):
        if window is None or len(window["words"]) + len(rows) > MAX_WORDS:
            window = {key: [] for key in keys}
            out.append(window)
        offset = len(window["words"])
        for i, row in enumerate(rows):
            for name, value in (("tag", row[4]), ("dep", row[7])):
                table = tables[name]
                window[name].append(table.setdefault(value, len(table)) if grow else table.get(value, 0))
            window["upos"].append(UPOS.index(row[3]) if row[3] in UPOS else len(UPOS) - 1)
            window["words"].append(row[1])
            window["head"].append(0 if row[6] == "0" else int(row[6]) + offset)
            window["start"].append(int(i == 0))
        if mentions:
            window["mention"] += gum_mentions(rows)
        if names:
            window["entity"] += known.get(tuple(row[1] for row in rows), [IGNORE] * len(rows))
    return out


def name_rows(path: Path) -> Iterator[tuple[list[str], list[int]]]:
    """Give each sentence of an IOB2 file (UNER: PER, ORG, LOC; other labels are none) as its words and labels."""
    for chunk in path.read_text(encoding="utf-8").split("\n\n"):
        rows = [line.split("\t") for line in chunk.split("\n") if line.strip() and not line.startswith("# ")]
        rows = [row for row in rows if row[0].isdigit()]
        if rows:
            labels = [row[2].replace("PER", "PERSON") if row[2].endswith("PER") else row[2] for row in rows]
            yield [row[1] for row in rows], [ENTITY.index(label) if label in ENTITY else 0 for label in labels]


def entities(path: Path) -> list[Window]:
    """Read an IOB2 file as windows of a few sentences."""
    out: list[Window] = []
    window: Window | None = None
    for words, labels in name_rows(path):
        if window is None or len(window["words"]) + len(words) > MAX_WORDS:
            window = {"words": [], "entity": [], "start": []}
            out.append(window)
        window["words"] += words
        window["entity"] += labels
        window["start"] += [1] + [0] * (len(words) - 1)
    return out


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Give the spans of the lines of a text that hold something."""
    at = 0
    for line in text.split("\n"):
        if line.strip():
            yield at, at + len(line)
        at += len(line) + 1


def packed(text: str) -> list[list[tuple[int, int, str]]]:
    """Cut a text into windows of whole paragraphs of at most ``MAX_WORDS`` words (a longer one is cut)."""
    out: list[list[tuple[int, int, str]]] = []
    for start, end in paragraphs(text):
        words = [(a + start, b + start, w) for a, b, w in tokens(text[start:end])]
        if out and len(out[-1]) + len(words) <= MAX_WORDS:
            out[-1] += words
        else:
            out += [words[i : i + MAX_WORDS] for i in range(0, len(words), MAX_WORDS)]
    return out


def attributions(path: Path) -> list[dict[str, list[tuple[int, int]]]]:
    """Read a brat file's attributions: for each, the segments of its source, cue and content."""
    spans: dict[str, list[tuple[int, int]]] = {}
    out = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if match := re.match(r"(T\d+)\t\S+ ([\d; ]+)\t", line):
            segments = [tuple(map(int, part.split())) for part in match.group(2).split(";")]
            spans[match.group(1)] = [(a, b) for a, b in segments]
        elif line.startswith("E"):
            parts: dict[str, list[tuple[int, int]]] = {part: [] for part in PARTS}
            for cell in line.split("\t")[1].split():
                role, _, name = cell.partition(":")
                role = role.rstrip("0123456789").lower()
                if role in parts:
                    parts[role] += spans.get(name, [])
            out.append({part: sorted(segments) for part, segments in parts.items()})
    return out


def polnear(folder: Path) -> list[Window]:
    """Read a PolNeAR split: tags of source, cue and content and the relations between them, by the first annotator."""
    out = []
    for path in sorted((folder / "text").glob("*.txt")):
        files = sorted(p for p in (folder / "attributions").iterdir() if p.name.startswith(path.stem + "_"))
        if not files:
            continue
        text = path.read_bytes().decode("utf-8")
        found = attributions(files[0])
        for words in packed(text):
            if len(words) > 5:
                out.append(_attribution_window(words, found))
    return out


def inside(words: list[tuple[int, int, str]], start: int, end: int) -> list[int]:
    """Give the indices of the words that lie in a span of characters."""
    return [i for i, (a, b, _) in enumerate(words) if a < end and b > start]


def _attribution_window(words: list[tuple[int, int, str]], found: list[dict[str, list[tuple[int, int]]]]) -> Window:
    window: Window = {"words": [w for _, _, w in words], "relations": []}
    window |= {part: [0] * len(words) for part in PARTS}
    low, high = words[0][0], words[-1][1]
    for attribution in found:
        runs: dict[str, list[list[int]]] = {}
        for part in PARTS:
            near = [s for s in attribution[part] if s[0] < high and s[1] > low]
            runs[part] = [run for run in (inside(words, *segment) for segment in near) if run]
            for run in runs[part]:
                if not any(window[part][i] for i in run):
                    window[part][run[0]] = BIO.index("B")
                    for i in run[1:]:
                        window[part][i] = BIO.index("I")
        if not runs["cue"]:
            continue
        cue = runs["cue"][0]
        sources = [runs["source"][0][0] + 1] if runs["source"] else [0]
        window["relations"] += [("cue_end", cue[0] + 1, [cue[-1] + 1]), ("source", cue[0] + 1, sources)]
        if runs["source"]:
            first = runs["source"][0]
            window["relations"].append(("source_end", first[0] + 1, [first[-1] + 1]))
        if runs["content"]:
            window["relations"].append(("content", cue[0] + 1, [run[0] + 1 for run in runs["content"]]))
    return window
