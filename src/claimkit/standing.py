"""How a proposition stands, day by day, in the words that analysts use (``docs/ledger.md`` has the rules in prose)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from claimkit.ledger_records import Status, StatusChange
from claimkit.oppositions import EventLogic, Opposes
from claimkit.propositions import Cluster
from claimkit.records import REJECTING, Claim, Modality, PartyKind, Stance

AFFIRMING = frozenset({Stance.ASSERT, Stance.ACKNOWLEDGE})
WATCHERS = frozenset({PartyKind.MONITOR, PartyKind.MEDIA, PartyKind.BODY})
NARRATOR = PartyKind.NARRATOR
VOICES_NEEDED = 2
"""How many outlets must say something in their own voice before that confirms it."""
ESTABLISHED = frozenset({Status.ACKNOWLEDGED, Status.CONFIRMED})

Against = tuple[str, Sequence[str]]


class Standing:
    """What the claimants say of one proposition at a day; each one's last day of speaking counts.

    Args:
        cluster: the proposition.
        logic: whose interest an event is against.
        opposes: whether two parties are on opposite sides.
    """

    def __init__(self, cluster: Cluster, *, logic: EventLogic, opposes: Opposes) -> None:
        self._cluster = cluster
        self._logic = logic
        self._opposes = opposes
        self._stances: dict[str, frozenset[Stance]] = {}
        self._kinds: dict[str, PartyKind] = {}
        self._voices: set[str] = set()
        self.opposed = False

    def hear(self, claims: Iterable[Claim]) -> None:
        """Take in the claims of one day."""
        said: dict[str, set[Stance]] = {}
        for claim in claims:
            who = claim.claimant.id
            said.setdefault(who, set()).add(claim.stance)
            self._kinds[who] = claim.claimant.kind
            if claim.claimant.kind is NARRATOR and claim.stance in AFFIRMING:
                self._voices.add((claim.outlet or claim.document).casefold())
        for who, stances in said.items():
            self._stances[who] = frozenset(stances)

    @property
    def affirmed(self) -> bool:
        """Whether anybody puts it forward as true."""
        return any(stances & AFFIRMING for stances in self._stances.values())

    def status(self) -> Status:
        """Give the status word."""
        stances = self._stances
        affirm = {who for who, said in stances.items() if said & AFFIRMING}
        reject = {who for who, said in stances.items() if said & REJECTING}
        watching = {who for who, kind in self._kinds.items() if kind in WATCHERS}
        watching |= {
            who for who, kind in self._kinds.items() if kind is NARRATOR and len(self._voices) >= VOICES_NEEDED
        }
        is_fact = self._cluster.bearing is Modality.ACTUAL
        refuters = {who for who in watching - affirm if Stance.DENY in stances[who]}
        if is_fact and refuters and not (affirm & watching or self._against_interest(affirm)):
            return Status.REFUTED
        if reject or (affirm and self.opposed and not self._against_interest(affirm)):
            return Status.CONTESTED
        if is_fact and self._against_interest(affirm):
            return Status.ACKNOWLEDGED
        if is_fact and affirm & watching:
            return Status.CONFIRMED
        if any(Stance.UNVERIFIED in said for said in stances.values()):
            return Status.UNVERIFIED
        return Status.CLAIMED

    def _against_interest(self, affirm: set[str]) -> bool:
        """Tell whether a side that loses by it says so, or both sides do."""
        actor, event = self._cluster.actor, self._cluster.event
        if actor is None:
            return False
        if event in self._logic.own_loss:
            return actor in affirm
        losers = {who for who in affirm if self._opposes(actor, who)}
        return bool(losers) and (event in self._logic.gain or actor in affirm)


def history(
    cluster: Cluster,
    *,
    claims: Sequence[Claim],
    against: Sequence[Against] = (),
    logic: EventLogic,
    opposes: Opposes,
) -> tuple[StatusChange, ...]:
    """Give the days on which the status changed.

    Args:
        cluster: the proposition.
        claims: its claims in order of their day.
        against: days from which an opposed proposition is affirmed, with the claims that do.
        logic: whose interest an event is against.
        opposes: whether two parties are on opposite sides.
    """
    standing = Standing(cluster, logic=logic, opposes=opposes)
    days: dict[str | None, list[Claim]] = {}
    for claim in claims:
        days.setdefault(claim.published, []).append(claim)
    opposed_from = min((day for day, _ in against), default=None)
    undated = [None] if None in days else []
    dated = {day for day in days if day is not None} | ({opposed_from} if opposed_from is not None else set())
    changes: list[StatusChange] = []
    for day in (*undated, *sorted(dated)):
        heard = days.get(day, [])
        standing.hear(heard)
        because = [claim.id for claim in heard]
        if day is not None and opposed_from is not None and day >= opposed_from and not standing.opposed:
            standing.opposed = True
            because += [claim for since, ids in against if since == opposed_from for claim in ids]
        if not standing.affirmed and not heard:
            continue
        status = standing.status()
        if not changes or changes[-1].status is not status:
            changes.append(StatusChange(date=day, status=status, because=tuple(dict.fromkeys(because))))
    return tuple(changes)
