"""What of a large ledger a report shows: the propositions that were spoken of last, as many as a page can hold."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from claimkit.ledger_records import Ledger, Proposition
from claimkit.records import Claim, Document


class Latest(NamedTuple):
    """A ledger with its claims and articles, and how many older propositions are not in it."""

    ledger: Ledger
    claims: tuple[Claim, ...]
    documents: tuple[Document, ...]
    left_out: int


def latest(ledger: Ledger, claims: Iterable[Claim], documents: Iterable[Document], *, most: int) -> Latest:
    """Leave out what was spoken of longest ago, if there are more claims than a report holds.

    Args:
        ledger: the propositions.
        claims: the claims that they name.
        documents: the articles.
        most: how many claims a report holds. If they are fewer, nothing is left out, articles without claims neither.
    """
    kept: list[Proposition] = []
    ids: set[str] = set()
    for proposition in sorted(ledger.propositions, key=_last_day, reverse=True):
        ids.update(claim for position in proposition.positions for claim in position.claims)
        if len(ids) > most:
            break
        kept.append(proposition)
    else:
        return Latest(ledger, tuple(claims), tuple(documents), 0)
    ids = {claim for proposition in kept for position in proposition.positions for claim in position.claims}
    names = {proposition.id for proposition in kept}
    told = tuple(claim for claim in claims if claim.id in ids)
    paths = {claim.document for claim in told}
    return Latest(
        msgspec.structs.replace(ledger, propositions=tuple(one for one in ledger.propositions if one.id in names)),
        told,
        tuple(document for document in documents if document.path in paths),
        len(ledger.propositions) - len(kept),
    )


def _last_day(proposition: Proposition) -> str:
    return max((position.last or "" for position in proposition.positions), default="")
