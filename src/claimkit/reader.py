"""Paths, folders, archives and standard input to documents, one at a time, in order of the paths' bytes.

Only regular files are opened; what cannot be read is given back as :class:`Skipped` with the reason, and the rest goes
on. The date of publication is taken from the metadata table, else the article's own head, else the file's name, else
``--published``; for standard input and :func:`read_text` a date given wins over head and name.
"""

from __future__ import annotations

import fnmatch
import hashlib
import io
import os
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import BinaryIO, Final, Literal, NamedTuple, Protocol

import msgspec

from claimkit.archive import is_archive, members
from claimkit.blocks import lay_out
from claimkit.encoding import Decoded, decode, without_surrogates
from claimkit.errors import InputError
from claimkit.metadata import Metadata, load_metadata
from claimkit.paths import STDIN, Found, error_reason, kind_reason, printable, walk
from claimkit.publication import date_in_name
from claimkit.records import Document, Record
from claimkit.settings import Settings

STDIN_NAME: Final = "<stdin>"
NO_DATE: Final = "no publication date; relative dates stay as written; use --published or --metadata"
_ARCHIVE_HEAD: Final = 512
Origin = Literal["header", "name", "option", "metadata"]


class Skipped(Record, frozen=True, kw_only=True):
    """An input that was not read, and why; the path is printable."""

    path: str
    reason: str


class Memory(Protocol):
    """Where articles are remembered as they were read before."""

    def recall(self, path: str, *, origin: str) -> Document | None:
        """Give an article read before from the same.

        Args:
            path: what the document is called.
            origin: a digest of its bytes, its metadata and the settings.
        """


class _Context(NamedTuple):
    """What all inputs of a run have in common."""

    settings: Settings
    metadata: Metadata
    memory: Memory | None = None
    shared: bytes = b""
    """The settings as bytes, for the digests of what is remembered."""

    def recall(self, path: str, *, sha256: str, given: str | None) -> Document | None:
        """Ask the memory for an article."""
        if self.memory is None:
            return None
        own = msgspec.json.encode([sha256, given, self.metadata.find(path)])
        return self.memory.recall(path, origin=hashlib.sha256(own + self.shared).hexdigest())


def read_paths(
    inputs: Sequence[str | os.PathLike[str]],
    *,
    settings: Settings,
    stdin: BinaryIO | None = None,
    memory: Memory | None = None,
) -> Iterator[Document | Skipped]:
    """Read articles lazily.

    Args:
        inputs: files, folders (read downwards, by ``settings.glob``), zip, tar or tar.gz archives, ``-``.
        settings: what is read and how.
        stdin: where ``-`` is read from.
        memory: is asked for each article whose bytes are there, before they are decoded and taken apart.

    Yields:
        Documents and skipped inputs in order of the bytes of their paths; each file once.

    Raises:
        DataError: the metadata file is wrong.
    """
    metadata = load_metadata(Path(settings.metadata)) if settings.metadata else Metadata()
    context = _Context(settings, metadata, memory, msgspec.json.encode(settings, order="deterministic"))
    found: dict[str, Found] = {}
    for given in inputs:
        for item in walk(os.fspath(given), settings=settings):
            found.setdefault(item.path, item)
    for item in sorted(found.values(), key=lambda item: os.fsencode(item.path)):
        if item.reason is not None:
            yield Skipped(path=printable(item.path), reason=item.reason)
        elif item.path == STDIN:
            yield _from_stdin(stdin, context=context)
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
    document = _document(
        Decoded(text=clean, encoding="utf-8", replaced=replaced),
        shown=_shown(path),
        sha256=hashlib.sha256(clean.encode("utf-8")).hexdigest(),
        context=_Context(settings, Metadata()),
        given=given,
    )
    said = {"outlet": outlet, "title": title, "url": url}
    return _replaced(document, **{name: value for name, value in said.items() if value is not None})


def _from_file(path: str, *, context: _Context) -> Iterator[Document | Skipped]:
    settings = context.settings
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
    flags |= 0 if settings.follow else getattr(os, "O_NOFOLLOW", 0)
    try:
        with os.fdopen(os.open(path, flags), "rb") as file:
            if reason := kind_reason(os.fstat(file.fileno()).st_mode):
                yield Skipped(path=printable(path), reason=reason)
                return
            head = file.read(_ARCHIVE_HEAD)
            file.seek(0)
            if is_archive(head):
                yield from _from_archive(file, path=path, context=context)
                return
            data = file.read(settings.max_file_size + 1)
    except OSError as error:
        yield Skipped(path=printable(path), reason=error_reason(error))
        return
    yield _from_bytes(data, path=path, context=context)


def _from_archive(file: BinaryIO, *, path: str, context: _Context) -> Iterator[Document | Skipped]:
    settings, some = context.settings, False
    try:
        for member in members(file, settings=settings):
            name = member.name.rsplit("/", 1)[-1]
            if not any(fnmatch.fnmatchcase(name, pattern) for pattern in settings.glob) or name.startswith("."):
                continue
            some = True
            inner = f"{path}!{member.name}"
            if member.reason is not None:
                yield Skipped(path=printable(inner), reason=member.reason)
            else:
                yield _from_bytes(member.data, path=inner, context=context)
    except InputError as error:
        yield Skipped(path=printable(path), reason=error.message)
        return
    if not some:
        yield Skipped(path=printable(path), reason=f"archive holds no file like {', '.join(settings.glob)}")


def _from_stdin(stdin: BinaryIO | None, *, context: _Context) -> Document | Skipped:
    settings = context.settings
    name = settings.stdin_filename or STDIN_NAME
    source = io.BytesIO() if stdin is None else stdin
    try:
        data = source.read(settings.max_file_size + 1)
    except OSError as error:
        return Skipped(path=printable(name), reason=error_reason(error))
    return _from_bytes(data, path=name, context=context, given=settings.published)


def _from_bytes(data: bytes, *, path: str, context: _Context, given: str | None = None) -> Document | Skipped:
    settings = context.settings
    if len(data) > settings.max_file_size:
        return Skipped(path=printable(path), reason=f"larger than {settings.max_file_size} bytes; see --max-file-size")
    sha256, shown = hashlib.sha256(data).hexdigest(), _shown(path)
    if (known := context.recall(shown, sha256=sha256, given=given)) is not None:
        return known
    try:
        decoded = decode(data, encoding=settings.encoding, floor=settings.encoding_floor)
    except InputError as error:
        return Skipped(path=printable(path), reason=error.message)
    return _document(decoded, shown=shown, sha256=sha256, context=context, given=given)


def _shown(path: str) -> str:
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _document(decoded: Decoded, *, shown: str, sha256: str, context: _Context, given: str | None) -> Document:
    text, settings = decoded.text, context.settings
    layout = lay_out(text, settings=settings)
    entry = context.metadata.find(shown)
    name = shown.replace("\\", "/").rsplit("/", 1)[-1]
    in_name = date_in_name(name)
    choices: tuple[tuple[str | None, Origin], ...] = (
        (entry.published if entry else None, "metadata"),
        (given, "option"),
        (layout.published.isoformat() if layout.published else None, "header"),
        (in_name.isoformat() if in_name else None, "name"),
        (settings.published, "option"),
    )
    published, origin = next(((day, origin) for day, origin in choices if day), (None, None))
    warnings = list(layout.warnings if published is None else (w for w in layout.warnings if not w.startswith("date ")))
    if decoded.replaced:
        warnings.insert(0, f"{decoded.replaced} characters could not be decoded as {decoded.encoding}; see --encoding")
    if not text.strip():
        warnings.append("empty")
    elif published is None:
        warnings.append(NO_DATE)
    return Document(
        path=shown,
        text=text,
        sha256=sha256,
        encoding=decoded.encoding,
        title=(entry.title if entry else None) or layout.title,
        byline=layout.byline,
        outlet=(entry.outlet if entry else None) or layout.outlet,
        url=(entry.url if entry else None) or layout.url,
        published=published,
        published_from=origin,
        blocks=layout.blocks,
        warnings=tuple(warnings),
    )


def _replaced(document: Document, **changes: str) -> Document:
    return msgspec.structs.replace(document, **changes)
