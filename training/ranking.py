"""Fit the rankers of places and parties: ``python -m training.ranking OUT.json FOLDER [FOLDER ...]``.

Each FOLDER holds articles in the form of ``training.written`` that the model was not trained on (``held_out/``): only
there are its scores what they are on new articles. Each candidate of each event that the pipeline finds is one example,
right where the annotation says so; the sources are taken as annotated while an article is read, so that what comes
after sees a true past. ``--folds N`` tells how often each ranker is right on articles that it was not fitted on.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from claimkit import Extractor
from claimkit.actors import Discourse
from claimkit.antecedents import Candidate, Pointer, featured
from claimkit.extract import STAGES, link_claimants, locate
from claimkit.gazetteer import Gazetteer
from claimkit.linking import link_parties
from claimkit.locating import in_its_city
from claimkit.reader import read_text
from claimkit.reading import Reading, Toponym, Who
from claimkit.sites import Site, Sites, Trail
from training import written

SEED, SMALLEST, PENALTY, STEPS = 1, 0.02, 0.5, 60
RANKERS = ("source", "actor", "here", "back")
OR_NONE = ("source", "actor", "back")
"""Rankers of which no candidate may be right."""


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

    def _ranked(self, pointer: Pointer, span: Any, *, source: bool) -> Who:
        gold = self._pairs.get(pointer.content)
        if gold is None:
            return super()._ranked(pointer, span, source=source)
        right = gold.fields["claimant" if source else "actor"]
        candidates = self.candidates(pointer, span)
        options = [
            (features, candidate.party.id == right)
            for candidate, features in zip(candidates, featured(pointer, candidates), strict=True)
        ]
        if right != "NARRATOR":
            self.choices.append(Choice(article=self._article, ranker="source" if source else "actor", options=options))
        true: Candidate | None = next((c for c in candidates if c.party.id == right), None)
        if true is None or not source:
            return super()._ranked(pointer, span, source=source)
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
            common = min(end, gold.content[1]) - max(start, gold.content[0])
            if 2 * common >= min(end - start, gold.content[1] - gold.content[0]) > 0:
                union = max(end, gold.content[1]) - min(start, gold.content[0])
                alike = common / union + 2 * ((source == gold.source) + bool(source and source in gold.source))
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


def choices_of(extractor: Extractor, path: Path) -> Iterator[Choice]:
    """Give all decisions about the events of one article."""
    article = written.read(path)
    title = article.head.get("title", "")
    text = f"{title}\n\n{article.text}"
    document = read_text(text, path=str(path), published=article.head.get("published"))
    reading = Reading(document=document, doc=extractor.pipeline(extractor._doc(document)))
    for stage in STAGES[: STAGES.index(link_claimants)]:
        stage(extractor, reading)
    golds = paired(reading, gold_of(article, len(text) - len(article.text)))
    teacher = Teacher(
        reading.doc, extractor.parties, on=reading.published, sentence_of=reading.sentence_of,
        block_of=reading.block_of, toponyms=reading.toponyms, outlet=document.outlet,
    )  # fmt: skip
    choices = teacher.learn(path.stem, {reading.drafts[n].mention.content: gold for n, gold in golds.items()})
    link_parties(reading, teacher)
    yield from choices
    yield from _places(extractor, reading, golds, path.stem)


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


def fit(choices: Sequence[Choice], ranker: str, penalty: float) -> dict[str, float]:
    """Fit one ranker, a weight a feature: each candidate by itself (``here``), or one of all (conditional logit)."""
    options = [features for choice in choices for features, _ in choice.options]
    names = {name: column for column, name in enumerate(sorted({name for features in options for name in features}))}
    cells = [(row, names[name], value) for row, features in enumerate(options) for name, value in features.items()]
    rows, columns, values = zip(*cells, strict=True)
    matrix = torch.sparse_coo_tensor(
        torch.tensor([rows, columns]), torch.tensor(values, dtype=torch.float32), (len(options), len(names)),
        check_invariants=False,
    ).coalesce()  # fmt: skip
    right = torch.tensor([float(right) for choice in choices for _, right in choice.options])
    group = torch.tensor([number for number, choice in enumerate(choices) for _ in choice.options])
    weights = torch.zeros(len(names), requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=STEPS, line_search_fn="strong_wolfe")

    def loss() -> Tensor:
        optimizer.zero_grad()
        totals = torch.sparse.mm(matrix, weights.unsqueeze(1)).squeeze(1)
        if ranker == "here":
            wrong = functional.binary_cross_entropy_with_logits(totals, right, reduction="sum")
        else:
            wrong = _one_of(totals, right, group, len(choices), or_none=ranker in OR_NONE)
        out: Tensor = wrong + penalty * (weights**2).sum()
        out.backward()
        return out

    optimizer.step(loss)
    found = zip(names, weights.tolist(), strict=True)
    return {name: round(weight, 3) for name, weight in found if abs(weight) >= SMALLEST}


def _one_of(totals: Tensor, right: Tensor, group: Tensor, count: int, *, or_none: bool) -> Tensor:
    """Give minus the log chance of the right candidates; decisions without one count only where none can be right."""
    parts = totals.clamp(-30, 30).exp()
    whole = torch.zeros(count).index_add(0, group, parts) + float(or_none)
    good = torch.zeros(count).index_add(0, group, parts * right)
    some = torch.zeros(count).index_add(0, group, right) > 0
    chances = torch.where(some, good, torch.full_like(good, float(or_none))) / whole.clamp(min=1e-9)
    return -chances[some | or_none].clamp(min=1e-9).log().sum()


def accuracy(choices: Sequence[Choice], weights: dict[str, float]) -> tuple[int, int, int]:
    """Give how many decisions there are, how many have a right candidate, and of how many it comes first."""
    possible = first = 0
    for choice in choices:
        totals = [sum(weights.get(n, 0.0) * v for n, v in features.items()) for features, _ in choice.options]
        if any(right for _, right in choice.options):
            possible += 1
            first += choice.options[totals.index(max(totals))][1]
    return len(choices), possible, first


def main() -> None:
    """Read the command line, fit and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--penalty", type=float, default=PENALTY, help="strength of the L2 penalty")
    options = parser.parse_args()
    extractor = Extractor()
    found: dict[str, list[Choice]] = defaultdict(list)
    for path in sorted(path for folder in options.folders for path in folder.rglob("*.txt")):
        for choice in choices_of(extractor, path):
            found[choice.ranker].append(choice)
    articles = sorted({choice.article for choices in found.values() for choice in choices})
    random.Random(SEED).shuffle(articles)
    for ranker in RANKERS:
        totals = [0, 0, 0]
        for fold in range(options.folds):
            test = set(articles[fold :: options.folds])
            weights = fit([c for c in found[ranker] if c.article not in test], ranker, options.penalty)
            counts = accuracy([c for c in found[ranker] if c.article in test], weights)
            totals = [a + b for a, b in zip(totals, counts, strict=True)]
        print(json.dumps({"ranker": ranker, "decisions": totals[0], "possible": totals[1], "first": totals[2]}))
    fitted = {ranker: fit(found[ranker], ranker, options.penalty) for ranker in RANKERS}
    options.out.write_text(json.dumps(fitted, indent=0, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
