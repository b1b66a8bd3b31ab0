"""Whom "he", "the ministry", an unknown name or continued speech can stand for: parties with what speaks for each.

The candidates are the parties that the article has spoken of, the states of the places that it has named, and what the
words are taken for by themselves (after Lappin and Leass 1994). ``antecedent_features`` says what speaks for each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from claimkit.parties import PartyMatch
from claimkit.party_head import EXPERTS
from claimkit.party_sorts import NOBODY, UNNAMED
from claimkit.ranking import Chances
from claimkit.reading import About, Who
from claimkit.records import EventType, Party, PartyKind

REPORTS, RESIDENTS = "REPORTS", "RESIDENTS"
"""Unnamed journalists, of whom "our correspondent" is one of the outlet that publishes the article; local people."""
DEFAULTS = (RESIDENTS, EXPERTS)
"""Parties that persons without a name often are ..."""
UNNAMED_FORMS = frozenset({"person", "thing", "other", "name"})
"""... where words describe or name them; a pronoun stands for somebody that the article has spoken of."""
UNSIDED = frozenset(UNNAMED)
"""Parties that speak but are no side: they capture nothing, and the dead among them are nobody's losses."""
OFFICES = frozenset({"role", "official", "organ", "artefact", "collective", "outlet", "member", "nonstate"})
"""Kinds of nouns that say that somebody is of a side, so not just anybody."""
SUFFERED = frozenset({EventType.CASUALTIES, EventType.SURRENDER, EventType.WITHDRAW})
"""Events whose actor is who suffers them, so in a passive its subject, not its agent."""
FOUGHT = frozenset({
    EventType.CAPTURE, EventType.HOLD, EventType.WITHDRAW, EventType.ADVANCE, EventType.ENCIRCLE, EventType.ATTACK,
    EventType.REPEL, EventType.SURRENDER, EventType.DESTROY, EventType.DEPLOY,
})  # fmt: skip
"""Events that only those who fight do ..."""
WATCHING = frozenset({PartyKind.MEDIA, PartyKind.MONITOR})
"""... and not those who tell of the war."""
STATELESS = frozenset({"nonstate", "collective"})
"""Kinds of nouns that stand for no state: "the rebels", "the group"."""
OFFICIAL = "official"
"""The kind of those in a state's service: "a military source"."""
KNOWN_SCORE = 0.5
"""From this score on the party table's reading stands; below, what the article said before may know better."""
ORGANISATION = "ORG"
"""The label of organisations among the kinds of entities."""
REACH = 60
"""Sentences within which a party must be named to be a candidate; the first two of an article always count."""
FAR = 12
"""Sentences from which on a mention is too far back to be salient."""
UNFIT = -10.0
LIKELY = 0.2
"""Chance from which the model's word counts against disagreement."""
PRONOUNS = {"her": "she", "him": "he", "his": "he", "them": "they", "their": "they", "its": "it", "hers": "she"}

RULES = {
    "introduced": "party.introduced",
    "met": "party.introduced",
    "group": "party.group",
    "surname": "party.person",
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

    ``word`` is a pronoun or role word, empty where there is none, ``noun`` its kind in ``data/roles.yaml``, ``owner``
    the pronoun of whose it is ("its troops"), ``label`` the kind of entity, ``about`` what is said or done.
    """

    start: int
    sentence: int
    block: int
    form: str
    word: str
    match: PartyMatch | None
    about: About
    chances: Chances = ()
    definite: bool = False
    noun: str = ""
    owner: str = ""
    label: str = ""

    @property
    def acts(self) -> bool:
        """Whether it is an actor that is looked for, so far as the model tells sorts of parties."""
        return NOBODY in self.about.sorts


@dataclass(kw_only=True)
class Candidate:
    """A party and what speaks for it; ``origins`` say how it came to be one, ``side`` how it stands to the speaker.

    ``acted`` says how lately it did such a thing in the article (0: the latest party), ``acted_otherwise`` the same
    with doing and suffering swapped.
    """

    party: Party
    side: str = ""
    acted: int | None = None
    acted_otherwise: int | None = None
    origins: set[str] = field(default_factory=set)
    entries: list[Spoken] = field(default_factory=list)


def is_known(match: PartyMatch) -> bool:
    """Tell whether words name one party of the table, for sure."""
    return match.party is not None and not match.derived and match.score >= KNOWN_SCORE


def certain(match: PartyMatch, *, named_as: str) -> Who | None:
    """Give what the party table is sure of, and unknown organisations (``named_as``: the kind of entity) as such.

    One unnamed person of a group may be somebody's all the same.
    """
    if match.derived and match.party and (match.party.kind is PartyKind.BODY or named_as == ORGANISATION):
        return Who(party=match.party, rule="party.derived", score=match.score)
    unnamed = match.match == "group" and match.person and match.number == "singular"
    if match.party and match.score >= KNOWN_SCORE and not unnamed:
        return Who(party=match.party, rule=f"party.{match.match}", score=match.score)
    return None


def form_of(match: PartyMatch | None, *, pronoun: bool) -> str:
    """Give the sort of words: none at all, pronoun, person's role, thing with a role, name, other."""
    if match is None:
        return "none"
    if pronoun:
        return "pronoun"
    if match.role:
        return "person" if match.person else "thing"
    return "name" if match.derived else "other"


def origin_of(match: PartyMatch) -> str:
    """Say how words read by themselves: as an unknown name, the surname of a known person, or a group."""
    return "self" if match.derived else "surname" if match.match == "person" else "group"


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


def can_act(party: Party, about: About) -> bool:
    """Tell whether a party can do an event: it is not ruled out, and who only tells of the war does not fight in it."""
    watches = about.event in FOUGHT and party.kind in WATCHING
    return party.id not in about.ruled_out and not watches


def can_stand(pointer: Pointer, candidate: Candidate) -> bool:
    """Tell whether a pronoun can stand for a party: a mention before it agrees, or the model takes it for that."""
    before = [entry for entry in candidate.entries if entry.token < pointer.start]
    agrees = any(salience_of(pointer, entry) > UNFIT for entry in before)
    return agrees or chance_of(pointer.chances, before) >= LIKELY


def is_person(pointer: Pointer, candidate: Candidate) -> bool:
    """Tell whether a party spoke through a person before, or the model takes it for who is meant."""
    before = [entry for entry in candidate.entries if entry.token < pointer.start]
    near = any(entry.person and pointer.sentence - entry.sentence <= FAR for entry in before)
    return near or chance_of(pointer.chances, before) >= LIKELY


def called_so(pointer: Pointer, candidate: Candidate) -> bool:
    """Tell whether the article has called a party by this noun before: "the Russian ministry", then "the ministry"."""
    noun = pointer.word.rpartition(" ")[2]
    return any(entry.head == noun for entry in candidate.entries if entry.token < pointer.start)


def salience_of(pointer: Pointer, entry: Spoken) -> float:
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


def chance_of(chances: Chances, entries: Sequence[Spoken]) -> float:
    """Give the chance that the model gives to the likeliest of some mentions."""
    return max((chance for token, chance in chances for e in entries if e.token <= token < e.end), default=0.0)


def rule_of(pointer: Pointer, candidate: Candidate) -> str:
    """Name how a candidate came to be one, by the surest of its origins."""
    if pointer.form in ("none", "we") and candidate.origins != {"default"}:
        return "party.continued"
    for origin, rule in RULES.items():
        if origin in candidate.origins:
            return rule
    return "party.of-place"


def narrowed(pointer: Pointer, found: list[Candidate]) -> list[Candidate]:
    """Leave out the candidates that the words themselves exclude: by number and gender, by office, by what they say."""
    if pointer.form == "pronoun":
        found = [candidate for candidate in found if can_stand(pointer, candidate)]
        if pointer.match and pointer.match.person and pointer.match.number == "singular":
            return [candidate for candidate in found if is_person(pointer, candidate)] or found
        return found
    if pointer.noun in STATELESS:
        return [candidate for candidate in found if candidate.party.kind is not PartyKind.STATE]
    if pointer.noun == OFFICIAL:
        return [c for c in found if c.party.kind in (PartyKind.STATE, PartyKind.AUTHORITY)] or found
    if pointer.definite:
        return [candidate for candidate in found if called_so(pointer, candidate)] or found
    return found


def take_sides(found: Iterable[Candidate], speaker: str, *, opposes: Callable[[str, str], bool | None]) -> None:
    """Say of each candidate how it stands to who speaks."""
    for candidate in found:
        code = candidate.party.id
        candidate.side = "same" if code == speaker else "opposed" if opposes(speaker, code) else "other"
