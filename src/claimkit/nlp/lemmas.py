"""Lemmas by suffix rules over a list of known lemmas, with exceptions; both tables come with the model.

The rules undo English inflection by the word's Penn tag: each gives candidates, a known lemma wins, else a guess from
the ending. The tables are counted from the training treebanks (``training/words.py``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_VERB_SUFFIXES = {
    "VBZ": (("ies", "y"), ("es", ""), ("es", "e"), ("s", "")),
    "VBD": (("ied", "y"), ("ed", "e"), ("ed", "")),
    "VBN": (("ied", "y"), ("ed", "e"), ("ed", "")),
    "VBG": (("ying", "ie"), ("ing", "e"), ("ing", "")),
}
_NOUN_SUFFIXES = (("ies", "y"), ("ves", "f"), ("ves", "fe"), ("men", "man"), ("es", ""), ("es", "e"), ("s", ""))
_ADJECTIVE_SUFFIXES = {
    "JJR": (("ier", "y"), ("er", "e"), ("er", "")),
    "JJS": (("iest", "y"), ("est", "e"), ("est", "")),
}
_CLASSES = {"VB": "verb", "NN": "noun", "JJ": "adjective", "RB": "adjective", "MD": "verb"}
_VOWELS = "aeiou"
_SIBILANTS = ("ss", "x", "zz", "tz", "ch", "sh", "o")
_DOUBLE_ENDINGS = ("ll", "ss", "ff", "zz")
_SILENT_E = ("at", "iz", "is", "us", "c", "g", "v", "z", "u", "ir", "ur", "os", "rs", "ns")


def word_class(tag: str) -> str:
    """Give the lemma table of a Penn tag: verb, noun, adjective, proper or other."""
    if tag.startswith("NNP"):
        return "proper"
    return _CLASSES.get(tag[:2], "other")


class Lemmas:
    """Looks up the lemma of a word with its Penn tag."""

    def __init__(self, known: Mapping[str, Sequence[str]], exceptions: Mapping[str, Mapping[str, str]]) -> None:
        self._known = {kind: frozenset(words) for kind, words in known.items()}
        self._exceptions = exceptions

    def lemma(self, word: str, tag: str) -> str:
        """Give the lemma: lower case but for proper nouns, which stay as they are written."""
        kind = word_class(tag)
        if kind == "proper":
            return word
        form = word.lower()
        exception = self._exceptions.get(kind, {}).get(form)
        if exception is not None:
            return exception
        known = self._known.get(kind, frozenset())
        if kind == "verb":
            return self._strip(form, _VERB_SUFFIXES.get(tag, ()), known)
        if tag == "NNS":
            return self._strip(form, _NOUN_SUFFIXES, known)
        if kind == "adjective":
            return self._strip(form, _ADJECTIVE_SUFFIXES.get(tag, ()), known)
        return form

    def _strip(self, form: str, suffixes: Sequence[tuple[str, str]], known: frozenset[str]) -> str:
        stems = [form[: -len(old)] + new for old, new in suffixes if form.endswith(old) and len(form) > len(old) + 1]
        doubled = [stem[:-1] for stem in stems if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in _VOWELS]
        for stem in [*stems, *doubled]:
            if stem in known:
                return stem
        if not stems:
            return form
        if form.endswith(("ied", "ies", "ier", "iest")):
            return stems[0]
        if form.endswith("es"):
            return form[:-2] if form[:-2].endswith(_SIBILANTS) else form[:-1]
        plain = stems[-1]
        if doubled and not plain.endswith(_DOUBLE_ENDINGS):
            return doubled[-1]
        silent = plain.endswith(_SILENT_E) and not plain.endswith("ng") and not form.endswith("s")
        return plain + "e" if silent else plain
