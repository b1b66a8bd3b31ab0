"""The packaged pipeline: what it writes into a Doc, streams, saves and loads, and texts that were made to break it."""

from __future__ import annotations

import dataclasses
import json
import time
import tomllib
from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from claimkit import nlp
from claimkit.errors import DataError, UsageError
from claimkit.nlp.component import ATTRIBUTIONS, MODEL, Reader
from claimkit.nlp.graph import GRAPH
from claimkit.nlp.network import Network, Scores
from claimkit.nlp.tokenizer import MAX_UNSPACED, pieces
from claimkit.nlp.windows import BLOCKS, MAX_WORDS, SENTENCES

pytestmark = pytest.mark.model

TEXT = (
    "The army said on Monday that its troops had captured the town of Hilltop. The rebels denied it.\n\n"
    "Monitors could not verify the claims.\n"
)
TEXTS = (
    TEXT,
    "",
    "Shelling went on.",
    "A general, who asked not to be named, said 12 soldiers were killed near Oxbow. " * 12,
)


@pytest.fixture(scope="module")
def pipeline() -> Language:
    """The packaged pipeline, loaded once."""
    return nlp.load()


def reader(pipeline: Language) -> Reader:
    """Give the component of the pipeline."""
    component = pipeline.get_pipe("claimkit_reader")
    assert isinstance(component, Reader)
    return component


def content(doc: Doc) -> object:
    """Give all that the pipeline says of a text, to compare."""
    rows = [(t.text, t.tag_, t.pos_, str(t.morph), t.lemma_, t.head.i, t.dep_, t.ent_iob_, t.ent_type_) for t in doc]
    groups = {
        name: [(s.start, s.end, score) for s, score in zip(group, group.attrs["scores"], strict=True)]
        for name, group in doc.spans.items()
    }
    return rows, [s.start for s in doc.sents], groups, doc.user_data[GRAPH], doc.user_data[ATTRIBUTIONS]


def assert_well_formed(doc: Doc) -> None:
    """Every token has all annotation; each sentence is one tree, and the tokens are the text."""
    assert "".join(token.text_with_ws for token in doc) == doc.text
    for token in doc:
        assert token.tag_
        assert token.pos_
        assert token.dep_
        assert token.lemma_ or not token.text
    for sentence in doc.sents:
        roots = [token for token in sentence if token.head.i == token.i]
        assert len(roots) == 1
        for token in sentence:
            assert sentence.start <= token.head.i < sentence.end
            assert roots[0] in (token, *token.ancestors)


def test_reads_a_report(pipeline: Language) -> None:
    """Tags, sentences, entities and attributions of a plain report are what a reader expects."""
    doc = pipeline(TEXT)
    assert_well_formed(doc)
    assert [s.text.strip() for s in doc.sents] == [
        "The army said on Monday that its troops had captured the town of Hilltop.",
        "The rebels denied it.",
        "Monitors could not verify the claims.",
    ]
    said = next(token for token in doc if token.text == "said")
    assert (said.tag_, said.lemma_, said.dep_, "Tense=Past" in str(said.morph)) == ("VBD", "say", "root", True)
    assert [child.text for child in said.children if child.dep_ == "nsubj"] == ["army"]
    assert "said" in [span.text for span in doc.spans["cue"]]
    assert "The army" in [span.text for span in doc.spans["source"]]


def test_spans_have_scores(pipeline: Language) -> None:
    """Each span of source, cue and content has a probability."""
    for group in pipeline(TEXT).spans.values():
        scores = group.attrs["scores"]
        assert len(scores) == len(group)
        assert all(0.0 < score <= 1.0 for score in scores)


def test_graph_points_at_words_of_its_sentence(pipeline: Language) -> None:
    """Predicates and all that they point to are tokens of one sentence, in order of the text."""
    doc = pipeline(TEXT)
    graph = doc.user_data[GRAPH]
    assert [found.word for found in graph] == sorted(found.word for found in graph)
    assert graph
    for found in graph:
        sentence = doc[found.word].sent
        spans = [found.content, *(edge.cue for edge in found.edges if edge.cue)]
        spans += [edge.source for edge in found.edges if edge.source]
        indices = [*found.places, *found.actors, *found.times, *(i for span in spans for i in (span[0], span[1] - 1))]
        assert all(sentence.start <= i < sentence.end for i in indices)
        assert sum(found.events.values()) == pytest.approx(1.0, abs=1e-4)


def test_unread_blocks_stand_outside(pipeline: Language) -> None:
    """What is not in a block is in no sentence of the article: it hangs together, tagged as space."""
    text = "Menu Sign in Search\nThe army left Hilltop.\nRead more here"
    doc = pipeline.make_doc(text)
    start = text.index("The army")
    doc.user_data[BLOCKS] = ((start, text.index("\nRead"), ()),)
    doc = pipeline(doc)
    assert_well_formed(doc)
    assert [s.text.strip() for s in doc.sents if s.root.pos_ != "SPACE"] == ["The army left Hilltop."]
    assert {t.pos_ for t in doc if t.idx < start} == {"SPACE"}


def test_skipped_stretch_lies_inside_its_sentence(pipeline: Language) -> None:
    """A footnote mark is not read, yet the sentence around it stays one, and so does a name."""
    text = "The army took Hill [12] Town on Monday."
    doc = pipeline.make_doc(text)
    at = text.index("[12]")
    doc.user_data[BLOCKS] = ((0, len(text), ((at, at + 4),)),)
    doc = pipeline(doc)
    assert_well_formed(doc)
    assert len(list(doc.sents)) == 1
    plain = pipeline("The army took Hill Town on Monday.")
    read = [t for t in doc if t.pos_ != "SPACE"]
    assert [(t.text, t.tag_, t.dep_) for t in read] == [(t.text, t.tag_, t.dep_) for t in plain]


def test_known_sentences_are_kept(pipeline: Language) -> None:
    """Where the sentence starts are given they are not predicted."""
    doc = Doc(pipeline.vocab, words=["They", "left", "and", "he", "stayed", "."])
    doc.user_data[SENTENCES] = frozenset({0, 2})
    assert [s.start for s in pipeline(doc).sents] == [0, 2]


def test_stream_keeps_order_and_batches_change_nothing(pipeline: Language) -> None:
    """Documents come out in order, and equal for any batch size and one by one: neighbours leave no trace."""
    alone = [content(pipeline(text)) for text in TEXTS]
    for batch_size in (1, 3, 64):
        assert [content(doc) for doc in pipeline.pipe(TEXTS, batch_size=batch_size)] == alone


def test_saved_folder_loads(pipeline: Language, tmp_path: Path) -> None:
    """``spacy.load`` of the saved folder gives the same, tokenizer and model included."""
    pipeline.to_disk(tmp_path / "saved")
    loaded = spacy.load(tmp_path / "saved")
    assert content(loaded(TEXT)) == content(pipeline(TEXT))
    assert len(loaded.make_doc("(" * 5000)) == 5000


def test_entry_points_name_what_is_there() -> None:
    """The component and the tokenizer of a saved folder are found by spaCy through the entry points."""
    project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    points = project["entry-points"]
    assert points["spacy_factories"] == {"claimkit_reader": "claimkit.nlp.component:make_reader"}
    assert points["spacy_tokenizers"] == {"claimkit_tokenizer": "claimkit.nlp.tokenizer:make_tokenizer"}


def test_model_is_small() -> None:
    """The package data of the pipeline are at most 30 MB."""
    assert sum(path.stat().st_size for path in MODEL.iterdir()) <= 30_000_000


def test_no_model(tmp_path: Path) -> None:
    """A folder without a model, or with one of another format, is said so in one line with the mend."""
    with pytest.raises(DataError, match="no model in this folder; reinstall claimkit"):
        Network(tmp_path)
    (tmp_path / "model.json").write_text(json.dumps({"format": 99}), encoding="utf-8")
    with pytest.raises(DataError, match="model format 99, not 2; install the claimkit version"):
        Network(tmp_path)


HOSTILE = {
    "empty": "",
    "white space": " \n\t\n \u00a0 ",
    "no letters": "1 2 3 !!! ... --- 4,5 %",
    "brackets": "(" * 3000,
    "dollars": "$" * 3000,
    "emoji": "Troops \U0001f1fa\U0001f1e6 left \U0001f468\u200d\U0001f469\u200d\U0001f467 Hilltop \U0001f600.",
    "marks": "\u202eThe army\u202c said \u200fso\u200e in \u05d9\u05e8\u05d5\u05e9\u05dc\u05d9\u05dd.",
    "combining": "Z\u0301\u0302\u0303 fell \u0000 to them.",
    "one long word": "x" * 5000,
    "one long paragraph": "They said that it rained and that it would go on " * 60,
    "leading space": "\n\n  Troops left.  \n",
    "tabs": "a\tb\tc\n\n\n\nd",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text(pipeline: Language, text: str) -> None:
    """Nothing crashes, every offset is right, every sentence is a tree."""
    doc = pipeline(text)
    assert doc.text == text
    assert_well_formed(doc)
    assert set(doc.spans) == {"source", "cue", "content"}
    assert isinstance(doc.user_data[GRAPH], tuple)


@pytest.mark.parametrize("sign", ["(", "$", ".", "'", "a.", "-"])
def test_unspaced_text_is_tokenized_in_linear_time(pipeline: Language, sign: str) -> None:
    """Four times as many signs without a space take about four times as long, and the words are the text."""
    spent = []
    for size in (25_000, 100_000):
        text = sign * (size // len(sign))
        began = time.process_time()
        doc = pipeline.make_doc(text)
        spent.append(time.process_time() - began)
        assert doc.text == text
    assert spent[1] < 8 * spent[0] + 0.5


@pytest.mark.parametrize("text", ["", "a b", "x" * MAX_UNSPACED, "x" * (MAX_UNSPACED + 1), ("y" * 700 + " ") * 3])
def test_pieces_are_the_text(text: str) -> None:
    """Cut or not, the pieces joined are the text, and only long stretches are cut."""
    found = list(pieces(text))
    assert "".join(found) == text
    assert all(len(word) <= MAX_UNSPACED for piece in found for word in piece.split()[1:])
    assert len(found) == 1 or any(len(word) > MAX_UNSPACED for word in text.split())


def test_ordinary_text_is_tokenized_as_spacy_does(pipeline: Language) -> None:
    """Without a long stretch the words are exactly those of spaCy's English."""
    assert [t.text for t in pipeline.make_doc(TEXT)] == [t.text for t in spacy.blank("en").make_doc(TEXT)]


class Flat:
    """A network that thinks nothing of anything, at once: for what happens around the model."""

    def __init__(self, network: Network) -> None:
        self._network = network

    def __getattr__(self, name: str) -> object:
        return getattr(self._network, name)

    def score(self, words: list[str]) -> Scores:
        """Give scores by which each word hangs on the one before and nothing else is found."""
        n = len(words)
        heads = {
            name: np.tile(30.0 * np.eye(1, len(labels), dtype=np.float32), (n, 1))
            for name, labels in self._network.labels.items()
        }
        sides = [np.zeros((n + 1, 96), dtype=np.float32), np.zeros((n + 1, 128), dtype=np.float32)]
        return Scores(
            heads=heads, arcs=np.eye(n, n + 1, dtype=np.float32),
            d_label=sides[0], g_label=sides[0], d_relation=sides[1], g_relation=sides[1],
            bilinear=np.zeros((len(self._network.relations), 129, 128), dtype=np.float32),
        )  # fmt: skip


def test_long_line_takes_linear_time(pipeline: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    """Around the model the time of a line four times as long is about four times as long; no word is lost."""
    component = reader(pipeline)
    monkeypatch.setattr(component, "network", Flat(component.network))
    spent = []
    for copies in (2_000, 8_000):
        doc = pipeline.make_doc("one two three four five " * copies)
        began = time.process_time()
        doc = component(doc)
        spent.append(time.process_time() - began)
        assert (np.array([token.dep for token in doc]) != 0).all()
    assert spent[1] < 8 * spent[0] + 0.5


def parser_of_two_steps(folder: Path) -> Path:
    """Save a blank English pipeline with a parser that has seen one sentence twice."""
    from spacy.training import Example

    other = spacy.blank("en")
    other.add_pipe("parser", config={"min_action_freq": 1})
    words = ["Troops", "left", "Hilltop"]
    example = Example(other.make_doc(" ".join(words)),
                      Doc(other.vocab, words=words, heads=[1, 1, 1], deps=["nsubj", "ROOT", "obj"]))  # fmt: skip
    optimizer = other.initialize(lambda: [example])
    for _ in range(2):
        other.update([example], sgd=optimizer)
    other.to_disk(folder)
    return folder


def test_other_pipeline(tmp_path: Path) -> None:
    """Any spaCy English pipeline with a parser is taken, by its folder; it has no claim graph."""
    other = nlp.load(pipeline=parser_of_two_steps(tmp_path / "other"))
    doc = other("Troops left Hilltop")
    assert all(token.dep_ for token in doc)
    assert GRAPH not in doc.user_data


def test_other_pipeline_must_be_there() -> None:
    """A name that is not installed is a usage error with the mend."""
    with pytest.raises(UsageError, match="cannot load the pipeline 'en_no_such_model': .*; install it with pip"):
        nlp.load(pipeline="en_no_such_model")


def test_other_pipeline_must_have_a_parser(tmp_path: Path) -> None:
    """A pipeline without a parser is refused, one for another language too."""
    spacy.blank("en").to_disk(tmp_path / "en")
    with pytest.raises(UsageError, match="has no parser; choose one that sets heads and labels"):
        nlp.load(pipeline=tmp_path / "en")
    spacy.blank("de").to_disk(tmp_path / "de")
    with pytest.raises(UsageError, match="is for 'de', not English"):
        nlp.load(pipeline=tmp_path / "de")


def test_each_window_of_a_long_block_goes_on_by_half(pipeline: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    """However early the model begins the last sentence of a window, few windows are read."""
    network = reader(pipeline).network
    score = network.score
    windows: list[list[str]] = []

    def counted(words: list[str]) -> Scores:
        windows.append(words)
        scores = score(words)
        start = np.zeros_like(scores.heads["start"])
        start[1, 1] = 1.0  # one word, then all the rest
        return dataclasses.replace(scores, heads=scores.heads | {"start": start})

    monkeypatch.setattr(network, "score", counted)
    doc = pipeline("word " * (4 * MAX_WORDS))
    assert len(doc) == 4 * MAX_WORDS
    assert len(windows) <= 8
