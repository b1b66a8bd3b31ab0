"""What ``--format``, ``-o`` and ``--fields`` mean: which form the claims get, and where they go."""

from __future__ import annotations

import io
import sys
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec

from claimkit.errors import UsageError
from claimkit.records import Claim, DocumentReport
from claimkit.terminal import Color, console, is_terminal, wants_color, width

if TYPE_CHECKING:
    from claimkit.extract import Extractor
    from claimkit.run import Sink


class Form(StrEnum):
    """What ``--format`` takes."""

    AUTO = "auto"
    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"


FORM_OF_SUFFIX = {
    ".csv": Form.CSV,
    ".json": Form.JSON,
    ".jsonl": Form.JSONL,
    ".ndjson": Form.JSONL,
    ".txt": Form.TABLE,
}


class Output(msgspec.Struct, frozen=True, kw_only=True):
    """Form and place of the results; ``path`` is ``None`` for standard output."""

    form: Form
    path: Path | None
    fields: tuple[str, ...]
    by_place: bool
    csv_raw: bool
    color: Color

    @classmethod
    def from_options(cls, given: Mapping[str, Any]) -> Output:
        """Read the options; ``auto`` becomes what the name of ``-o``, or else standard output, asks for.

        Raises:
            UsageError: ``--fields`` has an unknown name, or an option does not go with the form.
        """
        from claimkit.export.fields import parse_fields

        path: Path | None = given["output"]
        form = Form(given["form"])
        if form is Form.AUTO and path is not None:
            form = FORM_OF_SUFFIX.get(path.suffix.lower(), Form.JSONL)
        elif form is Form.AUTO:
            form = Form.TABLE if is_terminal(sys.stdout) else Form.JSONL
        if given["csv_raw"] and form is not Form.CSV:
            raise UsageError(f"--csv-raw does not go with {form.value}", mend="add --format csv")
        return cls(
            form=form,
            path=path,
            fields=parse_fields(given["fields"]) if given["fields"] is not None else (),
            by_place=given["by"] == "place",
            csv_raw=given["csv_raw"],
            color=Color(given["color"]),
        )

    @property
    def is_shown(self) -> bool:
        """Whether the results go to a terminal."""
        return self.path is None and is_terminal(sys.stdout)

    def sink(self, stream: BinaryIO, *, extractor: Extractor) -> Sink:
        """Make what writes the claims."""
        match self.form:
            case Form.JSON:
                from claimkit.export.json import JsonDocument

                return JsonDocument(stream, generator=extractor.generator, fields=self.fields)
            case Form.CSV:
                from claimkit.export.csv import Csv

                return Csv(stream, fields=self.fields, raw=self.csv_raw)
            case Form.TABLE:
                return Table(stream, output=self)
            case _:
                from claimkit.export.jsonl import JsonLines

                return JsonLines(stream, fields=self.fields)


class Table:
    """Gathers the run and shows it as a table at the end: its columns are as wide as what they hold."""

    def __init__(self, stream: BinaryIO, *, output: Output) -> None:
        self._stream = stream
        self._output = output
        self._documents: list[DocumentReport] = []
        self._claims: list[Claim] = []

    def add(self, document: DocumentReport, *, claims: Sequence[Claim]) -> None:
        """Take in one article."""
        self._documents.append(document)
        self._claims.extend(claims)

    def close(self) -> None:
        """Render the table; signs that the terminal's encoding lacks become escapes."""
        from claimkit.tables import render, render_fields

        screen = sys.stdout if self._output.path is None else None
        text = io.TextIOWrapper(
            io.BytesIO(), encoding=screen.encoding if screen else "utf-8", errors="backslashreplace", newline="\n"
        )
        color = wants_color(self._output.color, stream=screen or text)
        target = console(text, color=color, columns=width(screen or text))
        if self._output.fields:
            render_fields(self._claims, fields=self._output.fields, console=target)
        else:
            render(self._documents, claims=self._claims, console=target, by_place=self._output.by_place)
        text.flush()
        written = text.buffer
        written.seek(0)
        self._stream.write(written.read())
