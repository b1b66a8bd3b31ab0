"""``--shard I/N``: which documents fall to this run, and where in the whole run's order each of them stands.

A document's shard is a hash of its path. So it stays where it is when files are added or taken away: a database of a
shard goes on to know its articles, and a job that is run again does the same ones. By its number in the run's order a
document would change its shard with every file that comes before it.
"""

from __future__ import annotations

import hashlib
import re
from collections import deque
from typing import Final, NamedTuple, Self

from claimkit.errors import UsageError
from claimkit.paths import path_bytes
from claimkit.records import Generator, Record

MARK: Final = b'{"schema":"claimkit-shard'
"""How the lines begin that a shard's JSON Lines have beside its claims."""
_FORM: Final = re.compile(r"([0-9]{1,9})/([0-9]{1,9})")


class Shard(Record, frozen=True, kw_only=True):
    """The ``number``-th of ``of`` shares of a run; the first is 1."""

    number: int
    of: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``I/N``.

        Raises:
            UsageError: it is not of that form, or not 1 <= I <= N.
        """
        match = _FORM.fullmatch(text.strip())
        number, of = (int(match[1]), int(match[2])) if match else (0, 0)
        if not 1 <= number <= of:
            raise UsageError(f"--shard {text!r} is no share of a run", mend="write I/N with I from 1 to N, such as 1/8")
        return cls(number=number, of=of)

    def holds(self, path: str) -> bool:
        """Tell whether the document of a path is of this shard; every path is of exactly one."""
        digest = hashlib.blake2b(path.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        return int.from_bytes(digest) % self.of == self.number - 1


class Position(NamedTuple):
    """Where a document stands in a run: the path of its file, and its number in that (archives, corpora), else 0."""

    file: str
    number: int

    @property
    def key(self) -> tuple[bytes, int]:
        """The order of a run: the bytes of the path, then the number."""
        return path_bytes(self.file), self.number


class Sharded:
    """A run that does one shard: it says what falls to it, and keeps the positions until the results come.

    Args:
        shard: which.
    """

    def __init__(self, shard: Shard) -> None:
        self.shard = shard
        self.skipped_elsewhere: list[str] = []
        """Inputs that cannot be used and fall to other shares; what lies under them can be of this one."""
        self._ahead: deque[tuple[str, Position]] = deque()

    def takes(self, path: str, *, file: str, number: int = 0) -> bool:
        """Tell whether a document is this run's, and if so note where it stands."""
        if not self.shard.holds(path):
            return False
        self._ahead.append((path, Position(file, number)))
        return True

    def position(self, path: str) -> Position:
        """Give where a document stands; results are asked for in the order in which the documents were taken."""
        while self._ahead:
            known, position = self._ahead.popleft()
            if known == path:
                return position
        return Position(path, 0)


class ShardHead(Record, frozen=True, kw_only=True, tag_field="schema", tag="claimkit-shard/1"):
    """The first line of a shard's JSON Lines: which shard of what; ``asked`` is a digest of settings and filters."""

    shard: int
    of: int
    generator: Generator
    asked: str


class ShardArticle(
    Record, frozen=True, kw_only=True, tag_field="schema", tag="claimkit-shard-article/1", omit_defaults=True
):
    """The line before an article's claims: where it stands in the whole run, and how many claims follow.

    ``file_bytes`` is there only where the path is no UTF-8: its bytes, each as the character of that number.
    """

    file: str
    number: int = 0
    claims: int = 0
    file_bytes: str | None = None

    @classmethod
    def at(cls, position: Position, *, claims: int) -> Self:
        """Make the mark of an article."""
        data = path_bytes(position.file)
        file = data.decode("utf-8", "backslashreplace")
        odd = None if file.encode() == data else data.decode("latin-1")
        return cls(file=file, number=position.number, claims=claims, file_bytes=odd)

    @property
    def key(self) -> tuple[bytes, int]:
        """The order of a run."""
        data = self.file.encode() if self.file_bytes is None else self.file_bytes.encode("latin-1")
        return data, self.number


class ShardEnd(Record, frozen=True, kw_only=True, tag_field="schema", tag="claimkit-shard-end/1"):
    """The last line of a shard's JSON Lines, by which a whole result is told from one that was cut short."""

    articles: int
    claims: int


Mark = ShardHead | ShardArticle | ShardEnd
