"""GeoJSON (RFC 7946): a feature for each place mention, or each claim and place; QGIS opens it as it is.

Degrees are WGS 84, longitude first. What has no known place has a null geometry, so that a map shows what is known and
the table behind it the rest.
Properties are flat, since map programs show nested ones as text; only ``candidates`` is a list.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

import msgspec

from claimkit.export.fields import flat
from claimkit.export.material import Material
from claimkit.export.rows import Row, rows
from claimkit.mentions import Mention
from claimkit.records import Record

COLLECTION = b'{"type":"FeatureCollection","features":['


def feature(mention: Mention, *, fields: Sequence[str] = ()) -> dict[str, Any]:
    """Give a mention as a feature; its properties are all that is known, or the fields that are asked for."""
    return _feature(
        {name: flat(mention, field=name) for name in fields} or _properties(mention),
        latitude=mention.place.lat,
        longitude=mention.place.lon,
    )


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
        _write(self._features, stream=self._stream)


def write(material: Material, *, stream: BinaryIO) -> None:
    """Write a feature for each claim and place; the properties are the columns of a row."""
    _write((msgspec.json.encode(_located(row)) for row in rows(material.claims)), stream=stream)


def _located(row: Row) -> dict[str, Any]:
    properties = msgspec.to_builtins(row)
    del properties["latitude"], properties["longitude"]
    return _feature(properties, latitude=row.latitude, longitude=row.longitude)


def _write(features: Iterable[bytes], *, stream: BinaryIO) -> None:
    stream.write(COLLECTION)
    before = b"\n"
    for encoded in features:
        stream.write(before + encoded)
        before = b",\n"
    stream.write(b"]}\n" if before == b"\n" else b"\n]}\n")


def _feature(properties: dict[str, Any], *, latitude: float | None, longitude: float | None) -> dict[str, Any]:
    located = latitude is not None and longitude is not None
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [longitude, latitude]} if located else None,
        "properties": properties,
    }


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
