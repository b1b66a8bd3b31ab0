"""Articles and claims without meaning but with the shape of real ones, as many as are asked for.

From claims that were extracted are drawn: which claims stand together in an article, their events, claimants, stances,
actors, how many places they have and how long their sentences are. The words of a sentence are drawn by how often they
come in the real ones, the places from the gazetteer, of which a few are named often and most hardly ever (Zipf 1949,
Human behavior and the principle of least effort). A fifth of the articles copy an earlier one within three days.

``python -m benchmarks.synthetic CLAIMS FOLDER [--number 100000] [--articles 10000]`` writes a folder of articles, their
metadata and claims, and a database that has them as if they had been extracted; prints the place that is named most.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date, timedelta
from itertools import accumulate, islice
from pathlib import Path
from typing import NamedTuple

import msgspec

from claimkit.commands.extract import make_extractor
from claimkit.gazetteer import Gazetteer, Place
from claimkit.reader import read_paths
from claimkit.records import Claim, Document, DocumentReport, Extraction, PlaceMention, Relay, Span
from claimkit.settings import Settings
from claimkit.store import Store, article_key

ARTICLES, METADATA, CLAIMS, DATABASE = "articles", "metadata.tsv", "claims.jsonl", "claims.db"

SEED = 20251201
FIRST = date(2024, 1, 1)
DAYS = 730
COPIES = 0.2
COPY_DAYS = 3
OUTLETS = 60
CLAIMS_PER_PLACE = 25
FLATNESS = 2.0


class Article(NamedTuple):
    """An article: its name, day (ISO 8601), outlet, text, and the claims in it."""

    name: str
    published: str
    outlet: str
    text: str
    claims: tuple[Claim, ...]


class Maker:
    """Draws articles.

    Args:
        real: claims as they were extracted.
        number: how many claims there are to be.
        articles: in how many articles.
    """

    def __init__(self, real: Sequence[Claim], *, number: int, articles: int) -> None:
        self._draw = random.Random(SEED)
        self._number = number
        self._mean = max(1, round(number / articles))
        by_article: dict[str, list[Claim]] = {}
        for claim in real:
            by_article.setdefault(claim.document, []).append(claim)
        self._samples = [by_article[name] for name in sorted(by_article)]
        self._words = [word for claim in real for word in claim.sentence.text.split()]
        towns = [place for place in Gazetteer.default() if place.lat is not None]
        self._draw.shuffle(towns)
        self._towns = towns[: max(1, number // CLAIMS_PER_PLACE)]
        self._weights = list(accumulate(1 / (rank + FLATNESS) for rank in range(len(self._towns))))

    @property
    def first_town(self) -> str:
        """The place that is named most often."""
        return self._towns[0].name

    def articles(self) -> Iterator[Article]:
        """Give articles until there are so many claims."""
        made: list[Article] = []
        count = 0
        while count < self._number:
            name = f"{len(made) + 1:06}"
            old = self._draw.choice(made) if made and self._draw.random() < COPIES else None
            article = self._copy(old, name=name) if old else self._write(name)
            made.append(article)
            count += len(article.claims)
            yield article

    def _copy(self, old: Article, *, name: str) -> Article:
        day = date.fromisoformat(old.published) + timedelta(days=self._draw.randrange(COPY_DAYS))
        return self._signed(name, text=old.text, claims=old.claims, published=day.isoformat())

    def _write(self, name: str) -> Article:
        sample = self._draw.choice(self._samples)
        length = self._draw.randint(1, 2 * self._mean - 1)
        first = self._draw.randrange(max(1, len(sample) - length + 1))
        published = (FIRST + timedelta(days=self._draw.randrange(DAYS))).isoformat()
        sentences: dict[int, tuple[int, str]] = {}
        towns: dict[str, Place] = {}
        parts, end, claims = list[str](), 0, list[Claim]()
        for claim in islice(sample, first, first + length):
            if claim.sentence.start not in sentences:
                text = self._sentence(len(claim.sentence.text))
                sentences[claim.sentence.start] = (end, text)
                parts.append(text)
                end += len(text) + 2
            at, text = sentences[claim.sentence.start]
            claims.append(self._varied(claim, at=at, text=text, towns=towns, published=published))
        return self._signed(name, text="\n\n".join(parts) + "\n", claims=claims, published=published)

    def _signed(self, name: str, *, text: str, claims: Sequence[Claim], published: str) -> Article:
        outlet = f"Outlet {self._draw.randrange(OUTLETS)}"
        own = tuple(
            msgspec.structs.replace(claim, id=f"c-{name}-{at}", published=published, outlet=outlet)
            for at, claim in enumerate(claims)
        )
        return Article(name, published, outlet, text, own)

    def _sentence(self, length: int) -> str:
        words = self._draw.choices(self._words, k=1 + length // 2)
        return (" ".join(words)[: length - 1].rstrip() + ".").ljust(length, ".")

    def _varied(self, claim: Claim, *, at: int, text: str, towns: dict[str, Place], published: str) -> Claim:
        shift, end = at - claim.sentence.start, at + len(text)

        def moved(start: int, stop: int) -> tuple[int, int]:
            first = min(max(start + shift, at), end - 1)
            return first, min(max(stop + shift, first + 1), end)

        def cut(span: Span | None) -> Span | None:
            if span is None:
                return None
            first, last = moved(span.start, span.end)
            return Span(start=first, end=last, text=text[first - at : last - at])

        def relay(one: Relay) -> Relay:
            span = cut(Span(start=one.start, end=one.end, text=one.text))
            return msgspec.structs.replace(one, start=span.start, end=span.end, text=span.text) if span else one

        places = []
        for place in claim.places:
            town = towns.setdefault(place.name, self._draw.choices(self._towns, cum_weights=self._weights)[0])
            first, last = moved(place.start, place.end)
            places.append(_mention(town, text=text[first - at : last - at], start=first, end=last))
        return msgspec.structs.replace(
            claim,
            sentence=Span(start=at, end=end, text=text),
            content=cut(claim.content),
            cue=cut(claim.cue),
            source=cut(claim.source),
            relay=tuple(map(relay, claim.relay)),
            event=msgspec.structs.replace(claim.event, date=published if claim.event.date else None),
            places=tuple({place.id: place for place in places}.values()),
        )


def _mention(town: Place, *, text: str, start: int, end: int) -> PlaceMention:
    return PlaceMention(
        id=town.id, name=town.name, text=text, start=start, end=end, kind=town.kind, country=town.country,
        admin1=town.admin1, lat=town.lat, lon=town.lon, name_used="current", match="exact", score=1.0,
    )  # fmt: skip


def fill(articles: Sequence[Article]) -> None:
    """Write articles, metadata and claims into the working folder, and a database that knows them all."""
    Path(ARTICLES).mkdir()
    with Path(METADATA).open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, delimiter="\t")
        table.writerow(("document", "published", "outlet"))
        table.writerows((article.name, article.published, article.outlet) for article in articles)
    found: dict[str, tuple[Claim, ...]] = {}
    for article in articles:
        path = f"{ARTICLES}/{article.name}.txt"
        Path(path).write_text(article.text, encoding="utf-8")
        found[path] = tuple(msgspec.structs.replace(claim, document=path) for claim in article.claims)
    with Path(CLAIMS).open("wb") as lines:
        lines.writelines(msgspec.json.encode(claim) + b"\n" for claims in found.values() for claim in claims)
    settings = Settings(metadata=METADATA)
    generator = make_extractor(settings).generator
    with closing(Store(Path(DATABASE))) as store:
        for document in read_paths([ARTICLES], settings=settings):
            if not isinstance(document, Document):
                raise TypeError(f"{document.path}: {document.reason}")
            key = article_key(document, generator=generator, settings=settings)
            store.put(document, extraction=_extraction(document, claims=found[document.path]), key=key)


def _extraction(document: Document, *, claims: tuple[Claim, ...]) -> Extraction:
    report = DocumentReport(
        path=document.path, sha256=document.sha256, encoding=document.encoding, title=document.title,
        outlet=document.outlet, byline=document.byline, published=document.published,
        published_from=document.published_from, words=len(document.text.split()), sentences=len(document.blocks),
        sentences_read=len(document.blocks), sentences_with_claims=len(document.blocks), furniture=0,
        claims=len(claims), cues_without_claim=0, claims_without_claimant=0, places_unresolved=0,
    )  # fmt: skip
    return Extraction(document=report, claims=claims)


def main() -> None:
    """Write the folder."""
    parser = argparse.ArgumentParser(description="Synthetic articles, claims and a database.")
    parser.add_argument("claims", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--number", type=int, default=100_000, help="how many claims")
    parser.add_argument("--articles", type=int, default=10_000, help="in how many articles")
    given = parser.parse_args()
    real = [msgspec.json.decode(line, type=Claim) for line in given.claims.read_bytes().splitlines()]
    maker = Maker(real, number=given.number, articles=given.articles)
    given.folder.mkdir(parents=True, exist_ok=True)
    os.chdir(given.folder)
    fill(list(maker.articles()))
    print(maker.first_town)


if __name__ == "__main__":
    main()
