"""Members of zip and tar archives, read and never unpacked: names never become paths, size and ratio are capped."""

from __future__ import annotations

import gzip
import lzma
import struct
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO, Final

from claimkit.errors import InputError
from claimkit.records import Record
from claimkit.settings import Settings

CHUNK: Final = 1 << 20
SPOOL: Final = 32 << 20
_ZIP_MARKS: Final = (b"PK\x03\x04", b"PK\x05\x06")
_GZIP_MARK: Final = b"\x1f\x8b"
_TAR_MARK: Final = (257, b"ustar")
_DAMAGE: Final = (
    tarfile.TarError,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    LookupError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)
"""What the readers of archives raise at bytes that are none of theirs: they trust what a header says."""


class Member(Record, frozen=True, kw_only=True):
    """A file in an archive: its name as written there, and its bytes or why they were not read."""

    name: str
    data: bytes = b""
    reason: str | None = None


def is_archive(head: bytes) -> bool:
    """Tell by its first 512 bytes whether a file is a zip, tar or gzip file."""
    at, mark = _TAR_MARK
    return head.startswith((*_ZIP_MARKS, _GZIP_MARK)) or head[at : at + len(mark)] == mark


def members(file: BinaryIO, *, settings: Settings) -> Iterator[Member]:
    """Read the regular files of an archive, in order of their names' bytes.

    Args:
        file: the archive, seekable.
        settings: the caps.

    Yields:
        Each member; one that is too large, packed too tightly, encrypted or broken comes with a reason.

    Raises:
        InputError: the archive as a whole cannot be read.
    """
    head = file.read(len(_ZIP_MARKS[0]))
    file.seek(0)
    if head.startswith(_ZIP_MARKS):
        yield from _zip_members(file, settings=settings)
    elif head.startswith(_GZIP_MARK):
        with _unpacked(file, settings=settings) as plain:
            yield from _tar_members(plain, settings=settings)
    else:
        yield from _tar_members(file, settings=settings)


def _zip_members(file: BinaryIO, *, settings: Settings) -> Iterator[Member]:
    try:
        archive = zipfile.ZipFile(file)
    except _DAMAGE as error:
        raise InputError(f"broken zip archive ({_said(error)})") from error
    with archive:
        infos = [info for info in archive.infolist() if not info.filename.endswith("/")]
        _count(len(infos), settings=settings)
        left = settings.max_archive_size
        for info in sorted(infos, key=lambda info: (_bytes(info.filename), info.header_offset)):
            member = _zip_member(archive, info, left=left, settings=settings)
            left -= len(member.data)
            yield member


def _zip_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, *, left: int, settings: Settings) -> Member:
    name = info.filename
    if info.flag_bits & 0x1:
        return Member(name=name, reason="encrypted")
    if reason := _too_large(info.file_size, packed=info.compress_size, left=left, settings=settings):
        return Member(name=name, reason=reason)
    try:
        with archive.open(info) as stream:
            data = stream.read(min(left, settings.max_file_size) + 1)
    except _DAMAGE as error:
        return Member(name=name, reason=f"broken archive member ({_said(error)})")
    if reason := _too_large(len(data), packed=info.compress_size, left=left, settings=settings):
        return Member(name=name, reason=reason)
    return Member(name=name, data=data)


def _tar_members(file: BinaryIO, *, settings: Settings) -> Iterator[Member]:
    try:
        with tarfile.open(fileobj=file, mode="r:") as archive:
            infos: list[tarfile.TarInfo] = []
            for info in archive:
                if info.isreg():
                    infos.append(info)
                    _count(len(infos), settings=settings)
            for info in sorted(infos, key=lambda info: (_bytes(info.name), info.offset)):
                if reason := _too_large(info.size, packed=info.size, left=info.size, settings=settings):
                    yield Member(name=info.name, reason=reason)
                elif (stream := archive.extractfile(info)) is not None:
                    data = stream.read(info.size)
                    reason = None if len(data) == info.size else "broken archive member (cut short)"
                    yield Member(name=info.name, data=data if reason is None else b"", reason=reason)
    except _DAMAGE as error:
        raise InputError(f"broken tar archive ({_said(error)})") from error


def _unpacked(file: BinaryIO, *, settings: Settings) -> BinaryIO:
    """Unpack a gzip file into a temporary one, up to the caps."""
    packed = file.seek(0, 2)
    file.seek(0)
    plain = tempfile.SpooledTemporaryFile(max_size=SPOOL)  # noqa: SIM115 - the caller closes it
    size = 0
    try:
        with gzip.GzipFile(fileobj=file) as stream:
            while chunk := stream.read(CHUNK):
                size += len(chunk)
                if size > settings.max_archive_size:
                    raise InputError(f"archive unpacks to more than {settings.max_archive_size} bytes")
                if size > CHUNK and size > settings.max_archive_ratio * packed:
                    raise InputError(f"archive unpacks to more than {settings.max_archive_ratio} times its size")
                plain.write(chunk)
    except (gzip.BadGzipFile, EOFError, zlib.error, struct.error) as error:
        plain.close()
        raise InputError(f"broken gzip file ({_said(error)})") from error
    except InputError:
        plain.close()
        raise
    plain.seek(0)
    return plain  # type: ignore[return-value]


def _too_large(size: int, *, packed: int, left: int, settings: Settings) -> str | None:
    if size > settings.max_file_size:
        return f"larger than {settings.max_file_size} bytes; see --max-file-size"
    if size > left:
        return f"archive unpacks to more than {settings.max_archive_size} bytes"
    if size > CHUNK and size > settings.max_archive_ratio * max(packed, 1):
        return f"unpacks to more than {settings.max_archive_ratio} times its size"
    return None


def _count(number: int, *, settings: Settings) -> None:
    if number > settings.max_archive_members:
        raise InputError(f"archive has more than {settings.max_archive_members} members")


def _said(error: Exception) -> str:
    return str(error) or type(error).__name__


def _bytes(name: str) -> bytes:
    return name.encode("utf-8", "surrogatepass")
