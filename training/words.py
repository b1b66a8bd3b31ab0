"""The tables of words that come with the model: lemmas and morphology, counted from the treebanks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from claimkit.nlp.lemmas import Lemmas, word_class
from training.conllu import sentences

LEMMA_TAGS = {
    "verb": ("VBD", "VBN", "VBG", "VBZ", "VBP", "VB"),
    "noun": ("NNS", "NN"),
    "adjective": ("JJR", "JJS", "JJ"),
}
CLOSED = frozenset({"AUX", "DET", "PRON"})
"""Universal tags of the words whose features differ from word to word; of all others the Penn tag tells them."""
SHARED = 0.8
"""Share of the occurrences that must have a feature; "were" has Mood and Tense, but neither Number nor Person."""
MIN_COUNT = 3
MARKED = frozenset({"Typo=Yes", "Style=Vrnc", "Abbr=Yes"})
"""Features of rows that are not counted: their lemmas correct the form."""
IRREGULAR = Path(__file__).with_name("irregular.tsv")

Seen = dict[tuple[str, str], Counter[str]]


def build(paths: Iterable[Path]) -> dict[str, object]:
    """Give ``words.json``: known lemmas and exceptions by word class, features by tag and by word and tag."""
    lemmas: Seen = defaultdict(Counter)
    tags: dict[str, list[frozenset[str]]] = defaultdict(list)
    words: dict[str, list[frozenset[str]]] = defaultdict(list)
    for path in paths:
        for rows in sentences(path):
            for row in rows:
                form, lemma, upos, tag = row[1].lower(), row[2], row[3], row[4]
                features = frozenset() if row[5] == "_" else frozenset(row[5].split("|"))
                if features & MARKED or lemma == "_":
                    continue
                lemmas[word_class(tag), form][lemma if upos == "PROPN" else lemma.lower()] += 1
                tags[tag].append(features)
                if upos in CLOSED:
                    words[f"{tag} {form}"].append(features)
    return {"lemmas": lemma_tables(lemmas, irregular()), "morphology": morphology_tables(tags, words)}


def irregular(path: Path = IRREGULAR) -> dict[str, dict[str, str]]:
    """Read our own table: ``{class: {form: lemma}}``."""
    out: dict[str, dict[str, str]] = defaultdict(dict)
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, lemma, forms = line.split("\t")
            out[kind] |= dict.fromkeys(forms.split(), lemma)
    return out


def lemma_tables(seen: Seen, own: Mapping[str, Mapping[str, str]]) -> dict[str, object]:
    """Give ``{"known": {class: [lemma]}, "exceptions": {class: {form: lemma}}}``; our own table wins."""
    known: dict[str, set[str]] = defaultdict(set)
    for (kind, form), found in seen.items():
        lemma, count = found.most_common(1)[0]
        if kind in LEMMA_TAGS and form.isalpha() and lemma.isalpha() and (count > 1 or form == lemma):
            known[kind].add(lemma.lower())
    for kind, forms in own.items():
        known[kind] |= set(forms.values())
    plain = Lemmas({kind: sorted(words) for kind, words in known.items()}, {})
    exceptions: dict[str, dict[str, str]] = defaultdict(dict)
    for (kind, form), found in sorted(seen.items()):
        lemma, count = found.most_common(1)[0]
        if kind == "proper" or count < 2:
            continue
        if any(plain.lemma(form, tag) != lemma for tag in LEMMA_TAGS.get(kind, ("IN",))):
            exceptions[kind][form] = lemma
    for kind, forms in own.items():
        exceptions[kind] |= forms
    return {"known": {kind: sorted(words) for kind, words in known.items()}, "exceptions": dict(exceptions)}


def morphology_tables(
    tags: Mapping[str, list[frozenset[str]]], words: Mapping[str, list[frozenset[str]]]
) -> dict[str, dict[str, str]]:
    """Give ``{"tags": {tag: features}, "words": {"tag form": features}}``, the latter for closed classes only."""
    by_tag = {tag: shared(found) for tag, found in sorted(tags.items())}
    by_word = {word: shared(found) for word, found in sorted(words.items()) if len(found) >= MIN_COUNT}
    return {
        "tags": by_tag,
        "words": {word: found for word, found in by_word.items() if found != by_tag[word.split(" ")[0]]},
    }


def shared(found: list[frozenset[str]]) -> str:
    """Give the features that nearly all occurrences have, as in CoNLL-U."""
    count = Counter(feature for features in found for feature in features)
    return "|".join(sorted(name for name, times in count.items() if times >= SHARED * len(found)))
