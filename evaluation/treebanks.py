"""CoNLL-U and IOB2 files as documents of gold tokens, with their paragraphs and gold sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from spacy.tokens import Doc
from spacy.vocab import Vocab

from claimkit.errors import InputError
from claimkit.nlp.windows import BLOCKS

UNSPACED = "SpaceAfter=No"


@dataclass(kw_only=True)
class GoldDocument:
    """Rows of cells of a document's words; ``starts`` are the words at which sentences begin, ``breaks`` paragraphs."""

    rows: list[list[str]] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)


def documents(path: Path) -> Iterator[GoldDocument]:
    """Read the documents of a file; words are rows whose first cell is a plain number.

    Raises:
        InputError: the file has no such row.
    """
    current = GoldDocument()
    opened = True
    found = False
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("# newdoc"):
            if current.rows:
                yield current
            current = GoldDocument()
        if line.startswith("# newpar"):
            current.breaks.append(len(current.rows))
        if line.startswith("# ") or not line.strip():
            opened = True
            continue
        cells = line.split("\t")
        if not cells[0].isdigit():
            continue
        if opened:
            current.starts.append(len(current.rows))
            opened = False
        found = True
        current.rows.append(cells)
    if not found:
        raise InputError("no words in this file", where=str(path), mend="give a CoNLL-U or IOB2 file")
    if current.rows:
        yield current


def as_doc(gold: GoldDocument, vocab: Vocab) -> Doc:
    """Make a Doc of the gold words, to be read by paragraphs."""
    doc = Doc(vocab, words=[row[1] for row in gold.rows], spaces=[UNSPACED not in row[-1] for row in gold.rows])
    edges = sorted({0, *gold.breaks, len(gold.rows)})
    doc.user_data[BLOCKS] = tuple(
        (doc[a].idx, doc[b - 1].idx + len(doc[b - 1]), ()) for a, b in zip(edges, edges[1:], strict=False) if b > a
    )
    return doc
