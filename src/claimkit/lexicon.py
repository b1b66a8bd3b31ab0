"""Data files: where they are, YAML to checked frozen tables, compiled once and kept by content hash.

The wheel brings the tables of its own files compiled (``claimkit.compiling``); others go into the cache.

The cache (``$CLAIMKIT_CACHE_DIR``, else ``$XDG_CACHE_HOME/claimkit``, else ``~/.cache/claimkit``) only ever saves time:
a broken, foreign or unwritable cache is passed over without a word.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar, cast

import msgspec

from claimkit.errors import ConfigurationError, DataError
from claimkit.opening import read_regular

T = TypeVar("T")

CACHE_FORMAT = "1"
ALWAYS_THERE = "gazetteer.yaml"
"""A shipped data file, beside which the compiled tables lie."""
MAX_FILE_BYTES = 64 * 1024 * 1024
_DIGEST_BYTES = 32


def data_path(name: str) -> Path:
    """Give the path of a shipped data file such as ``gazetteer.yaml``.

    In a wheel the files lie in ``claimkit/data/``, in a checkout in ``data/`` beside ``src/``.

    Raises:
        DataError: there is no such file.
    """
    here = Path(__file__).resolve().parent
    for folder in (here / "data", here.parent.parent / "data"):
        path = folder / name
        if path.exists():
            return path
    message = f"the data file {name} is missing"
    raise DataError(message, where=str(here / "data"), mend="install claimkit again")


def shipped(name: str) -> Path:
    """Give the path where the wheel's own compiled table of a name would be (``claimkit.compiling``)."""
    return data_path(ALWAYS_THERE).with_name("compiled") / name


def cache_dir() -> Path:
    """Give the folder of the compiled tables; it need not exist."""
    if own := os.environ.get("CLAIMKIT_CACHE_DIR"):
        return Path(own)
    if base := os.environ.get("XDG_CACHE_HOME"):
        return Path(base) / "claimkit"
    return Path(os.path.expanduser("~")) / ".cache" / "claimkit"  # noqa: PTH111 - Path.home() raises without a home


def read_bytes(path: Path) -> bytes:
    """Read a data file whole.

    Raises:
        ConfigurationError: the file cannot be read or is larger than 64 MiB.
    """
    try:
        data = read_regular(path, most=MAX_FILE_BYTES)
    except OSError as error:
        message = f"cannot be read ({error.strerror})"
        raise ConfigurationError(message, where=str(path), mend="check the path and its rights") from error
    if len(data) > MAX_FILE_BYTES:
        raise ConfigurationError("the file is larger than 64 MiB", where=str(path), mend="split it")
    return data


def sha256(*parts: bytes) -> str:
    """Give the SHA-256 of some bytes, each part counted with its length, in hex."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


def parse_yaml(data: bytes, kind: type[T] | Any, *, name: str, unique: str | None = None) -> T:
    """Read YAML bytes as a type (see ``lexicon_schema``), without the cache.

    Args:
        data: the file's bytes.
        kind: the type to read, such as ``tuple[PlaceEntry, ...]``.
        name: what the messages call the file.
        unique: a key whose values must differ between the entries of the top-level list.

    Raises:
        LexiconError: with every problem of the file, each with its line.
    """
    from claimkit.lexicon_schema import MISSING, check_unique, convert
    from claimkit.lexicon_yaml import LexiconError, Reader

    reader = Reader(data)
    node = reader.read()
    value = MISSING if node is None else convert(node, kind=kind, reader=reader)
    if unique is not None and node is not None:
        check_unique(node, unique, reader=reader)
    if reader.problems:
        raise LexiconError(name, tuple(sorted(reader.problems)))
    return cast("T", value)


def load_yaml(path: Path, kind: type[T] | Any) -> T:
    """Read a YAML file as a type, from the cache where the same bytes were read before.

    Raises:
        LexiconError: with every problem of the file, each with its line.
        ConfigurationError: the file cannot be read.
    """
    data = read_bytes(path)
    key = sha256(CACHE_FORMAT.encode(), _signature(kind), data)
    kept = cached_bytes(
        f"{path.stem}-{key[:32]}.msgpack", lambda: msgspec.msgpack.encode(parse_yaml(data, kind, name=str(path)))
    )
    try:
        return cast("T", msgspec.msgpack.decode(kept, type=kind))
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return cast("T", parse_yaml(data, kind, name=str(path)))


def _signature(kind: Any) -> bytes:
    _, components = msgspec.json.schema_components([kind])
    return repr(kind).encode() + msgspec.json.encode(components, order="deterministic")


def cached_bytes(name: str, build: Callable[[], bytes]) -> bytes:
    """Give the bytes kept under a name, else build and keep them; what is kept is checked by its digest."""
    path = cache_dir() / name
    for kept_at in (shipped(name), path):
        with suppress(OSError):
            kept = kept_at.read_bytes()
            if hashlib.sha256(kept[_DIGEST_BYTES:]).digest() == kept[:_DIGEST_BYTES]:
                return kept[_DIGEST_BYTES:]
    built = build()
    write_cache(path, hashlib.sha256(built).digest() + built)
    return built


def write_cache(path: Path, data: bytes) -> bool:
    """Write a cache file in one step; ``False`` where the folder cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".tmp")
    except OSError:
        return False
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(temporary, path)  # noqa: PTH105 - the temporary is a plain string from mkstemp
    except OSError:
        with suppress(OSError):
            os.unlink(temporary)  # noqa: PTH108 - as above
        return False
    return True
