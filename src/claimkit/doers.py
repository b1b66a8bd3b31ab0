"""Event → the words for who does it, in the order in which they count: those that the model and the syntax give."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from claimkit.actor_phrases import OWNING
from claimkit.antecedents import SUFFERED
from claimkit.attribution_speakers import is_nobody
from claimkit.clauses import relative
from claimkit.dependencies import OBJECTS, SUBJECTS
from claimkit.frames import EventMention, TokenSpan
from claimkit.inflicting import suffering
from claimkit.labels import tree_of
from claimkit.place_neighbours import HYPHENS
from claimkit.place_words import grounds, tied_end
from claimkit.place_words import words as words_of_place
from claimkit.reading import Draft, Reading
from claimkit.site_words import acts

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

NOT_DOING = frozenset({"aux:pass", "auxpass", "cop"})
"""What hangs on a predicate whose subject does nothing."""
AGENT, BY = "obl:agent", "by"
PARTICIPLES = frozenset({"VBN", "VBD"})
"""Tags of participles, and the one that they are mistaken for."""
MODIFIERS = frozenset({"amod", "compound", "nmod:poss", "poss", "flat", "det"})
GOVERNED = frozenset({"advcl", "xcomp", "conj"})
"""Labels of clauses without a subject of their own, whose verb has that of the verb above."""


def doers(reading: Reading, draft: Draft, *, others: frozenset[int] = frozenset()) -> list[TokenSpan]:
    """Give the phrases of the words for who acts: the model's, or the verb's subject where those can all not act.

    Of losses it is who suffers them; ``others`` are the words for who inflicts them.
    """
    doc, mention = reading.doc, draft.mention
    named, (low, high) = _doers(reading, draft), mention.content
    inside = [span for span in named if low <= span[0] < high]
    victims = suffering(doc, mention)
    found = ([span for span in spans if others.isdisjoint(range(*span))]
             for spans in (inside if victims else named, victims, named, _subjects(reading, draft)))  # fmt: skip
    return next((phrases for spans in found if (phrases := _acting(reading, spans))), [])


def leaves_doer_out(doc: Doc, mention: EventMention) -> bool:
    """Tell whether a content says what befell a place and not by whom: "the town had fallen", "the fall of the town".

    "Its men", "we" and a verb without a subject ("denied taking the town") are the speaker's own.
    """
    low, high = mention.content
    acting = (_phrase(doc, span) for span in mention.actors if low <= span[0] < high)
    if any(not is_nobody(doc, words) for words in acting) or any(t.tag_ == OWNING for t in doc[low:high]):
        return False
    word = doc[mention.predicate]
    if word.pos_ == "NOUN":
        return high - low > 1
    subject = next((child for child in word.children if child.dep_ in SUBJECTS and low <= child.i < high), None)
    if subject is None:
        return False
    fallen = subject.lower_ == "it" and not any(child.dep_ in OBJECTS for child in word.children)
    return fallen or subject.pos_ in ("NOUN", "PROPN")


def _acting(reading: Reading, spans: Sequence[TokenSpan]) -> list[TokenSpan]:
    """Give the phrases of the words that can act: those that are no place, and not nobody."""
    phrases = [_phrase(reading.doc, span) for span in spans]
    return [p for p in phrases if not _is_place(reading, p) and not is_nobody(reading.doc, p)]


def _is_place(reading: Reading, words: TokenSpan) -> bool:
    """Tell whether words are a place that stands for no party: a town, "a Ukrainian city", or a country in which."""
    root = reading.doc[words[0] : words[1]].root
    names = [t for t in reading.toponyms if t.tokens[0] <= root.i < t.tokens[1] and t.mention.id]
    where = any(child.dep_ == "case" and child.lower_ in words_of_place().within for child in root.children)
    return root.lemma_.lower() in grounds() or any(where or not acts(name) for name in names)


def _subjects(reading: Reading, draft: Draft) -> tuple[TokenSpan, ...]:
    children = list(reading.doc[draft.mention.predicate].children)
    subjects = [child for child in children if child.dep_ in SUBJECTS]
    agents = [child for child in children if child.dep_ == AGENT]
    found = subjects or agents if draft.mention.type in SUFFERED else agents or subjects
    return tuple((child.i, child.i + 1) for child in found[:1])


def _doers(reading: Reading, draft: Draft) -> Sequence[TokenSpan]:
    """Give the words that the model takes for the actor, or the verb's own subject where they all stand further off.

    In "he said federal troops had attacked" the troops act, not he; "his troops" point back to him, and he acts. Of
    several words those of the content come first.
    """
    mention, (low, high) = draft.mention, draft.mention.content
    word = reading.doc[mention.predicate]
    passive = any(child.dep_ in NOT_DOING for child in word.children)
    subjects = [c for c in word.children if c.dep_ == "nsubj" and low <= c.i < high and c.pos_ in ("NOUN", "PROPN")]
    active = bool(subjects) and not passive and mention.type not in SUFFERED
    found = [span for span in mention.actors if not (active and _in_relative(reading.doc, span[0], mention.predicate))]
    agents = [] if mention.type in SUFFERED else [(c.i, c.i + 1) for c in word.children if _is_agent(word, c)]
    if agents:
        return [*agents, *(span for span in found if span not in agents)]
    inside = [span for span in found if low <= span[0] < high]
    if passive or mention.type in SUFFERED or inside:
        return [*inside, *(span for span in found if span not in inside)]
    own = [subject for subject in subjects if not any(child.tag_ == OWNING for child in subject.children)]
    if own:
        return [(own[0].i, own[0].i + 1)]
    above = _subjects_above(word)
    return sorted(found, key=lambda span: not any(start <= span[0] < end for start, end in above))


def _is_agent(verb: Token, word: Token) -> bool:
    """Tell whether a participle has its doer behind "by", however the parse labels it: "taken by B, freed by A"."""
    by = any(child.dep_ == "case" and child.lower_ == BY for child in word.children)
    return verb.tag_ in PARTICIPLES and by and word.i > verb.i and word.pos_ in ("NOUN", "PROPN")


def _in_relative(doc: Doc, at: int, predicate: int) -> bool:
    """Tell whether a word stands in a relative clause behind a predicate, which has its own subject."""
    tree = tree_of(doc)
    while at >= 0 and at != predicate:
        if relative(tree, at) and doc[at].left_edge.i > predicate:
            return True
        at = tree.heads[at]
    return False


def _subjects_above(word: Token) -> list[TokenSpan]:
    """Give the subject that a verb without one has from the verb above: "A did that before sending troops"."""
    while word.dep_ in GOVERNED and word.head.i != word.i and not _has_subject(word):
        word = word.head
    return [(c.left_edge.i, c.right_edge.i + 1) for c in word.children if c.dep_ in SUBJECTS]


def _has_subject(word: Token) -> bool:
    return any(child.dep_ in SUBJECTS for child in word.children)


def _phrase(doc: Doc, span: TokenSpan) -> TokenSpan:
    """Widen the first word of a mention to its noun phrase: the modifiers, the head, what hyphens tie to that."""
    head = doc[span[0]]
    while head.dep_ in MODIFIERS and head.head.pos_ in ("NOUN", "PROPN"):
        head = head.head
    start = min([span[0], head.i, *(child.i for child in head.children if child.dep_ in MODIFIERS)])
    return start, tied_end(doc, max(head.i + 1, span[1]), HYPHENS)
