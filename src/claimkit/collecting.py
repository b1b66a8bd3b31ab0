"""Drafts → the records of the claims, and the counts of what was not used."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING

from claimkit.confidence import confidence
from claimkit.frames import Because, TokenSpan
from claimkit.parties import Parties
from claimkit.reading import Draft, Reading
from claimkit.records import (
    GAINS,
    READ_KINDS,
    Block,
    Claim,
    DocumentReport,
    Event,
    EventType,
    Party,
    PartyKind,
    Reason,
    Relay,
    Span,
    Stance,
)  # fmt: skip

if TYPE_CHECKING:
    from spacy.tokens import Doc

UNKNOWN = Party(id="UNKNOWN", name="Unknown", kind=PartyKind.UNKNOWN)
OWN_LOSSES = frozenset({EventType.CASUALTIES, EventType.SURRENDER, EventType.WITHDRAW})
GRANTED = frozenset({Stance.ASSERT, Stance.ACKNOWLEDGE})
SURE_ACTOR = 0.6
"""Chance of an actor from which a claim can be flagged as against the claimant's interest."""
ENDING = frozenset({".", "!", "?", "…", "..."})
ID_LENGTH = 12


def claims(reading: Reading, *, parties: Parties) -> tuple[Claim, ...]:
    """Write the claims of an article, in order of content start, content end and claimant, each once."""
    found = {claim.id: claim for claim in (claim_of(reading, draft, parties=parties) for draft in reading.drafts)}
    return tuple(sorted(found.values(), key=lambda c: (c.content.start, c.content.end, c.claimant.id, c.stance, c.id)))


def _span(reading: Reading, tokens: TokenSpan) -> Span:
    doc = reading.doc
    return Span.cut(reading.document.text, doc[tokens[0]].idx, doc[tokens[1] - 1].idx + len(doc[tokens[1] - 1]))


def _sentence(reading: Reading, predicate: int) -> Span:
    sentence = reading.sentences[reading.sentence_of[predicate]]
    words = [token.i for token in sentence if not token.is_space]
    return _span(reading, (words[0], words[-1] + 1))


def claim_of(reading: Reading, draft: Draft, *, parties: Parties) -> Claim:
    """Write one claim."""
    mention, tie = draft.mention, draft.attribution
    claimant = draft.claimant.party if draft.claimant else UNKNOWN
    content = _span(reading, mention.content)
    source = _span(reading, tie.source) if tie.source else None
    return Claim(
        id=claim_id(
            reading.document.sha256, content=(content.start, content.end), source=source.start if source else None,
            claimant=claimant.id, stance=tie.stance, event=mention.type,
        ),
        document=reading.document.path,
        published=reading.document.published,
        outlet=reading.document.outlet,
        sentence=_sentence(reading, mention.predicate),
        content=content,
        cue=_span(reading, tie.cue) if tie.cue else None,
        source=source,
        relay=tuple(_relay(reading, span, code) for span, code in draft.relays),
        claimant=claimant,
        stance=tie.stance,
        event=Event(
            type=mention.type, actor=draft.actor.party.id if draft.actor else None, modality=mention.modality,
            date=draft.date, date_text=draft.date_text,
        ),
        places=tuple(toponym.mention for toponym in draft.places),
        against_interest=against_interest(
            claimant.id, actor=draft.actor.party.id if draft.actor and draft.actor.score >= SURE_ACTOR else None,
            stance=tie.stance, event=mention.type, parties=parties,
        ),
        confidence=confidence(draft),
        because=tuple(_reasons(reading, draft)),
    )  # fmt: skip


def claim_id(
    sha256: str, *, content: tuple[int, int], source: int | None, claimant: str, stance: Stance, event: EventType
) -> str:
    """Give a claim's id, which depends on nothing but the article and what is claimed in it.

    Args:
        sha256: the article's digest.
        content: where the content starts and ends, in code points.
        source: where the source starts.
        claimant: the claimant's code.
        stance: what the claimant does with the content.
        event: the class of the event.
    """
    parts = (sha256, *content, "" if source is None else source, claimant, stance, event)
    return "c-" + hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()[:ID_LENGTH]


def _relay(reading: Reading, span: TokenSpan, code: str) -> Relay:
    words = _span(reading, span)
    return Relay(start=words.start, end=words.end, text=words.text, claimant=code)


def _reasons(reading: Reading, draft: Draft) -> Iterable[Reason]:
    own: list[Because] = [*draft.mention.because, *draft.attribution.because]
    for because in own:
        words = _span(reading, because.span)
        yield Reason(rule=because.rule, start=words.start, end=words.end, score=because.score)
    for who, span in ((draft.claimant, draft.attribution.source), (draft.actor, None)):
        if who is not None:
            words = _span(reading, span or draft.mention.content)
            yield Reason(rule=who.rule, start=words.start, end=words.end, score=round(who.score, 3))


def against_interest(claimant: str, *, actor: str | None, stance: Stance, event: EventType, parties: Parties) -> bool:
    """Tell whether a side reports its own loss, retreat or casualties, or the other side's gain."""
    if actor is None or stance not in GRANTED:
        return False
    if event in OWN_LOSSES:
        return actor == claimant
    return event in GAINS and bool(parties.opposes(claimant, actor))


def _stops(doc: Doc, block: Block) -> int:
    """Count the sentences of a paragraph that was not parsed by the marks that end them."""
    span = doc.char_span(block.start, block.end, alignment_mode="expand")
    return max(1, sum(token.text in ENDING for token in span or ()))


def report(reading: Reading) -> DocumentReport:
    """Give what is said of an article beside its claims."""
    document = reading.document
    read = {c.sentence.start for c in reading.claims}
    unresolved = {(place.start, place.end) for claim in reading.claims for place in claim.places if place.id is None}
    cues = {group.start for name in ("cue",) if name in reading.doc.spans for group in reading.doc.spans[name]} - {
        draft.attribution.cue[0] for draft in reading.drafts if draft.attribution.cue
    }
    return DocumentReport(
        path=document.path, sha256=document.sha256, encoding=document.encoding, title=document.title,
        outlet=document.outlet, byline=document.byline, published=document.published,
        published_from=document.published_from,
        words=sum(not (token.is_space or token.is_punct) for token in reading.doc),
        sentences=len(reading.sentences) + sum(_stops(reading.doc, block) for block in reading.passed_over),
        sentences_read=len(reading.sentences),
        sentences_with_claims=len(read),
        furniture=sum(block.kind not in READ_KINDS for block in document.blocks),
        paragraphs_passed_over=len(reading.passed_over),
        claims=len(reading.claims),
        cues_without_claim=len(cues),
        claims_without_claimant=sum(claim.claimant.kind is PartyKind.UNKNOWN for claim in reading.claims),
        places_unresolved=len(unresolved),
        warnings=document.warnings,
    )  # fmt: skip
