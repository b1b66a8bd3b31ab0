"""How well claims agree with annotated ones: precision, recall and F1 at four levels, agreement by attribute.

A predicted and a gold claim can match if their contents overlap by at least half of the shorter one; pairs are chosen
one to one, the most agreeing first. *detect*: a claim is there; *core*: its claimant and event class agree; *full*: so
do its stance and its places; *disputed*: found with the right stance, among the claims that do not assert.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from claimkit.records import Claim, Record, Stance

DIGITS = 4
ATTRIBUTES = ("claimant", "event", "stance", "modality", "places", "actor", "date")
LEVELS = ("detect", "core", "full", "disputed")
Pair = tuple[int, int]
Kind = Literal["missed", "spurious", "differs"]


class Scored(Record, frozen=True, kw_only=True):
    """What of a claim is compared; offsets of its content are code points, unknown is empty, places are case-folded."""

    start: int
    end: int
    text: str
    claimant: str
    stance: str
    event: str
    modality: str
    actor: str
    date: str
    places: frozenset[str]

    @classmethod
    def of(cls, claim: Claim) -> Scored:
        """Give what of a claim is compared."""
        return cls(
            start=claim.content.start, end=claim.content.end, text=claim.content.text,
            claimant=claim.claimant.id, stance=claim.stance.value, event=claim.event.type.value,
            modality=claim.event.modality.value, actor=claim.event.actor or "", date=claim.event.date or "",
            places=frozenset(place.name.casefold() for place in claim.places),
        )  # fmt: skip


class Level(Record, frozen=True, kw_only=True):
    """Precision, recall and F1, rounded to four places."""

    precision: float
    recall: float
    f1: float


class Figures(Record, frozen=True, kw_only=True):
    """The counts of claims, the levels, and the share of detected pairs in which each attribute agrees."""

    gold: int
    predicted: int
    detect: Level
    core: Level
    full: Level
    disputed: Level
    agree: dict[str, float]


class Difference(Record, frozen=True, kw_only=True):
    """A claim that was missed, is spurious, or differs from its gold claim in some attributes (gold, predicted)."""

    article: str
    kind: Kind
    claimant: str
    stance: str
    event: str
    text: str
    attributes: dict[str, tuple[str, str]] = {}


class Scores(Record, frozen=True, kw_only=True):
    """The figures of all articles together and of each; ``differences`` only where they were asked for."""

    total: Figures
    articles: dict[str, Figures]
    differences: tuple[Difference, ...] | msgspec.UnsetType = msgspec.UNSET


def score(
    gold: Mapping[str, Sequence[Scored]], *, predicted: Mapping[str, Sequence[Scored]], differences: bool = False
) -> Scores:
    """Score claims, article by article; predicted claims of articles that have no gold do not count.

    Args:
        gold: the annotated claims by article, also articles without a claim.
        predicted: the claims to score, by article.
        differences: whether to list what was missed, is spurious or differs.
    """
    total: Counter[str] = Counter()
    articles: dict[str, Figures] = {}
    found: list[Difference] = []
    for name, ours in gold.items():
        theirs = predicted.get(name, ())
        chosen = pairs(ours, predicted=theirs)
        counts = _count(ours, predicted=theirs, chosen=chosen)
        articles[name] = figures(counts)
        total.update(counts)
        if differences:
            found += _differences(name, gold=ours, predicted=theirs, chosen=chosen)
    return Scores(total=figures(total), articles=articles, differences=tuple(found) if differences else msgspec.UNSET)


def pairs(gold: Sequence[Scored], *, predicted: Sequence[Scored]) -> list[Pair]:
    """Pair claims one to one, the most agreeing first: places in ``gold`` and in ``predicted``."""
    options = sorted(
        (
            (_agreement(one, other), i, j)
            for i, one in enumerate(gold)
            for j, other in enumerate(predicted)
            if _overlap(one, other)
        ),
        reverse=True,
    )
    chosen: list[Pair] = []
    taken_gold: set[int] = set()
    taken_predicted: set[int] = set()
    for _, i, j in options:
        if i not in taken_gold and j not in taken_predicted:
            taken_gold.add(i)
            taken_predicted.add(j)
            chosen.append((i, j))
    return chosen


def figures(counts: Mapping[str, int]) -> Figures:
    """Make figures of counts."""
    detected = counts["detect"]
    return Figures(
        gold=counts["gold"],
        predicted=counts["predicted"],
        detect=_level(detected, predicted=counts["predicted"], gold=counts["gold"]),
        core=_level(counts["core"], predicted=counts["predicted"], gold=counts["gold"]),
        full=_level(counts["full"], predicted=counts["predicted"], gold=counts["gold"]),
        disputed=_level(counts["disputed"], predicted=counts["disputed_predicted"], gold=counts["disputed_gold"]),
        agree={name: round(_share(counts[f"same_{name}"], detected), DIGITS) for name in ATTRIBUTES},
    )


def _level(right: int, *, predicted: int, gold: int) -> Level:
    precision, recall = _share(right, predicted), _share(right, gold)
    f1 = _share(2 * precision * recall, precision + recall)
    return Level(precision=round(precision, DIGITS), recall=round(recall, DIGITS), f1=round(f1, DIGITS))


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _overlap(one: Scored, other: Scored) -> bool:
    shared = min(one.end, other.end) - max(one.start, other.start)
    return 2 * shared >= min(one.end - one.start, other.end - other.start) > 0


def _agreement(gold: Scored, predicted: Scored) -> tuple[bool, bool, int, float]:
    same = _same(gold, predicted)
    core = {"claimant", "event"} <= same
    shared = min(gold.end, predicted.end) - max(gold.start, predicted.start)
    union = max(gold.end, predicted.end) - min(gold.start, predicted.start)
    return core and {"stance", "places"} <= same, core, len(same), shared / union


def _same(one: Scored, other: Scored) -> set[str]:
    return {name for name in ATTRIBUTES if getattr(one, name) == getattr(other, name)}


def _count(gold: Sequence[Scored], *, predicted: Sequence[Scored], chosen: Iterable[Pair]) -> Counter[str]:
    counts = Counter(gold=len(gold), predicted=len(predicted))
    counts["disputed_gold"] = sum(claim.stance != Stance.ASSERT for claim in gold)
    counts["disputed_predicted"] = sum(claim.stance != Stance.ASSERT for claim in predicted)
    for i, j in chosen:
        full, core, *_ = _agreement(gold[i], predicted[j])
        counts.update(detect=1, core=int(core), full=int(full))
        counts["disputed"] += gold[i].stance == predicted[j].stance != Stance.ASSERT
        counts.update(f"same_{name}" for name in _same(gold[i], predicted[j]))
    return counts


def _differences(
    article: str, *, gold: Sequence[Scored], predicted: Sequence[Scored], chosen: Sequence[Pair]
) -> Iterator[Difference]:
    paired_gold, paired_predicted = {i for i, _ in chosen}, {j for _, j in chosen}
    yield from (_difference(article, "missed", claim) for i, claim in enumerate(gold) if i not in paired_gold)
    yield from (_difference(article, "spurious", one) for j, one in enumerate(predicted) if j not in paired_predicted)
    for i, j in sorted(chosen):
        same = _same(gold[i], predicted[j])
        apart = {name: (_shown(gold[i], name), _shown(predicted[j], name)) for name in ATTRIBUTES if name not in same}
        if apart:
            yield msgspec.structs.replace(_difference(article, "differs", gold[i]), attributes=apart)


def _difference(article: str, kind: Kind, claim: Scored) -> Difference:
    return Difference(
        article=article, kind=kind, claimant=claim.claimant, stance=claim.stance, event=claim.event, text=claim.text
    )


def _shown(claim: Scored, name: str) -> str:
    value = getattr(claim, name)
    return ", ".join(sorted(value)) if isinstance(value, frozenset) else value
