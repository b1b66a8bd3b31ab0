"""Hints of a query: what follows a comma, the kind word, the country asked for; each narrows what may be meant."""

from __future__ import annotations

from claimkit.gazetteer_context import distance_km
from claimkit.gazetteer_index import ABROAD, CORE, LISTED, ROMAN
from claimkit.gazetteer_records import DISTRICTS, SETTLEMENTS, Place, PlaceKind
from claimkit.gazetteer_table import PlaceTable
from claimkit.names import Query, base_forms, key, parse_query
from claimkit.romanize import loose_key

HINT_KM = 60.0
EXACT_HINT = 20.0
_CODE_LENGTH = 2


class Hints:
    """The narrowing of one query; ``unknown`` is the first hint that names nothing known, else ``None``."""

    def __init__(self, table: PlaceTable, query: Query, *, country: str | None) -> None:
        self._country = country.upper() if country else None
        self._table = table
        self._groups: list[tuple[str, list[Place]]] = []
        self.unknown: str | None = None
        for hint in query.hints:
            places = self._places(hint)
            code = hint.upper() if len(hint) == _CODE_LENGTH and hint.isascii() else ""
            if not places and not code and self.unknown is None:
                self.unknown = hint
            self._groups.append((code, places))

    def _places(self, hint: str) -> list[Place]:
        query, table = parse_query(hint), self._table
        full, core = key(query.name), key(query.core)
        signs = [CORE[query.kind]] if query.kind in CORE else [LISTED, *CORE.values()]
        hits = table.hits(LISTED, full, match="alias")
        for sign in signs:
            hits += table.hits(sign, core, match="alias")
        hits = hits or table.hits(ABROAD, core, match="alias")
        if not hits:
            for sign in (ROMAN, *(sign + ROMAN for sign in CORE.values())):
                hits += table.hits(sign[:1], sign[1:] + loose_key(query.core), match="romanized")
        if not hits:
            hits = [
                hit
                for form in base_forms(query.core)
                for sign in (LISTED, *CORE.values())
                for hit in table.hits(sign, form, match="inflected")
            ]
        return list({hit.place.id: hit.place for hit in hits}.values())

    def allow(self, place: Place) -> bool:
        """Tell whether a place agrees with every hint and the country."""
        if self._country is not None and place.country != self._country:
            return False
        return all(
            place.country == code or any(self._agrees(place, other) for other in places)
            for code, places in self._groups
        )

    def weight(self, place: Place) -> float:
        """Give how much more a place counts for lying in what a hint names, and not merely near it."""
        inside = sum(any(lies_in(place, other) for other in places) for _, places in self._groups)
        return float(EXACT_HINT**inside)

    def _agrees(self, place: Place, other: Place) -> bool:
        if other.id == place.id:
            return False
        if lies_in(place, other):
            return True
        near = other.kind in SETTLEMENTS or other.kind in DISTRICTS
        return near and distance_km((place.lat, place.lon), (other.lat, other.lon)) <= HINT_KM


def lies_in(place: Place, other: Place) -> bool:
    """Tell whether a place lies in a country, in a region, or in another place that has it as a part."""
    if other.kind is PlaceKind.COUNTRY:
        return place.country == other.country
    return place.part_of == other.id or (place.country == other.country and place.admin1 == other.name)
