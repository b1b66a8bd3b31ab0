"""Other names for those of a window, so that what is learnt of a text does not hang on one war's names.

A state gives way to another in all its words ("Russian", "Russia", "Moscow" → "Sudanese", "Sudan", "Khartoum"), a
settlement, a region, a group, a surname to another of its sort, the same name to the same one all through the window.
Only single words are exchanged for single words: labels and edges stay where they are.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from itertools import cycle
from typing import Final

from claimkit.gazetteer import Gazetteer
from claimkit.gazetteer_records import PlaceKind
from claimkit.party_lexicon import StateEntry, load_lexicon
from claimkit.records import PartyKind

SETTLEMENTS: Final = frozenset({PlaceKind.CITY, PlaceKind.TOWN, PlaceKind.VILLAGE})
GROUPS: Final = frozenset({PartyKind.ARMED_GROUP, PartyKind.AUTHORITY})
SHORTEST: Final = 4
"""Letters of the shortest name that is exchanged; shorter ones are often other words."""
PLURAL: Final = ("ese", "sh", "ch", "ss")
"""Ends of demonyms whose plural is the same."""
VOWELS: Final = "AEIOU"


class Names:
    """Which single words are names, of what sort, and what else could stand in their place."""

    def __init__(self) -> None:
        self.others: dict[str, list[str]] = defaultdict(list)
        self.sorts: dict[str, str] = {}
        for place in Gazetteer.default():
            self._put("settlement" if place.kind in SETTLEMENTS else str(place.kind), place.name)
        known = load_lexicon()
        for person in known.persons:
            if not person.common:
                self._put("surname", person.family_name())
        for party in known.parties:
            if party.kind in GROUPS and not party.common:
                for name in (party.name, *party.names):
                    self._put("group", name)
        self.states: list[tuple[str, ...]] = []
        self.forms: dict[str, tuple[int, int]] = {}
        for state in known.states:
            if not state.territory:
                self._put_state(state)
        self.whole = [number for number, forms in enumerate(self.states) if forms]

    def _put(self, sort: str, name: str) -> None:
        if name.isalpha() and name.istitle() and len(name) >= SHORTEST and name not in self.sorts:
            self.sorts[name] = sort
            self.others[sort].append(name)

    def _put_state(self, state: StateEntry) -> None:
        if not state.demonyms or not state.capitals:
            return
        people = state.demonyms[0]
        plural = people if people.endswith(PLURAL) else f"{people}s"
        forms = (state.name, people, plural, state.capitals[0])
        number = len(self.states)
        for form, words in enumerate(((state.name,), state.demonyms, (plural,), state.capitals)):
            for word in words:
                self.forms.setdefault(word, (number, form))
        self.states.append(forms if all(form.isalpha() for form in forms) else ())

    def exchanged(self, words: Sequence[str], rng: random.Random) -> list[str]:
        """Give the words with every known name exchanged; an "a" or "an" before one follows it."""
        order = cycle(rng.sample(self.whole, len(self.whole)))
        states: dict[int, int] = defaultdict(lambda: next(order))
        names: dict[str, str] = {}
        out = list(words)
        for i, word in enumerate(words):
            if word in self.forms:
                number, form = self.forms[word]
                out[i] = self.states[states[number]][form]
            elif word in self.sorts:
                out[i] = names.setdefault(word, rng.choice(self.others[self.sorts[word]]))
            else:
                continue
            if i and out[i - 1] in ("a", "an"):
                out[i - 1] = "an" if out[i][0] in VOWELS else "a"
        return out
