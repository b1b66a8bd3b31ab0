"""``claimkit search``: claims of a database by words."""

from __future__ import annotations

from contextlib import closing
from typing import Any

import click

from claimkit.commands.arguments import as_text
from claimkit.commands.database import database_option, output_options, write
from claimkit.commands.options import SectionedCommand, option, shared_options
from claimkit.errors import UsageError
from claimkit.status import Exit

MOST_SHOWN = 50


@click.command(
    cls=SectionedCommand,
    examples=(("claimkit search flag square --db claims.db", "claims with both words, the best first"),),
)
@click.argument("words", nargs=-1, required=True, metavar="WORDS...")
@output_options("table", "json", "jsonl")
@option("--limit", section="Output", type=click.IntRange(1), default=MOST_SHOWN, help=f"At most; else {MOST_SHOWN}.")
@database_option
@option("--exit-code", section="Options", is_flag=True, help="Exit 10 if something was found.")
@shared_options
def command(*, words: tuple[str, ...], **given: Any) -> int:
    """Find claims in a database by words.

    They are looked for in the sentence, the claimant and the places; all must be there.
    """
    from claimkit.ledger_text import claim_lines
    from claimkit.store import Store

    if given["db"] is None:
        raise UsageError("no database given", mend="add --db FILE")
    text = as_text(" ".join(words))
    if not any(character.isalnum() for character in text):
        raise UsageError(f"{text!r} has no word to look for", mend="give words")
    with closing(Store(given["db"], create=False)) as store:
        found = store.search(text, limit=given["limit"])
    write(found, lines=claim_lines(found), form=given["form"], path=given["output"])
    return Exit.FOUND if given["exit_code"] and found else Exit.DONE
