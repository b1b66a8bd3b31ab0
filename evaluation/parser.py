"""Score the parser: ``python -m evaluation.parser FILE.conllu [--pipeline NAME]`` prints one JSON line.

Gold tokens and paragraphs; heads and labels count where both the word's head and its full label are right, words whose
gold label is ``punct`` not counted. ``las`` is on predicted sentences, ``las_gold_sentences`` on given ones.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

from spacy.tokens import Doc

from claimkit import nlp
from claimkit.nlp.windows import SENTENCES
from evaluation.treebanks import GoldDocument, as_doc, documents

PUNCTUATION = "punct"


def gold_heads(gold: GoldDocument) -> list[int]:
    """Give the document position of each word's head; -1 for the root of a sentence."""
    out: list[int] = []
    starts = [*gold.starts, len(gold.rows)]
    for start, end in zip(starts, starts[1:], strict=False):
        out += [start + int(row[6]) - 1 if row[6] != "0" else -1 for row in gold.rows[start:end]]
    return out


def count(gold: GoldDocument, doc: Doc, tally: Counter[str], *, suffix: str) -> None:
    """Count what is right in one document."""
    for row, head, token in zip(gold.rows, gold_heads(gold), doc, strict=True):
        tally["tokens" + suffix] += 1
        tally["tag" + suffix] += token.tag_ == row[4]
        if row[7] == PUNCTUATION:
            continue
        found = -1 if token.head.i == token.i else token.head.i
        label = token.dep_ if token.dep_ != "ROOT" else "root"
        tally["scored" + suffix] += 1
        tally["uas" + suffix] += found == head
        tally["las" + suffix] += found == head and label == row[7]
    starts, found_starts = set(gold.starts), {sentence.start for sentence in doc.sents}
    ends = dict(zip(gold.starts, [*gold.starts[1:], len(gold.rows)], strict=True))
    found_ends = {sentence.start: sentence.end for sentence in doc.sents}
    tally["sentences" + suffix] += len(starts) + len(found_starts)
    tally["sentence" + suffix] += 2 * sum(found_ends.get(start) == end for start, end in ends.items())


def score(path: Path, *, pipeline: str | None = None) -> dict[str, float | int]:
    """Score a file; the keys are those of ``output.md``."""
    model = nlp.load(pipeline=pipeline)
    tally: Counter[str] = Counter()
    golds = list(documents(path))
    for gold, doc in zip(golds, model.pipe(as_doc(gold, model.vocab) for gold in golds), strict=True):
        count(gold, doc, tally, suffix="")
    for gold in golds:
        doc = as_doc(gold, model.vocab)
        doc.user_data[SENTENCES] = frozenset(gold.starts)
        count(gold, model(doc), tally, suffix=" given")

    def share(name: str, total: str) -> float:
        return round(tally[name] / max(1, tally[total]), 4)

    return {
        "tokens": tally["tokens"],
        "uas": share("uas", "scored"),
        "las": share("las", "scored"),
        "uas_gold_sentences": share("uas given", "scored given"),
        "las_gold_sentences": share("las given", "scored given"),
        "tag_accuracy": share("tag", "tokens"),
        "sentence_f1": share("sentence", "sentences"),
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
