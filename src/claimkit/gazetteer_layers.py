"""Which layers a gazetteer has, and their compiled files in the cache."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from claimkit.gazetteer_build import LayerBuilder
from claimkit.gazetteer_db import GazetteerDatabase, user_database
from claimkit.gazetteer_index import FORMAT, Layer
from claimkit.gazetteer_records import Place, PlaceEntry
from claimkit.lexicon import cache_dir, data_path, parse_yaml, read_bytes, sha256, shipped, write_cache


def shipped_paths() -> tuple[Path, ...]:
    """Give the gazetteer files that ship with claimkit, in order."""
    return (data_path("gazetteer.yaml"),)


def read_entries(path: Path) -> tuple[PlaceEntry, ...]:
    """Read and check a gazetteer YAML file.

    Raises:
        LexiconError: with every problem of the file.
    """
    entries: tuple[PlaceEntry, ...] = parse_yaml(read_bytes(path), tuple[PlaceEntry, ...], name=str(path), unique="id")
    return entries


def compiled_yaml(path: Path) -> Layer:
    """Give the layer of a YAML file, compiled at most once for the same bytes."""
    content = sha256(read_bytes(path), _tables_sha256().encode())
    return compiled(f"{path.stem}-{content[:32]}", lambda: (entry.place() for entry in read_entries(path)))


def compiled(name: str, places: Callable[[], Iterable[Place]]) -> Layer:
    """Give a layer from the cache, or build and keep it; a broken or unwritable cache is passed over."""
    path = cache_dir() / f"{name}.places"
    for kept_at in (shipped(path.name), path):
        with suppress(OSError, ValueError):
            return Layer.open(kept_at)
    builder = LayerBuilder()
    for place in places():
        builder.add(place)
    data = builder.build()
    if write_cache(path, data):
        with suppress(OSError, ValueError):
            return Layer.open(path)
    return Layer(data)


def layers_sha256(paths: Iterable[Path] = ()) -> str:
    """Give one SHA-256 over all that places come from: the shipped files, the user's own gazetteer, further files.

    Raises:
        DataError: one of them cannot be read.
    """
    own = [revision.encode()] if (revision := _user_revision()) else []
    return sha256(*(read_bytes(path) for path in shipped_paths()), *own, *(read_bytes(path) for path in paths))


def _user_revision() -> str:
    path = user_database()
    if not path.is_file():
        return ""
    with GazetteerDatabase(path) as database:
        return database.revision()


def user_layers() -> tuple[Layer, ...]:
    """Give the layer of the user's own gazetteer (imported or added), where there is one."""
    path = user_database()
    if not path.is_file():
        return ()
    with GazetteerDatabase(path) as database:
        revision = database.revision()
        if not revision:
            return ()
        content = sha256(revision.encode(), _tables_sha256().encode())
        return (compiled(f"{path.stem}-user-{content[:32]}", database.places),)


def _tables_sha256() -> str:
    tables = (read_bytes(data_path(f"{name}.yaml")) for name in ("names", "romanization", "russian"))
    return sha256(FORMAT, *tables)
