"""What is decided while annotated articles are read: the candidates of each decision and which of them is right.

Each candidate of each event that the pipeline finds is one example, right where the annotation says so; the sources are
taken as annotated while an article is read, so that what comes after sees a true past.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from claimkit import Extractor, predicates
from claimkit.actors import Discourse
from claimkit.antecedent_features import featured
from claimkit.antecedents import Candidate, Pointer
from claimkit.events import trimmed
from claimkit.extract import STAGES, link_claimants, locate
from claimkit.gazetteer import Gazetteer
from claimkit.linking import link_parties
from claimkit.locating import in_its_city
from claimkit.nlp.graph import GRAPH
from claimkit.reader import read_text
from claimkit.reading import Reading, Toponym, Who
from claimkit.records import Document
from claimkit.sites import Site, Sites, Trail
from claimkit.triggers import Triggers
from training import written


@dataclass(kw_only=True)
class Choice:
    """The candidates of one decision: features and whether each is right; ``none`` where no candidate is."""

    article: str
    ranker: str
    options: list[tuple[dict[str, float], bool]] = field(default_factory=list)


@dataclass(kw_only=True)
class Gold:
    """An annotated claim: where its content and source stand in the article, and its fields."""

    content: tuple[int, int]
    source: str
    fields: dict[str, str]

    @property
    def places(self) -> frozenset[str]:
        """The names of its places in lower case."""
        return frozenset(name.strip().casefold() for name in self.fields["places"].split(";") if name.strip())


class Teacher(Discourse):
    """A discourse that notes every ranking and goes on with the annotated source."""

    def learn(self, article: str, pairs: dict[tuple[int, int], Gold]) -> list[Choice]:
        """Note the choices for the drafts (by content) that are annotated; filled while parties are linked."""
        self._article, self._pairs = article, pairs
        self.choices: list[Choice] = []
        return self.choices

    def _ranked(self, pointers: Sequence[Pointer], span: Any, *, source: bool) -> Who:
        true: Candidate | None = None
        for pointer in pointers:
            gold = self._pairs.get(pointer.about.content)
            if gold is None:
                continue
            right = gold.fields["claimant" if source else "actor"]
            candidates = self.candidates(pointer, span)
            options = [
                (features, candidate.party.id == right)
                for candidate, features in zip(candidates, featured(pointer, candidates), strict=True)
            ]
            if right != "NARRATOR":
                self.choices.append(
                    Choice(article=self._article, ranker="source" if source else "actor", options=options)
                )
            true = true or next((c for c in candidates if c.party.id == right), None)
        if true is None or not source:
            return super()._ranked(pointers, span, source=source)
        return Who(party=true.party, rule="gold", score=1.0)


@cache
def _identity(name: str) -> str | None:
    place = Gazetteer.default().lookup(name).place
    return place.id if place else None


def is_right(toponym: Toponym, names: frozenset[str], gazetteer: Gazetteer) -> bool:
    """Tell whether a place is one of those annotated, by name or identity."""
    whole = in_its_city(toponym, gazetteer).mention
    own = {toponym.mention.name, toponym.mention.text, whole.name, whole.text}
    return bool(names & {name.casefold() for name in own}) or (
        whole.id is not None and any(_identity(name) == whole.id for name in names)
    )


def gold_of(article: written.Written, shift: int) -> list[Gold]:
    """Give the claims of a written article; ``shift`` is the length of what stands before its text."""
    out = []
    for (start, end), fields in article.claims:
        at = shift + start + article.text[start:end].find(fields["content"])
        out.append(Gold(content=(at, at + len(fields["content"])), source=fields["source"], fields=fields))
    return out


def paired(reading: Reading, golds: Sequence[Gold]) -> dict[int, Gold]:
    """Pair drafts (by number) with annotated claims, the most alike first."""
    doc, options = reading.doc, []
    for number, draft in enumerate(reading.drafts):
        low, high = draft.mention.content
        start, end = doc[low].idx, doc[high - 1].idx + len(doc[high - 1])
        source = doc[slice(*draft.attribution.source)].text if draft.attribution.source else ""
        for which, gold in enumerate(golds):
            if alike := _alike((start, end), gold.content):
                alike += 2 * ((source == gold.source) + bool(source and source in gold.source))
                alike += draft.mention.type == gold.fields["event"]
                alike += draft.attribution.stance == gold.fields["stance"]
                options.append((alike, number, which))
    taken: set[int] = set()
    out: dict[int, Gold] = {}
    for _, number, which in sorted(options, reverse=True):
        if number not in out and which not in taken:
            out[number] = golds[which]
            taken.add(which)
    return out


@dataclass(kw_only=True)
class Article:
    """An annotated article, parsed; ``start`` is where its text begins, as its title has no annotation."""

    name: str
    document: Document
    doc: Doc
    start: int
    golds: list[Gold]


def read(extractor: Extractor, path: Path) -> Article:
    """Read and parse an article; its title stands before its text."""
    article = written.read(path)
    head = article.head
    text = f"{head.get('title', '')}\n\n{article.text}"
    document = read_text(
        text, path=str(path), published=head.get("published") or None, outlet=head.get("outlet") or None
    )
    doc = extractor.pipeline(extractor._doc(document))
    start = len(text) - len(article.text)
    return Article(name=path.stem, document=document, doc=doc, start=start, golds=gold_of(article, start))


def claims_of(article: Article) -> Iterator[Choice]:
    """Give each predicate that the model found as a decision by itself: whether it is a claim."""
    doc, graph = article.doc, article.doc.user_data[GRAPH]
    spans = []
    for node in graph:
        low, high = trimmed(doc, node.content)
        spans.append((doc[low].idx, doc[high - 1].idx + len(doc[high - 1])))
    options = [
        (node.score + alike / 2, number, content)
        for number, (node, span) in enumerate(zip(graph, spans, strict=True))
        for content in {gold.content for gold in article.golds}
        if (alike := _alike(span, content))
    ]
    right: dict[int, tuple[int, int]] = {}
    for _, number, content in sorted(options, reverse=True):
        if number not in right and content not in right.values():
            right[number] = content
    by_lexicon = [Triggers.default().classify(doc, node.word) for node in graph]
    for number, features in enumerate(predicates.featured(doc, graph, by_lexicon)):
        if spans[number][0] >= article.start:
            yield Choice(article=article.name, ranker="claim", options=[(features, number in right)])


def _alike(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Give the share of two spans that is common, 0 where it is less than half of the shorter (the scorer's rule)."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    if 2 * common < min(one[1] - one[0], other[1] - other[0]) or common <= 0:
        return 0.0
    return common / (max(one[1], other[1]) - min(one[0], other[0]))


def choices_of(extractor: Extractor, article: Article) -> Iterator[Choice]:
    """Give all decisions about parties and places of the events of one article."""
    reading = Reading(document=article.document, doc=article.doc)
    for stage in STAGES[: STAGES.index(link_claimants)]:
        stage(extractor, reading)
    golds = paired(reading, article.golds)
    teacher = Teacher(
        reading.doc, extractor.parties, on=reading.published, sentence_of=reading.sentence_of,
        block_of=reading.block_of, toponyms=reading.toponyms, outlet=article.document.outlet,
    )  # fmt: skip
    choices = teacher.learn(article.name, {reading.drafts[n].mention.content: gold for n, gold in golds.items()})
    link_parties(reading, teacher, settings=extractor.settings)
    yield from choices
    yield from _places(extractor, reading, golds, article.name)


def _places(extractor: Extractor, reading: Reading, golds: dict[int, Gold], article: str) -> Iterator[Choice]:
    sites, trail = Sites(reading), Trail()
    for number, draft in enumerate(reading.drafts):
        here, back = sites.of(draft, trail)
        gold = golds.get(number)
        if gold is None:
            locate(extractor, reading, draft, sites, trail)
            continue
        named = [(site, is_right(site.toponym, gold.places, extractor.gazetteer)) for site in here]
        yield _choice(article, "here", named)
        if not any(right for _, right in named):
            before = [(site, is_right(site.toponym, gold.places, extractor.gazetteer)) for site in back]
            yield _choice(article, "back", before)
            named += before
        trail.add(reading.sentence_of[draft.mention.predicate], [site.toponym for site, right in named if right])


def _choice(article: str, ranker: str, options: Iterable[tuple[Site, bool]]) -> Choice:
    return Choice(article=article, ranker=ranker, options=[(site.features, right) for site, right in options])
