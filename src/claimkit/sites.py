"""Where an event can be: the places of its sentence and those named before, each with what speaks for and against it.

What is said of a candidate is a set of named features with values; weights for them were fitted on annotated articles
(``training.ranking``) and lie beside the packaged model. A place named before is a candidate as well, since "the city"
or nothing at all may stand for it: how long ago it was named, whether the events before were there, and how often the
article names it tell (after work on implicit arguments, Gerber and Chai 2012).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from claimkit.dependencies import SUBJECTS
from claimkit.frames import EventMention
from claimkit.place_words import pointer_of
from claimkit.ranking import ago, log_odds
from claimkit.reading import Draft, Reading, Toponym
from claimkit.records import READ_KINDS, BlockKind, EventType
from claimkit.site_words import acts, case_of, holds, identity, is_owner, owned_by, site_root, size_of, way_to

Features = dict[str, float]

LATEST = 60
"""How many places of events before are remembered."""
BACK = 40
"""How many sentences back a place is still a candidate."""


@dataclass(frozen=True, kw_only=True)
class Site:
    """A place that an event may have, and its features."""

    toponym: Toponym
    features: Features


@dataclass(kw_only=True)
class Trail:
    """Where the events before were: places with the numbers of their sentences, the latest last."""

    seen: list[tuple[int, Toponym]] = field(default_factory=list)

    def add(self, sentence: int, places: Sequence[Toponym]) -> None:
        """Note the places of an event."""
        self.seen += [(sentence, place) for place in places]

    def before(self, sentence: int) -> dict[str, tuple[int, int]]:
        """Give by identity how many places are later on the trail, and how many sentences ago the last event was."""
        out: dict[str, tuple[int, int]] = {}
        for at, place in reversed(self.seen[-LATEST:]):
            out.setdefault(identity(place), (len(out), max(0, sentence - at)))
        return out


class Sites:
    """The candidates of the events of one article."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._by_sentence: dict[int, list[Toponym]] = {}
        for toponym in reading.toponyms:
            self._by_sentence.setdefault(reading.sentence_of[toponym.tokens[0]], []).append(toponym)
        self._roots = {id(toponym): site_root(reading.doc, toponym) for toponym in reading.toponyms}
        self._cases = {key: case_of(root) for key, root in self._roots.items()}
        self._counts = Counter(identity(t) for t in reading.toponyms)
        self._most = max(self._counts.values(), default=1)

    @cached_property
    def _first(self) -> frozenset[str]:
        """The places of the title and of the first paragraph."""
        blocks = self._reading.document.blocks
        first = next((n for n, b in enumerate(blocks) if b.kind in READ_KINDS and b.kind is not BlockKind.HEADING), -1)
        early = {n for n, block in enumerate(blocks) if block.kind is BlockKind.HEADING and n < first} | {first}
        return frozenset(
            identity(t) for t in self._reading.toponyms if self._reading.block_of[t.tokens[0]] in early
        )  # fmt: skip

    def of(self, draft: Draft, trail: Trail) -> tuple[list[Site], list[Site]]:
        """Give the candidates of an event: those of its sentence, and those named before it."""
        number = self._reading.sentence_of[draft.mention.predicate]
        chances, before = dict(draft.mention.place_scores), trail.before(number)
        inside = self._by_sentence.get(number, [])
        best = {id(t): max((chances.get(i, 0.0) for i in range(*t.tokens)), default=0.0) for t in inside}
        ways = {id(t): way_to(self._roots[id(t)], draft.mention.predicate) for t in inside}
        pointer = self._pointer(draft)
        here = [
            Site(toponym=t, features=self._here(draft, t, inside, best, before)
                 | self._beside(draft, t, inside, ways) | self._by_words(draft, t, pointer))
            for t in inside
        ]  # fmt: skip
        strongest = max(best.values(), default=0.0)
        names = {identity(t) for t in inside}
        back = [
            Site(toponym=t, features=self._back(draft, t, before, number, strongest, len(names), pointer))
            for t in self._named_before(number) if identity(t) not in names
        ]  # fmt: skip
        return here, back

    def _named_before(self, number: int) -> Iterator[Toponym]:
        latest: dict[str, Toponym] = {}
        for at in range(number - 1, max(-1, number - BACK - 1), -1):
            for toponym in reversed(self._by_sentence.get(at, [])):
                latest.setdefault(identity(toponym), toponym)
        yield from latest.values()

    def _here(
        self, draft: Draft, toponym: Toponym, inside: Sequence[Toponym], best: dict[int, float],
        before: dict[str, tuple[int, int]],
    ) -> Features:  # fmt: skip
        doc, mention = self._reading.doc, draft.mention
        start, end = toponym.tokens
        root = self._roots[id(toponym)]
        size, kind = size_of(toponym), mention.type
        own = best[id(toponym)]
        other = max((score for key, score in best.items() if key != id(toponym)), default=0.0)
        case = self._cases[id(toponym)]
        out: Features = {
            "bias": 1.0, "edge": log_odds(own), "edge-other": log_odds(other), f"size={size}": 1.0,
            f"case={case}": 1.0, f"case={case}&group={_group(kind)}": 1.0, f"dep={root.dep_}&group={_group(kind)}": 1.0,
            f"size={size}&group={_group(kind)}": 1.0,
            f"event={kind}": 1.0, f"acts&event={kind}": float(acts(toponym)), f"acts&case={case}": float(acts(toponym)),
            "elsewhere": log_odds(mention.elsewhere), "nowhere": _nowhere(mention),
            "described": float(toponym.described),
            "capital": float(toponym.capital),
            "owner": float(is_owner(doc, toponym)),
            "subject": float(root.dep_ in SUBJECTS), "compound": float(root.dep_ in ("compound", "amod")),
            "before": float(end <= mention.predicate), "distance": math.log1p(abs(root.i - mention.predicate)),
            "alone": float(len({identity(t) for t in inside}) == 1),
            "common": self._counts[identity(toponym)] / self._most,
            "first": float(identity(toponym) in self._first),
        }  # fmt: skip
        low, high = mention.content
        out["inside"] = float(low <= start < high)
        rivals = [best[id(t)] for t in inside if low <= t.tokens[0] < high and identity(t) != identity(toponym)]
        another = out["another-within"] = float(bool(rivals) and not out["inside"])
        out["beaten-within"] = another * float(max(rivals, default=0.0) > own)
        out[f"inside&case={case}"] = out["inside"]
        source, cue = draft.attribution.source, draft.attribution.cue
        out["in-source"] = float(source[0] <= start < source[1]) if source else 0.0
        out["in-cue"] = float(cue[0] <= start < cue[1]) if cue else 0.0
        out["owns"] = float(any(owned_by(doc, t, toponym) for t in inside))
        out["owned"] = float(any(owned_by(doc, toponym, t) for t in inside))
        out["holds"] = float(any(holds(toponym, t) for t in inside if t is not toponym))
        out["held"] = float(any(holds(t, toponym) for t in inside if t is not toponym))
        out["last-place"] = float(before.get(identity(toponym), (9, 9))[0] == 0)
        out["last-place&inside"] = out["last-place"] * out["inside"]
        out["last-place&another-within"] = out["last-place"] * another
        out["common&another-within"] = out["common"] * another
        return {name: value for name, value in out.items() if value}

    @staticmethod
    def _beside(
        draft: Draft, toponym: Toponym, inside: Sequence[Toponym], ways: dict[int, tuple[int, int]]
    ) -> Features:
        """Give the features of a place beside the others of its sentence: where it hangs, who is nearer the event."""
        (low, high), group = draft.mention.content, _group(draft.mention.type)
        own = ways[id(toponym)]
        within = low <= toponym.tokens[0] < high
        others = [t for t in inside if identity(t) != identity(toponym)]
        nearest = all(own <= ways[id(t)] for t in others)
        return {
            f"clauses={min(own[1], 3)}": 1.0, "steps": math.log1p(own[0]),
            f"nearest={nearest}": 1.0, f"nearest={nearest}&group={group}": 1.0,
            "nearest-within": float(within and nearest and bool(others)),
        }  # fmt: skip

    def _by_words(self, draft: Draft, toponym: Toponym, pointer: str | None) -> Features:
        """Give the features by the word that a place hangs on, and by a word of the content that points to it."""
        root, (low, high) = self._roots[id(toponym)], draft.mention.content
        out: Features = {}
        if pointer is not None and not low <= toponym.tokens[0] < high:
            fits = _fits(pointer, size_of(toponym))
            out[f"pointer-fits={fits}"] = out[f"pointer-fits={fits}&before={root.i < low}"] = 1.0
        if root.head.i != root.i:
            word, group = root.head.lemma_.lower(), _group(draft.mention.type)
            own = root.head.i == draft.mention.predicate
            out[f"on={word}&own={own}"] = out[f"on={word}&case={self._cases[id(toponym)]}"] = out[
                f"on={word}&group={group}"
            ] = 1.0
        return out

    def _back(
        self,
        draft: Draft,
        toponym: Toponym,
        before: dict[str, tuple[int, int]],
        number: int,
        strongest: float,
        named: int,
        pointer: str | None,
    ) -> Features:
        reading, mention = self._reading, draft.mention
        here = reading.sentence_of[toponym.tokens[0]]
        rank, since = before.get(identity(toponym), (9, 99))
        size, kind = size_of(toponym), mention.type
        fits = _fits(pointer, size)
        elsewhere = log_odds(mention.elsewhere)
        out: Features = {
            "bias": 1.0, "elsewhere": elsewhere, "nowhere": _nowhere(mention),
            f"ago={ago(number - here)}": 1.0, f"rank={min(rank, 3)}": 1.0,
            f"since={ago(since)}": 1.0, f"rank={min(rank, 3)}&since={ago(since)}": 1.0,
            f"size={size}": 1.0, f"event={kind}": 1.0, f"size={size}&group={_group(kind)}": 1.0,
            "edge-here": log_odds(strongest), f"named={min(named, 2)}": 1.0,
            f"named={min(named, 2)}&elsewhere": elsewhere,
            "common": self._counts[identity(toponym)] / self._most, "capital": float(toponym.capital),
            "first": float(identity(toponym) in self._first),
            "paragraph": float(reading.block_of[toponym.tokens[0]] == reading.block_of[mention.predicate]),
            "pointer-fits": float(fits), "pointer-misfits": float(pointer is not None and not fits),
            f"pointer={pointer}&size={size}": 1.0, f"voice={draft.attribution.voice}": 1.0,
            f"rank={min(rank, 3)}&elsewhere": elsewhere,
        }  # fmt: skip
        root = self._roots[id(toponym)]
        out[f"was={self._cases[id(toponym)]}"] = 1.0
        out["was-subject"] = float(root.dep_ in SUBJECTS)
        return {name: value for name, value in out.items() if value}

    def _pointer(self, draft: Draft) -> str | None:
        """Give the size of what the content points back to: "the city" → settled; None where it does not."""
        low, high = draft.mention.content
        return next((size for token in self._reading.doc[low:high] if (size := pointer_of(token))), None)


def _fits(pointer: str | None, size: str) -> bool:
    """Tell whether what a content points back to can be a place of this size."""
    return pointer is not None and (pointer == "there" or pointer == ("settled" if size == "part" else size))


def _nowhere(mention: EventMention) -> float:
    """Say how likely it is that an event has no place; nothing where the model does not tell."""
    return 0.0 if mention.nowhere is None else log_odds(mention.nowhere)


def _group(kind: EventType) -> str:
    if kind in (EventType.NEGOTIATE, EventType.AID, EventType.INFORMATION, EventType.OTHER):
        return "table"
    if kind in (EventType.CASUALTIES, EventType.HUMANITARIAN, EventType.SURRENDER, EventType.DESTROY):
        return "people"
    return "move" if kind in (EventType.DEPLOY, EventType.WITHDRAW, EventType.ADVANCE) else "ground"
