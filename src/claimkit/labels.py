"""A parse to read rules on, in Universal Dependencies, whatever labels the ``Doc`` has.

The rules speak UD only. A :class:`Tree` holds a ``Doc``'s parse in UD notions; where the ``Doc`` has CLEAR labels
(``dobj``, ``prep`` + ``pobj``, ``attr`` ...) its arcs are turned the UD way first: prepositions become ``case`` of
their noun, the copula a child of its predicate. After the conversion tables of Stanford (de Marneffe et al. 2014,
"Universal Stanford Dependencies") and the CLEAR guidelines (Choi & Palmer 2012).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any

from claimkit.dependencies import CLEAR_ONLY, CLEAR_TO_UD
from claimkit.frames import TokenSpan

if TYPE_CHECKING:
    from spacy.tokens import Doc

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM"})
_PREPOSITIONAL = frozenset({"prep", "agent", "dative"})


class Tree:
    """A parse in UD notions, by token index; ``heads[i]`` is -1 for the root of a sentence.

    ``memo`` is for what several finders work out of the same parse.
    """

    __slots__ = ("_found", "_kids", "_sentences", "_tags", "_upos", "deps", "doc", "heads", "lemmas", "lowers", "memo")

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.memo: dict[str, Any] = {}
        offsets, (self.deps, forms, self._upos, self._tags, words) = _columns(doc)
        self.heads = [index + offset if offset else -1 for index, offset in enumerate(offsets)]
        self.lowers = [word.lower() for word in words]
        self.lemmas = [form.lower() or lower for form, lower in zip(forms, self.lowers, strict=True)]
        if CLEAR_ONLY.intersection(self.deps):
            _to_ud(self)
        self._kids: list[list[int]] = [[] for _ in self.heads]
        for index, head in enumerate(self.heads):
            if head >= 0:
                self._kids[head].append(index)
        self._found: dict[tuple[int, tuple[str, ...]], list[int]] = {}
        self._sentences: list[TokenSpan] = []
        for sent in doc.sents:
            self._sentences += [(sent.start, sent.end)] * (sent.end - sent.start)

    def __len__(self) -> int:
        return len(self.heads)

    def kids(self, index: int, *deps: str) -> list[int]:
        """Give the children in order of the text, all or those with one of the labels (subtypes included)."""
        if not deps:
            return self._kids[index]
        if not self._kids[index]:
            return []
        found = self._found.get((index, deps))
        if found is None:
            found = [kid for kid in self._kids[index] if self.deps[kid] in deps or base(self.deps[kid]) in deps]
            self._found[index, deps] = found
        return list(found)

    def kid(self, index: int, *deps: str) -> int | None:
        """Give the first child with one of the labels."""
        found = self.kids(index, *deps)
        return found[0] if found else None

    def has(self, index: int, dep: str) -> bool:
        """Tell whether a child has exactly this label."""
        return any(self.deps[kid] == dep for kid in self._kids[index])

    def subtree(self, index: int, *, without: Iterable[int] = ()) -> list[int]:
        """Give the tokens under a token, itself included, sorted; the subtrees of ``without`` are left out."""
        skip, found, queue = set(without), [], [index]
        while queue:
            node = queue.pop()
            found.append(node)
            queue += [kid for kid in self._kids[node] if kid not in skip]
        return sorted(found)

    def ancestors(self, index: int) -> Iterator[int]:
        """Give head, head's head and so on."""
        seen = set()
        node = self.heads[index]
        while node >= 0 and node not in seen:
            seen.add(node)
            yield node
            node = self.heads[node]

    def upos(self, index: int) -> str:
        """Give the universal part of speech."""
        return self._upos[index]

    def tag(self, index: int) -> str:
        """Give the Penn tag."""
        return self._tags[index]

    def sentence(self, index: int) -> TokenSpan:
        """Give the sentence that a token stands in."""
        return self._sentences[index]

    def subject(self, index: int, *, inherit: bool = True) -> int | None:
        """Give the subject of a predicate: its own, else (``inherit``) that of the predicate it hangs on.

        A coordinated predicate or an infinitive shares its governor's subject; an infinitive under an object ("told
        troops to leave") has the object; a relative pronoun stands for the noun that its clause modifies.
        """
        own = self.kid(index, "nsubj", "csubj")
        dep, head = self.deps[index], self.heads[index]
        if own is not None:
            return self._antecedent(own, index)
        if not inherit or head < 0:
            return None
        if dep == "conj" or (base(dep) == "advcl" and not self.kids(index, "aux", "cop")):
            return self.subject(head)
        if base(dep) == "xcomp":
            return next(iter(self.kids(head, "iobj", "obj")), None) or self.subject(head)
        if base(dep) == "acl":
            return head
        return None

    def _antecedent(self, subject: int, predicate: int) -> int:
        if self.tag(subject) not in ("WDT", "WP"):
            return subject
        for node in (predicate, *self.ancestors(predicate)):
            if self.deps[node] == "acl:relcl":
                return self.heads[node]
        return subject

    def passive(self, index: int) -> bool:
        """Tell whether a predicate is passive: by its auxiliary or subject, or as a bare past participle of a noun."""
        if self.has(index, "aux:pass") or self.has(index, "nsubj:pass") or self.has(index, "csubj:pass"):
            return True
        if self.tag(index) != "VBN" or self.kids(index, "aux", "cop"):
            return False
        if self.deps[index] == "conj" and self.heads[index] >= 0:
            return self.passive(self.heads[index])
        return base(self.deps[index]) in ("acl", "advcl", "amod")

    def agent(self, index: int) -> int | None:
        """Give the noun of a passive's by-phrase."""
        found = self.kid(index, "obl:agent")
        if found is not None or not self.passive(index):
            return found
        return next((noun for case, noun in self.obliques(index) if case == "by"), None)

    def doer(self, index: int) -> int | None:
        """Give who does what a predicate says: the agent of a passive, the subject of another."""
        return self.agent(index) if self.passive(index) else self.subject(index)

    def object(self, index: int) -> int | None:
        """Give the direct object; a passive has its subject, a coordinated verb shares one that follows it."""
        if self.passive(index):
            return self.subject(index)
        own = self.kid(index, "obj")
        if own is not None:
            if self.tag(own) in ("WDT", "WP") and self.deps[index] == "acl:relcl":
                return self.heads[index]
            return own
        if self.kid(index, "compound:prt") is not None:
            bare = next((noun for case, noun in self.obliques(index) if not case and noun > index), None)
            if bare is not None:
                return bare  # "brushed aside the claim", which parsers take for an adverbial
        if self.deps[index] == "acl:relcl" and self.kid(index, "nsubj") is not None:
            return self.heads[index]
        if self.deps[index] == "conj" and self.heads[index] >= 0:
            shared = self.kid(self.heads[index], "obj")
            return shared if shared is not None and shared > index else None
        return None

    def obliques(self, index: int) -> list[tuple[str, int]]:
        """Give the prepositional dependents of a verb or noun as (preposition, noun); no preposition is ``""``."""
        return [(self.case(kid), kid) for kid in self.kids(index, "obl", "nmod") if self.deps[kid] != "nmod:poss"]

    def case(self, index: int) -> str:
        """Give the preposition of a noun in lower case, its parts joined: ``out of``."""
        words: list[str] = []
        for kid in self.kids(index, "case"):
            if kid < index:
                words += [self.lowers[kid], *(self.lowers[part] for part in self.kids(kid, "fixed"))]
        return " ".join(words)

    def conjuncts(self, index: int) -> list[int]:
        """Give a token and all that is coordinated with it, in order of the text."""
        found = [index]
        for node in found:
            found += self.kids(node, "conj")
        return found


def _columns(doc: Doc) -> tuple[list[int], list[list[str]]]:
    """Give the offsets to the heads; and labels, lemmas, parts of speech, tags and words. No token is made for it."""
    from spacy.attrs import DEP, HEAD, LEMMA, ORTH, POS, TAG

    if not len(doc):
        return [], [[], [], [], [], []]
    offsets, *columns = doc.to_array([HEAD, DEP, LEMMA, POS, TAG, ORTH]).T
    numbers = [column.tolist() for column in columns]
    known = {number: doc.vocab.strings[number] for number in set(chain.from_iterable(numbers))}
    return offsets.astype("int64").tolist(), [[known[number] for number in column] for column in numbers]


_last: list[Tree] = []


def tree_of(doc: Doc) -> Tree:
    """Give the tree of a ``Doc``; the last one is kept, as the finders ask for it token by token."""
    for kept in tuple(_last):
        if kept.doc is doc:
            return kept
    tree = Tree(doc)
    _last[:] = [tree]
    return tree


@cache
def base(dep: str) -> str:
    """Give a label without its subtype."""
    return dep.partition(":")[0]


def _to_ud(tree: Tree) -> None:
    old, heads, deps = list(tree.deps), tree.heads, tree.deps
    for index, dep in enumerate(old):
        deps[index] = CLEAR_TO_UD.get(dep, dep)
    objects = {heads[i]: i for i in reversed(range(len(old))) if old[i] in ("pobj", "pcomp")}
    for index in range(len(old)):
        if old[index] in _PREPOSITIONAL or (old[index] == "conj" and index in objects):
            _turn_preposition(tree, index, old=old, objects=objects)
    for index in range(len(old)):
        if tree.lemmas[index] == "be" and not deps[index].startswith("aux"):
            _turn_copula(tree, index, old=old)


def _turn_preposition(tree: Tree, preposition: int, *, old: list[str], objects: dict[int, int]) -> None:
    noun = objects.get(preposition)
    inner = None
    if noun is None:
        inner = next((i for i, head in enumerate(tree.heads) if head == preposition and old[i] == "prep"), None)
        noun = objects.get(inner) if inner is not None else None
    if noun is None:
        return
    governor = tree.heads[preposition]
    if old[preposition] == "conj" and governor in objects:
        tree.heads[noun], tree.deps[noun] = objects[governor], "conj"
    elif governor != noun:
        tree.heads[noun] = governor
        if old[noun] == "pcomp":
            tree.deps[noun] = "acl" if governor >= 0 and tree.upos(governor) in NOMINAL else "advcl"
        elif old[preposition] == "agent":
            tree.deps[noun] = "obl:agent"
        else:
            tree.deps[noun] = "nmod" if governor >= 0 and tree.upos(governor) in NOMINAL else "obl"
    label = "mark" if old[noun] == "pcomp" else "case"
    for word in (preposition, inner):
        if word is not None:
            tree.heads[word], tree.deps[word] = noun, label
            objects.setdefault(word, noun)


def _turn_copula(tree: Tree, copula: int, *, old: list[str]) -> None:
    kids = [i for i, head in enumerate(tree.heads) if head == copula]
    if any(old[kid] == "expl" and tree.lemmas[kid] == "there" for kid in kids):
        return
    found = [kid for kid in kids if old[kid] in ("attr", "acomp", "oprd")]
    found = found or [kid for kid in kids if kid > copula and tree.deps[kid] == "obl"]
    if not found:
        return
    predicate = found[0]
    tree.heads[predicate], tree.deps[predicate] = tree.heads[copula], tree.deps[copula]
    for kid in kids:
        if kid != predicate:
            tree.heads[kid] = predicate
    tree.heads[copula], tree.deps[copula] = predicate, "cop"
