"""The shape of ``data/cues.yaml``: groups of attribution cues and the closed classes of words that the rules need.

The vocabulary is ConText's (Harkema et al. 2009; medspacy): an entry has a direction, a scope, terminators, and there
are pseudo cues that look like one. Factuality is FactBank's (Saurí & Pustejovsky 2009).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from claimkit.records import Modality, Record, Stance


class Factuality(StrEnum):
    """How certain a source presents an event to be: certain, probable, possible; positive, negative; unknown."""

    CERTAIN = "CT+"
    PROBABLE = "PR+"
    POSSIBLE = "PS+"
    CERTAIN_NOT = "CT-"
    PROBABLE_NOT = "PR-"
    POSSIBLE_NOT = "PS-"
    UNKNOWN = "Uu"


class CueKind(StrEnum):
    """What sort of act a cue is."""

    REPORT = "report"
    CLAIM = "claim"
    DENIAL = "denial"
    DOUBT = "doubt"
    ADMISSION = "admission"
    VERIFICATION = "verification"
    ACCUSATION = "accusation"
    DEMAND = "demand"
    PLAN = "plan"
    BELIEF = "belief"
    PERCEPTION = "perception"
    EVIDENCE = "evidence"
    HEDGE = "hedge"
    SILENCE = "silence"


Construction = Literal["verb", "passive", "noun", "adjective", "adverb", "preposition", "citing", "phrase"]
Takes = Literal[
    "that", "whether", "quote", "infinitive", "gerund", "object", "person-infinitive", "person-gerund", "person-of",
    "for", "of", "on", "over", "to", "with", "about", "in", "at",
]  # fmt: skip


class CueGroup(Record, frozen=True, kw_only=True):
    """Cues that behave alike; see the head of ``data/cues.yaml`` for the fields."""

    id: str
    kind: CueKind
    construction: Construction
    stance: Stance
    negated: Stance | None = None
    terms: Stance | None = None
    factuality: Factuality
    takes: tuple[Takes, ...] = ()
    modality: Modality | None = None
    source: Literal["subject", "none", "reports"] = "subject"
    direction: Literal["forward", "backward", "both"] = "forward"
    scope: int | None = None
    terminators: tuple[str, ...] = ()
    against: bool = False
    entries: tuple[str, ...]


class CueWords(Record, frozen=True, kw_only=True):
    """Closed classes of words that the rules need."""

    negators: tuple[str, ...]
    negating_determiners: tuple[str, ...]
    negating_adverbials: tuple[str, ...]
    negating_verbs: tuple[str, ...]
    ceasing: tuple[str, ...]
    falling_short: tuple[str, ...]
    inability: tuple[str, ...]
    ability: tuple[str, ...]
    relativizers: tuple[str, ...]
    conditional_marks: tuple[str, ...]
    open_question_marks: tuple[str, ...]
    temporal_marks: tuple[str, ...]
    means_marks: tuple[str, ...]
    complement_marks: tuple[str, ...]
    quote_open: tuple[str, ...]
    quote_close: tuple[str, ...]
    evidence_nouns: tuple[str, ...]
    owned_kinds: tuple[CueKind, ...]
    verified_modifiers: tuple[str, ...]
    citation_marks: tuple[str, ...]
    whether_marks: tuple[str, ...]
    telling: tuple[str, ...]
    askers: tuple[str, ...]
    withheld: tuple[str, ...]
    addressing: tuple[str, ...]
    source_cases: tuple[str, ...]
    pointer_nouns: tuple[str, ...]
    dummy_sources: tuple[str, ...]
    nobody: tuple[str, ...]
    nothing: tuple[str, ...]
    claiming: tuple[str, ...]
    opposing: tuple[str, ...]
    blaming: tuple[str, ...]
    asking: tuple[str, ...]
    calling: tuple[str, ...]
    passing_on: tuple[str, ...]


class CueFile(Record, frozen=True, kw_only=True):
    """The file ``cues.yaml`` as written."""

    groups: tuple[CueGroup, ...]
    pseudo: tuple[str, ...]
    words: CueWords
