"""A ledger of any size for the report's tests: real places of the gazetteer, invented parties' sentences, no model.

``python -m tests.report_sample FILE [CLAIMS]`` writes the report of such a ledger, to look at.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from claimkit.lexicon import data_path
from claimkit.report import write

FRONT = ("Donetsk Oblast", "Kharkiv Oblast", "Zaporizhzhia Oblast", "Kherson Oblast", "Sumy Oblast", "Luhansk Oblast")
FIRST_DAY = date(2025, 9, 1)
DAYS = 92
CLAIMS_OF_ARTICLE = 9
RUSSIA = (
    "RUS",
    "Russia",
    "state",
    ("The Russian Defence Ministry", "Moscow", "A Kremlin spokesman", "Russia's general staff"),
)
UKRAINE = (
    "UKR",
    "Ukraine",
    "state",
    ("Ukraine's General Staff", "Kyiv", "A brigade spokeswoman", "The regional governor"),
)
MONITORS = (
    ("ISW", "Institute for the Study of War", "monitor", ("The Institute for the Study of War",)),
    ("DEEPSTATE", "DeepState", "monitor", ("DeepState", "The map project DeepState")),
)
MEDIA = (
    ("CNN", "CNN", "media", ("CNN",)),
    ("BLOOMBERG", "Bloomberg", "media", ("Bloomberg",)),
    ("AFP", "AFP", "media", ("AFP",)),
)
OTHERS = (
    ("MILBLOGGERS-RUS", "Russian milbloggers", "group", ("Russian military bloggers", "A pro-war blogger")),
    ("RESIDENTS", "residents", "group", ("A resident", "People in the town")),
)
OUTLETS = (
    "Meridian Wire",
    "The Dnipro Observer",
    "Harbour Post",
    "Nordlys Daily",
    "The Eastern Review",
    "Radio Vistula",
)
WRITTEN = {
    "capture": (
        "assault units had taken {place}",
        "the capture of {place}",
        "{place} had fallen after weeks of street fighting",
    ),
    "hold": ("its units hold the centre of {place}", "the line at {place} has not moved"),
    "advance": (
        "small groups had moved forward along the railway near {place}",
        "infantry had entered the outskirts of {place}",
    ),
    "encircle": ("the last road out of {place} had been cut", "two battalions were trapped at {place}"),
    "attack": ("drones had struck {place} before dawn", "{place} was shelled from across the river"),
    "casualties": (
        "more than {n} soldiers had been killed at {place} since Friday",
        "{n} people were wounded in {place}",
    ),
    "withdraw": ("troops had left {place} for a line further west", "a withdrawal from {place} was under way"),
    "destroy": ("the power station in {place} had been put out of work", "a bridge near {place} was destroyed"),
}
CUES = {
    "assert": ("said", "announced", "reported", "claimed"),
    "acknowledge": ("acknowledged", "conceded"),
    "deny": ("denied", "rejected reports"),
    "doubt": ("questioned whether", "called it premature to say"),
    "unverified": ("could not verify", "has not confirmed"),
}
ENDINGS = ("", " on the night before", ", a day after the first reports")
FILLER = (
    "Rain turned the roads to mud for a third day.",
    "The sound of generators filled the main street.",
    "Neither account could be squared with the footage published that evening.",
    "Talks on a ceasefire are to resume later this month.",
)


@dataclass
class Made:
    """A ledger with its claims and articles, as plain data."""

    ledger: dict[str, Any]
    claims: list[dict[str, Any]]
    documents: list[dict[str, Any]]


@dataclass
class Article:
    """An article that grows sentence by sentence."""

    path: str
    outlet: str
    published: str
    parts: list[str] = field(default_factory=list)
    length: int = 0

    def add(self, text: str) -> int:
        """Add text; give where it begins."""
        at = self.length
        self.parts.append(text)
        self.length += len(text)
        return at


@cache
def places() -> list[dict[str, Any]]:
    """Real towns of the front-line regions, from the gazetteer, the larger ones first."""
    text = data_path("gazetteer.yaml").read_text(encoding="utf-8")
    found = []
    for entry in re.split(r"^- (?=id: )", text, flags=re.MULTILINE)[1:]:
        values = dict(re.findall(r"^ *(\w+): (\S.*)$", entry, flags=re.MULTILINE))
        if values.get("kind") in {"city", "town"} and values.get("admin1") in FRONT:
            found.append(values)
    found.sort(key=lambda values: (-int(values.get("population", 0)), values["id"]))
    keys = ("id", "name", "country", "admin1", "kind")
    return [{k: v.get(k) for k in keys} | {"lat": float(v["lat"]), "lon": float(v["lon"])} for v in found]


def make(count: int = 5000, *, seed: int = 7) -> Made:
    """Make a ledger of about ``count`` claims; the same for the same numbers."""
    chance = random.Random(seed)
    stories = list(_stories(count, chance))
    stories.sort(key=lambda story: story[0])
    documents, claims = [], []
    by_key: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for start in range(0, len(stories), CLAIMS_OF_ARTICLE):
        batch = stories[start : start + CLAIMS_OF_ARTICLE]
        outlet = chance.choice(OUTLETS)
        article = Article(path=f"articles/{batch[-1][0]}-{start:05}.txt", outlet=outlet, published=batch[-1][0])
        lead = batch[0][2]["name"]
        title = chance.choice(
            (f"Both sides claim {lead}", f"What is known about {lead}", f"Heavy fighting reported near {lead}")
        )
        article.add(f"{title}\n\n")
        for number, (_, event, place, party, stance) in enumerate(batch):
            claim = _claim(article, event=event, place=place, party=party, stance=stance, chance=chance)
            claims.append(claim)
            by_key.setdefault((event, place["id"], _actor(event)), []).append(claim)
            article.add(" " if number % 3 != 2 else f" {chance.choice(FILLER)}\n\n")
        text = "".join(article.parts)
        documents.append(
            {"path": article.path, "text": text, "title": title, "outlet": outlet, "published": article.published}
        )
    propositions = [_proposition(key, found) for key, found in by_key.items()]
    _oppose(propositions)
    last = max(claim["published"] for claim in claims)
    return Made({"schema": "claimkit-ledger/1", "as_of": last, "propositions": propositions}, claims, documents)


def _actor(event: str) -> str:
    return "UKR" if event in {"hold", "withdraw"} else "RUS"


def _stories(count: int, chance: random.Random) -> Iterator[tuple[str, str, dict[str, Any], Any, str]]:
    table = places()[:150]
    weights = [1 / (1 + 0.12 * rank) for rank in range(len(table))]
    left = count
    while left > 0:
        place = chance.choices(table, weights)[0]
        event = chance.choices(list(WRITTEN), (5, 2, 3, 2, 5, 3, 1, 2))[0]
        day = FIRST_DAY + timedelta(days=int(DAYS * chance.random() ** 0.7))
        own, other = (UKRAINE, RUSSIA) if _actor(event) == "UKR" else (RUSSIA, UKRAINE)
        cast: list[tuple[Any, str]] = [(own, "assert")] * chance.randint(1, 4)
        if chance.random() < 0.16:
            cast += [(other, "deny")] * chance.randint(1, 2)
        elif chance.random() < 0.12:
            cast.append((other, "acknowledge"))
        for party, stance, share in (
            (MEDIA, "unverified", 0.35),
            (MONITORS, "doubt", 0.05),
            (MONITORS, "assert", 0.1),
            (OTHERS, "assert", 0.2),
        ):
            if chance.random() < share:
                cast.append((chance.choice(party), stance))
        for party, stance in cast[:left]:
            said = min(day + timedelta(days=chance.choice((0, 0, 0, 1, 1, 2, 4))), FIRST_DAY + timedelta(days=DAYS))
            yield said.isoformat(), event, place, party, stance
        left -= len(cast)


def _claim(
    article: Article, *, event: str, place: dict[str, Any], party: Any, stance: str, chance: random.Random
) -> dict[str, Any]:
    code, name, kind, sources = party
    source, cue = chance.choice(sources), chance.choice(CUES[stance])
    content = chance.choice(WRITTEN[event]).format(place=place["name"], n=chance.randint(3, 400))
    middle = "" if cue.endswith(("whether", "say")) else " that" if not content.startswith("the capture") else ""
    text = f"{source} {cue}{middle} {content}{chance.choice(ENDINGS)}."
    start = article.add(text)

    def span(part: str) -> dict[str, Any]:
        at = start + text.index(part)
        return {"start": at, "end": at + len(part), "text": part}

    return {
        "schema": "claimkit/1",
        "id": f"c-{chance.getrandbits(48):012x}",
        "document": article.path,
        "published": article.published,
        "outlet": article.outlet,
        "sentence": {"start": start, "end": start + len(text), "text": text},
        "content": span(content),
        "cue": span(cue),
        "source": span(source),
        "relay": [],
        "claimant": {"id": code, "name": name, "kind": kind},
        "stance": stance,
        "event": {
            "type": event,
            "actor": _actor(event),
            "modality": "actual",
            "date": article.published,
            "date_text": None,
        },
        "places": [
            place
            | span(place["name"])
            | {"name": place["name"], "name_used": "current", "match": "exact", "score": 1.0}
        ],
        "against_interest": stance == "acknowledge",
        "confidence": round(0.55 + 0.44 * chance.random(), 2),
        "because": [],
    }


def _proposition(key: tuple[str, str, str], claims: list[dict[str, Any]]) -> dict[str, Any]:
    event, place_id, actor = key
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for claim in claims:
        groups.setdefault((claim["claimant"]["id"], claim["stance"]), []).append(claim)
    positions = [
        {
            "claimant": found[0]["claimant"],
            "stance": stance,
            "first": min(claim["published"] for claim in found),
            "last": max(claim["published"] for claim in found),
            "claims": [claim["id"] for claim in found],
            "articles": len({claim["document"] for claim in found}),
            "independent_sources": len({claim["outlet"] for claim in found}),
            "against_interest": stance == "acknowledge",
        }
        for (_, stance), found in groups.items()
    ]
    place = {name: claims[0]["places"][0][name] for name in ("id", "name", "lat", "lon")}
    days = sorted(claim["published"] for claim in claims)
    return {
        "id": f"p-{event}-{place_id.partition(':')[2]}",
        "event": {"type": event, "actor": actor, "modality": "actual"},
        "places": [place],
        "window": {"start": days[0], "end": days[-1]},
        "status": _status({stance for _, stance in groups}),
        "positions": positions,
        "history": _history(claims),
        "contradicts": [],
    }


def _status(stances: set[str]) -> str:
    if {"assert", "acknowledge"} & stances and {"deny", "doubt"} & stances:
        return "contested"
    for stance, status in (("acknowledge", "acknowledged"), ("deny", "refuted"), ("assert", "claimed")):
        if stance in stances:
            return status
    return "unverified"


def _history(claims: list[dict[str, Any]]) -> list[dict[str, Any]]:
    seen: set[str] = set()
    steps: list[dict[str, Any]] = []
    for claim in sorted(claims, key=lambda claim: claim["published"]):
        seen.add(claim["stance"])
        status = _status(seen)
        if not steps or steps[-1]["status"] != status:
            steps.append({"date": claim["published"], "status": status, "because": [claim["id"]]})
    return [step for step, following in pairwise([*steps, {"date": None}]) if step["date"] != following["date"]]


def _oppose(propositions: list[dict[str, Any]]) -> None:
    found = {item["id"]: item for item in propositions}
    for item in propositions:
        other = found.get(item["id"].replace("p-capture-", "p-hold-"))
        if other is not None and other is not item:
            item["contradicts"].append({"id": other["id"], "because": "capture × hold"})
            other["contradicts"].append({"id": item["id"], "because": "capture × hold"})


if __name__ == "__main__":
    sample = make(int(sys.argv[2]) if len(sys.argv) > 2 else 5000)
    target = Path(sys.argv[1])
    write(sample.ledger, sample.claims, sample.documents, target, fmt="md" if target.suffix == ".md" else "html")
