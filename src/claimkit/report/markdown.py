"""The report as Markdown, for mail and repositories: propositions with their positions, nothing an article can run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from claimkit.export.markdown import STANCE_WORDS, plain_text
from claimkit.report.plain import Plain, Report
from claimkit.report.words import counted, day, headline, left_out_note, listed, party_names, period

MOST_QUOTES = 2


def render_markdown(
    ledger: Plain,
    claims: Iterable[Plain],
    documents: Iterable[Plain],
    *,
    title: str | None = None,
    left_out: int = 0,
) -> str:
    """Give the report as Markdown (CommonMark with tables), every text from an article escaped.

    Args:
        ledger: the propositions, a ``Ledger`` or its JSON as a mapping.
        claims: the claims, records or mappings.
        documents: the articles; their texts are not used.
        title: the heading.
        left_out: how many older propositions are not given; the text says so.
    """
    report = Report(ledger, claims, documents, title=title, left_out=left_out)
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    names = party_names(report.propositions, list(report.claims.values()))
    yield f"# {plain_text(report.title)}"
    yield ""
    span = report.dates()
    facts = [
        counted(len(report.propositions), "proposition"),
        counted(len(report.claims), "claim"),
        counted(len(report.documents), "article"),
    ]
    when = [f"as of {day(report.as_of)}"] if report.as_of else []
    yield ", ".join([*facts, *([period(*span)] if span else []), *when]) + "."
    if report.left_out:
        yield left_out_note(report.left_out)
    for status, items in groupby(report.propositions, key=lambda item: item["status"]):
        rows = list(items)
        yield ""
        yield f"## {plain_text(status.capitalize())} ({len(rows)})"
        for item in rows:
            yield from _proposition(item, report=report, names=names)
    if not report.propositions:
        yield ""
        yield "No propositions."
    yield ""
    yield "A claim says what a source says, not what is true."


def _proposition(item: dict[str, Any], *, report: Report, names: dict[str, str]) -> Iterator[str]:
    yield ""
    yield f"### {plain_text(headline(item, names=names))}"
    window = item.get("window") or {}
    facts = [
        period(window.get("start"), window.get("end")),
        " → ".join(f"{step['status']} {day(step.get('date'))}".strip() for step in item.get("history") or []),
    ]
    yield ""
    yield " · ".join(plain_text(fact) for fact in facts if fact) or "No date."
    yield ""
    yield "| who | stance | when | articles | independent |"
    yield "| --- | --- | --- | ---: | ---: |"
    for position in item["positions"]:
        stance = STANCE_WORDS.get(position["stance"], position["stance"])
        cells = [
            f"**{plain_text(position['claimant']['name'])}**",
            plain_text(stance) + (" (against its interest)" if position.get("against_interest") else ""),
            plain_text(period(position.get("first"), position.get("last"))),
            str(position.get("articles") or ""),
            str(position.get("independent_sources") or ""),
        ]
        yield f"| {' | '.join(cells)} |"
    for position in item["positions"]:
        found = [report.claims[key] for key in position["claims"] if key in report.claims]
        for claim in found[:MOST_QUOTES]:
            yield ""
            yield f"> {plain_text(claim['sentence']['text'])}"
            yield ">"
            source = [claim.get("outlet") or claim["document"], day(claim.get("published"))]
            yield f"> — {plain_text(', '.join(filter(None, source)))}"
    opposed = {other["id"]: other for other in report.propositions}
    links = [link for link in item.get("contradicts") or [] if link["id"] in opposed]
    if links:
        texts = [f"{headline(opposed[link['id']], names=names)} ({link['because']})" for link in links]
        yield ""
        yield f"Contradicts: {plain_text(listed(texts))}."
