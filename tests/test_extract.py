"""The whole way of an article, with the packaged model, and by rules alone with another pipeline."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from importlib import import_module
from pathlib import Path

import msgspec
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from claimkit import Extractor
from claimkit.errors import InputError
from claimkit.reader import read_text
from claimkit.records import Document, Extraction, Run, Span
from tests.core_parses import sentences

ARTICLES = sorted((Path(__file__).parent.parent / "examples" / "articles").glob("*.*"))
PLAIN = "Russia said on Monday that its forces had captured Pokrovsk."


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    """Give one extractor with the packaged model; it is never skipped."""
    return Extractor()


@pytest.fixture(scope="module")
def again() -> Extractor:
    """Give a second one, as another run would have it."""
    return Extractor()


def texts_of(value: object) -> Iterator[tuple[int, int, str]]:
    """Give every span with a text, anywhere in a record."""
    if isinstance(value, msgspec.Struct):
        if {"start", "end", "text"} <= set(value.__struct_fields__):
            yield value.start, value.end, value.text  # type: ignore[attr-defined]
        for name in value.__struct_fields__:
            yield from texts_of(getattr(value, name))
    elif isinstance(value, tuple):
        for each in value:
            yield from texts_of(each)


def check(found: Extraction, text: str) -> None:
    """Check what holds of every extraction: spans cut, order, each id once, counts agree."""
    assert [(a, b, words) for a, b, words in texts_of(found) if text[a:b] != words] == []
    assert all(0 <= r.start < r.end <= len(text) for c in found.claims for r in c.because)
    assert all(c.sentence.start <= c.content.start < c.content.end <= c.sentence.end for c in found.claims)
    assert [c.content.start for c in found.claims] == sorted(c.content.start for c in found.claims)
    assert len({c.id for c in found.claims}) == len(found.claims) == found.document.claims
    assert all(0.0 <= c.confidence <= 1.0 for c in found.claims)


def summary(found: Extraction) -> list[tuple[str, str, str, tuple[str, ...]]]:
    """Give claimant, stance, event and places of each claim."""
    return [(c.claimant.id, c.stance.value, c.event.type.value, tuple(p.name for p in c.places)) for c in found.claims]


@pytest.mark.model
def test_the_plainest_claim(extractor: Extractor) -> None:
    """The example of the documentation."""
    found = extractor.extract(PLAIN, published="2025-12-01")
    assert summary(found) == [("RUS", "assert", "capture", ("Pokrovsk",))]
    check(found, PLAIN)


@pytest.mark.model
@pytest.mark.slow
def test_many_are_as_one_by_one_and_in_order(extractor: Extractor) -> None:
    """The stream is read as it goes, and what one article gives does not depend on the others."""
    documents = [read_text(path.read_text(encoding="utf-8"), path=path.name) for path in ARTICLES]
    asked: list[str] = []

    def stream() -> Iterator[Document]:
        for document in [*documents, *documents, *documents]:
            asked.append(document.path)
            yield document

    many = extractor.extract_many(stream())
    first = next(many)
    assert len(asked) < 3 * len(documents)
    found = [first, *many]
    assert [each.document.path for each in found] == [path.name for path in ARTICLES] * 3
    assert msgspec.json.encode(found[: len(documents)]) == msgspec.json.encode(
        [extractor.extract(document) for document in documents]
    )
    assert found[: len(documents)] == found[len(documents) : 2 * len(documents)]


@pytest.mark.model
@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.name)
def test_offsets_always_cut(extractor: Extractor, again: Extractor, path: Path) -> None:
    """In every record of the example articles; and two runs give the same bytes."""
    document = read_text(path.read_text(encoding="utf-8"), path=path.name)
    found = extractor.extract(document)
    check(found, document.text)
    run = Run(generator=extractor.generator, documents=(found.document,), claims=found.claims)
    encoded = msgspec.json.encode(run)
    assert msgspec.json.encode(msgspec.json.decode(encoded, type=Run)) == encoded
    assert msgspec.json.encode(again.extract(document)) == msgspec.json.encode(found)


@pytest.mark.model
def test_a_document_brings_its_own_date(extractor: Extractor) -> None:
    """The option is for texts; a document says itself when it was published."""
    document = read_text(PLAIN, published="2025-12-01", path="a.txt")
    found = extractor.extract(document, published="1999-01-01", path="b.txt")
    assert (found.document.path, found.document.published) == ("a.txt", "2025-12-01")
    assert extractor.extract(PLAIN, published=date(2025, 12, 1), path="a.txt") == found


@pytest.mark.model
def test_a_wrong_date_is_refused(extractor: Extractor) -> None:
    """One line that says what is wrong."""
    with pytest.raises(InputError):
        extractor.extract(PLAIN, published="1 December")


@pytest.mark.model
@pytest.mark.parametrize("text", ["", " ", "\n\n\n", "12 345.67 — 8 % (9)", "((((((", "...", "🙂 🙂", "\u200f\u202e"])
def test_texts_without_a_word(extractor: Extractor, text: str) -> None:
    """Nothing is claimed where nothing is said."""
    found = extractor.extract(text)
    assert found.claims == ()
    assert found.document.claims == 0


@pytest.mark.model
@pytest.mark.slow
def test_one_paragraph_of_twenty_kilobytes(extractor: Extractor) -> None:
    """A text without a line break is read to its end."""
    text = " ".join([PLAIN] * 340)
    found = extractor.extract(text, published="2025-12-01")
    check(found, text)
    assert found.claims[-1].content.end > len(text) - 100


@pytest.mark.model
@pytest.mark.parametrize("text", [
    "Russia said[12] on Monday that its forces had captured Pokrovsk. Ukraine denied it.[15]",
    "Russia said on Monday that its forces had captured Pokrovsk.[13][14] Ukraine denied it.",
])  # fmt: skip
def test_footnote_marks_are_no_words(extractor: Extractor, text: str) -> None:
    """A mark between words is not read, yet all offsets count it."""
    found = extractor.extract(text, published="2025-12-01")
    check(found, text)
    assert summary(found)[:1] == [("RUS", "assert", "capture", ("Pokrovsk",))]


@pytest.mark.model
def test_relative_dates_need_a_publication_date(extractor: Extractor) -> None:
    """Without one "on Sunday" stays undated, and the report warns of it."""
    text = "Russia said that its forces had captured Pokrovsk on Sunday."
    dated, undated = extractor.extract(text, published="2025-12-01"), extractor.extract(text)
    assert [c.event.date for c in undated.claims] == [None] * len(undated.claims)
    assert undated.document.published is None
    assert undated.document.warnings != ()
    assert dated.document.warnings == ()


class FrozenParser:
    """A tiny parser: it knows one sentence by heart."""

    def __init__(self, rows: list[list[str]]) -> None:
        self.rows = rows

    def __call__(self, doc: Doc) -> Doc:
        """Write the parse into the text."""
        if len(doc) != len(self.rows):
            for token in doc:
                token.is_sent_start = token.i == 0
            return doc
        for token, row in zip(doc, self.rows, strict=True):
            token.lemma_, token.pos_, token.tag_, token.dep_ = row[2], row[3], row[4], row[7]
            token.head = doc[int(row[6]) - 1] if row[6] != "0" else token
        return doc


@pytest.fixture
def blank() -> Language:
    """Give a blank English pipeline with the tiny parser."""
    rows = sentences()["country-acts"]

    @Language.component("claimkit_test_frozen")
    def frozen(doc: Doc) -> Doc:
        return FrozenParser(rows)(doc)

    nlp = spacy.blank("en")
    nlp.add_pipe("claimkit_test_frozen")
    return nlp


def test_another_pipeline_works_by_rules_alone(blank: Language) -> None:
    """Without the model the lexicon finds the claim, and the record names the other pipeline."""
    extractor = Extractor(pipeline=blank)
    found = extractor.extract("Russia shelled Pokrovsk.")
    assert summary(found) == [("NARRATOR", "assert", "attack", ("Pokrovsk",))]
    assert found.claims[0].event.actor == "RUS"
    assert found.claims[0].content == Span(start=0, end=23, text="Russia shelled Pokrovsk")
    assert "claimkit" not in extractor.generator.model
    assert extractor.extract("Bread.").claims == ()
    assert extractor.extract("").claims == ()


def test_the_words_of_an_article_are_freed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once enough are known: the same claims, and no string more however many new names come."""
    names = ("Qorvane", "Zhultap", "Wexhold", "Brivnoq")
    texts = [f"The army said on Monday that its forces had captured {name}-{name.lower()}ville." for name in names]
    kept, freed = Extractor(), Extractor()
    expected = [kept.extract(text, published="2025-12-01").claims for text in texts]
    monkeypatch.setattr(import_module("claimkit.extract"), "WORDS_KEPT", 0)
    first = freed.extract(texts[0], published="2025-12-01")
    strings = len(freed.pipeline.vocab.strings)
    found = [first, *freed.extract_many(read_text(text, published="2025-12-01") for text in texts[1:])]
    assert [one.claims for one in found] == expected
    assert len(freed.pipeline.vocab.strings) == strings < len(kept.pipeline.vocab.strings)


def test_another_pipeline_keeps_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its components may know words by numbers that a memory zone makes void."""
    monkeypatch.setattr(import_module("claimkit.extract"), "WORDS_KEPT", 0)
    own = Extractor(pipeline=Extractor().pipeline)
    own.extract(PLAIN, published="2025-12-01")
    before = len(own.pipeline.vocab.strings)
    own.extract(PLAIN.replace("Pokrovsk", "Qorvaneville"), published="2025-12-01")
    assert len(own.pipeline.vocab.strings) > before
