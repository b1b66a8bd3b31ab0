"""The ledger → its tables: propositions, positions, their claims and links; and what a ledger was made of."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from claimkit import oppositions, party_lexicon
from claimkit.gazetteer_layers import layers_sha256
from claimkit.ledger_records import Ledger, Proposition
from claimkit.lexicon import data_path, read_bytes, sha256
from claimkit.settings import Settings

OF_THE_LEDGER: Final = ("copy_share", "lasting_days", "passing_days", "reference_characters", "shingle_words")
"""Settings that change which ledger is made of the same claims."""
TABLES = ("links", "proposition_claims", "positions", "propositions")


def ledger_key(settings: Settings) -> str:
    """Give what a ledger depends on beside its claims: the program, its settings, parties, places and event logic.

    Raises:
        DataError: a file of the settings cannot be read.
    """
    from claimkit import __version__

    own = [__version__, {name: getattr(settings, name) for name in OF_THE_LEDGER}]
    shipped = (data_path(name) for name in (oppositions.FILE, *party_lexicon.FILES))
    places = layers_sha256(Path(path) for path in settings.gazetteer)
    parties = (read_bytes(path) for path in (*shipped, *map(Path, settings.actors)))
    return sha256(msgspec.json.encode(own, order="deterministic"), places.encode(), *parties)


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
