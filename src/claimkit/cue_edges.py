"""The edges of the model's claim graph that count: which of the cues that an event may hang on it does hang on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from claimkit.cues import Cues
from claimkit.dependencies import OBJECTS
from claimkit.frames import TokenSpan
from claimkit.nlp.graph import CueEdge, Predicate
from claimkit.records import Stance

if TYPE_CHECKING:
    from spacy.tokens import Doc

BESIDE = ("conj", "parataxis")
EDGE_FLOOR = 0.5
"""Probability from which a model's edge counts beside others."""


def counting(doc: Doc, node: Predicate) -> list[CueEdge]:
    """Give the edges that count: the sure ones, else the surest, and none to another sentence beside one to its own.

    A verb that calls a claim so or so asserts nothing, and one that judges a word of its own judges nothing else.
    """
    sure = _distinct(edge for edge in node.edges if edge.score >= EDGE_FLOOR)
    edges = sure or [max(node.edges, key=lambda edge: edge.score)]
    sentence = doc[node.word].sent
    edges = [e for e in edges if e.cue is None or sentence.start <= e.cue[0] < sentence.end] or edges
    kept = [edge for edge in edges if not (_only_names(doc, edge) or _judges_another(doc, edge, node.word))] or edges
    governed = [edge for edge in kept if _governs(doc, edge, node.word)]
    return [edge for edge in kept if not (_opposes(doc, edge) or (governed and _strays(doc, edge, node.word)))]


def _judges_another(doc: Doc, edge: CueEdge, predicate: int) -> bool:
    """Tell whether a cue has an object of its own that points back: "A rejected the claim, saying P" rejects no P."""
    if edge.cue is None or edge.stance == Stance.ASSERT:
        return False
    verb = doc[slice(*edge.cue)].root
    objects = [c for c in verb.children if c.dep_ in OBJECTS and Cues.default().points_back(c)]
    return any(word.i != predicate and not word.is_ancestor(doc[predicate]) for word in objects)


def _governs(doc: Doc, edge: CueEdge, predicate: int) -> bool:
    """Tell whether a predicate stands under a cue, and not in a clause that is coordinated to it."""
    if edge.cue is None:
        return False
    verb, word = doc[slice(*edge.cue)].root, doc[predicate]
    while word.head not in (word, verb):
        word = word.head
    return word.head == verb != word and word.dep_ not in BESIDE


def _strays(doc: Doc, edge: CueEdge, predicate: int) -> bool:
    """Tell whether nobody's judgement is of another clause: the "unclear" of "it is unclear who did it; A denied P"."""
    if edge.cue is None or edge.source is not None or edge.stance == Stance.ASSERT or edge.cue[0] > predicate:
        return False
    verb = doc[slice(*edge.cue)].root
    return not (_governs(doc, edge, predicate) or doc[predicate].is_ancestor(verb) or edge.cue[1] == predicate)


def _opposes(doc: Doc, edge: CueEdge) -> bool:
    """Tell whether a cue names those who say otherwise: "contrary to Moscow's claims, P"."""
    words = () if edge.cue is None else doc[slice(*edge.cue)]
    return any(word.lower_ in Cues.default().words.opposing for word in words)


def _only_names(doc: Doc, edge: CueEdge) -> bool:
    """Tell whether a cue is the verb of "calls the report premature", of which the word after it is the judgement."""
    if edge.cue is None or edge.stance != Stance.ASSERT:
        return False
    verb = doc[slice(*edge.cue)].root
    return verb.lemma_.lower() in Cues.default().words.calling and any(c.dep_ == "xcomp" for c in verb.children)


def _distinct(edges: Iterable[CueEdge]) -> list[CueEdge]:
    """Keep of edges to the same words the surest one."""
    out: list[CueEdge] = []
    for edge in sorted(edges, key=lambda edge: -edge.score):
        if not any(overlap(edge.cue, other.cue) for other in out):
            out.append(edge)
    return out


def overlap(one: TokenSpan | None, other: TokenSpan | None) -> bool:
    """Tell whether two spans have a token in common."""
    return one is not None and other is not None and one[0] < other[1] and other[0] < one[1]
