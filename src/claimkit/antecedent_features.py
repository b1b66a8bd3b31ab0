"""What speaks for a party that words can stand for: agreement, salience, its kind, and what the model sees.

They are weighed as Denis and Baldridge (2008) do; weights were fitted on annotated articles (:mod:`claimkit.ranking`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claimkit.antecedents import UNFIT, UNSIDED, Candidate, Pointer, Spoken, chance_of, salience_of
from claimkit.party_sorts import NOBODY, acting, speaking
from claimkit.ranking import Ranker, ago, log_odds
from claimkit.records import Party

FEW = 4
"""Ranks from which on all count as one."""


def weighed(heard: Sequence[tuple[Pointer, Sequence[Candidate]]], ranker: Ranker) -> list[tuple[Candidate, float]]:
    """Give the candidates for words that stand for one party in all that is heard of it, the likeliest first.

    Their chance is the mean over all; who is no candidate for one has none there.
    """
    chances: dict[str, float] = {}
    known: dict[str, Candidate] = {}
    for pointer, candidates in heard:
        scores = ranker.chances(list(featured(pointer, candidates)), or_none=True)
        for candidate, score in zip(candidates, scores, strict=True):
            known.setdefault(candidate.party.id, candidate)
            chances[candidate.party.id] = chances.get(candidate.party.id, 0.0) + score
    return sorted(((c, chances[code] / len(heard)) for code, c in known.items()), key=lambda pair: -pair[1])


def featured(pointer: Pointer, candidates: Sequence[Candidate]) -> Iterator[dict[str, float]]:
    """Give the features of each candidate."""
    before = [max((e.token for e in c.entries if e.token < pointer.start), default=-1) for c in candidates]
    sources = [
        max((e.token for e in c.entries if e.source and e.token < pointer.start), default=-1) for c in candidates
    ]
    rank, source_rank = _ranks(before), _ranks(sources)
    calls = [max((e.token for e in c.entries if e.token < pointer.start and pointer.word in e.words), default=-1)
             if pointer.word else -1 for c in candidates]  # fmt: skip
    called = _ranks(calls)
    fits = [max((salience_of(pointer, e) for e in c.entries if e.token < pointer.start), default=UNFIT)
            for c in candidates]  # fmt: skip
    fit_rank = _ranks([round(100 * (fit - UNFIT)) if fit > UNFIT else -1 for fit in fits])
    counts = [len(candidate.entries) for candidate in candidates]
    most = max(counts, default=1) or 1
    for n, candidate in enumerate(candidates):
        features = _features(pointer, candidate, rank[n], source_rank[n], counts[n] / most)
        if fits[n] > UNFIT:
            features["fit"] = features[f"fit&form={pointer.form}"] = fits[n]
        features[f"fit-rank={fit_rank[n]}"] = features[f"fit-rank={fit_rank[n]}&form={pointer.form}"] = 1.0
        if max(calls, default=-1) >= 0:
            features[f"called={called[n]}"] = features[f"called={called[n]}&form={pointer.form}"] = 1.0
        yield features


def _ranks(latest: Sequence[int]) -> list[int]:
    order = sorted((n for n, at in enumerate(latest) if at >= 0), key=lambda n: -latest[n])
    place = {n: at for at, n in enumerate(order)}
    return [min(place.get(n, FEW), FEW) for n in range(len(latest))]


def _features(pointer: Pointer, candidate: Candidate, rank: int, source_rank: int, share: float) -> dict[str, float]:
    form, word, kind, about = pointer.form, pointer.word, candidate.party.kind, pointer.about
    out: dict[str, float] = {
        "bias": 1.0, f"event={about.event}": 1.0, f"form={form}": 1.0, f"kind={kind}&form={form}": 1.0,
        f"kind={kind}&word={word}": 1.0, f"rank={rank}": 1.0, f"rank={rank}&form={form}": 1.0,
        f"source-rank={source_rank}": 1.0, f"source-rank={source_rank}&form={form}": 1.0, "share": share,
        f"share&form={form}": share,
    }  # fmt: skip
    if pointer.match is not None and pointer.match.served:
        out["served"] = out[f"served&number={pointer.match.number}"] = float(candidate.party == pointer.match.served)
        out[f"served&kind={kind}"] = out[f"served&kind={kind}&word={word}"] = 1.0
    if candidate.party.id in UNSIDED:
        out[f"{candidate.party.id}&form={form}"] = out[f"{candidate.party.id}&word={word}"] = 1.0
    if about.done_by:
        did = f"did={candidate.party.id in about.done_by}"
        out[f"{did}&stance={about.stance}"] = out[f"{did}&form={form}"] = out[f"{did}&noun={pointer.noun}"] = 1.0
    if about.stance:
        out[f"kind={kind}&stance={about.stance}"] = out[f"source-rank={source_rank}&stance={about.stance}"] = 1.0
    out |= _origins(pointer, candidate)
    chance = chance_of(pointer.chances, candidate.entries)
    if pointer.chances:
        out["model"] = out[f"model&form={form}"] = log_odds(chance) - log_odds(0.0)
    if about.sorts:
        out |= _sort(pointer, candidate.party)
    if word and word in candidate.party.name.lower().split():
        out["word-in-name"] = 1.0
    if pointer.noun:
        out[f"kind={kind}&noun={pointer.noun}"] = 1.0
        out[f"rank={rank}&noun={pointer.noun}"] = out[f"source-rank={source_rank}&noun={pointer.noun}"] = 1.0
    if pointer.owner:
        out[f"rank={rank}&owner={pointer.owner}"] = out[f"source-rank={source_rank}&owner={pointer.owner}"] = 1.0
    if candidate.side:
        side = f"side={candidate.side}"
        out[f"{side}&event={about.event}"] = out[f"{side}&form={form}"] = 1.0
        out[f"{side}&owner={pointer.owner}"] = float(bool(pointer.owner))
        out[f"{side}&word={word}"] = out[f"{side}&kind={kind}&word={word}"] = float(bool(word))
        out[f"{side}&kind={kind}&event={about.event}"] = 1.0
        if pointer.start == about.content[0]:  # "said its strikes hit P"
            out[f"{side}&opens&form={form}"] = 1.0
            out[f"{side}&opens&owner={pointer.owner}"] = float(bool(pointer.owner))
        out[f"{side}&cue={about.cue}"] = 1.0
        out[f"{side}&cue={about.cue}&form={form}"] = 1.0
    if pointer.acts:
        before, swapped = (min(FEW, FEW if n is None else n) for n in (candidate.acted, candidate.acted_otherwise))
        out[f"acted={before}"] = out[f"acted={before}&form={form}"] = out[f"acted={before}&event={about.event}"] = 1.0
        out[f"swapped={swapped}"] = out[f"swapped={swapped}&form={form}"] = 1.0
        out[f"swapped={swapped}&event={about.event}"] = 1.0
    if candidate.entries:
        out |= _salience(pointer, candidate.entries, source_rank)
    return {name: value for name, value in out.items() if value}


def _origins(pointer: Pointer, candidate: Candidate) -> dict[str, float]:
    """Give how a party came to be a candidate, and whether its country is where the event is."""
    out: dict[str, float] = {}
    form, word, about = pointer.form, pointer.word, pointer.about
    if pointer.acts and pointer.about.where >= 0:
        here = "where" in candidate.origins
        out[f"where={here}&event={about.event}"] = out[f"where={here}&word={word}"] = 1.0
    for origin in candidate.origins:
        if about.stance:
            out[f"origin={origin}&stance={about.stance}"] = 1.0
        if form == "name":
            out[f"origin={origin}&label={pointer.label}"] = 1.0
        out[f"origin={origin}"] = out[f"origin={origin}&form={form}"] = 1.0
        if origin != "spoken":
            out[f"origin={origin}&word={word}"] = 1.0
            out[f"origin={origin}&definite"] = float(pointer.definite)
            out[f"origin={origin}&noun={pointer.noun}"] = float(bool(pointer.noun))
            out[f"origin={origin}&owner={pointer.owner}"] = float(bool(pointer.owner))
    return out


def _sort(pointer: Pointer, party: Party) -> dict[str, float]:
    """Say how likely a party of this sort is here, and, of an actor, that there is none."""
    sort = acting(party, speaker=pointer.about.speaker) if pointer.acts else speaking(party)
    likely = log_odds(pointer.about.sorts.get(sort, 0.0))
    out = {"sort": likely, f"sort&form={pointer.form}": likely}
    return out | {"nobody": log_odds(pointer.about.sorts[NOBODY])} if pointer.acts else out


def _salience(pointer: Pointer, entries: Sequence[Spoken], source_rank: int) -> dict[str, float]:
    form = pointer.form
    before = [e for e in entries if e.token < pointer.start]
    low, high = pointer.about.content
    out = {
        "in-content": float(any(low <= e.token < high for e in entries)),
        "after": float(any(e.token > pointer.start and e.sentence == pointer.sentence for e in entries)),
        "after-source": float(any(e.token > pointer.start and e.source and e.block == pointer.block for e in entries)),
        "first": float(any(e.sentence <= 1 for e in entries)),
    }
    out[f"in-content&form={form}"] = out["in-content"]
    if not before:
        return out | {"none-before": 1.0}
    last = before[-1]
    since = ago(pointer.sentence - last.sentence)
    out |= {
        f"ago={since}": 1.0, f"ago={since}&form={form}": 1.0, "subject": float(last.subject),
        f"subject&form={form}": float(last.subject), "block": float(last.block == pointer.block),
        "was-person": float(any(e.person for e in before[-3:])),
    }  # fmt: skip
    spoke = [e for e in before if e.source]
    if spoke:
        spoken = f"spoke={ago(pointer.sentence - spoke[-1].sentence)}"
        out[spoken] = out[f"{spoken}&form={form}"] = out[f"{spoken}&rank={source_rank}&form={form}"] = 1.0
        out[f"{spoken}&person={spoke[-1].person}&form={form}"] = 1.0
        out["spoke-here"] = float(spoke[-1].block == pointer.block)
    match = pointer.match
    if match is not None:
        near = before[-3:]
        out[f"person={match.person}&was={any(e.person for e in near)}"] = 1.0
        out[f"number={match.number}&was-plural={any(e.plural for e in near)}"] = 1.0
        if match.gender:
            genders = {e.gender for e in near if e.gender}
            out["gender-known"] = float(match.gender in genders)
            out["gender-other"] = float(bool(genders) and match.gender not in genders)
    return out
