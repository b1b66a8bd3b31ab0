"""Quick scores during training, on gold words and, for arcs, gold sentences (``evaluation/`` has the careful ones)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import torch

from claimkit.nlp.pieces import Pieces
from training.batches import grouped, inputs, labels
from training.corpora import IGNORE, Window
from training.losses import within_sentence
from training.model import HALF, Net
from training.scheme import BIO, ENTITY, PARTS, RELATIONS

Counts = Counter[str]


def parsed_heads(net: Net, windows: list[Window], pieces: Pieces) -> None:
    """Set ``parse`` of each window: greedy heads within the predicted sentences."""
    for batch, _, _, heads in read(net, windows, pieces):
        for window, row in zip(batch, heads.tolist(), strict=True):
            window["parse"] = row[: len(window["words"])]


Parsed = tuple[list[Window], dict[str, torch.Tensor], torch.Tensor, torch.Tensor]


def read(net: Net, windows: list[Window], pieces: Pieces) -> Iterator[Parsed]:
    """Give each batch of windows, what a network says of it, its sentence starts and greedy heads."""
    net.eval()
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16, enabled=HALF):
        for batch in grouped(windows, pieces, 6000, None):
            out = net(*inputs(batch, pieces))
            ends = torch.tensor([[len(window["words"])] for window in batch])
            starts = out["start"].argmax(-1)
            starts = starts.masked_fill(torch.arange(starts.shape[1]) >= ends, IGNORE)
            yield batch, out, starts, within_sentence(out["arcs"], starts).argmax(-1)


def spans(row: list[int], names: tuple[str, ...]) -> set[tuple[int, int, str]]:
    """Give the spans of a BIO row as ``(start, end, kind)``."""
    out = set()
    start, kind = None, ""
    for i, label in enumerate([*row, 0]):
        name = names[label] if label >= 0 else "O"
        prefix, _, rest = name.partition("-")
        if start is not None and (prefix != "I" or rest != kind):
            out.add((start, i, kind))
            start = None
        if prefix == "B" or (prefix == "I" and start is None):
            start, kind = i, rest
    return out


def score(net: Net, windows: list[Window], pieces: Pieces, punct: int) -> dict[str, float]:
    """Score whatever the windows have labels for."""
    net.eval()
    count: Counts = Counter()
    with torch.no_grad():
        for batch in grouped(windows, pieces, 6000, None):
            out = net(*inputs(batch, pieces))
            gold = labels(batch)
            if "head" in batch[0]:
                _count_trees(net, out, gold, punct, count)
            for part in (*PARTS, "predicate"):
                known = gold[part] >= 0
                g, q = gold[part] > 0, (out[part].argmax(-1) > 0) & known
                for key, value in (("both", g & q), ("gold", g), ("said", q)):
                    count[f"{part} {key}"] += int(value.sum())
            for name in ("event", "modality", "setting"):
                known = gold[name] >= 0
                count[f"{name} all"] += int(known.sum())
                count[f"{name} right"] += int(((out[name].argmax(-1) == gold[name]) & known).sum())
            if "entity" in batch[0]:
                for row, window in zip(out["entity"].argmax(-1).tolist(), batch, strict=True):
                    one, other = spans(window["entity"], ENTITY), spans(row[: len(window["words"])], ENTITY)
                    count.update({"entity both": len(one & other), "entity gold": len(one), "entity said": len(other)})
            _count_relations(out, batch, count)
    return figures(count)


def _count_trees(
    net: Net, out: dict[str, torch.Tensor], gold: dict[str, torch.Tensor], punct: int, count: Counts
) -> None:
    head = within_sentence(out["arcs"], gold["start"]).argmax(-1)
    label = net.labels(out, head).argmax(-1)
    known, right = gold["head"] >= 0, gold["head"] == head
    scored = known & (gold["dep"] != punct)
    count["uas right"] += int((right & scored).sum())
    count["las right"] += int((right & (label == gold["dep"]) & scored).sum())
    count["uas all"] += int(scored.sum())
    count["las all"] += int(scored.sum())
    count["tag all"] += int(known.sum())
    count["tag right"] += int(((out["tag"].argmax(-1) == gold["tag"]) & known).sum())
    start, found = gold["start"] == 1, (out["start"].argmax(-1) == 1) & known
    count.update(
        {"start both": int((start & found).sum()), "start gold": int(start.sum()), "start said": int(found.sum())}
    )


def _count_relations(out: dict[str, torch.Tensor], batch: list[Window], count: Counts) -> None:
    for item, window in enumerate(batch):
        for name, row, targets in window.get("relations", ()):
            scores = out["relations"][item, RELATIONS.index(name), row, : len(window["words"]) + 1]
            count[f"{name}> all"] += 1
            count[f"{name}> right"] += int(int(scores.argmax()) in (targets or [0]))


def figures(count: Counts) -> dict[str, float]:
    """Turn counts into accuracies and F1 (of tokens for parts, of spans for entities)."""
    out = {}
    for key in [k for k in count if k.endswith(" all") and count[k]]:
        out[key[:-4]] = round(count[f"{key[:-4]} right"] / count[key], 4)
    for key in [k for k in count if k.endswith(" gold") and count[k]]:
        name = key[:-5]
        out[name] = round(2 * count[f"{name} both"] / (count[key] + count[f"{name} said"]), 4)
    return out


assert BIO[0] == ENTITY[0] == "O"  # label 0 is "nothing" in every scheme
