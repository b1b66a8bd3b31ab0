"""Scores → claim predicates with their edges, on scores made by hand for a small model description."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from claimkit.nlp.graph import GraphDecoder, Predicate
from claimkit.nlp.network import Scores
from tests.handmade import scored

RELATIONS = (
    "cue",
    "source",
    "content_start",
    "content_end",
    "cue_end",
    "source_end",
    "content",
    "place",
    "actor",
    "time",
)
LABELS = {
    "predicate": ["no", "yes"],
    "event": ["capture", "attack"],
    "modality": ["actual", "future"],
    "setting": ["sentence", "context", "none"],
}
PAIRS = {"voice": ["source", "context", "narrator"], "stance": ["assert", "deny"]}
# 0 Kyiv 1 denied 2 that 3 the 4 army 5 took 6 Hilltop 7 Monday 8 .
WORDS = 9
TOOK = 5


def network(pair: list[float]) -> Any:
    """A network that has a description and says the same of every (predicate, cue) pair."""
    return SimpleNamespace(
        labels=LABELS,
        pair_labels=PAIRS,
        relations={name: i for i, name in enumerate(RELATIONS)},
        pair=lambda one, other: np.tile(np.array(pair, dtype=np.float32), (len(one), 1)),
    )


def scores(predicates: dict[int, float], **edges: dict[int, dict[int, float]]) -> Scores:
    """Give scores: predicates by word, and ``relation={row: {target: score}}`` with 0 as none, words from 1."""
    relations = np.full((len(RELATIONS), WORDS + 1, WORDS + 1), -9.0, dtype=np.float32)
    for name, rows in edges.items():
        for row, targets in rows.items():
            for target, score in targets.items():
                relations[RELATIONS.index(name), row, target] = score
    heads = {name: np.zeros((WORDS, len(labels)), dtype=np.float32) for name, labels in LABELS.items()}
    heads["setting"][:] = np.arange(len(LABELS["setting"]))
    heads["predicate"][:, 1] = -9.0
    for word, score in predicates.items():
        heads["predicate"][word, 1] = score
        heads["event"][word] = [2.0, 0.0]
        heads["modality"][word] = [0.0, 3.0]
    return scored(relations, **heads)


DENIAL = {
    "cue": {TOOK + 1: {2: 4.0}},
    "cue_end": {2: {2: 3.0}},
    "source": {2: {1: 3.0}},
    "source_end": {1: {1: 3.0}},
    "content_start": {TOOK + 1: {3: 3.0}},
    "content_end": {TOOK + 1: {8: 3.0}},
    "place": {TOOK + 1: {7: 2.0}},
    "actor": {TOOK + 1: {5: 2.0, 0: -2.0}},
    "time": {TOOK + 1: {8: 0.1}},
}


def decode(found: Scores, *, sentences: list[tuple[int, int]], pair: list[float]) -> list[Predicate]:
    """Decode with a network that answers ``pair`` for voice and stance."""
    return GraphDecoder(network(pair)).decode(found, sentences)


def test_a_denied_capture() -> None:
    """One predicate with content, cue, source, place, actor and time."""
    (found,) = decode(scores({TOOK: 4.0}, **DENIAL), sentences=[(0, WORDS)], pair=[3.0, 0.0, 0.0, 0.0, 3.0])
    assert (found.word, found.content, found.modality) == (TOOK, (2, 8), "future")
    assert max(found.events, key=found.events.__getitem__) == "capture"
    assert (found.places, found.actors, found.times) == ((6,), (4,), (7,))
    (edge,) = found.edges
    assert (edge.cue, edge.source, edge.voice, edge.stance) == ((1, 2), (0, 1), "source", "deny")
    assert sum(edge.stances.values()) == pytest.approx(1.0)
    assert (found.elsewhere, found.nowhere) == (pytest.approx(0.245, abs=0.001), pytest.approx(0.665, abs=0.001))


def test_a_model_that_does_not_tell_events_without_a_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where "none" is no label, nothing is said of it."""
    monkeypatch.setitem(LABELS, "setting", ["sentence", "context"])
    found = scores({TOOK: 4.0}, **DENIAL)
    (predicate,) = decode(found, sentences=[(0, WORDS)], pair=[0.0] * 5)
    assert (predicate.elsewhere, predicate.nowhere) == (pytest.approx(0.731, abs=0.001), None)


def test_no_predicate_below_the_floor() -> None:
    """A word that is hardly a predicate is not offered."""
    assert decode(scores({TOOK: -3.0}, **DENIAL), sentences=[(0, WORDS)], pair=[0.0] * 5) == []


def test_own_voice_has_neither_cue_nor_source() -> None:
    """An edge to position 0 is the article's own statement."""
    edges = DENIAL | {"cue": {TOOK + 1: {0: 4.0}}}
    (found,) = decode(scores({TOOK: 4.0}, **edges), sentences=[(0, WORDS)], pair=[0.0, 0.0, 3.0, 3.0, 0.0])
    assert [(e.cue, e.source, e.voice, e.stance) for e in found.edges] == [(None, None, "narrator", "assert")]


def test_several_cues() -> None:
    """Two sources of one event are two edges; where none reaches the floor the best remains."""
    edges = DENIAL | {"cue": {TOOK + 1: {2: 4.0, 9: 1.0}}}
    (found,) = decode(scores({TOOK: 4.0}, **edges), sentences=[(0, WORDS)], pair=[0.0] * 5)
    assert [edge.cue for edge in found.edges] == [(1, 2), (8, 9)]
    edges = DENIAL | {"cue": {TOOK + 1: {2: -1.0, 9: -2.0}}}
    (found,) = decode(scores({TOOK: 4.0}, **edges), sentences=[(0, WORDS)], pair=[0.0] * 5)
    assert [edge.cue for edge in found.edges] == [(1, 2)]


def test_cue_without_source() -> None:
    """A cue whose source is position 0 has none."""
    edges = DENIAL | {"source": {2: {0: 5.0, 1: 3.0}}}
    (found,) = decode(scores({TOOK: 4.0}, **edges), sentences=[(0, WORDS)], pair=[0.0] * 5)
    assert [(edge.cue, edge.source) for edge in found.edges] == [((1, 2), None)]


def test_nothing_leaves_the_sentence() -> None:
    """Targets before and after the predicate's sentence are not even looked at."""
    edges: dict[str, dict[int, dict[int, float]]] = {name: {row: dict(to) for row, to in rows.items()}
                                                     for name, rows in DENIAL.items()}  # fmt: skip
    edges["place"][TOOK + 1][1] = 9.0
    (found,) = decode(scores({TOOK: 4.0}, **edges), sentences=[(0, 2), (2, 7), (7, WORDS)], pair=[0.0] * 5)
    assert (found.places, found.times) == ((6,), ())
    assert 2 <= found.content[0] < found.content[1] <= 7
    assert all(edge.cue is None or edge.cue[0] >= 2 for edge in found.edges)


def test_sorts_of_who_speaks_and_acts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A model that tells sorts of parties gives the chance of each; one that does not says nothing of them."""
    (found,) = decode(scores({TOOK: 4.0}, **DENIAL), sentences=[(0, WORDS)], pair=[0.0] * 5)
    assert (found.edges[0].speaking, found.edges[0].acting) == ({}, {})
    monkeypatch.setitem(PAIRS, "speaking", ["state", "other"])
    monkeypatch.setitem(PAIRS, "acting", ["none", "speaker"])
    (found,) = decode(scores({TOOK: 4.0}, **DENIAL), sentences=[(0, WORDS)], pair=[0.0] * 5 + [9.0, 0.0, 0.0, 9.0])
    assert found.edges[0].speaking["state"] == pytest.approx(1.0, abs=0.001)
    assert found.edges[0].acting["speaker"] == pytest.approx(1.0, abs=0.001)


def test_rows_made_at_once_are_those_made_one_by_one() -> None:
    """A row of a relation does not depend on whether it was asked for ahead; the root has one too."""
    rng = np.random.default_rng(3)
    one, other = (rng.normal(size=(6, 4)).astype(np.float32) for _ in range(2))
    bilinear = rng.normal(size=(2, 5, 4)).astype(np.float32)
    ahead, alone = (
        Scores(heads={}, arcs=one, d_label=one, g_label=one, d_relation=one, g_relation=other, bilinear=bilinear)
        for _ in range(2)
    )
    ahead.prepare([0, 3, 3])
    wide = np.concatenate([one, np.ones((6, 1), dtype=np.float32)], axis=1)
    for number in range(2):
        whole = wide @ bilinear[number] @ other.T
        for position in (0, 3):
            assert ahead.relation(number, position) == pytest.approx(whole[position], abs=1e-5)
            assert alone.relation(number, position) == pytest.approx(whole[position], abs=1e-5)
