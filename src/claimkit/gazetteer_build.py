"""How a layer is compiled: places to keys, keys to sorted arrays, all into the bytes that ``Layer`` reads."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from claimkit.gazetteer_index import (
    ABROAD,
    BUCKET_BITS,
    CORE,
    CYRILLIC_BIT,
    FORMAT,
    FUZZY_MIN_LENGTH,
    HEADER,
    IDENTITY,
    LISTED,
    NAME_BITS,
    PLACE_SHIFT,
    PREFIX,
    ROMAN,
    SKELETON,
    digest,
    near_hashes,
    stable_hash,
)
from claimkit.gazetteer_records import DISTRICTS, REGIONS, SETTLEMENTS, Place, PlaceKind, PlaceName
from claimkit.names import KindClass, fold, is_cyrillic, strip_kind, towns_of_region
from claimkit.romanize import is_arabic, loose_key, loose_keys, skeleton, written_in_arabic
from claimkit.russian import russian_forms

PRESS = frozenset({"de", "es", "fr", "it", "pl", "tr"})
"""Languages whose names for a place are looked up but not looked for in English text, where "Roma" is a people."""
UKRAINIAN, RUSSIAN = "uk", "ru"


class LayerBuilder:
    """Collects places and writes the file of a layer; of two places with one id the later is kept."""

    def __init__(self) -> None:
        self._hashes = array("Q")
        self._payloads = array("Q")
        self._strings: dict[str, None] = {}
        self._places: list[bytes] = []
        self._prefixes: set[int] = set()
        self._encoder = msgspec.msgpack.Encoder()

    def add(self, place: Place) -> None:
        """Add a place with all its keys."""
        number = len(self._places)
        self._places.append(self._encoder.encode(place))
        self._put(IDENTITY, place.id, number << PLACE_SHIFT)
        cyrillic = any(is_cyrillic(name.name) for name in place.names)
        arabic = written_in_arabic(place.country) and place.kind is not PlaceKind.COUNTRY
        seen: set[tuple[str, str]] = set()
        for at, name in enumerate(place.names[: 1 << NAME_BITS]):
            payload = number << PLACE_SHIFT | (CYRILLIC_BIT if cyrillic else 0) | at
            for sign, key in self._keys(place, name, arabic=arabic):
                if (sign, key) not in seen:
                    seen.add((sign, key))
                    self._put(sign, key, payload)

    def _put(self, sign: str, key: str, payload: int) -> None:
        self._hashes.append(stable_hash(sign, key))
        self._payloads.append(payload)

    def _keys(self, place: Place, name: PlaceName, *, arabic: bool) -> Iterator[tuple[str, str]]:
        words = fold(name.name).split()
        if not words:
            return
        if name.used == "foreign" and name.lang in PRESS and not name.used_by:
            yield ABROAD, "".join(words)
            return
        yield LISTED, "".join(words)
        for size in range(1, len(words)):
            self._prefixes.add(stable_hash(PREFIX, "".join(words[:size])))
        roman = self._roman(name.name, language=name.lang)
        for form in roman:
            yield ROMAN, form
        if name.lang == UKRAINIAN and place.kind in SETTLEMENTS:
            for russian in russian_forms(name.name):
                yield from ((ROMAN, form) for form in loose_keys(russian, language=RUSSIAN))
        if arabic and (is_arabic(name.name) or not is_cyrillic(name.name)):
            yield SKELETON, skeleton(name.name)
        if place.kind in REGIONS or place.kind in DISTRICTS:
            core, kind = strip_kind(name.name)
            sign = CORE[KindClass.REGION if place.kind in REGIONS else KindClass.DISTRICT]
            yield sign, fold(core).replace(" ", "")
            for form in self._roman(core, language=name.lang) if kind else ():
                yield sign, ROMAN + form
            for town in towns_of_region(core) if kind else ():
                yield from ((sign, ROMAN + form) for form in loose_keys(town, language=name.lang))

    def _roman(self, name: str, *, language: str) -> tuple[str, ...]:
        if is_cyrillic(name):
            forms = loose_keys(name, language=language)
        elif fold(name).isascii():
            forms = (loose_key(name),)
        else:
            return ()
        for form in forms:
            if len(form) >= FUZZY_MIN_LENGTH:
                self._strings[form] = None
        return forms

    def build(self) -> bytes:
        """Give the bytes of the layer."""
        import numpy as np

        for prefix in sorted(self._prefixes):
            self._hashes.append(prefix)
            self._payloads.append(0)
        hashes, payloads = np.array(self._hashes, np.uint64), np.array(self._payloads, np.uint64)
        order = np.lexsort((payloads, hashes))
        near, owners = array("I"), array("I")
        strings = sorted(self._strings)
        for number, string in enumerate(strings):
            found = dict.fromkeys(near_hashes(string))
            near.extend(found)
            owners.extend([number] * len(found))
        near_keys, near_owners = np.array(near, np.uint32), np.array(owners, np.uint32)
        near_order = np.lexsort((near_owners, near_keys))
        encoded = [string.encode() for string in strings]
        return _write(
            [
                _buckets(hashes[order], bits=64).tobytes(),
                hashes[order].tobytes(),
                payloads[order].tobytes(),
                _buckets(near_keys[near_order], bits=32).tobytes(),
                near_keys[near_order].tobytes(),
                near_owners[near_order].tobytes(),
                _ends(encoded),
                b"".join(encoded),
                _ends(self._places),
                b"".join(self._places),
            ]
        )


def _buckets(hashes: Any, *, bits: int) -> Any:
    """Give where in sorted hashes each value of their first ``BUCKET_BITS`` bits begins, and the end."""
    import numpy as np

    first = np.arange(1, 1 << BUCKET_BITS, dtype=hashes.dtype) << hashes.dtype.type(bits - BUCKET_BITS)
    inner = np.searchsorted(hashes, first).astype(np.uint32)
    return np.concatenate([np.zeros(1, np.uint32), inner, np.array([len(hashes)], np.uint32)])


def _ends(parts: Iterable[bytes]) -> bytes:
    ends, total = array("Q", [0]), 0
    for part in parts:
        total += len(part)
        ends.append(total)
    return ends.tobytes()


def _write(sections: list[bytes]) -> bytes:
    out = bytearray(FORMAT.ljust(HEADER, b"\0"))
    spans = []
    for section in sections:
        out.extend(b"\0" * (-len(out) % 8))
        spans.append((len(out), len(out) + len(section)))
        out.extend(section)
    head = msgspec.msgpack.encode(spans)
    out[64 : 64 + 2 + len(head)] = len(head).to_bytes(2, "big") + head
    out[32:40] = len(out).to_bytes(8, "big")
    out[24:32] = digest(memoryview(out))
    return bytes(out)
