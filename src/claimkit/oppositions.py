"""Which events contradict, end or outlast each other: ``data/contradictions.yaml``, read once."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Literal

from claimkit.lexicon import data_path, load_yaml
from claimkit.records import EventType, Record

Actors = Literal["opposed", "same"]
Opposes = Callable[[str, str], bool | None]

FILE = "contradictions.yaml"


class Opposition(Record, frozen=True, kw_only=True):
    """Two events at one place and time that cannot both be true, and why."""

    one: EventType
    other: EventType
    actors: Actors
    reason: str


class Ending(Record, frozen=True, kw_only=True):
    """A later event that makes an earlier one a thing of the past."""

    event: EventType
    by: EventType
    actors: Actors


class EventLogic(Record, frozen=True, kw_only=True):
    """The table as the file has it."""

    lasting: tuple[EventType, ...]
    changing: tuple[EventType, ...]
    loose: tuple[EventType, ...]
    joint: tuple[EventType, ...]
    own_loss: tuple[EventType, ...]
    gain: tuple[EventType, ...]
    oppositions: tuple[Opposition, ...]
    endings: tuple[Ending, ...]

    def opposition(
        self, one: tuple[EventType, str | None], other: tuple[EventType, str | None], *, opposes: Opposes
    ) -> str | None:
        """Say why two events, each with its actor, cannot both be true; ``None`` where they can."""
        for entry in self.oppositions:
            for first, second in ((one, other), (other, one)):
                fits = (first[0], second[0]) == (entry.one, entry.other)
                if fits and agree(entry.actors, first[1], second[1], opposes=opposes):
                    return f"{entry.one} × {entry.other}: {entry.reason}"
        return None

    def ends(
        self, earlier: tuple[EventType, str | None], later: tuple[EventType, str | None], *, opposes: Opposes
    ) -> bool:
        """Tell whether the later event makes the earlier one a thing of the past."""
        return any(
            (entry.event, entry.by) == (earlier[0], later[0])
            and agree(entry.actors, earlier[1], later[1], opposes=opposes)
            for entry in self.endings
        )


def agree(actors: Actors, one: str | None, other: str | None, *, opposes: Opposes) -> bool:
    """Tell whether two actors stand as a rule asks; an unknown actor never does."""
    if one is None or other is None:
        return False
    return one == other if actors == "same" else bool(opposes(one, other))


@lru_cache(maxsize=1)
def event_logic() -> EventLogic:
    """Give the shipped table.

    Raises:
        LexiconError: the file breaks its schema.
    """
    logic: EventLogic = load_yaml(data_path(FILE), EventLogic)
    return logic
