"""Who says what, by rules over a parse: source, cue, content, relays, continued quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimkit.attribution_frames import frames_of
from claimkit.clauses import FREE, content_span, in_condition, is_predicate, kind, noun_phrase
from claimkit.cue_frames import CueFrame
from claimkit.cues import CueMatch, Cues
from claimkit.frames import Attribution, Because, TokenSpan, Voice
from claimkit.labels import Tree, base, tree_of
from claimkit.lexicon_cues import CueKind
from claimkit.quotations import quotations
from claimkit.records import JUDGED, Stance

if TYPE_CHECKING:
    from spacy.tokens import Doc

MERGED_CUE_GAP = 5
"""Tokens that may stand between the cue of a source and an agentless one under it ("said it was unclear whether")."""
QUOTE_REACH = 4
"""Sentences away at which a quoted sentence without a cue still belongs to an attributed one."""
_PREFERENCE = {
    "phrase": 0,
    "passive": 1,
    "verb": 2,
    "adjective": 2,
    "noun": 2,
    "preposition": 3,
    "citing": 4,
    "adverb": 5,
}
_APPOSED = frozenset({"appos", "parataxis", "dislocated", "conj", "list", "dep"})


def find(doc: Doc) -> tuple[Attribution, ...]:
    """Find who says what in a parsed ``Doc``.

    Returns:
        Attributions by cue position; quoted sentences without a cue come with voice CONTEXT, agentless hedges
        ("reportedly", "footage shows") with voice CONTEXT and their cue, agentless judgements ("it is unclear
        whether") with voice NARRATOR and their cue.
    """
    tree = tree_of(doc)
    by_sentence: dict[TokenSpan, list[CueFrame]] = {}
    for frame in cue_frames(tree):
        by_sentence.setdefault(tree.sentence(frame.match.anchor), []).append(frame)
    found = [attribution for frames in by_sentence.values() for attribution in _attributions(tree, frames)]
    kept = _distinct([attribution for attribution in found if attribution.predicates])
    kept += _continued_quotes(tree, kept)
    return tuple(sorted(kept, key=lambda a: (a.contents[0] if a.cue is None else a.cue, a.contents)))


def _attributions(tree: Tree, frames: list[CueFrame]) -> list[Attribution]:
    """Settle the nesting of a sentence's cues."""
    scopes = [_scope(tree, frame) for frame in frames]
    parents = _parents(frames, scopes)
    return [_attribution(tree, number, frames=frames, scopes=scopes, parents=parents) for number in range(len(frames))]


def _distinct(found: list[Attribution]) -> list[Attribution]:
    """Drop what one source says twice of the same predicates, as in "a narrative suggesting that S"."""
    out: dict[object, Attribution] = {}
    for attribution in sorted(found, key=lambda a: -(a.cue[1] - a.cue[0] if a.cue else 0)):
        key = (attribution.source, attribution.voice, attribution.stance, attribution.predicates)
        out.setdefault(
            key if attribution.source or attribution.voice is Voice.CONTEXT else attribution.cue, attribution
        )
    return list(out.values())


def cue_frames(tree: Tree) -> list[CueFrame]:
    """Give the cues of a parse that have contents, one frame for each anchor and content; worked out once a parse."""
    if "cue_frames" not in tree.memo:
        tree.memo["cue_frames"] = _cue_frames(tree)
    kept: list[CueFrame] = tree.memo["cue_frames"]
    return kept


def _cue_frames(tree: Tree) -> list[CueFrame]:
    out: list[CueFrame] = []
    taken: set[tuple[int, tuple[int, ...]]] = set()
    covered: set[int] = set()
    for match in sorted(Cues.default().find(tree), key=lambda m: _rank(tree, m)):
        if match.anchor in covered and match.group.construction != "phrase":
            continue
        if in_condition(tree, match.anchor):
            continue
        for frame in frames_of(tree, match):
            key = (match.anchor, tuple(sorted(frame.contents)))
            if not any(anchor == match.anchor and set(heads) & set(key[1]) for anchor, heads in taken):
                taken.add(key)
                out.append(frame)
                if match.group.construction == "phrase" or len(match.tokens) > 1:
                    covered.update(match.tokens, match.negations)
    for frame in out:
        _follow_apposition(tree, frame, frames=out)
    return sorted(out, key=lambda frame: (frame.match.anchor, frame.contents))


def _follow_apposition(tree: Tree, frame: CueFrame, *, frames: list[CueFrame]) -> None:
    """Let "..., a charge that Norland denies" judge the clause before it: what its cue says, else the clause itself."""
    noun = frame.contents[0]
    relative = tree.heads[frame.match.anchor] == noun and tree.deps[frame.match.anchor] == "acl:relcl"
    before = noun_phrase(tree, noun)[0] - 1
    apart = base(tree.deps[noun]) in _APPOSED or (before >= 0 and tree.upos(before) == "PUNCT")
    if frame.stance is Stance.ASSERT or not relative or not apart or base(tree.deps[noun]) == "nsubj":
        return
    for node in tree.ancestors(noun):
        if is_predicate(tree, node):
            said = [head for other in frames if other.match.anchor == node for head in other.contents if head < noun]
            frame.contents = said[-1:] or [node]
            frame.outside.update(tree.subtree(noun))
            return


def _rank(tree: Tree, match: CueMatch) -> tuple[int, int, int, int]:
    evidence = 0
    subject = tree.subject(match.anchor) if match.group.kind is CueKind.EVIDENCE else None
    if match.group.kind is CueKind.EVIDENCE:
        shown = subject is not None and tree.lemmas[subject] in Cues.default().words.evidence_nouns
        evidence = -1 if shown else 1
    order = list(Cues.default().groups).index(match.group.id)
    return _PREFERENCE[match.group.construction], -len(match.tokens), evidence, order


def _scope(tree: Tree, frame: CueFrame) -> set[int]:
    tokens: set[int] = set()
    for head in frame.contents:
        tokens.update(tree.subtree(head))
    return tokens - frame.outside - set(frame.match.tokens)


def _parents(frames: list[CueFrame], scopes: list[set[int]]) -> dict[int, list[int]]:
    """Give for each frame the frames whose content holds its cue, innermost first."""
    out: dict[int, list[int]] = {}
    for i, frame in enumerate(frames):
        holders = [
            j
            for j, scope in enumerate(scopes)
            if j != i
            and frame.match.anchor in scope
            and frames[j].match.anchor not in scopes[i]
            and not _same(frame, frames[j])
        ]
        out[i] = sorted(holders, key=lambda j: (len(scopes[j]), j))
    return out


def _attribution(
    tree: Tree, here: int, *, frames: list[CueFrame], scopes: list[set[int]], parents: dict[int, list[int]]
) -> Attribution:
    frame = frames[here]
    outer = [frames[j] for j in parents[here] if frames[j].stance not in JUDGED]
    source, voice, cue = frame.source, frame.voice, frame.cue
    reasons = [frame.match.because()]
    if voice is Voice.NARRATOR and outer:
        holder = outer.pop(0)
        source, voice = holder.source, holder.voice
        if 0 <= cue[0] - holder.cue[1] <= MERGED_CUE_GAP:
            cue = (holder.cue[0], cue[1])
        reasons.append(holder.match.because())
    relays = [noun_phrase(tree, f.source) for f in outer if f.source is not None and f.source != source]
    predicates = _predicates(tree, here, frames=frames, scopes=scopes)
    return Attribution(
        source=None if source is None else noun_phrase(tree, source),
        cue=cue,
        contents=tuple(content_span(tree, head) for head in frame.contents),
        predicates=predicates,
        voice=voice,
        stance=frame.stance,
        relays=tuple(dict.fromkeys(relays)),
        because=tuple(reasons),
    )


def _predicates(tree: Tree, here: int, *, frames: list[CueFrame], scopes: list[set[int]]) -> tuple[int, ...]:
    """Give the predicates that a source commits to: not those of a cue inside, not the act of speaking itself.

    A judging cue (deny, doubt, cannot verify) judges its content's main clauses; what stands in subordinate clauses is
    presupposed and stays with whoever speaks around it.
    """
    frame, anchors = frames[here], {f.match.anchor for f in frames}
    out: set[int] = set()
    for head in frame.contents:
        if frame.stance in JUDGED:
            out.update(node for node in tree.conjuncts(head) if node == head or is_predicate(tree, node))
            continue
        out.add(head)
        out.update(
            node
            for node in tree.subtree(head)
            if is_predicate(tree, node) and (kind(tree, node) in FREE or _coordinated(tree, node, head=head))
        )
    if frame.stance in JUDGED:
        return tuple(sorted(out - anchors - frame.outside))
    theirs: set[int] = set()
    for other, scope in zip(frames, scopes, strict=True):
        if other is not frame and other.match.anchor in scopes[here] and not _same(frame, other):
            theirs |= scope & _judged(tree, other) if other.stance in JUDGED else scope
    return tuple(sorted(out - theirs - anchors - frame.outside))


def _same(one: CueFrame, other: CueFrame) -> bool:
    """Tell whether two cues have one content: neither is then inside the other's ("..., a charge that X denies")."""
    return not set(one.contents).isdisjoint(other.contents)


def _judged(tree: Tree, frame: CueFrame) -> set[int]:
    """Give the heads of what a judging cue judges; it says nothing of the clauses under them."""
    return {node for head in frame.contents for node in tree.conjuncts(head)}


def _coordinated(tree: Tree, node: int, *, head: int) -> bool:
    while tree.deps[node] == "conj" and tree.heads[node] >= 0:
        node = tree.heads[node]
    return node == head


def _continued_quotes(tree: Tree, found: list[Attribution]) -> list[Attribution]:
    """Give the sentences that stand whole inside quotation marks and have no cue of their own."""
    doc, inside = tree.doc, {i for start, end in quotations(tree.doc) for i in range(start, end)}
    sentences = [(sent.start, sent.end) for sent in doc.sents]
    speaking = {
        _sentence_of(a.cue or a.contents[0], sentences) for a in found if a.source is not None and a.cue is not None
    }
    held = {_sentence_of(span, sentences) for a in found if a.voice is not Voice.NARRATOR for span in a.contents}
    out = []
    for number, (start, end) in enumerate(sentences):
        words = [i for i in range(start, end) if doc[i].pos_ not in ("PUNCT", "SPACE") and doc[i].text.strip('"“”')]
        if not words or number in held or not all(i in inside for i in words):
            continue
        if any(0 < abs(number - other) <= QUOTE_REACH for other in speaking):
            heads = [i for i in words if is_predicate(tree, i) and kind(tree, i) in FREE]
            taken = {p for a in found for p in a.predicates}
            heads = [i for i in heads if i not in taken]
            if heads:
                out.append(
                    Attribution(
                        source=None,
                        cue=None,
                        contents=((words[0], words[-1] + 1),),
                        predicates=tuple(heads),
                        voice=Voice.CONTEXT,
                        because=(Because(rule="quote.continued", span=(start, end)),),
                    )
                )
    return out


def _sentence_of(span: TokenSpan, sentences: list[TokenSpan]) -> int:
    return next((n for n, (start, end) in enumerate(sentences) if start <= span[0] < end), -1)
