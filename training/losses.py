"""The loss of a batch: a weighted sum over the heads that the batch has labels for."""

from __future__ import annotations

from collections import defaultdict

import torch
from torch import Tensor
from torch.nn import functional

from training.batches import odds, relations
from training.corpora import IGNORE, Window
from training.model import Net
from training.scheme import CLAIM_HEADS, PAIR_LABELS, RELATIONS, SEVERAL

FAR = -1e4
WEIGHTS = {"tag": 0.5, "upos": 0.2, "start": 0.6, "mention": 0.4, "modality": 0.5, "setting": 0.5, "predicate": 1.0,
           "entity": 1.3, "event": 2.0, "speaking": 0.5, "acting": 0.5}  # fmt: skip

SMOOTHING = {"event": 0.1, "modality": 0.05}
"""Labels on which careful readers differ, and which the network would else learn by heart (Szegedy et al. 2016)."""


def within_sentence(arcs: Tensor, starts: Tensor) -> Tensor:
    """Mask arcs (batch, words, 1 + words) to the word's own sentence and the root.

    ``starts`` is ``IGNORE`` behind the end of a window: nothing has its head there.
    """
    sentence = starts.clamp(min=0).cumsum(1)
    same = (sentence.unsqueeze(2) == sentence.unsqueeze(1)) & (starts != IGNORE).unsqueeze(1)
    return arcs.masked_fill(~torch.cat([torch.ones_like(same[..., :1]), same], 2), FAR)


def cross_entropy(logits: Tensor, gold: Tensor, *, smoothing: float = 0.0) -> Tensor | float:
    """Mean over the labelled words; 0 where none is."""
    if not (gold != IGNORE).any():
        return 0.0
    return functional.cross_entropy(
        logits.flatten(0, 1), gold.flatten(), ignore_index=IGNORE, label_smoothing=smoothing
    )


def distillation(logits: Tensor, gold: Tensor, held: Tensor) -> Tensor | None:
    """Mean cross entropy to what a teacher holds (Hinton et al. 2015), over the labelled words that it was asked of."""
    asked = (gold != IGNORE) & (held.sum(-1) > 0)
    if not asked.any():
        return None
    return -(held[asked] * logits[asked].log_softmax(-1)).sum(-1).mean()


def loss_of(
    net: Net, out: dict[str, Tensor], gold: dict[str, Tensor], batch: list[Window], *, trust: float = 0.0
) -> Tensor:
    """Sum the losses of all heads that have labels in this batch.

    ``trust`` is the share of a teacher in what is learnt of claims: 0 for what was annotated alone.
    """
    total = torch.zeros(())
    for name in ("tag", "upos", "start", "entity", "mention", "source", "cue", "content", "predicate", "event",
                 "modality", "setting"):  # fmt: skip
        loss = cross_entropy(out[name], gold[name], smoothing=SMOOTHING.get(name, 0.0))
        if trust and name in CLAIM_HEADS:
            soft = distillation(out[name], gold[name], odds(batch, name, out[name].shape[-1]))
            loss = loss if soft is None else (1 - trust) * loss + trust * soft
        total = total + WEIGHTS.get(name, 1.0) * loss
    parsed = [i for i, window in enumerate(batch) if "head" in window]
    if parsed:
        arcs = within_sentence(out["arcs"][parsed], gold["start"][parsed])
        total = total + cross_entropy(arcs, gold["head"][parsed])
        some = {key: out[key][parsed] for key in ("d_label", "g_label")}
        total = total + cross_entropy(net.labels(some, gold["head"][parsed].clamp(min=0)), gold["dep"][parsed])
    return total + relation_loss(out, batch) + pair_loss(net, out, batch)


def relation_loss(out: dict[str, Tensor], batch: list[Window]) -> Tensor:
    """Softmax loss over the one target, sigmoid loss over the several, of each labelled row."""
    rows: dict[str, list[tuple[int, int, list[int]]]] = defaultdict(list)
    for item, name, row, targets in relations(batch):
        rows[name].append((item, row, targets))
    total = torch.zeros(())
    width = out["relations"].shape[-1]
    ends = torch.tensor([len(window["words"]) for window in batch])
    beyond = torch.arange(width).unsqueeze(0) > ends.unsqueeze(1)
    for name, found in rows.items():
        items = torch.tensor([item for item, _, _ in found])
        scores = out["relations"][items, RELATIONS.index(name), torch.tensor([row for _, row, _ in found])]
        scores = scores.masked_fill(beyond[items], FAR)
        if name in SEVERAL:
            gold = torch.zeros_like(scores)
            for i, (_, _, targets) in enumerate(found):
                gold[i, targets or [0]] = 1.0
            total = (
                total + functional.binary_cross_entropy_with_logits(scores, gold, reduction="sum") / len(found) * 0.5
            )
        else:
            total = (
                total + functional.cross_entropy(scores, torch.tensor([targets[0] for _, _, targets in found])) * 0.5
            )
    return total


def pair_loss(net: Net, out: dict[str, Tensor], batch: list[Window]) -> Tensor:
    """Loss of what is said of the labelled (predicate, cue) pairs."""
    pairs = [(item, *pair) for item, window in enumerate(batch) for pair in window.get("pairs", ())]
    if not pairs:
        return torch.zeros(())
    item, row, target, *gold = (torch.tensor(column) for column in zip(*pairs, strict=True))
    logits = net.pairs(out, item, row, target)
    total = torch.zeros(())
    for name, right in zip(PAIR_LABELS, gold, strict=True):
        if (right != IGNORE).any():
            loss = functional.cross_entropy(logits[name], right, ignore_index=IGNORE)
            total = total + WEIGHTS.get(name, 1.0) * loss
    return total
