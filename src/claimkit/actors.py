"""Words that name a source or actor → a party, over sentences.

The party table reads names, organs and offices by themselves. What it cannot ("he", "it", "the ministry", "the
spokesman", a surname) is looked for among the parties that the article has spoken of, the latest fitting one first:
sources before mere mentions, number, person and gender must agree (after Lappin and Leass 1994).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from spacy.tokens import Doc, Span

from claimkit.frames import TokenSpan
from claimkit.parties import Parties, PartyMatch
from claimkit.reading import Who
from claimkit.records import Party, PartyKind

NARRATOR = Party(id="NARRATOR", name="Narrator", kind=PartyKind.NARRATOR)
REPORTS = "REPORTS"

NEAR_SENTENCES = 6
"""How far back, in sentences, a pronoun or role word looks for the one it stands for."""
APPOSITION = frozenset({"appos", "acl", "acl:relcl", "nmod", "compound", "flat", "amod", "nmod:poss", "nmod:desc"})
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "nsubjpass"})
KNOWN_SCORE = 0.5
"""From this score on the party table's reading stands; below, what the article said before may know better."""


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """A party that the article spoke of, as far as later words can point back to it."""

    party: Party
    sentence: int
    words: frozenset[str]
    plural: bool
    person: bool
    gender: str | None
    source: bool
    subject: bool


class Discourse:
    """The parties of one article in the order in which they come up."""

    def __init__(self, doc: Doc, parties: Parties, *, on: date | None, sentence_of: list[int]) -> None:
        self._doc, self._parties, self._on, self._sentence_of = doc, parties, on, sentence_of
        self._spoken: list[Spoken] = []
        self._people = dict(self._introductions())
        self._next = 0
        self._mentions = list(self._all_mentions())

    def _introductions(self) -> Iterator[tuple[str, Party]]:
        """Give surname and party of the persons that the article introduces ("Jan Kos, a spokesman for the army")."""
        seen: set[str] = set()
        for ent in self._doc.ents:
            surname = ent[-1].text
            if ent.label_ != "PERSON" or surname in seen:
                continue
            match = self._parties.lookup(phrase_of(ent).text, on=self._on)
            if match.party and match.match != "derived":
                seen.add(surname)
                yield surname, match.party

    def _all_mentions(self) -> Iterator[tuple[int, Spoken]]:
        """Give the named parties of the text with their token, in order."""
        for hit in self._parties.find(self._doc.text):
            span = self._doc.char_span(hit.start, hit.end, alignment_mode="expand")
            if span is None or len(hit.parties) != 1 or hit.match == "demonym":
                continue
            yield span.start, self._entry(span, self._parties[hit.parties[0]], None, source=False)
        for ent in self._doc.ents:
            if ent.label_ == "PERSON" and (party := self._people.get(ent[-1].text)):
                match = self._parties.lookup(phrase_of(ent).text, on=self._on)
                yield ent.start, self._entry(ent, party, match, source=False)

    def _entry(self, span: Span, party: Party, match: PartyMatch | None, *, source: bool) -> Spoken:
        person = span.label_ == "PERSON" or bool(match and match.person)
        return Spoken(
            party=party, sentence=self._sentence_of[span.start],
            words=frozenset(t.lemma_.lower() for t in phrase_of(span) if t.is_alpha),
            plural=bool(match and match.number == "plural"), person=person,
            gender=match.gender if match else None, source=source, subject=span.root.dep_ in SUBJECTS,
        )  # fmt: skip

    def _advance(self, token: int) -> None:
        """Bring what is spoken of up to a token."""
        self._mentions.sort(key=lambda pair: pair[0])
        while self._next < len(self._mentions) and self._mentions[self._next][0] < token:
            self._spoken.append(self._mentions[self._next][1])
            self._next += 1

    def who(self, words: TokenSpan, *, source: bool) -> Who:
        """Tell whom the words stand for; a source is remembered for the words that come after it."""
        self._advance(words[0])
        span = self._doc[words[0] : words[1]]
        match = self._read(span)
        found = self._resolve(span, match)
        if source and found.party.kind is not PartyKind.UNKNOWN:
            self._spoken.append(self._entry(span, found.party, match, source=True))
        return found

    def _read(self, span: Span) -> PartyMatch:
        match = self._parties.lookup(span.text, on=self._on)
        if match.party and match.score >= KNOWN_SCORE:
            return match
        whole = phrase_of(span)
        if len(whole) > len(span):
            wider = self._parties.lookup(whole.text, on=self._on)
            if wider.party and wider.score > match.score:
                return wider
        return match

    def _resolve(self, span: Span, match: PartyMatch) -> Who:
        if match.party and match.score >= KNOWN_SCORE:
            return Who(party=match.party, rule=f"party.{match.match}", score=match.score)
        introduced = next((self._people[t.text] for t in reversed(list(span)) if t.text in self._people), None)
        if introduced and not match.needs_antecedent:
            return Who(party=introduced, rule="party.introduced", score=0.9)
        if match.needs_antecedent:
            before = self._antecedent(span, match)
            if before:
                return Who(party=before.party, rule="party.antecedent", score=0.7)
        if match.party:
            return Who(party=match.party, rule=f"party.{match.match}", score=match.score)
        if match.candidates:
            return Who(party=match.candidates[0], rule="party.candidate", score=0.3)
        return Who(party=Party(id="UNKNOWN", name=span.text, kind=PartyKind.UNKNOWN), rule="party.unknown", score=0.1)

    def _antecedent(self, span: Span, match: PartyMatch) -> Spoken | None:
        """Give the latest party that the words can stand for."""
        here = self._sentence_of[span.start]
        pronoun = span.root.pos_ == "PRON"
        best: tuple[float, Spoken] | None = None
        for age, entry in enumerate(reversed(self._spoken)):
            distance = here - entry.sentence
            if distance > NEAR_SENTENCES and not (match.role and match.role in entry.words):
                continue
            if (fit := _fit(entry, match, pronoun)) <= 0:
                continue
            salience = fit + 2.0 * entry.source + entry.subject - 0.5 * distance - 0.05 * age
            if best is None or salience > best[0]:
                best = (salience, entry)
        return best[1] if best else None

    def speaker_before(self, token: int) -> Who | None:
        """Give the source that was speaking last before a token, for quotes that go on without naming it."""
        self._advance(token)
        here = self._sentence_of[token]
        for entry in reversed(self._spoken):
            if entry.source and 0 <= here - entry.sentence <= NEAR_SENTENCES:
                return Who(party=entry.party, rule="party.continued", score=0.7)
        return None

    def reports(self) -> Who:
        """Give the claimant of hedges without an agent."""
        return Who(party=self._parties[REPORTS], rule="party.reports", score=0.9)

    def narrator(self) -> Who:
        """Give the article's own voice."""
        return Who(party=NARRATOR, rule="party.narrator", score=1.0)


def _fit(entry: Spoken, match: PartyMatch, pronoun: bool) -> float:
    if match.gender and entry.gender and match.gender != entry.gender:
        return 0.0
    if match.person and pronoun and match.number == "singular" and not entry.person:
        return 0.3 if entry.source else 0.0
    if pronoun and not match.person and match.number == "singular" and entry.person:
        return 0.0
    if match.number == "plural" and pronoun:
        return 2.0 if entry.plural else 0.5
    if match.role and not pronoun:
        return 3.0 if match.role in entry.words else 1.0
    return 1.5


def phrase_of(span: Span) -> Span:
    """Give the whole noun phrase around a name: its titles before and its appositions after it, one stretch."""
    head = span.root
    while head.dep_ in ("flat", "compound") and head.head.i != head.i and head.head.pos_ in ("PROPN", "NOUN"):
        head = head.head
    first, last = span.start, span.end - 1
    for child in head.children:
        if child.dep_ in APPOSITION or child.dep_ in ("det", "nummod"):
            first = min(first, child.left_edge.i)
            if child.dep_ != "acl:relcl" and child.dep_ != "acl":
                last = max(last, child.right_edge.i)
    return span.doc[first : last + 1]

