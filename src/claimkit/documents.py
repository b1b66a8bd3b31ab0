"""Bytes or a text to a :class:`Document`, or to :class:`Skipped` with the reason.

The date of publication is taken from what is told beside the text (the metadata table, then a corpus's columns), else
from the article's own head, else its file's name, else ``--published``; for standard input and ``read_text`` a date
given wins over head and name.
"""

from __future__ import annotations

import hashlib
from typing import Final, Literal, NamedTuple, Protocol

import msgspec

from claimkit.blocks import lay_out
from claimkit.encoding import Decoded, decode
from claimkit.errors import InputError
from claimkit.metadata import FIELDS, Entry, Metadata
from claimkit.paths import path_bytes, printable
from claimkit.publication import date_in_name
from claimkit.records import Document, Record
from claimkit.settings import Settings
from claimkit.sharding import Sharded

NO_DATE: Final = "no publication date; relative dates stay as written; use --published or --metadata"
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


class Context(NamedTuple):
    """What all inputs of a run have in common."""

    settings: Settings
    metadata: Metadata
    memory: Memory | None = None
    shared: bytes = b""
    """The settings as bytes, for the digests of what is remembered."""
    sharded: Sharded | None = None

    def takes(self, path: str, *, file: str | None = None, number: int = 0) -> bool:
        """Tell whether a document, or an input that is not used, falls to this run.

        Args:
            path: what it is called.
            file: the archive or corpus that it stands in; itself where ``None``.
            number: its place in that.
        """
        return self.sharded is None or self.sharded.takes(
            shown(path), file=path if file is None else file, number=number
        )

    def pass_over(self, path: str) -> None:
        """Note an input that is not used and falls to another share."""
        if self.sharded is not None:
            self.sharded.skipped_elsewhere.append(printable(path))

    def recall(self, path: str, *, sha256: str, given: str | None, entry: Entry | None) -> Document | None:
        """Ask the memory for an article."""
        if self.memory is None:
            return None
        own = msgspec.json.encode([sha256, given, entry])
        return self.memory.recall(path, origin=hashlib.sha256(own + self.shared).hexdigest())


def shown(path: str) -> str:
    """Give a path as documents and results have it: bytes that are no UTF-8 as escapes."""
    return path_bytes(path).decode("utf-8", "backslashreplace")


def too_large(settings: Settings) -> str:
    """Say why an article of more than ``max_file_size`` bytes is not read."""
    return f"larger than {settings.max_file_size} bytes; see --max-file-size"


def from_bytes(
    data: bytes, *, path: str, context: Context, given: str | None = None, inside: str | None = None
) -> Document | Skipped:
    """Make the document of a file's bytes.

    Args:
        data: the bytes; one more than ``max_file_size`` of them is enough of a file that is too large.
        path: what the document is called.
        context: the run's.
        given: a date of publication that wins over the article's own.
        inside: what it is called in the archive that it stands in; ``None`` where it stands in none.
    """
    settings = context.settings
    if len(data) > settings.max_file_size:
        return Skipped(path=printable(path), reason=too_large(settings))
    sha256, name = hashlib.sha256(data).hexdigest(), shown(path)
    if (known := context.recall(name, sha256=sha256, given=given, entry=context.metadata.find(name))) is not None:
        return known
    try:
        decoded = decode(data, encoding=settings.encoding, floor=settings.encoding_floor)
    except InputError as error:
        return Skipped(path=printable(path), reason=error.message)
    return from_decoded(decoded, name=name, sha256=sha256, context=context, given=given, inside=inside)


def from_row(decoded: Decoded, *, path: str, told: Entry, context: Context, warnings: tuple[str, ...] = ()) -> Document:
    """Make the document of a text that stands in a corpus.

    Args:
        decoded: the text.
        path: what the document is called.
        told: what the other columns say; the metadata table wins over it.
        context: the run's.
        warnings: what else is to be said of it.
    """
    sha256, name = hashlib.sha256(decoded.text.encode("utf-8")).hexdigest(), shown(path)
    entry = _joined(context.metadata.find(name), told)
    given = msgspec.json.encode([decoded.encoding, decoded.replaced, warnings]).decode()
    if (known := context.recall(name, sha256=sha256, given=given, entry=entry)) is not None:
        return known
    document = from_decoded(decoded, name=name, sha256=sha256, context=context, told=told, inside=told.document)
    return msgspec.structs.replace(document, warnings=(*warnings, *document.warnings)) if warnings else document


def from_decoded(
    decoded: Decoded,
    *,
    name: str,
    sha256: str,
    context: Context,
    given: str | None = None,
    told: Entry | None = None,
    inside: str | None = None,
) -> Document:
    """Make the document of a text; see :func:`from_bytes` and :func:`from_row`."""
    text, settings = decoded.text, context.settings
    layout = lay_out(text, settings=settings)
    entry = _joined(context.metadata.find(name), told)
    own = name if inside is None else inside  # the name of an archive or corpus dates none of its articles
    in_name = date_in_name(own.replace("\\", "/").rsplit("/", 1)[-1])
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
        path=name,
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


def _joined(first: Entry | None, second: Entry | None) -> Entry | None:
    """Give what is told by two, the first one's word before the second's."""
    if first is None or second is None:
        return first or second
    values = {name: getattr(first, name) or getattr(second, name) for name in FIELDS}
    return Entry(document=first.document, **values)
