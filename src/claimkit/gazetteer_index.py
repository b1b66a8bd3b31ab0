"""A compiled layer of the gazetteer: hashed keys in sorted arrays and the places behind them, in one mapped file.

Nothing is decoded until it is asked for, so a layer of 100,000 places costs a start nothing and little memory. Keys
are 64-bit BLAKE2b hashes of ``sign + key``: a false hit needs two keys out of some 10**19 to fall together.
"""

from __future__ import annotations

import hashlib
import mmap
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from claimkit.gazetteer_records import DISTRICTS, REGIONS, Place, PlaceKind, PlaceName
from claimkit.names import KindClass, fold, is_cyrillic, strip_kind
from claimkit.romanize import is_arabic, loose_key, loose_keys, skeleton, written_in_arabic

FORMAT = b"claimkit-gazetteer-1\n"
FUZZY_MIN_LENGTH = 6
SKELETON_MIN_LENGTH = 4
KEPT_PLACES = 2048

LISTED, ROMAN, SKELETON, PREFIX, IDENTITY = "=", "~", "#", ">", "@"
CORE = {KindClass.REGION: "r", KindClass.DISTRICT: "d"}

_NAME_BITS = 12
_CYRILLIC_BIT = 1 << _NAME_BITS
_PLACE_SHIFT = _NAME_BITS + 1
_VOWELS = str.maketrans("", "", "aeiouy")


class Posting(NamedTuple):
    """A place (by its number in the layer) and the number of its name that has the key."""

    place: int
    name: int
    cyrillic: bool


class Sections(msgspec.Struct, array_like=True, frozen=True):
    """Where the arrays of a layer lie in its file, each as (start, end)."""

    hashes: tuple[int, int]
    payloads: tuple[int, int]
    near_hashes: tuple[int, int]
    near_strings: tuple[int, int]
    string_ends: tuple[int, int]
    strings: tuple[int, int]
    place_ends: tuple[int, int]
    places: tuple[int, int]


def stable_hash(sign: str, key: str) -> int:
    """Hash a key to 64 bits, the same on every machine."""
    return int.from_bytes(hashlib.blake2b((sign + key).encode(), digest_size=8).digest(), "big")


def near_hashes(key: str) -> Iterator[int]:
    """Hash a loose key and each of its forms with one letter deleted, then the same for its consonants.

    Two keys that are one edit apart share a hash (symmetric deletion, W. Garbe 2012); two that differ in their vowels
    share the consonants.
    """
    yield from _deletions(key.encode())
    bare = key[0] + key[1:].translate(_VOWELS)
    if len(bare) >= SKELETON_MIN_LENGTH:
        yield from _deletions(b"#" + bare.encode(), start=1)


def _deletions(data: bytes, *, start: int = 0) -> Iterator[int]:
    yield zlib.crc32(data)
    for at in range(start, len(data)):
        yield zlib.crc32(data[:at] + data[at + 1 :])


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
        self._put(IDENTITY, place.id, number << _PLACE_SHIFT)
        cyrillic = any(is_cyrillic(name.name) for name in place.names)
        arabic = written_in_arabic(place.country) and place.kind is not PlaceKind.COUNTRY
        seen: set[tuple[str, str]] = set()
        for at, name in enumerate(place.names[: 1 << _NAME_BITS]):
            payload = number << _PLACE_SHIFT | (_CYRILLIC_BIT if cyrillic else 0) | at
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
        yield LISTED, "".join(words)
        for size in range(1, len(words)):
            self._prefixes.add(stable_hash(PREFIX, "".join(words[:size])))
        roman = self._roman(name.name, language=name.lang)
        for form in roman:
            yield ROMAN, form
        if arabic and (is_arabic(name.name) or not is_cyrillic(name.name)):
            yield SKELETON, skeleton(name.name)
        if place.kind in REGIONS or place.kind in DISTRICTS:
            core, kind = strip_kind(name.name)
            sign = CORE[KindClass.REGION if place.kind in REGIONS else KindClass.DISTRICT]
            yield sign, fold(core).replace(" ", "")
            for form in self._roman(core, language=name.lang) if kind else ():
                yield sign, ROMAN + form

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
                hashes[order].tobytes(),
                payloads[order].tobytes(),
                near_keys[near_order].tobytes(),
                near_owners[near_order].tobytes(),
                _ends(encoded),
                b"".join(encoded),
                _ends(self._places),
                b"".join(self._places),
            ]
        )


def _ends(parts: Iterable[bytes]) -> bytes:
    ends, total = array("Q", [0]), 0
    for part in parts:
        total += len(part)
        ends.append(total)
    return ends.tobytes()


def _write(sections: list[bytes]) -> bytes:
    out = bytearray(FORMAT.ljust(256, b"\0"))
    spans = []
    for section in sections:
        out.extend(b"\0" * (-len(out) % 8))
        spans.append((len(out), len(out) + len(section)))
        out.extend(section)
    head = msgspec.msgpack.encode(spans)
    out[64 : 64 + 2 + len(head)] = len(head).to_bytes(2, "big") + head
    out[32:40] = len(out).to_bytes(8, "big")
    return bytes(out)


class Layer:
    """A compiled layer, read from bytes or a mapped file.

    Raises:
        ValueError: the bytes are not a layer of this format.
    """

    def __init__(self, data: bytes | mmap.mmap) -> None:
        view = memoryview(data)
        if len(view) < 256 or bytes(view[: len(FORMAT)]) != FORMAT or int.from_bytes(view[32:40], "big") != len(view):
            message = "not a gazetteer layer of this version"
            raise ValueError(message)
        size = int.from_bytes(view[64:66], "big")
        spans = msgspec.msgpack.decode(view[66 : 66 + size], type=Sections)
        self._hashes = view[slice(*spans.hashes)].cast("Q")
        self._payloads = view[slice(*spans.payloads)].cast("Q")
        self._near_hashes = view[slice(*spans.near_hashes)].cast("I")
        self._near_strings = view[slice(*spans.near_strings)].cast("I")
        self._string_ends = view[slice(*spans.string_ends)].cast("Q")
        self._strings = view[slice(*spans.strings)]
        self._place_ends = view[slice(*spans.place_ends)].cast("Q")
        self._places = view[slice(*spans.places)]
        self._kept: dict[int, Place] = {}
        self._decoder = msgspec.msgpack.Decoder(Place)

    @classmethod
    def open(cls, path: Path) -> Layer:
        """Map the file of a layer."""
        with path.open("rb") as file:
            return cls(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))

    def __len__(self) -> int:
        """Give the number of places."""
        return len(self._place_ends) - 1

    def postings(self, wanted: int) -> list[Posting]:
        """Give the places with a hashed key."""
        hashes, found = self._hashes, []
        at, size = bisect_left(hashes, wanted), len(hashes)
        while at < size and hashes[at] == wanted:
            payload = self._payloads[at]
            found.append(Posting(payload >> _PLACE_SHIFT, payload & _CYRILLIC_BIT - 1, bool(payload & _CYRILLIC_BIT)))
            at += 1
        return found

    def has(self, wanted: int) -> bool:
        """Tell whether a hashed key is there."""
        at = bisect_left(self._hashes, wanted)
        return at < len(self._hashes) and self._hashes[at] == wanted

    def near(self, key: str) -> set[str]:
        """Give the loose keys that may be about one edit from a loose key (to be compared by the caller)."""
        hashes, size, numbers = self._near_hashes, len(self._near_hashes), set()
        for wanted in near_hashes(key):
            at = bisect_left(hashes, wanted)
            while at < size and hashes[at] == wanted:
                numbers.add(self._near_strings[at])
                at += 1
        ends = self._string_ends
        return {bytes(self._strings[ends[number] : ends[number + 1]]).decode() for number in numbers}

    def place(self, number: int) -> Place:
        """Give a place by its number."""
        place = self._kept.get(number)
        if place is None:
            if len(self._kept) >= KEPT_PLACES:
                self._kept.clear()
            ends = self._place_ends
            place = self._kept[number] = self._decoder.decode(self._places[ends[number] : ends[number + 1]])
        return place

    def __iter__(self) -> Iterator[Place]:
        """Give the places in the order they were added."""
        return map(self.place, range(len(self)))
