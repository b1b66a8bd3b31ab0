"""Fit the words that tell of a conflict: ``python -m training.relevance CORPORA OUT.json --labels FILE``.

A paragraph counts as holding a claim where the packaged pipeline, reading everything, finds one in it (general news:
PolNeAR's texts; war news: ``claims/articles``) or where one is annotated (``training/written``). What the pipeline
finds is kept in FILE, one JSON line a paragraph; an existing FILE is taken as it is.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from claimkit import Extractor
from claimkit.reader import read_text
from claimkit.records import READ_KINDS
from claimkit.relevance import words_of
from claimkit.settings import Settings
from training import written

SEED, PASSES, RATE, ARTICLES = 1, 12, 0.01, 8
LASSO = 2e-4
MISSED = 3.0
"""What a paragraph with a claim that is passed over costs, beside one that is read in vain."""
MIN_ARTICLES, SMALLEST = 4, 0.02
GENERAL_WORDS = 250_000
PEACEFUL = ("answers-", "email-", "reviews-", "_academic_", "_conversation_", "_textbook_", "_vlog_", "_voyage_")
"""Parts of the names of documents of EWT and GUM: kinds of text."""


class Paragraph(NamedTuple):
    """A paragraph of an article, and whether it holds a claim."""

    article: str
    text: str
    claim: bool


def found(paths: list[Path], *, most: int) -> Iterator[Paragraph]:
    """Give the paragraphs of articles by what the pipeline finds in them, up to a number of words."""
    extractor, words = Extractor(settings=Settings(thorough=True)), 0
    for path in paths:
        document = read_text(path.read_text(encoding="utf-8", errors="replace"), path=str(path), published="2020-01-01")
        starts = [claim.content.start for claim in extractor.extract(document).claims]
        for block in document.blocks:
            if block.kind in READ_KINDS:
                inside = any(block.start <= start < block.end for start in starts)
                yield Paragraph(str(path), document.text[block.start : block.end], inside)
        words += len(document.text.split())
        if words > most:
            return


def annotated(folder: Path) -> Iterator[Paragraph]:
    """Give the paragraphs of the articles that were written for training."""
    for path in written.files(folder):
        article, at = written.read(path), 0
        starts = [start for (start, _), _ in article.claims]
        for text in article.text.split("\n\n"):
            yield Paragraph(str(path), text, any(at <= start < at + len(text) for start in starts))
            at += len(text) + 2


def peaceful(path: Path) -> Iterator[Paragraph]:
    """Give the paragraphs of a treebank's texts of kinds that hardly ever tell of a conflict; none holds a claim."""
    name, lines = "", list[str]()
    for line in (*path.read_text(encoding="utf-8").split("\n"), "# newdoc id = "):
        if line.startswith(("# newdoc", "# newpar")) and lines:
            if any(kind in name for kind in PEACEFUL):
                yield Paragraph(name, " ".join(lines), claim=False)
            lines = []
        if line.startswith("# newdoc id = "):
            name = line.removeprefix("# newdoc id = ")
        elif line.startswith("# text = "):
            lines.append(line.removeprefix("# text = "))


def labelled(corpora: Path, labels: Path) -> list[Paragraph]:
    """Give all paragraphs; what the pipeline finds comes from the file of labels where it is there."""
    if not labels.exists():
        general = sorted(corpora.glob("polnear/*/text/*.txt"))
        random.Random(SEED).shuffle(general)
        war = sorted(corpora.glob("claims/articles/*.txt"))
        with labels.open("w", encoding="utf-8") as file:
            for paragraph in (*found(general, most=GENERAL_WORDS), *found(war, most=10**9)):
                file.write(json.dumps(paragraph) + "\n")
    lines = labels.read_text(encoding="utf-8").splitlines()
    by_pipeline = [Paragraph(*json.loads(line)) for line in lines]
    other = [each for name in ("ewt", "gum") for each in peaceful(corpora / name / "train.conllu")]
    return [*by_pipeline, *other, *annotated(Path(__file__).with_name("written"))]


class Net(nn.Module):
    """A weight a word in the paragraph, and one in the article, whose sum is divided by the root of its words."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.own, self.around = nn.Parameter(torch.zeros(size)), nn.Parameter(torch.zeros(size))
        self.bias = nn.Parameter(torch.zeros(()))

    def forward(self, paragraphs: list[Tensor], count: int) -> Tensor:
        """Give the log odds of an article's paragraphs, each by its known words; ``count`` words has the article."""
        whole = torch.cat(paragraphs).unique()
        around = self.around[whole].sum() / max(1, count) ** 0.5
        return torch.stack([self.own[words].sum() for words in paragraphs]) + around + self.bias


def fit(paragraphs: list[Paragraph]) -> dict[str, object]:
    """Fit the weights; give what ``relevance.json`` holds."""
    torch.manual_seed(SEED)
    rng = random.Random(SEED)
    articles: dict[str, list[Paragraph]] = defaultdict(list)
    for paragraph in paragraphs:
        articles[paragraph.article].append(paragraph)
    seen = Counter(
        word for own in articles.values() for word in frozenset().union(*(words_of(each.text) for each in own))
    )
    numbers = {word: n for n, word in enumerate(sorted(word for word, count in seen.items() if count >= MIN_ARTICLES))}
    data = []
    for own in articles.values():
        words = [words_of(each.text) for each in own]
        known = [torch.tensor(sorted(numbers[w] for w in each if w in numbers), dtype=torch.long) for each in words]
        data.append((known, len(frozenset().union(*words)), torch.tensor([float(each.claim) for each in own])))
    net = Net(len(numbers))
    optimizer = torch.optim.Adam(net.parameters(), lr=RATE)
    for _ in range(PASSES):
        rng.shuffle(data)
        for at in range(0, len(data), ARTICLES):
            losses = [
                functional.binary_cross_entropy_with_logits(net(known, count), gold, weight=1 + (MISSED - 1) * gold)
                for known, count, gold in data[at : at + ARTICLES]
            ]
            loss = torch.stack(losses).mean() + LASSO * (net.own.abs().sum() + net.around.abs().sum())
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    tables = {
        name: {word: round(float(values[n]), 3) for word, n in numbers.items() if abs(float(values[n])) >= SMALLEST}
        for name, values in (("own", net.own.detach()), ("around", net.around.detach()))
    }
    return {"bias": round(float(net.bias.detach()), 3), **tables}


def main() -> None:
    """Read the command line, label, fit, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--labels", type=Path, required=True)
    options = parser.parse_args()
    table = fit(labelled(options.corpora, options.labels))
    options.out.write_text(json.dumps(table, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
