"""Articles for the tests of the extraction core, put together from frozen parses (``tests/data/core.conllu``)."""

from __future__ import annotations

import hashlib
from functools import cache
from itertools import accumulate, pairwise
from pathlib import Path

import msgspec
import spacy
from spacy.tokens import Doc
from spacy.vocab import Vocab

from claimkit.frames import Attribution, EventMention, TokenSpan, Voice
from claimkit.reading import Draft, Reading, Toponym
from claimkit.records import Block, BlockKind, Document, EventType, PlaceMention

FILE = Path(__file__).parent / "data" / "core.conllu"
BREAK = "¶"
"""Between sentences: a new paragraph."""
SPACE_ROW = ["0", "\n\n", "\n\n", "SPACE", "_SP", "_", "0", "dep", "_", "SpaceAfter=No"]


@cache
def vocabulary() -> Vocab:
    """Give the English vocabulary: it knows what is a word, a bracket, a space."""
    return spacy.blank("en").vocab


@cache
def sentences() -> dict[str, list[list[str]]]:
    """Read the rows of every sentence by its id."""
    found: dict[str, list[list[str]]] = {}
    name = ""
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("# sent_id = "):
            name = line.removeprefix("# sent_id = ")
            found[name] = []
        elif line[:1].isdigit():
            found[name].append(line.split("\t"))
    return found


def article(*names: str) -> Doc:
    """Put sentences together to one parsed text; ``BREAK`` between two begins a paragraph."""
    rows: list[list[str]] = []
    heads: list[int] = []
    starts: list[bool] = []
    for name in names:
        if name == BREAK:
            rows[-1] = [*rows[-1][:9], rows[-1][9] + "|SpaceAfter=No"]
            heads.append(len(rows) - 1)
            rows.append(SPACE_ROW)
            starts.append(False)
            continue
        base = len(rows)
        own = sentences()[name]
        heads += [base + (int(row[6]) - 1 if row[6] != "0" else i) for i, row in enumerate(own)]
        starts += [i == 0 for i in range(len(own))]
        rows += own
    misc = [dict(part.split("=", 1) for part in row[9].split("|") if "=" in part) for row in rows]
    return Doc(
        vocabulary(),
        words=[row[1] for row in rows],
        spaces=[part.get("SpaceAfter") != "No" for part in misc[:-1]] + [False],
        lemmas=[row[2] for row in rows],
        pos=[row[3] for row in rows],
        tags=[row[4] for row in rows],
        heads=heads,
        deps=[row[7] for row in rows],
        ents=[part.get("Ent", "O") for part in misc],
    )


def document_of(text: str, *, published: str | None = None, path: str = "-") -> Document:
    """Make the document of a text whose paragraphs are its blocks."""
    parts = text.split("\n\n")
    edges = list(accumulate((len(part) + 2 for part in parts), initial=0))
    blocks = tuple(Block(start=a, end=b - 2, kind=BlockKind.BODY) for a, b in pairwise(edges))
    return Document(
        path=path, text=text, sha256=hashlib.sha256(text.encode()).hexdigest(), published=published, blocks=blocks
    )


def reading_of(*names: str, published: str | None = None, toponyms: dict[str, PlaceMention] | None = None) -> Reading:
    """Make the reading of an article, with the given places wherever the text has their words."""
    doc = article(*names)
    reading = Reading(document=document_of(doc.text, published=published), doc=doc)
    found = []
    for token in doc:
        for words, place in (toponyms or {}).items():
            span = doc[token.i : token.i + len(words.split())]
            if span.text == words:
                found.append(Toponym(tokens=(span.start, span.end), mention=at(place, span.start_char)))
    reading.toponyms = tuple(found)
    return reading


def at(place: PlaceMention, start: int) -> PlaceMention:
    """Give the mention of a place at another offset."""
    return msgspec.structs.replace(place, start=start, end=start + len(place.text))


def span(doc: Doc, words: str, *, nth: int = 1) -> TokenSpan:
    """Give the token span of words, the first time that they stand there or the nth."""
    start = -1
    for _ in range(nth):
        start = doc.text.index(words, start + 1)
    found = doc.char_span(start, start + len(words))
    assert found is not None, words
    return found.start, found.end


def draft_of(reading: Reading, predicate: str, content: str, *, type: EventType = EventType.CAPTURE) -> Draft:
    """Make the draft of an event in the article's own voice."""
    words = span(reading.doc, content)
    mention = EventMention(predicate=span(reading.doc, predicate)[0], content=words, type=type)
    return Draft(
        mention=mention, attribution=Attribution(source=None, cue=None, contents=(words,), voice=Voice.NARRATOR)
    )
