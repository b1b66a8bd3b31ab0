"""Frozen parses for the tests of the rules: ``tests/data/rules.conllu`` as spaCy ``Doc`` objects, no model needed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from spacy.tokens import Doc
from spacy.vocab import Vocab

FILE = Path(__file__).parent / "data" / "rules.conllu"


def doc_of(rows: list[list[str]]) -> Doc:
    """Build a ``Doc`` from CoNLL-U rows (the last column: ``Ent=TYPE`` of names)."""
    heads = [int(row[6]) - 1 if row[6] != "0" else index for index, row in enumerate(rows)]
    types = [row[9].removeprefix("Ent=") if row[9].startswith("Ent=") else "" for row in rows]
    entities = [
        (("I-" if index and types[index - 1] == kind else "B-") + kind) if kind else "O"
        for index, kind in enumerate(types)
    ]
    return Doc(
        Vocab(),
        words=[row[1] for row in rows],
        lemmas=[row[2] for row in rows],
        pos=[row[3] for row in rows],
        tags=[row[4] for row in rows],
        heads=heads,
        deps=[row[7] for row in rows],
        ents=entities,
    )


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


def parsed(name: str) -> Doc:
    """Give a sentence's ``Doc`` by its id."""
    return doc_of(sentences()[name])


def words(doc: Doc, span: tuple[int, int] | None) -> str | None:
    """Give the words of a token span with single spaces."""
    return None if span is None else " ".join(token.text for token in doc[span[0] : span[1]])
