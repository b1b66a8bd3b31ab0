"""Doc → who says what: which sources and cues the events of a document are tied to.

With the packaged model each event's cues are edges of its claim graph; with another pipeline cues and syntax alone
tell (``attribution_rules``). An event that nothing ties to a source is the article's own.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from claimkit.frames import Attribution, Because, EventMention, Voice
from claimkit.nlp.graph import GRAPH, CueEdge, Predicate
from claimkit.records import Stance


def find(doc: Doc, mentions: Sequence[EventMention]) -> tuple[tuple[EventMention, Attribution], ...]:
    """Pair each event with each source that takes a stance toward it, in order of the events."""
    graph: tuple[Predicate, ...] | None = doc.user_data.get(GRAPH)
    if graph is None:
        return tuple(_by_rules(doc, mentions))
    by_word = {found.word: found for found in graph}
    return tuple(
        (mention, _from_edge(mention, edge)) for mention in mentions for edge in by_word[mention.predicate].edges
    )


def _from_edge(mention: EventMention, edge: CueEdge) -> Attribution:
    voice = Voice(edge.voice)
    if edge.source is not None and voice is Voice.NARRATOR and edge.voice_score < 0.5:
        voice = Voice.SOURCE
    if edge.source is None and voice is Voice.SOURCE:
        voice = Voice.CONTEXT
    span = edge.cue or mention.content
    return Attribution(
        source=edge.source if voice is Voice.SOURCE else None,
        cue=edge.cue,
        contents=(mention.content,),
        predicates=(mention.predicate,),
        voice=voice,
        stance=Stance(edge.stance),
        score=edge.score,
        because=(
            Because(rule=f"model.voice.{edge.voice}", span=span, score=round(edge.voice_score, 3)),
            Because(rule=f"model.stance.{edge.stance}", span=span, score=round(edge.stance_score, 3)),
        ),
    )


def _by_rules(doc: Doc, mentions: Sequence[EventMention]) -> list[tuple[EventMention, Attribution]]:
    from claimkit import attribution_rules

    found = attribution_rules.find(doc)
    out: list[tuple[EventMention, Attribution]] = []
    for mention in mentions:
        ties = [a for a in found if covers(a, mention)]
        narrowest = min((_size(a, mention) for a in ties), default=0)
        ties = [a for a in ties if _size(a, mention) == narrowest]
        own = Attribution(source=None, cue=None, contents=(mention.content,), voice=Voice.NARRATOR,
                          because=(Because(rule="attribution.none", span=mention.content),))  # fmt: skip
        out += [(mention, tie) for tie in ties or [own]]
    return out


def covers(attribution: Attribution, mention: EventMention) -> bool:
    """Tell whether an event is in what a source is made to say."""
    if attribution.predicates:
        return mention.predicate in attribution.predicates
    return any(start <= mention.predicate < end for start, end in attribution.contents)


def _size(attribution: Attribution, mention: EventMention) -> int:
    return min((end - start for start, end in attribution.contents if start <= mention.predicate < end), default=0)
