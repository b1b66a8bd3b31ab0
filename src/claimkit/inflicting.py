"""Who does harm, and who suffers it: B and 20 of "B's strike killed 20", A of "A's attack was repelled"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from claimkit.frames import EventMention, TokenSpan
from claimkit.labels import NOMINAL, Tree, tree_of
from claimkit.records import EventType
from claimkit.roles import actor_of
from claimkit.triggers import TriggerMatch, Triggers

if TYPE_CHECKING:
    from spacy.tokens import Doc

HARM = frozenset({EventType.ATTACK, EventType.DESTROY, EventType.ADVANCE, EventType.CAPTURE})
"""Classes of what brings death: "in a strike by B", "when B's men shelled the camp"."""
TAKING = frozenset({EventType.CASUALTIES, EventType.SURRENDER})
"""Classes whose side is who suffers: who is killed, who is taken."""
BEATING = frozenset({EventType.REPEL, EventType.DESTROY, EventType.CAPTURE, EventType.ENCIRCLE})
"""Classes of what one side does to another."""
OBJECT = "object"
"""What the lexicon says of verbs and nouns whose object suffers: "kill", "the killing of"."""
OWNERS = ("nmod:poss", "compound", "amod", "nmod:desc", "flat", "det")
"""What stands before a noun and tells whose it is: "Norland's strike", "the Norlandic army's shelling"."""


def inflicting(doc: Doc, mention: EventMention) -> frozenset[int]:
    """Give the words for who inflicts the losses that an event tells of; none where it tells of no losses."""
    if mention.type is not EventType.CASUALTIES:
        return frozenset()
    tree = tree_of(doc)
    heads = _heads(tree, mention.predicate, _trigger(tree, mention))
    return frozenset(word for head in heads for word in _side(tree, head))


def beaten(doc: Doc, mention: EventMention) -> frozenset[int]:
    """Give the words for what is repelled, destroyed, captured or encircled, as the subject of a passive has them."""
    tree, verb = tree_of(doc), mention.predicate
    if mention.type not in BEATING or not tree.has(verb, "aux:pass"):
        return frozenset()
    subject = tree.subject(verb)
    return frozenset(() if subject is None else _side(tree, subject))


def suffering(doc: Doc, mention: EventMention) -> tuple[TokenSpan, ...]:
    """Give the head of the words for who suffers losses or is taken, in the content that tells of them."""
    if mention.type not in TAKING:
        return ()
    tree, (low, high) = tree_of(doc), mention.content
    head = actor_of(tree, mention.predicate, match=_trigger(tree, mention))
    return ((head, head + 1),) if head is not None and low <= head < high else ()


def _trigger(tree: Tree, mention: EventMention) -> TriggerMatch | None:
    found = Triggers.default().match(tree, mention.predicate)
    return next((match for match in found if match.group.type is mention.type), None)


def _heads(tree: Tree, predicate: int, match: TriggerMatch | None) -> Iterator[int]:
    """Give the nouns for who or what kills: subjects, agents, and what the losses come of."""
    core = match.core if match else predicate
    suffers = match is not None and match.group.actor == OBJECT
    for node in dict.fromkeys((predicate, core)):
        if (agent := tree.agent(node)) is not None:
            yield agent
        active = tree.upos(node) not in NOMINAL and not tree.passive(node) and tree.object(node) is not None
        if suffers and active:
            doer = tree.subject(node)
            yield from (*tree.kids(node, "nsubj"), *(() if doer is None else (doer,)))
        if tree.upos(node) in NOMINAL and suffers and _of(tree, node):
            yield from tree.kids(node, "nmod:poss")
        for kid in tree.kids(node, "obl", "nmod", "advcl"):
            if _is_harm(tree, kid):
                yield from (kid,) if tree.upos(kid) in NOMINAL else tree.kids(kid, "nsubj")


def _of(tree: Tree, noun: int) -> bool:
    """Tell whether it is said of a noun whom it befell: "Norland's killing of 20", not "his death"."""
    return any(case in Triggers.default().object_cases for case, _ in tree.obliques(noun))


def _is_harm(tree: Tree, node: int) -> bool:
    return any(match.group.type in HARM for match in Triggers.default().match(tree, node))


def _side(tree: Tree, head: int) -> Iterator[int]:
    """Give the words of a noun phrase for whose it is: what stands before the noun, itself, and "by B" behind it."""
    yield head
    for kid in tree.kids(head, *OWNERS):
        if kid < head:
            yield from tree.subtree(kid)
    for case, noun in tree.obliques(head):
        if case in Triggers.default().agent_cases:
            yield from tree.subtree(noun)
