"""The event trigger table of ``data/events.yaml``: the class of event that a predicate names, by word and arguments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from claimkit.frames import Because
from claimkit.labels import NOMINAL, Tree, base, tree_of
from claimkit.lexicon import data_path, load_yaml
from claimkit.lexicon_events import EventFile, TriggerGroup
from claimkit.records import EventType

Classified = tuple[tuple[EventType, float, Because], ...]
"""Classes that the lexicon gives a predicate: class, score in [0, 1] and reason, the best first."""

if TYPE_CHECKING:
    from spacy.tokens import Doc

WORD_BONUS = 0.04
"""What each further word of an entry adds: the longer entry is the more exact one."""
HANDED_ON = 0.95
"""What is left of a score that comes from the object of a light verb or the clause of a transparent one."""
STRAY_PARTICLE = 0.7
"""What is left of the score of a plain verb that has a particle the entry does not name."""
_PLACE_TYPES = frozenset({"LOC", "GPE", "FAC"})
_PARTY_TYPES = frozenset({"ORG", "NORP", "PERSON"})
_DEPTH = 3


class TriggerMatch(NamedTuple):
    """A trigger on a predicate: its group, its entry, its score, and the token whose arguments are the event's."""

    group: TriggerGroup
    entry: str
    score: float
    core: int

    def because(self) -> Because:
        """Give the trigger as a reason."""
        return Because(rule=f"event.{self.entry.replace(' ', '-')}", span=(self.core, self.core + 1), score=self.score)


class Triggers:
    """The compiled trigger table."""

    def __init__(self, file: EventFile) -> None:
        self.classes = {EventType(name): names for name, names in file.classes.items()}
        self.modals = file.modals
        self.light, self.transparent = frozenset(file.light), frozenset(file.transparent)
        self.conative = frozenset(file.conative)
        self.causative, self.partitive = frozenset(file.causative), frozenset(file.partitive)
        self.locative, self.place_adverbs = frozenset(file.locative), frozenset(file.place_adverbs)
        self.place_pronouns, self.definite = frozenset(file.place_pronouns), frozenset(file.definite)
        self.object_cases, self.agent_cases = frozenset(file.object_cases), frozenset(file.agent_cases)
        self._nouns: dict[str, set[str]] = defaultdict(set)
        for name, words in file.nouns.items():
            for word in words:
                self._nouns[word].add(name)
        self.calendar = frozenset(file.calendar)
        self._class_names = frozenset(file.nouns) | {"party", "person", "place", "any"}
        self._tables: dict[str, dict[str, list[tuple[tuple[str, ...], TriggerGroup, str]]]] = {}
        for kind in ("verbs", "nouns", "adjectives"):
            table: dict[str, list[tuple[tuple[str, ...], TriggerGroup, str]]] = defaultdict(list)
            for group in file.triggers:
                for entry in getattr(group, kind):
                    words = tuple(entry.lower().split())
                    table[words[0] if kind != "nouns" else words[-1]].append((words, group, entry))
                    if kind == "nouns" and len(words) > 1 and words[1] in ("of",):
                        table[words[0]].append((words, group, entry))
            self._tables[kind] = dict(table)

    @classmethod
    def default(cls) -> Triggers:
        """Give the shipped table, loaded once a process."""
        return _default()

    def classify(self, doc: Doc, token_index: int) -> Classified:
        """Say what classes the lexicon gives a predicate, with its particle, object, subject and prepositions in view.

        Returns:
            Class, score in [0, 1] and reason, the best first, each class once; empty if the lexicon does not know it.
        """
        best: dict[EventType, TriggerMatch] = {}
        for match in self.match(tree_of(doc), token_index):
            best.setdefault(match.group.type, match)
        return tuple((kind, match.score, match.because()) for kind, match in best.items())

    def match(self, tree: Tree, index: int, *, depth: int = 0) -> list[TriggerMatch]:
        """Give the triggers on a predicate, the best first."""
        found = self._own(tree, index)
        if depth < _DEPTH:
            found += [
                TriggerMatch(group=m.group, entry=m.entry, score=m.score * HANDED_ON, core=m.core)
                for inner in self.handed_on(tree, index)
                for m in self.match(tree, inner, depth=depth + 1)
            ]
        if tree.lemmas[index] in self.conative:
            found = [self._tried(m) for m in found]
        return sorted(found, key=lambda m: (-m.score, -m.group.conditions, -len(m.entry), m.group.id))

    def _tried(self, match: TriggerMatch) -> TriggerMatch:
        """Make an attack of what was only tried: "has been trying to seize the town for a month"."""
        if match.group.type not in (EventType.CAPTURE, EventType.ADVANCE):
            return match
        return match._replace(group=msgspec.structs.replace(match.group, type=EventType.ATTACK))

    def handed_on(self, tree: Tree, index: int) -> list[int]:
        """Give the tokens that a light or transparent predicate leaves its event to."""
        lemma, out = tree.lemmas[index], []
        if lemma in self.transparent or tree.lowers[index] in self.transparent:
            out += [
                kid
                for kid in tree.kids(index, "xcomp", "ccomp", "csubj", "acl", "advcl")
                if kid > index
                and tree.tag(kid) in ("VB", "VBG", "VBN")
                and tree.deps[kid] != "acl:relcl"
                and (tree.deps[kid] not in ("acl", "advcl") or lemma not in ("be", "have"))
            ][:1]
        if self._is_light(tree, index):
            noun = tree.object(index)
            if noun is not None and noun != index:
                out += self._heads(tree, noun)
            if lemma == "be" and noun is None:
                out += tree.kids(index, "nsubj")[-1:]
        return [token for token in out if token != index and token not in tree.ancestors(index)]

    def classes_of(self, tree: Tree, noun: int, *, subject: bool = False) -> set[str]:
        """Give the classes and the lemma of a noun, its entity type and pronouns included."""
        lemma, token = tree.lemmas[noun], tree.doc[noun]
        found = {word for word in (lemma, tree.lowers[noun]) if word not in self._class_names}
        found |= self._nouns.get(lemma, set()) | self._nouns.get(tree.lowers[noun], set())
        if token.ent_type_ in _PLACE_TYPES:
            found |= {"place", "party"} if subject else {"place"}
        elif token.ent_type_ in _PARTY_TYPES:
            found |= {"party", "person"} if token.ent_type_ == "PERSON" else {"party"}
        elif tree.upos(noun) == "PROPN" and tree.lowers[noun] not in self.calendar:
            found |= {"party", "place"}
        elif tree.upos(noun) == "PRON":
            found |= {"party", "force"} if subject else {"person", "force"}
            if tree.lowers[noun] in self.place_pronouns:
                found.add("place")
        if "force" in found:
            found.add("party")
        return found

    def _is_light(self, tree: Tree, index: int) -> bool:
        if tree.upos(index) not in ("VERB", "AUX"):
            return False
        particles = [tree.lowers[kid] for kid in tree.kids(index, "compound:prt")]
        return " ".join((tree.lemmas[index], *particles)) in self.light or (
            tree.lemmas[index] == "be" and bool(tree.kids(index, "expl"))
        )

    def _own(self, tree: Tree, index: int) -> list[TriggerMatch]:
        upos, out = tree.upos(index), []
        kinds = ["nouns"] if upos in NOMINAL else ["adjectives"] if upos == "ADJ" else ["verbs"]
        if kinds == ["verbs"] and tree.tag(index) == "VBN":
            kinds.append("adjectives")
        if kinds == ["nouns"] and tree.kid(index, "cop") is not None:
            kinds.append("adjectives")
        for kind in kinds:
            for words, group, entry in self._tables[kind].get(tree.lemmas[index], []) + (
                self._tables[kind].get(tree.lowers[index], []) if tree.lowers[index] != tree.lemmas[index] else []
            ):
                if _named(tree, index, words=words, kind=kind) and self._fits(tree, index, group=group, words=words):
                    score = min(1.0, group.weight + WORD_BONUS * (len(words) - 1))
                    if kind == "verbs" and len(words) == 1 and tree.has(index, "compound:prt"):
                        score *= STRAY_PARTICLE
                    out.append(TriggerMatch(group=group, entry=entry, score=score, core=index))
        return out

    def _fits(self, tree: Tree, index: int, *, group: TriggerGroup, words: tuple[str, ...]) -> bool:
        if not (group.conditions or group.without):
            return True
        objects = self._terms(tree, self._objects(tree, index))
        with_terms = {case: self._terms(tree, [noun]) for case, noun in tree.obliques(index)}
        if group.without and not self._free_of(
            tree, index, group=group, words=words, objects=objects, cases=with_terms
        ):
            return False
        if group.object and not objects.intersection(group.object):
            return False
        if group.subject and not self._terms(tree, self._subjects(tree, index), subject=True).intersection(
            group.subject
        ):
            return False
        return not group.with_ or any(
            "any" in group.with_.get(case, ()) or terms.intersection(group.with_.get(case, ()))
            for case, terms in _cases(tree, index, with_terms=with_terms, group=group)
        )

    def _free_of(
        self,
        tree: Tree,
        index: int,
        *,
        group: TriggerGroup,
        words: tuple[str, ...],
        objects: set[str],
        cases: dict[str, set[str]],
    ) -> bool:
        banned = set(group.without) - set(words)
        named = objects.union(*cases.values()) if cases else set(objects)
        named |= (
            {tree.lemmas[kid] for kid in tree.kids(index, "compound", "amod")} if tree.upos(index) in NOMINAL else set()
        )
        if group.subject:
            named |= self._terms(tree, self._subjects(tree, index), subject=True)
        return not named.intersection(banned)

    def _objects(self, tree: Tree, index: int) -> list[int]:
        if tree.upos(index) in NOMINAL and tree.kid(index, "cop") is None:
            return [noun for case, noun in tree.obliques(index) if case in self.object_cases]
        noun = tree.object(index)
        return [] if noun is None or noun == index else [noun]

    def _subjects(self, tree: Tree, index: int) -> list[int]:
        if tree.upos(index) in NOMINAL and tree.kid(index, "cop") is None:
            return tree.kids(index, "nmod:poss") + [
                noun for case, noun in tree.obliques(index) if case in self.agent_cases
            ]
        noun = tree.doer(index)
        return [] if noun is None or noun == index else [noun]

    def _terms(self, tree: Tree, nouns: Iterable[int], *, subject: bool = False) -> set[str]:
        found: set[str] = set()
        for noun in nouns:
            for head in self._heads(tree, noun):
                found |= self.classes_of(tree, head, subject=subject)
        return found

    def _heads(self, tree: Tree, noun: int) -> list[int]:
        out: list[int] = []
        for head in tree.conjuncts(noun)[:4]:
            out.append(head)
            if tree.lemmas[head] in self.partitive or tree.upos(head) == "NUM":
                out += [inner for case, inner in tree.obliques(head) if case == "of"]
            out += tree.kids(head, "nmod:desc")
        return out


def _cases(
    tree: Tree, index: int, *, with_terms: dict[str, set[str]], group: TriggerGroup
) -> list[tuple[str, set[str]]]:
    rows = list(with_terms.items())
    if tree.upos(index) in NOMINAL and (own := tree.case(index)):
        rows.append((own, {tree.lemmas[index]}))
    noun = tree.object(index) if tree.upos(index) not in NOMINAL else None
    if noun is not None and noun != index and "of" not in group.with_:
        rows += [
            (case, {tree.lemmas[inner], "place"} if tree.doc[inner].ent_type_ in _PLACE_TYPES else {tree.lemmas[inner]})
            for case, inner in tree.obliques(noun)
        ]
    return rows


def _named(tree: Tree, index: int, *, words: tuple[str, ...], kind: str) -> bool:
    if len(words) == 1:
        return True
    if kind == "nouns":
        near = {tree.lemmas[kid] for kid in tree.kids(index, "compound", "amod", "nmod")} | {
            tree.lemmas[index],
            *(word for case, _ in tree.obliques(index) for word in case.split()),
        }
    else:
        near = set()
        for kid in tree.kids(index):
            near |= {tree.lemmas[kid], tree.lowers[kid]}
            near |= {
                tree.lowers[inner] for inner in tree.kids(kid, "case", "det", "mark", "fixed", "nmod:poss", "amod")
            }
            if base(tree.deps[kid]) in ("obl", "obj", "xcomp", "advcl"):
                near |= {tree.lemmas[inner] for inner in tree.kids(kid, "nmod", "obl", "obj")}
        near |= {tree.lowers[following] for following in range(index + 1, min(index + 2, len(tree)))}
    return set(words[1:] if kind != "nouns" else words).issubset(near | {words[0] if kind != "nouns" else ""})


@cache
def _default() -> Triggers:
    return Triggers(load_yaml(data_path("events.yaml"), EventFile))
