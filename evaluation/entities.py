"""Score entities: ``python -m evaluation.entities FILE.iob2 [--pipeline NAME]`` prints one JSON line.

Gold tokens; an entity counts where its words and its type (PER, ORG, LOC) are both right.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from claimkit import nlp
from evaluation.treebanks import GoldDocument, as_doc, documents

TYPES = {"PERSON": "PER", "ORG": "ORG", "NORP": "", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}
"""The types of spaCy's own pipelines and ours → UNER's; others do not count."""

Entity = tuple[int, int, str]


def gold_entities(gold: GoldDocument) -> set[Entity]:
    """Give the entities of a document as ``(start, end, type)``."""
    out: set[Entity] = set()
    start, kind = None, ""
    for i, label in enumerate([*(row[2] for row in gold.rows), "O"]):
        if start is not None and not (label.startswith("I-") and label[2:] == kind):
            out.add((start, i, kind))
            start = None
        if label.startswith("B-"):
            start, kind = i, label[2:]
    return {entity for entity in out if entity[2] in TYPES.values()}


def score(path: Path, *, pipeline: str | None = None) -> dict[str, float]:
    """Score a file; the keys are those of ``output.md``."""
    model = nlp.load(pipeline=pipeline)
    golds = list(documents(path))
    both = in_gold = found = 0
    for gold, doc in zip(golds, model.pipe(as_doc(gold, model.vocab) for gold in golds), strict=True):
        wanted = gold_entities(gold)
        said = {(ent.start, ent.end, TYPES.get(ent.label_, "")) for ent in doc.ents if TYPES.get(ent.label_)}
        both, in_gold, found = both + len(wanted & said), in_gold + len(wanted), found + len(said)
    return {
        "precision": round(both / max(1, found), 4),
        "recall": round(both / max(1, in_gold), 4),
        "f1": round(2 * both / max(1, found + in_gold), 4),
    }


def main() -> None:
    """Read the command line and print the score."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--pipeline", help="any spaCy pipeline instead of the packaged one")
    options = parser.parse_args()
    sys.stdout.write(json.dumps(score(options.file, pipeline=options.pipeline)) + "\n")


if __name__ == "__main__":
    main()
