"""Annotated claims → the records that the program works with, so that later stages are measured apart from finding.

Offsets are those of the evidence and content in the article; places are looked up in the gazetteer by their canonical
name, parties in the party table by their code.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from claimkit.gazetteer import Gazetteer
from claimkit.gold import Squeezed
from claimkit.parties import Parties
from claimkit.records import Claim, Event, EventType, Modality, Party, PartyKind, PlaceMention, Span, Stance


class GoldClaim(NamedTuple):
    """An annotated claim: the article's stem, its line in the gold file (from 1), and its record."""

    document: str
    line: int
    claim: Claim


def read_gold(gold: Path, *, articles: Path) -> Iterator[GoldClaim]:
    """Read all annotated claims of a folder, in order of article and line.

    Args:
        gold: folder of ``NAME.jsonl`` files (``claims.md``).
        articles: folder of ``NAME.txt`` files and ``metadata.tsv``.

    Raises:
        ValueError: an evidence or content does not stand in its article.
    """
    with (articles / "metadata.tsv").open(encoding="utf-8", newline="") as file:
        metadata = {row["document"]: row for row in csv.DictReader(file, delimiter="\t")}
    for path in sorted(gold.glob("*.jsonl")):
        text = (articles / f"{path.stem}.txt").read_text(encoding="utf-8")
        about = metadata.get(path.stem, {})
        for line, row in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            yield GoldClaim(path.stem, line, _claim(json.loads(row), text=text, stem=path.stem, line=line, about=about))


def _claim(row: dict[str, Any], *, text: str, stem: str, line: int, about: dict[str, str]) -> Claim:
    article = Squeezed(text)
    start, end = article.find(row["evidence"], occurrence=row.get("occurrence", 1))
    content = article.inside(start, end).find(row["content"])
    return Claim(
        id=f"c-{stem}-{line}",
        document=f"{stem}.txt",
        published=about.get("published") or None,
        outlet=about.get("outlet") or None,
        sentence=Span.cut(text, start, end),
        content=Span.cut(text, *content),
        cue=None,
        source=None,
        claimant=_party(row["claimant"]),
        stance=Stance(row["stance"]),
        event=Event(
            type=EventType(row["event"]),
            actor=row["actor"] or None,
            modality=Modality(row["modality"]),
            date=row["date"] or None,
        ),
        places=tuple(_place(name) for name in row["places"]),
        confidence=1.0,
    )


def _party(code: str) -> Party:
    parties = Parties.default()
    if code in parties:
        return parties[code]
    return Party(id=code, name=code, kind=PartyKind.NARRATOR if code == "NARRATOR" else PartyKind.UNKNOWN)


def _place(name: str) -> PlaceMention:
    found = Gazetteer.default().lookup(name).place
    if found is None:
        return PlaceMention(id=None, name=name, text=name, start=0, end=0)
    return PlaceMention(
        id=found.id,
        name=found.name,
        text=name,
        start=0,
        end=0,
        kind=found.kind,
        country=found.country,
        admin1=found.admin1,
        lat=found.lat,
        lon=found.lon,
    )
