"""Events and parties, events and dates: whose words they are, who acts, and when."""

from __future__ import annotations

import dataclasses
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import groupby, takewhile
from typing import TYPE_CHECKING

import msgspec

from claimkit.actor_phrases import OWNING
from claimkit.actors import NARRATING, Discourse
from claimkit.antecedents import SUFFERED, UNSIDED, can_act
from claimkit.cues import Cues
from claimkit.dates import DateMention, resolve
from claimkit.dependencies import OWNERS, SUBJECTS
from claimkit.doers import doers, leaves_doer_out
from claimkit.frames import TokenSpan, Voice
from claimkit.inflicting import TAKING, beaten, inflicting
from claimkit.joint_sources import Speaker, speakers
from claimkit.party_sorts import NOBODY
from claimkit.quotations import first_person, quotations
from claimkit.reading import About, Draft, Reading, Who
from claimkit.records import GAINS, REJECTING, Modality, PartyKind, Stance
from claimkit.remarks import points_back
from claimkit.settings import Settings

if TYPE_CHECKING:
    from spacy.tokens import Doc

RECENT = 2
"""Sentences back to what somebody denies without naming it: "The army denied the report"."""


def link_parties(reading: Reading, discourse: Discourse, *, settings: Settings) -> None:
    """Set claimant, relays and actor of every draft: named sources in the order of the text, then the unnamed.

    "We" and "I" come after the other sources, since they are whoever the words around are said by. An event that one
    asserts and another denies, doubts or grants has the actor that it has for the one who asserts it.
    """
    named = [draft for draft in reading.drafts if draft.attribution.source]
    spoken = {source: speakers(reading.doc, source) for d in named if (source := d.attribution.source)}
    ordered = sorted(named, key=lambda d: _turn(reading.doc, d))
    for source, drafts in groupby(ordered, key=lambda d: d.attribution.source or (0, 0)):
        beside = (discourse.unsided(speaker.name) for speaker in spoken[source] if speaker.name != source)
        _link_source(reading, source, list(drafts), named, discourse, frozenset().union(*beside))
    reading.drafts = [each for draft in reading.drafts for each in _each_speaker(draft, discourse, spoken)]
    quotes = quotations(reading.doc)
    for draft in reading.drafts:
        if draft.claimant is None:
            draft.claimant = _unnamed(reading, draft, named, discourse, quotes)
    asserted = {id(d.mention) for d in named if d.attribution.stance is Stance.ASSERT}
    acting: dict[int, Who | None] = {}
    replies: list[Draft] = []
    for draft in reading.drafts:
        if draft.attribution.stance is not Stance.ASSERT and id(draft.mention) in asserted:
            replies.append(draft)
            continue
        draft.actor = acting[id(draft.mention)] = link_actor(reading, draft, discourse, settings=settings)
        discourse.note_actor(_about(draft), draft.actor)
    for draft in replies:
        draft.actor = acting[id(draft.mention)]


def _link_source(
    reading: Reading, source: TokenSpan, drafts: Sequence[Draft], named: Sequence[Draft], discourse: Discourse,
    unsided: frozenset[str],
) -> None:  # fmt: skip
    """Set claimant and relays of all that one source says: one party, except where that is ruled out."""
    alike: dict[frozenset[str], list[Draft]] = {}
    for draft in drafts:
        alike.setdefault(_of_another_mind(reading, draft, named) | unsided, []).append(draft)
    for ruled_out, same in alike.items():
        (about, chances), *also = [
            (_about(d, ruled_out=ruled_out, done_by=_done_by(reading, d, discourse)), d.attribution.speakers)
            for d in same
        ]
        claimant = discourse.who(source, source=True, about=about, chances=chances, also=also)
        for draft in same:
            draft.claimant = claimant
    for draft in drafts:
        draft.relays = tuple((span, discourse.who(span, source=False).party.id) for span in draft.attribution.relays)


def _turn(doc: Doc, draft: Draft) -> tuple[bool, TokenSpan, int]:
    source = draft.attribution.source or (0, 0)
    return first_person(doc[source[0] : source[1]]), source, draft.mention.predicate


def _each_speaker(draft: Draft, discourse: Discourse, spoken: Mapping[TokenSpan, Sequence[Speaker]]) -> list[Draft]:
    """Give a claim for each party that speaks with its source, itself first, with the words that name it."""
    source = draft.attribution.source
    if source is None or draft.claimant is None:
        return [draft]
    if pair := discourse.both(source, about=_about(draft)):
        return [dataclasses.replace(draft, claimant=who, together=tuple(pair)) for who in pair]
    found = {draft.claimant.party.id: draft}
    for speaker in spoken[source]:
        own = source[0] <= speaker.name[0] < source[1]
        if speaker.name == source:
            who: Who | None = draft.claimant
        elif discourse.names_somebody(speaker.name):
            who = discourse.who(speaker.name, source=True, about=_about(draft, ruled_out=UNSIDED & found.keys()))
        else:
            who = None
        if who is not None and who.known and (who.party.id not in found or own):
            tie = msgspec.structs.replace(draft.attribution, source=speaker.words)
            found[who.party.id] = dataclasses.replace(draft, attribution=tie, claimant=who)
    together = tuple(each.claimant for each in found.values() if each.claimant) if len(found) > 1 else ()
    return [dataclasses.replace(each, together=together) for each in found.values()]


def _unnamed(
    reading: Reading, draft: Draft, named: Sequence[Draft], discourse: Discourse, quotes: Sequence[TokenSpan]
) -> Who:
    """Tell who speaks where the words name no source: the article, a source of the same cue, or of the words around."""
    tie = draft.attribution
    if tie.voice is Voice.NARRATOR:
        return NARRATING
    if tie.cue:
        twin = next((d for d in named if d.attribution.cue and d.attribution.cue[0] == tie.cue[0]), None)
        if twin is not None and twin.claimant is not None:
            return twin.claimant
        if not any(token.pos_ in ("VERB", "AUX") for token in reading.doc[tie.cue[0] : tie.cue[1]]):
            return discourse.reports()
    elif speaker := _of_quotation(draft, named, quotes):
        return speaker
    speaker = discourse.unnamed(source=True, about=_about(draft), chances=tie.speakers)
    return speaker if speaker.party.kind is not PartyKind.UNKNOWN else discourse.reports()


def _of_quotation(draft: Draft, named: Sequence[Draft], quotes: Sequence[TokenSpan]) -> Who | None:
    """Give the one who is named as saying another part of the same quotation."""
    for start, end in quotes:
        if start <= draft.mention.content[0] < end:
            inside = [d for d in named if d.mention.content[0] < end and start < d.mention.content[1]]
            speakers = {d.claimant.party.id: d.claimant for d in inside if d.claimant}
            if len(speakers) == 1:
                return dataclasses.replace(next(iter(speakers.values())), rule="party.continued")
    return None


def _about(draft: Draft, *, ruled_out: frozenset[str] = frozenset(), done_by: frozenset[str] = frozenset()) -> About:
    tie, mention = draft.attribution, draft.mention
    return About(
        content=mention.content, event=mention.type, stance=tie.stance, sorts=tie.speaking, ruled_out=ruled_out,
        done_by=done_by,
    )  # fmt: skip


def _done_by(reading: Reading, draft: Draft, discourse: Discourse) -> frozenset[str]:
    """Give the parties that are said to do what somebody denies, doubts or admits, here or shortly before."""
    if draft.attribution.stance is Stance.ASSERT:
        return frozenset()
    at, sentence_of = draft.mention.predicate, reading.sentence_of
    latest = bisect_right(reading.mentions, at, key=lambda m: m.predicate)
    before = (reading.mentions[number] for number in range(latest - 1, -1, -1))
    near = takewhile(lambda m: sentence_of[at] - sentence_of[m.predicate] <= RECENT, before)
    return discourse.named_in(frozenset(i for m in near for span in m.actors for i in range(*span)))


def _cue(draft: Draft) -> str:
    """Give the entry of the cue in the lexicon, after the reasons for its stance; empty where it knows none."""
    return next((because.rule for because in draft.attribution.because if because.rule.startswith("cue.")), "")


def _of_another_mind(reading: Reading, draft: Draft, others: Sequence[Draft]) -> frozenset[str]:
    """Give the parties, so far as they are known, that take the other view of the very event.

    Who says P is not who calls P untrue: "the rebels said P, a claim the army denied", "The army denied the claim" as
    the next sentence, "the army denied the rebels' claim that P".
    """
    sentence_of, own, stance = reading.sentence_of, draft.mention, draft.attribution.stance
    source, asserts = draft.attribution.source, stance is Stance.ASSERT
    its_own = source is not None and asserts and reading.doc[slice(*source)].root.tag_ == OWNING
    if stance is Stance.ACKNOWLEDGE or its_own:  # "took back its claim"
        return frozenset()
    views = REJECTING if asserts else frozenset({Stance.ASSERT})
    said = [
        other for other in others
        if other.attribution.stance in views and other.attribution.source != draft.attribution.source
    ]  # fmt: skip
    alike = [other for other in said if other.mention is own]
    pointer = reading.doc[own.predicate]
    owned = any(child.dep_ in OWNERS for child in pointer.children)  # "Ukraine's claim" says whose it is
    if not (alike or asserts or owned) and points_back(reading.doc, own):
        before = [other for other in said if other.mention.content[1] <= own.predicate]
        reach = 1 if pointer.pos_ == "NOUN" else 0  # "that" and "this" also stand for what the same side has said
        near = max((sentence_of[other.mention.predicate] for other in before), default=0)
        within = sentence_of[own.predicate] - near <= reach
        alike = [other for other in before if within and sentence_of[other.mention.predicate] == near]
    return frozenset(other.claimant.party.id for other in alike if other.claimant)


def link_actor(reading: Reading, draft: Draft, discourse: Discourse, *, settings: Settings) -> Who | None:
    """Give the side that does the event (that suffers it, for casualties and surrender).

    Local people, experts and unnamed reports are no side; there is none where two sides do it together. Who denies,
    doubts or admits a gain that nobody is said to make ("denied that the town had fallen") speaks of the other side's.
    """
    mention, acting = draft.mention, draft.attribution.acting
    if among := _among_speakers(reading, draft, discourse):
        return among
    if acting.get(NOBODY, 0.0) >= settings.nobody_ceiling:
        return None
    speaker = draft.claimant.party.id if draft.claimant else None
    cue = _cue(draft)
    against = cue in Cues.default().against and mention.type not in SUFFERED
    judged = draft.attribution.stance is not Stance.ASSERT
    harming, barred = inflicting(reading.doc, mention), beaten(reading.doc, mention)
    own = any(reading.doc[i].pos_ == "PRON" for i in harming)  # "said it had killed 30 soldiers"
    lost = judged and mention.type in GAINS and leaves_doer_out(reading.doc, mention)
    about = About(
        content=mention.content, event=mention.type, speaker=speaker, sorts=acting, cue=cue,
        where=max(mention.place_scores, key=lambda pair: pair[1], default=(-1, 0.0))[0],
        ruled_out=frozenset({speaker} if speaker and (against or lost or own) else ()),
    )  # fmt: skip
    named = doers(reading, draft, others=harming | barred)
    for words in named:
        who = discourse.who(words, source=False, about=about, chances=mention.actors_before)
        if who.party.id in UNSIDED and mention.type in TAKING:
            if people := discourse.people_of(words):
                return people
            break  # "three people were killed": of what country
        if who.known and who.score >= settings.actor_floor and can_act(who.party, about):
            return None if who.party.id in UNSIDED else who
    if any(discourse.is_stateless(words) for words in named):
        return None
    about = dataclasses.replace(about, ruled_out=about.ruled_out | discourse.named_in(harming | barred))
    who = discourse.unnamed(source=False, about=about, chances=mention.actors_before)
    return who if who.score >= settings.absent_actor_floor and who.party.id not in UNSIDED else None


def _among_speakers(reading: Reading, draft: Draft, discourse: Discourse) -> Who | None:
    """Give who acts where two speak of themselves: of "they accused each other" the other, of "their men" each."""
    if len(draft.together) != 2 or draft.attribution.cue is None:
        return None
    start, end = sorted((draft.attribution.cue[0], draft.mention.content[0]))
    if discourse.is_reciprocal((start, end)):
        return next(who for who in draft.together if who != draft.claimant)
    before = reading.doc[draft.mention.content[0] : draft.mention.predicate]
    return draft.claimant if any(word.tag_ == OWNING for word in before) else None


def link_date(reading: Reading, draft: Draft) -> tuple[str | None, str | None]:
    """Give the date of the event and its words: the time the model points to, else one that the predicate governs."""
    doc = reading.doc
    low, high = (doc[i].idx for i in (draft.mention.content[0], draft.mention.content[1] - 1))
    pointed = [doc[start].idx for start, _ in draft.mention.times]
    found = [d for d in reading.dates if any(d.start <= at < d.end for at in pointed)]
    if not found and not pointed:
        found = [d for d in reading.dates if low <= d.start <= high and _governed(doc, d, draft.mention.predicate)]
    future = _to_come(doc, draft)
    for mention in found:
        value = resolve(mention, future=future)
        if value:
            return mention.since or value, mention.text
    return None, None


def _to_come(doc: Doc, draft: Draft) -> bool:
    """Tell whether an event lies ahead; what "may have" or "should have" happened is behind."""
    modality, verb = draft.mention.modality, doc[draft.mention.predicate]
    if modality in (Modality.ACTUAL, Modality.FUTURE):
        return modality is Modality.FUTURE
    while verb.dep_ == "conj" and verb.head != verb and not any(c.dep_ in (*SUBJECTS, "aux") for c in verb.children):
        verb = verb.head
    return not any(child.dep_ == "aux" and child.lemma_ == "have" for child in verb.children)


def _governed(doc: Doc, mention: DateMention, predicate: int) -> bool:
    """Tell whether a time expression hangs on the predicate, not on a clause inside its content."""
    span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
    if span is None:
        return False
    token = span.root
    while token.head.i != token.i and token.i != predicate:
        if token.dep_.startswith(("acl", "ccomp", "advcl")):
            return False
        token = token.head
    return token.i == predicate
