"""The words that negate a predicate: not, no + subject, at no point, nothing to, neither, not able to, refused to."""

from __future__ import annotations

from claimkit.labels import Tree
from claimkit.lexicon_cues import CueWords

_ON_PREDICATES = ("advmod", "cc", "cc:preconj", "aux", "mark", "det")
_ON_NOUNS = ("det", "advmod", "cc:preconj")
_GOVERNED = ("xcomp", "acl", "ccomp", "csubj", "advcl")
"""How "verify" hangs on what is not possible, or for which there is no way."""


class Negation:
    """Finds negations by the closed classes of ``data/cues.yaml``."""

    def __init__(self, words: CueWords) -> None:
        self._words = words
        self._negators = frozenset(words.negators)
        self._determiners = frozenset(words.negating_determiners)
        self._adverbials = frozenset(words.negating_adverbials)
        self._ability = frozenset(words.ability)
        self._unable = frozenset(words.inability) | frozenset(words.negating_verbs)

    def of(self, tree: Tree, anchor: int) -> tuple[int, ...]:
        """Give the words that negate a predicate, or make nothing of a noun, in order of the text."""
        found = [
            kid
            for kid in tree.kids(anchor, *_ON_PREDICATES)
            if tree.lowers[kid] in self._negators or tree.lemmas[kid] in self._negators or self._ended(tree, kid)
        ]
        short = [mark - 1 for mark in tree.kids(anchor, "mark") if mark > 0]
        found += [word for word in short if tree.lowers[word] in self._words.falling_short]
        found += self._never(tree, anchor)
        if tree.upos(anchor) == "NOUN" and tree.kid(anchor, "cop") is None:
            return tuple(sorted({*found, *self._no(tree, anchor)}))
        found += self._of_subject(tree, anchor)
        found += self._of_governor(tree, anchor, found)
        return tuple(sorted(found))

    def is_never(self, tree: Tree, noun: int) -> bool:
        """Tell whether a noun with "no" makes an adverbial that negates: the "point" of "at no point"."""
        return f"{tree.case(noun)} {tree.lowers[noun]}" in self._adverbials

    def _never(self, tree: Tree, anchor: int) -> list[int]:
        """Give the "no" of "at no point" and "under no circumstances"; "in no time" negates nothing."""
        never = [noun for _, noun in tree.obliques(anchor) if self.is_never(tree, noun)]
        return [kid for noun in never for kid in tree.kids(noun, "det") if tree.lowers[kid] == "no"]

    def _of_subject(self, tree: Tree, anchor: int) -> list[int]:
        subject = tree.kid(anchor, "nsubj")
        if subject is None and tree.deps[anchor] in ("xcomp", "acl"):
            nothing = tree.subject(anchor)  # "nothing to suggest that S", "saw nothing to suggest that S"
            return [nothing] if nothing is not None and tree.lowers[nothing] in self._determiners else []
        if subject is None:
            return []
        own = [subject] if tree.lowers[subject] in self._determiners else []
        return own + self._no(tree, subject)

    def _of_governor(self, tree: Tree, anchor: int, found: list[int]) -> list[int]:
        """Give what a predicate takes over: "unable to", "refused to", the "not" of the verb it is coordinated to."""
        governor, dep = tree.heads[anchor], tree.deps[anchor]
        if governor < 0:
            return []
        unable = tree.lemmas[governor] in self._unable or tree.lowers[governor] in self._unable
        if dep in ("xcomp", "acl", "ccomp") and unable and not tree.kids(anchor, "nsubj"):
            return [governor, *(word for word in self.of(tree, governor) if word not in (governor, *found))]
        if dep in _GOVERNED and tree.lemmas[governor] in self._ability and not tree.kids(anchor, "nsubj"):
            return [word for word in self.of(tree, governor) if word < anchor]
        if dep == "xcomp" and tree.lemmas[governor] in ("be", "have"):
            return [kid for kid in tree.kids(governor, "advmod") if tree.lowers[kid] in self._unable]
        alike = tree.tag(anchor) == tree.tag(governor) and not tree.kids(anchor, "aux", "nsubj")
        if dep == "conj" and alike and not found:
            return [word for word in self.of(tree, governor) if word < anchor and tree.deps[word] != "cc"]
        return []

    def _ended(self, tree: Tree, word: int) -> bool:
        """Tell whether an adverb says that something has ceased: the "longer" of "no longer"."""
        return tree.lowers[word] in self._words.ceasing and bool(self._no(tree, word))

    def _no(self, tree: Tree, noun: int) -> list[int]:
        """Give the words that make nothing of a noun: "no", "not a single"."""
        return [kid for kid in tree.kids(noun, *_ON_NOUNS) if tree.lowers[kid] in self._determiners and kid < noun]
