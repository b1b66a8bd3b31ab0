"""How often the date of a gold claim is among the time expressions found in its sentence.

usage: python -m evaluation.dates ARTICLES_DIR GOLD_DIR METADATA.tsv [--misses]

Prints one JSON line: the claims that have a date, how many of them one of the sentence's mentions resolves to (with the
sentence alone, and with the article as context), and the share. ``--misses`` lists the others on standard error.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from datetime import date, datetime
from pathlib import Path

from claimkit.dates import DateMention, find, resolve

DAY_FORMS = ("%Y-%m-%d", "%d %B %Y", "%B %d, %Y")


def read_day(text: str) -> date | None:
    """Read a publication date in one of the forms that the metadata files have."""
    for form in DAY_FORMS:
        try:
            return datetime.strptime(text.strip(), form).date()
        except ValueError:
            continue
    return None


def values(mentions: tuple[DateMention, ...]) -> set[str | None]:
    """Give every value that some mentions can take, in either direction."""
    return {
        value
        for each in mentions
        for value in (resolve(each, future=False), resolve(each, future=True), each.point, each.since)
    }


def in_context(article: str, *, sentence: str, mentions: tuple[DateMention, ...]) -> tuple[DateMention, ...]:
    """Pick the mentions of an article that stand in one of its sentences (white space apart)."""
    match = re.search(r"\s+".join(re.escape(word) for word in sentence.split()), article)
    if match is None:
        return ()
    return tuple(each for each in mentions if match.start() <= each.start and each.end <= match.end())


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("metadata", type=Path)
    parser.add_argument("--misses", action="store_true", help="list the claims whose date is not found")
    options = parser.parse_args()
    with options.metadata.open(encoding="utf-8", newline="") as file:
        days = {Path(row["document"]).stem: read_day(row["published"]) for row in csv.DictReader(file, delimiter="\t")}
    claims = alone = context = 0
    for path in sorted(options.gold.glob("*.jsonl")):
        article = (options.articles / f"{path.stem}.txt").read_text(encoding="utf-8")
        published = days.get(path.stem)
        everywhere = find(article, published=published)
        for line in path.read_text(encoding="utf-8").splitlines():
            claim = json.loads(line)
            if not claim["date"]:
                continue
            claims += 1
            here = find(claim["evidence"], published=published)
            beside = in_context(article, sentence=claim["evidence"], mentions=everywhere)
            alone += claim["date"] in values(here)
            context += claim["date"] in values(beside)
            if options.misses and claim["date"] not in values(beside):
                found = "; ".join(f"{each.text} = {each.value or each.kind.value}" for each in beside) or "nothing"
                print(f"{path.stem} {published} {claim['date']} | {found} | {claim['evidence']}", file=sys.stderr)
    print(
        json.dumps(
            {
                "dated_claims": claims,
                "found_in_sentence": alone,
                "found_in_context": context,
                "share_in_sentence": round(alone / max(claims, 1), 4),
                "share_in_context": round(context / max(claims, 1), 4),
            }
        )
    )


if __name__ == "__main__":
    main()
