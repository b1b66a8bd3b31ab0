"""The tables of words that come with the model: lemmas and morphology, counted from the treebanks."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

from claimkit.nlp.lemmas import Lemmas, word_class
from training.corpora import conllu_sentences

LEMMA_TAGS = {
    "verb": ("VBD", "VBN", "VBG", "VBZ", "VBP", "VB"),
    "noun": ("NNS", "NN"),
    "adjective": ("JJR", "JJS", "JJ"),
}
OPEN_TAGS = ("NN", "JJ", "RB", "VBN", "VBG", "CD", "FW", "UH", "SYM", "ADD", "GW", "LS")


def build(paths: list[Path]) -> dict[str, object]:
    """Give ``words.json``: known lemmas and exceptions by word class, features by tag and by word and tag."""
    lemmas: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    features: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for path in paths:
        for rows in conllu_sentences(path):
            for row in rows:
                lemmas[word_class(row[4]), row[1].lower()][row[2] if row[3] == "PROPN" else row[2].lower()] += 1
                features[row[4], row[1].lower()]["" if row[5] == "_" else row[5]] += 1
    return {"lemmas": lemma_tables(lemmas), "morphology": morphology_tables(features)}


def lemma_tables(seen: dict[tuple[str, str], Counter[str]]) -> dict[str, object]:
    """Give ``{"known": {class: [lemma]}, "exceptions": {class: {form: lemma}}}``."""
    known: dict[str, set[str]] = defaultdict(set)
    for (kind, form), found in seen.items():
        lemma, count = found.most_common(1)[0]
        if kind in LEMMA_TAGS and form.isalpha() and lemma.isalpha() and (count > 1 or form == lemma):
            known[kind].add(lemma.lower())
    plain = Lemmas({kind: sorted(words) for kind, words in known.items()}, {})
    exceptions: dict[str, dict[str, str]] = defaultdict(dict)
    for (kind, form), found in sorted(seen.items()):
        lemma, count = found.most_common(1)[0]
        if kind == "proper" or count < 2:
            continue
        if any(plain.lemma(form, tag) != lemma for tag in LEMMA_TAGS.get(kind, ("IN",))):
            exceptions[kind][form] = lemma
    return {"known": {kind: sorted(words) for kind, words in known.items()}, "exceptions": dict(exceptions)}


def morphology_tables(seen: dict[tuple[str, str], Counter[str]]) -> dict[str, dict[str, str]]:
    """Give ``{"tags": {tag: features}, "words": {"tag form": features}}``, the latter for closed classes only."""
    by_tag: dict[str, Counter[str]] = defaultdict(Counter)
    for (tag, _), found in seen.items():
        by_tag[tag].update(found)
    tags = {tag: found.most_common(1)[0][0] for tag, found in by_tag.items()}
    words = {
        f"{tag} {form}": best
        for (tag, form), found in sorted(seen.items())
        for best, count in found.most_common(1)
        if count >= 3 and best != tags[tag] and not tag.startswith(OPEN_TAGS)
    }
    return {"tags": tags, "words": words}
