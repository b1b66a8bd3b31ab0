"""Scores → the claims that the model reads in a window, as a graph over its words.

A predicate word carries event class and modality; edges lead from it to cues (and from those to sources), to the ends
of its content, to places, the actor and the time. All targets lie in the predicate's own sentence.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from claimkit.nlp.network import Floats, Network, Scores
from claimkit.records import Record

Run = tuple[int, int]

GRAPH = "claimkit.graph"
"""Key of ``Doc.user_data``: the claim predicates (:class:`Predicate`) by token indices of the Doc."""

PREDICATE_FLOOR = 0.08
"""Predicates below this probability are not even offered; the extraction has its own, higher, threshold."""
EDGE_FLOOR = 0.5
CUE_FLOOR = 0.3
MAX_CUE_WORDS = 10
MAX_SOURCE_WORDS = 30


class CueEdge(Record, frozen=True, kw_only=True):
    """A cue (half-open run of words) that ties the predicate to a source; None where the sentence names none."""

    cue: Run | None
    source: Run | None
    voice: str
    stance: str
    score: float
    voice_score: float
    stance_score: float
    stances: Mapping[str, float]


class Predicate(Record, frozen=True, kw_only=True):
    """A word that the model takes for the predicate of a claim; ``elsewhere``: chance that its place was named before."""

    word: int
    score: float
    events: Mapping[str, float]
    modality: str
    modality_score: float
    content: Run
    edges: tuple[CueEdge, ...]
    places: tuple[int, ...]
    actors: tuple[int, ...]
    times: tuple[int, ...]
    elsewhere: float


def softmax(scores: Floats) -> Floats:
    """Give probabilities along the last axis."""
    shifted = np.exp(scores - scores.max(axis=-1, keepdims=True))
    out: Floats = shifted / shifted.sum(axis=-1, keepdims=True)
    return out


def sigmoid(scores: Floats) -> Floats:
    """Give the probability of each score on its own."""
    out: Floats = 1.0 / (1.0 + np.exp(-np.clip(scores, -30.0, 30.0)))
    return out


class GraphDecoder:
    """Reads claim graphs off the scores of one model."""

    def __init__(self, network: Network) -> None:
        self._network = network

    def decode(self, scores: Scores, sentences: list[Run]) -> list[Predicate]:
        """Give the predicates of a window, by sentence; indices are words of the window."""
        chances = softmax(scores.heads["predicate"])[:, 1]
        found = []
        for start, end in sentences:
            for at in np.flatnonzero(chances[start:end] >= PREDICATE_FLOOR):
                found.append(self._predicate(scores, (start, end), start + int(at), float(chances[start + at])))
        return found

    def _row(self, scores: Scores, relation: str, row: int) -> Floats:
        out: Floats = scores.relations[self._network.relations[relation], row]
        return out

    def _several(self, scores: Scores, relation: str, word: int, sentence: Run) -> tuple[int, ...]:
        chances = sigmoid(self._row(scores, relation, word + 1)[sentence[0] + 1 : sentence[1] + 1])
        return tuple(int(i) + sentence[0] for i in np.flatnonzero(chances >= EDGE_FLOOR))

    def _end(self, scores: Scores, relation: str, word: int, limit: int) -> int:
        """Give the last word of a run that starts with this word, before ``limit``."""
        return word + int(self._row(scores, relation, word + 1)[word + 1 : limit + 1].argmax())

    def _predicate(self, scores: Scores, sentence: Run, word: int, score: float) -> Predicate:
        labels = self._network.labels
        start, end = sentence
        low = start + int(self._row(scores, "content_start", word + 1)[start + 1 : word + 2].argmax())
        high = self._end(scores, "content_end", word, end)
        events = softmax(scores.heads["event"][word])
        modalities = softmax(scores.heads["modality"][word])
        return Predicate(
            word=word,
            score=score,
            events={name: float(chance) for name, chance in zip(labels["event"], events, strict=True)},
            modality=labels["modality"][int(modalities.argmax())],
            modality_score=float(modalities.max()),
            content=(low, high + 1),
            edges=tuple(self._edges(scores, sentence, word)),
            places=self._several(scores, "place", word, sentence),
            actors=self._several(scores, "actor", word, sentence),
            times=self._several(scores, "time", word, sentence),
            elsewhere=float(softmax(scores.heads["setting"][word])[1]),
        )

    def _edges(self, scores: Scores, sentence: Run, word: int) -> list[CueEdge]:
        start, end = sentence
        row = self._row(scores, "cue", word + 1)
        chances = sigmoid(np.concatenate([row[:1], row[start + 1 : end + 1]]))
        targets = [int(t) for t in np.flatnonzero(chances >= CUE_FLOOR)] or [int(chances.argmax())]
        positions = np.array([0 if t == 0 else start + t for t in targets])
        logits = self._network.pair(
            np.repeat(scores.d_relation[word + 1 : word + 2], len(targets), axis=0), scores.g_relation[positions]
        )
        voices, stances = self._network.pair_labels["voice"], self._network.pair_labels["stance"]
        out = []
        for target, position, pair in zip(targets, positions.tolist(), logits, strict=True):
            voice, stance = softmax(pair[: len(voices)]), softmax(pair[len(voices) :])
            cue, source = self._cue_and_source(scores, sentence, position - 1) if position else (None, None)
            out.append(CueEdge(
                cue=cue, source=source, voice=voices[int(voice.argmax())], stance=stances[int(stance.argmax())],
                score=float(chances[target]), voice_score=float(voice.max()), stance_score=float(stance.max()),
                stances={name: float(chance) for name, chance in zip(stances, stance, strict=True)},
            ))  # fmt: skip
        return out

    def _cue_and_source(self, scores: Scores, sentence: Run, cue: int) -> tuple[Run, Run | None]:
        start, end = sentence
        last = self._end(scores, "cue_end", cue, min(end, cue + MAX_CUE_WORDS))
        row = self._row(scores, "source", cue + 1)
        best = int(np.concatenate([row[:1], row[start + 1 : end + 1]]).argmax())
        if best == 0:
            return (cue, last + 1), None
        source = start + best - 1
        return (cue, last + 1), (source, self._end(scores, "source_end", source, min(end, source + MAX_SOURCE_WORDS)) + 1)
