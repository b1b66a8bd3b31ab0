"""A short digest for the terminal: how many of what, and the contested propositions in a line or two each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from claimkit.records import is_several
from claimkit.report.plain import Plain, Report, status_rank
from claimkit.report.words import counted, headline, listed, party_names, period
from claimkit.terminal import one_line

MOST_LINES = 10
SIDES = (
    ("asserts", ("assert", "acknowledge")),
    ("denies or doubts", ("deny", "doubt")),
    ("cannot verify", ("unverified",)),
)


def digest(ledger: Plain, claims: Iterable[Plain], documents: Iterable[Plain], *, most: int = MOST_LINES) -> str:
    """Give the report in a few lines of plain text, safe for a terminal.

    Args:
        ledger: the propositions, a ``Ledger`` or its JSON as a mapping.
        claims: the claims.
        documents: the articles.
        most: how many propositions to name.

    Returns:
        Lines, each ended by a line feed.
    """
    report = Report(ledger, claims, documents)
    names = party_names(report.propositions, list(report.claims.values()))
    counts = Counter(item["status"] for item in report.propositions)
    by_status = [
        f"{count} {status}" for status, count in sorted(counts.items(), key=lambda c: (status_rank(c[0]), c[0]))
    ]
    total = f"{counted(len(report.propositions), 'proposition')} from {counted(len(report.documents), 'article')}"
    lines = [": ".join(filter(None, [total, ", ".join(by_status)]))]
    for item in report.propositions[:most]:
        window = item.get("window") or {}
        when = period(window.get("start"), window.get("end"))
        lines.append(f"{item['status']:<12}  {headline(item, names=names)}{f', {when}' if when else ''}")
        lines.append(f"{'':<12}  {_sides(item)}")
    left = len(report.propositions) - most
    if left > 0:
        lines.append(f"and {left} more")
    return "".join(f"{one_line(line).rstrip()}\n" for line in lines)


def _sides(item: dict[str, Any]) -> str:
    parts = []
    for verb, stances in SIDES:
        found = [position["claimant"] for position in item["positions"] if position["stance"] in stances]
        who = list(dict.fromkeys(claimant["name"] for claimant in found))
        if who:
            several = len(who) > 1 or is_several(found[0]["kind"], found[0]["name"])
            parts.append(f"{listed(who)} {_plural(verb) if several else verb}")
    return "; ".join(parts)


def _plural(verb: str) -> str:
    return {"asserts": "assert", "denies or doubts": "deny or doubt"}.get(verb, verb)
