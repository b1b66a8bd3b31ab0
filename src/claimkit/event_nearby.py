"""The class of a clause whose predicate the lexicon does not know: by the words under it."""

from __future__ import annotations

from claimkit.frames import TokenSpan
from claimkit.labels import Tree, base
from claimkit.triggers import TriggerMatch, Triggers

STEP = 0.8
"""What each step down the tree leaves of the score of a trigger under a predicate that is none itself."""
REACH = 4
"""Steps that are looked down."""
_OWN_CLAUSES = frozenset({"advcl", "ccomp", "parataxis", "amod"})
_ONE_WORD = 3


def nearby(tree: Tree, index: int, *, span: TokenSpan) -> TriggerMatch | None:
    """Give the best trigger among the words under a predicate that is none itself; each step down costs.

    "The road is used to resupply troops" is about a deployment though "use" names no event. Clauses that state
    something of their own, and mere properties ("the abandoned fort"), are not looked into.
    """
    best: TriggerMatch | None = None
    level, depth = [index], 0
    while level and depth < REACH:
        depth += 1
        level = [kid for node in level for kid in tree.kids(node) if span[0] <= kid < span[1] and _part(tree, kid)]
        for node in level:
            if tree.upos(node) not in ("VERB", "NOUN", "ADJ"):
                continue
            for match in Triggers.default().match(tree, node, depth=_ONE_WORD)[:1]:
                score = match.score * STEP**depth
                if best is None or score > best.score:
                    best = match._replace(score=score, core=index)
    return best


def _part(tree: Tree, kid: int) -> bool:
    return base(tree.deps[kid]) not in _OWN_CLAUSES and tree.deps[kid] != "acl:relcl"
