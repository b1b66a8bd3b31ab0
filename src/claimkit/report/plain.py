"""What a report is made of, as plain data: records become mappings, what is missing becomes ``None``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

import msgspec

# A record of claimkit, or the mapping that its JSON gives.
Plain: TypeAlias = msgspec.Struct | Mapping[str, Any]

UNNAMED = "?"


def mapping(record: Plain) -> dict[str, Any]:
    """Give a record as its JSON would have it; lone surrogates, which no page can hold, become U+FFFD."""
    value = msgspec.to_builtins(record)
    cleaned: dict[str, Any] = _cleaned(value)
    return cleaned


def mappings(records: Iterable[Plain]) -> list[dict[str, Any]]:
    """Give records as mappings."""
    return [mapping(record) for record in records]


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {key: _cleaned(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(part) for part in value]
    return value


class Report:
    """The ledger, claims and articles of a report, each found by its id.

    Args:
        ledger: the propositions.
        claims: the claims; one that is given twice counts once.
        documents: the articles.
        title: the heading; else made from what the propositions are about.
        left_out: how many older propositions are not given.
    """

    def __init__(
        self,
        ledger: Plain,
        claims: Iterable[Plain],
        documents: Iterable[Plain],
        *,
        title: str | None = None,
        left_out: int = 0,
    ) -> None:
        self.ledger = mapping(ledger)
        self.propositions: list[dict[str, Any]] = ranked(self.ledger.get("propositions") or [])
        self.claims = {claim["id"]: claim for claim in mappings(claims)}
        self.documents = {document["path"]: document for document in mappings(documents)}
        for claim in self.claims.values():
            self.documents.setdefault(
                claim["document"],
                {"path": claim["document"], "outlet": claim.get("outlet"), "published": claim.get("published")},
            )
        self.as_of: str | None = self.ledger.get("as_of")
        self.title = title or "Who claims what, and who denies it"
        self.left_out = left_out

    def dates(self) -> tuple[str, str] | None:
        """Give the first and the last day on which an article with a claim appeared."""
        days = sorted(claim["published"] for claim in self.claims.values() if claim.get("published"))
        return (days[0], days[-1]) if days else None

    def places(self) -> list[str]:
        """Give the names of the places of the propositions, each once, in order."""
        return list(dict.fromkeys(place["name"] for item in self.propositions for place in item["places"]))


# Most in need of a reader first; a status that is not here comes last.
STATUS_ORDER = ("contested", "refuted", "unverified", "claimed", "acknowledged", "confirmed", "superseded")


def status_rank(status: str) -> int:
    """Give the place of a status in the order of a report."""
    return STATUS_ORDER.index(status) if status in STATUS_ORDER else len(STATUS_ORDER)


def ranked(propositions: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Order propositions: contested ones first, within a status by parties, then articles, then the latest."""

    def key(item: dict[str, Any]) -> tuple[Any, ...]:
        positions = item["positions"]
        parties = {position["claimant"]["id"] for position in positions}
        articles = sum(position.get("articles") or 0 for position in positions)
        return (status_rank(item["status"]), -len(parties), -articles, item["id"])

    return sorted(propositions, key=key)
