"""Score of the ledger's grouping: ``python -m evaluation.ledger [GOLD ARTICLES] [--extracted FILE] [--wrong]``.

``evaluation/propositions.jsonl`` says which annotated claims belong to one proposition (document, line of the gold
file, name of the proposition; ``place`` where only one of the claim's places is meant); a claim that it does not name
stands alone, with a proposition for each of its places. From the gold claims the grouping alone is measured; with
``--extracted`` the claims of ``claimkit extract --format json`` or ``jsonl`` are grouped, and those that match a gold
claim (contents overlap by half of the shorter, one to one, the closest first) are counted.

Prints ``bcubed_precision, bcubed_recall, bcubed_f1`` as one JSON line: B-cubed in its extended form for elements that
belong to several groups (Amigó et al. 2009, A comparison of extrinsic clustering evaluation metrics).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from claimkit.ledger import group
from claimkit.ledger_mentions import place_key
from claimkit.propositions import Cluster
from claimkit.records import Claim, Run
from evaluation.gold_claims import GoldClaim, read_gold

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
OWN = Path(__file__).with_name("propositions.jsonl")
OVERLAP = 0.5

Labels = Mapping[str, frozenset[str]]


def gold_labels(claims: Iterable[GoldClaim], *, path: Path = OWN) -> dict[str, frozenset[str]]:
    """Give the names of the propositions of each gold claim, by the claim's id."""
    named: dict[tuple[str, int], list[dict[str, str]]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        named[row["document"], row["line"]].append(row)
    return {item.claim.id: _labels(item, rows=named.get((item.document, item.line), [])) for item in claims}


def _labels(item: GoldClaim, *, rows: Sequence[Mapping[str, str]]) -> frozenset[str]:
    places = [place.text for place in item.claim.places] or [""]
    labels = {}
    for place in places:
        row = next((row for row in rows if row.get("place", place) == place), None)
        own = f"{item.claim.id}/{place}"
        spread = len(places) > 1 and row is not None and "place" not in row
        labels[place] = own if row is None else row["proposition"] + (f"/{place}" if spread else "")
    return frozenset(labels.values())


def system_labels(found: Iterable[Cluster]) -> dict[str, frozenset[str]]:
    """Give the ids of the propositions of each claim, by the claim's id and document."""
    labels: dict[str, set[str]] = defaultdict(set)
    for cluster in found:
        for mention in cluster.mentions:
            labels[key(mention.claim)].add(cluster.id)
    return {claim: frozenset(ids) for claim, ids in labels.items()}


def key(claim: Claim) -> str:
    """Tell claims apart, also those of two copies of one article."""
    return claim.id if claim.id.count("-") > 1 else f"{Path(claim.document).stem}|{claim.id}"


def bcubed(gold: Labels, system: Labels) -> tuple[float, float, float]:
    """Give extended B-cubed precision, recall and F1 over the elements that both have."""
    elements = sorted(gold.keys() & system.keys())
    return_values = []
    for one, other in ((system, gold), (gold, system)):
        members: dict[str, list[str]] = defaultdict(list)
        for element in elements:
            for label in one[element]:
                members[label].append(element)
        total = 0.0
        for element in elements:
            near = {mate for label in one[element] for mate in members[label]}
            shares = []
            for mate in near:
                ours = len(one[element] & one[mate])
                theirs = len(other[element] & other[mate])
                shares.append(min(ours, theirs) / ours)
            total += sum(shares) / len(shares)
        return_values.append(total / max(1, len(elements)))
    precision, recall = return_values
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return precision, recall, f1


def matched(claims: Sequence[Claim], *, gold: Sequence[GoldClaim]) -> dict[str, str]:
    """Pair found with gold claims; gives the gold id by the found claim's key."""
    pairs = []
    for item in gold:
        for claim in claims:
            if Path(claim.document).stem != item.document:
                continue
            ours, theirs = claim.content, item.claim.content
            shared = min(ours.end, theirs.end) - max(ours.start, theirs.start)
            if shared > 0 and shared >= OVERLAP * min(ours.end - ours.start, theirs.end - theirs.start):
                agree = (claim.claimant.id == item.claim.claimant.id) + (claim.event.type is item.claim.event.type)
                union = max(ours.end, theirs.end) - min(ours.start, theirs.start)
                pairs.append((-agree, -shared / union, item.claim.id, key(claim)))
    taken: dict[str, str] = {}
    for _, _, gold_id, own in sorted(pairs):
        if gold_id not in taken.values() and own not in taken:
            taken[own] = gold_id
    return taken


def read_extracted(path: Path) -> tuple[Claim, ...]:
    """Read the claims of a run."""
    data = path.read_bytes()
    try:
        return msgspec.json.decode(data, type=Run).claims
    except msgspec.MsgspecError:
        return tuple(msgspec.json.decode(line, type=Claim) for line in data.splitlines() if line.strip())


def main(arguments: Sequence[str] | None = None) -> None:
    """Score; with ``--wrong`` the propositions of the system and the gold names in them go to standard error."""
    parser = argparse.ArgumentParser(description="Score of the ledger's grouping.")
    parser.add_argument("gold", nargs="?", type=Path, default=SHARED / "gold")
    parser.add_argument("articles", nargs="?", type=Path, default=SHARED / "articles")
    parser.add_argument("--extracted", type=Path)
    parser.add_argument("--wrong", action="store_true")
    given = parser.parse_args(arguments)
    gold = list(read_gold(given.gold, articles=given.articles))
    labels = gold_labels(gold)
    if given.extracted:
        claims = read_extracted(given.extracted)
        found = group(claims)
        names = matched(claims, gold=gold)
        system = {names[own]: ids for own, ids in system_labels(found).items() if own in names}
    else:
        found = group([item.claim for item in gold])
        system = system_labels(found)
    precision, recall, f1 = bcubed(labels, system)
    if given.wrong:
        _show(found, labels=labels)
    print(json.dumps({
        "bcubed_precision": round(precision, 4), "bcubed_recall": round(recall, 4), "bcubed_f1": round(f1, 4),
    }))  # fmt: skip


def _show(found: Iterable[Cluster], *, labels: Labels) -> None:
    for cluster in found:
        names = sorted({name for m in cluster.mentions for name in labels.get(m.claim.id, ())})
        if len(cluster.mentions) > 1 or not names[0].startswith("c-"):
            where = place_key(cluster.place) if cluster.place else "-"
            ids = " ".join(mention.claim.id for mention in cluster.mentions)
            print(cluster.event, cluster.actor, where, names, ids, sep="\t", file=sys.stderr)


if __name__ == "__main__":
    main()
