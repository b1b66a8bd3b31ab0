"""Places by name: exact → alias → romanised → inflected → fuzzy, settled by context or left open.

A name of one place gives that place; a name of several gives one of them only where hint, country, neighbourhood,
prominence or date single it out, and else no place but all candidates. Nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

from claimkit.gazetteer_context import DOMINANCE, Hit, as_candidates, weigh
from claimkit.gazetteer_hints import Hints
from claimkit.gazetteer_index import Layer
from claimkit.gazetteer_layers import compiled_yaml, shipped_paths, user_layers
from claimkit.gazetteer_records import Match, NameHit, Place, PlaceContext, PlaceKind, Point
from claimkit.gazetteer_rungs import RUNGS, Rung, listed, misspelt
from claimkit.gazetteer_scan import Scanner
from claimkit.gazetteer_table import PlaceTable
from claimkit.names import Query, parse_query
from claimkit.records import Candidate

__all__ = ["Gazetteer", "Match", "NameHit", "Place", "PlaceContext"]

MAX_CANDIDATES = 20
MOST_SHOWN_RATIO = 9999
RUNG_SCORE = {"exact": 1.0, "alias": 1.0, "romanized": 0.97, "inflected": 0.95, "fuzzy": 1.0}


class Gazetteer:
    """All places of some layers; of two places with one id the one in the later layer counts.

    Args:
        layers: compiled layers, the weightiest last.
    """

    def __init__(self, layers: Sequence[Layer]) -> None:
        self._table = PlaceTable(layers)
        self._scanner = Scanner(self._table)

    @classmethod
    def default(cls) -> Gazetteer:
        """Give the shipped gazetteer with the user's own beside it; read once."""
        return _default()

    @classmethod
    def load(cls, paths: Iterable[Path] = (), *, user: bool = True) -> Gazetteer:
        """Give the user's own (imported) gazetteer, the shipped one over it, and YAML files over both.

        Raises:
            LexiconError: a file breaks the schema.
        """
        own = user_layers() if user else ()
        return cls([*own, *(compiled_yaml(Path(path)) for path in (*shipped_paths(), *paths))])

    @classmethod
    def of(cls, *paths: Path) -> Gazetteer:
        """Give a gazetteer of these YAML files only."""
        return cls([compiled_yaml(Path(path)) for path in paths])

    def __len__(self) -> int:
        """Give the number of places (one that is in two layers counts once)."""
        return sum(1 for _ in self)

    def __iter__(self) -> Iterator[Place]:
        """Give all places, layer by layer."""
        return iter(self._table)

    def __getitem__(self, identity: str) -> Place:
        """Give a place by its id; raises ``KeyError``."""
        place = self.get(identity)
        if place is None:
            raise KeyError(identity)
        return place

    def __contains__(self, identity: object) -> bool:
        """Tell whether there is a place of this id."""
        return isinstance(identity, str) and self.get(identity) is not None

    def get(self, identity: str) -> Place | None:
        """Give a place by its id, or ``None``."""
        return self._table.get(identity)

    def find(self, text: str) -> tuple[NameHit, ...]:
        """Find names in running text: longest match, capitalised (where the script has capitals), no misspellings.

        Offsets are code points. A hit says what the name could mean, not what it does mean there.
        """
        return tuple(self._scanner.scan(text))

    def lookup(
        self,
        name: str,
        *,
        country: str | None = None,
        near: Point | None = None,
        on: date | None = None,
        context: PlaceContext | None = None,
    ) -> Match:
        """Look a name up.

        Args:
            name: the name as written, with hints after commas or in brackets ("Dzerzhinsk, Donetsk").
            country: ISO 3166 alpha-2 code that the place must have.
            near: latitude and longitude in degrees WGS 84 that the place should be close to.
            on: the date of writing.
            context: what the article says so far; a name that is listed for a place far from all of it can then be
                another's by a lower rung ("Seversk" in a report from Donetsk is Siversk, not the town near Tomsk), but
                no country's ("Tunis" in a report that names Tunisia).
        """
        query = parse_query(name)
        if not query.name:
            return Match(query=name, because="no name")
        if query.hints and listed(self._table, whole := Query(name=name, core=name)):
            query = whole
        hints = Hints(self._table, query, country=country) if query.hints or country else None
        if hints and hints.unknown:
            because = f"the hint {hints.unknown!r} is not in the gazetteer"
            return _open(name, [(1.0, hit) for hit in listed(self._table, query)], because=because)
        kept, below, excluded = self._climb(query, hints)
        if excluded and not kept:
            return _open(name, [(1.0, hit) for hit in excluded], because="known, but not where the hint says")

        def settled(found: Sequence[Hit]) -> Match:
            best = _best_names(found)
            if len(best) < 2:
                return _answer(name, best[0]) if best else Match(query=name, because="not in the gazetteer")
            weights = [weigh(hit, near=near, on=on, context=context, resolve=self.get) for hit in best]
            hinted = [hints.weight(hit.place) if hints else 1.0 for hit in best]
            weighed = [(weight * hint, hit) for weight, hint, hit in zip(weights, hinted, best, strict=True)]
            return _settle(name, sorted(weighed, key=lambda pair: (-pair[0], pair[1].place.id)))

        match = settled(kept)
        if context is not None and context.places and kept:
            loose = [
                hit for rung in below for hit in rung(self._table, query) if hit.place.kind is not PlaceKind.COUNTRY
            ]
            lower = [hit for hit in loose if not hints or hints.allow(hit.place)]
            wider = settled([*kept, *lower]) if lower else match
            return wider if wider.place else match
        return match

    def _climb(self, query: Query, hints: Hints | None) -> tuple[list[Hit], Sequence[Rung], list[Hit]]:
        """Give the hits of the first rung that has any, the rungs below it, and what the hints leave out."""
        excluded: list[Hit] = []
        for number, rung in enumerate(RUNGS, start=1):
            hits = rung(self._table, query)
            kept = [hit for hit in hits if hints is None or hints.allow(hit.place)]
            if kept:
                return kept, RUNGS[number:], excluded
            excluded += hits
        if excluded:
            return [], (), excluded
        return [hit for hit in misspelt(self._table, query) if hints is None or hints.allow(hit.place)], (), []


def _best_names(hits: Sequence[Hit]) -> list[Hit]:
    """Keep one hit a place: the one that costs least, of those the one by a current name."""
    if len(hits) < 2:
        return list(hits)
    best: dict[str, Hit] = {}
    for hit in hits:
        known = best.get(hit.place.id)
        if known is None or (hit.cost, hit.name.used != "current") < (known.cost, known.name.used != "current"):
            best[hit.place.id] = hit
    return list(best.values())


def _settle(name: str, weighed: list[tuple[float, Hit]]) -> Match:
    (first, hit), (second, other) = weighed[0], weighed[1]
    if first < DOMINANCE * second:
        return _open(name, weighed, because=f"open: {len(weighed)} places so named")
    share = first / sum(weight for weight, _ in weighed)
    because = f"outweighs {other.place.id} {min(first / second, MOST_SHOWN_RATIO):.0f} to 1"
    return _answer(name, hit, share=share, others=as_candidates(weighed)[1:MAX_CANDIDATES], because=because)


def _answer(
    name: str,
    hit: Hit,
    *,
    share: float = 1.0,
    others: tuple[Candidate, ...] = (),
    because: str = "the only place so named",
) -> Match:
    return Match(
        query=name,
        place=hit.place,
        match=hit.match,
        name_used=hit.name.used,
        score=round(RUNG_SCORE[hit.match] * hit.similarity * share, 4),
        candidates=others,
        because=f"{hit.name.used} name {hit.name.name}; {because}",
    )


def _open(name: str, weighed: Sequence[tuple[float, Hit]], *, because: str) -> Match:
    unique: dict[str, tuple[float, Hit]] = {}
    for weight, hit in weighed:
        unique.setdefault(hit.place.id, (weight, hit))
    return Match(query=name, candidates=as_candidates(list(unique.values()))[:MAX_CANDIDATES], because=because)


@lru_cache(maxsize=1)
def _default() -> Gazetteer:
    return Gazetteer.load()
