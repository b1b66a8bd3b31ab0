"""The report: one HTML page that needs no network, the same as Markdown, and a digest for the terminal.

All three read plain data: the ledger as ``claimkit ledger --format json`` gives it, the claims, and the articles.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from claimkit.export.files import opened
from claimkit.report.digest import digest
from claimkit.report.html import render_html
from claimkit.report.latest import latest
from claimkit.report.markdown import render_markdown
from claimkit.report.plain import Plain

__all__ = ["digest", "latest", "render_html", "render_markdown", "write"]


def write(
    ledger: Plain,
    claims: Iterable[Plain],
    documents: Iterable[Plain],
    path: Path | None,
    *,
    fmt: Literal["html", "md"] = "html",
    title: str | None = None,
    left_out: int = 0,
) -> None:
    """Write a report; an existing file is replaced only when the new one is complete.

    Args:
        ledger: the propositions, a ``Ledger`` or its JSON as a mapping.
        claims: the claims that the propositions name, records or mappings.
        documents: the articles, with ``text`` where they are to be read in the report.
        path: the file; standard output where ``None``.
        fmt: ``html`` or ``md``.
        title: the heading; else made from the places.
        left_out: how many older propositions are not given; the report says so.

    Raises:
        UsageError: the path is a folder, or its folder is missing.
        OSError: the disk is full, or writing fails otherwise.
    """
    render = render_markdown if fmt == "md" else render_html
    with opened(path) as stream:
        stream.write(render(ledger, claims, documents, title=title, left_out=left_out).encode("utf-8"))
