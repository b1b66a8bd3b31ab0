"""How likely each predicate that the model found is to be a claim: what it is, what is around it, what it means.

The model scores predicates one by one. Whether one counts also hangs on its neighbours (of two predicates of the same
words one is the claim), on its class (one of no class must be surer) and on the article (in one that tells of a war
more does). The features are weighed by the ranker ``claim`` (:mod:`claimkit.ranking`).
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from claimkit.cue_frames import judges
from claimkit.dependencies import SUBJECTS
from claimkit.frames import TokenSpan
from claimkit.labels import Tree, base, tree_of
from claimkit.nlp.graph import CueEdge, Predicate
from claimkit.ranking import Ranker, log_odds
from claimkit.records import EventType
from claimkit.triggers import Classified

if TYPE_CHECKING:
    from spacy.tokens import Doc

STEPS: Final = (-2.5, -1.5, -0.8, -0.3, 0.3, 0.8, 1.5, 2.5)
"""Log odds of the model's score past which a claim grows likelier by a step."""
MOST: Final = 2
"""Actors, places or names from which on more say no more."""
MARKING: Final = frozenset({"aux", "mark", "advmod", "cop", "det"})
PARTS: Final = 5
"""Parts of a text that are told apart."""


def chances(doc: Doc, graph: Sequence[Predicate], by_lexicon: Sequence[Classified]) -> list[float]:
    """Give the chance of each predicate to be a claim.

    Args:
        doc: the parsed text.
        graph: what the model found in it, at least the predicates of whole sentences.
        by_lexicon: what classes the lexicon gives each.
    """
    ranker = Ranker.named("claim")
    return [ranker.chance(features) for features in featured(doc, graph, by_lexicon)]


def featured(doc: Doc, graph: Sequence[Predicate], by_lexicon: Sequence[Classified]) -> Iterator[dict[str, float]]:
    """Give the features of each predicate."""
    tree = tree_of(doc)
    beside: dict[TokenSpan, list[Predicate]] = defaultdict(list)
    for node in graph:
        beside[tree.sentence(node.word)].append(node)
    warlike = sum(node.score * _classed(node) for node in graph) / max(1, len({*beside}))
    names = [ent.start for ent in doc.ents]
    kinds = {node.word: max(node.events, key=lambda kind: (node.events[kind], kind)) for node in graph}
    for node, classified in zip(graph, by_lexicon, strict=True):
        kind, around = kinds[node.word], tree.sentence(node.word)
        edge = max(node.edges, key=lambda edge: edge.score, default=None)
        voice = edge.voice if edge else ""
        out = _own(tree, node, kind, classified, edge=edge)
        out |= _among(node, beside[around], kinds)
        out |= dict.fromkeys(_by_words(doc, node, kind, voice=voice, around=around, names=names), 1.0)
        odds = out["score"]
        out |= {"warlike": warlike, "warlike&score": warlike * odds, f"warlike&class={kind}": warlike}
        yield {name: value for name, value in out.items() if value}


def _classed(node: Predicate) -> float:
    """Give the probability of the likeliest class that is one."""
    return max(chance for kind, chance in node.events.items() if kind != EventType.OTHER)


def _own(tree: Tree, node: Predicate, kind: str, by_lexicon: Classified, *, edge: CueEdge | None) -> dict[str, float]:
    """Give the features of a predicate by itself; ``edge`` is the surest to a cue."""
    odds, pos, dep = log_odds(node.score), tree.upos(node.word), base(tree.deps[node.word])
    size = node.content[1] - node.content[0]
    known = next((str(kind == found) for found, *_ in by_lexicon), "")
    sorts = [f"class={kind}", f"pos={pos}", f"dep={dep}", f"modality={node.modality}",
             f"voice={edge.voice if edge else ''}", f"known={known}"]  # fmt: skip
    out = {"bias": 1.0, "score": odds, "class-score": _classed(node), "other": node.events[EventType.OTHER]}
    out |= {f"score>{step}": 1.0 for step in STEPS if odds > step}
    out |= dict.fromkeys(sorts, 1.0) | {f"{sort}&score": odds for sort in sorts}
    out |= {f"pos={pos}&dep={dep}": 1.0, f"dep={dep}&class={kind}": 1.0, f"known={known}&class={kind}": 1.0,
            "words": math.log(size), f"words&class={kind}": math.log(size), f"one-word&pos={pos}": float(size == 1),
            "two-words": float(size == 2)}  # fmt: skip
    if any(tree.lowers[kid] == "as" for kid in tree.kids(node.word, "case", "mark")):
        out["as"] = 1.0
        out["as-judged"] = float(tree.heads[node.word] >= 0 and judges(tree, tree.heads[node.word]))
    for name, number in (("actors", len(node.actors)), ("places", len(node.places)), ("times", len(node.times))):
        out[name] = out[f"{name}&other={kind == EventType.OTHER}"] = float(min(number, MOST))
    out |= {"elsewhere": node.elsewhere, "modality-score": node.modality_score}
    if edge:
        out |= {f"stance={edge.stance}": 1.0, "cue": float(edge.cue is not None), f"cue&class={kind}": float(
            edge.cue is not None), "cue-score": edge.score, "source": float(edge.source is not None)}  # fmt: skip
    return out


def _by_words(
    doc: Doc, node: Predicate, kind: str, *, voice: str, around: TokenSpan, names: Sequence[int]
) -> Iterator[str]:
    """Give the features that name words: the predicate's own, its head's and dependents'; then where it stands.

    A text's last paragraphs and sentences (``around``) without a name are often not of the war.
    """
    token = doc[node.word]
    yield from (f"word={token.lemma_.lower()}", f"word={token.lemma_.lower()}&class={kind}")
    yield f"under={token.head.lemma_.lower() if token.head.i != token.i else ''}&dep={token.dep_}"
    for child in token.children:
        if child.dep_ in MARKING:
            yield f"kid={child.lower_}"
        elif child.dep_ == "obj":
            yield f"object={child.lemma_.lower()}"
        elif child.dep_ in SUBJECTS:
            yield from (f"subject={child.lemma_.lower()}", f"subject-is={child.ent_type_}")
            yield f"subject-tag={child.tag_}&voice={voice}"
    named, inside = (
        min(bisect_left(names, high) - bisect_left(names, low), MOST) for low, high in (around, node.content)
    )
    part = PARTS * node.word // len(doc)
    yield from (f"named={named}", f"named={named}&voice={voice}", f"part={part}", f"part={part}&named={named}")
    yield from (f"inside={inside}&class={kind}", f"inside={inside}&voice={voice}")


def _among(node: Predicate, others: Sequence[Predicate], kinds: Mapping[int, str]) -> dict[str, float]:
    """Give the features of a predicate beside those of its sentence that share its words."""
    start, end = node.content
    sharing = [other for other in others if other is not node and _common(node.content, other.content)]
    beating = [other for other in sharing if other.score > node.score]
    best = max((other.score for other in beating), default=node.score)
    same = [other for other in beating if other.content == node.content]
    inner = [o.score for o in sharing if start <= o.content[0] and o.content[1] <= end]
    outer = [o.score for o in sharing if o.content[0] <= start and end <= o.content[1]]
    odds = log_odds(node.score)
    return {
        "beaten": float(bool(beating)), "beaten&score": odds * bool(beating), "beaten-by": best - node.score,
        "beaten-by-its-own-words": float(bool(same)), "beaten-by-its-own-words&score": odds * bool(same),
        "beaten-in-its-class": float(any(kinds[other.word] == kinds[node.word] for other in beating)),
        "beats": float(bool(sharing) and not beating), "inner": max(inner, default=0.0),
        "outer": max(outer, default=0.0),
    }  # fmt: skip


def _common(one: TokenSpan, other: TokenSpan) -> bool:
    """Tell whether two spans share half of the shorter."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    return 2 * common >= min(one[1] - one[0], other[1] - other[0]) > 0
