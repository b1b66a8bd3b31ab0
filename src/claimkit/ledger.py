"""Claims over many articles → propositions: who holds what since when, how it stands, what contradicts it.

The state as of a day is made of the claims published up to that day; what belongs to one proposition is decided over
all claims, so that a proposition keeps its id however far one looks back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date

from claimkit.copies import Sources
from claimkit.ledger_mentions import Days, days_of, mentions, place_key, span_of
from claimkit.ledger_records import (
    Ledger,
    Proposition,
    PropositionEvent,
    PropositionPlace,
    Relation,
    Status,
    StatusChange,
    Window,
)
from claimkit.oppositions import EventLogic, Opposes, event_logic
from claimkit.positions import positions, replies
from claimkit.propositions import Cluster, clusters
from claimkit.records import Claim, EventType, Modality
from claimkit.settings import Settings
from claimkit.standing import AFFIRMING, ESTABLISHED, Against, history

PartOf = Callable[[str], str | None]


def group(
    claims: Iterable[Claim], *, settings: Settings | None = None, opposes: Opposes | None = None
) -> list[Cluster]:
    """Give the propositions that claims are about, without saying how they stand; arguments as for `build`."""
    logic, settings, opposes = event_logic(), settings or Settings(), opposes or _shipped()
    found = mentions(claims, logic=logic, settings=settings)
    return clusters(found, logic=logic, settings=settings, opposes=opposes)


def build(
    claims: Iterable[Claim],
    *,
    as_of: str | None = None,
    settings: Settings | None = None,
    opposes: Opposes | None = None,
    part_of: PartOf | None = None,
) -> Ledger:
    """Make the ledger of some articles' claims.

    Args:
        claims: the claims, in any order.
        as_of: a day (ISO 8601); what was published later, or has no date, does not count. ``None``: everything counts.
        settings: how far apart claims of one proposition may lie.
        opposes: tells whether two parties are on opposite sides; the shipped party table where ``None``.
        part_of: gives the id of the place that a place is a part of; no such relations where ``None``.

    Returns:
        The propositions in order of place, event and first claim.
    """
    settings, opposes = settings or Settings(), opposes or _shipped()
    known = list(claims)
    found = group(known, settings=settings, opposes=opposes)
    sources = Sources(known, settings=settings)
    state = _State(
        found, as_of=as_of, logic=event_logic(), opposes=opposes, part_of=part_of, lasting_days=settings.lasting_days
    )
    last = max((claim.published for claim in known if claim.published), default=None)
    return Ledger(as_of=as_of or last, propositions=tuple(state.propositions(sources)))


def _shipped() -> Opposes:
    from claimkit.parties import Parties

    return Parties.default().opposes


class _State:
    """The propositions as they stand at a day."""

    def __init__(
        self,
        found: Iterable[Cluster],
        *,
        as_of: str | None,
        logic: EventLogic,
        opposes: Opposes,
        part_of: PartOf | None,
        lasting_days: int,
    ) -> None:
        self._lasting_days = lasting_days
        self._logic = logic
        self._opposes = opposes
        self._claims: dict[str, list[Claim]] = {}
        self._ids: dict[Cluster, str] = {}
        self._contradicts: dict[Cluster, list[tuple[Cluster, str]]] = defaultdict(list)
        self._histories: dict[Cluster, tuple[StatusChange, ...]] = {}
        for cluster in found:
            heard = [m.claim for m in cluster.mentions if as_of is None or (m.claim.published or "~") <= as_of]
            if heard:
                self._ids[cluster] = cluster.id
                self._claims[self._ids[cluster]] = heard
        self._at: dict[str, list[Cluster]] = defaultdict(list)
        for cluster in self._ids:
            if cluster.place is not None:
                self._at[place_key(cluster.place)].append(cluster)
        self._part_of = part_of
        self._contradict()
        for cluster in self._ids:
            self._histories[cluster] = self._history(cluster)
        self._supersede()

    def propositions(self, sources: Sources) -> Iterable[Proposition]:
        related = self._related()
        for cluster, name in self._ids.items():
            claims, changes = self._claims[name], self._histories[cluster]
            yield Proposition(
                id=name,
                event=PropositionEvent(type=cluster.event, actor=cluster.actor, modality=cluster.bearing),
                places=_places(cluster),
                window=_window(self._span(cluster)),
                status=changes[-1].status,
                positions=positions(claims, sources=sources),
                history=changes,
                contradicts=tuple(
                    Relation(id=self._ids[other], because=reason) for other, reason in self._contradicts[cluster]
                ),
                related=tuple(related.get(cluster, ())),
                replies=replies(claims),
            )

    def _affirming(self, cluster: Cluster) -> list[Claim]:
        return [claim for claim in self._claims[self._ids[cluster]] if claim.stance in AFFIRMING]

    def _contradict(self) -> None:
        """Find what cannot both be true, of what somebody puts forward as fact at one place and time."""
        events = {event for entry in self._logic.oppositions for event in (entry.one, entry.other)}
        for there in self._at.values():
            facts = [c for c in there if c.event in events and c.bearing is Modality.ACTUAL and self._affirming(c)]
            timed = sorted(((days, self._ids[c], c) for c in facts if (days := self._span(c))), key=lambda one: one[:2])
            for number, (days, _, one) in enumerate(timed):
                for later, _, other in timed[number + 1 :]:
                    if later[0] > days[1] + self._lasting_days:
                        break
                    if later[0] > days[1] and not self._goes_on(one, other):
                        continue
                    reason = self._logic.opposition(_what(one), _what(other), opposes=self._opposes)
                    if reason:
                        self._contradicts[one].append((other, reason))
                        self._contradicts[other].append((one, reason))
        for pairs in self._contradicts.values():
            pairs.sort(key=lambda pair: (pair[1], self._ids[pair[0]]))

    def _goes_on(self, earlier: Cluster, later: Cluster) -> bool:
        """Tell whether the state that the earlier one left behind can be what the later one contradicts."""
        return earlier.event in self._logic.changing and later.event not in self._logic.changing

    def _span(self, cluster: Cluster) -> Days | None:
        """Give the days that its claims speak of, as ordinals: their own dates, else those of their articles."""
        claims = self._claims[self._ids[cluster]]
        days = [days_of(c, logic=self._logic) if c.event.date else span_of(c.published or "") for c in claims]
        known = [day for day in days if day is not None]
        return (min(day[0] for day in known), max(day[1] for day in known)) if known else None

    def _meet(self, one: Cluster, other: Cluster) -> bool:
        first, second = self._span(one), self._span(other)
        return bool(first and second and first[0] <= second[1] and second[0] <= first[1])

    def _history(self, cluster: Cluster) -> tuple[StatusChange, ...]:
        against: list[Against] = []
        for other, _ in self._contradicts.get(cluster, ()):
            affirming = [claim for claim in self._affirming(other) if claim.published]
            if affirming:
                day = min(claim.published for claim in affirming if claim.published)
                against.append((day, [claim.id for claim in affirming if claim.published == day]))
        return history(
            cluster,
            claims=self._claims[self._ids[cluster]],
            against=against,
            logic=self._logic,
            opposes=self._opposes,
        )

    def _supersede(self) -> None:
        """End what a later, established event has made a thing of the past and nobody has put forward since."""
        ending = {entry.by for entry in self._logic.endings}
        ended: list[tuple[Cluster, StatusChange]] = []
        for there in self._at.values():
            enders = [
                (cluster, change)
                for cluster in there
                if cluster.event in ending and self._histories[cluster][-1].status in ESTABLISHED
                for change in self._histories[cluster][-1:]
            ]
            for cluster in there if enders else ():
                later = [
                    change
                    for ender, change in enders
                    if _is_after(ender, cluster)
                    and self._logic.ends(_what(cluster), _what(ender), opposes=self._opposes)
                ]
                last = max((claim.published or "" for claim in self._affirming(cluster)), default="")
                change = min((change for change in later if change.date), key=lambda c: str(c.date), default=None)
                if change is not None and change.date is not None and last < change.date:
                    ended.append((cluster, change))
        for cluster, change in ended:
            before = tuple(old for old in self._histories[cluster] if (old.date or "") <= (change.date or ""))
            end = StatusChange(date=change.date, status=Status.SUPERSEDED, because=change.because)
            self._histories[cluster] = (*before, end)

    def _related(self) -> dict[Cluster, list[Relation]]:
        """Tie propositions of one event, actor and time to those of the place that theirs is a part of."""
        made: dict[Cluster, list[Relation]] = defaultdict(list)
        around: dict[tuple[str, EventType, str | None], list[Cluster]] = defaultdict(list)
        for cluster in self._ids:
            if cluster.place is not None:
                for name in {place_key(cluster.place), cluster.place.name}:
                    around[name, cluster.event, cluster.actor].append(cluster)
        for cluster in self._ids:
            for region in self._regions(cluster):
                for other in around.get((region, cluster.event, cluster.actor), ()):
                    if other is not cluster and other.bearing is cluster.bearing and self._meet(cluster, other):
                        inner, outer = str(cluster.place and cluster.place.name), str(other.place and other.place.name)
                        made[cluster].append(Relation(id=self._ids[other], because=f"{inner} is in {outer}"))
                        made[other].append(Relation(id=self._ids[cluster], because=f"{inner} is in {outer}"))
        return {cluster: sorted(set(found), key=lambda one: (one.because, one.id)) for cluster, found in made.items()}

    def _regions(self, cluster: Cluster) -> list[str]:
        place = cluster.place
        if place is None:
            return []
        above = self._part_of(place.id) if self._part_of and place.id else None
        return sorted({name for name in (place.admin1, above) if name and name not in (place.name, place.id)})


def _what(cluster: Cluster) -> tuple[EventType, str | None]:
    return cluster.event, cluster.actor


def _is_after(later: Cluster, earlier: Cluster) -> bool:
    if later.days is None or earlier.days is None:
        return False
    return later.days != earlier.days and all(a >= b for a, b in zip(later.days, earlier.days, strict=True))


def _places(cluster: Cluster) -> tuple[PropositionPlace, ...]:
    place = cluster.place
    if place is None:
        return ()
    return (PropositionPlace(id=place.id, name=place.name, lat=place.lat, lon=place.lon),)


def _window(span: Days | None) -> Window:
    if span is None:
        return Window(start=None, end=None)
    return Window(start=date.fromordinal(span[0]).isoformat(), end=date.fromordinal(span[1]).isoformat())
