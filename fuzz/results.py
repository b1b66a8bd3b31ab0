"""Bytes of results that were written before: JSON, or JSON Lines."""

from __future__ import annotations

import msgspec

from claimkit.commands.database import decode_claims
from claimkit.errors import InputError
from claimkit.ledger import build
from claimkit.records import Claim
from tests import sample

LINES = tuple(msgspec.json.encode(claim) for claim in sample.EVERY_CLAIM)
SEEDS = (
    b"\n".join(LINES),
    LINES[0].replace(b'"Pokrovsk"', b'"\\ud800"'),
    LINES[1].replace(b"0.8", b"NaN"),
    b"[" * 2_000,
    b'{"schema":"claimkit/1"}\n\n{}',
)


def one(data: bytes) -> None:
    """Claims come out that can be written again and a ledger made of, or a refusal with the line."""
    try:
        claims = list(decode_claims(data, name="x.jsonl"))
    except InputError as error:
        assert (error.where or "").startswith("x.jsonl:")
        return
    for claim in claims:
        assert msgspec.json.decode(msgspec.json.encode(claim), type=Claim) == claim
    msgspec.json.encode(build(claims))
