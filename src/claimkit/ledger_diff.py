"""What changed between two ledgers: new propositions, other status, new contradictions, what is gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum

from claimkit.ledger_records import Ledger, Proposition, PropositionEvent, PropositionPlace, Status
from claimkit.records import Record


class ChangeKind(StrEnum):
    """What sort of change it is."""

    NEW = "new"
    STATUS = "status"
    CONTRADICTED = "contradicted"
    GONE = "gone"


class Change(Record, frozen=True, kw_only=True):
    """One change of one proposition; ``because`` are claims, for a contradiction the reasons."""

    kind: ChangeKind
    id: str
    event: PropositionEvent
    places: tuple[PropositionPlace, ...]
    before: Status | None
    after: Status | None
    because: tuple[str, ...]


def changes(old: Ledger, new: Ledger) -> tuple[Change, ...]:
    """Give the changes in the order of the new ledger, then what is gone.

    A proposition whose id is not in the other ledger (an older article came in, and it has another first claim now) is
    the one there with which it shares most claims.
    """
    before = {proposition.id: proposition for proposition in old.propositions}
    after = {proposition.id for proposition in new.propositions}
    owners: dict[str, list[str]] = {}
    for proposition in old.propositions:
        if proposition.id not in after:
            for claim in _claims(proposition):
                owners.setdefault(claim, []).append(proposition.id)
    made: list[Change] = []
    met: set[str] = set()
    for proposition in new.propositions:
        known = before.get(proposition.id) or before.get(_renamed(proposition, owners=owners, taken=met))
        if known is not None:
            met.add(known.id)
        made.extend(_changes(known, proposition))
    made.extend(
        _change(ChangeKind.GONE, known, before=known.status, after=None, because=())
        for known in old.propositions
        if known.id not in met
    )
    return tuple(made)


def _renamed(proposition: Proposition, *, owners: dict[str, list[str]], taken: set[str]) -> str:
    shared = Counter(name for claim in _claims(proposition) for name in owners.get(claim, ()) if name not in taken)
    return min(shared, key=lambda name: (-shared[name], name), default="")


def _changes(known: Proposition | None, now: Proposition) -> Iterator[Change]:
    last = now.history[-1].because
    if known is None:
        yield _change(ChangeKind.NEW, now, before=None, after=now.status, because=last)
    elif known.status is not now.status:
        yield _change(ChangeKind.STATUS, now, before=known.status, after=now.status, because=last)
    told = Counter(one.because for one in known.contradicts) if known else Counter[str]()
    fresh = Counter(one.because for one in now.contradicts) - told
    if fresh:
        before = known.status if known else None
        yield _change(ChangeKind.CONTRADICTED, now, before=before, after=now.status, because=sorted(fresh))


def _change(
    kind: ChangeKind, one: Proposition, *, before: Status | None, after: Status | None, because: Iterable[str]
) -> Change:
    return Change(
        kind=kind, id=one.id, event=one.event, places=one.places, before=before, after=after, because=tuple(because)
    )


def _claims(proposition: Proposition) -> Iterator[str]:
    for position in proposition.positions:
        yield from position.claims
