"""The shape of ``data/events.yaml``: groups of event triggers, classes of nouns, words of modality."""

from __future__ import annotations

from typing import Literal

from claimkit.records import EventType, Record

Role = Literal["subject", "object", "other", "none"]

WORD_SCORE = 0.8
"""Score of a trigger that says no other, by its word alone."""
ARGUMENT_SCORE = 0.9
"""Score of a trigger that says no other, where its arguments are as it asks."""


class ClassNames(Record, frozen=True, kw_only=True):
    """What other schemes call a class, and whether it happens on the ground."""

    ground: bool
    acled: tuple[str, ...]
    plover: tuple[str, ...]


class TriggerGroup(Record, frozen=True, kw_only=True, rename={"with_": "with"}):
    """Triggers that behave alike; see the head of ``data/events.yaml`` for the fields."""

    id: str
    type: EventType
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    object: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    with_: dict[str, tuple[str, ...]] = {}
    without: tuple[str, ...] = ()
    actor: Role = "subject"
    place: Literal["object", "subject", "none"] = "object"
    acled: tuple[str, ...] = ()
    plover: tuple[str, ...] = ()
    score: float | None = None

    @property
    def conditions(self) -> int:
        """Count the conditions on arguments."""
        return bool(self.object) + bool(self.subject) + bool(self.with_)

    @property
    def weight(self) -> float:
        """Give how sure the words are, alone or with their arguments."""
        if self.score is not None:
            return self.score
        return ARGUMENT_SCORE if self.conditions else WORD_SCORE


class ModalWords(Record, frozen=True, kw_only=True):
    """What words before a predicate make of it."""

    future: tuple[str, ...]
    backshifted: tuple[str, ...]
    possible: tuple[str, ...]
    demanded: tuple[str, ...]
    future_verbs: tuple[str, ...]
    future_adjectives: tuple[str, ...]
    future_nouns: tuple[str, ...]
    possible_verbs: tuple[str, ...]
    possible_adjectives: tuple[str, ...]
    possible_adverbs: tuple[str, ...]
    demanded_verbs: tuple[str, ...]
    demanded_adjectives: tuple[str, ...]
    actual_verbs: tuple[str, ...]


class EventFile(Record, frozen=True, kw_only=True):
    """The file ``events.yaml`` as written."""

    classes: dict[str, ClassNames]
    nouns: dict[str, tuple[str, ...]]
    triggers: tuple[TriggerGroup, ...]
    light: tuple[str, ...]
    transparent: tuple[str, ...]
    conative: tuple[str, ...]
    causative: tuple[str, ...]
    partitive: tuple[str, ...]
    locative: tuple[str, ...]
    place_adverbs: tuple[str, ...]
    place_pronouns: tuple[str, ...]
    calendar: tuple[str, ...]
    definite: tuple[str, ...]
    object_cases: tuple[str, ...]
    agent_cases: tuple[str, ...]
    modals: ModalWords
