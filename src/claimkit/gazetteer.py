"""Places by name: exact → alias → romanised → inflected → fuzzy, settled by context or left open.

A name of one place gives that place; a name of several gives one of them only where hint, country, neighbourhood,
prominence or date single it out, and else no place but all candidates. Nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

from claimkit import gazetteer_context as context_rules
from claimkit.gazetteer_context import Hit
from claimkit.gazetteer_fuzzy import nearest
from claimkit.gazetteer_hints import Hints
from claimkit.gazetteer_index import CORE, FUZZY_MIN_LENGTH, IDENTITY, LISTED, ROMAN, SKELETON, Layer
from claimkit.gazetteer_layers import compiled_yaml, shipped_paths, user_layers
from claimkit.gazetteer_records import Match, MatchKind, NameHit, Place, PlaceContext, Point
from claimkit.gazetteer_scan import scan
from claimkit.names import Query, base_forms, is_cyrillic, key, parse_query, tables
from claimkit.romanize import is_arabic, loose_key, loose_keys, skeleton, vowels_agree

__all__ = ["Gazetteer", "Match", "NameHit", "Place", "PlaceContext"]

ROMAN_MIN_LENGTH = 4
SKELETON_MIN = 2
SKELETON_SHORT = 5
MAX_CANDIDATES = 20
RUNG_SCORE = {"exact": 1.0, "alias": 1.0, "romanized": 0.97, "inflected": 0.95, "fuzzy": 1.0}


class Gazetteer:
    """All places of some layers; of two places with one id the one in the later layer counts.

    Args:
        layers: compiled layers, the weightiest last.
    """

    def __init__(self, layers: Sequence[Layer]) -> None:
        self._layers = tuple(layers)

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
        for number, layer in enumerate(self._layers):
            for place in layer:
                if not self._replaced(place.id, number):
                    yield place

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
        for layer in reversed(self._layers):
            for posting in layer.postings(IDENTITY, identity):
                return layer.place(posting.place)
        return None

    def find(self, text: str) -> tuple[NameHit, ...]:
        """Find names in running text: longest match, capitalised (where the script has capitals), no misspellings.

        Offsets are code points. A hit says what the name could mean, not what it does mean there.
        """
        return tuple(scan(text, self._layers, names=lambda posting_layer, posting: posting_layer.place(posting.place)))

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
            context: what the article says so far.
        """
        query = parse_query(name)
        if not query.name:
            return Match(query=name, because="no name")
        hints = Hints(self, query, country=country)
        if hints.unknown:
            because = f"the hint {hints.unknown!r} is not in the gazetteer"
            return self._open(name, [(1.0, hit) for hit in self._listed(query)], because=because)
        excluded: list[Hit] = []
        for rung in (self._listed, self._romanized, self._skeletons, self._inflected):
            hits = rung(query)
            kept = [hit for hit in hits if hints.allow(hit.place)]
            if kept:
                return self._settle(name, kept, hints=hints, near=near, on=on, context=context)
            excluded += hits
        if excluded:
            return self._open(name, [(1.0, hit) for hit in excluded], because="known, but not where the hint says")
        fuzzy = [hit for hit in self._fuzzy(query) if hints.allow(hit.place)]
        if fuzzy:
            return self._settle(name, fuzzy, hints=hints, near=near, on=on, context=context)
        return Match(query=name, because="not in the gazetteer")

    def hits(self, sign: str, wanted: str, *, match: MatchKind, cyrillic: bool = False) -> list[Hit]:
        """Give the places with one key, as hits of one rung."""
        found = []
        for number, layer in enumerate(self._layers):
            for posting in layer.postings(sign, wanted):
                if cyrillic and not posting.cyrillic:
                    continue
                place = layer.place(posting.place)
                if not self._replaced(place.id, number):
                    rung: MatchKind = "exact" if match == "alias" and posting.name == 0 else match
                    found.append(Hit(place, place.names[posting.name], rung))
        return found

    def _replaced(self, identity: str, number: int) -> bool:
        return any(layer.postings(IDENTITY, identity) for layer in self._layers[number + 1 :])

    def _listed(self, query: Query) -> list[Hit]:
        hits = self.hits(LISTED, key(query.name), match="alias")
        if hits or query.kind is None:
            return hits
        core = key(query.core)
        if query.kind in CORE:
            hits = self.hits(CORE[query.kind], core, match="alias")
        return hits or [hit for hit in self.hits(LISTED, core, match="alias") if Hints.fits(hit.place, query.kind)]

    def _romanized(self, query: Query) -> list[Hit]:
        forms = _loose_forms(query.name)
        hits = [hit for form in forms for hit in self.hits(ROMAN, form, match="romanized", cyrillic=True)]
        if hits or query.kind is None:
            return hits
        forms = _loose_forms(query.core)
        if query.kind in CORE:
            hits = [hit for form in forms for hit in self.hits(CORE[query.kind], ROMAN + form, match="romanized")]
        return hits or [
            hit
            for form in forms
            for hit in self.hits(ROMAN, form, match="romanized", cyrillic=True)
            if Hints.fits(hit.place, query.kind)
        ]

    def _skeletons(self, query: Query) -> list[Hit]:
        name = query.core
        if is_cyrillic(name) or len(key(name)) < ROMAN_MIN_LENGTH:
            return []
        bones = skeleton(name)
        if len(bones) < SKELETON_MIN or (len(bones) == SKELETON_MIN and len(key(name)) < SKELETON_SHORT):
            return []
        hits = self.hits(SKELETON, bones, match="romanized")
        if not is_arabic(name):
            hits = [
                hit
                for hit in hits
                if any(
                    not is_arabic(other.name) and skeleton(other.name) == bones and vowels_agree(name, other.name)
                    for other in hit.place.names
                )
            ]
        return [hit for hit in hits if query.kind is None or Hints.fits(hit.place, query.kind)]

    def _inflected(self, query: Query) -> list[Hit]:
        hits = [hit for form in base_forms(query.name) for hit in self.hits(LISTED, form, match="inflected")]
        if hits or query.kind is None:
            return hits
        forms = base_forms(query.core)
        if query.kind in CORE:
            hits = [hit for form in forms for hit in self.hits(CORE[query.kind], form, match="inflected")]
        return hits or [
            hit
            for form in forms
            for hit in self.hits(LISTED, form, match="inflected")
            if Hints.fits(hit.place, query.kind)
        ]

    def _fuzzy(self, query: Query) -> list[Hit]:
        hits = []
        for form in _loose_forms(query.core):
            if len(form) < FUZZY_MIN_LENGTH:
                continue
            for near in nearest(form, set().union(*(layer.near(form) for layer in self._layers))):
                found = self.hits(ROMAN, near.key, match="fuzzy")
                hits += [
                    hit._replace(similarity=near.similarity, cost=near.cost)
                    for hit in found
                    if hit.place.country not in tables().close_names
                    and (query.kind is None or Hints.fits(hit.place, query.kind))
                ]
        return hits

    def _settle(
        self,
        name: str,
        hits: list[Hit],
        *,
        hints: Hints,
        near: Point | None,
        on: date | None,
        context: PlaceContext | None,
    ) -> Match:
        best: dict[str, Hit] = {}
        for hit in hits:
            known = best.get(hit.place.id)
            if known is None or (hit.cost, known.name.used != "current") < (known.cost, hit.name.used != "current"):
                best[hit.place.id] = hit
        if len(best) == 1:
            return self._answer(
                name, next(iter(best.values())), share=1.0, others=(), because="the only place so named"
            )
        weighed = [
            (
                context_rules.weigh(hit, near=near, on=on, context=context, resolve=self.get) * hints.weight(hit.place),
                hit,
            )
            for hit in best.values()
        ]
        weighed.sort(key=lambda pair: (-pair[0], pair[1].place.id))
        first, second = weighed[0], weighed[1]
        if first[0] >= context_rules.DOMINANCE * second[0]:
            share = first[0] / sum(weight for weight, _ in weighed)
            others = context_rules.candidates(weighed)[1:MAX_CANDIDATES]
            return self._answer(
                name,
                first[1],
                share=share,
                others=others,
                because=f"outweighs {second[1].place.id} {min(first[0] / second[0], 9999):.0f} to 1",
            )
        return self._open(name, weighed, because=f"open: {len(best)} places so named")

    def _answer(self, name: str, hit: Hit, *, share: float, others: tuple[object, ...], because: str) -> Match:
        score = round(RUNG_SCORE[hit.match] * hit.similarity * share, 4)
        used = f"{hit.name.used} name {hit.name.name}"
        return Match(
            query=name,
            place=hit.place,
            match=hit.match,
            name_used=hit.name.used,
            score=score,
            candidates=others,
            because=f"{used}; {because}",
        )  # type: ignore[arg-type]

    def _open(self, name: str, weighed: list[tuple[float, Hit]], *, because: str) -> Match:
        unique: dict[str, tuple[float, Hit]] = {}
        for weight, hit in weighed:
            unique.setdefault(hit.place.id, (weight, hit))
        found = context_rules.candidates(list(unique.values()))[:MAX_CANDIDATES]
        return Match(query=name, candidates=found, because=because)


def _loose_forms(name: str) -> tuple[str, ...]:
    if is_cyrillic(name):
        return tuple(dict.fromkeys((*loose_keys(name, language="uk")[:1], *loose_keys(name, language="ru")[:2])))
    plain = key(name)
    return (loose_key(name),) if len(plain) >= ROMAN_MIN_LENGTH and plain.isascii() else ()


@lru_cache(maxsize=1)
def _default() -> Gazetteer:
    return Gazetteer.load()
