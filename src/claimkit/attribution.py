"""Doc → who says what: which sources and cues the events of a document are tied to.

The edges of the model's claim graph say which cues an event has (``cue_edges``); the rules (``attribution_rules``) say
so by cues and syntax. Where both see the same cue they are one attribution, with the rules' stance and relays, and with
the rules' source where they see another one, since that is the subject of the cue. What the rules alone see counts
where it is no plain assertion, for denials, doubts and non-verifications are rare, and cues tell them well, and where
it is the very claim that another judges. With another pipeline the rules decide alone. An event that nothing ties to a
source is the article's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from claimkit import attribution_rules
from claimkit.attribution_speakers import accused, is_judged, named_speaker, spoken, stance_of, standing_for
from claimkit.clauses import relative
from claimkit.cue_edges import counting, overlap
from claimkit.cues import Cues
from claimkit.dependencies import RELATIVE_CLAUSES
from claimkit.frames import Attribution, Because, EventMention, TokenSpan, Voice
from claimkit.labels import tree_of
from claimkit.nlp.graph import GRAPH, CueEdge, Predicate
from claimkit.records import REJECTING, EventType, Stance

if TYPE_CHECKING:
    from spacy.tokens import Doc

Pair = tuple[EventMention, Attribution]

STATED = ("nsubj", "nsubj:pass", "csubj", "cop")
RELATIVE = 2
"""Words at most between a word that points back and who judges it: "a claim (which the) army denied"."""


def find(doc: Doc, mentions: Sequence[EventMention]) -> tuple[Pair, ...]:
    """Pair each event with each source that takes a stance toward it, in order of the events."""
    by_rules = attribution_rules.find(doc)
    graph: tuple[Predicate, ...] | None = doc.user_data.get(GRAPH)
    nodes = {node.word: node for node in graph or ()}
    remarks = _remarks(doc, by_rules, mentions)
    out: list[Pair] = []
    named: dict[TokenSpan, int] = {}
    for mention in mentions:
        rules = narrowest([tie for tie in by_rules if covers(tie, mention)], mention)
        rules += [tie for tie in remarks if covers(tie, mention)]
        node = nodes.get(mention.predicate)
        if naming := _naming(doc, mention, by_rules):
            ties = [naming]
        elif node:
            joined = list(_joined(doc, mention, node, counting(doc, node), rules))
            ties = _owned(doc, _apart(doc, joined), by_rules)
        else:
            ties = rules
        named |= accused(doc, ties)
        out += [(mention, spoken(doc, named_speaker(doc, tie, by_rules))) for tie in ties or [_own(mention)]]
    return tuple((mention, standing_for(tie, named)) for mention, tie in out)


def _remarks(doc: Doc, ties: Sequence[Attribution], mentions: Sequence[EventMention]) -> list[Attribution]:
    """Give the judgements of a word that points back and is no event found: "P, a report that B dismissed" judges P."""
    out = []
    for tie in ties:
        if tie.stance is Stance.ASSERT or tie.source is None or tie.cue is None:
            continue
        start, end = tie.contents[0]
        relative = end <= tie.source[0] <= end + RELATIVE and tie.source[0] < tie.cue[0]
        pointing = relative and Cues.default().points_back(doc[start:end].root)
        if not pointing or any(start <= mention.predicate < end for mention in mentions):
            continue
        before = [m for m in mentions if doc[start].sent.start <= m.predicate < start]
        if judged := max(before, key=lambda m: m.predicate, default=None):
            out.append(msgspec.structs.replace(tie, contents=(judged.content,), predicates=(judged.predicate,)))
    return out


def _naming(doc: Doc, mention: EventMention, ties: Sequence[Attribution]) -> Attribution | None:
    """Give who dismisses something as what a content says: of "rejected the claim as baseless" the one who rejects."""
    if not names_so(doc, mention):
        return None
    sentence = doc[mention.predicate].sent
    views = [tie for tie in ties if tie.cue and tie.stance in REJECTING]
    before = [tie for tie in views if tie.cue and sentence.start <= tie.cue[0] < mention.predicate]
    if not before:
        return None
    return msgspec.structs.replace(before[-1], contents=(mention.content,), predicates=(mention.predicate,))


def names_so(doc: Doc, mention: EventMention) -> bool:
    """Tell whether a content is what something is called or dismissed as: "rejected the claim as baseless".

    "As fighting went on" is a clause of its own, and "as retaliation" tells of no claim.
    """
    if mention.type is not EventType.INFORMATION:
        return False
    word = doc[mention.predicate]
    while word.dep_ == "conj" and word.head != word:
        word = word.head
    if any(child.dep_ in STATED for child in word.children):
        return False
    opening = [child for child in word.children if child.dep_ in ("case", "mark") and child.i < word.i]
    return any(child.lower_ in Cues.default().words.citation_marks for child in opening)


def _own(mention: EventMention) -> Attribution:
    because = (Because(rule="attribution.none", span=mention.content),)
    return Attribution(source=None, cue=None, contents=(mention.content,), voice=Voice.NARRATOR, because=because)


def _joined(
    doc: Doc, mention: EventMention, node: Predicate, edges: Sequence[CueEdge], rules: Sequence[Attribution]
) -> Iterator[Attribution]:
    left = list(rules)
    for edge in edges:
        tie = _from_edge(mention, node, edge)
        twin = next((rule for rule in left if overlap(rule.cue, tie.cue)), None)
        if twin is not None:
            left.remove(twin)
            other = (
                twin.source is not None and not overlap(tie.source, twin.source)
                and not (tie.source and (_is_of_event(mention, twin.source) or _shares_subject(doc, twin)))
            )  # fmt: skip
            tie = msgspec.structs.replace(
                tie, source=twin.source if other else tie.source, speakers=() if other else tie.speakers,
                stance=twin.stance, relays=twin.relays, voice=Voice.SOURCE if twin.source else tie.voice,
                because=(*tie.because, *twin.because),
            )  # fmt: skip
        if stance_of(tie) in REJECTING and is_judged(doc, tie):
            tie = msgspec.structs.replace(tie, source=None, speakers=(), speaking={}, voice=Voice.NARRATOR)
        yield tie
    acting = max(edges, key=lambda edge: edge.score).acting if edges else {}
    judged = any(edge.stance != Stance.ASSERT for edge in edges) or any(r.stance is not Stance.ASSERT for r in rules)
    for rule in left:
        if (rule.stance is not Stance.ASSERT or (judged and _is_claim_of(doc, rule))) and not _told_beside(
            doc, mention, rule
        ):
            yield msgspec.structs.replace(rule, acting=acting)


def _is_of_event(mention: EventMention, words: TokenSpan) -> bool:
    """Tell whether words stand in what is said, before its verb: "rebels hold out, aid workers said" is not theirs."""
    return mention.content[0] <= words[0] <= mention.predicate


def _shares_subject(doc: Doc, rule: Attribution) -> bool:
    """Tell whether the source of a cue is the subject of a verb before it that says nothing.

    Parsers hang "said" on the verb of what was said before: "A denied that B had come and said P".
    """
    verb = doc[slice(*rule.cue)].root if rule.cue else None
    if verb is None or verb.dep_ != "conj" or rule.source is None or rule.source[0] > verb.head.i:
        return False
    return not Cues.default().built(tree_of(doc), verb.head.i, "verb")


def _told_beside(doc: Doc, mention: EventMention, rule: Attribution) -> bool:
    """Tell whether an event is told in a relative clause to what is judged: "denied mining P, where B lost men"."""
    tree, at = tree_of(doc), mention.predicate
    while not relative(tree, at):
        at = tree.heads[at]
        if at < 0:
            return False
    return min(start for start, _ in rule.contents) < doc[at].left_edge.i


def _is_claim_of(doc: Doc, rule: Attribution) -> bool:
    """Tell whether a noun says whose claim it is: "A denied B's claim that P" is B's assertion as well.

    "Its claim" is mostly that of the one who takes it back or plays it down.
    """
    nouns = Cues.default().claim_nouns
    named = rule.source is not None and doc[slice(*rule.source)].root.pos_ != "PRON"
    return named and any(because.rule in nouns for because in rule.because)


def _owned(doc: Doc, ties: Sequence[Attribution], by_rules: Sequence[Attribution]) -> list[Attribution]:
    """Give a judgement without a source to the one who says it: "there is no evidence that P, A said" is A's.

    What A says is then that judgement, and no longer the event itself. "A said P, a claim that is unconfirmed" is not
    A's: there it is told of what A says.
    """
    out = list(ties)
    for tie in ties:
        if tie.source is not None or tie.cue is None or stance_of(tie) is Stance.ASSERT:
            continue
        if _is_aside(doc, tie.cue) or _stands_below(doc, tie):
            continue
        saying = next((r for r in by_rules if r.source and any(_within(tie.cue, c) for c in r.contents)), None)
        if saying is None:
            continue
        said = [o for o in out if o is not tie and overlap(o.cue, saying.cue) and stance_of(o) is Stance.ASSERT]
        owner = said[0] if said else saying
        at = out.index(tie)
        out[at] = msgspec.structs.replace(
            tie,
            source=owner.source or saying.source,
            speakers=owner.speakers,
            speaking=owner.speaking,
            voice=Voice.SOURCE,
        )
        out = [other for other in out if other not in said]
    return out


def _apart(doc: Doc, ties: Sequence[Attribution]) -> list[Attribution]:
    """Give the article what it remarks on a word: "A said P, without providing evidence" is A's assertion as well.

    A judgement of A's own stands over P: "A said it was unclear whether P".
    """
    out = []
    for tie in ties:
        said = any(
            other.source == tie.source and stance_of(other) is Stance.ASSERT and not overlap(other.cue, tie.cue)
            for other in ties
        )
        if tie.source and tie.cue and said and stance_of(tie) is Stance.UNVERIFIED and _stands_below(doc, tie):
            tie = msgspec.structs.replace(tie, source=None, speakers=(), speaking={}, voice=Voice.NARRATOR)
        out.append(tie)
    return out


def _stands_below(doc: Doc, tie: Attribution) -> bool:
    """Tell whether a cue is an adverbial to what it judges or to who says it."""
    if tie.cue is None:
        return False
    verb = doc[slice(*tie.cue)].root
    return verb.dep_ in ("advcl", "obl") and not any(verb.is_ancestor(doc[word]) for word in tie.predicates)


def _is_aside(doc: Doc, cue: TokenSpan) -> bool:
    """Tell whether a cue stands in a relative clause to a word that points back: "a claim that is unconfirmed"."""
    verb = doc[slice(*cue)].root
    clauses = (word for word in (verb, *verb.ancestors) if word.dep_ in RELATIVE_CLAUSES)
    return any(Cues.default().points_back(clause.head) and clause.head.i < cue[0] for clause in clauses)


def _within(inner: TokenSpan, outer: TokenSpan) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _from_edge(mention: EventMention, node: Predicate, edge: CueEdge) -> Attribution:
    voice = Voice(edge.voice)
    if edge.source is None and voice is Voice.SOURCE:
        voice = Voice.CONTEXT
    span = edge.cue or mention.content
    return Attribution(
        source=edge.source if voice is Voice.SOURCE else None,
        cue=edge.cue,
        contents=(mention.content,),
        predicates=(mention.predicate,),
        voice=voice,
        suggested=(Stance(edge.stance), edge.stance_score),
        speakers=edge.speakers if edge.source else node.speakers,
        speaking=edge.speaking,
        acting=edge.acting,
        score=edge.score,
        because=(
            Because(rule=f"model.voice.{edge.voice}", span=span, score=round(edge.voice_score, 3)),
            Because(rule=f"model.stance.{edge.stance}", span=span, score=round(edge.stance_score, 3)),
        ),
    )


def covers(attribution: Attribution, mention: EventMention) -> bool:
    """Tell whether an event is in what a source is made to say."""
    if attribution.predicates:
        return mention.predicate in attribution.predicates
    return any(start <= mention.predicate < end for start, end in attribution.contents)


def narrowest(ties: Sequence[Attribution], mention: EventMention) -> list[Attribution]:
    """Keep the ties with the smallest content around the event: the source that commits to it, not its relay."""

    def size(tie: Attribution) -> int:
        return min((b - a for a, b in tie.contents if a <= mention.predicate < b), default=0)

    smallest = min(map(size, ties), default=0)
    return [tie for tie in ties if size(tie) == smallest]
