"""The spaCy component that runs the packaged model and writes all it says into the ``Doc``."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import spacy.util
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, MORPH, POS, TAG
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup
from spacy.vocab import Vocab

from claimkit.nlp import trees, words
from claimkit.nlp.graph import GRAPH, GraphDecoder, Predicate, softmax
from claimkit.nlp.network import Network, Scores
from claimkit.nlp.spans import PARTS, attributions, runs
from claimkit.nlp.windows import SENTENCES, Window, blocks, first_part, pack

NAME = "claimkit_reader"
ATTRIBUTIONS = "claimkit.attributions"
"""Key of ``Doc.user_data``: ``(source, cue, contents)`` of each attribution, token spans or None."""
MODEL = Path(__file__).parent / "model"
_FILES = ("model.onnx", "model.json", "pairs.npz", "tokenizer.json", "words.json")
_COLUMNS = [TAG, POS, MORPH, LEMMA, HEAD, DEP, ENT_IOB, ENT_TYPE]
_ARC = _COLUMNS.index(HEAD)
_IOB_COLUMN = _COLUMNS.index(ENT_IOB)
_IOB = {"I": 1, "O": 2, "B": 3}


@Language.factory(
    NAME,
    default_config={"threads": 1},
    assigns=["token.tag", "token.pos", "token.morph", "token.lemma", "token.head", "token.dep", "doc.sents", "doc.ents"],
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
        self._rows: dict[tuple[str, int], tuple[int, int, int]] = {}
        strings, labels = self.vocab.strings, self.network.labels
        self._upos = [strings.add(label) for label in labels["upos"]]
        self._deps = [strings.add(label) for label in self.network.deps]
        self._entity = [(_IOB[label[0]], strings.add(label[2:])) for label in labels["entity"]]
        self._unread = (strings.add("_SP"), strings.add("SPACE"), strings.add("dep"))

    def __call__(self, doc: Doc) -> Doc:
        """Read one document."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """Read documents in batches; they come out in their order."""
        source = iter(stream)
        while batch := list(itertools.islice(source, batch_size)):
            self._read(batch)
            yield from batch

    def _read(self, docs: list[Doc]) -> None:
        notes = [_Notes(doc, self._unread) for doc in docs]
        pending = [window for i, doc in enumerate(docs) for window in pack(i, blocks(doc))]
        while pending:
            scored = self.network.run([[docs[w.document][i].text for i in w.tokens] for w in pending])
            following = []
            for window, scores in zip(pending, scored, strict=True):
                sentences, used = self._sentences(window, scores, docs[window.document].user_data.get(SENTENCES))
                self._note(docs[window.document], notes[window.document], window, scores, sentences)
                if rest := (*window.tokens[used:], *window.rest):
                    following.append(first_part(window.document, rest))
            pending = following
        for note in notes:
            note.write()

    @staticmethod
    def _sentences(
        window: Window, scores: Scores, known: Collection[int] | None
    ) -> tuple[list[tuple[int, int]], int]:
        if known is None:
            start = scores.heads["start"]
            begins = set(np.flatnonzero(start[:, 1] > start[:, 0]).tolist()) | window.breaks | {0}
        else:
            begins = {i for i, token in enumerate(window.tokens) if token in known} | {0}
        edges = [*sorted(begins), len(window.tokens)]
        sentences = list(itertools.pairwise(edges))
        if window.rest and len(sentences) > 1:
            sentences.pop()
        return sentences, sentences[-1][1]

    def _note(
        self, doc: Doc, notes: _Notes, window: Window, scores: Scores, sentences: list[tuple[int, int]]
    ) -> None:
        used = sentences[-1][1]
        heads = np.zeros(used, dtype=np.int64)
        for start, end in sentences:
            within = np.concatenate([scores.arcs[start:end, :1], scores.arcs[start:end, start + 1 : end + 1]], axis=1)
            found = trees.heads(within)
            heads[start:end] = np.where(found > 0, found + start, 0)
        deps = self.network.label(scores.d_label[1 : used + 1], scores.g_label[heads])
        root = self.network.deps.index("root")
        deps[:, root] = np.where(heads == 0, np.inf, -np.inf)
        best = deps.argmax(axis=1).tolist()
        tags = scores.heads["tag"][:used].argmax(axis=1).tolist()
        upos = scores.heads["upos"][:used].argmax(axis=1).tolist()
        entities = self._entities(scores.heads["entity"][:used].argmax(axis=1).tolist(), sentences)
        tokens = window.tokens
        for i, (head, dep, tag, pos, entity) in enumerate(zip(heads.tolist(), best, tags, upos, entities, strict=True)):
            at = tokens[i]
            notes.read[at] = 1
            tag_hash, features, lemma = self._word(doc[at].text, tag)
            arc = (tokens[head - 1] if head else at) - at
            notes.rows[at] = [tag_hash, self._upos[pos], features, lemma, arc, self._deps[dep], *entity]
        notes.sentences += [(tokens[start], tokens[end - 1] + 1) for start, end in sentences]
        notes.graph += [_moved(found, tokens) for found in self._decoder.decode(scores, sentences)]
        chances = {part: softmax(scores.heads[part][:used]) for part in PARTS}
        found_runs = {part: runs(chances[part]) for part in PARTS}
        for part, spans in found_runs.items():
            notes.parts[part] += [(tokens[a], tokens[b - 1] + 1, score) for a, b, score in spans]
        for source, cue, contents in attributions(found_runs, scores, self.network.relations):
            move = [(tokens[a], tokens[b - 1] + 1) for a, b in (*([source] if source else []), cue, *contents)]
            notes.attributions.append((move.pop(0) if source else None, move[0], tuple(move[1:])))

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
        """Give the hashes of tag, features and lemma of a word."""
        known = self._rows.get((text, tag))
        if known is None:
            name = self.network.labels["tag"][tag]
            known = (
                self.vocab.strings.add(name),
                self.vocab.morphology.add(self._morphology.features(text, name)),
                self.vocab.strings.add(self._lemmas.lemma(text, name)),
            )
            if len(self._rows) > 200_000:
                self._rows.clear()
            self._rows[text, tag] = known
        return known

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


class _Notes:
    """What the windows of one document say, gathered until it is written into the ``Doc``."""

    def __init__(self, doc: Doc, unread: tuple[int, int, int]) -> None:
        self.doc = doc
        tag, pos, dep = unread
        self.rows: list[list[int]] = [[tag, pos, 0, token.orth, 0, dep, _IOB["O"], 0] for token in doc]
        self.read = bytearray(len(doc))
        self.sentences: list[tuple[int, int]] = []
        self.graph: list[Predicate] = []
        self.parts: dict[str, list[tuple[int, int, float]]] = {part: [] for part in PARTS}
        self.attributions: list[Any] = []

    def write(self) -> None:
        doc = self.doc
        if not len(doc):
            return
        self._attach_unread()
        for row in self.rows:
            row[_ARC] %= 1 << 64  # a head is a signed offset in an unsigned array
        doc.from_array(_COLUMNS, np.array(self.rows, dtype=np.uint64))
        doc.user_data[GRAPH] = tuple(sorted(self.graph, key=lambda found: found.word))
        doc.user_data[ATTRIBUTIONS] = tuple(self.attributions)
        for part, found in self.parts.items():
            found.sort()
            group = SpanGroup(doc, name=part, spans=[Span(doc, a, b, label=part) for a, b, _ in found])
            group.attrs["scores"] = [round(score, 4) for _, _, score in found]
            doc.spans[part] = group

    def _attach_unread(self) -> None:
        """Hang tokens that were not read on the word before them; unread words outside sentences form their own."""
        inside = np.zeros(len(self.rows), dtype=bool)
        for start, end in self.sentences:
            inside[start:end] = True
        anchor, unread_run = 0, False
        for i, row in enumerate(self.rows):
            if self.read[i]:
                anchor, unread_run = i, False
            elif inside[i] or unread_run or (self.doc[i].is_space and i):
                row[_ARC] = anchor - i
                if inside[i] and self._entity_goes_on(i):
                    row[_IOB_COLUMN :] = [_IOB["I"], self.rows[i - 1][_IOB_COLUMN + 1]]
            else:
                anchor, unread_run = i, True

    def _entity_goes_on(self, token: int) -> bool:
        """Tell whether the next word that was read is inside an entity."""
        following = next((i for i in range(token + 1, len(self.rows)) if self.read[i]), None)
        return following is not None and self.rows[following][_IOB_COLUMN] == _IOB["I"]


def _moved(found: Predicate, tokens: list[int]) -> Predicate:
    """Give a predicate by token indices of the Doc instead of words of the window."""
    import msgspec

    def run(span: tuple[int, int] | None) -> tuple[int, int] | None:
        return (tokens[span[0]], tokens[span[1] - 1] + 1) if span else None

    def all_of(indices: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(tokens[i] for i in indices)

    edges = tuple(msgspec.structs.replace(edge, cue=run(edge.cue), source=run(edge.source)) for edge in found.edges)
    return msgspec.structs.replace(
        found, word=tokens[found.word], content=run(found.content), edges=edges,
        places=all_of(found.places), actors=all_of(found.actors), times=all_of(found.times),
    )  # fmt: skip
