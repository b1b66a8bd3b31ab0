"""Lists under a line that says whose they are: "The ministry reports:", then what is numbered below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec

from claimkit.attribution_speakers import SURE
from claimkit.clauses import noun_phrase
from claimkit.cues import Cues
from claimkit.frames import Attribution, Because, EventMention, TokenSpan, Voice
from claimkit.labels import tree_of
from claimkit.reading import Reading
from claimkit.records import BlockKind, Stance

if TYPE_CHECKING:
    from spacy.tokens import Doc

OPENING = frozenset({BlockKind.BODY, BlockKind.HEADING})
"""Blocks that can open a list: a line that ends in a colon may pass for a heading."""
COLON = ":"


def attributed(
    reading: Reading, pairs: Iterable[tuple[EventMention, Attribution]]
) -> Iterator[tuple[EventMention, Attribution]]:
    """Give an item's claims without a source to the one who tells the list, unless somebody in the item goes on."""
    tellers = _tellers(reading)
    speaking: set[int] = set()
    for mention, tie in pairs:
        block = reading.block_of[mention.predicate]
        if tie.source is not None:
            speaking.add(block)
        elif block in tellers and tie.cue is None and (tie.voice is Voice.NARRATOR or block not in speaking):
            words = tellers[block]
            head = reading.doc[slice(*words)].root.i
            because = (*tie.because, Because(rule="attribution.list", span=words))
            tie = msgspec.structs.replace(
                tie, voice=Voice.CONTEXT, speakers=((head, SURE),), speaking={}, because=because
            )
        yield mention, tie


def _tellers(reading: Reading) -> dict[int, TokenSpan]:
    """Give for each list item that has one, by its block, the words for who tells its list."""
    blocks = reading.document.blocks
    found: dict[int, TokenSpan] = {}
    last = {block: token for token, block in enumerate(reading.block_of)}
    for number, block in enumerate(blocks):
        if block.kind is BlockKind.LIST_ITEM:
            if number - 1 in found:
                found[number] = found[number - 1]
            elif (teller := _teller(reading, number - 1, last)) is not None:
                found[number] = teller
    return found


def _teller(reading: Reading, number: int, last: dict[int, int]) -> TokenSpan | None:
    """Give who tells the list that a block opens."""
    if number not in last or reading.document.blocks[number].kind not in OPENING:
        return None
    doc: Doc = reading.doc
    end = last[number]
    while doc[end].is_space and end > 0:
        end -= 1
    if doc[end].text != COLON:
        return None
    tree, cues = tree_of(doc), Cues.default()
    for at in range(end - 1, doc[end].sent.start - 1, -1):
        for match in cues.at(tree, at):
            source = None
            if match.stance is Stance.ASSERT and match.group.construction in ("verb", "passive"):
                source = tree.doer(at)
            elif match.stance is Stance.ASSERT and match.group.construction == "preposition":
                source = tree.heads[at]
            if source is not None and source >= 0:
                return noun_phrase(tree, source)
    return None
