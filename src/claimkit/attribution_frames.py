"""The constructions of attribution: for a cue of each kind, where its source and contents stand."""

from __future__ import annotations

from claimkit.clauses import ClauseKind, finite, is_predicate, kind, mark, to_infinitive
from claimkit.cue_frames import (
    NOUN_FLOOR,
    CueFrame,
    clause_contents,
    contents_of_noun,
    events_behind,
    names_event,
    noun_phrase_contents,
    owner_of,
    passes_on,
    settle_source,
    told_in,
)
from claimkit.cues import CueMatch, Cues
from claimkit.frames import TokenSpan
from claimkit.labels import NOMINAL, Tree, base
from claimkit.lexicon_cues import CueKind
from claimkit.records import REJECTING, Stance
from claimkit.triggers import Triggers


def frames_of(tree: Tree, match: CueMatch) -> list[CueFrame]:
    """Give the frames of a cue; empty where it ties nothing to nobody."""
    stance = match.stance
    if stance is None:
        return []
    build = {
        "verb": _verb, "passive": _passive, "noun": _noun, "adjective": _adjective, "adverb": _adverb,
        "preposition": _preposition, "citing": _citing, "phrase": _phrase,
    }[match.group.construction]  # fmt: skip
    frame = CueFrame(match=match, stance=stance, contents=[], cue=_cue_span(tree, match))
    build(tree, frame)
    frame.contents = [head for head in dict.fromkeys(frame.contents) if head not in match.tokens]
    if not frame.contents:
        return []
    settle_source(tree, frame)
    return [frame] if frame.contents else []


def _cue_span(tree: Tree, match: CueMatch) -> TokenSpan:
    low, high = match.span
    if match.group.construction in ("verb", "passive"):
        helpers = {kid for kid in tree.kids(match.anchor, "aux", "advmod", "cop") if kid < match.anchor}
        while low - 1 in helpers:
            low -= 1
        while low < match.anchor and base(tree.deps[low]) == "advmod" and low not in match.negations:
            low += 1
    return low, high


def _verb(tree: Tree, frame: CueFrame) -> None:
    match, anchor, takes = frame.match, frame.match.anchor, frame.match.group.takes
    if tree.passive(anchor) and (tree.agent(anchor) is None or base(tree.deps[anchor]) in ("acl", "amod")):
        return
    if not _commits(tree, match):
        return
    frame.source = tree.doer(anchor)
    last = match.tokens[-1]
    for node in dict.fromkeys((anchor, last)):
        frame.contents += clause_contents(tree, node, frame=frame)
        if not frame.contents:
            frame.contents += noun_phrase_contents(tree, node, frame=frame)
    if not frame.contents and ("quote" in takes or "that" in takes):
        _inserted(tree, frame)


def _commits(tree: Tree, match: CueMatch) -> bool:
    """Tell whether a verb is somebody's act: not "asked it to confirm P", not the participle of "confirmed losses"."""
    anchor = match.anchor
    participle = tree.tag(anchor) == "VBN" and not tree.kids(anchor, "aux", "nsubj") and tree.deps[anchor] != "conj"
    if participle and not tree.passive(anchor):
        return False
    judging = match.group.kind in (CueKind.ADMISSION, CueKind.VERIFICATION)
    return not (judging and not match.negated and to_infinitive(tree, anchor))


def _inserted(tree: Tree, frame: CueFrame) -> None:
    anchor = frame.match.anchor
    head, dep = tree.heads[anchor], tree.deps[anchor]
    opening = mark(tree, anchor)
    inserted = base(dep) == "parataxis" or (base(dep) == "advcl" and opening in Cues.default().words.citation_marks)
    if inserted and head >= 0 and tree.kid(anchor, "obj") is None and tree.kid(anchor, "nsubj") is not None:
        while not is_predicate(tree, head) and tree.heads[head] >= 0 and tree.upos(head) not in NOMINAL:
            head = tree.heads[head]
        if is_predicate(tree, head):
            frame.contents.append(head)
            frame.outside.update(tree.subtree(anchor))
        return
    quoted = [kid for kid in tree.kids(anchor, "parataxis") if finite(tree, kid) and is_predicate(tree, kid)]
    if quoted and tree.kid(anchor, "nsubj") is not None:
        frame.contents += quoted[:1]


def _passive(tree: Tree, frame: CueFrame) -> None:
    anchor, takes = frame.match.anchor, frame.match.group.takes
    frame.source = tree.agent(anchor)
    if base(tree.deps[anchor]) in ("acl", "amod"):
        return
    frame.contents += clause_contents(tree, anchor, frame=frame)
    subject = tree.subject(anchor)
    if not frame.contents and "object" in takes and subject is not None and names_event(tree, subject, frame=frame):
        frame.contents += told_in(tree, subject, frame=frame) or [subject]
    if not frame.contents and subject is not None and is_predicate(tree, subject):
        frame.contents.append(subject)


def _noun(tree: Tree, frame: CueFrame) -> None:
    anchor, takes = frame.match.anchor, frame.match.group.takes
    if "that" in takes:
        frame.contents += contents_of_noun(tree, anchor)
    if frame.match.negated and not frame.contents:
        frame.contents += [
            inner
            for kid in tree.kids(anchor, "acl")
            if to_infinitive(tree, kid)
            for inner in tree.kids(kid, "ccomp")
            if finite(tree, inner)
        ]
    if "infinitive" in takes and not frame.contents:
        frame.contents += [
            kid for kid in tree.kids(anchor, "acl") if to_infinitive(tree, kid) and not finite(tree, kid)
        ]
    if not frame.contents:
        frame.contents += events_behind(tree, anchor, cases=takes, frame=frame)[:1]
    if not frame.contents:
        frame.contents += [
            kid
            for kid in tree.kids(anchor, "acl")
            if tree.tag(kid) == "VBG" and mark(tree, kid) in takes and mark(tree, kid)
        ]
    frame.source = owner_of(tree, anchor)
    if frame.source is None:
        frame.source = passes_on(tree, anchor)
    governor = tree.heads[anchor]
    if frame.match.negated and governor >= 0 and is_predicate(tree, governor) and tree.deps[anchor] == "obj":
        frame.source = tree.subject(governor)


def _adjective(tree: Tree, frame: CueFrame) -> None:
    anchor, takes, words = frame.match.anchor, frame.match.group.takes, Cues.default().words
    subject, judge = tree.kid(anchor, "nsubj"), None
    governor = tree.heads[anchor]
    if subject is None and governor >= 0 and tree.lemmas[governor] in words.calling:
        subject, judge = tree.object(governor), tree.subject(governor)
    if base(tree.deps[anchor]) == "amod":
        noun = tree.heads[anchor]
        if "object" in takes:
            told = told_in(tree, noun, frame=frame) if frame.stance in REJECTING else contents_of_noun(tree, noun)
            frame.contents += told
        return
    for kid in tree.kids(anchor, "ccomp", "csubj", "advcl", "acl"):
        opening = mark(tree, kid)
        if (
            finite(tree, kid)
            and (opening in words.complement_marks or (not opening and kid > anchor))
            and (opening not in words.whether_marks or "whether" in takes or frame.stance is Stance.UNVERIFIED)
        ):
            frame.contents.append(kid)
    if "infinitive" in takes and not frame.contents:
        return
    if subject is not None and "object" in takes and not frame.contents:
        event = Triggers.default().match(tree, subject)
        if tree.lemmas[subject] in words.pointer_nouns or (event and event[0].score >= NOUN_FLOOR):
            frame.contents += told_in(tree, subject, frame=frame) or [subject]
            frame.source = judge
    elif subject is not None and tree.deps[subject] != "expl" and tree.lemmas[subject] not in words.dummy_sources:
        frame.source = subject


def _said_by(tree: Tree, verb: int) -> list[int]:
    """Give what a verb says: in "falsely claimed that P" the adverb judges P."""
    said = [frame for match in Cues.default().built(tree, verb, "verb") for frame in frames_of(tree, match)]
    return [head for frame in said for head in frame.contents]


def _adverb(tree: Tree, frame: CueFrame) -> None:
    head = tree.heads[frame.match.anchor]
    if frame.stance in REJECTING:
        frame.contents += _said_by(tree, head) if head >= 0 else []
        return
    while (
        head >= 0
        and not is_predicate(tree, head)
        and base(tree.deps[head]) in ("advmod", "obl", "obj", "nummod", "aux", "nsubj")
    ):
        head = tree.heads[head]
    if head >= 0 and is_predicate(tree, head) and kind(tree, head) is not ClauseKind.REDUCED:
        frame.contents.append(head)


def _preposition(tree: Tree, frame: CueFrame) -> None:
    source = tree.heads[frame.match.anchor]
    if source < 0:
        return
    head = tree.heads[source]
    while head >= 0 and not is_predicate(tree, head):
        head = tree.heads[head]
    if head >= 0:
        frame.source = source
        frame.contents.append(head)
        frame.outside.update(tree.subtree(source))


def _citing(tree: Tree, frame: CueFrame) -> None:
    anchor = frame.match.anchor
    noun, head = tree.kid(anchor, "obj"), tree.heads[anchor]
    if base(tree.deps[anchor]) != "advcl" or noun is None or head < 0 or not is_predicate(tree, head):
        return
    if Cues.default().built(tree, head, "verb"):
        return
    frame.source = noun
    frame.contents.append(head)
    frame.outside.update(tree.subtree(anchor))


def _phrase(tree: Tree, frame: CueFrame) -> None:
    for word in reversed(frame.match.tokens):
        for kid in tree.kids(word, "ccomp", "acl", "csubj", "xcomp", "advcl"):
            known = finite(tree, kid) and kid > word and tree.deps[kid] != "acl:relcl"
            if tree.tag(kid) == "VBG" and kid > word and mark(tree, kid) in frame.match.group.takes:
                frame.contents.append(kid)
            if (
                known
                and mark(tree, kid) in ("", *Cues.default().words.complement_marks)
                and kid not in frame.match.tokens
            ):
                frame.contents.append(kid)
        if not frame.contents:
            takes = frame.match.group.takes
            nouns = tree.kids(word, "obj") + [
                noun for case, noun in tree.obliques(word) if case in takes or (not case and "object" in takes)
            ]
            nouns += [tree.heads[word]] if tree.deps[word] == "case" else []
            frame.contents += [
                content
                for noun in nouns
                if noun not in frame.match.tokens and names_event(tree, noun, frame=frame)
                for content in told_in(tree, noun, frame=frame) or [noun]
            ]
        if frame.contents:
            break
    if frame.stance in REJECTING and _is_adverbial(tree, frame.match):
        frame.source = _speaker_over(tree, frame.match.anchor)
        return
    verbal = [word for word in frame.match.tokens if tree.upos(word) in ("VERB", "ADJ")]
    node = verbal[-1] if verbal else frame.match.anchor
    while not verbal and node >= 0 and tree.kid(node, "cop") is None and tree.upos(node) not in ("VERB", "AUX"):
        node = tree.heads[node]
    if node >= 0:
        frame.source = tree.subject(node)
    inside = frame.source is not None and (frame.source in frame.match.tokens or frame.source in frame.contents)
    if inside or (frame.source is not None and tree.tag(frame.source) == "EX"):
        frame.source = None
    if not frame.contents and node >= 0:
        subject = tree.subject(node)
        if subject is not None and names_event(tree, subject, frame=frame):
            frame.contents += told_in(tree, subject, frame=frame) or [subject]
            frame.source = None


def _is_adverbial(tree: Tree, match: CueMatch) -> bool:
    """Tell whether a phrase with a preposition hangs on a verb: "contrary to rebel claims", not "is not backed by"."""
    hangs = base(tree.deps[match.anchor]) in ("advcl", "advmod", "obl", "case")
    return tree.upos(match.tokens[-1]) == "ADP" and hangs and not tree.kids(match.anchor, "cop", "nsubj")


def _speaker_over(tree: Tree, anchor: int) -> int | None:
    """Give who says what an adverbial hangs on: the army of "the army said, contrary to claims that P, that Q"."""
    verb = tree.heads[tree.heads[anchor] if tree.deps[anchor] == "case" else anchor]
    return tree.subject(verb) if verb >= 0 and Cues.default().built(tree, verb, "verb") else None
