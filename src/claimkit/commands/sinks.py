"""What ``--format``, ``-o`` and ``--fields`` mean: which form the claims get, and where they go."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Self

import msgspec

from claimkit.errors import UsageError
from claimkit.records import Claim, DocumentReport, Record
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
    GEOJSON = "geojson"


FORM_OF_SUFFIX = {
    ".csv": Form.CSV,
    ".geojson": Form.GEOJSON,
    ".json": Form.JSON,
    ".jsonl": Form.JSONL,
    ".ndjson": Form.JSONL,
    ".txt": Form.TABLE,
}


CLAIM_FORMS = (Form.AUTO, Form.TABLE, Form.JSON, Form.JSONL, Form.CSV)


class Output(msgspec.Struct, frozen=True, kw_only=True):
    """Form and place of the results; ``path`` is ``None`` for standard output."""

    form: Form
    path: Path | None
    fields: tuple[str, ...]
    by_place: bool
    csv_raw: bool
    color: Color

    @classmethod
    def from_options(
        cls, given: Mapping[str, Any], *, forms: Sequence[Form] = CLAIM_FORMS, kind: type[Record] = Claim
    ) -> Self:
        """Read the options; ``auto`` becomes what the name of ``-o``, or else standard output, asks for.

        Args:
            given: the options by name.
            forms: those that the command has.
            kind: what ``--fields`` names the parts of.

        Raises:
            UsageError: ``--fields`` has an unknown name, or an option does not go with the form.
        """
        from claimkit.export.fields import parse_fields

        path: Path | None = given["output"]
        form = Form(given["form"])
        if form is Form.AUTO and path is not None:
            form = FORM_OF_SUFFIX.get(path.suffix.lower(), Form.JSONL)
            _check_name(path, forms=forms)
        elif form is Form.AUTO:
            form = Form.TABLE if is_terminal(sys.stdout) else Form.JSONL
        if given["csv_raw"] and form is not Form.CSV:
            raise UsageError(f"--csv-raw does not go with {form.value}", mend="add --format csv")
        return cls(
            form=form,
            path=path,
            fields=parse_fields(given["fields"], kind=kind) if given["fields"] is not None else (),
            by_place=given.get("by") == "place",
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


def _check_name(path: Path, *, forms: Sequence[Form]) -> None:
    """Refuse a name that ends as another command's form does: the file would not hold what its name says."""
    from claimkit.export.formats import Target

    named = path.suffix.lower().removeprefix(".")
    if named in tuple(Target) and FORM_OF_SUFFIX.get(f".{named}") not in forms:
        raise UsageError(
            f"-o {str(path)!r}: no {named} from this command",
            mend=f"name another form by --format, or write claims so with `claimkit export --to {named}`",
        )


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
        """Render the table."""
        from claimkit.tables import render, render_fields

        if self._output.fields:
            draw(self._stream, output=self._output, by=partial(render_fields, self._claims, fields=self._output.fields))
            return
        by_place = self._output.by_place
        draw(
            self._stream,
            output=self._output,
            by=partial(render, self._documents, claims=self._claims, by_place=by_place),
        )


def draw(stream: BinaryIO, *, output: Output, by: Callable[..., None]) -> None:
    """Write what is drawn on a console; signs that the terminal's encoding lacks become escapes.

    Args:
        stream: where to.
        output: what the options said.
        by: draws, given a ``console``.
    """
    screen = sys.stdout if output.path is None else None
    text = io.TextIOWrapper(
        io.BytesIO(), encoding=screen.encoding if screen else "utf-8", errors="backslashreplace", newline="\n"
    )
    by(console=console(text, color=wants_color(output.color, stream=screen or text), columns=width(screen or text)))
    text.flush()
    written = text.buffer
    written.seek(0)
    stream.write(written.read())
