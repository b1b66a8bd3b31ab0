"""Who did and who suffered what so far in an article: the next such event is likely to be of the same party."""

from __future__ import annotations

from collections.abc import Iterable

from claimkit.antecedents import SUFFERED, Candidate


class Acts:
    """The actors of the events of one article, in the order of the text."""

    def __init__(self) -> None:
        self._codes: dict[bool, list[str]] = {False: [], True: []}

    def note(self, event: str, code: str) -> None:
        """Remember that a party did an event, or suffered it where its class says so."""
        self._codes[event in SUFFERED].append(code)

    def mark(self, candidates: Iterable[Candidate], event: str) -> None:
        """Tell of each candidate for an event how lately it was the actor of such, and of the opposite."""
        suffers = event in SUFFERED
        alike, otherwise = (list(dict.fromkeys(reversed(self._codes[kind]))) for kind in (suffers, not suffers))
        for candidate in candidates:
            code = candidate.party.id
            candidate.acted = alike.index(code) if code in alike else None
            candidate.acted_otherwise = otherwise.index(code) if code in otherwise else None
