"""Prodigy (JSON Lines): a task for each claim, its sentence with source, cue, content and places marked.

Offsets are code points into the sentence. Each task brings its own tokens, cut wherever a span begins or ends, so that
``spans.manual`` takes every span as it is. What stands outside the sentence (a place named before) is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

import msgspec

from claimkit.export.material import Material
from claimkit.records import Claim, PlaceMention, Span

_PIECE = re.compile(r"\w+|\s+|[^\w\s]")
Marked = tuple[int, int, str]


def write(material: Material, *, stream: BinaryIO) -> None:
    """Write the tasks."""
    for claim in material.claims:
        stream.write(msgspec.json.encode(task(claim)) + b"\n")


def task(claim: Claim) -> dict[str, Any]:
    """Give a claim as a task."""
    text = claim.sentence.text
    marked = sorted(_marked(claim), key=lambda span: (span[0], -span[1], span[2]))
    tokens = list(_tokens(text, borders={border for start, end, _ in marked for border in (start, end)}))
    starts = {token["start"]: token["id"] for token in tokens}
    ends = {token["end"]: token["id"] for token in tokens}
    spans = [
        {"start": start, "end": end, "token_start": starts[start], "token_end": ends[end], "label": label}
        for start, end, label in marked
    ]
    meta = {
        "claimant": claim.claimant.name,
        "stance": claim.stance.value,
        "event": claim.event.type.value,
        "modality": claim.event.modality.value,
        "actor": claim.event.actor,
        "date": claim.event.date,
        "places": ", ".join(place.name for place in claim.places),
        "claim": claim.id,
        "document": claim.document,
        "sentence_start": claim.sentence.start,
    }
    return {
        "text": text,
        "tokens": tokens,
        "spans": spans,
        "meta": {name: value for name, value in meta.items() if value not in (None, "")},
    }


def _marked(claim: Claim) -> Iterator[Marked]:
    """Give the spans inside the sentence, without white space at their ends, each once."""
    labelled: list[tuple[Span | PlaceMention | None, str]] = [
        (claim.content, "CONTENT"),
        (claim.cue, "CUE"),
        (claim.source, "SOURCE"),
        *((place, "PLACE") for place in claim.places),
    ]
    seen = set()
    for span, label in labelled:
        if span is None or not claim.sentence.start <= span.start < span.end <= claim.sentence.end:
            continue
        start = span.start - claim.sentence.start + len(span.text) - len(span.text.lstrip())
        marked = (start, start + len(span.text.strip()), label)
        if marked[0] < marked[1] and marked not in seen:
            seen.add(marked)
            yield marked


def _tokens(text: str, *, borders: Iterable[int]) -> Iterator[dict[str, Any]]:
    """Cut text into words, signs and white space; one space after a token belongs to it, as in spaCy."""
    cuts = sorted({*borders, *(border for piece in _PIECE.finditer(text) for border in piece.span())} - {0, len(text)})
    start = number = 0
    for end in (*cuts, len(text)):
        if start >= end:
            continue
        has_space = text[end : end + 1] == " "
        yield {"text": text[start:end], "start": start, "end": end, "id": number, "ws": has_space}
        number += 1
        start = end + has_space
