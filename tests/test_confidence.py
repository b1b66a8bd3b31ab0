"""Confidence: a chance that rises with what speaks for a claim, and that was fitted to be one."""

from __future__ import annotations

import msgspec
import pytest

from claimkit.confidence import confidence, features, weights
from claimkit.frames import Because
from claimkit.parties import Parties
from claimkit.reading import Draft, Who
from tests.core_parses import draft_of, reading_of


def draft(*, predicate: float, lexicon: bool = False) -> Draft:
    """Give a draft whose predicate the model scores so, with or without the lexicon's agreement."""
    found = draft_of(reading_of("denied"), "fallen", "the city had fallen")
    span = (found.mention.predicate, found.mention.predicate + 1)
    reasons = [Because(rule="claim", span=span, score=predicate)]
    reasons += [Because(rule="event.fall", span=span, score=0.9)] if lexicon else []
    found.mention = msgspec.structs.replace(found.mention, because=tuple(reasons))
    found.claimant = Who(party=Parties.default()["UKR"], rule="party.name", score=1.0)
    return found


@pytest.mark.parametrize(("less", "more"), [
    (draft(predicate=0.4), draft(predicate=0.95)),
    (draft(predicate=0.7), draft(predicate=0.7, lexicon=True)),
], ids=["a surer predicate", "the lexicon agrees"])  # fmt: skip
def test_what_speaks_for_a_claim_raises_it(less: Draft, more: Draft) -> None:
    """The chance rises, and stays within 0 and 1."""
    assert 0.0 <= confidence(less) < confidence(more) <= 1.0


def test_every_feature_has_a_weight_and_none_is_left_over() -> None:
    """The weights beside the model are those of the features that the program gives."""
    assert sorted(weights()) == sorted(features(draft(predicate=0.5)))


def test_a_certain_score_is_no_fault() -> None:
    """Scores of 0 and 1 have no log odds; they count as nearly so."""
    assert 0.0 <= confidence(draft(predicate=0.0)) <= confidence(draft(predicate=1.0)) <= 1.0


def test_a_claim_of_nobody_known_has_none() -> None:
    """Confidence is the chance that claimant and event are right."""
    nobody = draft(predicate=0.95)
    nobody.claimant = None
    assert confidence(nobody) == 0.0
