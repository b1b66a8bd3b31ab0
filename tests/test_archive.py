"""Tests of archives."""

from __future__ import annotations

import gzip
import io
import random
import tarfile
import zipfile
from contextlib import suppress

import pytest

from claimkit.archive import Member, is_archive, members
from claimkit.errors import InputError
from claimkit.settings import Settings

FILES = {"b/two.txt": b"Two left.", "a.txt": b"One came.", "../evil.txt": b"Three stayed."}
MEMBERS = [
    Member(name="../evil.txt", data=b"Three stayed."),
    Member(name="a.txt", data=b"One came."),
    Member(name="b/two.txt", data=b"Two left."),
]


def _zip(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.mkdir("b")
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def _tar(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
        pipe = tarfile.TarInfo("pipe.txt")
        pipe.type = tarfile.FIFOTYPE
        archive.addfile(pipe)
    return buffer.getvalue()


def _read(data: bytes, **settings: int) -> list[Member]:
    return list(members(io.BytesIO(data), settings=Settings(**settings)))  # type: ignore[arg-type]


def test_members_in_order_of_their_names() -> None:
    """Zip, tar and tar.gz give their regular files; links and pipes are passed over; a name is only a name."""
    assert _read(_zip(FILES)) == MEMBERS
    assert _read(_tar(FILES)) == MEMBERS
    assert _read(gzip.compress(_tar(FILES), mtime=0)) == MEMBERS


def test_archives_are_told_by_their_bytes() -> None:
    """Not the name says what an archive is."""
    assert [
        is_archive(data[:512]) for data in (_zip(FILES), _tar(FILES), gzip.compress(b"x", mtime=0), b"PK is a text")
    ] == [
        True,
        True,
        True,
        False,
    ]


def test_size_and_ratio_are_capped() -> None:
    """A bomb is not unpacked; the other members are read."""
    data = _zip({"a.txt": b"One came.", "bomb.txt": b"\0" * 3_000_000, "long.txt": b"x" * 5000})
    assert _read(data, max_file_size=4000) == [
        Member(name="a.txt", data=b"One came."),
        Member(name="bomb.txt", reason="larger than 4000 bytes; see --max-file-size"),
        Member(name="long.txt", reason="larger than 4000 bytes; see --max-file-size"),
    ]
    assert _read(data, max_archive_ratio=100)[1].reason == "unpacks to more than 100 times its size"
    assert _read(data, max_archive_size=20)[1].reason == "archive unpacks to more than 20 bytes"


def test_gzip_bomb_is_stopped() -> None:
    """A tar.gz is unpacked up to the caps only."""
    data = gzip.compress(_tar({"bomb.txt": b"\0" * 5_000_000}), mtime=0)
    with pytest.raises(InputError, match="more than 100 times its size"):
        _read(data, max_archive_ratio=100)
    with pytest.raises(InputError, match="more than 2000000 bytes"):
        _read(data, max_archive_size=2_000_000, max_archive_ratio=100_000)


def test_too_many_members() -> None:
    """The number of members is capped too."""
    for data in (_zip(FILES), _tar(FILES)):
        with pytest.raises(InputError, match="more than 2 members"):
            _read(data, max_archive_members=2)


@pytest.mark.parametrize(
    "data", [_zip(FILES)[:-30], gzip.compress(_tar(FILES), mtime=0)[:-30], gzip.compress(b"no tar" * 200, mtime=0)]
)
def test_broken_archives(data: bytes) -> None:
    """A cut archive is refused in one line."""
    with pytest.raises(InputError, match="broken"):
        _read(data)


def test_broken_and_encrypted_members() -> None:
    """A member that cannot be read says why; the others are read."""
    data = bytearray(_zip({"a.txt": b"One came to the town and stayed.", "b.txt": b"Two left."}))
    at = data.index(b"a.txt") + len(b"a.txt")
    data[at : at + 4] = b"\xff\xff\xff\xff"
    found = _read(bytes(data))
    assert found[0].reason is not None
    assert found[0].reason.startswith("broken archive member")
    assert found[1] == Member(name="b.txt", data=b"Two left.")
    locked = bytearray(_zip({"a.txt": b"One came."}))
    central = locked.rindex(b"PK\x01\x02")
    locked[central + 8] |= 1
    assert _read(bytes(locked))[-1].reason == "encrypted"


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_damaged_member_of_any_method_costs_itself_only(method: int) -> None:
    """Whatever the unpacker says of the bytes; as they were, all are read."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name in ("a.txt", "b.txt"):
            archive.writestr(name, random.Random(name).randbytes(300))
    assert all(member.reason is None for member in _read(buffer.getvalue()))
    data = bytearray(buffer.getvalue())
    at = data.index(b"a.txt") + len(b"a.txt") + 9
    data[at : at + 4] = b"\xff\xff\xff\xff"
    found = _read(bytes(data))
    assert str(found[0].reason).startswith("broken archive member (")
    assert found[1] == Member(name="b.txt", data=random.Random("b.txt").randbytes(300))


def test_a_zip_of_a_version_to_come_is_refused() -> None:
    """The directory asks for an unpacker that there is none of; the version before it is read."""
    data = bytearray(_zip(FILES))
    for version, good in ((63, True), (99, False)):
        data[data.index(b"PK\x01\x02") + 6] = version
        if good:
            assert _read(bytes(data)) == MEMBERS
            continue
        with pytest.raises(InputError, match=r"broken zip archive \(zip file version 9\.9\)"):
            _read(bytes(data))


def test_a_member_without_a_name_costs_no_other() -> None:
    """It has none to be asked for; a folder is still no member."""
    data = bytearray(_zip({"x": b"One.", "y.txt": b"Two."}))
    for mark, at in ((b"PK\x03\x04", 30), (b"PK\x01\x02", 46)):
        start = data.index(b"x", data.index(mark)) - at
        data[start + 26 + 2 * (at == 46)] = 0  # the length of the name
        data[start + 28 + 2 * (at == 46)] += 1  # what was it is an extra field of one byte
    assert [member.name for member in _read(bytes(data))] == ["", "y.txt"]


def test_random_damage_is_a_reason_or_a_refusal() -> None:
    """No byte that is changed ends in another error than the one of inputs."""
    chance = random.Random(7)
    for data in (_zip(FILES), _tar(FILES), gzip.compress(_tar(FILES), mtime=0)):
        for _ in range(300):
            damaged = bytearray(data)
            damaged[chance.randrange(len(data))] = chance.choice((0, 255, chance.randrange(256)))
            with suppress(InputError):
                _read(bytes(damaged))
