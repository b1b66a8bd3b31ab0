"""Claims as training windows: predicates with event and modality, edges to cue, source, content, place, actor, time.

The claims are annotated on text, not on trees: the predicate of a claim is found as the head of its content in the
parse of the model that is being trained, anew at every pass (``place_predicates``).
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import product
from pathlib import Path
from typing import Any

from claimkit.gold import Squeezed
from claimkit.parties import Parties
from claimkit.party_sorts import ACTING, NOBODY, SPEAKING, acting, speaking
from claimkit.records import Party, PartyKind
from training import written
from training.align import actor_words, last_named, latest_place, names_party, place_words, time_words
from training.corpora import IGNORE, Window, inside, packed
from training.scheme import EVENTS, MODALITIES, PAIR_LABELS, SETTINGS, STANCES, VOICES

Words = list[tuple[int, int, str]]
Span = tuple[int, int]
TARGETS = {"places": "place", "places_before": "place_before", "actor": "actor", "actor_before": "actor_before",
           "time": "time"}  # fmt: skip
"""Lists of words of a claim, and the relations by which its predicate leads to them."""


def occurrences(needle: str, text: Squeezed) -> list[Span]:
    """Find where the words of an annotation stand: as whole words ("he" is not in "The"), else anywhere."""
    needle = " ".join(needle.split())
    if not needle:
        return []
    found = [match.start() for match in re.finditer(f"(?={re.escape(needle)})", text.squeezed)]
    whole = [at for at in found if not any(_glued(text.squeezed, end) for end in (at, at + len(needle)))]
    return [text.place(at, len(needle)) for at in whole or found]


def _glued(text: str, at: int) -> bool:
    """Tell whether a border lies inside a word."""
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def nearest(cues: list[Span], sources: list[Span], content: Span) -> tuple[Span | None, Span | None]:
    """Choose cue and source where their words come more than once: outside the content, close together and to it."""

    def cost(pair: tuple[Span | None, Span | None]) -> tuple[int, int, int]:
        cue, source = pair
        inside = sum(span is not None and content[0] <= span[0] < content[1] for span in pair)
        apart = _gap(cue, source) if cue and source else 0
        return inside, apart, _gap(cue or source or content, content)

    either_cue: list[Span | None] = [*cues] or [None]
    either_source: list[Span | None] = [*sources] or [None]
    return min(product(either_cue, either_source), key=cost)


def _gap(one: Span, other: Span) -> int:
    return max(0, one[0] - other[1], other[0] - one[1])


def read(article: Path, gold: Path, *, published: str | None) -> list[Window]:
    """Read an article and its claims; each window has ``claims``, a list of dicts of word indices and labels."""
    text = article.read_text(encoding="utf-8")
    squeezed = Squeezed(text)
    rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines() if line.strip()]
    found = []
    for row in rows:
        spans = occurrences(row["evidence"], squeezed)[row.get("occurrence", 1) - 1 :]
        found += [(span, row) for span in spans[:1]]
    return windows(text, found, published=published, name=article.stem)


def windows(
    text: str, found: Sequence[tuple[Span, dict[str, Any]]], *, published: str | None, name: str
) -> list[Window]:
    """Cut an article into windows with the claims (by the spans of their sentences) that begin in each."""
    out = []
    for words in packed(text):
        window: Window = {"words": [w for _, _, w in words], "claims": [], "article": name}
        for span, row in found:
            if span[0] < words[-1][1] and span[1] > words[0][0]:
                claim = _claim(row, text, words, span, published)
                if claim:
                    claim["speaker"] = _speaker(claim, window["claims"], text, words)
                    window["claims"].append(claim)
        out.append(window)
    return out


def _claim(row: dict[str, Any], text: str, words: Words, span: tuple[int, int], published: str | None) -> Any:
    sentence = Squeezed(text[slice(*span)], start=span[0])

    def words_of(found: Span | None) -> list[int]:
        return inside(words, *found) if found else []

    contents = occurrences(row["content"], sentence)
    content = words_of(contents[0]) if contents else []
    if not content:
        return None
    cue, source = nearest(occurrences(row["cue"], sentence), occurrences(row["source"], sentence), contents[0])
    places = [place_words(text, words, span, name, content=content) for name in row["places"]]
    actor = actor_words(text, words, span, content, row["actor"])
    above = (words[0][0], max(span[0], words[0][0]))
    earlier = [
        latest_place(text, words, above, name) for name, found in zip(row["places"], places, strict=True) if not found
    ]
    voice = "narrator" if row["claimant"] == "NARRATOR" else "source" if row["source"] else "context"
    return {
        "content": content,
        "cue": words_of(cue),
        "source": words_of(source),
        "voice": VOICES.index(voice),
        "stance": STANCES.index(row["stance"]),
        "event": EVENTS.index(row["event"]),
        "modality": MODALITIES.index(row["modality"]),
        "places": [found[0] for found in places if found] if all(places) else None,
        "setting": ("sentence" if all(places) else "context") if places else "none",
        "places_before": None if None in earlier else earlier,
        "actor": actor,
        "actor_before": [] if actor is not None else last_named(text, words, above, row["actor"]),
        "claimant": row["claimant"],
        "speaking": _speaking(row["claimant"]),
        "acting": _acting(row["actor"], row["claimant"]),
        "time": time_words(text, words, span, row["date"], published),
        "predicate": None,
    }


def _party(code: str) -> Party:
    parties = Parties.default()
    return parties[code] if code in parties else Party(id=code, name=code, kind=PartyKind.UNKNOWN)


def _speaking(claimant: str) -> int:
    """Label the sort of who speaks; nothing is learnt of the article's own voice, which ``voice`` tells."""
    return IGNORE if claimant == "NARRATOR" else SPEAKING.index(speaking(_party(claimant)))


def _acting(actor: str, claimant: str) -> int:
    """Label the sort of who acts."""
    return ACTING.index(acting(_party(actor), speaker=claimant) if actor else NOBODY)


def _speaker(
    claim: dict[str, Any], before: Sequence[dict[str, Any]], text: str, words: Words
) -> tuple[int, list[int]] | None:
    """Give the word that stands for who speaks, and where that party was named last in the window; None if unknown.

    The word is the source's first, of continued speech the content's. A source that names its party was named nowhere.
    """
    if claim["voice"] == VOICES.index("narrator"):
        return None
    source = claim["source"]
    own = source[0] if source else claim["content"][0]
    if source and names_party(text, (words[source[0]][0], words[source[-1]][1]), claim["claimant"]):
        return own, []
    said = [
        c["source"][0] for c in before if c["claimant"] == claim["claimant"] and c["source"] and c["source"][0] < own
    ]
    named = last_named(text, words, (words[0][0], words[own][0]), claim["claimant"]) or []
    found = max([*said, *named], default=None)
    return None if found is None else (own, [found])


def folder(articles: Path, gold: Path, metadata: Path) -> list[Window]:
    """Read all articles of a folder that have a gold file."""
    published = {}
    for line in metadata.read_text(encoding="utf-8").splitlines()[1:]:
        cells = line.split("\t")
        if len(cells) > 1 and re.fullmatch(r"\d{4}-\d\d-\d\d", cells[1]):
            published[cells[0]] = cells[1]
    return [
        window
        for path in sorted(gold.glob("*.jsonl"))
        for window in read(articles / f"{path.stem}.txt", path, published=published.get(path.stem))
    ]


def own(folder: Path) -> list[Window]:
    """Read the articles that were written for training (``training/written``)."""
    out: list[Window] = []
    for path in written.files(folder):
        article = written.read(path)
        claims = [(span, claim | {"places": split(claim["places"])}) for span, claim in article.claims]
        out += windows(article.text, claims, published=article.head.get("published"), name=path.stem)
    return out


def split(places: str) -> list[str]:
    """Give the names of a list with semicolons."""
    return [name.strip() for name in places.split(";") if name.strip()]


def place_predicates(window: Window, heads: list[int]) -> None:
    """Set each claim's predicate: the word of its content whose head lies outside and that governs most of it."""
    children: dict[int, list[int]] = defaultdict(list)
    for i, head in enumerate(heads):
        children[head - 1].append(i)
    for claim in window["claims"]:
        content = set(claim["content"])
        tops = [i for i in claim["content"] if heads[i] - 1 not in content]

        def weight(top: int, content: set[int] = content) -> int:
            seen, queue = set(), [top]
            while queue:
                node = queue.pop()
                if node in content and node not in seen:
                    seen.add(node)
                    queue += children[node]
            return len(seen)

        claim["predicate"] = max(tops, key=lambda t: (weight(t), -t)) if tops else claim["content"][0]
    label(window)


def label(window: Window) -> None:
    """Write the claims of a window as labels of its words, relations and pairs."""
    size = len(window["words"])
    window["predicate"] = [0] * size
    for name in ("event", "modality", "setting"):
        window[name] = [IGNORE] * size
    rows: dict[tuple[str, int], set[int]] = defaultdict(set)
    unknown: set[tuple[str, int]] = set()
    window["pairs"] = []
    for claim in window["claims"]:
        at, cue, source = claim["predicate"], claim["cue"], claim["source"]
        window["predicate"][at] = 1
        window["event"][at], window["modality"][at] = claim["event"], claim["modality"]
        window["setting"][at] = SETTINGS.index(claim["setting"])
        rows["content_start", at + 1] = {claim["content"][0] + 1}
        rows["content_end", at + 1] = {claim["content"][-1] + 1}
        target = cue[0] + 1 if cue else 0
        rows["cue", at + 1].add(target)
        if cue:
            rows["cue_end", target] = {cue[-1] + 1}
            rows["source", target] = {source[0] + 1 if source else 0}
        if source:
            rows["source_end", source[0] + 1] = {source[-1] + 1}
        for name, relation in TARGETS.items():
            key = (relation, at + 1)
            if claim[name] is None:
                unknown.add(key)
            else:
                rows[key] |= {i + 1 for i in claim[name]}
        if claim["speaker"]:
            rows["speaker", claim["speaker"][0] + 1] |= {i + 1 for i in claim["speaker"][1]}
        window["pairs"].append((at + 1, target, *(claim[name] for name in PAIR_LABELS)))
    window["relations"] = [
        (name, row, sorted(targets)) for (name, row), targets in sorted(rows.items()) if (name, row) not in unknown
    ]
