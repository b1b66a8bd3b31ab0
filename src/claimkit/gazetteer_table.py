"""The layers of a gazetteer as one table: places by id and by key, where a later layer replaces an earlier one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claimkit.gazetteer_context import Hit
from claimkit.gazetteer_index import IDENTITY, Layer, stable_hash
from claimkit.gazetteer_records import MatchKind, Place


class PlaceTable:
    """All places of some layers; of two places with one id the one in the later layer counts.

    Args:
        layers: compiled layers, the weightiest last.
    """

    def __init__(self, layers: Sequence[Layer]) -> None:
        self._layers = tuple(layers)
        self._last = len(self._layers) - 1

    def __iter__(self) -> Iterator[Place]:
        """Give all places, layer by layer."""
        for number, layer in enumerate(self._layers):
            for place in layer:
                if not self._replaced(place.id, number):
                    yield place

    def get(self, identity: str) -> Place | None:
        """Give a place by its id, or ``None``."""
        wanted = stable_hash(IDENTITY, identity)
        for layer in reversed(self._layers):
            for posting in layer.postings(wanted):
                return layer.place(posting.place)
        return None

    def hits(self, sign: str, key: str, *, match: MatchKind, cyrillic: bool = False) -> list[Hit]:
        """Give the places with a key as hits of a rung; an ``alias`` that is the canonical name is ``exact``."""
        found = []
        wanted = stable_hash(sign, key)
        for number, layer in enumerate(self._layers):
            for posting in layer.postings(wanted):
                if cyrillic and not posting.cyrillic:
                    continue
                place = layer.place(posting.place)
                if number == self._last or not self._replaced(place.id, number):
                    rung: MatchKind = "exact" if match == "alias" and posting.name == 0 else match
                    found.append(Hit(place, place.names[posting.name], rung))
        return found

    def ids(self, wanted: int) -> list[str]:
        """Give the ids of the places with a hashed key."""
        return [
            place.id
            for number, layer in enumerate(self._layers)
            for place in (layer.place(posting.place) for posting in layer.postings(wanted))
            if number == self._last or not self._replaced(place.id, number)
        ]

    def has(self, wanted: int) -> bool:
        """Tell whether a hashed key is in any layer."""
        return any(layer.has(wanted) for layer in self._layers)

    def near(self, key: str) -> set[str]:
        """Give the loose keys that may be about one edit from a loose key."""
        return set().union(*(layer.near(key) for layer in self._layers))

    def _replaced(self, identity: str, number: int) -> bool:
        wanted = stable_hash(IDENTITY, identity)
        return any(layer.has(wanted) for layer in self._layers[number + 1 :])
