"""``claimkit schema``: the JSON Schema (2020-12) of the output, made from the data types."""

from __future__ import annotations

from typing import Any

import click
import msgspec

from claimkit.commands.options import SectionedCommand, shared_options
from claimkit.records import Claim, Run

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FORMS: dict[str, type] = {"claim": Claim, "run": Run}


def json_schema(*forms: type) -> dict[str, Any]:
    """Give the schema of one form, or of "any of these forms".

    Every key of a record is required, for claimkit always writes all of them.
    """
    references, definitions = msgspec.json.schema_components(forms, ref_template="#/$defs/{name}")
    for definition in definitions.values():
        if "properties" in definition:
            definition["required"] = list(definition["properties"])
            definition["additionalProperties"] = False
    top = references[0] if len(references) == 1 else {"anyOf": list(references)}
    return {"$schema": DIALECT, "title": "claimkit/1", **top, "$defs": dict(sorted(definitions.items()))}


@click.command(cls=SectionedCommand)
@click.argument("form", type=click.Choice(list(FORMS)), required=False)
@shared_options
def command(*, form: str | None, color: str) -> None:
    """Print the JSON Schema of the output.

    FORM is claim (a line of --format jsonl) or run (--format json); without it the schema takes both.
    """
    chosen = [FORMS[form]] if form else list(FORMS.values())
    click.echo(msgspec.json.format(msgspec.json.encode(json_schema(*chosen)), indent=2).decode())
