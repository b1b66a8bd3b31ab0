"""Sources that speak together: "Norland and Sudland said" is a claim of each (``claims.md``, claimants)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from claimkit.clauses import noun_phrase
from claimkit.frames import TokenSpan
from claimkit.labels import NOMINAL, Tree, base, tree_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

MODIFIERS = ("amod", "compound", "nmod:poss")
NAMING = NOMINAL | {"ADJ"}
"""Parts of speech of what can name a party: "Norlandic" too."""


class Speaker(NamedTuple):
    """One of several who speak together: the words that name it, and those that the sentence has for it.

    They differ where a noun is shared: "Norlandic" names one of "Norlandic and Sudlandic officials".
    """

    name: TokenSpan
    words: TokenSpan


def speakers(doc: Doc, source: TokenSpan) -> list[Speaker]:
    """Give all who speak with a source, itself among them, in order of the text; none where it speaks alone."""
    tree = tree_of(doc)
    top = doc[source[0] : source[1]].root.i
    while tree.deps[top] == "conj" and tree.upos(tree.heads[top]) in NAMING:
        top = tree.heads[top]
    nodes = [node for first in _subjects(tree, top) for node in tree.conjuncts(first) if tree.upos(node) in NAMING]
    found = [speaker for node in nodes for speaker in _of(tree, node)]
    return sorted(found) if len(found) > 1 else []


def _subjects(tree: Tree, top: int) -> list[int]:
    """Give a noun and what a parse made another subject of its verb, though "and" stands between."""
    if tree.heads[top] < 0 or base(tree.deps[top]) != "nsubj":
        return [top]
    others = [kid for kid in tree.kids(tree.heads[top], tree.deps[top]) if kid != top]
    return [top, *(kid for kid in others if any(tree.upos(i) == "CCONJ" for i in range(*sorted((kid, top)))))]


def _of(tree: Tree, node: int) -> list[Speaker]:
    """Give the speakers of one noun: one, or one for each coordinated adjective or name before it."""
    words = noun_phrase(tree, node)
    for kid in tree.kids(node, *MODIFIERS):
        names = [name for name in tree.conjuncts(kid) if tree.upos(name) in NAMING and name < node]
        if len(names) > 1:
            return [Speaker(name=(name, name + 1), words=words) for name in names]
    return [Speaker(name=words, words=words)]
