"""Candidates by weighted features: chances, and what is said of parties that words can stand for."""

from __future__ import annotations

import dataclasses
import math

import pytest

from claimkit.antecedent_features import featured
from claimkit.antecedents import Pointer, Spoken, can_stand, gathered
from claimkit.parties import Parties, PartyMatch
from claimkit.ranking import Ranker, ago, log_odds
from claimkit.reading import About

PARTIES = Parties.default()


def test_one_candidate_by_itself() -> None:
    """The chance is that of the sum of weights; features without a weight count nothing."""
    ranker = Ranker({"near": 1.0, "owner": -2.0})
    assert ranker.chance({}) == 0.5
    assert ranker.chance({"near": 2.0, "unheard-of": 9.0}) == pytest.approx(1 / (1 + math.exp(-2)))
    assert ranker.chance({"near": 1e9}) < 1.0


def test_one_candidate_of_all() -> None:
    """Chances add up to one, or leave room for none of them."""
    ranker = Ranker({"near": 1.0})
    options = [{"near": 1.0}, {"near": 1.0}, {}]
    assert sum(ranker.chances(options, or_none=False)) == pytest.approx(1.0)
    assert sum(ranker.chances(options, or_none=True)) == pytest.approx((2 * math.e + 1) / (2 * math.e + 2))
    assert ranker.chances([], or_none=False) == []


def test_the_packaged_weights_are_there() -> None:
    """All four models are fitted; a name that is none has no weights."""
    for name in ("source", "actor", "here", "back"):
        assert Ranker.named(name).chance({"bias": 1.0}) != 0.5
    assert Ranker.named("nobody").chance({"bias": 1.0}) == 0.5


def test_steps() -> None:
    """How long ago grows in steps; log odds are bounded."""
    assert [ago(n) for n in (0, 1, 2, 3, 4, 5, 8, 9, 16, 17, 999)] == [
        "0", "1", "2", "3-4", "3-4", "5-8", "5-8", "9-16", "9-16", "more", "more"]  # fmt: skip
    assert log_odds(0.5) == 0.0
    assert (log_odds(0.0), log_odds(1.0)) == pytest.approx((-4.595, 4.595), abs=0.001)


def spoken(code: str, token: int, *, sentence: int = 0, person: bool = False, gender: str | None = None) -> Spoken:
    """A source that the article named."""
    return Spoken(
        token=token, end=token + 1, sentence=sentence, block=0, party=PARTIES[code], words=frozenset(), head="",
        plural=False, person=person, gender=gender, source=True, subject=True,
    )  # fmt: skip


def pointer(*, chances: tuple[tuple[int, float], ...] = (), **about: str | bool) -> Pointer:
    """A pronoun in the third sentence."""
    match = PartyMatch(query="she", party=None, candidates=(), match=None, number="singular", needs_antecedent=True,
                       because="", score=0.0, **about)  # type: ignore[arg-type]  # fmt: skip
    return Pointer(start=50, sentence=2, block=0, form="pronoun", word="she", match=match,
                   about=About(content=(52, 55)), chances=chances)  # fmt: skip


def test_a_person_of_another_gender_is_no_candidate() -> None:
    """What is not known of a gender does not count against anybody."""
    entries = [spoken("UKR", 3, person=True, gender="m"), spoken("RUS", 9, person=True), spoken("USA", 12)]
    found = gathered(entries, [], [], gender="f")
    assert [candidate.party.id for candidate in found] == ["RUS", "USA"]
    assert [candidate.party.id for candidate in gathered(entries, [], [], gender=None)] == ["UKR", "RUS", "USA"]


def test_what_a_pronoun_can_stand_for() -> None:
    """A mention that agrees, or one that the model is sure of; nothing that comes later."""
    person = gathered([spoken("UKR", 3, person=True)], [], [], gender=None)[0]
    later = gathered([spoken("UKR", 70, person=True)], [], [], gender=None)[0]
    thing = pointer(person=False)
    assert can_stand(pointer(person=True), person)
    assert not can_stand(pointer(person=True), later)
    assert not can_stand(thing, person)
    assert can_stand(pointer(person=False, chances=((3, 0.9),)), person)


def test_the_latest_is_first() -> None:
    """Candidates are ranked by how long ago they were named, and spoke."""
    candidates = gathered(
        [spoken("UKR", 3), spoken("RUS", 30, sentence=1)], [("near", PARTIES["USA"])], [], gender=None
    )
    ukraine, russia, america = featured(pointer(person=False), candidates)
    assert russia["rank=0"] == russia["source-rank=0"] == russia["ago=1"] == 1.0
    assert ukraine["rank=1"] == ukraine["ago=2"] == 1.0
    assert america["rank=4"] == america["origin=near"] == 1.0
    assert "fit" in russia
    assert "fit" not in america


def test_the_sort_that_the_model_sees_speaks_for_a_party_of_it() -> None:
    """A state is likelier where the model sees one; an actor that speaks itself is another sort than other states."""
    candidates = gathered([spoken("UKR", 3), spoken("UN", 9)], [], [], gender=None)
    sorts = {"state": 0.9, "body": 0.05}
    state, body = featured(dataclasses.replace(pointer(person=False), about=About(sorts=sorts)), candidates)
    assert state["sort"] > 0 > body["sort"]
    acting = {"none": 0.1, "speaker": 0.7, "state": 0.1, "body": 0.1}
    about = dataclasses.replace(pointer(person=False), about=About(sorts=acting, speaker="UKR"))
    own, other = featured(about, candidates)
    assert own["sort"] > 0 > other["sort"]
    assert own["nobody"] == other["nobody"] < 0
    assert all("sort" not in features for features in featured(pointer(person=False), candidates))
