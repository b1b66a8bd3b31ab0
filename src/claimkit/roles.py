"""The words of an event's roles: who does it, to whom, where, when; by the parse and the trigger's entry."""

from __future__ import annotations

from claimkit.clauses import is_predicate, noun_phrase
from claimkit.cues import Cues
from claimkit.frames import TokenSpan
from claimkit.labels import NOMINAL, Tree
from claimkit.lexicon_cues import CueKind
from claimkit.triggers import TriggerMatch, Triggers

_NAMED = frozenset({"LOC", "GPE", "FAC"})
_TIME_DEPS = frozenset({"obl:unmarked", "nmod:unmarked", "obl:tmod", "nmod:tmod"})


def actor_of(tree: Tree, predicate: int, *, match: TriggerMatch | None) -> int | None:
    """Give the head of who does the event; None where the entry says that the side is not named."""
    role = match.group.actor if match else "subject"
    if role in ("other", "none"):
        return None
    core = match.core if match else predicate
    if role == "object":
        suffers = _object(tree, core)
        return suffers if suffers is not None or tree.upos(core) in NOMINAL else tree.subject(core)
    if tree.upos(core) in NOMINAL and tree.kid(core, "cop") is None:
        owner = tree.kid(core, "nmod:poss")
        if owner is None:
            owner = next(
                (noun for case, noun in tree.obliques(core) if case in Cues.default().words.source_cases[:2]), None
            )
        if owner is not None or core == predicate or not is_predicate(tree, predicate):
            return owner
        core = predicate
    if (accused := _accused(tree, core)) is not None:
        return accused
    return tree.doer(core)


def _accused(tree: Tree, core: int) -> int | None:
    """Give whom a cue accuses of the event: "accused Norland of shelling"."""
    governor = tree.heads[core]
    if governor < 0 or not any(match.group.kind is CueKind.ACCUSATION for match in Cues.default().at(tree, governor)):
        return None
    return tree.object(governor) if tree.kid(core, "nsubj") is None else None


def targets_of(tree: Tree, predicate: int, *, match: TriggerMatch) -> list[int]:
    """Give the heads of whom or what the event is done to."""
    if match.group.actor == "object":
        return []
    head = _object(tree, match.core)
    return [] if head is None else [node for node in tree.conjuncts(head) if tree.upos(node) in NOMINAL]


def places_of(tree: Tree, predicate: int, *, match: TriggerMatch | None) -> tuple[TokenSpan, ...]:
    """Give the words that name where the event happens, in order of the text.

    Names of places as object (or subject, where the entry says so), after prepositions of place, before nouns ("the
    P direction"), or a noun that stands for one ("the city", "there"). A containing region is not added.
    """
    core = match.core if match else predicate
    role = match.group.place if match else "object"
    roots: list[int] = []
    for node in dict.fromkeys((predicate, core)):
        noun = _object(tree, node)
        if noun is not None and role == "object":
            roots += tree.conjuncts(noun)
        roots += [inner for case, inner in tree.obliques(node) if case in Triggers.default().locative]
        roots += [kid for kid in tree.kids(node, "advmod") if tree.lowers[kid] in Triggers.default().place_adverbs]
    if role == "subject":
        subject = tree.subject(predicate)
        roots += tree.conjuncts(subject) if subject is not None else []
    found: set[TokenSpan] = set()
    for root in dict.fromkeys(roots):
        for node in tree.conjuncts(root):
            found |= _named_places(tree, node)
    return tuple(sorted(found))


def times_of(tree: Tree, predicate: int, *, match: TriggerMatch) -> tuple[TokenSpan, ...]:
    """Give the time expressions that hang on the event: bare ("Sunday") or after a preposition, if no place."""
    out = []
    for node in dict.fromkeys((predicate, match.core)):
        for kid in tree.kids(node, "obl", "nmod"):
            timely = tree.deps[kid] in _TIME_DEPS or any(
                tree.doc[i].ent_type_ in ("DATE", "TIME") for i in tree.subtree(kid)
            )
            if timely and tree.doc[kid].ent_type_ not in _NAMED:
                tokens = tree.subtree(kid)
                out.append((tokens[0], tokens[-1] + 1))
    return tuple(sorted(set(out)))


def _object(tree: Tree, core: int) -> int | None:
    if tree.upos(core) in NOMINAL:
        return next((noun for case, noun in tree.obliques(core) if case in Triggers.default().object_cases), None)
    noun = tree.object(core)
    return None if noun == core else noun


def _named_places(tree: Tree, node: int, *, depth: int = 0) -> set[TokenSpan]:
    """Give the named place of a noun phrase, or the phrase itself where it stands for a place without a name."""
    if tree.doc[node].ent_type_ in _NAMED:
        return {_entity(tree, node)}
    if tree.lowers[node] in Triggers.default().place_adverbs:
        return {(node, node + 1)}
    found: set[TokenSpan] = set()
    if depth < 2:
        before = [kid for kid in tree.kids(node, "compound", "nmod:desc", "flat") if tree.doc[kid].ent_type_ in _NAMED]
        found = {_entity(tree, kid) for kid in before}
        for case, inner in [] if found else tree.obliques(node):
            if case in Triggers.default().locative:
                for each in tree.conjuncts(inner):
                    found |= _named_places(tree, each, depth=depth + 1)
    if not found and depth == 0:
        terms = Triggers.default().classes_of(tree, node)
        definite = any(tree.lowers[kid] in Triggers.default().definite for kid in tree.kids(node, "det"))
        if "place" in terms and "force" not in terms and definite and tree.upos(node) == "NOUN":
            found = {noun_phrase(tree, node)}
    return found


def _entity(tree: Tree, node: int) -> TokenSpan:
    low, high = node, node + 1
    while tree.doc[low].ent_iob_ == "I" and low > 0 and tree.doc[low - 1].ent_type_ == tree.doc[node].ent_type_:
        low -= 1
    while high < len(tree) and tree.doc[high].ent_iob_ == "I":
        high += 1
    return low, high
