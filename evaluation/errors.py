"""The error book: ``python -m evaluation.errors ARTICLES GOLD METADATA [-o docs/errors.md]``.

Extracts the claims of annotated articles, pairs them with the annotated ones as ``claimkit evaluate`` does, and counts
what is wrong by its cause (``causes.yaml``). No words of the articles are given, since they are not ours.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import yaml

from claimkit import Extractor
from claimkit.gold import Articles, read_scored
from claimkit.reader import read_paths
from claimkit.records import Document, Stance
from claimkit.scoring import Scored, pairs
from claimkit.settings import Settings

MISSED, SPURIOUS, DIFFERS = "missed", "spurious", "differs"
NARRATOR, REPORTS, UNKNOWN = "NARRATOR", "REPORTS", "UNKNOWN"
MOST_PAIRS = 12

CAUSES = Path(__file__).with_name("causes.yaml")

Cause = tuple[str, str]


def missed(claim: Scored, predicted: Sequence[Scored]) -> Cause:
    """Name why an annotated claim has no pair."""
    return MISSED, _near(claim, predicted, none="no event seen", same="words taken")


def spurious(claim: Scored, gold: Sequence[Scored]) -> Cause:
    """Name why a predicted claim has no pair."""
    return SPURIOUS, _near(claim, gold, none="nothing annotated near", same="words taken")


def _near(claim: Scored, others: Sequence[Scored], *, none: str, same: str) -> str:
    shared = [(min(claim.end, o.end) - max(claim.start, o.start), o) for o in others]
    touching = [(words, o) for words, o in shared if words > 0]
    if not touching:
        return none
    fits = any(2 * words >= min(claim.end - claim.start, o.end - o.start) for words, o in touching)
    return same if fits else "other words"


def differing(gold: Scored, predicted: Scored) -> Iterator[Cause]:
    """Name what differs between an annotated claim and its pair."""
    if gold.claimant != predicted.claimant:
        yield DIFFERS, f"claimant: {_claimant(gold.claimant, predicted.claimant)}"
    if gold.places != predicted.places:
        less, more = gold.places - predicted.places, predicted.places - gold.places
        yield DIFFERS, f"places: {'other' if less and more else 'one missing' if less else 'one too many'}"
    for name in ("actor", "date"):
        one, other = getattr(gold, name), getattr(predicted, name)
        if one != other:
            yield DIFFERS, f"{name}: {'other' if one and other else 'none found' if one else 'none annotated'}"
    if gold.stance != predicted.stance:
        plain = Stance.ASSERT.value
        kind = "assert for another" if predicted.stance == plain else "another for assert"
        yield DIFFERS, f"stance: {kind if plain in (gold.stance, predicted.stance) else 'other'}"
    yield from ((DIFFERS, name) for name in ("event", "modality") if getattr(gold, name) != getattr(predicted, name))


def _claimant(gold: str, predicted: str) -> str:
    if NARRATOR in (gold, predicted):
        return "article for source" if predicted == NARRATOR else "source for article"
    if predicted in (REPORTS, UNKNOWN):
        return "unnamed for party"
    return "party for unnamed" if gold == REPORTS else "other party"


def book(counts: Counter[Cause], confused: Counter[tuple[str, str]], *, gold: int, predicted: int, found: int) -> str:
    """Write the page."""
    causes = yaml.safe_load(CAUSES.read_text(encoding="utf-8"))
    about = (
        "What fails on the annotated articles, by cause, most frequent first; the claims were annotated by a large "
        "language model, not by people. Written by "
        "`python -m evaluation.errors ARTICLES GOLD METADATA -o docs/errors.md`."
    )
    lines = [
        "# Error book", "", about, "",
        f"{gold} annotated claims, {predicted} found by claimkit, {found} of them the same.",
    ]  # fmt: skip
    for kind, title in ((MISSED, "Missed"), (SPURIOUS, "Found, not annotated"), (DIFFERS, "Found, but different")):
        lines += ["", f"## {title}", "", "| cause | claims | what it is | what helps |", "| --- | ---: | --- | --- |"]
        rows = sorted(((n, name) for (k, name), n in counts.items() if k == kind), key=lambda row: (-row[0], row[1]))
        lines += [f"| {name} | {n} | {causes[kind][name]['is']} | {causes[kind][name]['helps']} |" for n, name in rows]
    lines += ["", "## Event classes taken for others", "", "| annotated | found as | claims |", "| --- | --- | ---: |"]
    most = sorted(confused.items(), key=lambda item: (-item[1], item[0]))[:MOST_PAIRS]
    return "\n".join([*lines, *(f"| {one} | {other} | {n} |" for (one, other), n in most)]) + "\n"


def main() -> None:
    """Read the command line and write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("articles", "gold", "metadata"):
        parser.add_argument(name, type=Path)
    parser.add_argument("-o", "--output", type=Path)
    options = parser.parse_args()
    settings = Settings(metadata=str(options.metadata))
    annotated = read_scored(options.gold, articles=Articles(options.articles, settings=settings))
    counts: Counter[Cause] = Counter()
    confused: Counter[tuple[str, str]] = Counter()
    predicted = found = 0
    documents = (doc for doc in read_paths([options.articles], settings=settings) if isinstance(doc, Document))
    for extraction in Extractor().extract_many(doc for doc in documents if Path(doc.path).stem in annotated):
        ours = annotated[Path(extraction.document.path).stem]
        theirs = [Scored.of(claim) for claim in extraction.claims]
        chosen = pairs(ours, predicted=theirs)
        predicted, found = predicted + len(theirs), found + len(chosen)
        counts.update(missed(c, theirs) for i, c in enumerate(ours) if i not in {i for i, _ in chosen})
        counts.update(spurious(c, ours) for j, c in enumerate(theirs) if j not in {j for _, j in chosen})
        for i, j in chosen:
            counts.update(differing(ours[i], theirs[j]))
            if ours[i].event != theirs[j].event:
                confused[ours[i].event, theirs[j].event] += 1
    text = book(counts, confused, gold=sum(map(len, annotated.values())), predicted=predicted, found=found)
    if options.output:
        options.output.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    main()
