"""The results of all shards of a run to the results of the whole run: the same bytes, read as a stream."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple

import msgspec

from claimkit.errors import InputError
from claimkit.records import UNREADABLE, Generator, Record
from claimkit.sharding import Mark, ShardArticle, ShardEnd, ShardHead

AGAIN: Final = "extract that shard again"
_FORM: Final = b'{\n  "schema": "claimkit/1",\n'
_END: Final = b"\n}\n"
_INDENT: Final = 4
"""Spaces before an element of a list of the whole JSON object."""
_MOST_HEAD: Final = 200
_SPARE_FILES: Final = 64
_marks: Final = msgspec.json.Decoder(Mark)


class Merged(Record, frozen=True, kw_only=True):
    """The counts of what was merged."""

    shards: int
    claims: int


class _Piece(NamedTuple):
    """What one article has in one result: its place in the run, and its part of the bytes."""

    key: tuple[bytes, int]
    where: str
    mark: ShardArticle
    body: bytes


def merge(paths: Sequence[Path], *, stream: BinaryIO) -> Merged:
    """Join the results of all shards of a run.

    Args:
        paths: JSON Lines or JSON, each written with ``--shard``.
        stream: where the whole goes, in their form.

    Returns:
        The counts.

    Raises:
        InputError: a result is none, is cut short, is missing, is there twice, or was made otherwise than the others.
        OSError: reading or writing failed.
    """
    forms = {_is_json(path) for path in paths}
    if len(forms) > 1:
        odd = next(path for path in paths if _is_json(path))
        raise InputError("is JSON, others are JSON Lines", where=str(odd), mend="write all shards in one form")
    heads = [(path, _json_head(path) if True in forms else _lines_head(path)) for path in paths]
    generator = _check(heads)
    with suppress(ImportError, ValueError, OSError):
        _allow_files(2 * len(paths) + _SPARE_FILES)
    if True in forms:
        return Merged(shards=len(paths), claims=_merge_json(paths, generator=generator, stream=stream))
    claims = 0
    for piece in _in_order([partial(_lines, path) for path in paths]):
        stream.write(piece.body)
        claims += piece.mark.claims
    return Merged(shards=len(paths), claims=claims)


def _check(heads: Sequence[tuple[Path, ShardHead]]) -> Generator:
    """Check that the results are those of all shards of one run."""
    first_path, first = heads[0]
    seen: dict[int, Path] = {}
    for path, head in heads:
        where = str(path)
        if head.generator != first.generator:
            what = f"was made by another claimkit, model or data than {first_path}"
            raise InputError(what, where=where, mend="extract all shards with the same")
        if head.asked != first.asked:
            what = f"was made with other settings or filters than {first_path}"
            raise InputError(what, where=where, mend="extract all shards with the same")
        if head.of != first.of:
            what = f"is a shard of {head.of}, but {first_path} of {first.of}"
            raise InputError(what, where=where, mend="give the shards of one run")
        if head.shard in seen:
            what = f"is shard {head.shard}/{head.of}, as is {seen[head.shard]}"
            raise InputError(what, where=where, mend="give each shard once")
        seen[head.shard] = path
    missing = [str(number) for number in range(1, first.of + 1) if number not in seen]
    if missing:
        names = ", ".join(missing[:10]) + (", ..." if len(missing) > 10 else "")
        raise InputError(
            f"of {first.of} shards, missing: {names}", where=str(first_path), mend="give their results too"
        )
    return first.generator


def _in_order(sources: Iterable[Callable[[ExitStack], Iterator[_Piece]]]) -> Iterator[_Piece]:
    """Give the pieces of all results in the order of the run, each article once."""
    with ExitStack() as files:
        last: _Piece | None = None
        for piece in heapq.merge(*(source(files) for source in sources), key=lambda piece: piece.key):
            if last is not None and piece.key <= last.key:
                where = f"{piece.mark.file} (number {piece.mark.number})" if piece.mark.number else piece.mark.file
                what = f"stands in {last.where} and {piece.where}, or not in order"
                raise InputError(what, where=where, mend="give the results of one run, as they were written")
            last = piece
            yield piece


def _is_json(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_FORM)) == _FORM


def _cut(path: Path) -> InputError:
    return InputError("is cut short or broken", where=str(path), mend=AGAIN)


def _none(path: Path) -> InputError:
    return InputError("is no result of a shard", where=str(path), mend="write it with `claimkit extract --shard I/N`")


def _lines_head(path: Path) -> ShardHead:
    with path.open("rb") as file:
        return _head(file.readline(), path=path)


def _head(line: bytes, *, path: Path) -> ShardHead:
    try:
        return msgspec.json.decode(line, type=ShardHead)
    except UNREADABLE:
        raise _none(path) from None


def _mark(line: bytes, *, path: Path) -> ShardArticle | ShardEnd:
    try:
        mark = _marks.decode(line)
    except UNREADABLE:
        raise _cut(path) from None
    if isinstance(mark, ShardHead):
        raise _cut(path)
    return mark


def _lines(path: Path, files: ExitStack) -> Iterator[_Piece]:
    """Read a shard's JSON Lines, article by article."""
    file = files.enter_context(path.open("rb"))
    file.readline()
    claims = 0
    while not isinstance(mark := _mark(file.readline(), path=path), ShardEnd):
        lines = list(islice(file, mark.claims))
        if len(lines) < mark.claims or not lines or not lines[-1].endswith(b"\n"):
            raise _cut(path)
        claims += mark.claims
        yield _Piece(mark.key, str(path), mark, b"".join(lines))
    if mark.claims != claims or file.readline():
        raise _cut(path)


def _json_head(path: Path) -> ShardHead:
    """Read the head of a shard's JSON, and see that the object is whole."""
    with path.open("rb") as file:
        lines = []
        for line in islice(file, 2, _MOST_HEAD):
            lines.append(line)
            if line == b"  },\n":
                break
        file.seek(max(0, file.seek(0, 2) - len(_END)))
        if file.read() != _END:
            raise _cut(path)
    text = b"".join(lines)
    if not text.startswith(b'  "shard": '):
        raise _none(path)
    return _head(text.removeprefix(b'  "shard": ').rstrip(b",\n"), path=path)


def _elements(path: Path, files: ExitStack, *, key: str) -> Iterator[bytes]:
    """Give the elements of a list of the object, as they are written; only one at a time is held."""
    file = files.enter_context(path.open("rb"))
    begin = f'  "{key}": ['.encode()
    for line in file:
        if line.startswith(begin):
            break
    else:
        raise _cut(path)
    if line.rstrip(b",\n").endswith(b"]"):
        return
    held: list[bytes] = []
    for line in file:
        if line.startswith(b"  ]"):
            return
        held.append(line)
        if line[_INDENT : _INDENT + 1] in (b"}", b"]"):
            yield b"".join(held).rstrip(b",\n")
            held.clear()
    raise _cut(path)


def _json_pieces(path: Path, files: ExitStack, *, key: str) -> Iterator[_Piece]:
    """Read a shard's JSON, article by article: its document, or its claims."""
    elements = _elements(path, files, key=key)
    for line in _elements(path, files, key="order"):
        mark = _mark(line, path=path)
        if isinstance(mark, ShardEnd):
            raise _cut(path)
        wanted = 1 if key == "documents" else mark.claims
        found = list(islice(elements, wanted))
        if len(found) < wanted:
            raise _cut(path)
        yield _Piece(mark.key, str(path), mark, b",\n".join(found))
    if next(elements, None) is not None:
        raise _cut(path)


def _merge_json(paths: Sequence[Path], *, generator: Generator, stream: BinaryIO) -> int:
    """Write the object of the whole run, its lists one after the other."""
    made_by = msgspec.json.format(msgspec.json.encode({"generator": generator}), indent=2)[2:-2]
    stream.write(_FORM + made_by)
    claims = 0
    for key in ("documents", "claims"):
        some = False
        stream.write(f',\n  "{key}": ['.encode())
        for piece in _in_order([partial(_json_pieces, path, key=key) for path in paths]):
            claims += piece.mark.claims if key == "claims" else 0
            if piece.body:
                stream.write((b",\n" if some else b"\n") + piece.body)
                some = True
        stream.write(b"\n  ]" if some else b"]")
    stream.write(_END)
    return claims


def _allow_files(number: int) -> None:
    """Raise the number of files that may be open at once, as far as the system lets."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most: Any = number if hard == resource.RLIM_INFINITY else min(number, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
