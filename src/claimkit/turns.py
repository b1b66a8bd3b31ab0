"""Transcripts: paragraphs that open with who speaks ("SPOKESPERSON MOOR: ...") and are his to the next such label.

A label counts where it comes again in the text and is written in capitals or names a person; who asks ("Q:",
"Question:") has labels too, and what is said there is nobody's statement.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec

from claimkit.clauses import noun_phrase
from claimkit.cues import Cues
from claimkit.frames import Attribution, Because, EventMention, TokenSpan, Voice
from claimkit.labels import tree_of
from claimkit.quotations import first_person
from claimkit.reading import Reading
from claimkit.records import READ_KINDS, BlockKind

if TYPE_CHECKING:
    from spacy.tokens import Doc

RULE = "attribution.turn"
REPEATED, FEWEST = 2, 3
"""How often one label must come, and how many labels there must be in all, for a text to be a transcript."""
_LABEL = re.compile(r"((?:[^\W\d_][\w.'’-]*\s){0,4}[^\W\d_][\w.'’-]*):\s+(?=\S)")
Label = tuple[int, TokenSpan, str]
"""The number of a block, the words of its label, and those as they are compared."""


def attributed(
    reading: Reading, pairs: Iterable[tuple[EventMention, Attribution]]
) -> Iterator[tuple[EventMention, Attribution]]:
    """Give the claims of a turn that name no source, or "we", to the one whose turn it is.

    What only "reports" tell stays theirs. All turns of one label have its first words as their source, so that they are
    told to be of one party by all that is said in them.
    """
    turns, doc, labels = _turns(reading), reading.doc, {words for _, words, _ in _labels(reading)}
    for mention, tie in pairs:
        words = turns.get(reading.block_of[mention.predicate])
        if tie.source in labels:
            tie = msgspec.structs.replace(tie, source=_own_subject(doc, tie))
        if words is not None and (tie.source is None or first_person(doc[slice(*tie.source)])) and _is_own(doc, tie):
            because = (*tie.because, Because(rule=RULE, span=words))
            tie = msgspec.structs.replace(tie, source=words, voice=Voice.SOURCE, because=because)
        yield mention, tie


def _own_subject(doc: Doc, tie: Attribution) -> TokenSpan | None:
    """Give the subject of a cue whose source is a label, as parsers take it for one: "MR MOOR: The army denied"."""
    if tie.source is None or tie.cue is None:
        return None
    tree, verb = tree_of(doc), doc[slice(*tie.cue)].root.i
    behind = [kid for kid in tree.kids(verb, "nsubj") if kid >= tie.source[1]]
    return noun_phrase(tree, behind[-1]) if behind else None


def _is_own(doc: Doc, tie: Attribution) -> bool:
    return tie.cue is None or any(token.pos_ in ("VERB", "AUX") for token in doc[slice(*tie.cue)])


def _turns(reading: Reading) -> dict[int, TokenSpan]:
    """Give for each block of somebody's turn the words of its label."""
    labels = list(_labels(reading))
    names = Counter(name for *_, name in labels)
    if len(labels) < FEWEST or max(names.values()) < REPEATED:
        return {}
    askers, told = Cues.default().words.askers, {number: (words, name) for number, words, name in labels}
    first: dict[str, TokenSpan] = {}
    found: dict[int, TokenSpan] = {}
    speaking: TokenSpan | None = None
    for number, block in enumerate(reading.document.blocks):
        if number in told:
            words, name = told[number]
            speaking = None if name in askers or names[name] < REPEATED else first.setdefault(name, words)
        elif block.kind is BlockKind.HEADING:
            speaking = None
        if speaking is not None and block.kind in READ_KINDS:
            found[number] = speaking
    return found


def _labels(reading: Reading) -> Iterator[Label]:
    """Give the blocks that open with a label."""
    askers = Cues.default().words.askers
    for number, block in enumerate(reading.document.blocks):
        match = _LABEL.match(reading.document.text, block.start, block.end) if block.kind in READ_KINDS else None
        span = reading.doc.char_span(match.start(1), match.end(1), alignment_mode="expand") if match else None
        if match and span is not None:
            name = match[1].lower()
            if match[1].isupper() or name in askers or any(token.ent_type_ == "PERSON" for token in span):
                yield number, (span.start, span.end), name
