"""Speed and memory of the ledger: ``python -m benchmarks.ledger CLAIMS [--number 100000] [--db FILE]``.

CLAIMS is JSON Lines as `claimkit extract` prints it; from its distributions (claims an article, event, claimant,
stance, place) a larger set is drawn, with a fixed seed: articles spread over two years, a fifth of them copies of an
earlier one, places spread over as many as the number asks for. Prints one JSON line: seconds of each step, megabytes.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

import msgspec

from claimkit.ledger import build
from claimkit.records import Claim, Document, DocumentReport, Extraction, Span
from claimkit.store import Store

SEED = 20251201
FIRST = date(2024, 1, 1)
DAYS = 730
COPIES = 0.2
CLAIMS_PER_PLACE = 25


def synthetic(real: Sequence[Claim], *, number: int) -> Iterator[list[Claim]]:
    """Draw articles until there are so many claims."""
    draw = random.Random(SEED)
    articles: dict[str, list[Claim]] = {}
    for claim in real:
        articles.setdefault(claim.document, []).append(claim)
    samples = [articles[name] for name in sorted(articles)]
    words = sorted({word for claim in real for word in claim.sentence.text.split() if word.isalpha()})
    places = max(1, number // CLAIMS_PER_PLACE // len({p.name for c in real for p in c.places}))
    made, count, made_before = 0, 0, list[list[Claim]]()
    while made < number:
        count += 1
        published = (FIRST + timedelta(days=draw.randrange(DAYS))).isoformat()
        if made_before and draw.random() < COPIES:
            sample = draw.choice(made_before)
        else:
            sample = [_varied(claim, draw=draw, words=words, places=places) for claim in draw.choice(samples)]
            made_before.append(sample)
        article = [
            msgspec.structs.replace(
                claim, id=f"c-{count}-{at}", document=f"articles/{count:06}.txt", published=published,
                outlet=f"Outlet {draw.randrange(60)}",
            )
            for at, claim in enumerate(sample)
        ]  # fmt: skip
        made += len(article)
        yield article


def _varied(claim: Claim, *, draw: random.Random, words: Sequence[str], places: int) -> Claim:
    number = int(draw.paretovariate(1.0)) % places
    sentence = " ".join(draw.choices(words, k=len(claim.sentence.text.split())))
    return msgspec.structs.replace(
        claim,
        sentence=Span(start=claim.sentence.start, end=claim.sentence.start + len(sentence), text=sentence),
        event=msgspec.structs.replace(claim.event, date=None),
        places=tuple(
            msgspec.structs.replace(place, id=f"test:{place.name}-{number}", name=f"{place.name} {number}")
            for place in claim.places
        ),
    )


def _extraction(claims: list[Claim]) -> tuple[Document, Extraction]:
    first = claims[0]
    document = Document(
        path=first.document, text="", sha256=first.document, published=first.published, outlet=first.outlet
    )
    report = DocumentReport(
        path=first.document, sha256=first.document, encoding="utf-8", title=None, outlet=first.outlet, byline=None,
        published=first.published, published_from=None, words=0, sentences=0, sentences_read=0,
        sentences_with_claims=0, furniture=0, claims=len(claims), cues_without_claim=0, claims_without_claimant=0,
        places_unresolved=0,
    )  # fmt: skip
    return document, Extraction(document=report, claims=tuple(claims))


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description="Speed and memory of the ledger.")
    parser.add_argument("claims", type=Path)
    parser.add_argument("--number", type=int, default=100_000)
    parser.add_argument("--db", type=Path)
    given = parser.parse_args()
    real = [msgspec.json.decode(line, type=Claim) for line in given.claims.read_bytes().splitlines()]
    articles = list(synthetic(real, number=given.number))
    seconds: dict[str, float] = {}
    if given.db:
        store = Store(given.db)
        began = time.perf_counter()
        for article in articles:
            document, extraction = _extraction(article)
            store.put(document, extraction=extraction, key="benchmark")
        seconds["store"] = time.perf_counter() - began
        claims = list(store.claims())
    else:
        claims = [claim for article in articles for claim in article]
    del articles
    began = time.perf_counter()
    ledger = build(claims)
    seconds["ledger"] = time.perf_counter() - began
    if given.db:
        began = time.perf_counter()
        store.save_ledger(ledger)
        seconds["save"] = time.perf_counter() - began
    print(json.dumps({
        "claims": len(claims), "articles": len({claim.document for claim in claims}),
        "propositions": len(ledger.propositions), "seconds": {k: round(v, 2) for k, v in seconds.items()},
        "megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }))  # fmt: skip


if __name__ == "__main__":
    main()
