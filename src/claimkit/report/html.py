"""The HTML report: one file with its own style and script, and a policy that lets nothing else run or load."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from claimkit import __version__
from claimkit.report.payload import embedded, payload
from claimkit.report.plain import Plain, Report, status_rank
from claimkit.report.words import counted, day, headline, left_out_note, party_names, period

ASSETS = Path(__file__).resolve().parent / "assets"
# In the order in which they build on one another.
SCRIPTS = (
    "data.js",
    "dom.js",
    "words.js",
    "marks.js",
    "filter.js",
    "propositions.js",
    "timeline.js",
    "claims.js",
    "articles.js",
    "map-base.js",
    "map.js",
    "main.js",
)
MOST_WITHOUT_SCRIPT = 200


def render_html(
    ledger: Plain,
    claims: Iterable[Plain],
    documents: Iterable[Plain],
    *,
    title: str | None = None,
    left_out: int = 0,
) -> str:
    """Give the report as one HTML page that loads nothing and runs only its own script.

    Args:
        ledger: the propositions, a ``Ledger`` or its JSON as a mapping.
        claims: the claims, records or mappings.
        documents: the articles, with ``text`` where they are to be read in the report.
        title: the heading.
        left_out: how many older propositions are not given; the page says so.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    report = Report(ledger, claims, documents, title=title, left_out=left_out)
    environment = Environment(
        loader=FileSystemLoader(ASSETS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style, script = _asset("report.css"), _script()
    return environment.get_template("report.html.j2").render(
        policy=policy(style=style, script=script),
        style=Markup(style),
        script=Markup(script),
        data=Markup(embedded(payload(report))),
        version=__version__,
        **_lead(report),
    )


def policy(*, style: str, script: str) -> str:
    """Give the Content-Security-Policy that allows one style and one script, by hash, and nothing from anywhere."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src '{_hash(script)}'",
            f"style-src '{_hash(style)}'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


@cache
def _asset(name: str) -> str:
    return (ASSETS / name).read_text(encoding="utf-8")


@cache
def _script() -> str:
    return '"use strict";\n(() => {\n' + "\n".join(_asset(f"js/{name}") for name in SCRIPTS) + "})();\n"


def _lead(report: Report) -> dict[str, Any]:
    """Give what the page says before its script runs: heading, counts, and the list for readers without script."""
    names = party_names(report.propositions, list(report.claims.values()))
    counts = Counter(item["status"] for item in report.propositions)
    span = report.dates()
    rows = [
        {
            "headline": headline(item, names=names),
            "status": item["status"],
            "window": period(*((item.get("window") or {}).get(side) for side in ("start", "end"))),
            "positions": [f"{p['claimant']['name']}: {p['stance']}, {day(p.get('first'))}" for p in item["positions"]],
        }
        for item in report.propositions[:MOST_WITHOUT_SCRIPT]
    ]
    return {
        "title": report.title,
        "as_of": day(report.as_of),
        "statuses": sorted(counts.items(), key=lambda pair: (status_rank(pair[0]), pair[0])),
        "propositions": counted(len(report.propositions), "proposition"),
        "places": counted(len(report.places()), "place"),
        "claims": counted(len(report.claims), "claim"),
        "articles": counted(len(report.documents), "article"),
        "span": period(*span) if span else "",
        "contested": counts["contested"],
        "rows": rows,
        "unlisted": max(0, len(report.propositions) - MOST_WITHOUT_SCRIPT),
        "left_out": left_out_note(report.left_out),
    }
