"""The scores of parser, entities and attribution, on small files and Docs of our own: right, half right, wrong."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from spacy.tokens import Doc, Span, SpanGroup
from spacy.vocab import Vocab

from claimkit.errors import InputError
from claimkit.nlp.component import ATTRIBUTIONS
from claimkit.nlp.windows import BLOCKS
from evaluation import attribution, entities, parser, treebanks

CONLLU = """\
# newdoc id = a
# newpar
# sent_id = 1
1\tRebels\trebel\tNOUN\tNNS\t_\t2\tnsubj\t_\t_
2\tfled\tflee\tVERB\tVBD\t_\t0\troot\t_\t_
3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

# newpar
1\tRain\train\tNOUN\tNN\t_\t0\troot\t_\t_

# newdoc id = b
1\tYes\tyes\tINTJ\tUH\t_\t0\troot\t_\t_
"""


@pytest.fixture
def conllu(tmp_path: Path) -> Path:
    """A file of two documents."""
    path = tmp_path / "test.conllu"
    path.write_text(CONLLU, encoding="utf-8")
    return path


def test_documents(conllu: Path) -> None:
    """Documents, sentences and paragraphs are where the comments and empty lines say."""
    one, other = treebanks.documents(conllu)
    assert [row[1] for row in one.rows] == ["Rebels", "fled", ".", "Rain"]
    assert (one.starts, one.breaks) == ([0, 3], [0, 3])
    assert (other.starts, other.breaks) == ([0], [])
    doc = treebanks.as_doc(one, Vocab())
    assert doc.user_data[BLOCKS] == ((0, 13, ()), (14, 18, ()))


def test_file_without_words(tmp_path: Path) -> None:
    """A file with no word is an error in one line."""
    path = tmp_path / "empty.conllu"
    path.write_text("# nothing\n", encoding="utf-8")
    with pytest.raises(InputError, match="no words in this file; give a CoNLL-U or IOB2 file"):
        list(treebanks.documents(path))


def parse(heads: list[int], deps: list[str], tags: list[str]) -> Doc:
    """Make the Doc that a parser could have given for the first document."""
    return Doc(Vocab(), words=["Rebels", "fled", ".", "Rain"], heads=heads, deps=deps, tags=tags)


def shares(conllu: Path, doc: Doc) -> dict[str, tuple[int, int]]:
    """Give right and all of each score for the first document."""
    tally: Counter[str] = Counter()
    parser.count(next(treebanks.documents(conllu)), doc, tally, suffix="")
    totals = {"uas": "scored", "las": "scored", "tag": "tokens", "sentence": "sentences"}
    return {name: (tally[name], tally[total]) for name, total in totals.items()}


def test_perfect_parse(conllu: Path) -> None:
    """All is right, with spaCy's name of the root too; punctuation does not count for heads."""
    doc = parse([1, 1, 1, 3], ["nsubj", "ROOT", "punct", "root"], ["NNS", "VBD", ".", "NN"])
    assert shares(conllu, doc) == {"uas": (3, 3), "las": (3, 3), "tag": (4, 4), "sentence": (4, 4)}


def test_wrong_label_head_and_tag(conllu: Path) -> None:
    """A wrong label costs LAS only, a wrong head of a full stop nothing, a wrong tag the tag."""
    doc = parse([1, 1, 0, 3], ["obj", "root", "punct", "root"], ["NNS", "VBD", ".", "NNP"])
    assert shares(conllu, doc) == {"uas": (3, 3), "las": (2, 3), "tag": (3, 4), "sentence": (4, 4)}


def test_joined_sentences(conllu: Path) -> None:
    """Two sentences read as one: no sentence is right, and the second root is wrong."""
    doc = parse([1, 1, 1, 1], ["nsubj", "root", "punct", "conj"], ["NNS", "VBD", ".", "NN"])
    assert shares(conllu, doc) == {"uas": (2, 3), "las": (2, 3), "tag": (4, 4), "sentence": (0, 3)}


def test_gold_entities() -> None:
    """Spans begin at B, end where I of the type ends; types beyond the three do not count."""
    labels = ["B-PER", "I-PER", "B-PER", "O", "B-ORG", "I-LOC", "B-OTH"]
    gold = treebanks.GoldDocument(rows=[[str(i), "w", label] for i, label in enumerate(labels, 1)])
    assert entities.gold_entities(gold) == {(0, 2, "PER"), (2, 3, "PER"), (4, 5, "ORG")}


def test_overlap_by_half() -> None:
    """Two sets match where they share at least half of the smaller; nothing matches the empty set."""
    assert attribution.overlap({1, 2, 3, 4}, {4, 5})
    assert not attribution.overlap({1, 2, 3}, {3, 4, 5})
    assert not attribution.overlap(set(), {1})


def test_matched_one_to_one() -> None:
    """One found span answers for one gold span only, the most overlapping first."""
    assert attribution.matched([{1, 2}, {3, 4}], [{1, 2, 3, 4}]) == 1
    assert attribution.matched([{1, 2}, {3, 4}], [{3}, {1, 2, 3}]) == 2
    assert attribution.matched([], [{1}]) == 0


def test_same_attribution() -> None:
    """All three parts must match; no source matches only no source."""
    gold = {"source": {0}, "cue": {1}, "content": {2, 3}}
    assert attribution.same(gold, {"source": {0}, "cue": {1}, "content": {3}})
    assert not attribution.same(gold, {"source": set(), "cue": {1}, "content": {2}})
    assert not attribution.same(gold, {"source": {0}, "cue": {2}, "content": {2}})
    assert attribution.same(gold | {"source": set()}, {"source": set(), "cue": {1}, "content": {2}})


def said(doc: Doc, parts: dict[str, list[tuple[int, int]]], whole: list[Any]) -> Doc:
    """Write predicted spans and attributions into a Doc."""
    for part in attribution.PARTS:
        doc.spans[part] = SpanGroup(doc, name=part, spans=[Span(doc, a, b) for a, b in parts.get(part, [])])
    doc.user_data[ATTRIBUTIONS] = tuple(whole)
    return doc


def test_count_of_an_article(tmp_path: Path) -> None:
    """Brat parts are counted by words, by spans and as whole attributions."""
    path = tmp_path / "a.ann"
    path.write_text("T1\tsource 0 6\tRebels\nT2\tcue 7 11\tsaid\nT3\tcontent 12 20\tit rains\n"
                    "E1\tAttribution:T2 Source:T1 Cue:T2 Content:T3\n", encoding="utf-8")  # fmt: skip
    gold = attribution.gold_attributions(path)
    assert gold == [{"source": [(0, 6)], "cue": [(7, 11)], "content": [(12, 20)]}]
    doc = Doc(Vocab(), words=["Rebels", "said", "it", "rains", "here"])
    found = said(doc, {"source": [(0, 1)], "cue": [(1, 2)], "content": [(2, 5)]}, [((0, 1), (1, 2), ((2, 5),))])
    tally: Counter[str] = Counter()
    attribution.count(found, gold, tally)
    assert (tally["content both"], tally["content gold"], tally["content said"]) == (2, 2, 3)
    assert (tally["source span both"], tally["attribution both"], tally["attribution said"]) == (1, 1, 1)
    tally.clear()
    attribution.count(said(doc, {}, []), gold, tally)
    assert (tally["attribution both"], tally["attribution gold"], tally["attribution said"]) == (0, 1, 0)


def test_folder_without_articles(tmp_path: Path) -> None:
    """A folder that is no split is an error that says what it should have."""
    with pytest.raises(InputError, match="no annotated articles; give a folder with text/ and attributions/"):
        attribution.articles(tmp_path)


@pytest.mark.model
def test_scores_have_the_documented_keys(conllu: Path) -> None:
    """The whole command on a small file gives the keys of the documentation, all within 0 and 1."""
    found = parser.score(conllu)
    assert list(found) == [
        "tokens", "uas", "las", "uas_gold_sentences", "las_gold_sentences", "tag_accuracy", "sentence_f1",
    ]  # fmt: skip
    assert found.pop("tokens") == 5
    assert all(0.0 <= value <= 1.0 for value in found.values())
