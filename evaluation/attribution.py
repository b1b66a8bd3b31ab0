"""Score attributions: ``python -m evaluation.attribution POLNEAR_SPLIT_DIR`` prints one JSON line.

The folder has ``text/*.txt`` and ``attributions/*.ann`` (brat stand-off; the first annotator of each article counts).
Tokens: the packaged pipeline's, F1 of those in a source, cue or content. Spans: a predicted and a gold one match
where they share at least half of the shorter, one to one. Whole attributions: source (or none), cue and content match.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from spacy.tokens import Doc

from claimkit import nlp
from claimkit.errors import InputError
from claimkit.nlp.component import ATTRIBUTIONS

PARTS = ("source", "cue", "content")
Run = tuple[int, int]
Attribution = dict[str, list[Run]]


def gold_attributions(path: Path) -> list[Attribution]:
    """Read a brat file: for each attribution the character segments of its parts."""
    spans: dict[str, list[Run]] = {}
    out = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if match := re.match(r"(T\d+)\t\S+ ([\d; ]+)\t", line):
            segments = [part.split() for part in match.group(2).split(";")]
            spans[match.group(1)] = [(int(a), int(b)) for a, b in segments]
        elif line.startswith("E"):
            parts: Attribution = {part: [] for part in PARTS}
            for cell in line.split("\t")[1].split():
                role, _, name = cell.partition(":")
                if (part := role.rstrip("0123456789").lower()) in parts:
                    parts[part] += spans.get(name, [])
            out.append(parts)
    return out


def tokens_of(doc: Doc, segments: Sequence[Run]) -> set[int]:
    """Give the words that touch any of the segments of characters."""
    return {t.i for t in doc if not t.is_space for a, b in segments if t.idx < b and t.idx + len(t) > a}


def overlap(one: set[int], other: set[int]) -> bool:
    """Tell whether two sets of words share at least half of the smaller."""
    return bool(one) and bool(other) and 2 * len(one & other) >= min(len(one), len(other))


def matched(gold: list[set[int]], found: list[set[int]]) -> int:
    """Count pairs, one to one, that overlap by half, the most overlapping first."""
    pairs = sorted(
        ((len(g & f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found) if overlap(g, f)), reverse=True
    )
    used_gold, used_found = set(), set()
    for _, i, j in pairs:
        if i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
    return len(used_gold)


def same(gold: dict[str, set[int]], found: dict[str, set[int]]) -> bool:
    """Tell whether all parts of two attributions match; no source matches no source."""
    source = overlap(gold["source"], found["source"]) or not (gold["source"] or found["source"])
    return source and overlap(gold["cue"], found["cue"]) and overlap(gold["content"], found["content"])


def count(doc: Doc, gold: list[Attribution], tally: Counter[str]) -> None:
    """Count what is right in one article."""
    wanted = [{part: tokens_of(doc, a[part]) for part in PARTS} for a in gold]
    for part in PARTS:
        words = set().union(*(a[part] for a in wanted))
        said = {i for span in doc.spans[part] for i in range(span.start, span.end) if not doc[i].is_space}
        tally.update({f"{part} both": len(words & said), f"{part} gold": len(words), f"{part} said": len(said)})
        spans = [tokens_of(doc, [segment]) for a in gold for segment in a[part]]
        runs = [set(range(span.start, span.end)) for span in doc.spans[part]]
        unique = [set(words) for words in dict.fromkeys(frozenset(words) for words in spans if words)]
        tally.update({f"{part} span both": matched(unique, runs), f"{part} span gold": len(unique),
                      f"{part} span said": len(runs)})  # fmt: skip
    found = [
        {"source": set(range(*source)) if source else set(), "cue": set(range(*cue)),
         "content": {i for run in contents for i in range(*run)}}
        for source, cue, contents in doc.user_data[ATTRIBUTIONS]
    ]  # fmt: skip
    found = [a for a in found if a["content"]]
    free = list(range(len(found)))
    for attribution in wanted:
        hit = next((j for j in free if same(attribution, found[j])), None)
        if hit is not None:
            free.remove(hit)
            tally["attribution both"] += 1
    tally.update({"attribution gold": len(wanted), "attribution said": len(found)})


def articles(folder: Path) -> list[tuple[str, Path]]:
    """Give the text and the annotation file of each article of a split.

    Raises:
        InputError: the folder has no ``text`` with annotated articles.
    """
    pairs = []
    for path in sorted((folder / "text").glob("*.txt")):
        files = sorted((folder / "attributions").glob(f"{path.stem}_*.ann"))
        if files:
            pairs.append((path.read_bytes().decode("utf-8"), files[0]))
    if not pairs:
        raise InputError("no annotated articles", where=str(folder), mend="give a folder with text/ and attributions/")
    return pairs


def score(folder: Path) -> dict[str, float]:
    """Score a split; the keys are those of ``output.md``.

    Raises:
        InputError: the folder has no ``text`` with annotated articles.
    """
    pairs = articles(folder)
    model = nlp.load()
    tally: Counter[str] = Counter()
    for doc, (_, file) in zip(model.pipe(text for text, _ in pairs), pairs, strict=True):
        count(doc, gold_attributions(file), tally)

    def f1(name: str) -> float:
        return round(2 * tally[f"{name} both"] / max(1, tally[f"{name} gold"] + tally[f"{name} said"]), 4)

    return (
        {f"{part}_f1": f1(part) for part in PARTS}
        | {f"{part}_span_f1": f1(f"{part} span") for part in PARTS}
        | {"attribution_f1": f1("attribution")}
    )


def main() -> None:
    """Read the command line and print the score."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    sys.stdout.write(json.dumps(score(options.folder)) + "\n")


if __name__ == "__main__":
    main()
