"""Readers of the training corpora on small files of our own; the network itself where torch is installed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from claimkit.gold import Squeezed
from claimkit.nlp.lemmas import Lemmas
from claimkit.party_sorts import ACTING, SPEAKING
from training import claims, conllu, corpora, mirrors, real, words, written
from training.scheme import BIO, ENTITY, EVENTS, MODALITIES, SETTINGS, STANCES, UPOS, VOICES

TREEBANK = """\
# newdoc id = one
# sent_id = 1
# text = Ada's men left Oxbow.
1-2\tAda's\t_\t_\t_\t_\t_\t_\t_\t_
1\tAda\tAda\tPROPN\tNNP\tNumber=Sing\t3\tnmod:poss\t_\tEntity=(2-person-giv)
2\t's\t's\tPART\tPOS\t_\t1\tcase\t_\t_
3\tmen\tman\tNOUN\tNNS\tNumber=Plur\t4\tnsubj\t_\t_
4\tleft\tleave\tVERB\tVBD\tMood=Ind|Tense=Past|VerbForm=Fin\t0\troot\t_\t_
4.1\tleft\tleave\tVERB\tVBD\t_\t_\t_\t_\t_
5\tOxbow\tOxbow\tPROPN\tNNP\tNumber=Sing\t4\tobj\t_\tEntity=(3-place-new)
6\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# sent_id = 2
1\tThey\tthey\tPRON\tPRP\tCase=Nom|Number=Plur\t2\tnsubj\t_\t_
2\tfled\tflee\tVERB\tVBD\tMood=Ind|Tense=Past|VerbForm=Fin\t0\troot\t_\t_
"""
NAMES = """\
# sent_id = 1
1\tAda\tB-PER\t-\t-
2\tByrd\tI-PER\t-\t-
3\tleft\tO\t-\t-
4\tOxbow\tB-LOC\t-\t-

# sent_id = 2
1\tRain\tO\t-\t-
"""
ARTICLE = "Rebels said on Monday that Oxbow fell.\n\nThe army denied it.\n"
BRAT = """\
T1\tsource 0 6\tRebels
T2\tcue 7 11\tsaid
T3\tcontent 22 37\tthat Oxbow fell
T4\tsource 40 48\tThe army
T5\tcue 49 55\tdenied
T6\tcontent 56 58\tit
E1\tAttribution:T2 Source:T1 Cue:T2 Content:T3
E2\tAttribution:T5 Source:T4 Cue:T5 Content:T6
"""


def write(path: Path, text: str) -> Path:
    """Write a file and give its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def treebank(tmp_path: Path) -> Path:
    """A treebank of two sentences."""
    return write(tmp_path / "train.conllu", TREEBANK)


def test_conllu_sentences(treebank: Path) -> None:
    """Ranges, empty nodes and comments are left out; the last sentence needs no empty line."""
    assert [[row[1] for row in rows] for rows in conllu.sentences(treebank)] == [
        ["Ada", "'s", "men", "left", "Oxbow", "."],
        ["They", "fled"],
    ]


def test_treebank_window(treebank: Path) -> None:
    """Sentences share a window; heads are positions in it, 0 is the root; tags and labels are numbered."""
    tables: dict[str, dict[str, int]] = {"tag": {}, "dep": {}}
    (window,) = corpora.treebank(treebank, tables, grow=True, mentions=True)
    assert window["words"] == ["Ada", "'s", "men", "left", "Oxbow", ".", "They", "fled"]
    assert window["head"] == [3, 1, 4, 0, 4, 4, 8, 0]
    assert window["start"] == [1, 0, 0, 0, 0, 0, 1, 0]
    assert window["upos"][0] == UPOS.index("PROPN")
    assert [ENTITY[label] for label in window["mention"]] == ["B-PERSON", "O", "O", "O", "B-LOC", "O", "O", "O"]
    assert list(tables["tag"]) == ["NNP", "POS", "NNS", "VBD", ".", "PRP"]
    assert [list(tables["dep"])[i] for i in window["dep"]][:3] == ["nmod:poss", "case", "nsubj"]


def test_tables_stay_when_they_do_not_grow(treebank: Path) -> None:
    """A development set brings no new tag."""
    tables = {"tag": {"NNP": 0}, "dep": {"root": 0}}
    corpora.treebank(treebank, tables, grow=False)
    assert tables == {"tag": {"NNP": 0}, "dep": {"root": 0}}


def test_entities(tmp_path: Path) -> None:
    """An IOB2 file gives the entity labels of each word."""
    (window,) = corpora.entities(write(tmp_path / "dev.iob2", NAMES))
    assert window["words"] == ["Ada", "Byrd", "left", "Oxbow", "Rain"]
    assert [ENTITY[label] for label in window["entity"]] == ["B-PERSON", "I-PERSON", "O", "B-LOC", "O"]
    assert window["start"] == [1, 0, 0, 0, 1]


def test_brat_attributions(tmp_path: Path) -> None:
    """Source, cue and content become tags and relations from the cue's first word, positions from 1."""
    write(tmp_path / "text/a.txt", ARTICLE)
    write(tmp_path / "attributions/a_0001.ann", BRAT)
    (window,) = corpora.polnear(tmp_path)
    at = window["words"].index
    assert [BIO[label] for label in window["content"]] == list("OOOOBIIOOOOBO")
    assert window["cue"][at("said")] == window["cue"][at("denied")] == BIO.index("B")
    assert ("source", at("said") + 1, [at("Rebels") + 1]) in window["relations"]
    assert ("source", at("denied") + 1, [at("The") + 1]) in window["relations"]
    assert ("source_end", at("The") + 1, [at("army") + 1]) in window["relations"]
    assert ("content", at("said") + 1, [at("that") + 1]) in window["relations"]


def test_brat_segments(tmp_path: Path) -> None:
    """A part in several segments keeps them all, in order."""
    path = write(tmp_path / "a.ann", "T1\tcue 30 34;7 11\tsaid so\nE1\tAttribution:T1 Cue1:T1\n")
    assert corpora.attributions(path) == [{"source": [], "cue": [(7, 11), (30, 34)], "content": []}]


def test_long_paragraph_is_cut() -> None:
    """No window has more words than it may; none is lost."""
    found = corpora.packed("word " * 400 + "\n\nend")
    assert [len(window) for window in found] == [250, 151]


def test_annotations_are_found_as_whole_words() -> None:
    """Over line breaks, each time they stand there, not inside other words, and not where they are not."""
    text = Squeezed("one\n  two one two")
    assert text.squeezed == "one two one two"
    assert claims.occurrences("one\ntwo", text) == [(0, 9), (10, 17)]
    assert claims.occurrences("three", text) == claims.occurrences(" ", text) == []
    text = Squeezed("The man said he saw them.", start=100)
    assert claims.occurrences("he", text) == [(113, 115)]
    assert claims.occurrences("aw the", text) == [(117, 123)]


def test_cue_and_source_stand_together_outside_the_content() -> None:
    """Of words that come more than once, those that belong together are taken."""
    text = "He said that it said so, it said."
    words = Squeezed(text)
    content = (13, 23)
    cue, source = claims.nearest(claims.occurrences("said", words), claims.occurrences("it", words), content)
    assert (cue, source) == ((28, 32), (25, 27))
    assert claims.nearest([], [], content) == (None, None)


def claim(**more: Any) -> str:
    """Give one gold row."""
    row = {"evidence": "The army denied that the rebels took Oxbow.", "content": "that the rebels took Oxbow",
           "source": "The army", "cue": "denied", "claimant": "ARMY", "stance": "deny", "event": "capture",
           "modality": "actual", "places": [], "actor": "", "date": ""}  # fmt: skip
    return json.dumps(row | more) + "\n"


def test_claims_become_labels(tmp_path: Path) -> None:
    """A claim gives its predicate, found by the parse, event, modality, edges, voice and stance."""
    article = write(tmp_path / "a.txt", "The army denied that the rebels took Oxbow.\n")
    (window,) = claims.read(article, write(tmp_path / "a.jsonl", claim()), published=None)
    assert window["words"] == ["The", "army", "denied", "that", "the", "rebels", "took", "Oxbow", "."]
    claims.place_predicates(window, [2, 3, 0, 7, 6, 7, 3, 7, 3])
    took = window["words"].index("took")
    assert [i for i, label in enumerate(window["predicate"]) if label] == [took]
    assert window["event"][took] == EVENTS.index("capture")
    assert window["modality"][took] == MODALITIES.index("actual")
    assert window["setting"][took] == SETTINGS.index("none")
    relations = {(name, row): targets for name, row, targets in window["relations"]}
    assert relations["cue", took + 1] == [3]
    assert relations["source", 3] == [1]
    assert relations["source_end", 1] == [2]
    assert (relations["content_start", took + 1], relations["content_end", took + 1]) == ([4], [8])
    labels = (VOICES.index("source"), STANCES.index("deny"), SPEAKING.index("other"), ACTING.index("none"))
    assert window["pairs"] == [(took + 1, 3, *labels)]


def test_claim_that_is_not_in_the_text(tmp_path: Path) -> None:
    """A row whose evidence or content is not there gives no label."""
    article = write(tmp_path / "a.txt", "The army denied that the rebels took Oxbow.\n")
    rows = claim(evidence="Nobody said this.") + claim(content="not there")
    (window,) = claims.read(article, write(tmp_path / "a.jsonl", rows), published=None)
    assert window["claims"] == []


def test_tables_of_words(treebank: Path) -> None:
    """Lemmas and features come from the treebank, irregular forms from our own table."""
    table: Any = words.build([treebank])
    lemmas = Lemmas(table["lemmas"]["known"], table["lemmas"]["exceptions"])
    assert [lemmas.lemma(w, t) for w, t in (("men", "NNS"), ("fled", "VBD"), ("retook", "VBD"))] == [
        "man",
        "flee",
        "retake",
    ]
    assert table["morphology"]["tags"]["VBD"] == "Mood=Ind|Tense=Past|VerbForm=Fin"


def test_features_are_those_that_nearly_all_share() -> None:
    """A feature that only some occurrences have is left out, whatever the most frequent analysis is."""
    found = [frozenset({"Tense=Past", "Mood=Ind"})] * 9 + [frozenset({"Tense=Past", "Mood=Sub"})]
    assert words.shared(found) == "Mood=Ind|Tense=Past"
    assert words.shared(found[:3] + found[9:]) == "Tense=Past"
    assert words.shared([]) == ""


def test_irregular_table() -> None:
    """Every row of our table has a class that the rules know, and no form stands twice in one class."""
    text = words.IRREGULAR.read_text(encoding="utf-8")
    forms = [
        (line.split("\t")[0], form)
        for line in text.splitlines()
        if line[:1] != "#"
        for form in line.split("\t")[2].split()
    ]
    assert len(set(forms)) == len(forms)
    assert {kind for kind, _ in forms} == set(words.LEMMA_TAGS)


@pytest.mark.filterwarnings("ignore")
def test_network_and_loss(treebank: Path) -> None:
    """The network gives a score for every word and head, and its loss can be followed back."""
    pytest.importorskip("torch", reason="the extra `train` is not installed; nobody needs it to use claimkit")
    from claimkit.nlp.component import MODEL
    from claimkit.nlp.pieces import Pieces
    from training.batches import grouped, inputs, labels
    from training.layers import Layout
    from training.losses import loss_of
    from training.model import Net

    tables: dict[str, dict[str, int]] = {"tag": {}, "dep": {}}
    windows = corpora.treebank(treebank, tables, grow=True)
    net = Net(Layout(tags=6, deps=8, layers=1, pool_after=0, width=24, attention_heads=2, inner=32))
    pieces = Pieces(MODEL / "tokenizer.json")
    (batch,) = grouped(windows, pieces, 1000, None)
    out = net(*inputs(batch, pieces))
    assert tuple(out["arcs"].shape) == (1, 8, 9)
    assert tuple(out["tag"].shape) == (1, 8, 6)
    loss = loss_of(net, out, labels(batch), batch)
    loss.backward()
    assert float(loss) > 0


@pytest.mark.filterwarnings("ignore")
def test_rounding_is_that_of_int8() -> None:
    """Values move by half a step of the item's range at most, zero stays zero, and the gradient passes unchanged."""
    torch = pytest.importorskip("torch", reason="the extra `train` is not installed; nobody needs it to use claimkit")
    from training.layers import rounded

    x = torch.tensor([[[0.0, 1.0, -1.0]], [[0.0, 100.3, 17.0]]], requires_grad=True)
    out = rounded(x)
    assert (out - x).abs().flatten(1).amax(1).tolist() <= [1 / 255 + 1e-6, 100.3 / 510 + 1e-4]
    assert not torch.equal(out, x)
    assert out[:, 0, 0].tolist() == [0.0, 0.0]
    out.sum().backward()
    assert x.grad is not None
    assert x.grad.unique().tolist() == [1.0]


@pytest.mark.filterwarnings("ignore")
def test_smoothing_changes_nothing_but_the_ranges(treebank: Path) -> None:
    """What a smoothed network gives is the same; where a column reached far, rounding now costs less."""
    torch = pytest.importorskip("torch", reason="the extra `train` is not installed; nobody needs it to use claimkit")
    from claimkit.nlp.component import MODEL
    from claimkit.nlp.pieces import Pieces
    from training.batches import inputs
    from training.layers import Layout
    from training.model import Net
    from training.smoothing import smooth

    torch.manual_seed(1)
    windows = corpora.treebank(treebank, {"tag": {}, "dep": {}}, grow=True)
    net = Net(Layout(tags=6, deps=8, layers=2, pool_after=1, width=24, attention_heads=2, inner=32)).eval()
    pieces = Pieces(MODEL / "tokenizer.json")
    with torch.no_grad():
        net.encoder.layers[0].norm1.weight[3] = 60.0
        given = inputs(windows[:1], pieces)
        plain = net(*given)["tag"]
        net.round_inputs(on=True)
        lost = (net(*given)["tag"] - plain).abs().mean()
        net.round_inputs(on=False)
        smooth(net, windows, pieces)
        assert torch.allclose(net(*given)["tag"], plain, atol=1e-4)
        net.round_inputs(on=True)
        assert (net(*given)["tag"] - plain).abs().mean() < lost


@pytest.mark.filterwarnings("ignore")
def test_no_head_lies_behind_the_end_of_a_window() -> None:
    """The words of a sentence and the root can be heads, padding after the last word cannot."""
    torch = pytest.importorskip("torch", reason="the extra `train` is not installed; nobody needs it to use claimkit")
    from training.corpora import IGNORE
    from training.losses import within_sentence

    starts = torch.tensor([[1, 0, 1, 0, IGNORE]])
    open_to = within_sentence(torch.zeros(1, 5, 6), starts) == 0
    assert open_to[0, 1].tolist() == [True, True, True, False, False, False]
    assert open_to[0, 3].tolist() == [True, False, False, True, True, False]


@pytest.mark.filterwarnings("ignore")
def test_the_packaged_form_of_a_window_is_that_of_training(treebank: Path) -> None:
    """What is exported, without masks and padding, gives what the network gives for the same window in a batch."""
    torch = pytest.importorskip("torch", reason="the extra `train` is not installed; nobody needs it to use claimkit")
    pytest.importorskip("onnx", reason="the extra `train` is not installed; nobody needs it to use claimkit")
    from claimkit.nlp.component import MODEL
    from claimkit.nlp.pieces import Pieces
    from training.batches import grouped, inputs
    from training.export import Outputs
    from training.layers import Layout
    from training.model import Net

    windows = corpora.treebank(treebank, {"tag": {}, "dep": {}}, grow=True)
    longer = {"words": [*windows[0]["words"], "and", "more", "of", "them"]}
    layout = Layout(tags=6, deps=8, layers=2, pool_after=1, width=24, attention_heads=2, inner=32)
    net = Net(layout).eval()
    pieces = Pieces(MODEL / "tokenizer.json")
    size = len(windows[0]["words"])
    (batch,) = grouped([windows[0], longer], pieces, 1000, None)
    with torch.no_grad():
        row = next(i for i, window in enumerate(batch) if len(window["words"]) == size)
        together = net(*inputs(batch, pieces))
        words, arcs, *_ = Outputs(net)(*inputs([windows[0]], pieces))
    assert torch.allclose(arcs[0], together["arcs"][row, :size, : size + 1], atol=1e-5)
    assert torch.allclose(words[0, :, : layout.tags], together["tag"][row, :size], atol=1e-5)


@pytest.mark.filterwarnings("ignore")
def test_a_teacher_fills_in_what_a_window_lacks(treebank: Path) -> None:
    """A bare window gets a tag, a head in its sentence and names; one whose sentences are known gets no other tree."""
    pytest.importorskip("torch", reason="the extra `train` is not installed; nobody needs it to use claimkit")
    from claimkit.nlp.component import MODEL
    from claimkit.nlp.pieces import Pieces
    from training.batches import grouped, inputs, labels
    from training.layers import Layout
    from training.losses import loss_of
    from training.model import Net
    from training.teaching import TREE, fill, lacks, teach

    pieces = Pieces(MODEL / "tokenizer.json")
    net = Net(Layout(tags=6, deps=8, layers=1, pool_after=0, width=24, attention_heads=2, inner=32))
    words = ["The", "army", "left", "Bara", "."]
    bare, known, untaught = {"words": words}, {"words": words, "start": [1, 0, 0, 0, 0]}, {"words": words}
    parsed = known | {"head": [2, 3, 0, 3, 3]}
    assert lacks(bare, ())
    assert lacks(known, (*TREE, "entity"))
    assert lacks(parsed, ("entity",))
    assert not lacks(known, TREE)
    assert not lacks(parsed, TREE)
    teach(net, [bare, known, untaught], pieces)
    assert not lacks(bare, ("entity",))
    for window, names in ((bare, (*TREE, "entity")), (known, (*TREE, "entity")), (untaught, ())):
        fill(window, names)
    assert set(bare) == {"words", "taught", "odds", "parse", "entity", *TREE}
    assert set(known) == {"words", "taught", "odds", "parse", "entity", "start"}
    assert set(untaught) == {"words", "taught", "odds", "parse"}
    assert all(len(row) == 5 for name, row in bare.items() if name not in ("taught", "odds"))
    assert bare["odds"]["event"].sum(-1).tolist() == pytest.approx([1] * 5, abs=1e-2)
    (batch,) = grouped([bare], pieces, 1000, None)
    assert float(loss_of(net, net(*inputs(batch, pieces)), labels(batch), batch)) > 0


@pytest.mark.filterwarnings("ignore")
def test_the_teacher_reads_the_same_pieces() -> None:
    """MPNet gives a vector for each word of the pieces that MiniLM reads; padding changes none of them."""
    torch = pytest.importorskip("torch", reason="the extra `train` is not installed; nobody needs it to use claimkit")
    from claimkit.nlp.component import MODEL
    from claimkit.nlp.pieces import Pieces
    from training.batches import inputs
    from training.layers import Layout
    from training.model import Net

    pieces = Pieces(MODEL / "tokenizer.json")
    net = Net(Layout(tags=6, deps=8, layers=2, width=24, attention_heads=2, inner=32, family="mpnet")).eval()
    short, longer = {"words": ["The", "army", "left"]}, {"words": ["Nobody", "knows", "who", "captured", "Bara"]}
    with torch.no_grad():
        alone = net.encoder(*inputs([short], pieces))
        together = net.encoder(*inputs([short, longer], pieces))
    assert tuple(together.shape) == (2, 6, 24)
    assert torch.allclose(alone[0], together[0, :4], atol=1e-5)


def test_a_teacher_is_trusted_where_it_was_asked() -> None:
    """The loss is least where the odds are the teacher's, and words without a label or a teacher do not count."""
    torch = pytest.importorskip("torch", reason="the extra `train` is not installed; nobody needs it to use claimkit")
    from training.losses import distillation

    held = torch.tensor([[[0.7, 0.3], [0.0, 0.0], [0.9, 0.1]]])
    gold = torch.tensor([[0, 1, corpora.IGNORE]])
    right, wrong = held.clamp(min=1e-6).log(), (1 - held).clamp(min=1e-6).log()
    other = right.clone()
    other[0, 1:] = 5.0
    assert float(distillation(right, gold, held)) == pytest.approx(0.611, abs=1e-3)  # the entropy of .7 and .3
    assert float(distillation(other, gold, held)) == float(distillation(right, gold, held))
    assert float(distillation(wrong, gold, held)) > 0.9
    assert distillation(right, gold, torch.zeros_like(held)) is None


def test_distances_have_their_buckets() -> None:
    """Near pieces are told apart one by one, far ones roughly, and before from behind."""
    torch = pytest.importorskip("torch", reason="the extra `train` is not installed; nobody needs it to use claimkit")
    from training.encoders import bucket

    assert bucket(torch.tensor([0, -1, 1, -7, 7, -8, -127, -500, 500])).tolist() == [0, 1, 17, 7, 23, 8, 15, 15, 31]


WRITTEN = """\
# title: Army says it has retaken Bara
# published: 2025-09-12

The army said on Friday that its troops had retaken Bara.
> its troops had retaken Bara | The army | said | SDN | assert | capture | actual | Bara; Kordofan | SDN | 2025-09-12

Residents fled north.
> Residents fled north | | | NARRATOR | assert | humanitarian | actual | | |
"""


def test_a_written_article_is_text_and_claims(tmp_path: Path) -> None:
    """Lines are sentences, empty lines end paragraphs; each claim has the span of its sentence."""
    article = written.read(write(tmp_path / "a.txt", WRITTEN))
    assert article.text == "The army said on Friday that its troops had retaken Bara.\n\nResidents fled north.\n"
    assert article.head == {"title": "Army says it has retaken Bara", "published": "2025-09-12"}
    assert [article.text[a:b] for (a, b), _ in article.claims] == article.text.strip().split("\n\n")
    assert [claim["event"] for _, claim in article.claims] == ["capture", "humanitarian"]
    assert article.problems == []


@pytest.mark.parametrize(("row", "problem"), [
    ("> had left | The army | said | SDN | assert | capture | actual | | |", "content is not in the sentence"),
    ("> its troops | The army | said | SDN | swear | capture | actual | | |", "no such stance"),
    ("> its troops | The army | said | Sudan | assert | capture | actual | | |", "claimant is no code"),
    ("> its troops | The army | said | SDN | assert | capture | actual | | | Friday", "no ISO date"),
    ("> its troops | The army | said | SDN | assert | capture", "6 fields, not 10"),
    ("> its troops | The army | said | NARRATOR | assert | capture | actual | | |", "NARRATOR has no source"),
])  # fmt: skip
def test_what_is_wrong_with_a_written_claim_is_said_by_line(tmp_path: Path, row: str, problem: str) -> None:
    """A claim that breaks the form is left out and named with its line."""
    path = write(tmp_path / "a.txt", f"The army said that its troops had retaken Bara.\n{row}\n")
    article = written.read(path)
    assert article.claims == []
    assert len(article.problems) == 1
    assert article.problems[0].startswith(f"{path}:2: {problem}")


def test_written_claims_are_windows_like_the_others(tmp_path: Path) -> None:
    """Each article gives windows with the claims of their sentences."""
    write(tmp_path / "one/a.txt", WRITTEN)
    (window,) = claims.own(tmp_path)
    assert [(claim["event"], claim["voice"]) for claim in window["claims"]] == [
        (EVENTS.index("capture"), VOICES.index("source")), (EVENTS.index("humanitarian"), VOICES.index("narrator")),
    ]  # fmt: skip


PAGE = """\
---
title: Army says it has retaken Bara
---
<p>The army said on Friday that its troops had <b>retaken</b> Bara.</p>
<p>Residents fled north.</p>
"""


def test_what_was_annotated_in_a_real_article_is_kept_without_its_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The record has no word of the text; with the page the annotated file comes back, with another page none does."""
    pages = {"someone+news:posts/bara.md": PAGE}
    monkeypatch.setattr(mirrors, "_content", lambda folder, path: pages.get(f"{folder.parent.name}:{path}"))
    before = WRITTEN.replace("# published", "# source: someone/news:posts/bara.md\n# published")
    write(tmp_path / "in/a.txt", before)
    record = tmp_path / "real.jsonl"
    assert real.strip(record, tmp_path, tmp_path / "in") == {"articles": 1, "claims": 2}
    assert not {"troops", "Residents", "fled"} & set(record.read_text(encoding="utf-8").replace('"', " ").split())
    assert real.rebuild(record, tmp_path, tmp_path / "out") == {"written": 1}
    one, other = written.read(tmp_path / "in/a.txt"), written.read(tmp_path / "out/000.txt")
    assert (one.text, one.claims) == (other.text, other.claims)
    pages["someone+news:posts/bara.md"] = PAGE.replace("north", "south")
    assert real.rebuild(record, tmp_path, tmp_path / "again") == {"another text": 1}
    pages.clear()
    assert real.rebuild(record, tmp_path, tmp_path / "again") == {"not there": 1}
    assert list((tmp_path / "again").iterdir()) == []


TOLD = "The army said on Friday that its troops had retaken Bara.\n\nResidents fled north."
TABLE = 'Title,Content\nFirst,One.\n"Army  retakes Bara","The army said so.\n\nResidents   fled."\n'
RUN = 'Nothing .\nThe army said its " heroes " had retaken Bara ( again ) .\nIt \'s theirs , he said .\n'
WHOLE = json.dumps({"title": "Bara  retaken", "content_original": "One  fell.\n\nTwo held.\n\n\nThree left."})
LIST = '{"sentences": [{"position_in_article": 1, "content": "Residents fled."}, \
{"position_in_article": 0, "content": "Bara retaken"}]}'
LONG = "title,Text\nBara," + "The army left town " * 100 + "yesterday.Then " + "they fled " * 199 + "away.\n"
LISTED = json.dumps([{"content": "One  fell."}, {"content": "Two held."}])


@pytest.mark.parametrize(
    ("address", "content", "expected"),
    [
        ("a/b:posts/bara.md", PAGE, ("Army says it has retaken Bara", TOLD)),
        ("github:a/b:t.csv#2", TABLE, ("Army retakes Bara", "The army said so.\n\nResidents fled.")),
        ("a/b:t.tab#1", "Title\tContent\nFirst\tOne.\n", ("First", "One.")),
        ("a/b:s.txt#2-3", RUN, ("", 'The army said its "heroes" had retaken Bara (again). It\'s theirs, he said.')),
        ("a/b:one.json", LIST, ("Bara retaken", "Residents fled.")),
        ("a/b:two.json#1-2", WHOLE, ("Bara retaken", "One fell.\n\nTwo held.")),
        ("a/b:two.json", WHOLE, ("Bara retaken", "One fell.\n\nTwo held.\n\nThree left.")),
        ("a/b:list.json#1", LISTED, ("", "Two held.")),
        ("a/b:many.txt#2..4", "Head\nOne fell.Two held.\n\nThree left.", ("", "One fell.\n\nTwo held.\n\nThree left.")),
        ("a/b:t.csv#1/2", LONG, ("Bara", "Then " + "they fled " * 199 + "away.")),
        ("a/b:t.csv#1", "Headline,Article_Content\nBara,They left.Then they fled.\n",
         ("Bara", "They left.\n\nThen they fled.")),
        ("a/b:t.csv#1", "title,content\nBara,They left.\n", ("Bara", "They left.")),
        ("a/b:page.txt#all", "One  fell.\n\n\nTwo held.", ("", "One fell.\n\nTwo held.")),
    ],
)  # fmt: skip
def test_articles_are_found_where_they_stand(
    address: str, content: str, expected: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages, rows of tables, runs of sentences and lists of them give title and text."""
    monkeypatch.setattr(mirrors, "_content", lambda _folder, _path: content)
    assert mirrors.find(Path("mirrors"), address) == expected


@pytest.mark.parametrize(
    "address", ["a/b:t.csv#3", "a/b:t.csv#0", "a/b:s.txt#3-9", "a/b:s.txt#3..9", "a/b:t.csv#1/9", "a/b:list.json#2"]
)
def test_what_a_file_has_not_got_is_told(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A row or a line past the end is a fault, not an empty article."""
    contents = {".csv": TABLE, ".txt": RUN, ".json": LISTED}
    monkeypatch.setattr(mirrors, "_content", lambda _folder, path: contents[Path(path).suffix])
    with pytest.raises(ValueError, match="no (row|lines|part)|none after"):
        mirrors.find(Path("mirrors"), address)


def test_a_place_without_a_copy_gives_none(tmp_path: Path) -> None:
    """Where there is no copy of a repository there is no article."""
    assert mirrors.find(tmp_path, "a/b:posts/bara.md") is None


def test_paragraphs_that_were_joined_are_parted() -> None:
    """A stop that touches a capital parts them, an abbreviation does not; a long one is cut where sentences end."""
    assert mirrors.run_on("The army left.“We fled,” he said.Gen.Norland is in the U.S.Army.") == (
        "The army left.\n\n“We fled,” he said.\n\nGen.Norland is in the U.S.Army."
    )
    sentence = "Gen. Norland said that the army had left the town of Bara again"
    found = mirrors.run_on(" ".join(f"{sentence} yesterday." for _ in range(8))).split("\n\n")
    assert [len(paragraph.split()) for paragraph in found] == [56, 56]


def test_every_written_article_keeps_the_form() -> None:
    """No article that ships for training has a claim that breaks the form."""
    articles = [written.read(path) for path in sorted(Path(written.__file__).with_name("written").rglob("*.txt"))]
    assert len(articles) > 100
    assert [problem for article in articles for problem in article.problems] == []


def test_a_treebank_takes_names_of_the_same_sentences(tmp_path: Path) -> None:
    """Entities join by the words of a sentence; a sentence that the file lacks has none to learn."""
    names = write(tmp_path / "n.iob2", "# sent_id = 1\n1\tThey\tO\t-\t-\n2\tfled\tB-OTH\t-\t-\n")
    trees = write(tmp_path / "t.conllu", TREEBANK)
    (window,) = corpora.treebank(trees, {"tag": {}, "dep": {}}, grow=True, names=names)
    assert window["entity"] == [corpora.IGNORE] * 6 + [0, 0]


def test_links_to_folders_are_followed(tmp_path: Path) -> None:
    """A folder of corpora can be made of links; what they hold is read like the rest, in order of the paths."""
    for name in ("kept/b.txt", "kept/a.txt", "kept/note.md", "corpora/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("", encoding="utf-8")
    (tmp_path / "corpora/linked").symlink_to(tmp_path / "kept", target_is_directory=True)
    found = [str(path.relative_to(tmp_path)) for path in written.files(tmp_path / "corpora")]
    assert found == ["corpora/c.txt", "corpora/linked/a.txt", "corpora/linked/b.txt"]


@pytest.mark.parametrize("kept", [0, 2])
def test_kept_layers_are_not_trained(kept: int) -> None:
    """Embeddings and the first layers get no gradient where they are kept, and all do where none is."""
    torch = pytest.importorskip("torch", reason="the extra `train` is not installed; nobody needs it to use claimkit")
    from training.__main__ import keep
    from training.encoders import MiniLM
    from training.layers import Layout

    encoder = MiniLM(Layout(tags=3, deps=4, layers=3, width=24, attention_heads=2, inner=16), vocabulary=9)
    keep(encoder, kept)
    ids = torch.tensor([[1, 2, 3]])
    edges = torch.tensor([[0, 1, 2]])
    encoder(ids, torch.zeros_like(ids), edges, edges).sum().backward()
    trained = {name.split(".")[1] if name.startswith("layers") else "embeddings"
               for name, parameter in encoder.named_parameters() if parameter.grad is not None}  # fmt: skip
    assert trained == ({"2"} if kept else {"embeddings", "0", "1", "2"})
