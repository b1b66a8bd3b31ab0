"""Words that name a source or actor → a party, over sentences.

The party table reads names, organs and offices by themselves. What it cannot ("he", "it", "the ministry", "the
spokesman", an unknown name, speech that goes on) is ranked among the parties of the article (``antecedents``).
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import takewhile
from typing import TYPE_CHECKING

from claimkit.actor_phrases import antecedent_of_relative, described, descriptions, named_after, owner_of, phrase_of
from claimkit.acts import Acts
from claimkit.antecedent_features import featured, weighed
from claimkit.antecedents import (
    DEFAULTS,
    KNOWN_SCORE,
    OFFICES,
    ORGANISATION,
    PRONOUNS,
    REACH,
    REPORTS,
    STATELESS,
    UNNAMED_FORMS,
    UNSIDED,
    Candidate,
    Pointer,
    Spoken,
    can_act,
    certain,
    form_of,
    gathered,
    is_known,
    narrowed,
    origin_of,
    rule_of,
    take_sides,
)
from claimkit.countries import Countries
from claimkit.critics import Critics
from claimkit.dependencies import SUBJECTS
from claimkit.frames import TokenSpan
from claimkit.introductions import PERSON, Introductions
from claimkit.parties import Parties, PartyMatch
from claimkit.party_head import EXPERTS
from claimkit.publisher import Publisher
from claimkit.quotations import first_person
from claimkit.ranking import Chances, Ranker
from claimkit.reading import About, Toponym, Who
from claimkit.records import Party, PartyKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

NARRATOR = Party(id="NARRATOR", name="Narrator", kind=PartyKind.NARRATOR)
NARRATING = Who(party=NARRATOR, rule="party.narrator", score=1.0)

PLURAL = "NNS"
"""Tags of "its" and "their", and of plural common nouns: "residents" are they, though their party is one."""


class Discourse:
    """The parties of one article in the order in which they come up."""

    def __init__(
        self, doc: Doc, parties: Parties, *, on: date | None, sentence_of: list[int], block_of: list[int],
        toponyms: Sequence[Toponym], outlet: str | None = None, floor: float = 0.0,
    ) -> None:  # fmt: skip
        self._doc, self._parties, self._on = doc, parties, on
        self._sentence_of, self._block_of = sentence_of, block_of
        self._countries = Countries(toponyms, sentence_of)
        self._publisher, self._floor = Publisher(outlet, parties), floor
        self._acts = Acts()
        self._critics = Critics(doc, parties, on=on, sentence_of=sentence_of)
        self._people = Introductions(doc, parties, self._countries, sentence_of=sentence_of, read=self._read)
        self._spoken = sorted(self._named(), key=lambda entry: entry.token)

    def _named(self) -> Iterator[Spoken]:
        """Give the parties that the text names, with the phrase that names them: "the Lebanese army" of the demonym."""
        for hit in self._parties.find(self._doc.text):
            span = self._doc.char_span(hit.start, hit.end, alignment_mode="expand")
            if len(hit.parties) != 1 or span is None or self._sentence_of[span.start] < 0:
                continue
            people = hit.match == "demonym"
            whole = described(span) if people else named_after(span)
            match = self._parties.lookup(whole.text, on=self._on) if whole is not None else None
            if whole is not None and match and match.party and is_known(match) and (people or match.role):
                yield self._entry(whole, match.party, match, source=False)
            elif not people:
                yield self._entry(span, self._parties[hit.parties[0]], None, source=False)
        for ent in self._doc.ents:
            if ent.label_ == PERSON and (party := self._people.party_of(ent)):
                yield self._entry(ent, party, self._parties.lookup(phrase_of(ent).text, on=self._on), source=False)
            elif ent.label_ == ORGANISATION and self._sentence_of[ent.start] >= 0:
                match = self._parties.lookup(ent.text, on=self._on)
                if match.derived and match.party and match.party.kind is PartyKind.BODY:
                    yield self._entry(ent, match.party, match, source=False)

    def _entry(self, span: Span, party: Party, match: PartyMatch | None, *, source: bool) -> Spoken:
        phrase = phrase_of(span)
        return Spoken(
            token=span.start, end=span.end, sentence=self._sentence_of[span.start],
            block=self._block_of[span.start], party=party,
            head=phrase.root.lemma_.lower(),
            words=frozenset(token.lemma_.lower() for token in phrase if token.is_alpha),
            plural=bool(match and match.number == "plural") or span.root.tag_ == PLURAL,
            person=span.label_ == "PERSON" or bool(match and match.person),
            gender=match.gender if match else None, source=source, subject=span.root.dep_ in SUBJECTS,
        )  # fmt: skip

    def who(
        self, words: TokenSpan, *, source: bool, about: About | None = None, chances: Chances = (),
        also: Sequence[tuple[About, Chances]] = (),
    ) -> Who:  # fmt: skip
        """Tell whom the words stand for; a source is remembered for the words that come after it.

        Args:
            words: the tokens of a source or an actor.
            source: whether it is a source.
            about: what is said or done.
            chances: tokens further up that the model takes for naming the same.
            also: both of what else the same words say, so that they stand for one party in all.
        """
        span = antecedent_of_relative(self._doc[words[0] : words[1]])
        match = self._read(span)
        if self._publisher.is_named(span.text):
            sure: Who | None = Who(party=self._publisher.party, rule="party.outlet", score=0.9)
        else:
            sure = certain(match, named_as=span.root.ent_type_) or self._introduced(span)
        pointers = [self._pointer(span, match, *heard) for heard in ((about or About(), chances), *also)]
        found = sure or self._ranked(pointers, span, source=source)
        if source and found.party.kind is not PartyKind.UNKNOWN:
            insort(self._spoken, self._entry(span, found.party, match, source=True), key=lambda entry: entry.token)
            self._people.meet(span, found.party)
        return found

    def unnamed(self, *, source: bool, about: About, chances: Chances = ()) -> Who:
        """Tell whose words a content without a source goes on with, or who does an event whose words name no one."""
        start = about.content[0]
        pointer = Pointer(
            start=start, sentence=self._sentence_of[start], block=self._block_of[start], form="none", word="",
            match=None, about=about, chances=chances,
        )  # fmt: skip
        return self._ranked([pointer], None, source=source)

    def note_actor(self, about: About, who: Who | None) -> None:
        """Remember who does an event, for the events after it."""
        if who is not None:
            self._acts.note(about.event, who.party.id)

    def names_somebody(self, words: TokenSpan) -> bool:
        """Tell whether words by themselves say that they mean a party: a name of the table, or a noun for people."""
        span = self._doc[words[0] : words[1]]
        match = self._parties.lookup(span.text, on=self._on)
        named = bool(match.party or match.candidates) and not match.derived
        return named or match.role is not None or self._people.of(span) is not None

    def named_in(self, words: frozenset[int]) -> frozenset[str]:
        """Give the parties that names among some words name."""
        edges = (min(words, default=0), max(words, default=-1) + 1)
        low, high = (bisect_left(self._spoken, edge, key=lambda entry: entry.token) for edge in edges)
        return frozenset(entry.party.id for entry in self._spoken[low:high] if entry.token in words)

    def unsided(self, words: TokenSpan) -> frozenset[str]:
        """Give the party of no side that words name by themselves: of "residents" RESIDENTS."""
        party = self._parties.lookup(self._doc[words[0] : words[1]].text, on=self._on).party
        return frozenset({party.id} if party else ()) & UNSIDED

    def people_of(self, words: TokenSpan) -> Who | None:
        """Give the state whose people words of no side name: "three Lebanese civilians"."""
        state = self._parties.lookup(self._doc[words[0] : words[1]].text, on=self._on).people
        return Who(party=state, rule="party.people", score=KNOWN_SCORE) if state else None

    def is_reciprocal(self, words: TokenSpan) -> bool:
        """Tell whether words have "each other" or the like among them."""
        text = f" {self._doc[words[0] : words[1]].text.lower()} "
        return any(f" {phrase} " in text for phrase in self._parties.reciprocal)

    def is_stateless(self, words: TokenSpan) -> bool:
        """Tell whether words stand for no state: "gunmen", "the rebels"."""
        return self._parties.noun_kind(self._doc[words[0] : words[1]].root.lemma_.lower()) in STATELESS

    def both(self, words: TokenSpan, *, about: About) -> list[Who]:
        """Give the two parties that "both armies" or "each side" stand for: the likeliest two, opponents first."""
        span = self._doc[words[0] : words[1]]
        text = f"{span.text.lower()} "
        pairs = text.startswith(self._parties.pairing) or any(f" of {words}" in text for words in self._parties.pairing)
        if not pairs or (match := self._parties.lookup(span.text, on=self._on)).party:
            return []
        pointer = replace(self._pointer(span, match, about, ()), form="thing")
        sides = [c for c in self.candidates(pointer, span) if c.party.id not in UNSIDED and c.entries]
        scores = Ranker.named("source").chances(list(featured(pointer, sides)), or_none=True)
        ranked = [c.party for _, c in sorted(zip(scores, sides, strict=True), key=lambda pair: -pair[0])]
        peers = [p for p in ranked if p.kind is ranked[0].kind and self._parties.opposes(ranked[0].id, p.id)]
        pair = dict.fromkeys((*ranked[:1], *peers, *ranked[1:]))
        return [Who(party=party, rule="party.pair", score=KNOWN_SCORE) for party in list(pair)[:2]]

    def _read(self, span: Span) -> PartyMatch:
        """Read the words, or what stands around them, where that says more."""
        match = self._parties.lookup(span.text, on=self._on)
        if (match.party and match.score >= KNOWN_SCORE) or span.root.pos_ == "PRON":
            return match
        for whole in descriptions(span):
            wider = self._parties.lookup(whole.text, on=self._on) if len(whole) > len(span) else match
            beside = match.role and wider.match == "group"  # "six people died, police said"
            if is_known(wider) and not beside:
                return wider
            if match.derived and wider.role and wider.needs_antecedent:
                match = wider
        return match

    def _introduced(self, span: Span) -> Who | None:
        party = self._people.of(span)
        return Who(party=party, rule="party.introduced", score=0.9) if party else None

    def _pointer(self, span: Span, match: PartyMatch, about: About, chances: Chances) -> Pointer:
        root = span.root
        pronoun = root.pos_ == "PRON"
        word = PRONOUNS.get(root.lower_, root.lower_) if pronoun else self._parties.singular(match.role or "")
        form = "we" if first_person(span) else form_of(match, pronoun=pronoun)
        return Pointer(
            start=span.start, sentence=self._sentence_of[span.start], block=self._block_of[span.start], form=form,
            word=word, match=match, about=about, chances=chances, definite=span[0].lower_ == "the",
            noun=self._parties.noun_kind(match.role or "") or self._people.noun_of(span), label=root.ent_type_,
            owner=owner_of(span),
        )  # fmt: skip

    def _ranked(self, pointers: Sequence[Pointer], span: Span | None, *, source: bool) -> Who:
        """Give the likeliest of the parties that words can stand for, in all that they say or do."""
        heard = [(pointer, self.candidates(pointer, span)) for pointer in pointers]
        found, pointer = weighed(heard, Ranker.named("source" if source else "actor")), pointers[0]
        if not found or found[0][1] < self._floor:
            if pointer.match and pointer.match.derived and pointer.match.party:
                return Who(party=pointer.match.party, rule="party.derived", score=pointer.match.score)
            name = span.text if span is not None else ""
            return Who(party=Party(id="UNKNOWN", name=name, kind=PartyKind.UNKNOWN), rule="party.unknown", score=0.1)
        return Who(party=found[0][0].party, rule=rule_of(pointer, found[0][0]), score=found[0][1])

    def candidates(self, pointer: Pointer, span: Span | None) -> list[Candidate]:
        """Give the parties that words can stand for."""
        unnamed = pointer.form in UNNAMED_FORMS and pointer.noun not in OFFICES and pointer.label != ORGANISATION
        own: list[tuple[str, Party]] = [("default", self._parties[code]) for code in DEFAULTS if unnamed]
        if pointer.form == "none" and pointer.about.sorts and not pointer.acts:
            own += [("default", self._parties[code]) for code in (*DEFAULTS, REPORTS)]
        if span is not None and pointer.match is not None:
            match = pointer.match
            named = [match.party] if match.party else list(match.candidates)
            if match.served:
                own += [("served", match.served), ("default", self._parties[EXPERTS])]
            own += [(origin_of(match), party) for party in named]
            own += self._people.readings(span)
            if pointer.noun in STATELESS:
                near = self._countries.near(pointer.sentence, before=pointer.start)
                countries = dict.fromkeys([near or "", *self._countries.most])
                fighters = [self._parties.fighters(country, pointer.word) for country in countries]
                own += [("of-country", party) for party in fighters if party]
            if self._publisher and (pointer.form == "we" or (match.party and match.party.id == REPORTS)):
                own.append(("publisher", self._publisher.party))
        gender = pointer.match.gender if pointer.match else None
        low = bisect_left(self._spoken, pointer.sentence - REACH, key=lambda entry: entry.sentence)
        high = bisect_left(self._spoken, pointer.sentence + REACH, lo=low, key=lambda entry: entry.sentence)
        early = takewhile(lambda entry: entry.sentence <= 1, self._spoken[:low])
        within = [*early, *self._spoken[low:high]]
        found = gathered(within, self._states(pointer, span), own, gender=gender)
        if pointer.match and len(pointer.match.candidates) > 1 and not pointer.match.derived:
            found = [candidate for candidate in found if candidate.party in pointer.match.candidates]
        if pointer.match and pointer.match.served:
            found = [candidate for candidate in found if candidate.origins & {"self", "served", "group", "default"}]
        found = narrowed(pointer, found)
        barred = pointer.about.ruled_out | (self._critics.opposed(span) if span is not None else frozenset())
        found = [candidate for candidate in found if candidate.party.id not in barred]
        if pointer.acts:
            found = [candidate for candidate in found if can_act(candidate.party, pointer.about)]
            self._acts.mark(found, pointer.about.event)
        if speaker := pointer.about.speaker:
            own_side = self._publisher.side if speaker == NARRATOR.id else ""
            take_sides(found, own_side or speaker, opposes=self._parties.opposes)
        return found

    def _states(self, pointer: Pointer, span: Span | None) -> Iterator[tuple[str, Party]]:
        """Give the states of places: the event's, those in the phrase, the last, the most named, the first of all."""
        whole = phrase_of(span) if span is not None else None
        phrase = (whole.start, whole.end) if whole is not None else None
        for origin, country in self._countries.around(
            pointer.sentence, before=pointer.start, phrase=phrase, where=pointer.about.where
        ):
            if state := self._parties.state(country):
                yield origin, state

    def reports(self) -> Who:
        """Give the claimant of hedges without an agent."""
        return Who(party=self._parties[REPORTS], rule="party.reports", score=0.9)
