"""Whom "he", "the ministry", an unknown name or continued speech can stand for: parties with what speaks for each.

The candidates are the parties that the article has spoken of, the states of the places that it has named, and what the
words are taken for by themselves. Features say how they agree with the words and how salient they are (after Lappin
and Leass 1994; weighed as Denis and Baldridge 2008 do); weights were fitted on annotated articles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from claimkit.frames import TokenSpan
from claimkit.parties import PartyMatch
from claimkit.party_sorts import NOBODY, acting, speaking
from claimkit.ranking import Chances, ago, log_odds
from claimkit.records import Party

REPORTS, RESIDENTS = "REPORTS", "RESIDENTS"
"""Unnamed journalists, of whom "our correspondent" is one of the outlet that publishes the article; local people."""
DEFAULTS = ("RESIDENTS", "EXPERTS")
"""Parties that persons without a name often are ..."""
UNNAMED_FORMS = frozenset({"person", "thing", "other"})
"""... where words describe them; a pronoun stands for somebody that the article has spoken of."""
UNSIDED = frozenset((*DEFAULTS, REPORTS))
"""Parties that speak but are no side: they capture nothing, and the dead among them are nobody's losses."""
OFFICES = frozenset({"role", "organ", "artefact", "collective", "outlet", "member", "nonstate"})
"""Kinds of nouns that say that somebody is of a side, so not just anybody."""
STATELESS = frozenset({"nonstate", "collective"})
"""Kinds of nouns that stand for no state: "the rebels", "the group"."""
REACH = 60
"""Sentences within which a party must be named to be a candidate; the first two of an article always count."""
FEW = 4
FAR = 12
"""Sentences from which on a mention is too far back to be salient."""
UNFIT = -10.0
LIKELY = 0.2
"""Chance from which the model's word counts against disagreement."""
PRONOUNS = {"her": "she", "him": "he", "his": "he", "them": "they", "their": "they", "its": "it", "hers": "she"}

RULES = {
    "introduced": "party.introduced",
    "group": "party.group",
    "spoken": "party.antecedent",
    "self": "party.derived",
    "publisher": "party.outlet",
    "default": "party.group",
}


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """A party that the article spoke of, as far as later words can point back to it; ``head`` of its ``words``."""

    token: int
    end: int
    sentence: int
    block: int
    party: Party
    words: frozenset[str]
    head: str
    plural: bool
    person: bool
    gender: str | None
    source: bool
    subject: bool


@dataclass(frozen=True, kw_only=True)
class Pointer:
    """Words that stand for a party that they do not name; ``start`` is the token from which they look back.

    ``word`` is a pronoun or role word, empty where there is none, ``noun`` its kind in ``data/roles.yaml``;
    ``content`` are the tokens of what is said or done, ``event`` its class; ``speaker`` is the code of who says it,
    where an actor is looked for; ``sorts`` are the chances of each sort of party (``party_sorts``).
    """

    start: int
    sentence: int
    block: int
    form: str
    word: str
    match: PartyMatch | None
    content: TokenSpan
    chances: Chances = ()
    definite: bool = False
    noun: str = ""
    event: str = ""
    speaker: str | None = None
    sorts: Mapping[str, float] = field(default_factory=dict)


@dataclass(kw_only=True)
class Candidate:
    """A party and what speaks for it; ``origins`` say how it came to be one, ``side`` how it stands to the speaker."""

    party: Party
    side: str = ""
    origins: set[str] = field(default_factory=set)
    entries: list[Spoken] = field(default_factory=list)


def form_of(match: PartyMatch | None, *, pronoun: bool) -> str:
    """Give the sort of words: none at all, pronoun, person's role, thing with a role, name, other."""
    if match is None:
        return "none"
    if pronoun:
        return "pronoun"
    if match.role:
        return "person" if match.person else "thing"
    return "name" if match.derived else "other"


def gathered(
    spoken: Sequence[Spoken], states: Iterable[tuple[str, Party]], own: Iterable[tuple[str, Party]], *,
    gender: str | None,
) -> list[Candidate]:  # fmt: skip
    """Give the candidates, each party once: those spoken of, states of places, and the words' own readings.

    A person of another gender than the words tell is none.
    """
    found: dict[str, Candidate] = {}
    for entry in spoken:
        if gender and entry.gender and entry.gender != gender:
            continue
        candidate = found.setdefault(entry.party.id, Candidate(party=entry.party))
        candidate.entries.append(entry)
        candidate.origins.add("spoken")
    for origin, party in (*states, *own):
        found.setdefault(party.id, Candidate(party=party)).origins.add(origin)
    return list(found.values())


def can_stand(pointer: Pointer, candidate: Candidate) -> bool:
    """Tell whether a pronoun can stand for a party: a mention before it agrees, or the model takes it for that."""
    before = [entry for entry in candidate.entries if entry.token < pointer.start]
    agrees = any(_salience_of(pointer, entry) > UNFIT for entry in before)
    return agrees or _chance(pointer.chances, before) >= LIKELY


def is_person(pointer: Pointer, candidate: Candidate) -> bool:
    """Tell whether a party spoke through a person before, or the model takes it for who is meant."""
    before = [entry for entry in candidate.entries if entry.token < pointer.start]
    near = any(entry.person and pointer.sentence - entry.sentence <= FAR for entry in before)
    return near or _chance(pointer.chances, before) >= LIKELY


def called_so(pointer: Pointer, candidate: Candidate) -> bool:
    """Tell whether the article has called a party by this noun before: "the Russian ministry", then "the ministry"."""
    noun = pointer.word.rpartition(" ")[2]
    return any(entry.head == noun for entry in candidate.entries if entry.token < pointer.start)


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
    fits = [max((_salience_of(pointer, e) for e in c.entries if e.token < pointer.start), default=UNFIT)
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
    form, word, kind = pointer.form, pointer.word, candidate.party.kind
    out: dict[str, float] = {
        "bias": 1.0, f"event={pointer.event}": 1.0, f"form={form}": 1.0, f"kind={kind}&form={form}": 1.0,
        f"kind={kind}&word={word}": 1.0, f"rank={rank}": 1.0, f"rank={rank}&form={form}": 1.0,
        f"source-rank={source_rank}": 1.0, f"source-rank={source_rank}&form={form}": 1.0, "share": share,
        f"share&form={form}": share,
    }  # fmt: skip
    if candidate.party.id in ("RESIDENTS", "EXPERTS", "REPORTS"):
        out[f"{candidate.party.id}&form={form}"] = out[f"{candidate.party.id}&word={word}"] = 1.0
    for origin in candidate.origins:
        out[f"origin={origin}"] = out[f"origin={origin}&form={form}"] = 1.0
        if origin != "spoken":
            out[f"origin={origin}&word={word}"] = 1.0
            out[f"origin={origin}&definite"] = float(pointer.definite)
    chance = _chance(pointer.chances, candidate.entries)
    if pointer.chances:
        out["model"] = out[f"model&form={form}"] = log_odds(chance) - log_odds(0.0)
    if pointer.sorts:
        out |= _sort(pointer, candidate.party)
    if word and word in candidate.party.name.lower().split():
        out["word-in-name"] = 1.0
    if pointer.noun:
        out[f"kind={kind}&noun={pointer.noun}"] = 1.0
        out[f"rank={rank}&noun={pointer.noun}"] = out[f"source-rank={source_rank}&noun={pointer.noun}"] = 1.0
    if candidate.side:
        out[f"side={candidate.side}&event={pointer.event}"] = out[f"side={candidate.side}&form={form}"] = 1.0
    if candidate.entries:
        out |= _salience(pointer, candidate.entries)
    return {name: value for name, value in out.items() if value}


def _sort(pointer: Pointer, party: Party) -> dict[str, float]:
    """Say how likely the model finds a party of this sort here, and, of an actor, that there is none."""
    acts = NOBODY in pointer.sorts
    sort = acting(party, speaker=pointer.speaker) if acts else speaking(party)
    likely = log_odds(pointer.sorts.get(sort, 0.0))
    out = {"sort": likely, f"sort&form={pointer.form}": likely}
    return out | {"nobody": log_odds(pointer.sorts[NOBODY])} if acts else out


def _salience(pointer: Pointer, entries: Sequence[Spoken]) -> dict[str, float]:
    form = pointer.form
    before = [e for e in entries if e.token < pointer.start]
    low, high = pointer.content
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
        out[f"spoke={ago(pointer.sentence - spoke[-1].sentence)}"] = 1.0
        out[f"spoke={ago(pointer.sentence - spoke[-1].sentence)}&form={form}"] = 1.0
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


def _salience_of(pointer: Pointer, entry: Spoken) -> float:
    """Say how salient a mention is, by rule: agreement, sources and subjects first, less with each sentence."""
    agrees = _agreement(pointer, entry)
    distance = pointer.sentence - entry.sentence
    if agrees <= 0 or distance > FAR:
        return UNFIT
    return agrees + entry.source + 1.5 * entry.subject - 0.5 * distance


def _agreement(pointer: Pointer, entry: Spoken) -> float:
    """Say how well a mention agrees with the words in number, person and role; 0 where it does not."""
    match = pointer.match
    if match is None:
        return float(entry.source)
    if pointer.form != "pronoun":
        return 3.0 if match.role and match.role in entry.words else 1.0
    if match.number == "plural":
        return 2.0 if entry.plural else 0.5
    if match.person:
        return 1.5 if entry.person else 0.3 * entry.source
    return 0.0 if entry.person else 1.5


def _chance(chances: Chances, entries: Sequence[Spoken]) -> float:
    return max((chance for token, chance in chances for e in entries if e.token <= token < e.end), default=0.0)


def rule_of(pointer: Pointer, candidate: Candidate) -> str:
    """Name how a candidate came to be one, by the surest of its origins."""
    if pointer.form in ("none", "we"):
        return "party.continued"
    for origin, rule in RULES.items():
        if origin in candidate.origins:
            return rule
    return "party.of-place"
