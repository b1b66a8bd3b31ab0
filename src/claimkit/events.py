"""Doc → event mentions: predicate, class, modality, content and the words of the roles.

The packaged model's claim graph has the predicates. One counts by its chance to be a claim, of which ``predicates``
judges; its class is the best by the model's probability, on a log scale, and the lexicon's score. With another pipeline
the lexicon and its rules (``event_rules``) decide alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from claimkit import event_rules, predicates
from claimkit.clauses import noun_phrase
from claimkit.frames import Because, EventMention, TokenSpan
from claimkit.labels import tree_of
from claimkit.nlp.graph import GRAPH, Predicate
from claimkit.records import EventType, Modality
from claimkit.settings import Settings
from claimkit.triggers import Classified, Triggers

if TYPE_CHECKING:
    from spacy.tokens import Doc

LEAST = 0.005
"""Probability below which a class is as unlikely as can be."""
RELATIVES = frozenset({"WDT", "WP"})
"""Tags of "which", "that" and "who" that open a relative clause."""


def find(doc: Doc, *, settings: Settings, doubtful: bool = False) -> tuple[EventMention, ...]:
    """Find the events of a document, in order of their predicates.

    Args:
        doc: the parsed text.
        settings: floors and weights.
        doubtful: most of the article tells of no conflict; then none counts unless the model is sure of one.

    Where all events are of no class the article tells of no conflict, and none counts.
    """
    graph: tuple[Predicate, ...] | None = doc.user_data.get(GRAPH)
    if graph is None:
        return event_rules.find(doc)
    triggers = Triggers.default()
    read = [triggers.classify(doc, node.word) for node in graph]
    found = [
        _mention(doc, node, by_lexicon, settings, score=chance)
        for node, by_lexicon, chance in zip(graph, read, predicates.chances(doc, graph, read), strict=True)
        if chance >= settings.predicate_floor
    ]
    if all(mention.type is EventType.OTHER for mention in found):
        return ()
    if (doubtful or len(found) >= settings.off_topic_events) and _surest(graph) < settings.on_topic:
        return ()
    return tuple(sorted(_distinct(found), key=lambda mention: mention.predicate))


def _surest(graph: Sequence[Predicate]) -> float:
    """Give the probability of the surest event of a class: an article in which none is sure is about something else."""
    return max((n.score * max(n.events[kind] for kind in EventType if kind is not EventType.OTHER) for n in graph),
               default=0.0)  # fmt: skip


def _mention(doc: Doc, node: Predicate, by_lexicon: Classified, settings: Settings, *, score: float) -> EventMention:
    kind, why = _class(node, by_lexicon, settings)
    at = (node.word, node.word + 1)
    return EventMention(
        predicate=node.word,
        content=of_relative(doc, trimmed(doc, node.content)),
        type=kind,
        modality=Modality(node.modality),
        negated=event_rules.negated(doc, node.word),
        actors=tuple((i, i + 1) for i in node.actors) or _actor_by_rules(doc, node.word),
        places=tuple((i, i + 1) for i in node.places),
        times=tuple((i, i + 1) for i in node.times),
        place_scores=node.place_scores,
        places_before=node.places_before,
        actors_before=node.actors_before,
        elsewhere=node.elsewhere,
        nowhere=node.nowhere,
        score=score,
        because=(
            Because(rule="model.predicate", span=at, score=round(node.score, 3)),
            Because(rule="claim", span=at, score=round(score, 3)),
            *why,
            Because(rule=f"model.modality.{node.modality}", span=at, score=round(node.modality_score, 3)),
        ),
    )


def _actor_by_rules(doc: Doc, predicate: int) -> tuple[TokenSpan, ...]:
    span = event_rules.actor_span(doc, predicate)
    return (span,) if span else ()


def _class(node: Predicate, by_lexicon: Classified, settings: Settings) -> tuple[EventType, tuple[Because, ...]]:
    """Give the class that is best by the model's probability and the lexicon's score, and the reasons."""
    known = {kind: (score, because) for kind, score, because in by_lexicon}
    weighed = {
        kind: math.log(max(node.events[kind], LEAST)) + settings.lexicon_weight * known.get(kind, (0.0, None))[0]
        for kind in EventType
    }
    weighed[EventType.OTHER] -= settings.other_penalty
    best = max(EventType, key=lambda kind: (weighed[kind], kind))
    why = [Because(rule=f"model.event.{best}", span=(node.word, node.word + 1), score=round(node.events[best], 3))]
    if best in known:
        why.append(known[best][1])
    return best, tuple(why)


def _distinct(found: Iterable[EventMention]) -> list[EventMention]:
    """Drop what says the same of the same words twice: of two equal contents of one class the surer stays."""
    best: dict[tuple[TokenSpan, EventType], EventMention] = {}
    for mention in found:
        key = (mention.content, mention.type)
        if key not in best or mention.score > best[key].score:
            best[key] = mention
    return list(best.values())


def of_relative(doc: Doc, span: TokenSpan) -> TokenSpan:
    """Give for a lone "which" or "that" of a relative clause the noun phrase that it stands for."""
    word = doc[span[0]]
    verb = word.head
    if span[1] - span[0] > 1 or word.tag_ not in RELATIVES or not verb.dep_.startswith("acl") or verb.head.i > verb.i:
        return span
    return noun_phrase(tree_of(doc), verb.head.i)


def trimmed(doc: Doc, span: TokenSpan) -> TokenSpan:
    """Drop punctuation and white space from the ends of a span, but for closing quotation marks and brackets."""
    start, end = span
    while end - start > 1 and (doc[end - 1].is_space or (doc[end - 1].is_punct and not doc[end - 1].is_right_punct)):
        end -= 1
    while end - start > 1 and (doc[start].is_space or (doc[start].is_punct and not doc[start].is_left_punct)):
        start += 1
    return start, end
