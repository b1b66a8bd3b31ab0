"""A compiled layer of the gazetteer: hashed keys in sorted arrays and the places behind them, in one mapped file.

Nothing is decoded until it is asked for, so a layer of 100,000 places costs a start nothing and little memory. Keys
are 64-bit BLAKE2b hashes of ``sign + key``: a false hit needs two keys out of some 10**19 to fall together.
"""

from __future__ import annotations

import hashlib
import mmap
import os
import zlib
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import msgspec

from claimkit.gazetteer_records import Place
from claimkit.names import KindClass

FORMAT = b"claimkit-gazetteer-5\n"
HEADER = 256
FUZZY_MIN_LENGTH = 6
SKELETON_MIN_LENGTH = 4
KEPT_PLACES = 2048

LISTED, ABROAD, ROMAN, SKELETON, PREFIX, IDENTITY = "=", "%", "~", "#", ">", "@"
CORE = {KindClass.REGION: "r", KindClass.DISTRICT: "d"}

NAME_BITS = 12
CYRILLIC_BIT = 1 << NAME_BITS
PLACE_SHIFT = NAME_BITS + 1
BUCKET_BITS = 16
_HASH_SHIFT = 64 - BUCKET_BITS
_NEAR_SHIFT = 32 - BUCKET_BITS
_VOWELS = str.maketrans("", "", "aeiouy")


class Posting(NamedTuple):
    """A place (by its number in the layer) and the number of its name that has the key."""

    place: int
    name: int
    cyrillic: bool


class Sections(msgspec.Struct, array_like=True, frozen=True):
    """Where the arrays of a layer lie in its file, each as (start, end)."""

    buckets: tuple[int, int]
    hashes: tuple[int, int]
    payloads: tuple[int, int]
    near_buckets: tuple[int, int]
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


def digest(data: memoryview) -> bytes:
    """Give the digest by which a layer's file is checked: of all that follows it."""
    return hashlib.blake2b(data[32:], digest_size=8).digest()


class Layer:
    """A compiled layer, read from bytes or a mapped file.

    Raises:
        ValueError: the bytes are not a layer of this format.
    """

    def __init__(self, data: bytes | mmap.mmap) -> None:
        view = memoryview(data)
        if (
            len(view) < HEADER
            or bytes(view[: len(FORMAT)]) != FORMAT
            or int.from_bytes(view[32:40], "big") != len(view)
        ):
            message = "not a gazetteer layer of this version"
            raise ValueError(message)
        size = int.from_bytes(view[64:66], "big")
        spans = msgspec.msgpack.decode(view[66 : 66 + size], type=Sections)
        self._buckets = view[slice(*spans.buckets)].cast("I")
        self._near_buckets = view[slice(*spans.near_buckets)].cast("I")
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
        """Map the file of a layer, and check it whole unless its time says that it was checked.

        The time of a checked file is set to a number made from its digest, so that a file written to since, or copied,
        is checked again, and a start with a large gazetteer need not read all of it.
        """
        with path.open("rb") as file:
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            changed = os.fstat(file.fileno()).st_mtime_ns
        kept = data[24:32]
        mark = int.from_bytes(kept[:4], "big") * 1_000_000_000
        if changed != mark:
            if digest(memoryview(data)) != kept:
                message = "a damaged gazetteer layer"
                raise ValueError(message)
            with suppress(OSError):
                os.utime(path, ns=(mark, mark))
        return cls(data)

    def __len__(self) -> int:
        """Give the number of places."""
        return len(self._place_ends) - 1

    def postings(self, wanted: int) -> list[Posting]:
        """Give the places with a hashed key."""
        hashes, found = self._hashes, []
        bucket = wanted >> _HASH_SHIFT
        end = self._buckets[bucket + 1]
        at = bisect_left(hashes, wanted, self._buckets[bucket], end)
        while at < end and hashes[at] == wanted:
            payload = self._payloads[at]
            found.append(Posting(payload >> PLACE_SHIFT, payload & CYRILLIC_BIT - 1, bool(payload & CYRILLIC_BIT)))
            at += 1
        return found

    def has(self, wanted: int) -> bool:
        """Tell whether a hashed key is there."""
        bucket = wanted >> _HASH_SHIFT
        end = self._buckets[bucket + 1]
        at = bisect_left(self._hashes, wanted, self._buckets[bucket], end)
        return at < end and self._hashes[at] == wanted

    def near(self, key: str) -> set[str]:
        """Give the loose keys that may be about one edit from a loose key (to be compared by the caller)."""
        hashes, buckets, numbers = self._near_hashes, self._near_buckets, set()
        for wanted in near_hashes(key):
            bucket = wanted >> _NEAR_SHIFT
            end = buckets[bucket + 1]
            at = bisect_left(hashes, wanted, buckets[bucket], end)
            while at < end and hashes[at] == wanted:
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
