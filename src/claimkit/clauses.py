"""Clauses of a parse: what states an event, what does not (``claims.md``, What counts), where it begins and ends."""

from __future__ import annotations

from enum import StrEnum

from claimkit.cues import Cues
from claimkit.frames import TokenSpan
from claimkit.labels import NOMINAL, Tree, base

FINITE_TAGS = frozenset({"VBD", "VBZ", "VBP", "MD"})
_CLAUSE_DEPS = frozenset(
    {"root", "ROOT", "ccomp", "xcomp", "advcl", "acl", "csubj", "parataxis", "conj", "list", "dep"}
)
_EDGES = frozenset({"punct", "cc", "discourse"})


class ClauseKind(StrEnum):
    """How a predicate stands in its sentence."""

    MAIN = "main"
    COMPLEMENT = "complement"
    RELATIVE = "relative"
    ADVERBIAL = "adverbial"
    PARTICIPLE = "participle"
    INFINITIVE = "infinitive"
    GERUND = "gerund"
    CONDITIONAL = "conditional"
    REDUCED = "reduced"
    MEANS = "means"


FREE = frozenset(
    {ClauseKind.MAIN, ClauseKind.COMPLEMENT, ClauseKind.RELATIVE, ClauseKind.ADVERBIAL, ClauseKind.PARTICIPLE}
)
"""Clauses that state an event on their own; infinitives and gerunds do so only under a cue."""
QUESTION_WORDS = frozenset({"WP", "WP$", "WRB", "WDT"})
"""Tags of "who", "whose", "when", "which"."""


def is_predicate(tree: Tree, index: int) -> bool:
    """Tell whether a token heads a clause: a verb that is no auxiliary, or a noun or adjective with a copula."""
    dep = base(tree.deps[index])
    if dep not in _CLAUSE_DEPS:
        return False
    if tree.kid(index, "cop") is not None:
        return True
    if tree.upos(index) not in ("VERB", "AUX"):
        return False
    return dep != "conj" or _is_verbal(tree, tree.heads[index])


def _is_verbal(tree: Tree, index: int) -> bool:
    return index >= 0 and (tree.upos(index) in ("VERB", "AUX") or tree.kid(index, "cop") is not None)


def finite(tree: Tree, index: int) -> bool:
    """Tell whether a clause has a finite verb, its own or shared with the clause it is coordinated to."""
    if tree.tag(index) in FINITE_TAGS and tree.upos(index) in ("VERB", "AUX"):
        return True
    helpers = tree.kids(index, "aux", "cop")
    if any(tree.tag(kid) in FINITE_TAGS for kid in helpers):
        return True
    shares = tree.deps[index] == "conj" and not helpers and not tree.kids(index, "mark")
    return shares and tree.heads[index] >= 0 and tree.tag(index) not in ("VBG",) and finite(tree, tree.heads[index])


def mark(tree: Tree, index: int) -> str:
    """Give the conjunction or preposition that opens a clause in lower case, ``""`` where there is none."""
    words: list[str] = []
    for kid in tree.kids(index, "mark", "case"):
        if kid < index and tree.lowers[kid] != "to":
            words += [tree.lowers[kid], *(tree.lowers[part] for part in tree.kids(kid, "fixed"))]
    if not words:
        words = [tree.lowers[kid] for kid in tree.kids(index, "advmod") if tree.tag(kid) == "WRB" and kid < index]
    return " ".join(words)


def to_infinitive(tree: Tree, index: int) -> bool:
    """Tell whether a clause is an infinitive with "to"."""
    return any(
        tree.tag(kid) == "TO" or (tree.lowers[kid] == "to" and tree.upos(kid) == "PART")
        for kid in tree.kids(index, "mark", "aux")
        if kid < index
    )


def kind(tree: Tree, index: int) -> ClauseKind:
    """Say how a predicate stands in its sentence."""
    dep = tree.deps[index]
    if dep == "conj" and tree.heads[index] >= 0:
        above = kind(tree, tree.heads[index])
        if (
            above in (ClauseKind.INFINITIVE, ClauseKind.GERUND, ClauseKind.REDUCED)
            and finite(tree, index)
            and (tree.kids(index, "nsubj"))
        ):
            return ClauseKind.MAIN
        return above
    if base(dep) == "advcl" or (dep == "acl" and finite(tree, index)):
        return _adverbial(tree, index)
    if dep == "acl:relcl":
        return ClauseKind.RELATIVE if finite(tree, index) else ClauseKind.REDUCED
    if to_infinitive(tree, index) and not finite(tree, index):
        return ClauseKind.INFINITIVE
    if dep == "acl":
        return ClauseKind.REDUCED
    if base(dep) in ("ccomp", "csubj", "xcomp"):
        if tree.tag(index) == "VBG" and not finite(tree, index):
            return ClauseKind.GERUND
        return ClauseKind.COMPLEMENT if finite(tree, index) or base(dep) == "ccomp" else ClauseKind.INFINITIVE
    return ClauseKind.MAIN


def _adverbial(tree: Tree, index: int) -> ClauseKind:
    words = Cues.default().words
    opening = mark(tree, index)
    first = next(iter(opening.split()), "")
    if tree.deps[index] == "advcl:relcl":
        return ClauseKind.RELATIVE
    if tree.deps[index] == "acl":
        return ClauseKind.COMPLEMENT
    if opening in words.conditional_marks or (first in words.conditional_marks and first != "in"):
        return ClauseKind.CONDITIONAL
    if finite(tree, index):
        return ClauseKind.ADVERBIAL
    if to_infinitive(tree, index):
        return ClauseKind.INFINITIVE
    if opening in words.means_marks:
        return ClauseKind.MEANS
    if tree.tag(index) in ("VBG", "VBN") or tree.kid(index, "cop") is not None:
        governor = tree.heads[index]
        bare_noun = (
            not opening and governor >= 0 and tree.upos(governor) in NOMINAL and tree.kid(governor, "cop") is None
        )
        return ClauseKind.REDUCED if bare_noun else ClauseKind.PARTICIPLE
    return ClauseKind.INFINITIVE


def relative(tree: Tree, index: int) -> bool:
    """Tell whether a clause tells of what stands before it: a relative clause, or one with "where" on the verb."""
    return kind(tree, index) is ClauseKind.RELATIVE or mark(tree, index) == "where"


def open_question(tree: Tree, clause: int) -> bool:
    """Tell whether a clause opens with a question word: "said who did it" puts nothing forward."""
    first = next((node for node in tree.subtree(clause) if tree.upos(node) not in ("PUNCT", "SPACE")), clause)
    asks = tree.tag(first) in QUESTION_WORDS
    return asks and (tree.heads[first] == clause or first == clause or base(tree.deps[tree.heads[first]]) != "advcl")


def in_condition(tree: Tree, index: int) -> bool:
    """Tell whether a predicate is, or hangs under, a conditional clause; what a relative clause tells there is fact."""
    for node in (index, *tree.ancestors(index)):
        if is_predicate(tree, node) and kind(tree, node) is ClauseKind.CONDITIONAL:
            return True
        if relative(tree, node):
            return False
    return False


def content_span(tree: Tree, predicate: int) -> TokenSpan:
    """Give the smallest continuous stretch that states a predicate's event.

    For a clause: its words without its conjunction, without coordinated clauses and clauses that state events of their
    own at its edges, and without the attribution that follows it (", he said"). A relative clause keeps its pronoun.
    """
    nominal = not is_predicate(tree, predicate)
    drop: set[int] = set()
    for kid in tree.kids(predicate):
        if _apart(tree, kid, predicate=predicate, nominal=nominal):
            drop.add(kid)
    kept = set(tree.subtree(predicate, without=drop))
    low, high = _run(tree, predicate, kept=kept)
    return _trimmed(tree, low, high, predicate=predicate)


def _apart(tree: Tree, kid: int, *, predicate: int, nominal: bool) -> bool:
    dep = tree.deps[kid]
    if base(dep) in ("parataxis", "vocative", "list", "dislocated"):
        return True
    if dep == "conj":
        return not nominal or _is_verbal(tree, kid) and tree.tag(kid).startswith("V")
    if base(dep) in ("acl", "appos") and nominal:
        return dep != "acl" or kind(tree, kid) in FREE
    if base(dep) == "advcl":
        return kind(tree, kid) in (ClauseKind.ADVERBIAL, ClauseKind.PARTICIPLE)
    if base(dep) == "obl":
        first = next((word for word in tree.subtree(kid)), kid)
        return any(match.group.construction == "preposition" for match in Cues.default().at(tree, first))
    if dep == "case" and nominal:
        return kid < predicate
    if dep == "mark":
        return kid < predicate and tree.lowers[kid] != "to"
    return dep in _EDGES and kid < predicate and not nominal


def _run(tree: Tree, predicate: int, *, kept: set[int]) -> TokenSpan:
    """Grow from the predicate over kept words; what was left out is bridged, words from outside the clause are not."""
    start, end = tree.sentence(predicate)
    own = set(tree.subtree(predicate))
    words = {node for node in kept if tree.upos(node) not in ("PUNCT", "SPACE")}
    low = high = node = predicate
    while node - 1 >= start and (node - 1 in own or tree.upos(node - 1) in ("PUNCT", "SPACE")):
        node -= 1
        low = node if node in words else low
    node = predicate
    while node + 1 < end and (node + 1 in own or tree.upos(node + 1) in ("PUNCT", "SPACE")):
        node += 1
        high = node if node in words else high
    return low, high + 1


def _trimmed(tree: Tree, low: int, high: int, *, predicate: int) -> TokenSpan:
    words = Cues.default().words
    quotes = set(words.quote_open) | set(words.quote_close)
    while high - 1 > predicate and (
        tree.upos(high - 1) == "PUNCT" or tree.doc[high - 1].text in quotes or tree.deps[high - 1] == "cc"
    ):
        high -= 1
    while low < predicate and (
        tree.upos(low) in ("PUNCT", "SPACE") or tree.doc[low].text in quotes or tree.deps[low] == "cc"
    ):
        low += 1
    return low, high


def noun_phrase(tree: Tree, head: int) -> TokenSpan:
    """Give the words of a noun phrase without relative clauses, appositions, coordination and preposition."""
    drop = {
        kid
        for kid in tree.kids(head)
        if base(tree.deps[kid])
        in (
            "acl",
            "appos",
            "conj",
            "cc",
            "case",
            "parataxis",
            "punct",
            "advcl",
            "cop",
            "mark",
            "nsubj",
            "obl",
            "aux",
            "advmod",
            "ccomp",
            "expl",
        )
    }
    kept = sorted(set(tree.subtree(head, without=drop)))
    low = high = head
    inside = set(kept)
    while low - 1 in inside:
        low -= 1
    while high + 1 in inside or (high + 2 in inside and tree.upos(high + 1) == "PUNCT"):
        high += 1
    return low, high + 1
