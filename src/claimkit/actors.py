"""Words that name a source or actor → a party, over sentences.

The party table reads names, organs and offices by themselves. What it cannot ("he", "it", "the ministry", "the
spokesman", a surname) is looked for among the parties that the article has spoken of, the latest fitting one first:
sources before mere mentions; number, person and gender must agree (after Lappin and Leass 1994).
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from claimkit.actor_phrases import antecedent_of_relative, described, descriptions, first_person, has_age, phrase_of
from claimkit.frames import TokenSpan
from claimkit.parties import Parties, PartyMatch
from claimkit.reading import Toponym, Who
from claimkit.records import Party, PartyKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

NARRATOR = Party(id="NARRATOR", name="Narrator", kind=PartyKind.NARRATOR)
REPORTS, RESIDENTS = "REPORTS", "RESIDENTS"

NEAR_SENTENCES = 6
"""How far back, in sentences, a pronoun or role word looks for the one it stands for."""
SPEAKER_SENTENCES = 4
"""How far a quoted sentence without a source looks for its speaker."""
KNOWN_SCORE = 0.5
"""From this score on the party table's reading stands; below, what the article said before may know better."""
PLURAL = "NNS"
"""Tag of plural common nouns: "residents" are they, though their party is one."""
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "nsubjpass"})


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """A party that the article spoke of, as far as later words can point back to it."""

    token: int
    sentence: int
    party: Party
    words: frozenset[str]
    plural: bool
    person: bool
    gender: str | None
    source: bool
    subject: bool


class Discourse:
    """The parties of one article in the order in which they come up."""

    def __init__(
        self, doc: Doc, parties: Parties, *, on: date | None, sentence_of: list[int], block_of: list[int],
        toponyms: Sequence[Toponym],
    ) -> None:  # fmt: skip
        self._doc, self._parties, self._on = doc, parties, on
        self._sentence_of, self._block_of, self._toponyms = sentence_of, block_of, toponyms
        self._people = dict(self._introductions())
        self._spoken = sorted(self._named(), key=lambda entry: entry.token)

    def _introductions(self) -> Iterator[tuple[str, Party]]:
        """Give surname and party of the persons that the article introduces ("Jan Kos, a spokesman for the army")."""
        seen: set[str] = set()
        for ent in self._doc.ents:
            surname = ent[-1].text
            if ent.label_ != "PERSON" or surname in seen:
                continue
            match = self._read(ent)
            party = match.party if match.party and not match.derived else self._by_rank_or_age(ent)
            if party:
                seen.add(surname)
                yield surname, party

    def _by_rank_or_age(self, span: Span) -> Party | None:
        """Give the party of a person of whom only an age or a rank is told: residents, or the army of that country."""
        if has_age(span):
            return self._parties[RESIDENTS]
        first = max(span.start - 2, span.sent.start)
        if any(token.lower_.rstrip(".") in self._parties.ranks for token in span.doc[first : span.end - 1]):
            return self._near_state(span)
        return None

    def _named(self) -> Iterator[Spoken]:
        """Give the parties that the text names; of a demonym the phrase, where it names one ("the Lebanese army")."""
        for hit in self._parties.find(self._doc.text):
            span = self._doc.char_span(hit.start, hit.end, alignment_mode="expand")
            if len(hit.parties) != 1 or span is None or self._sentence_of[span.start] < 0:
                continue
            if hit.match != "demonym":
                yield self._entry(span, self._parties[hit.parties[0]], None, source=False)
            elif (whole := described(span)) is not None:
                match = self._parties.lookup(whole.text, on=self._on)
                if match.party and not match.derived and match.score >= KNOWN_SCORE:
                    yield self._entry(whole, match.party, match, source=False)
        for ent in self._doc.ents:
            if ent.label_ == "PERSON" and (party := self._people.get(ent[-1].text)):
                yield self._entry(ent, party, self._parties.lookup(phrase_of(ent).text, on=self._on), source=False)

    def _entry(self, span: Span, party: Party, match: PartyMatch | None, *, source: bool) -> Spoken:
        return Spoken(
            token=span.start, sentence=self._sentence_of[span.start], party=party,
            words=frozenset(token.lemma_.lower() for token in phrase_of(span) if token.is_alpha),
            plural=bool(match and match.number == "plural") or span.root.tag_ == PLURAL,
            person=span.label_ == "PERSON" or bool(match and match.person),
            gender=match.gender if match else None, source=source, subject=span.root.dep_ in SUBJECTS,
        )  # fmt: skip

    def who(self, words: TokenSpan, *, source: bool) -> Who:
        """Tell whom the words stand for; a source is remembered for the words that come after it."""
        span = antecedent_of_relative(self._doc[words[0] : words[1]])
        match = self._read(span)
        found = (self._speaker_of(span) if first_person(span) else None) or self._resolve(span, match)
        if source and found.party.kind is not PartyKind.UNKNOWN:
            insort(self._spoken, self._entry(span, found.party, match, source=True), key=lambda entry: entry.token)
        return found

    def _speaker_of(self, span: Span) -> Who | None:
        """Give who says "we" or "I": the source of the words around."""
        at = span.start
        return self.speaker_around(self._sentence_of[at], self._block_of[at]) if self._sentence_of[at] >= 0 else None

    def _read(self, span: Span) -> PartyMatch:
        """Read the words, or what stands around them, where that says more."""
        match = self._parties.lookup(span.text, on=self._on)
        if (match.party and match.score >= KNOWN_SCORE) or span.root.pos_ == "PRON":
            return match
        for whole in descriptions(span):
            wider = self._parties.lookup(whole.text, on=self._on) if len(whole) > len(span) else match
            if wider.party and not wider.derived and wider.score >= KNOWN_SCORE:
                return wider
            if match.derived and wider.role and wider.needs_antecedent:
                match = wider
        return match

    def _resolve(self, span: Span, match: PartyMatch) -> Who:
        if match.party and match.score >= KNOWN_SCORE:
            return Who(party=match.party, rule=f"party.{match.match}", score=match.score)
        introduced = next((self._people[t.text] for t in reversed(list(span)) if t.text in self._people), None)
        if introduced:
            return Who(party=introduced, rule="party.introduced", score=0.9)
        if match.derived and (ranked := self._by_rank_or_age(span)):
            return Who(party=ranked, rule="party.of-place", score=0.5)
        if match.needs_antecedent:
            definite = span.root.pos_ == "PRON" or any(token.lower_ == "the" for token in span[:1])
            ways = (self._by_antecedent, self._by_place) if definite or not match.person else (
                self._by_place, self._by_antecedent)  # fmt: skip
            for way in ways:
                if found := way(span, match):
                    return found
        if match.party:
            return Who(party=match.party, rule=f"party.{match.match}", score=match.score)
        if match.candidates:
            return Who(party=match.candidates[0], rule="party.candidate", score=0.3)
        return Who(party=Party(id="UNKNOWN", name=span.text, kind=PartyKind.UNKNOWN), rule="party.unknown", score=0.1)

    def _by_antecedent(self, span: Span, match: PartyMatch) -> Who | None:
        before = self._antecedent(span, match)
        return Who(party=before.party, rule="party.antecedent", score=0.7) if before else None

    def _by_place(self, span: Span, match: PartyMatch) -> Who | None:
        """Take the state of the place that an official is named with, or else of the last place named before."""
        state = self._state_of_place(span, match)
        if state is None and match.role and span.root.pos_ != "PRON":
            state = self._near_state(span)
        return Who(party=state, rule="party.of-place", score=0.6) if state else None

    def _near_state(self, span: Span) -> Party | None:
        """Give the state of the last place that the article named, in this sentence or the one before."""
        here = self._sentence_of[span.start]
        near = [t for t in self._toponyms if t.mention.country and 0 <= here - self._sentence_of[t.tokens[0]] <= 1
                and t.tokens[0] < span.end]  # fmt: skip
        return self._parties.state(near[-1].mention.country or "") if near else None

    def _antecedent(self, span: Span, match: PartyMatch) -> Spoken | None:
        """Give the party that the words can stand for: the most salient of those before them."""
        here = self._sentence_of[span.start]
        pronoun = span.root.pos_ == "PRON"
        state = None if pronoun else self._state_of_place(span, match)
        best: tuple[float, Spoken] | None = None
        for age, entry in enumerate(reversed([e for e in self._spoken if e.token < span.start])):
            distance = here - entry.sentence
            known = bool(match.role and match.role in entry.words)
            if distance > NEAR_SENTENCES and not known:
                continue
            if (fit := _fit(entry, match, pronoun=pronoun)) <= 0 or (state and not known):
                continue
            salience = fit + entry.source + 1.5 * entry.subject - 0.5 * distance - 0.05 * age
            if best is None or salience > best[0]:
                best = (salience, entry)
        return best[1] if best else None

    def _state_of_place(self, span: Span, match: PartyMatch) -> Party | None:
        """Give the state of a place that a role is named with ("the Kharkiv governor", "the region's governor")."""
        if match.role is None:
            return None
        phrase = phrase_of(span)
        inside = [t for t in self._toponyms if phrase.start <= t.tokens[0] < phrase.end and t.mention.country]
        return self._parties.state(inside[0].mention.country or "") if inside else None

    def speaker_around(self, sentence: int, block: int) -> Who | None:
        """Give the source whose words a sentence without a source goes on with.

        In order: the same sentence's, the last one before in the same block, the first one after it, the last before.
        """
        sources = [entry for entry in self._spoken if entry.source]
        here = [e for e in sources if self._block_of[e.token] == block]
        before = [e for e in sources if 0 < sentence - e.sentence <= SPEAKER_SENTENCES]
        for found in (
            [e for e in here if e.sentence == sentence][:1],
            [e for e in here if e.sentence < sentence][-1:],
            [e for e in here if e.sentence > sentence][:1],
            before[-1:],
        ):
            if found:
                return Who(party=found[0].party, rule="party.continued", score=0.7)
        return None

    def reports(self) -> Who:
        """Give the claimant of hedges without an agent."""
        return Who(party=self._parties[REPORTS], rule="party.reports", score=0.9)

    def narrator(self) -> Who:
        """Give the article's own voice."""
        return Who(party=NARRATOR, rule="party.narrator", score=1.0)


def _fit(entry: Spoken, match: PartyMatch, *, pronoun: bool) -> float:
    """Say how well a party agrees with words in number, person, gender and role; 0 where it does not."""
    if match.gender and entry.gender and match.gender != entry.gender:
        return 0.0
    if pronoun:
        if match.number == "plural":
            return 2.0 if entry.plural else 0.5
        if match.person:
            return 1.5 if entry.person else 0.3 * entry.source
        return 0.0 if entry.person else 1.5
    return 3.0 if match.role and match.role in entry.words else 1.0
