"""Claim graphs and scores as the packaged model gives them, made by hand for the tests of what is done with them."""

from __future__ import annotations

import numpy as np
from spacy.tokens import Doc

from claimkit.frames import TokenSpan
from claimkit.nlp.graph import GRAPH, CueEdge, Predicate
from claimkit.nlp.network import Floats, Scores
from claimkit.records import EventType
from tests.core_parses import span


def edge(
    cue: TokenSpan | None = None,
    *,
    source: TokenSpan | None = None,
    voice: str = "source",
    stance: str = "assert",
    score: float = 0.9,
    stance_score: float = 0.6,
) -> CueEdge:
    """Make an edge from a predicate to a cue."""
    return CueEdge(
        cue=cue, source=source, voice=voice, stance=stance, score=score, voice_score=0.8, stance_score=stance_score,
        stances={stance: stance_score},
    )  # fmt: skip


OWN = edge(voice="narrator")


def node(
    doc: Doc,
    word: str,
    content: str | TokenSpan,
    *,
    score: float = 0.9,
    edges: tuple[CueEdge, ...] = (OWN,),
    modality: str = "actual",
    **events: float,
) -> Predicate:
    """Make a predicate; ``events`` are the probabilities of its classes, the others have none."""
    return Predicate(
        word=span(doc, word)[0],
        score=score,
        events={kind.value: events.get(kind.value, 0.0) for kind in EventType},
        modality=modality,
        modality_score=0.95,
        content=span(doc, content) if isinstance(content, str) else content,
        edges=edges,
        places=(), place_scores=(), actors=(), times=(), elsewhere=0.0,
    )  # fmt: skip


def noted(doc: Doc, *nodes: Predicate) -> Doc:
    """Write the graph into the parsed text."""
    doc.user_data[GRAPH] = nodes
    return doc


def scored(relations: Floats, **heads: Floats) -> Scores:
    """Give scores with these heads, and relations ``(relations, 1 + n, 1 + n)`` as the products that they come from."""
    count, size, _ = relations.shape
    unit, none = np.eye(size, dtype=np.float32), np.zeros((size, 1), dtype=np.float32)
    bilinear = np.concatenate([relations, np.zeros((count, 1, size), dtype=np.float32)], axis=1)
    return Scores(
        heads=heads, arcs=none, d_label=none, g_label=none, d_relation=unit, g_relation=unit, bilinear=bilinear
    )
