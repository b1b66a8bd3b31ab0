"""Reading → the record of every place mention of an article, and the counts beside them."""

from __future__ import annotations

from typing import Literal

from claimkit.reading import Reading, Toponym
from claimkit.records import PlaceMention, Record, Span


class Mention(Record, frozen=True, kw_only=True):
    """A place named in an article, with the sentence that names it (``None`` where it stands in none)."""

    schema: Literal["claimkit-places/1"] = "claimkit-places/1"
    document: str
    published: str | None
    outlet: str | None
    sentence: Span | None
    place: PlaceMention


class MentionsReport(Record, frozen=True, kw_only=True):
    """What is said of an article beside its place mentions."""

    path: str
    sha256: str
    encoding: str
    title: str | None
    outlet: str | None
    byline: str | None
    published: str | None
    published_from: str | None
    words: int
    sentences: int
    places: int
    places_unresolved: int
    warnings: tuple[str, ...] = ()


class Mentions(Record, frozen=True, kw_only=True):
    """All places that one article names, in order of the text."""

    document: MentionsReport
    places: tuple[Mention, ...]

    @property
    def records(self) -> tuple[Mention, ...]:
        """What a run writes."""
        return self.places


def gather(reading: Reading) -> Mentions:
    """Write the mentions of an article of which the places are found."""
    document = reading.document
    places = tuple(_mention(reading, toponym) for toponym in reading.toponyms)
    report = MentionsReport(
        path=document.path,
        sha256=document.sha256,
        encoding=document.encoding,
        title=document.title,
        outlet=document.outlet,
        byline=document.byline,
        published=document.published,
        published_from=document.published_from,
        words=sum(not (token.is_space or token.is_punct) for token in reading.doc),
        sentences=len(reading.sentences),
        places=len(places),
        places_unresolved=sum(mention.place.id is None for mention in places),
        warnings=document.warnings,
    )
    return Mentions(document=report, places=places)


def _mention(reading: Reading, toponym: Toponym) -> Mention:
    document = reading.document
    return Mention(
        document=document.path,
        published=document.published,
        outlet=document.outlet,
        sentence=_sentence(reading, toponym.tokens[0]),
        place=toponym.mention,
    )


def _sentence(reading: Reading, token: int) -> Span | None:
    number = reading.sentence_of[token]
    words = [word for word in reading.sentences[number] if not word.is_space] if number >= 0 else []
    if not words:
        return None
    return Span.cut(reading.document.text, words[0].idx, words[-1].idx + len(words[-1]))
