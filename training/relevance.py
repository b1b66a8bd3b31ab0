"""Fit the words that tell of a conflict: ``python -m training.relevance CORPORA OUT.json --labels FILE``.

A paragraph counts as holding a claim where one is annotated in it (``CORPORA/real`` and ``training/written``) or, in
general news (PolNeAR's texts and those of ``--general FOLDER``), where the packaged pipeline, reading everything, finds
one that it is sure of: of what it finds in news of elections or trade most is no claim. What it finds is kept in FILE,
one JSON line an article; an existing FILE is taken as it is.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain
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

SEED, PASSES, RATE, ARTICLES = 1, 10, 0.01, 32
LASSO = 2e-5
MISSED = 3.0
"""What a paragraph with a claim that is passed over costs, beside one that is read in vain."""
SURE, DOUBTFUL = 0.7, 0.6
"""The confidence from which a claim found in general news counts, and what a paragraph with a lesser one weighs."""
MIN_ARTICLES, SMALLEST = 5, 0.03
SHORT, LONG = 600, 12_000
"""Code points of the general articles that are taken."""
PEACEFUL = ("answers-", "email-", "reviews-", "_academic_", "_conversation_", "_textbook_", "_vlog_", "_voyage_")
"""Parts of the names of documents of EWT and GUM: kinds of text."""


class Paragraph(NamedTuple):
    """A paragraph: its text, how sure it is that it holds a claim, in [0, 1]."""

    text: str
    claim: float


Article = list[Paragraph]


def found(paths: Sequence[Path]) -> Iterator[Article]:
    """Give the paragraphs of articles by the surest claim that the pipeline finds in each."""
    extractor = Extractor(settings=Settings(thorough=True))
    for path in paths:
        text = path.read_text(encoding="utf-8", errors="replace")
        if SHORT <= len(text) <= LONG:
            document = read_text(text, path=str(path), published="2018-01-01")
            sure = [(claim.content.start, claim.confidence) for claim in extractor.extract(document).claims]
            edges = [(block.start, block.end) for block in document.blocks if block.kind in READ_KINDS]
            yield [
                Paragraph(
                    document.text[low:high], max((chance for at, chance in sure if low <= at < high), default=0.0)
                )
                for low, high in edges
            ]


def annotated(folder: Path) -> Iterator[Article]:
    """Give the paragraphs of the articles of a folder by the claims annotated in them."""
    for path in written.files(folder):
        article, at, out = written.read(path), 0, Article()
        starts = [start for (start, _), _ in article.claims]
        for text in article.text.split("\n\n"):
            out.append(Paragraph(text, float(any(at <= start < at + len(text) for start in starts))))
            at += len(text) + 2
        yield out


def peaceful(path: Path) -> Iterator[Article]:
    """Give the paragraphs of a treebank's texts of kinds that hardly ever tell of a conflict; none holds a claim."""
    texts: dict[str, Article] = defaultdict(Article)
    name, lines = "", list[str]()
    for line in (*path.read_text(encoding="utf-8").split("\n"), "# newdoc id = "):
        if line.startswith(("# newdoc", "# newpar")) and lines:
            if any(kind in name for kind in PEACEFUL):
                texts[name].append(Paragraph(" ".join(lines), 0.0))
            lines = []
        if line.startswith("# newdoc id = "):
            name = line.removeprefix("# newdoc id = ")
        elif line.startswith("# text = "):
            lines.append(line.removeprefix("# text = "))
    yield from texts.values()


def labelled(corpora: Path, general: Path | None, labels: Path) -> list[Article]:
    """Give all articles; what the pipeline finds comes from the file of labels where it is there."""
    if not labels.exists():
        paths = [*sorted(corpora.glob("polnear/train/text/*.txt")), *sorted((general or labels).glob("*.txt"))]
        with labels.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(article) + "\n" for article in found(paths))
    lines = labels.read_text(encoding="utf-8").splitlines()
    by_pipeline = [[Paragraph(*paragraph) for paragraph in json.loads(line)] for line in lines]
    peace = chain.from_iterable(peaceful(corpora / name / "train.conllu") for name in ("ewt", "gum"))
    folders = (corpora / "real", Path(__file__).with_name("written"))
    articles = (*by_pipeline, *peace, *chain.from_iterable(map(annotated, folders)))
    return [article for article in articles if article]


class Numbered(NamedTuple):
    """An article in numbers: the known words of its paragraphs and of the whole, the count of all, labels, weights."""

    paragraphs: list[Tensor]
    whole: Tensor
    count: int
    gold: Tensor
    weights: Tensor


def numbered(article: Article, numbers: dict[str, int]) -> Numbered:
    """Give an article in numbers."""
    words = [words_of(each.text) for each in article]
    gold = torch.tensor([float(each.claim >= SURE) for each in article])
    doubtful = torch.tensor([0.0 < each.claim < SURE for each in article])
    return Numbered(
        [_tensor(own, numbers) for own in words], _tensor(frozenset().union(*words), numbers),
        len(frozenset().union(*words)), gold, (1 + (MISSED - 1) * gold) * torch.where(doubtful, DOUBTFUL, 1.0),
    )  # fmt: skip


def _tensor(words: frozenset[str], numbers: dict[str, int]) -> Tensor:
    return torch.tensor(sorted(numbers[word] for word in words if word in numbers), dtype=torch.long)


class Net(nn.Module):
    """A weight a word in the paragraph, and one in the article, whose sum is divided by the root of its words."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.own, self.around = (nn.EmbeddingBag.from_pretrained(torch.zeros(size, 1), freeze=False, mode="sum")
                                 for _ in range(2))  # fmt: skip
        self.bias = nn.Parameter(torch.zeros(()))

    def forward(self, articles: Sequence[Numbered]) -> Tensor:
        """Give the log odds of the paragraphs of some articles, one after another."""
        own = _sums(self.own, [words for article in articles for words in article.paragraphs])
        roots = torch.tensor([float(max(1, article.count)) for article in articles]).sqrt()
        around = _sums(self.around, [article.whole for article in articles]) / roots
        sizes = torch.tensor([len(article.paragraphs) for article in articles])
        return own + around.repeat_interleave(sizes) + self.bias


def _sums(bag: nn.EmbeddingBag, words: list[Tensor]) -> Tensor:
    ends = torch.tensor([0, *(len(each) for each in words[:-1])]).cumsum(0)
    return bag(torch.cat(words), ends)[:, 0]


def fit(articles: Sequence[Article]) -> dict[str, object]:
    """Fit the weights; give what ``relevance.json`` holds."""
    torch.manual_seed(SEED)
    seen = Counter(word for own in articles for word in frozenset().union(*(words_of(each.text) for each in own)))
    numbers = {word: n for n, word in enumerate(sorted(word for word, count in seen.items() if count >= MIN_ARTICLES))}
    data = [numbered(article, numbers) for article in articles]
    net, rng = Net(len(numbers)), random.Random(SEED)
    optimizer = torch.optim.Adam(net.parameters(), lr=RATE)
    for number in range(PASSES):
        for group in optimizer.param_groups:
            group["lr"] = RATE * (1 - number / PASSES)
        rng.shuffle(data)
        for at in range(0, len(data), ARTICLES):
            batch = data[at : at + ARTICLES]
            gold, cost = (torch.cat([article[n] for article in batch]) for n in (3, 4))
            loss = functional.binary_cross_entropy_with_logits(net(batch), gold, weight=cost)
            loss = loss + LASSO * (net.own.weight.abs().sum() + net.around.weight.abs().sum())
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    weights = {name: bag.weight.detach()[:, 0].tolist() for name, bag in (("own", net.own), ("around", net.around))}
    tables = {
        name: {word: round(values[n], 2) for word, n in numbers.items() if abs(values[n]) >= SMALLEST}
        for name, values in weights.items()
    }
    return {"bias": round(float(net.bias.detach()), 3), **tables}


def main() -> None:
    """Read the command line, label, fit, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--labels", type=Path, required=True)
    parser.add_argument("--general", type=Path, help="a folder with news of all kinds, *.txt")
    options = parser.parse_args()
    table = fit(labelled(options.corpora, options.general, options.labels))
    options.out.write_text(json.dumps(table, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
