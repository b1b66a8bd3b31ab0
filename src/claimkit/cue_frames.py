"""The grammar of a cue: where its source and its contents stand, by its construction."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from claimkit.clauses import finite, mark, noun_phrase, open_question, to_infinitive
from claimkit.cues import CueMatch, Cues
from claimkit.frames import TokenSpan, Voice
from claimkit.labels import NOMINAL, Tree, base
from claimkit.lexicon_cues import CueKind
from claimkit.records import EventType, Stance
from claimkit.triggers import Triggers

_JUDGING = frozenset({Stance.DENY, Stance.DOUBT, Stance.UNVERIFIED, Stance.ACKNOWLEDGE})
NOUN_FLOOR = 0.7
"""Score from which a noun names an event clearly enough to be a cue's content."""


@dataclass(slots=True, kw_only=True)
class CueFrame:
    """A cue with the heads of its source and contents, before nesting is settled."""

    match: CueMatch
    stance: Stance
    contents: list[int]
    source: int | None = None
    voice: Voice = Voice.SOURCE
    cue: TokenSpan
    outside: set[int] = field(default_factory=set)
    """Tokens under a content's head that are not the source's words: the cue's own clause where it is inserted."""


def clause_contents(tree: Tree, node: int, *, frame: CueFrame) -> list[int]:
    """Give the heads of the clauses under a cue's verb that its entry takes as content."""
    takes, words, out = frame.match.group.takes, Cues.default().words, []
    person = next(iter(tree.kids(node, "obj", "iobj")), None)
    for kid in tree.kids(node, "ccomp", "xcomp", "csubj", "advcl", "acl"):
        dep, opening = base(tree.deps[kid]), mark(tree, kid)
        if open_question(tree, kid):
            continue
        if dep == "ccomp" and (finite(tree, kid) or not (to_infinitive(tree, kid) or tree.tag(kid) == "VBG")):
            if opening in words.whether_marks or (opening in words.open_question_marks):
                if frame.stance is Stance.UNVERIFIED and opening in words.whether_marks:
                    out.append(kid)
            elif "that" in takes or "quote" in takes:
                out.append(kid)
        elif dep in ("xcomp", "ccomp") and to_infinitive(tree, kid):
            if "infinitive" in takes or ("person-infinitive" in takes and person is not None):
                out.append(kid)
        elif dep == "advcl" and to_infinitive(tree, kid) and "person-infinitive" in takes and person is not None:
            out.append(kid)
        elif dep == "ccomp" and tree.tag(kid) == "VBG" and tree.kid(kid, "nsubj") is not None:
            out += [kid] if "person-gerund" in takes else []
        elif dep in ("xcomp", "ccomp", "advcl") and tree.tag(kid) == "VBG" and kid > node:
            out += _gerund(kid, opening=opening, person=person, takes=takes, dep=dep)
    if "person-gerund" in takes and person is not None:
        out += [
            kid
            for kid in tree.kids(person, "acl")
            if tree.tag(kid) == "VBG"
            and (mark(tree, kid) in words.addressing or frame.match.group.kind is not CueKind.ACCUSATION)
        ]
    return out


def _gerund(kid: int, *, opening: str, person: int | None, takes: tuple[str, ...], dep: str) -> list[int]:
    of_person = "person-gerund" in takes and person is not None and opening in ("", *Cues.default().words.addressing)
    plain = "gerund" in takes and person is None and not opening and dep != "advcl"
    return [kid] if of_person and (opening or dep != "advcl") or plain or (opening and opening in takes) else []


def noun_phrase_contents(tree: Tree, node: int, *, frame: CueFrame) -> list[int]:
    """Give the nouns under a cue's verb that name an event, or the clause of a noun such as "the claim that S"."""
    takes, out = frame.match.group.takes, []
    noun = tree.object(node)
    if frame.match.negated and frame.match.group.kind in (CueKind.EVIDENCE, CueKind.REPORT, CueKind.CLAIM):
        return []
    if "object" in takes and noun is not None and noun not in frame.match.tokens and tree.upos(noun) in NOMINAL:
        for head in tree.conjuncts(noun):
            if tree.upos(head) in NOMINAL and names_event(tree, head, frame=frame):
                out += told_in(tree, head, frame=frame) or [head]
    for case, inner in tree.obliques(node):
        wanted = case in takes or ("person-of" in takes and case in Cues.default().words.addressing)
        if wanted and inner not in frame.match.tokens and names_event(tree, inner, frame=frame):
            out.append(inner)
    return out


def names_event(tree: Tree, noun: int, *, frame: CueFrame) -> bool:
    """Tell whether a noun can be a cue's content: it names an event, or points back to a claim that the cue judges."""
    words = Cues.default().words
    if frame.stance in _JUDGING and (
        tree.lemmas[noun] in words.pointer_nouns or tree.lowers[noun] in words.pointer_nouns
    ):
        return True
    if contents_of_noun(tree, noun) and Cues.default().built(tree, noun, "noun"):
        return True
    found = Triggers.default().match(tree, noun)
    if not found or found[0].score < NOUN_FLOOR:
        return False
    kind_of_event = found[0].group.type
    if frame.match.group.kind is CueKind.DENIAL and kind_of_event is EventType.NEGOTIATE:
        return False  # to reject a plan is itself the event
    return kind_of_event is not EventType.OTHER or frame.stance in _JUDGING


def contents_of_noun(tree: Tree, noun: int) -> list[int]:
    """Give the that-clause of a noun: "the claim that S", "a narrative suggesting that S"."""
    clauses = [
        kid
        for kid in tree.kids(noun, "acl", "ccomp")
        if (tree.deps[kid] != "acl:relcl" or _that(tree, kid)) and finite(tree, kid) and kid > noun
    ]
    for kid in tree.kids(noun, "acl") if not clauses else []:
        if tree.tag(kid) == "VBG" and Cues.default().built(tree, kid, "verb"):
            clauses += [inner for inner in tree.kids(kid, "ccomp") if finite(tree, inner)]
    return clauses


def told_in(tree: Tree, noun: int, *, frame: CueFrame) -> list[int]:
    """Give what a noun for a claim tells: its clause, else the event behind it ("reports of a retreat")."""
    if clauses := contents_of_noun(tree, noun):
        return clauses
    cases = {case for match in Cues.default().built(tree, noun, "noun") for case in match.group.takes}
    return events_behind(tree, noun, cases=cases, frame=frame)


def events_behind(tree: Tree, noun: int, *, cases: Collection[str], frame: CueFrame) -> list[int]:
    """Give the nouns that name an event behind a noun and one of some prepositions: "claims of a retreat"."""
    return [
        inner for case, inner in tree.obliques(noun)
        if case in cases and inner > noun and names_event(tree, inner, frame=frame)
    ]  # fmt: skip


def _that(tree: Tree, clause: int) -> bool:
    """Tell whether the "that" of a clause labelled as relative is a conjunction."""
    first = tree.subtree(clause)[0]
    return tree.upos(first) == "SCONJ" and tree.deps[first] == "mark"


def passes_on(tree: Tree, noun: int) -> int | None:
    """Give who makes a claim its own: the subject of "issued a statement that S"."""
    governor = tree.heads[noun]
    if governor >= 0 and tree.deps[noun] == "obj" and tree.lemmas[governor] in Cues.default().words.passing_on:
        return tree.subject(governor)
    return None


def owner_of(tree: Tree, noun: int) -> int | None:
    """Give whose claim a claim is: "Moscow's claim", "the claim by Moscow", "Russian claims"."""
    words = Cues.default().words
    owner = tree.kid(noun, "nmod:poss")
    if owner is None:
        owner = next((inner for case, inner in tree.obliques(noun) if case in words.source_cases[:2]), None)
    if owner is None:
        owner = next((agent for kid in tree.kids(noun, "acl") if (agent := tree.agent(kid)) is not None), None)
    if owner is None:
        owner = next(
            (
                kid
                for kid in tree.kids(noun, "amod", "compound", "nmod:desc")
                if tree.doc[kid].text[:1].isupper() and kid != tree.sentence(noun)[0]
            ),
            None,
        )
    return owner


def judges(tree: Tree, verb: int) -> bool:
    """Tell whether a verb calls something so or so ("described it as premature") or takes a stance against it."""
    if tree.lemmas[verb] in Cues.default().words.calling:
        return True
    stances = [match.stance for match in Cues.default().at(tree, verb)]
    return any(stance not in (None, Stance.ASSERT, Stance.ACKNOWLEDGE) for stance in stances)


def _said_by_noun(tree: Tree, source: int, *, frame: CueFrame) -> bool:
    """Tell whether the "source" is a claim itself, as in "a narrative suggesting that S"."""
    return tree.heads[frame.match.anchor] == source and bool(Cues.default().built(tree, source, "noun"))


def settle_source(tree: Tree, frame: CueFrame) -> None:
    """Say whose a frame is: of its source who it stands for, and what voice speaks where it has none."""
    words, group = Cues.default().words, frame.match.group
    source = frame.source
    if source is not None and tree.lowers[source] in words.negating_determiners and source in frame.match.negations:
        seen = tree.deps[source] == "obj"  # "they saw nothing to suggest that S", "there is nothing to suggest that S"
        source = tree.subject(tree.heads[source]) if seen else None
        if source is None:
            frame.voice, frame.source = Voice.NARRATOR, None
            return
    evident = source is not None and (
        tree.lemmas[source] in words.evidence_nouns or _said_by_noun(tree, source, frame=frame)
    )
    if source is not None and (
        base(tree.deps[source]) in ("expl", "ccomp", "csubj", "advcl") or source in frame.contents
    ):
        source = None
    if source is not None and group.source != "subject" and group.construction == "verb":
        source = None
    if source is not None and evident and group.construction != "preposition":
        owner = owner_of(tree, source)
        low, high = frame.cue
        span = noun_phrase(tree, source)
        if owner is None and span[1] <= low and group.construction == "verb":
            frame.cue = (span[0], high)
        owner = passes_on(tree, source) if owner is None else owner
        source, frame.voice = owner, Voice.SOURCE if owner is not None else Voice.CONTEXT
    elif source is None:
        frame.voice = Voice.NARRATOR if group.source == "none" else Voice.CONTEXT
    frame.source = source
    if source is None and group.source == "subject" and not evident:
        if group.construction == "verb":
            frame.contents = []
        elif group.construction == "noun" and group.kind in words.owned_kinds:
            frame.voice = Voice.NARRATOR
