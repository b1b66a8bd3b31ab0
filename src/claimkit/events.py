"""Doc → event mentions: predicate, class, modality, content and the words of the roles.

The packaged model reads them off its claim graph; with another pipeline the lexicon and rules alone do
(``event_rules``).
"""

from __future__ import annotations

from spacy.tokens import Doc

from claimkit.frames import Because, EventMention, TokenSpan
from claimkit.nlp.graph import GRAPH, Predicate
from claimkit.records import EventType, Modality
from claimkit.settings import Settings


def find(doc: Doc, *, settings: Settings) -> tuple[EventMention, ...]:
    """Find the events of a document, in order of their predicates."""
    graph: tuple[Predicate, ...] | None = doc.user_data.get(GRAPH)
    if graph is None:
        from claimkit import event_rules

        return event_rules.find(doc)
    return tuple(_mention(doc, found) for found in graph if found.score >= settings.predicate_floor)


def _mention(doc: Doc, found: Predicate) -> EventMention:
    best = max(found.events, key=lambda name: (found.events[name], name))
    at = (found.word, found.word + 1)
    return EventMention(
        predicate=found.word,
        content=trimmed(doc, found.content),
        type=EventType(best),
        modality=Modality(found.modality),
        actors=tuple((i, i + 1) for i in found.actors),
        places=tuple((i, i + 1) for i in found.places),
        times=tuple((i, i + 1) for i in found.times),
        score=found.score,
        because=(
            Because(rule="model.predicate", span=at, score=round(found.score, 3)),
            Because(rule=f"model.event.{best}", span=at, score=round(found.events[best], 3)),
            Because(rule=f"model.modality.{found.modality}", span=at, score=round(found.modality_score, 3)),
        ),
    )


def trimmed(doc: Doc, span: TokenSpan) -> TokenSpan:
    """Drop punctuation and white space from the ends of a span, but for the quotation marks that open it."""
    start, end = span
    while end - start > 1 and (doc[end - 1].is_space or (doc[end - 1].is_punct and not doc[end - 1].is_right_punct)):
        end -= 1
    while end - start > 1 and (doc[start].is_space or doc[start].text in ",;:."):
        start += 1
    return start, end
