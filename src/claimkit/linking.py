"""Events and places, events and dates, events and actors: which of the article's places, times and parties are whose."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from claimkit.actors import Discourse
from claimkit.dates import DateMention, resolve
from claimkit.frames import EventMention, TokenSpan, Voice
from claimkit.places import is_settlement
from claimkit.reading import Draft, Reading, Toponym, Who
from claimkit.records import EventType, Modality

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "nsubjpass"})
OWNERS = frozenset({"nmod:poss", "poss"})
DEFINITE = frozenset({"city", "town", "village", "settlement", "hub", "stronghold", "area", "camp"})
REPEATABLE = frozenset({"region", "oblast", "district", "raion", "country"})
"""Kinds of containing places that are left out where a place inside them is named beside them."""


def link_places(reading: Reading, draft: Draft) -> tuple[Toponym, ...]:
    """Give the places of an event: those that the model points to, else those in its content that are no owners.

    "the city", "there" stand for the settlement that the article named last before.
    """
    low, high = draft.mention.content
    inside = [t for t in reading.toponyms if low <= t.tokens[0] < high]
    pointed = {start for start, _ in draft.mention.places}
    chosen = [t for t in reading.toponyms if pointed.intersection(range(*t.tokens))]
    if not chosen:
        chosen = [t for t in inside if not _is_owner(reading.doc, t) and not _is_agent(reading.doc, t)]
    chosen = _without_containers(reading.doc, chosen)
    if not chosen and (before := _referred(reading, draft.mention, DEFINITE)):
        chosen = [before]
    return tuple({t.mention.id or t.mention.text: t for t in chosen}.values())


def _is_owner(doc: Doc, toponym: Toponym) -> bool:
    start, end = toponym.tokens
    root = doc[start:end].root
    return root.dep_ in OWNERS or (end < len(doc) and doc[end].tag_ == "POS")


def _is_agent(doc: Doc, toponym: Toponym) -> bool:
    root = doc[toponym.tokens[0] : toponym.tokens[1]].root
    country = toponym.mention.kind == "country" or toponym.mention.kind is None
    case = [child for child in root.children if child.dep_ == "case"]
    return (root.dep_ in SUBJECTS and not is_affected(root)) or (country and not case)


def is_affected(token: Token) -> bool:
    """Tell whether a subject is what the event happens to ("P fell", "P was shelled")."""
    return token.dep_ in ("nsubj:pass", "nsubjpass")


def _without_containers(doc: Doc, chosen: Sequence[Toponym]) -> list[Toponym]:
    """Leave out a region or country that only says where another of the places is."""
    settled = [t for t in chosen if t.mention.kind not in REPEATABLE]
    if not settled:
        return list(chosen)
    return [
        t for t in chosen
        if t.mention.kind not in REPEATABLE
        or not any(_contains(t, other) for other in settled)
    ]  # fmt: skip


def _contains(container: Toponym, inner: Toponym) -> bool:
    one, other = container.mention, inner.mention
    if one.kind == "country":
        return one.country == other.country or other.country is None
    return one.name == other.admin1 or other.admin1 is None


def _referred(reading: Reading, mention: EventMention, definite: frozenset[str]) -> Toponym | None:
    """Give the place that "the city", "the town", "there" in the content stands for."""
    low, high = mention.content
    for token in reading.doc[low:high]:
        if token.lower_ == "there" and token.dep_ == "expl":
            continue
        named = token.lemma_.lower() in definite and any(c.lower_ in ("the", "this", "that") for c in token.children)
        if named or (token.lower_ == "there" and token.dep_ == "advmod"):
            before = [t for t in reading.toponyms if t.tokens[0] < token.i and is_settlement(t)]
            return before[-1] if before else None
    return None


def link_parties(reading: Reading, discourse: Discourse) -> None:
    """Set claimant, relays and actor of every draft, in the order of the text."""
    for draft in reading.drafts:
        tie = draft.attribution
        if tie.voice is Voice.NARRATOR:
            draft.claimant = discourse.narrator()
        elif tie.source:
            draft.claimant = discourse.who(tie.source, source=True)
            draft.relays = tuple((span, discourse.who(span, source=False).party.id) for span in tie.relays)
        else:
            before = discourse.speaker_before(draft.mention.predicate)
            draft.claimant = discourse.reports() if tie.cue or before is None else before
        draft.actor = link_actor(reading, draft, discourse)


def link_actor(reading: Reading, draft: Draft, discourse: Discourse) -> Who | None:
    """Give the side that does the event (that suffers it, for casualties and surrender)."""
    if draft.mention.type in (EventType.NEGOTIATE,) and not draft.mention.actors:
        return None
    for span in draft.mention.actors or _actor_spans(reading, draft):
        who = discourse.who(_mention_around(reading, span), source=False)
        if who.party.id not in ("UNKNOWN", "REPORTS") and who.score >= 0.5:
            return who
    return None


def _actor_spans(reading: Reading, draft: Draft) -> tuple[TokenSpan, ...]:
    predicate = reading.doc[draft.mention.predicate]
    subjects = [child for child in predicate.children if child.dep_ in SUBJECTS or child.dep_ == "obl:agent"]
    return tuple((child.i, child.i + 1) for child in subjects[:1])


def _mention_around(reading: Reading, span: TokenSpan) -> TokenSpan:
    """Widen the first word of a mention to its noun phrase's words before and its name after."""
    token = reading.doc[span[0]]
    head = token
    while head.dep_ in ("amod", "compound", "nmod:poss", "poss", "flat", "det") and head.head.i != head.i:
        head = head.head
    if head.pos_ not in ("NOUN", "PROPN", "PRON"):
        head = token
    start = min(span[0], *(c.i for c in head.children if c.dep_ in ("amod", "compound", "nmod:poss", "det", "poss")), head.i)
    return start, max(head.i + 1, span[1])


def link_date(reading: Reading, draft: Draft) -> tuple[str | None, str | None]:
    """Give the date of the event and its words: the time that the model points to, else one in the content."""
    low, high = (reading.doc[i].idx for i in (draft.mention.content[0], draft.mention.content[1] - 1))
    pointed = [reading.doc[start].idx for start, _ in draft.mention.times]
    found = [d for d in reading.dates if any(d.start <= at < d.end for at in pointed)]
    if not found and not draft.mention.times:
        found = [d for d in reading.dates if low <= d.start <= high and _governed(reading.doc, d, draft.mention.predicate)]
    future = draft.mention.modality is not Modality.ACTUAL
    for mention in found:
        if value := resolve(mention, future=future):
            return value, mention.text
    return None, None


def _governed(doc: Doc, date: DateMention, predicate: int) -> bool:
    """Tell whether a time expression hangs on the predicate, not on a clause inside its content."""
    span = doc.char_span(date.start, date.end, alignment_mode="expand")
    if span is None:
        return False
    token = span.root
    while token.head.i != token.i and token.i != predicate:
        if token.dep_.startswith(("acl", "ccomp", "advcl")):
            return False
        token = token.head
    return token.i == predicate
