"""The spaCy component that runs the packaged model and writes all it says into the ``Doc``."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import spacy.util
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, MORPH, ORTH, POS, TAG
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup
from spacy.vocab import Vocab

from claimkit.nlp import boundaries, trees, words
from claimkit.nlp.boundaries import Boundaries
from claimkit.nlp.graph import GRAPH, GraphDecoder, Predicate, softmax
from claimkit.nlp.network import Floats, Network, Scores
from claimkit.nlp.sequences import best_path
from claimkit.nlp.spans import PARTS, attributions, runs
from claimkit.nlp.windows import LEAST_USED, SENTENCES, Window, blocks, following, pack, spaced
from claimkit.ranking import Chances
from claimkit.session import MODEL as MODEL

NAME = "claimkit_reader"
ATTRIBUTIONS = "claimkit.attributions"
"""Key of ``Doc.user_data``: ``(source, cue, contents)`` of each attribution, token spans or None."""
_FILES = ("model.onnx", "model.json", "pairs.npz", "tokenizer.json", "words.json", boundaries.FILE)
_COLUMNS = [TAG, MORPH, LEMMA, POS, DEP, HEAD, ENT_IOB, ENT_TYPE]
_TAG, _MORPH, _LEMMA, _POS, _DEP, _ARC, _IOB_COLUMN, _KIND = range(len(_COLUMNS))
CACHED_WORDS = 50_000
"""Words whose tag, features and lemma are kept ready."""
_IOB = {"I": 1, "O": 2, "B": 3}


@Language.factory(
    NAME,
    default_config={"threads": 1},
    assigns=[
        "token.tag",
        "token.pos",
        "token.morph",
        "token.lemma",
        "token.head",
        "token.dep",
        "doc.sents",
        "doc.ents",
    ],
)
def make_reader(nlp: Language, name: str, threads: int) -> Reader:
    """Make the component with the packaged model."""
    return Reader(nlp.vocab, name=name, threads=threads)


class Reader:
    """Parses, tags, finds entities, attributions and claim predicates in one pass of the model."""

    def __init__(self, vocab: Vocab, *, name: str = NAME, threads: int = 1, folder: Path = MODEL) -> None:
        self.vocab, self.name, self.threads = vocab, name, threads
        self._load(folder)

    def _load(self, folder: Path) -> None:
        self.folder = folder
        self.network = Network(folder, threads=self.threads)
        self._lemmas, self._morphology = words.load(folder)
        self._decoder = GraphDecoder(self.network)
        self._boundaries = Boundaries.load(folder)
        self._rows: dict[tuple[str, int], tuple[int, int, str]] = {}
        strings, labels = self.vocab.strings, self.network.labels
        self._tags = [strings.add(label) for label in labels["tag"]]
        self._upos = np.array([strings.add(label) for label in labels["upos"]], dtype=np.uint64)
        self._deps = np.array([strings.add(label) for label in self.network.deps], dtype=np.uint64)
        self._root = self.network.deps.index("root")
        self._entity = [(_IOB[label[0]], strings.add(label[2:])) for label in labels["entity"]]
        self._unread = (strings.add("_SP"), strings.add("SPACE"), strings.add("dep"))

    def __call__(self, doc: Doc) -> Doc:
        """Read one document."""
        self._read(doc)
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """Read documents one by one, whatever the batch size: what one gives does not depend on the others."""
        for doc in stream:
            self._read(doc)
            yield doc

    def _read(self, doc: Doc) -> None:
        notes = _Notes(doc, self._unread)
        known = doc.user_data.get(SENTENCES)
        for first in pack(blocks(doc)):
            window: Window | None = first
            while window is not None:
                words = [doc[i].text for i in window.tokens]
                scores = self.network.score(words)
                sentences = self.sentences(window, words, spaced(doc, window), scores, known)
                self._note(notes, window, words, scores, sentences)
                window = following(window, sentences[-1][1])
        notes.write()

    def sentences(
        self, window: Window, texts: Sequence[str], apart: Sequence[bool], scores: Scores, known: Collection[int] | None
    ) -> list[tuple[int, int]]:
        """Give the sentences of a window; the last of a block that goes on is left for the next window.

        One that takes more than half of the window is cut instead, so that each window goes on by half at least.

        Args:
            window: a stretch of a document.
            texts: its words.
            apart: whether there is white space before each.
            scores: what the model says of them.
            known: the tokens that begin a sentence, where it is known.
        """
        if known is None:
            begins = self._boundaries.starts(texts, apart, odds_of(scores), window.breaks)
        else:
            begins = sorted({i for i, token in enumerate(window.tokens) if token in known} | {0})
        edges = [*begins, len(window.tokens)]
        sentences = list(itertools.pairwise(edges))
        if window.cut and sentences[-1][0] >= LEAST_USED:
            sentences.pop()
        return sentences

    def _note(
        self, notes: _Notes, window: Window, texts: list[str], scores: Scores, sentences: list[tuple[int, int]]
    ) -> None:
        used = sentences[-1][1]
        tokens = window.tokens
        heads = np.zeros(used, dtype=np.int64)
        for start, end in sentences:
            within = np.concatenate([scores.arcs[start:end, :1], scores.arcs[start:end, start + 1 : end + 1]], axis=1)
            found = trees.heads(within)
            heads[start:end] = np.where(found > 0, found + start, 0)
        deps = self.network.label(scores.d_label[1 : used + 1], scores.g_label[heads])
        deps[:, self._root] = np.where(heads == 0, np.inf, -np.inf)
        tags = scores.heads["tag"][:used].argmax(axis=1).tolist()
        at = np.array(tokens[:used])
        rows = np.empty((used, len(_COLUMNS)), dtype=np.uint64)
        rows[:, : _LEMMA + 1] = [self._word(text, tag) for text, tag in zip(texts, tags, strict=False)]
        rows[:, _POS] = self._upos[scores.heads["upos"][:used].argmax(axis=1)]
        rows[:, _DEP] = self._deps[deps.argmax(axis=1)]
        rows[:, _ARC] = (np.where(heads > 0, at[heads - 1], at) - at).astype(np.uint64)  # signed, in an unsigned array
        rows[:, _IOB_COLUMN:] = self._entities(self._names(scores.heads["entity"], sentences), sentences)
        notes.rows[at], notes.read[at] = rows, True
        notes.sentences += [(tokens[start], tokens[end - 1] + 1) for start, end in sentences]
        notes.graph += [_moved(found, tokens) for found in self._decoder.decode(scores, sentences)]
        chances = {part: softmax(scores.heads[part][:used]) for part in PARTS}
        found_runs = {
            part: runs(chances[part], best_path(chances[part], self.network.transitions[part])) for part in PARTS
        }
        for part, spans in found_runs.items():
            notes.parts[part] += [(tokens[a], tokens[b - 1] + 1, score) for a, b, score in spans]
        for source, cue, contents in attributions(found_runs, scores, self.network.relations):
            move = [(tokens[a], tokens[b - 1] + 1) for a, b in (*([source] if source else []), cue, *contents)]
            notes.attributions.append((move.pop(0) if source else None, move[0], tuple(move[1:])))

    def _names(self, scores: Floats, sentences: list[tuple[int, int]]) -> list[int]:
        """Give the label of each word's part in a name, sentence by sentence."""
        chances, transitions = softmax(scores), self.network.transitions["entity"]
        return [label for start, end in sentences for label in best_path(chances[start:end], transitions)]

    def _entities(self, labels: list[int], sentences: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Give (IOB, type) of each word; an inside that follows nothing of its type begins an entity."""
        begins = {start for start, _ in sentences}
        out: list[tuple[int, int]] = []
        for i, label in enumerate(labels):
            iob, kind = self._entity[label]
            if iob == _IOB["I"] and (i in begins or out[-1] not in ((iob, kind), (_IOB["B"], kind))):
                iob = _IOB["B"]
            out.append((iob, kind))
        return out

    def _word(self, text: str, tag: int) -> tuple[int, int, int]:
        """Give the hashes of tag, features and lemma of a word; the lemma may be unknown again after a memory zone."""
        known = self._rows.get((text, tag))
        if known is None:
            name = self.network.labels["tag"][tag]
            known = (
                self._tags[tag],
                self.vocab.morphology.add(self._morphology.features(text, name)),
                self._lemmas.lemma(text, name),
            )
            if len(self._rows) >= CACHED_WORDS:
                self._rows.clear()
            self._rows[text, tag] = known
        return known[0], known[1], self.vocab.strings.add(known[2])

    def to_disk(self, path: str | Path, *, exclude: Sequence[str] = ()) -> None:
        """Copy the model's files into a saved pipeline."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        for name in _FILES:
            shutil.copyfile(self.folder / name, folder / name)

    def from_disk(self, path: str | Path, *, exclude: Sequence[str] = ()) -> Reader:
        """Take the model's files of a saved pipeline."""
        self._load(spacy.util.ensure_path(path))
        return self


def odds_of(scores: Scores) -> Floats:
    """Give the model's log odds of each word to begin a sentence."""
    odds: Floats = scores.heads["start"][:, 1] - scores.heads["start"][:, 0]
    return odds


class _Notes:
    """What the windows of one document say, gathered until it is written into the ``Doc``."""

    def __init__(self, doc: Doc, unread: tuple[int, int, int]) -> None:
        self.doc = doc
        self.rows = np.zeros((len(doc), len(_COLUMNS)), dtype=np.uint64)
        self.rows[:, [_TAG, _POS, _DEP]] = unread
        self.rows[:, _LEMMA] = doc.to_array(ORTH)
        self.rows[:, _IOB_COLUMN] = _IOB["O"]
        self.read = np.zeros(len(doc), dtype=bool)
        self.sentences: list[tuple[int, int]] = []
        self.graph: list[Predicate] = []
        self.parts: dict[str, list[tuple[int, int, float]]] = {part: [] for part in PARTS}
        self.attributions: list[Any] = []

    def write(self) -> None:
        doc = self.doc
        if len(doc):
            self._attach_unread()
            doc.from_array(_COLUMNS, self.rows)  # type: ignore[arg-type]
        doc.user_data[GRAPH] = tuple(sorted(self.graph, key=lambda found: found.word))
        doc.user_data[ATTRIBUTIONS] = tuple(self.attributions)
        for part, found in self.parts.items():
            group = SpanGroup(doc, name=part, spans=[Span(doc, a, b, label=part) for a, b, _ in found])
            group.attrs["scores"] = [round(score, 4) for _, _, score in found]
            doc.spans[part] = group

    def _attach_unread(self) -> None:
        """Hang tokens that were not read on the word before them; unread words outside sentences form their own."""
        inside = np.zeros(len(self.rows), dtype=bool)
        for start, end in self.sentences:
            inside[start:end] = True
        read = np.flatnonzero(self.read)
        anchor, own = 0, False
        for i in np.flatnonzero(~self.read).tolist():
            if i and self.read[i - 1]:
                anchor, own = i - 1, False
            if not (inside[i] or own or (i and self.doc[i].is_space)):
                anchor, own = i, True
            self.rows[i, _ARC] = np.array(anchor - i).astype(np.uint64)
            if inside[i] and self.rows[read[np.searchsorted(read, i)], _IOB_COLUMN] == _IOB["I"]:
                self.rows[i, _IOB_COLUMN:] = _IOB["I"], self.rows[i - 1, _KIND]


def _moved(found: Predicate, tokens: list[int]) -> Predicate:
    """Give a predicate by token indices of the Doc instead of words of the window."""
    import msgspec

    def run(span: tuple[int, int] | None) -> tuple[int, int] | None:
        return (tokens[span[0]], tokens[span[1] - 1] + 1) if span else None

    def all_of(indices: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(tokens[i] for i in indices)

    def chances(words: Chances) -> Chances:
        return tuple((tokens[i], chance) for i, chance in words)

    edges = tuple(
        msgspec.structs.replace(edge, cue=run(edge.cue), source=run(edge.source), speakers=chances(edge.speakers))
        for edge in found.edges
    )
    return msgspec.structs.replace(
        found, word=tokens[found.word], content=run(found.content), edges=edges,
        places=all_of(found.places), actors=all_of(found.actors), times=all_of(found.times),
        place_scores=chances(found.place_scores), places_before=chances(found.places_before),
        actors_before=chances(found.actors_before), speakers=chances(found.speakers),
    )  # fmt: skip
