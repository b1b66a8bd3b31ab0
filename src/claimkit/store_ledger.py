"""The ledger → its tables: propositions, positions, their claims and links."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import msgspec

from claimkit.ledger_records import Ledger, Proposition

TABLES = ("links", "proposition_claims", "positions", "propositions")


def write_ledger(db: sqlite3.Connection, *, ledger: Ledger) -> None:
    """Put a ledger in the place of the one that is there; the caller holds the transaction."""
    for table in TABLES:
        db.execute(f"DELETE FROM {table}")
    found = ledger.propositions
    db.executemany(
        "INSERT INTO propositions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (_row(proposition, number=number) for number, proposition in enumerate(found)),
    )
    db.executemany(
        "INSERT INTO positions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                proposition.id, one.claimant.id, one.claimant.name, one.stance, one.first, one.last, len(one.claims),
                one.articles, one.independent_sources, one.against_interest, one.low, one.high,
            )
            for proposition in found
            for one in proposition.positions
        ),
    )  # fmt: skip
    db.executemany(
        "INSERT OR IGNORE INTO proposition_claims VALUES (?, ?)",
        ((one.id, claim) for one in found for position in one.positions for claim in position.claims),
    )
    db.executemany("INSERT OR IGNORE INTO links VALUES (?, ?, ?, ?)", (link for one in found for link in _links(one)))


def _row(proposition: Proposition, *, number: int) -> tuple[object, ...]:
    event, window = proposition.event, proposition.window
    place = proposition.places[0] if proposition.places else None
    where = (place.id or place.name.casefold()) if place else None
    return (
        proposition.id, number, event.type, event.actor, event.modality, where, window.start, window.end,
        proposition.status, proposition.history[-1].date, msgspec.json.encode(proposition).decode(),
    )  # fmt: skip


def _links(proposition: Proposition) -> Iterator[tuple[str, str, str, str]]:
    for kind, relations in (("contradicts", proposition.contradicts), ("related", proposition.related)):
        for relation in relations:
            yield kind, proposition.id, relation.id, relation.because
    for reply in proposition.replies:
        for claim in reply.about:
            yield reply.stance, reply.claim, claim, ""
