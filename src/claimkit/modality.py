"""Modality of a predicate: fact, plan, possibility or demand (``claims.md``, Modality)."""

from __future__ import annotations

from claimkit.clauses import finite, is_predicate
from claimkit.cues import Cues
from claimkit.frames import Because
from claimkit.labels import Tree
from claimkit.records import Modality
from claimkit.triggers import Triggers

_PAST_TAGS = frozenset({"VBD", "VBN"})


def modality_of(tree: Tree, predicate: int) -> tuple[Modality, Because]:
    """Say whether an event is put forward as fact, plan, possibility or demand, and by which word.

    Own words go first (auxiliary, then the predicate itself and its adverbs), then those of the governing predicate
    that shares them, then what the cue gives to its content.
    """
    words = Triggers.default().modals
    for index in _chain(tree, predicate):
        found = _auxiliary(tree, index) or _predicate(tree, index, own=index == predicate)
        if found is not None:
            return found
    governor = tree.heads[predicate]
    for adverb in tree.kids(predicate, "advmod"):
        if tree.lemmas[adverb] in words.possible_adverbs:
            return Modality.POSSIBLE, _because("possible", adverb)
    if governor >= 0:
        for match in Cues.default().at(tree, governor):
            subjunctive = match.group.modality is not Modality.DEMANDED or not finite(tree, predicate)
            if match.group.modality and subjunctive and _content_of(tree, predicate, governor):
                return match.group.modality, _because(match.group.modality.value, governor)
    return Modality.ACTUAL, Because(rule="modality.actual", span=(predicate, predicate + 1))


def _because(name: str, index: int) -> Because:
    return Because(rule=f"modality.{name}", span=(index, index + 1))


def _chain(tree: Tree, predicate: int) -> list[int]:
    """Give the predicate and the predicates whose auxiliaries it shares: coordination without a subject of its own."""
    out, index = [predicate], predicate
    while tree.deps[index] == "conj" and tree.heads[index] >= 0 and not tree.kids(index, "nsubj", "aux"):
        index = tree.heads[index]
        if not is_predicate(tree, index):
            break
        out.append(index)
    return out


def _auxiliary(tree: Tree, index: int) -> tuple[Modality, Because] | None:
    words = Triggers.default().modals
    for aux in tree.kids(index, "aux"):
        form = tree.lowers[aux]
        if form in words.backshifted or (form == "'d" and tree.tag(aux) == "MD"):
            reported = _reported(tree, index)
            value = Modality.FUTURE if reported else Modality.POSSIBLE
            return value, _because("backshifted" if reported else "conditional", aux)
        if form in words.future and tree.tag(aux) == "MD":
            return Modality.FUTURE, _because("future", aux)
        if form in words.possible:
            return Modality.POSSIBLE, _because("possible", aux)
        if form in words.demanded or tree.lemmas[aux] in words.demanded:
            return Modality.DEMANDED, _because("demanded", aux)
    return None


def _reported(tree: Tree, index: int) -> bool:
    """Tell whether a "would" is a "will" put back by a past verb of saying; one beside an if-clause is not."""
    conditions = Cues.default().words.conditional_marks
    if any(tree.lowers[mark] in conditions for kid in tree.kids(index, "advcl") for mark in tree.kids(kid, "mark")):
        return False
    start, end = tree.sentence(index)
    under = list(tree.ancestors(index))
    near = under + [kid for node in (index, *under) for kid in tree.kids(node, "parataxis")]
    said = any(tree.tag(node) in _PAST_TAGS and Cues.default().at(tree, node) for node in near if start <= node < end)
    return said or any(tree.lowers[word] == "according" for word in range(start, end))


def _predicate(tree: Tree, index: int, *, own: bool) -> tuple[Modality, Because] | None:
    """Read a predicate that carries modality itself: "plans to deploy", "is set to", "the goal is to"."""
    words = Triggers.default().modals
    lemma, form = tree.lemmas[index], tree.lowers[index]
    clause = next(
        (
            kid
            for kid in tree.kids(index, "xcomp", "ccomp", "csubj", "advcl", "acl")
            if not finite(tree, kid) and kid > index
        ),
        None,
    )
    if clause is not None and own:
        if lemma in words.actual_verbs:
            return None
        if lemma in words.future_verbs or form in words.future_adjectives or lemma in words.future_nouns:
            return Modality.FUTURE, _because("future", index)
        if form in words.possible_adjectives or lemma in words.possible_verbs:
            return Modality.POSSIBLE, _because("possible", index)
        if lemma in words.demanded_verbs or form in words.demanded_adjectives:
            return Modality.DEMANDED, _because("demanded", index)
        subject = tree.kid(index, "nsubj")
        if lemma == "be" and subject is not None and tree.lemmas[subject] in words.future_nouns:
            return Modality.FUTURE, _because("future", subject)
    subject = tree.kid(index, "nsubj")
    if (
        subject is not None
        and tree.lemmas[subject] in words.future_nouns
        and tree.kid(index, "cop") is not None
        and any(tree.lowers[kid] == "to" for kid in tree.kids(index, "mark"))
    ):
        return Modality.FUTURE, _because("future", subject)
    if lemma in words.possible_verbs and tree.kid(index, "obj", "xcomp") is not None and own:
        return Modality.POSSIBLE, _because("possible", index)
    return None


def _content_of(tree: Tree, predicate: int, governor: int) -> bool:
    return (
        tree.deps[predicate].split(":")[0] in ("ccomp", "xcomp", "obj", "obl", "acl", "nmod", "advcl") and governor >= 0
    )
