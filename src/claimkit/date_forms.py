"""Matches the forms of ``data/dates.yaml`` on tokens: at each word the longest expression, in linear time.

Every form is short and none holds itself, so the work at one word is bounded; what a tier found at a word is kept.
"""

from __future__ import annotations

from typing import NamedTuple

from claimkit.date_guards import Token
from claimkit.date_words import Check, Element, Grammar, Pattern

GAP_WORDS = 8
"""How many words a gap (``~``) may have at most; the parts of a hyphenated word and the hyphens count."""


class Node(NamedTuple):
    """A form found on the tokens ``first`` to ``last`` (half-open): its rule and what filled its classes."""

    rule: str
    kind: str | None
    first: int
    last: int
    slots: tuple[tuple[str, int | str | Node], ...]

    def one(self, name: str) -> int | str | Node | None:
        """Give what first filled a class, ``None`` if nothing did."""
        return next((value for slot, value in self.slots if slot == name), None)

    def number(self, name: str) -> int | None:
        """Give the number that first filled a class."""
        value = self.one(name)
        return value if isinstance(value, int) else None

    def word(self, name: str) -> str | None:
        """Give the word that first filled a class."""
        value = self.one(name)
        return value if isinstance(value, str) else None

    def node(self, *names: str) -> Node | None:
        """Give the first inner form of one of the tiers."""
        return next((value for slot, value in self.slots if slot in names and isinstance(value, Node)), None)

    def all(self, *names: str) -> list[int | str | Node]:
        """Give all that filled some classes, in the order of the text."""
        return [value for slot, value in self.slots if slot in names]


def innermost(node: Node) -> Node:
    """Give the name inside a point or mention that has one, else the form itself."""
    while (inner := node.node("POINT", "NAME")) is not None:
        node = inner
    return node


def _passes(node: Node, *, check: Check) -> bool:
    if check == "same":
        return len({innermost(value).rule for _, value in node.slots if isinstance(value, Node)}) == 1
    days = [value for value in node.all("DAY") if isinstance(value, int)]
    return days == sorted(set(days))


class Matcher:
    """Finds the forms on the tokens of one text."""

    def __init__(self, tokens: list[Token], *, grammar: Grammar) -> None:
        self._tokens = tokens
        self._grammar = grammar
        self._kept: dict[tuple[str, int], Node | None] = {}
        self._by_word: dict[tuple[str, ...], tuple[Pattern, ...]] = {}

    def longest(self, tier: str, *, at: int) -> Node | None:
        """Give the longest form of a tier that begins at a token."""
        key = (tier, at)
        if key not in self._kept:
            self._kept[key] = self._search(tier, at)
        return self._kept[key]

    def _search(self, tier: str, at: int) -> Node | None:
        if at >= len(self._tokens):
            return None
        best: Node | None = None
        for pattern in self._candidates(tier, self._tokens[at]):
            node = self._match(pattern, at)
            if node and (best is None or node.last > best.last):
                best = node
        return best

    def _candidates(self, tier: str, token: Token) -> tuple[Pattern, ...]:
        key = (tier, token.lower, *token.classes)
        if (known := self._by_word.get(key)) is None:
            table = self._grammar.tiers[tier]
            found = {
                order: pattern for option in (*token.classes, token.lower) for order, pattern in table.get(option, ())
            }
            known = self._by_word[key] = tuple(found[order] for order in sorted(found))
        return known

    def _match(self, pattern: Pattern, at: int) -> Node | None:
        found = self._elements(pattern.elements, 0, at, at)
        if found is None:
            return None
        last, slots = found
        node = Node(pattern.rule, pattern.kind, at, last, slots)
        return node if pattern.check is None or _passes(node, check=pattern.check) else None

    def _elements(
        self, elements: tuple[Element, ...], index: int, at: int, first: int
    ) -> tuple[int, tuple[tuple[str, int | str | Node], ...]] | None:
        if index == len(elements):
            return (at, ()) if at > first else None
        element = elements[index]
        if element.gap:
            return self._over_gap(elements, index + 1, at, first)
        if element.look:
            fits = self._fills(element, at - 1 if element.look == "<" else at, broken=False) is not None
            return self._elements(elements, index + 1, at, first) if fits != element.negated else None
        if (filled := self._fills(element, at, broken=at > first)) is not None:
            after, slot = filled
            rest = self._elements(elements, index + 1, after, first)
            if rest is not None:
                return rest[0], ((slot, *rest[1]) if slot else rest[1])
        return self._elements(elements, index + 1, at, first) if element.optional else None

    def _over_gap(
        self, elements: tuple[Element, ...], index: int, at: int, first: int
    ) -> tuple[int, tuple[tuple[str, int | str | Node], ...]] | None:
        for length in range(GAP_WORDS + 1):
            if length and not self._is_word(at + length - 1):
                return None
            if found := self._elements(elements, index, at + length, first):
                return found
        return None

    def _is_word(self, at: int) -> bool:
        if at >= len(self._tokens) or self._tokens[at].breaks:
            return False
        return "WORD" in self._tokens[at].classes or self._tokens[at].lower == "-"

    def _fills(
        self, element: Element, at: int, *, broken: bool
    ) -> tuple[int, tuple[str, int | str | Node] | None] | None:
        if not 0 <= at < len(self._tokens):
            return None
        token = self._tokens[at]
        if broken and token.breaks:
            return None
        for option in element.options:
            if option in self._grammar.tiers:
                if node := self.longest(option, at=at):
                    return node.last, (option, node)
            elif option in token.classes:
                return self._after_short_form(at), (option, token.classes[option])
            elif option == token.lower:
                return at + 1, ("literal", option)
        return None

    def _after_short_form(self, at: int) -> int:
        token = self._tokens[at]
        dotted = "MONTH" in token.classes or "WEEKDAY" in token.classes
        if dotted and token.lower in self._grammar.guards.short_forms and at + 1 < len(self._tokens):
            following = self._tokens[at + 1]
            if following.lower == "." and following.start == token.end:
                return at + 2
        return at + 1
