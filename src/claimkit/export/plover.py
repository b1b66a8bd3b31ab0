"""PLOVER as JSON Lines: an event a line for each claim and place, with the claim that it rests on.

Keys are the columns of POLECAT (Halterman et al. 2023, PLOVER and POLECAT) in lower case with underscores. Where a
class of claimkit stands for one PLOVER event it is ``event_type``, where it can be several they are ``event_types`` and
``event_type`` is null; claims of a class that PLOVER has no event for are left out (``data/events.yaml`` says which).
An event of PLOVER is taken to have happened: what was denied, doubted, planned or demanded is told by ``claim``.
"""

from __future__ import annotations

from collections.abc import Set
from typing import Any, BinaryIO

import msgspec

from claimkit.export.iri import geonames_number
from claimkit.export.material import Material
from claimkit.export.rows import Row, rows
from claimkit.lexicon import data_path, load_yaml
from claimkit.lexicon_events import EventFile
from claimkit.parties import Parties
from claimkit.records import PartyKind
from claimkit.terminal import tell


def write(material: Material, *, stream: BinaryIO) -> None:
    """Write the events."""
    file: EventFile = load_yaml(data_path("events.yaml"), EventFile)
    classes = file.classes
    parties = Parties.default()
    states = {party.id for party in parties if party.kind is PartyKind.STATE}
    for row in rows(material.claims):
        if types := classes[row.event].plover:
            stream.write(msgspec.json.encode(_event(row, types=types, states=states)) + b"\n")
    if left_out := sum(not classes[claim.event.type].plover for claim in material.claims):
        tell(f"{left_out} of {len(material.claims)} claims left out: PLOVER has no event for their class")


def _event(row: Row, *, types: tuple[str, ...], states: Set[str]) -> dict[str, Any]:
    return {
        "event_id": row.claim_id if row.place_number is None else f"{row.claim_id}-{row.place_number}",
        "event_date": row.date,
        "event_type": types[0] if len(types) == 1 else None,
        "event_types": types,
        "actor_name": row.actor,
        "actor_country": row.actor if row.actor in states else None,
        "placename": row.location,
        "raw_placename": row.place_text,
        "province": row.admin1,
        "latitude": row.latitude,
        "longitude": row.longitude,
        "geonames_id": geonames_number(row.place_id),
        "source": row.outlet,
        "publication_date": row.published,
        "claim": {
            "id": row.claim_id,
            "document": row.document,
            "claimant": row.claimant_id,
            "stance": row.stance,
            "modality": row.modality,
            "confidence": row.confidence,
            "text": row.sentence_text,
        },
    }
