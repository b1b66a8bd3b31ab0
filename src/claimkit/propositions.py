"""Mentions → propositions: one place, one event, one actor, one stretch of time. Text similarity has no say.

Events that leave a state behind (a capture) are one proposition as long as the times that the claims speak of touch;
events that pass (an attack) only if they lie within days of the first. A claim that names no actor joins the one
proposition of that place, event and time that there is; where there are several, it stands by itself. A denial of a
gain that is put down as the denier's own joins the one such gain of an opponent's.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from claimkit.ledger_mentions import Days, Mention, claim_order, place_key
from claimkit.oppositions import EventLogic, Opposes, agree
from claimkit.records import GAINS, JUDGED, EventType, Modality, PlaceMention, Stance
from claimkit.settings import Settings

ID_LENGTH = 12
ALIKE_SHARE = 0.5
UNTIMED: Days = (0, 0)


@dataclass(kw_only=True, eq=False)
class Cluster:
    """The mentions of one proposition; ``days`` is the time that they have in common or lie in."""

    event: EventType
    bearing: Modality
    place: PlaceMention | None
    actor: str | None
    days: Days | None
    mentions: list[Mention] = field(default_factory=list)

    @property
    def id(self) -> str:
        """What the proposition is called: by its place, its event and the first claim of it."""
        founder = self.mentions[0].claim
        where = place_key(self.place) if self.place else ""
        key = "|".join((where, self.event, self.bearing, founder.document, founder.id))
        return "p-" + hashlib.sha256(key.encode()).hexdigest()[:ID_LENGTH]

    def sort(self) -> None:
        """Put the mentions into the order of their claims."""
        self.mentions.sort(key=lambda mention: claim_order(mention.claim))


def clusters(found: Iterable[Mention], *, logic: EventLogic, settings: Settings, opposes: Opposes) -> list[Cluster]:
    """Group mentions to propositions.

    Args:
        found: the mentions of all claims.
        logic: which events last.
        settings: how long the others do.
        opposes: whether two parties are on opposite sides.

    Returns:
        The propositions in order of place, event, and first claim.
    """
    buckets: dict[tuple[str, EventType, Modality], list[Mention]] = {}
    placeless: list[Mention] = []
    for mention in found:
        if mention.place is None:
            placeless.append(mention)
        else:
            buckets.setdefault((place_key(mention.place), mention.event, mention.bearing), []).append(mention)
    grouped = [
        cluster
        for (_, event, _), bucket in buckets.items()
        for cluster in _Bucket(
            bucket, event=event, logic=logic, opposes=opposes, short=settings.passing_days + 1
        ).clusters()
    ]
    grouped += _placeless(placeless, grouped)
    for cluster in grouped:
        cluster.sort()
    return sorted(grouped, key=_order)


def _order(cluster: Cluster) -> tuple[object, ...]:
    where = (cluster.place.name, place_key(cluster.place)) if cluster.place else ("", "")
    return (*where, cluster.event, cluster.bearing, claim_order(cluster.mentions[0].claim))


class _Bucket:
    """The mentions of one place and event."""

    def __init__(
        self, found: list[Mention], *, event: EventType, logic: EventLogic, opposes: Opposes, short: int
    ) -> None:
        self._found = sorted(found, key=lambda m: (m.days or UNTIMED, claim_order(m.claim)))
        self._lasting = event in logic.lasting
        self._joint = event in logic.joint
        self._opposes = opposes
        self._short = short

    def clusters(self) -> list[Cluster]:
        sure = self._of_actors([mention for mention in self._found if not _judges_own(mention)])
        moved = {id(m) for m in self._found if _judges_own(m) and self._of_opponent(m, sure)}
        known = self._of_actors([mention for mention in self._found if id(mention) not in moved])
        open_ones: list[Mention] = []
        for mention in self._found:
            if id(mention) in moved:
                home = self._of_opponent(mention, known)
                (home.mentions if home else open_ones).append(mention)
            elif mention.actor is None:
                fitting = [] if self._joint else [cluster for cluster in known if self._fits(cluster, mention)]
                if len(fitting) == 1:
                    fitting[0].mentions.append(mention)
                else:
                    open_ones.append(mention)
        return known + self._in_time(open_ones)

    def _of_actors(self, found: list[Mention]) -> list[Cluster]:
        """Group the mentions that name an actor, by it."""
        actors = sorted({mention.actor for mention in found if mention.actor is not None})
        return [c for actor in actors for c in self._in_time([m for m in found if m.actor == actor])]

    def _of_opponent(self, mention: Mention, known: list[Cluster]) -> Cluster | None:
        """Give the one gain of an opponent's that is asserted at that time."""
        fitting = [
            c
            for c in known
            if agree("opposed", mention.actor, c.actor, opposes=self._opposes)
            and _asserted(c)
            and self._fits(c, mention)
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _in_time(self, found: list[Mention]) -> list[Cluster]:
        made: list[Cluster] = []
        untimed = [mention for mention in found if mention.days is None]
        for mention in found:
            if mention.days is None:
                continue
            # A lasting event's last cluster reaches farthest, as the mentions come by their first day.
            home = next((cluster for cluster in reversed(made) if self._fits(cluster, mention)), None)
            if home is None:
                made.append(_founded(mention))
                continue
            home.mentions.append(mention)
            if self._lasting and home.days is not None:
                home.days = (home.days[0], max(home.days[1], mention.days[1]))
        if untimed:
            if len(made) != 1:
                made.append(_founded(untimed[0]))
                untimed = untimed[1:]
            made[-1].mentions.extend(untimed)
        return made

    def _fits(self, cluster: Cluster, mention: Mention) -> bool:
        if cluster.days is None or mention.days is None:
            return cluster.days is mention.days
        return _touch(cluster.days, mention.days) and (
            self._lasting or _alike(cluster.days, mention.days, short=self._short)
        )


def _judges_own(mention: Mention) -> bool:
    """Tell whether a party denies, doubts or does not confirm a gain that is put down as its own.

    Where an opponent has it, the words ("has not confirmed the loss of P") left out whose gain it would be.
    """
    claim = mention.claim
    return mention.event in GAINS and claim.stance in JUDGED and mention.actor == claim.claimant.id


def _asserted(cluster: Cluster) -> bool:
    return any(mention.claim.stance is Stance.ASSERT for mention in cluster.mentions)


def _founded(mention: Mention) -> Cluster:
    return Cluster(
        event=mention.event,
        bearing=mention.bearing,
        place=mention.place,
        actor=mention.actor,
        days=mention.days,
        mentions=[mention],
    )


def _touch(one: Days, other: Days) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _alike(one: Days, other: Days, *, short: int) -> bool:
    """Tell whether two stretches of time are the same for an event that passes: a month is not a day in it."""
    lengths = [days[1] - days[0] + 1 for days in (one, other)]
    if max(lengths) <= short:
        return True
    shared = min(one[1], other[1]) - max(one[0], other[0]) + 1
    return shared >= ALIKE_SHARE * (sum(lengths) - shared)


def _placeless(found: list[Mention], placed: list[Cluster]) -> list[Cluster]:
    """Group claims without a place: by the words they share, or by an event's own date; the rest stand alone."""
    homes: dict[object, list[Cluster]] = {}
    for cluster in placed:
        for mention in cluster.mentions:
            home = homes.setdefault(_dated(mention), [])
            if cluster not in home[-1:]:
                home.append(cluster)
    groups: dict[object, Cluster] = {}
    made: list[Cluster] = []
    for mention in sorted(found, key=lambda m: claim_order(m.claim)):
        home = homes.get(_dated(mention), []) if mention.claim.event.date else []
        known = [groups[key] for key in mention.own_words if key in groups]
        if len(home) == 1 or known:
            cluster = home[0] if len(home) == 1 else known[0]
            cluster.mentions.append(mention)
            cluster.actor = cluster.actor or mention.actor
        else:
            cluster = _founded(mention)
            made.append(cluster)
        for key in mention.own_words:
            groups.setdefault(key, cluster)
    return made


def _dated(mention: Mention) -> tuple[object, ...]:
    return (mention.event, mention.bearing, mention.actor, mention.claim.event.date)
