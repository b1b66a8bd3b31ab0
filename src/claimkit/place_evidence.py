"""What the places of an article say of where it is set: the context in which each of its names is looked up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from claimkit.gazetteer_records import REGIONS, Place, PlaceContext, PlaceKind
from claimkit.place_queries import does_or_owns

if TYPE_CHECKING:
    from spacy.tokens import Span


class Evidence:
    """The places of an article, each name looked up by itself.

    Args:
        found: the names with what each is by itself.
        published: the publication date of the article.
    """

    def __init__(self, found: Sequence[tuple[Span, Place]], *, published: date | None) -> None:
        self._published = published
        self._places = {place.id: place for _, place in found}
        self._mentions = Counter(place.id for _, place in found)
        self._where = {place.id for span, place in found if not _is_party(span, place)}

    def beside(self, own: Place | None) -> PlaceContext:
        """Give the context of a name that by itself is ``own``.

        What a name is by itself is no evidence of what it means, unless it is a country, which few share names with
        ("Georgia" in a report from the US). A country that only acts ("Russia said") is none for a namesake there.
        """
        aside = own.id if own and own.kind is not PlaceKind.COUNTRY else None
        others = [
            place for place in self._places.values()
            if place.id != aside and (own is None or place.id in self._where or place.country == own.country)
        ]  # fmt: skip
        regions = {place.admin1 for place in others} | {place.name for place in others if place.kind in REGIONS}
        return PlaceContext(
            countries=frozenset(place.country for place in others if place.country),
            admin1s=frozenset(region for region in regions if region),
            places={place.id: self._mentions[place.id] for place in others},
            published=self._published,
        )


def _is_party(span: Span, place: Place) -> bool:
    """Tell whether a country or capital is the one who acts or owns, which says little of where things happen."""
    return bool(place.kind is PlaceKind.COUNTRY or place.capital) and does_or_owns(span)
