"""GeoJSON (RFC 7946): a feature for each place mention, degrees WGS 84, longitude first; QGIS opens it as it is.

A mention without an identity has a null geometry, so that a map shows what is known and the table behind it the rest.
Properties are flat, since map programs show nested ones as text; only ``candidates`` is a list.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, BinaryIO

import msgspec

from claimkit.export.fields import flat
from claimkit.mentions import Mention
from claimkit.records import Record

COLLECTION = b'{"type":"FeatureCollection","features":['


def feature(mention: Mention, *, fields: Sequence[str] = ()) -> dict[str, Any]:
    """Give a mention as a feature; its properties are all that is known, or the fields that are asked for."""
    place = mention.place
    located = place.lat is not None and place.lon is not None
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]} if located else None,
        "properties": {name: flat(mention, field=name) for name in fields} or _properties(mention),
    }


class GeoJson:
    """Gathers the features and writes them at the end, so that what is written is always whole.

    Args:
        stream: where to.
        fields: the properties; all where empty.
    """

    def __init__(self, stream: BinaryIO, *, fields: Sequence[str] = ()) -> None:
        self._stream = stream
        self._fields = fields
        self._features: list[bytes] = []

    def add(self, document: Record, *, claims: Sequence[Mention]) -> None:
        """Take in the mentions of one article."""
        self._features.extend(msgspec.json.encode(feature(mention, fields=self._fields)) for mention in claims)

    def close(self) -> None:
        """Write the collection, a feature a line."""
        lines = b",".join(b"\n" + encoded for encoded in self._features)
        self._stream.write(COLLECTION + lines + (b"\n" if lines else b"") + b"]}\n")


def _properties(mention: Mention) -> dict[str, Any]:
    place = mention.place
    return {
        "document": mention.document,
        "published": mention.published,
        "outlet": mention.outlet,
        "place_id": place.id,
        "name": place.name,
        "text": place.text,
        "start": place.start,
        "end": place.end,
        "kind": place.kind,
        "country": place.country,
        "admin1": place.admin1,
        "name_used": place.name_used,
        "match": place.match,
        "score": place.score,
        "candidates": place.candidates,
        "sentence": mention.sentence.text if mention.sentence else None,
    }
