"""Event mentions by rules over a parse: predicate, class, modality, negation, and the words of the roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from claimkit import clauses
from claimkit.attribution_rules import cue_frames
from claimkit.clauses import FREE, in_condition, is_predicate, kind, noun_phrase
from claimkit.cue_frames import CueFrame
from claimkit.cues import Cues
from claimkit.event_nearby import nearby
from claimkit.frames import Because, EventMention, TokenSpan
from claimkit.labels import NOMINAL, Tree, base, tree_of
from claimkit.lexicon_cues import CueKind
from claimkit.modality import modality_of
from claimkit.records import EventType, Modality
from claimkit.roles import actor_of, places_of, targets_of, times_of
from claimkit.triggers import TriggerMatch, Triggers

if TYPE_CHECKING:
    from spacy.tokens import Doc

TRIGGER_FLOOR = 0.5
"""Score under which a lexicon class is no ground for an event."""
NEARBY_FLOOR = 0.5
"""The same for a clause of the article's own that is classed by a word under its predicate."""
SAID_FLOOR = 0.3
"""The same where a source says it."""
UNCLASSED_SCORE = 0.3
"""Score of what a source says without any word that the lexicon knows."""
POINTER_SCORE = 0.6
"""Score of a content that points back ("the report"); its class is that of what it points to."""
_NEGATION_DEPTH = 3
Chain = list[tuple[int, list[int]]]
"""Words from a predicate down, each with those that it hands its event on to."""
_VERIFYING = frozenset({CueKind.ADMISSION, CueKind.VERIFICATION, CueKind.SILENCE})


def find(doc: Doc) -> tuple[EventMention, ...]:
    """Find the events that a parsed ``Doc`` states, by the lexicon alone.

    Clauses that count after ``claims.md`` and the contents of cues; the acts of speaking themselves are left out.

    Returns:
        Mentions in order of their predicates; a content that only points back ("the report") has the type OTHER and
        the reason ``event.points-back``.
    """
    tree = tree_of(doc)
    frames = cue_frames(tree)
    said = _said(tree, frames)
    claims = {frame.match.anchor for frame in frames if frame.match.group.construction == "noun"}
    out = []
    for predicate in candidates(tree, frames=frames):
        matches = Triggers.default().match(tree, predicate)
        if matches and matches[0].score >= TRIGGER_FLOOR:
            out.append(_mention(tree, predicate, match=matches[0]))
        elif is_predicate(tree, predicate) and not claims.intersection(tree.kids(predicate, "obj", "nsubj")):
            near = _nearby(tree, predicate, attributed=predicate in said)
            out += [near] if near else []
        elif tree.lemmas[predicate] in Cues.default().words.pointer_nouns and not is_predicate(tree, predicate):
            out.append(_pointer(tree, predicate))
    return tuple(out)


def candidates(tree: Tree, *, frames: list[CueFrame]) -> list[int]:
    """Give the predicates that can state an event: free clauses, and what cues have as content."""
    speaking = {frame.match.anchor for frame in frames if is_predicate(tree, frame.match.anchor)}
    speaking |= {node for frame in frames if frame.match.group.construction != "adverb" for node in frame.match.tokens}
    contents = {
        node
        for frame in frames
        for head in frame.contents
        for node in tree.conjuncts(head)
        if node == head or is_predicate(tree, node) == is_predicate(tree, head)
    }
    contents -= {frame.match.anchor for frame in frames if is_predicate(tree, frame.match.anchor)}
    return [
        index
        for index in range(len(tree))
        if index in contents or (index not in speaking and _states_freely(tree, index, speaking=speaking))
    ]


def _states_freely(tree: Tree, index: int, *, speaking: set[int]) -> bool:
    """Tell whether a clause states something by itself; the "has" of "has yet to confirm" is the cue's."""
    free = (
        is_predicate(tree, index) and kind(tree, index) in FREE and not speaking.intersection(tree.kids(index, "xcomp"))
    )
    return free and not in_condition(tree, index) and not _asked(tree, index)


def modality(doc: Doc, predicate: int) -> tuple[Modality, Because]:
    """Say whether an event is put forward as fact, plan, possibility or demand, and by which word."""
    return modality_of(tree_of(doc), predicate)


def content_span(doc: Doc, predicate: int) -> TokenSpan:
    """Give the smallest continuous stretch of tokens that states a predicate's event."""
    return clauses.content_span(tree_of(doc), predicate)


def negated(doc: Doc, predicate: int) -> bool:
    """Tell whether the content itself denies the event: "had not lost P", "failed to enter P", "caused no damage"."""
    return is_negated(tree_of(doc), predicate)


def actor_span(doc: Doc, predicate: int) -> TokenSpan | None:
    """Give the words that name who does the event, by the lexicon entry of its predicate; None if nobody is named."""
    tree = tree_of(doc)
    head = actor_of(tree, predicate, match=_best(tree, predicate))
    return None if head is None else noun_phrase(tree, head)


def place_spans(doc: Doc, predicate: int) -> tuple[TokenSpan, ...]:
    """Give the words that name where the event happens, by the roles of its predicate."""
    tree = tree_of(doc)
    return places_of(tree, predicate, match=_best(tree, predicate))


def is_negated(tree: Tree, predicate: int) -> bool:
    """Tell whether an odd number of negations lies on an event, down to the verb or noun that names it."""
    chain = _chain(tree, predicate)
    return len(_negators(tree, chain) | _denied_objects(tree, chain)) % 2 == 1


def firmly_negated(doc: Doc, predicate: int, *, lasting: bool) -> bool:
    """Tell whether words of their own turn an event: "failed to enter P", "no longer holds P", "at no point entered P".

    What is no longer so was so, and is denied only of a state that lasts; "no longer in custody" is an event.
    """
    tree, cues = tree_of(doc), Cues.default()
    words = cues.words
    turning = {*words.negating_verbs, *words.inability, *(words.ceasing if lasting else ())}
    negators = _negators(tree, _chain(tree, predicate))
    nouns = {tree.heads[word] for word in negators if tree.deps[word] == "det"}
    never = any(cues.negation.is_never(tree, noun) for noun in nouns)
    return never or any(tree.lemmas[word] in turning or tree.lowers[word] in turning for word in negators)


def _negators(tree: Tree, chain: Chain) -> set[int]:
    """Give the words that negate a predicate or the verb that hands its event on; those of its cues are theirs."""
    cues, (predicate, _) = Cues.default(), chain[0]
    cue_words = {node for match in _cues_above(tree, predicate) for node in match}
    found = {word for word in cues.negations(tree, predicate) if word not in cue_words}
    for node, inner in chain:
        negating = tree.lemmas[node] in cues.words.negating_verbs or tree.lowers[node] in cues.words.inability
        if negating and any(kid > node for kid in tree.kids(node, "xcomp")):
            found.add(node)
        found |= {word for word in inner for word in cues.negations(tree, word) if word != node}
    return found


def _denied_objects(tree: Tree, chain: Chain) -> set[int]:
    """Give what makes nothing of the objects of an event: "no damage", "none of the villages"."""
    cues = Cues.default()
    determiners = cues.words.negating_determiners
    found: set[int] = set()
    for node, inner in chain:
        noun = tree.object(node) if tree.upos(node) not in NOMINAL and not tree.passive(node) else None
        below = {*inner}
        below |= {noun} if noun is not None and noun != node and tree.deps[noun] == "obj" else set()
        below |= {node} if tree.upos(node) in NOMINAL else set()
        found |= {word for word in below if tree.lowers[word] in determiners}
        found |= {
            kid for word in below for kid in tree.kids(word, "det", "advmod", "cc:preconj")
            if tree.lowers[kid] in determiners
        }  # fmt: skip
    return found - cues.pseudo(tree)


def _chain(tree: Tree, predicate: int) -> Chain:
    """Give a predicate and the first of the words that it hands its event on to, down to the last, with those words."""
    handed_on = Triggers.default().handed_on
    out = [(predicate, handed_on(tree, predicate))]
    while len(out) < _NEGATION_DEPTH and (inner := out[-1][1]):
        out.append((inner[0], handed_on(tree, inner[0])))
    return out


def _cues_above(tree: Tree, predicate: int) -> list[tuple[int, ...]]:
    governor = tree.heads[predicate]
    if governor < 0:
        return []
    return [match.tokens for match in Cues.default().at(tree, governor)]


def _best(tree: Tree, predicate: int) -> TriggerMatch | None:
    return next(iter(Triggers.default().match(tree, predicate)), None)


def _asked(tree: Tree, index: int) -> bool:
    if base(tree.deps[index]) == "ccomp" and (
        clauses.open_question(tree, index) or clauses.mark(tree, index) in Cues.default().words.whether_marks
    ):
        return True
    last = tree.sentence(index)[1] - 1
    return base(tree.deps[index]) in ("root", "ROOT") and tree.doc[last].text == "?"


def _mention(tree: Tree, predicate: int, *, match: TriggerMatch) -> EventMention:
    value, why = modality_of(tree, predicate)
    actor = actor_of(tree, predicate, match=match)
    return EventMention(
        predicate=predicate,
        content=clauses.content_span(tree, predicate),
        type=match.group.type,
        modality=value,
        negated=is_negated(tree, predicate),
        actors=()
        if actor is None
        else tuple(noun_phrase(tree, head) for head in tree.conjuncts(actor) if tree.upos(head) in NOMINAL),
        targets=tuple(noun_phrase(tree, head) for head in targets_of(tree, predicate, match=match)),
        places=places_of(tree, predicate, match=match),
        times=times_of(tree, predicate, match=match),
        score=match.score,
        because=(match.because(), why),
    )


def _said(tree: Tree, frames: list[CueFrame]) -> set[int]:
    return {node for frame in frames for head in frame.contents for node in tree.conjuncts(head)}


def _nearby(tree: Tree, predicate: int, *, attributed: bool) -> EventMention | None:
    """Give the event of a clause whose predicate the lexicon does not know, by the words under it.

    Its predicate's negation is not one of that event ("the strikes do not change the course of the war").

    What a source says counts as "other" even where no word of it is known; the article's own clauses do not.
    """
    if any(match.group.kind in _VERIFYING for match in Cues.default().at(tree, predicate)):
        return None
    near = nearby(tree, predicate, span=clauses.content_span(tree, predicate))
    if near is not None and near.score >= (SAID_FLOOR if attributed else NEARBY_FLOOR):
        return msgspec.structs.replace(_mention(tree, predicate, match=near), negated=False)
    return _unclassed(tree, predicate) if attributed else None


def _unclassed(tree: Tree, predicate: int) -> EventMention:
    value, why = modality_of(tree, predicate)
    own = Because(rule="event.said", span=(predicate, predicate + 1), score=UNCLASSED_SCORE)
    return EventMention(
        predicate=predicate,
        content=clauses.content_span(tree, predicate),
        type=EventType.OTHER,
        modality=value,
        negated=is_negated(tree, predicate),
        score=UNCLASSED_SCORE,
        because=(own, why),
    )


def _pointer(tree: Tree, predicate: int) -> EventMention:
    span = noun_phrase(tree, predicate)
    return EventMention(
        predicate=predicate,
        content=span,
        type=EventType.OTHER,
        score=POINTER_SCORE,
        because=(Because(rule="event.points-back", span=span),),
    )
