"""The cue table of ``data/cues.yaml``: which words tie a source to what it says, and what they say about it."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from claimkit.frames import Because, TokenSpan
from claimkit.labels import Tree, tree_of
from claimkit.lexicon import data_path, load_yaml
from claimkit.lexicon_cues import Construction, CueFile, CueGroup, CueKind
from claimkit.negation import Negation
from claimkit.records import Stance

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

GAP = 2
"""Adverbs, articles and adjectives that may stand between two words of an entry."""
CLAIMING = (CueKind.REPORT, CueKind.CLAIM, CueKind.HEDGE)
"""Kinds of cues by which something was put forward."""
_FILLERS = frozenset({"ADV", "DET", "ADJ", "PRON", "AUX"})


class CueMatch(NamedTuple):
    """A cue found in a text: its group, its entry, its tokens, the token that governs them, and the negations on it."""

    group: CueGroup
    entry: str
    tokens: tuple[int, ...]
    anchor: int
    negations: tuple[int, ...]

    @property
    def negated(self) -> bool:
        """Tell whether an odd number of negations lies on the cue."""
        return len(self.negations) % 2 == 1

    @property
    def stance(self) -> Stance | None:
        """Give the stance toward the content; None where the negated cue makes no claim."""
        return self.group.negated if self.negated else self.group.stance

    @property
    def rule(self) -> str:
        """Name the entry as a reason does."""
        return rule_of(self.group, self.entry)

    @property
    def span(self) -> TokenSpan:
        """Give the stretch from the first to the last word of the cue, its negations included."""
        words = (*self.tokens, *(word for word in self.negations if abs(word - self.anchor) <= 2 * GAP + 1))
        return min(words), max(words) + 1

    def because(self) -> Because:
        """Give the cue as a reason."""
        return Because(rule=self.rule, span=self.span)


class Cues:
    """The compiled cue table."""

    def __init__(self, file: CueFile) -> None:
        self.words = file.words
        self.groups = {group.id: group for group in file.groups}
        self._entries: dict[str, list[tuple[tuple[str, ...], CueGroup, str]]] = defaultdict(list)
        for group in file.groups:
            for entry in group.entries:
                words = tuple(entry.lower().split())
                self._entries[words[0]].append((words, group, entry))
        for found in self._entries.values():
            found.sort(key=lambda row: -len(row[0]))
        self._pseudo: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for phrase in file.pseudo:
            parts = tuple(phrase.lower().split())
            self._pseudo[parts[0]].append(parts)
        self.against = frozenset(
            rule_of(group, entry) for group in file.groups if group.against for entry in group.entries
        )
        """The reasons of cues that hold something against somebody."""
        self.claim_nouns = frozenset(
            rule_of(group, entry) for group in file.groups
            if group.construction == "noun" and group.kind in CLAIMING for entry in group.entries
        )  # fmt: skip
        """The reasons of nouns for what somebody has said: "the claim that", "the report that"."""
        self.negation = Negation(file.words)

    @classmethod
    def default(cls) -> Cues:
        """Give the shipped table, loaded once a process."""
        return _default()

    def find(self, tree: Tree) -> tuple[CueMatch, ...]:
        """Give every cue of a parse in order of the text; of two groups with the same words, both."""
        blocked = self.pseudo(tree)
        found = []
        for index in range(len(tree)):
            if index not in blocked:
                found += self.at(tree, index)
        return tuple(found)

    def at(self, tree: Tree, index: int) -> list[CueMatch]:
        """Give the cues whose first word is this token, the longest entries only."""
        best: list[CueMatch] = []
        lower, lemma = tree.lowers[index], tree.lemmas[index]
        rows = self._entries.get(lemma, [])
        if lower != lemma:
            rows = rows + self._entries.get(lower, [])
        for words, group, entry in rows:
            if best and len(words) < len(best[0].entry.split()):
                continue
            tokens = matched(tree, index, words=words)
            if tokens and self._fits(tree, tokens, group=group):
                best.append(self._match(tree, tokens, group=group, entry=entry))
        longest = max((len(match.entry.split()) for match in best), default=0)
        return [match for match in best if len(match.entry.split()) == longest]

    def built(self, tree: Tree, index: int, construction: Construction) -> list[CueMatch]:
        """Give the cues of one construction whose first word is this token."""
        return [match for match in self.at(tree, index) if match.group.construction == construction]

    def classify(self, doc: Doc, span: TokenSpan) -> tuple[Stance, CueKind, Because] | None:
        """Say what a given cue (a stretch of tokens, as a model may find it) makes of its content.

        Returns:
            Stance, kind and reason of the most telling entry in the stretch; None if the table knows none of its words.
        """
        tree = tree_of(doc)
        rows = [
            match
            for index in range(max(0, span[0] - 1), min(span[1], len(tree)))
            for match in self.at(tree, index)
            if any(span[0] <= token < span[1] for token in match.tokens) and match.stance is not None
        ]
        rows = [match for match in rows if span[0] <= match.anchor < span[1] or len(match.tokens) > 1]
        if not rows:
            return None
        best = max(rows, key=lambda row: (row.stance is not Stance.ASSERT, len(row.tokens), _weight(tree, row)))
        assert best.stance is not None
        nothing = any(tree.lowers[word] in self.words.nothing for word in range(*span))
        stance = best.group.negated if nothing and not best.negated else None
        return stance or best.stance, best.group.kind, best.because()

    def toward_terms(self, doc: Doc, reason: Because) -> Stance | None:
        """Give the stance that the cue of a reason has toward terms and plans, where that is another one."""
        tree = tree_of(doc)
        for index in range(*reason.span):
            for match in self.at(tree, index):
                if match.rule == reason.rule:
                    return match.group.terms
        return None

    def negations(self, tree: Tree, anchor: int) -> tuple[int, ...]:
        """Give the words that negate a predicate; those of phrases that negate nothing ("not only") are none."""
        pseudo = self.pseudo(tree)
        return tuple(word for word in self.negation.of(tree, anchor) if word not in pseudo)

    def _unseen(self, tree: Tree, noun: int) -> tuple[int, ...]:
        """Give what negates the verb over a noun: "has not seen evidence that"."""
        governor = tree.heads[noun]
        if governor < 0 or tree.deps[noun] != "obj" or tree.upos(governor) != "VERB":
            return ()
        return tuple(word for word in self.negations(tree, governor) if word not in (noun, governor))

    def pseudo(self, tree: Tree) -> frozenset[int]:
        """Give the tokens of phrases that look like a cue or a negation and are none."""
        if (known := tree.memo.get("pseudo")) is None:
            known = tree.memo["pseudo"] = self._pseudo_tokens(tree)
        return known

    def _pseudo_tokens(self, tree: Tree) -> frozenset[int]:
        found: set[int] = set()
        for index in range(len(tree)):
            for word in {tree.lemmas[index], tree.lowers[index]}:
                for phrase in self._pseudo.get(word, ()):
                    found.update(matched(tree, index, words=phrase) or ())
        return frozenset(found)

    def _fits(self, tree: Tree, tokens: tuple[int, ...], *, group: CueGroup) -> bool:
        first = tokens[0]
        upos, tag = tree.upos(first), tree.tag(first)
        match group.construction:
            case "verb":
                return upos in ("VERB", "AUX") or tag.startswith("V")
            case "citing":
                return upos == "VERB" and tag == "VBG"
            case "passive":
                return tag == "VBN" and tree.passive(first) and tree.agent(first) is None and tree.deps[first] != "amod"
            case "noun":
                return upos == "NOUN"
            case "adjective":
                last = tree.tag(tokens[-1]).startswith("JJ") or tree.upos(tokens[-1]) in ("ADJ", "NOUN", "VERB")
                return last and (tag.startswith("JJ") or upos in ("ADJ", "DET", "ADP", "VERB", "ADV"))
            case "adverb":
                return upos == "ADV"
            case _:
                return True

    def _match(self, tree: Tree, tokens: tuple[int, ...], *, group: CueGroup, entry: str) -> CueMatch:
        anchor = tokens[0]
        if group.construction in ("phrase", "adjective", "preposition", "noun"):
            inside = set(tokens)
            anchor = next((word for word in tokens if tree.heads[word] not in inside), tokens[-1])
        negations = (
            ()
            if group.construction in ("phrase", "adverb", "preposition")
            else tuple(word for word in self.negations(tree, anchor) if word not in tokens)
        )
        if group.kind is CueKind.HEDGE and group.construction == "noun" and not negations:
            negations = self._unseen(tree, anchor)
        if group.kind is CueKind.VERIFICATION and not negations:
            negations = self._unfinished(tree, anchor)
        return CueMatch(group=group, entry=entry, tokens=tokens, anchor=anchor, negations=negations)

    def points_back(self, word: Token) -> bool:
        """Tell whether a word can stand for what was said: "the claim", "this"."""
        return word.lemma_.lower() in self.words.pointer_nouns

    @staticmethod
    def _unfinished(tree: Tree, verb: int) -> tuple[int, ...]:
        """Give the auxiliary that says that something goes on: who "is verifying" P has not verified it yet."""
        going = tree.tag(verb) == "VBG"
        return tuple(kid for kid in tree.kids(verb, "aux", "cop") if going and tree.lemmas[kid] == "be")


def rule_of(group: CueGroup, entry: str) -> str:
    """Name an entry as a reason does."""
    family = {CueKind.HEDGE: "hedge", CueKind.VERIFICATION: "verification", CueKind.SILENCE: "verification"}
    return f"{family.get(group.kind, 'cue')}.{entry.replace(' ', '-')}"


def matched(tree: Tree, index: int, *, words: tuple[str, ...]) -> tuple[int, ...]:
    """Give the tokens of an entry's words from a token on, in order, small words between them; empty if not there."""
    tokens = [index] if words[0] in (tree.lemmas[index], tree.lowers[index]) else []
    if not tokens:
        return ()
    for word in words[1:]:
        following, gap = tokens[-1] + 1, 0
        while following < len(tree) and word not in (tree.lemmas[following], tree.lowers[following]):
            gap += 1
            following += 1
            if gap > GAP or following >= len(tree) or tree.upos(following - 1) not in _FILLERS:
                return ()
        if following >= len(tree):
            return ()
        tokens.append(following)
    return tuple(tokens)


def _weight(tree: Tree, match: CueMatch) -> tuple[bool, int]:
    passive = match.group.construction == "passive" and tree.agent(match.anchor) is None
    return passive, -match.tokens[0]


@cache
def _default() -> Cues:
    return Cues(load_yaml(data_path("cues.yaml"), CueFile))
