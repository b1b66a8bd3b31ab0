"""The way of one article through the stages: parse → find → link → normalise → judge → collect.

``STAGES`` is the order; the rules live in the stages' own modules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from claimkit import (
    attribution,
    collecting,
    confidence,
    dates,
    events,
    judging,
    linking,
    list_sources,
    locating,
    nlp,
    places,
    pointing,
    ranking,
    relevance,
    turns,
    twins,
)
from claimkit.actors import Discourse
from claimkit.gazetteer import Gazetteer
from claimkit.gazetteer_layers import layers_sha256
from claimkit.lexicon import data_path, read_bytes, sha256
from claimkit.mentions import Mentions, gather
from claimkit.nlp.tokenizer import cut_at
from claimkit.nlp.windows import BLOCKS
from claimkit.parties import Parties
from claimkit.reader import read_text
from claimkit.reading import Draft, Reading
from claimkit.records import READ_KINDS, Document, Extraction, Generator
from claimkit.relevance import Relevance
from claimkit.settings import Settings
from claimkit.sites import Sites, Trail

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

LEXICON = (
    "actors.yaml", "cues.yaml", "dates.yaml", "events.yaml", "locating.yaml", "names.yaml", "persons.yaml",
    "reader.yaml", "roles.yaml", "romanization.yaml", "russian.yaml", "states.yaml",
)  # fmt: skip
"""All words that a result depends on: a database does an article anew when one of these files has changed."""
WEIGHTS = (confidence.WEIGHTS, ranking.WEIGHTS, relevance.WEIGHTS)
"""What was fitted on articles, and counts whichever pipeline parses."""

WORDS_KEPT = 60_000
"""Strings that the pipeline learns for good; those of later articles are freed after each."""

Stage = Callable[["Extractor", Reading], None]


def find_events(extractor: Extractor, reading: Reading) -> None:
    """Find what is stated to happen, will or could."""
    doubtful = len(reading.passed_over) > len(reading.doc.user_data.get(BLOCKS, ()))
    reading.mentions = events.find(reading.doc, settings=extractor.settings, doubtful=doubtful)


def find_attributions(extractor: Extractor, reading: Reading) -> None:
    """Find who says so: each event with each source that takes a stance toward it."""
    pairs = list_sources.attributed(reading, attribution.find(reading.doc, reading.mentions))
    pairs = turns.attributed(reading, pairs)
    reading.drafts = [Draft(mention=mention, attribution=tie) for mention, tie in pairs]


def find_places(extractor: Extractor, reading: Reading) -> None:
    """Find the places that are named and bring each to one identity."""
    reading.toponyms = places.find(
        reading.doc, gazetteer=extractor.gazetteer, parties=extractor.parties, published=reading.published
    )


def find_dates(extractor: Extractor, reading: Reading) -> None:
    """Find the time expressions and put them on the calendar."""
    reading.dates = dates.find(reading.document.text, published=reading.published)


def judge_stance(extractor: Extractor, reading: Reading) -> None:
    """Tell what each source does with the event: assert, deny, acknowledge, doubt, leave unverified."""
    judged = [judging.judged(reading.doc, draft, settings=extractor.settings) for draft in reading.drafts]
    reading.drafts = [draft for draft in judged if not judging.is_open(reading.doc, draft)]


def link_claimants(extractor: Extractor, reading: Reading) -> None:
    """Bring sources, relays and actors to parties."""
    linking.link_parties(reading, Discourse(
        reading.doc, extractor.parties, on=reading.published, sentence_of=reading.sentence_of,
        block_of=reading.block_of, toponyms=reading.toponyms, outlet=reading.document.outlet,
        floor=extractor.settings.unknown_floor,
    ), settings=extractor.settings)  # fmt: skip


def follow_pointers(extractor: Extractor, reading: Reading) -> None:
    """Give contents that only point back ("the claim") the event that they point to."""
    pointing.point_back(reading, parties=extractor.parties)


def link_places_and_dates(extractor: Extractor, reading: Reading) -> None:
    """Tell which places and which time each event has."""
    sites, trail = Sites(reading), Trail()
    for draft in reading.drafts:
        locate(extractor, reading, draft, sites, trail)
        draft.date, draft.date_text = linking.link_date(reading, draft)


def locate(extractor: Extractor, reading: Reading, draft: Draft, sites: Sites, trail: Trail) -> None:
    """Set the places of one event, and note them for the events after it."""
    draft.places = locating.link_places(
        reading, draft, sites, trail, gazetteer=extractor.gazetteer, settings=extractor.settings
    )
    trail.add(reading.sentence_of[draft.mention.predicate], draft.places)


def collect(extractor: Extractor, reading: Reading) -> None:
    """Write the claims, each once, and count what was not used."""
    reading.drafts = twins.without_twins(reading.drafts, sentence_of=reading.sentence_of)
    reading.claims = collecting.claims(reading, parties=extractor.parties)


STAGES: tuple[Stage, ...] = (
    find_events,
    find_attributions,
    find_places,
    find_dates,
    judge_stance,
    link_claimants,
    follow_pointers,
    link_places_and_dates,
    collect,
)


class Extractor:
    """Finds the claims of articles; what it needs is loaded when first used, and kept.

    >>> from claimkit import Extractor
    >>> found = Extractor().extract("Russia said on Monday that its forces had captured Pokrovsk.",
    ...                             published="2025-12-01")
    >>> [(c.claimant.id, c.stance.value, c.event.type.value, c.places[0].name) for c in found.claims]
    [('RUS', 'assert', 'capture', 'Pokrovsk')]
    """

    def __init__(self, *, settings: Settings | None = None, pipeline: Language | None = None) -> None:
        self.settings = settings or Settings()
        self._pipeline = pipeline

    @cached_property
    def pipeline(self) -> Language:
        """The parser: the packaged one, or the one that the settings name."""
        return self._pipeline or nlp.load(pipeline=self.settings.pipeline)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The place table with the user's layers."""
        return Gazetteer.load([Path(path) for path in self.settings.gazetteer])

    @cached_property
    def parties(self) -> Parties:
        """The party table."""
        return Parties.load([Path(path) for path in self.settings.actors])

    def load_tables(self) -> Self:
        """Read the place and party tables now, so that their faults show before the slow pipeline is loaded.

        Raises:
            DataError: a file breaks its schema.
        """
        _ = self.gazetteer, self.parties
        return self

    @cached_property
    def generator(self) -> Generator:
        """Which program, model and data make the results, the user's own data among them.

        Raises:
            DataError: a data file cannot be read.
        """
        from claimkit import __version__

        own = self._pipeline is None and self.settings.pipeline is None
        meta = {} if own else self.pipeline.meta
        model = nlp.packaged_name() if own else f"{meta['lang']}_{meta['name']}-{meta['version']}"
        shipped, own_parties = map(data_path, LEXICON), map(Path, self.settings.actors)
        return Generator(
            name="claimkit", version=__version__, model=model,
            lexicon_sha256=sha256(*(read_bytes(path) for path in (*shipped, *WEIGHTS, *own_parties))),
            gazetteer_sha256=layers_sha256(Path(path) for path in self.settings.gazetteer),
        )  # fmt: skip

    def extract(self, text: str | Document, *, published: date | str | None = None, path: str = "-") -> Extraction:
        """Give the claims of one article.

        Args:
            text: the article, or a document that the reader gave.
            published: its publication date (ISO 8601), against which "Monday" is read; ignored for a document.
            path: what the article is called; ignored for a document.

        Returns:
            The claims in order of their content, and the counts of what was not used.

        Raises:
            InputError: ``published`` is no date.
        """
        document = text if isinstance(text, Document) else read_text(text, path=path, published=published)
        return next(self.extract_many([document]))

    def places(self, text: str | Document, *, published: date | str | None = None, path: str = "-") -> Mentions:
        """Give every place that one article names, resolved in its context; the arguments are those of ``extract``.

        Raises:
            InputError: ``published`` is no date.
        """
        document = text if isinstance(text, Document) else read_text(text, path=path, published=published)
        reading = Reading(document=document, doc=self.pipeline(self._doc(document, thorough=True)))
        find_places(self, reading)
        return gather(reading)

    def extract_many(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """Give the claims of many articles, one after another in their order; the stream is read as it goes."""
        for document in documents:
            with self._zone():
                for reading in self.readings([document]):
                    found = Extraction(document=collecting.report(reading), claims=tuple(reading.claims))
            yield found

    def readings(self, documents: Iterable[Document]) -> Iterator[Reading]:
        """Give what every stage has said of each article, for those who measure the stages."""
        # One at a time: int8 scales activations by batch, and an article's claims must not depend on its neighbours.
        pairs = ((self._doc(document), document) for document in documents)
        for doc, document in self.pipeline.pipe(pairs, as_tuples=True, batch_size=1):
            read = {start for start, *_ in doc.user_data[BLOCKS]}
            unread = [block for block in document.blocks if block.kind in READ_KINDS and block.start not in read]
            reading = Reading(document=document, doc=doc, passed_over=unread)
            for stage in STAGES if doc.user_data[BLOCKS] else ():
                stage(self, reading)
            yield reading

    def _zone(self) -> AbstractContextManager[object]:
        """Give what frees the words of one article, once the pipeline has learnt enough words to keep.

        Another pipeline may remember words by their numbers, which a memory zone makes void.
        """
        vocab = self.pipeline.vocab
        own = self._pipeline is None and self.settings.pipeline is None
        free = own and len(vocab.strings) >= WORDS_KEPT and not getattr(vocab, "in_memory_zone", False)
        return self.pipeline.memory_zone() if free else nullcontext()

    def _doc(self, document: Document, *, thorough: bool = False) -> Doc:
        """Cut an article into tokens and note what is to be parsed."""
        settings = self.settings
        read = Relevance.default().worth_reading(
            document, floor=0.0 if thorough or settings.thorough else settings.relevance_floor,
            whole=settings.relevance_whole, short=settings.relevance_characters,
        )  # fmt: skip
        cuts = (edge for block in read for skip in block.skips for edge in skip)
        doc = cut_at(self.pipeline.tokenizer, document.text, cuts)
        doc.user_data[BLOCKS] = tuple((block.start, block.end, block.skips) for block in read)
        return doc


def extract(text: str, *, published: date | str | None = None) -> Extraction:
    """Give the claims of one text with the default settings; for more than one, keep an :class:`Extractor`."""
    return Extractor().extract(text, published=published)
