"""doccano (JSON Lines, sequence labelling with relations): an article a line.

A content is labelled with its event class, a cue with its stance; relations lead from the content to source, cue and
places. A stance other than *assert* that no cue shows is a second label of the content. doccano counts in UTF-16 units
(https://github.com/doccano/doccano/issues/2290). What it has no place for goes along as ``claims`` and comes back with
doccano's own export.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, BinaryIO

import msgspec

from claimkit.export.material import Material
from claimkit.export.utf16 import Units, line_ends
from claimkit.records import Claim, Document, PlaceMention, Span, Stance


def write(material: Material, *, stream: BinaryIO) -> None:
    """Write the articles.

    Raises:
        UsageError: the text of an article is not at hand.
    """
    numbers = _Numbers()
    for document, claims in material.articles():
        stream.write(msgspec.json.encode(_article(document, claims=claims, numbers=numbers)) + b"\n")


class _Numbers:
    """Counts entities and relations from 1 through all articles."""

    def __init__(self) -> None:
        self.entities = 0
        self.relations = 0


class _Marks:
    """The entities and relations of one article; equal spans of one label are one entity."""

    def __init__(self, text: str, *, numbers: _Numbers) -> None:
        self._units = Units(text)
        self._numbers = numbers
        self._known: dict[tuple[int, int, str], int] = {}
        self.entities: list[dict[str, Any]] = []
        self.relations: list[dict[str, Any]] = []

    def entity(self, span: Span | PlaceMention, *, label: str, shared: bool = True) -> int:
        """Give the number of a span's entity."""
        key = (span.start, span.end, label)
        if shared and key in self._known:
            return self._known[key]
        self._numbers.entities += 1
        number = self._known[key] = self._numbers.entities
        start, end = self._units.at(span.start), self._units.at(span.end)
        self.entities.append({"id": number, "label": label, "start_offset": start, "end_offset": end})
        return number

    def relate(self, content: int, *, other: int, kind: str) -> None:
        """Add a relation from a content."""
        self._numbers.relations += 1
        self.relations.append({"id": self._numbers.relations, "from_id": content, "to_id": other, "type": kind})


def _article(document: Document, *, claims: Sequence[Claim], numbers: _Numbers) -> dict[str, Any]:
    marks = _Marks(document.text, numbers=numbers)
    return {
        "text": line_ends(document.text),
        "claims": [_claim(claim, marks=marks) for claim in claims],
        "entities": marks.entities,
        "relations": marks.relations,
        "document": document.path,
        "published": document.published,
        "outlet": document.outlet,
    }


def _claim(claim: Claim, *, marks: _Marks) -> dict[str, Any]:
    """Mark a claim, and give what doccano has no place for."""
    content = marks.entity(claim.content, label=claim.event.type.value, shared=False)
    if claim.cue is not None:
        marks.relate(content, other=marks.entity(claim.cue, label=claim.stance.value), kind="cue")
    elif claim.stance is not Stance.ASSERT:
        marks.entity(claim.content, label=claim.stance.value)
    if claim.source is not None:
        marks.relate(content, other=marks.entity(claim.source, label="source"), kind="source")
    for place in claim.places:
        marks.relate(content, other=marks.entity(place, label="place"), kind="place")
    return {
        "entity": content,
        "id": claim.id,
        "claimant": claim.claimant.id,
        "modality": claim.event.modality.value,
        "actor": claim.event.actor,
        "date": claim.event.date,
        "places": [place.id for place in claim.places],
    }
