"""Scores → the claims that the model reads in a window, as a graph over its words.

A predicate word carries event class and modality; edges lead from it to cues (and from those to sources), to the ends
of its content, to places, the actor and the time. All targets lie in the predicate's own sentence.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from claimkit.nlp.network import Floats, Network, Scores
from claimkit.ranking import Chances
from claimkit.records import Record

Run = tuple[int, int]

GRAPH = "claimkit.graph"
"""Key of ``Doc.user_data``: the claim predicates (:class:`Predicate`) by token indices of the Doc."""

PREDICATE_FLOOR = 0.08
"""Predicates below this probability are not even offered; the extraction has its own, higher, threshold."""
EDGE_FLOOR = 0.5
SLIGHT = 0.02
"""Chance from which a place is passed on for others to weigh."""
CUE_FLOOR = 0.3
MAX_CUE_WORDS = 10
MAX_SOURCE_WORDS = 30


class CueEdge(Record, frozen=True, kw_only=True):
    """A cue (half-open run of words) that ties the predicate to a source; None where the sentence names none.

    ``speakers`` are words before the source that can name whom it stands for; ``speaking`` and ``acting`` give the
    chance of each sort of party that speaks, and that does the event (``party_sorts``).
    """

    cue: Run | None
    source: Run | None
    voice: str
    stance: str
    score: float
    voice_score: float
    stance_score: float
    stances: Mapping[str, float]
    speakers: Chances = ()
    speaking: Mapping[str, float] = {}
    acting: Mapping[str, float] = {}


class Predicate(Record, frozen=True, kw_only=True):
    """A word that the model takes for a claim's predicate.

    ``place_scores`` are the words of the sentence that could be a place of it; ``places`` the likely ones.
    ``elsewhere`` is the chance that its place was named before, ``nowhere`` that it has none; ``places_before``,
    ``actors_before`` and ``speakers`` (of continued speech) are words of the sentences before that can name what its
    own does not.
    """

    word: int
    score: float
    events: Mapping[str, float]
    modality: str
    modality_score: float
    content: Run
    edges: tuple[CueEdge, ...]
    places: tuple[int, ...]
    place_scores: Chances
    actors: tuple[int, ...]
    times: tuple[int, ...]
    elsewhere: float
    nowhere: float | None = None
    places_before: Chances = ()
    actors_before: Chances = ()
    speakers: Chances = ()


def softmax(scores: Floats) -> Floats:
    """Give probabilities along the last axis."""
    shifted = np.exp(scores - scores.max(axis=-1, keepdims=True))
    out: Floats = shifted / shifted.sum(axis=-1, keepdims=True)
    return out


def sigmoid(scores: Floats) -> Floats:
    """Give the probability of each score on its own."""
    return np.asarray(0.5 + 0.5 * np.tanh(0.5 * scores), dtype=np.float32)


class GraphDecoder:
    """Reads claim graphs off the scores of one model."""

    def __init__(self, network: Network) -> None:
        self._network = network

    def decode(self, scores: Scores, sentences: list[Run]) -> list[Predicate]:
        """Give the predicates of a window, by sentence; indices are words of the window."""
        chances = softmax(scores.heads["predicate"])[:, 1]
        found = [
            (start + int(at), (start, end))
            for start, end in sentences
            for at in np.flatnonzero(chances[start:end] >= PREDICATE_FLOOR)
        ]
        if not found:
            return []
        at = np.array([word for word, _ in found])
        scores.prepare((at + 1).tolist())
        events, modalities, settings = (softmax(scores.heads[head][at]) for head in ("event", "modality", "setting"))
        where = [dict(zip(self._network.labels["setting"], row, strict=True)) for row in settings.tolist()]
        edges = self._edges(scores, found)
        names, moods = self._network.labels["event"], self._network.labels["modality"]
        contents = [self._content(scores, word, sentence) for word, sentence in found]
        return [
            Predicate(
                word=word,
                score=float(chances[word]),
                events=dict(zip(names, events[row].tolist(), strict=True)),
                modality=moods[int(modalities[row].argmax())],
                modality_score=float(modalities[row].max()),
                content=contents[row],
                speakers=self._chances(scores, "speaker", contents[row][0], (0, contents[row][0])),
                edges=edges[row],
                places=self._several(scores, "place", word, sentence),
                place_scores=self._chances(scores, "place", word, sentence),
                places_before=self._chances(scores, "place_before", word, (0, sentence[0])),
                actors_before=self._chances(scores, "actor_before", word, (0, sentence[0])),
                actors=self._several(scores, "actor", word, sentence),
                times=self._several(scores, "time", word, sentence),
                elsewhere=where[row].get("context", 0.0),
                nowhere=where[row].get("none"),
            )
            for row, (word, sentence) in enumerate(found)
        ]

    def _row(self, scores: Scores, relation: str, row: int) -> Floats:
        return scores.relation(self._network.relations[relation], row)

    def _chances(self, scores: Scores, relation: str, word: int, among: Run) -> Chances:
        if relation not in self._network.relations:
            return ()
        chances = sigmoid(self._row(scores, relation, word + 1)[among[0] + 1 : among[1] + 1])
        return tuple((int(i) + among[0], float(chances[i])) for i in np.flatnonzero(chances >= SLIGHT))

    def _several(self, scores: Scores, relation: str, word: int, sentence: Run) -> tuple[int, ...]:
        chances = sigmoid(self._row(scores, relation, word + 1)[sentence[0] + 1 : sentence[1] + 1])
        return tuple(int(i) + sentence[0] for i in np.flatnonzero(chances >= EDGE_FLOOR))

    def _end(self, scores: Scores, relation: str, word: int, limit: int) -> int:
        """Give the last word of a run that starts with this word, before ``limit``."""
        return word + int(self._row(scores, relation, word + 1)[word + 1 : limit + 1].argmax())

    def _content(self, scores: Scores, word: int, sentence: Run) -> Run:
        start, end = sentence
        low = start + int(self._row(scores, "content_start", word + 1)[start + 1 : word + 2].argmax())
        return low, self._end(scores, "content_end", word, end) + 1

    def _edges(self, scores: Scores, found: list[tuple[int, Run]]) -> list[tuple[CueEdge, ...]]:
        """Give the cues of each predicate; what is said of the pairs is scored for all of them together."""
        cues = [self._cues(scores, word, sentence) for word, sentence in found]
        rows = np.array([word + 1 for (word, _), own in zip(found, cues, strict=True) for _ in own])
        targets = np.array([position for own in cues for position, _ in own])
        scores.prepare(position for position in targets.tolist() if position)
        logits = self._network.pair(scores.d_relation[rows], scores.g_relation[targets])
        tables = self._split(logits)
        out: list[tuple[CueEdge, ...]] = []
        row = 0
        for (_, sentence), own in zip(found, cues, strict=True):
            edges = []
            for position, chance in own:
                cue, source = self._cue_and_source(scores, sentence, position - 1) if position else (None, None)
                said = {name: table[row] for name, table in tables.items()}
                voice, stance = (max(said[name], key=said[name].__getitem__) for name in ("voice", "stance"))
                edges.append(CueEdge(
                    cue=cue, source=source, voice=voice, stance=stance, score=chance,
                    voice_score=said["voice"][voice], stance_score=said["stance"][stance], stances=said["stance"],
                    speakers=self._chances(scores, "speaker", source[0], (0, source[0])) if source else (),
                    speaking=said.get("speaking", {}), acting=said.get("acting", {}),
                ))  # fmt: skip
                row += 1
            out.append(tuple(edges))
        return out

    def _split(self, logits: Floats) -> dict[str, list[dict[str, float]]]:
        """Give by head what each pair's labels are likely to be."""
        out, low = {}, 0
        for name, labels in self._network.pair_labels.items():
            chances = softmax(logits[:, low : low + len(labels)]).tolist()
            out[name] = [dict(zip(labels, row, strict=True)) for row in chances]
            low += len(labels)
        return out

    def _cues(self, scores: Scores, word: int, sentence: Run) -> list[tuple[int, float]]:
        """Give the positions of a predicate's cues (0: none) with their probabilities; at least the likeliest."""
        start, end = sentence
        row = self._row(scores, "cue", word + 1)
        chances = sigmoid(np.concatenate([row[:1], row[start + 1 : end + 1]]))
        targets = np.flatnonzero(chances >= CUE_FLOOR).tolist() or [int(chances.argmax())]
        return [(start + target if target else 0, float(chances[target])) for target in targets]

    def _cue_and_source(self, scores: Scores, sentence: Run, cue: int) -> tuple[Run, Run | None]:
        start, end = sentence
        last = self._end(scores, "cue_end", cue, min(end, cue + MAX_CUE_WORDS))
        row = self._row(scores, "source", cue + 1)
        best = int(np.concatenate([row[:1], row[start + 1 : end + 1]]).argmax())
        if best == 0:
            return (cue, last + 1), None
        source = start + best - 1
        return (cue, last + 1), (
            source,
            self._end(scores, "source_end", source, min(end, source + MAX_SOURCE_WORDS)) + 1,
        )
