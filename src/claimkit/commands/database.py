"""What the commands of the ledger share: where claims and ledgers come from, and how results are written."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from claimkit.commands.keeping import world
from claimkit.commands.options import Function, option
from claimkit.errors import InputError, UsageError
from claimkit.opening import read_regular, regular
from claimkit.records import UNREADABLE, Claim, Document, DocumentReport, Extraction, Record, Run
from claimkit.sharding import MARK
from claimkit.terminal import Level, is_terminal, tell

if TYPE_CHECKING:
    from claimkit.export.material import Material
    from claimkit.extract import Extractor
    from claimkit.ledger_records import Ledger
    from claimkit.settings import Settings

RESULTS = (".json", ".jsonl", ".ndjson")
_RESULT = re.compile(rb'\{\s{0,9}"schema"\s{0,9}:\s{0,9}"claimkit')
_HEAD = 128
"""Bytes by which results are told from a corpus of the same form."""


class Gathering:
    """A sink that keeps the claims of a run."""

    def __init__(self) -> None:
        self.claims: list[Claim] = []

    def add(self, document: DocumentReport, *, claims: Sequence[Claim]) -> None:
        """Take in one article."""
        self.claims.extend(claims)

    def close(self) -> None:
        """Nothing is left to write."""


class _Keeping:
    """An extractor that keeps the articles it has seen, with their texts."""

    def __init__(self, extractor: Extractor) -> None:
        self._extractor = extractor
        self.documents: list[Document] = []

    def extract(self, text_or_document: Document, /) -> Extraction:
        """Give the claims of one article."""
        found = self._extractor.extract(text_or_document)
        self.documents.append(text_or_document)
        return found


class Silence:
    """Is told how a run goes and says only what was skipped."""

    def __init__(self) -> None:
        self.inputs_skipped = 0

    def done(self, extraction: object, *, tally: object) -> None:
        """An article is done."""

    def skipped(self, path: str, *, reason: str) -> None:
        """Name an input that was not used."""
        self.inputs_skipped += 1
        tell(f"{path}: skipped: {reason}", level=Level.WARNING)


def database_option(function: Function) -> Function:
    """Declare ``--db`` of a command that reads a database."""
    return option(
        "--db", section="Reading", metavar="FILE", type=click.Path(path_type=Path), help="Read a database of claims."
    )(function)


def output_option(*, help: str, metavar: str = "FILE") -> Callable[[Function], Function]:
    """Declare ``-o``."""
    path = click.Path(path_type=Path)
    return option("-o", "--output", section="Output", metavar=metavar, type=path, help=help)


def output_options(*forms: str) -> Callable[[Function], Function]:
    """Declare ``--format`` and ``-o``."""

    def declare(function: Function) -> Function:
        function = output_option(help="Write to a file, replaced only when complete.")(function)
        return option(
            "--format", "form", section="Output", type=click.Choice(["auto", *forms]), default="auto",
            help=f"auto: text on a terminal, else {forms[-1]}.",
        )(function)  # fmt: skip

    return declare


def write(
    records: Iterable[Record], *, lines: Iterable[str], whole: Record | None = None, form: str, path: Path | None
) -> None:
    """Write results as text, as JSON Lines, or as one JSON document."""
    from claimkit.export.files import opened

    if form == "auto":
        named = path.suffix.lower().lstrip(".") if path else ""
        fallback = "jsonl" if path or not is_terminal(sys.stdout) else "table"
        form = {"json": "json", "jsonl": "jsonl", "ndjson": "jsonl", "txt": "table"}.get(named, fallback)
    with opened(path) as stream:
        if form == "table":
            encoding = (sys.stdout.encoding if path is None and sys.stdout else None) or "utf-8"
            text = io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors="backslashreplace", newline="\n")
            text.writelines(f"{line}\n" for line in lines)
            text.flush()
            text.buffer.seek(0)
            stream.write(text.buffer.read())
        elif form == "json" and whole is not None:
            stream.write(msgspec.json.encode(whole) + b"\n")
        elif form == "json":
            stream.write(msgspec.json.encode(list(records)) + b"\n")
        else:
            stream.writelines(msgspec.json.encode(record) + b"\n" for record in records)


def read_ledger(
    paths: Sequence[str], *, given: Mapping[str, Any], settings: Settings, as_of: str | None, watch: Silence
) -> Ledger:
    """Give the ledger of ``--db``, of results that were written before, or of articles.

    Raises:
        UsageError: neither paths nor ``--db``, or both.
    """
    from claimkit.ledger import build

    database: Path | None = given.get("db")
    _check_source(paths, database=database)
    if database is None:
        claims = read_claims(paths, settings=settings, watch=watch)
        return build(claims, as_of=as_of, settings=settings, **world(settings))
    from claimkit.store import Store
    from claimkit.store_ledger import ledger_key

    with closing(Store(database, create=False)) as store:
        if as_of is None and store.has_ledger(ledger_key(settings)):
            return store.ledger()
        return build(store.claims(), as_of=as_of, settings=settings, **world(settings))


def read_claims(paths: Sequence[str], *, settings: Settings, watch: Silence) -> list[Claim]:
    """Give the claims of results that were written before (``.json``, ``.jsonl``) and of articles."""
    return list(_read(paths, settings=settings, watch=watch).claims)


def read_material(paths: Sequence[str], *, given: Mapping[str, Any], settings: Settings, watch: Silence) -> Material:
    """Give the claims and articles of ``--db``, of results that were written before, or of articles.

    Results written before have no articles' texts.

    Raises:
        UsageError: neither paths nor ``--db``, or both.
    """
    from claimkit.export.material import Material
    from claimkit.store import Store

    database: Path | None = given.get("db")
    _check_source(paths, database=database)
    if database is None:
        return _read(paths, settings=settings, watch=watch)
    with closing(Store(database, create=False)) as store:
        return Material(claims=tuple(store.claims()), documents=tuple(store.documents()))


def _read(paths: Sequence[str], *, settings: Settings, watch: Silence) -> Material:
    from claimkit.commands import extract
    from claimkit.export.material import Material
    from claimkit.reader import read_paths
    from claimkit.run import run

    gathered = Gathering()
    results = [path for path in paths if _is_result(path, settings=settings)]
    for path in results:
        gathered.claims.extend(_written(Path(path)))
    articles = [path for path in paths if path not in results]
    if not articles:
        return Material(claims=tuple(gathered.claims))
    keeping = _Keeping(extract.make_extractor(settings))
    run(
        read_paths(articles, settings=settings, stdin=sys.stdin.buffer if sys.stdin else None),
        extractor=keeping,
        sink=gathered,
        keep=lambda _claim: True,
        watch=watch,
    )
    return Material(claims=tuple(gathered.claims), documents=tuple(keeping.documents))


def _is_result(path: str, *, settings: Settings) -> bool:
    """Tell whether a file has results that were written before; a corpus with a name like theirs has not."""
    from claimkit.corpora import corpus_kind

    if not path.lower().endswith(RESULTS):
        return False
    if corpus_kind(path, settings=settings) is None:
        return True
    try:
        with regular(path) as file:
            return _RESULT.match(file.read(_HEAD).lstrip()) is not None
    except OSError:
        return False


def _check_source(paths: Sequence[str], *, database: Path | None) -> None:
    if bool(paths) == (database is not None):
        raise UsageError("give either PATHS or --db", mend="see --help")


def _written(path: Path) -> Iterator[Claim]:
    try:
        data = read_regular(path)
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", where=str(path), mend="check the path") from error
    yield from decode_claims(data, name=str(path))


def decode_claims(data: bytes, *, name: str) -> Iterator[Claim]:
    """Give the claims of results: one JSON document, or a claim a line.

    Args:
        data: the bytes of the results.
        name: what the messages call them.

    Raises:
        InputError: a line is no claim.
    """
    try:
        yield from msgspec.json.decode(data, type=Run).claims
        return
    except UNREADABLE:
        pass
    for number, line in enumerate(data.splitlines(), 1):
        try:
            if line.strip() and not line.startswith(MARK):
                yield msgspec.json.decode(line, type=Claim)
        except UNREADABLE as error:
            where = f"{name}:{number}"
            raise InputError(f"is no claim ({error})", where=where, mend="write it with `claimkit extract`") from error


def day_of(text: str | None, *, option: str) -> str | None:
    """Give the last day of a date on the command line.

    Raises:
        UsageError: it is no date.
    """
    from claimkit.filters import option_bounds

    return option_bounds(text, option=option)[1] if text else None
