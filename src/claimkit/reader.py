"""Paths, folders, archives, corpora, remote inputs and standard input to documents, one at a time, in order of bytes.

Only regular files are opened; what cannot be read is given back as :class:`Skipped` with the reason, and the rest goes
on. Within an archive the order is that of its members' names, within a corpus that of its rows.
"""

from __future__ import annotations

import fnmatch
import hashlib
import io
import os
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path
from typing import BinaryIO, Final

import msgspec

from claimkit.archive import is_archive, members
from claimkit.corpora import Kind, Row, corpus_kind, patterns, rows
from claimkit.documents import NO_DATE, Context, Memory, Skipped, from_bytes, from_decoded, from_row, shown
from claimkit.encoding import Decoded, without_surrogates
from claimkit.errors import InputError
from claimkit.metadata import Metadata, load_metadata
from claimkit.opening import regular
from claimkit.paths import STDIN, Found, error_reason, path_bytes, printable, walk
from claimkit.records import Document
from claimkit.remote import is_remote, listed, opened, seekable
from claimkit.settings import Settings
from claimkit.sharding import Sharded

__all__ = ["NO_DATE", "STDIN_NAME", "Memory", "Skipped", "read_paths", "read_text"]

STDIN_NAME: Final = "<stdin>"
_HEAD: Final = 512
"""Bytes by which an archive is known."""
_MOST_COPIED: Final = 4
"""Largest archives (unpacked) of which a file is copied that cannot be read but from its beginning."""


def read_paths(
    inputs: Sequence[str | os.PathLike[str]],
    *,
    settings: Settings,
    stdin: BinaryIO | None = None,
    memory: Memory | None = None,
    sharded: Sharded | None = None,
) -> Iterator[Document | Skipped]:
    """Read articles lazily.

    Args:
        inputs: files, folders (read downwards, by ``settings.glob``), zip, tar or tar.gz archives, ``-``, corpora where
            ``settings.text_column`` is given, and any of these with a scheme (``s3://``, ``https://``).
        settings: what is read and how.
        stdin: where ``-`` is read from.
        memory: is asked for each article whose bytes are there, before they are decoded and taken apart.
        sharded: says which documents fall to this run, and is told where they stand; all where ``None``.

    Yields:
        Documents and skipped inputs in order of the bytes of their paths; each file once.

    Raises:
        DataError: the metadata file is wrong.
        UsageError: a library that an input needs is not installed.
    """
    metadata = load_metadata(Path(settings.metadata)) if settings.metadata else Metadata()
    context = Context(settings, metadata, memory, msgspec.json.encode(settings, order="deterministic"), sharded)
    listing = msgspec.structs.replace(settings, glob=patterns(settings))
    found: dict[str, Found] = {}
    for given in (os.fspath(path) for path in inputs):
        for item in (listed if is_remote(given) else walk)(given, settings=listing):
            found.setdefault(item.path, item)
    for item in sorted(found.values(), key=lambda item: path_bytes(item.path)):
        if item.reason is not None:
            yield from _skipped(item.path, item.reason, context=context)
        elif item.path == STDIN:
            yield from _from_stdin(stdin, context=context)
        else:
            yield from _from_file(item.path, context=context)


def read_text(
    text: str,
    *,
    path: str = STDIN,
    published: date | str | None = None,
    outlet: str | None = None,
    title: str | None = None,
    url: str | None = None,
    settings: Settings | None = None,
) -> Document:
    """Read an article that is there as a string.

    Args:
        text: the article; lone surrogates become U+FFFD, nothing else is changed.
        path: what the document is called.
        published: its date of publication (ISO 8601), else its head and ``path`` are asked.
        outlet: its publisher, else its head is asked.
        title: its title, else its head is asked.
        url: its address, else its head is asked.
        settings: the defaults where ``None``.

    Returns:
        The document.

    Raises:
        InputError: ``published`` is no date.
    """
    settings = settings or Settings()
    clean, replaced = without_surrogates(text)
    given = None
    if published is not None:
        try:
            given = published.isoformat() if isinstance(published, date) else date.fromisoformat(published).isoformat()
        except ValueError as error:
            raise InputError(f"published {published!r} is no date", mend="write it as 2025-12-01") from error
    document = from_decoded(
        Decoded(text=clean, encoding="utf-8", replaced=replaced),
        name=shown(path),
        sha256=hashlib.sha256(clean.encode("utf-8")).hexdigest(),
        context=Context(settings, Metadata()),
        given=given,
    )
    said = {"outlet": outlet, "title": title, "url": url}
    return msgspec.structs.replace(document, **{name: value for name, value in said.items() if value is not None})


def _skipped(
    path: str, reason: str, *, context: Context, file: str | None = None, number: int = 0
) -> Iterator[Skipped]:
    if context.takes(path, file=file, number=number):
        yield Skipped(path=printable(path), reason=reason)
    else:
        context.pass_over(path)


def _from_file(path: str, *, context: Context) -> Iterator[Document | Skipped]:
    try:
        with opened(path) if is_remote(path) else regular(path, follow=context.settings.follow) as file:
            yield from _from_opened(file, path=path, context=context)
    except OSError as error:
        yield from _skipped(path, error_reason(error), context=context)


def _from_opened(file: BinaryIO, *, path: str, context: Context) -> Iterator[Document | Skipped]:
    settings = context.settings
    if kind := corpus_kind(path, settings=settings):
        yield from _from_corpus(file, kind=kind, path=path, context=context)
        return
    head = file.read(_HEAD)
    if is_archive(head):
        with seekable(file, head=head, most=_MOST_COPIED * settings.max_archive_size) as whole:
            yield from _from_archive(whole, path=path, context=context)
    elif context.takes(path):
        rest = file.read(max(0, settings.max_file_size + 1 - len(head)))
        yield from_bytes(head + rest, path=path, context=context)


def _from_archive(file: BinaryIO, *, path: str, context: Context) -> Iterator[Document | Skipped]:
    settings, number = context.settings, 0
    try:
        for member in members(file, settings=settings):
            name = member.name.rsplit("/", 1)[-1]
            if not any(fnmatch.fnmatchcase(name, pattern) for pattern in settings.glob) or name.startswith("."):
                continue
            number += 1
            inner = f"{path}!{member.name}"
            if not context.takes(inner, file=path, number=number):
                continue
            if member.reason is not None:
                yield Skipped(path=printable(inner), reason=member.reason)
            else:
                yield from_bytes(member.data, path=inner, context=context, inside=member.name)
    except InputError as error:
        yield from _skipped(path, error.message, context=context, number=number + 1)
        return
    if not number:
        yield from _skipped(path, f"archive holds no file like {', '.join(settings.glob)}", context=context)


def _from_corpus(file: BinaryIO, *, kind: Kind, path: str, context: Context) -> Iterator[Document | Skipped]:
    settings, number = context.settings, 0
    ids: set[int] = set()
    try:
        with _readable(file, kind=kind, settings=settings) as whole:
            for row in rows(whole, kind=kind, path=path, settings=settings):
                number = row.number
                inner = f"{path}!{row.id}" if row.article is not None else f"{path}:{row.line}"
                if context.takes(inner, file=path, number=number):
                    yield _from_row(row, path=path, inner=inner, ids=ids, context=context)
                elif row.article is None:
                    context.pass_over(inner)
    except InputError as error:
        yield from _skipped(path, error.message, context=context, number=number + 1)
    except OSError as error:
        yield from _skipped(path, error_reason(error), context=context, number=number + 1)


def _readable(file: BinaryIO, *, kind: Kind, settings: Settings) -> AbstractContextManager[BinaryIO]:
    """Let a corpus in lines be read as it comes; one of Parquet is read from its end."""
    if kind is Kind.PARQUET:
        return seekable(file, head=file.read(_HEAD), most=_MOST_COPIED * settings.max_archive_size)
    return nullcontext(file)


def _from_row(row: Row, *, path: str, inner: str, ids: set[int], context: Context) -> Document | Skipped:
    """Make the document of a row, unless an earlier one has its id: a document is known by its path."""
    reason = row.reason
    if row.article is not None and context.settings.id_column is not None:
        known = int.from_bytes(hashlib.blake2b(row.id.encode(), digest_size=8).digest())
        if known in ids:
            reason = f"id {row.id!r} stands in an earlier row"
        ids.add(known)
    if row.article is None or reason:
        return Skipped(path=printable(f"{path}:{row.line}"), reason=reason)
    return from_row(row.article, path=inner, told=row.told, context=context, warnings=row.warnings)


def _from_stdin(stdin: BinaryIO | None, *, context: Context) -> Iterator[Document | Skipped]:
    settings = context.settings
    name = settings.stdin_filename or STDIN_NAME
    source = io.BytesIO() if stdin is None else stdin
    if kind := corpus_kind(name, settings=settings):
        yield from _from_corpus(source, kind=kind, path=name, context=context)
    elif context.takes(name):
        try:
            data = source.read(settings.max_file_size + 1)
        except OSError as error:
            yield Skipped(path=printable(name), reason=error_reason(error))
            return
        yield from_bytes(data, path=name, context=context, given=settings.published)
