"""The data of the page: parties, places and articles once each, claims that point to them, offsets as a browser counts.

JavaScript counts UTF-16 units, claimkit code points: every offset is turned here, so that the page only slices.
"""

from __future__ import annotations

import json
from typing import Any

from claimkit.records import is_several
from claimkit.report.outlines import outlines
from claimkit.report.plain import Report

_ASTRAL = 0xFFFF


class _Table:
    """Numbers for things, in the order in which they come."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []
        self._numbers: dict[Any, int] = {}

    def number(self, key: Any, row: dict[str, Any]) -> int:
        if key not in self._numbers:
            self._numbers[key] = len(self.rows)
            self.rows.append(row)
        return self._numbers[key]


def payload(report: Report) -> dict[str, Any]:
    """Make the data of the page."""
    parties, places = _Table(), _Table()
    numbers = {path: number for number, path in enumerate(report.documents)}
    propositions = [_proposition(item, parties=parties, places=places) for item in report.propositions]
    of_claim: dict[str, list[int]] = {}
    for number, item in enumerate(report.propositions):
        for position in item["positions"]:
            for claim_id in position["claims"]:
                of_claim.setdefault(claim_id, []).append(number)
    units = {path: _Units(document.get("text") or "") for path, document in report.documents.items()}
    claims = []
    for claim in report.claims.values():
        row = _claim(claim, units=units[claim["document"]], parties=parties, places=places)
        row |= {"doc": numbers[claim["document"]], "props": of_claim.get(claim["id"], [])}
        claims.append(row)
    return {
        "title": report.title,
        "asOf": report.as_of,
        "parties": parties.rows,
        "places": places.rows,
        "docs": [_document(document) for document in report.documents.values()],
        "claims": claims,
        "props": propositions,
        "outlines": outlines([(row["lon"], row["lat"]) for row in places.rows if row["lat"] is not None]),
    }


def embedded(data: dict[str, Any]) -> str:
    """Write data as JSON that no HTML parser takes for markup."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _party(party: dict[str, Any]) -> dict[str, Any]:
    several = is_several(party.get("kind") or "", party["name"])
    return {"id": party["id"], "name": party["name"], "kind": party.get("kind")} | (
        {"several": True} if several else {}
    )


def _place_number(place: dict[str, Any], *, places: _Table) -> int:
    row = {key: place.get(key) for key in ("id", "name", "lat", "lon", "admin1", "country")}
    if row["lat"] is None or row["lon"] is None:
        row |= {"lat": None, "lon": None}
    number = places.number(row["id"] or row["name"], row)
    known = places.rows[number]
    known |= {key: value for key, value in row.items() if known[key] is None}
    return number


def _document(document: dict[str, Any]) -> dict[str, Any]:
    return {key: document.get(key) for key in ("path", "title", "outlet", "published", "text")}


def _proposition(item: dict[str, Any], *, parties: _Table, places: _Table) -> dict[str, Any]:
    event, window = item["event"], item.get("window") or {}
    positions = [
        {
            "who": parties.number(position["claimant"]["id"], _party(position["claimant"])),
            "stance": position["stance"],
            "first": position.get("first"),
            "last": position.get("last"),
            "claims": position["claims"],
            "articles": position.get("articles"),
            "sources": position.get("independent_sources"),
            "against": bool(position.get("against_interest")),
            "range": [position["low"], position["high"]] if position.get("low") is not None else None,
        }
        for position in item["positions"]
    ]
    return {
        "id": item["id"],
        "type": event["type"],
        "actor": event.get("actor"),
        "modality": event.get("modality") or "actual",
        "places": [_place_number(place, places=places) for place in item["places"]],
        "start": window.get("start"),
        "end": window.get("end"),
        "status": item["status"],
        "positions": positions,
        "history": [{"date": step.get("date"), "status": step["status"]} for step in item.get("history") or []],
        "contradicts": item.get("contradicts") or [],
        "related": item.get("related") or [],
    }


class _Units:
    """UTF-16 offsets of a text's code points; a text without astral characters needs no table."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._table: list[int] | None = None
        if text and max(text) > chr(_ASTRAL):
            table = [0]
            for sign in text:
                table.append(table[-1] + (2 if ord(sign) > _ASTRAL else 1))
            self._table = table

    def at(self, offset: int) -> int:
        return offset if self._table is None else self._table[min(offset, len(self._table) - 1)]


def _claim(claim: dict[str, Any], *, units: _Units, parties: _Table, places: _Table) -> dict[str, Any]:
    sentence, event = claim["sentence"], claim["event"]
    start, end = sentence["start"], sentence["end"]
    within = _Units(sentence["text"])

    def part(span: dict[str, Any] | None) -> list[int] | None:
        """Give a span's offsets in its sentence."""
        if not span or span["start"] < start or span["end"] > end:
            return None
        return [within.at(span["start"] - start), within.at(span["end"] - start)]

    in_text = units.text[start:end] == sentence["text"] and bool(units.text)
    row = {
        "id": claim["id"],
        "at": [units.at(start), units.at(end)] if in_text else None,
        "text": None if in_text else sentence["text"],
        "content": part(claim.get("content")),
        "cue": part(claim.get("cue")),
        "source": part(claim.get("source")),
        "who": parties.number(claim["claimant"]["id"], _party(claim["claimant"])),
        "stance": claim["stance"],
        "type": event["type"],
        "actor": event.get("actor"),
        "modality": event.get("modality") or "actual",
        "date": event.get("date"),
        "said": claim.get("published"),
        "places": [_place_number(place, places=places) for place in claim.get("places") or []],
        "against": bool(claim.get("against_interest")),
        "sure": claim.get("confidence"),
    }
    return {key: value for key, value in row.items() if value is not None and value is not False and value != []}
