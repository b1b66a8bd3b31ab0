"""Who denies, doubts and leaves open what, in whole sentences: ways to say so, and ways that must not be read so."""

from __future__ import annotations

from functools import cache

import pytest

from claimkit import Extractor

pytestmark = pytest.mark.model


@cache
def extractor() -> Extractor:
    """Load the pipeline once."""
    return Extractor()


def views(text: str) -> set[tuple[str, str, str]]:
    """Give claimant, stance and event of each claim of a text."""
    found = extractor().extract(text, published="2024-10-01").claims
    return {(claim.claimant.id, claim.stance.value, claim.event.type.value) for claim in found}


@pytest.mark.parametrize(("text", "expected"), [
    ("At no point did the rebels enter Bara, the army said.", ("SDN", "deny", "advance")),
    ("The rebels entered Bara at one point, the army said.", ("SDN", "assert", "advance")),
    ("In no time the rebels entered Bara, the army said.", ("SDN", "assert", "advance")),
    ("Kyiv admitted that it had not been able to hold Bakhmut.", ("UKR", "acknowledge", "hold")),
    ("Kyiv said that it had not been able to hold Bakhmut.", ("UKR", "deny", "hold")),
    ("There is nothing to suggest that M23 fighters have entered Goma, the Congolese army said.",
     ("COD", "unverified", "advance")),
    ("There is much to suggest that M23 fighters have entered Goma, the Congolese army said.",
     ("COD", "assert", "advance")),
    ("There is little sign of a Russian withdrawal from Kherson.", ("NARRATOR", "unverified", "withdraw")),
    ("It is too early to say whether the rebels have left Bara, the UN said.", ("UN", "unverified", "withdraw")),
    ("The Pentagon did not rule out that its strike had killed civilians in Mosul.", ("USA", "assert", "casualties")),
    ("The Pentagon ruled out sending troops to Mosul.", ("USA", "deny", "deploy")),
], ids=["at no point", "at one point", "in no time", "admitted not", "said not", "nothing", "much", "little sign",
        "too early", "not ruled out", "ruled out"])  # fmt: skip
def test_negations(text: str, expected: tuple[str, str, str]) -> None:
    """What negates a content denies it, but stays in what is granted; what nothing suggests is unverified."""
    assert expected in views(text)


@pytest.mark.parametrize(("text", "denies"), [
    ("The RSF said it had seized Nyala, which the army denied.", "SDN"),
    ("The RSF said it had seized Nyala, but the army rejected the claim.", "SDN"),
    ("The RSF said it had seized Nyala. The army rejected the claim.", "SDN"),
    ("Hamas said Israeli strikes killed 20 people in Rafah. The military denied the report.", "ISR"),
])  # fmt: skip
def test_who_denies_a_claim_does_not_make_it(text: str, denies: str) -> None:
    """The army that denies what the RSF says is not the RSF's."""
    claimed = {claimant for claimant, stance, _ in views(text) if stance == "assert"}
    assert {claimant for claimant, stance, _ in views(text) if stance == "deny"} == {denies}
    assert denies not in claimed


def test_whose_claim_is_denied() -> None:
    """Of "A rejected B's claim that P" B asserts P, and is not A."""
    text = (
        "A spokesman for the Arakan Army, Khaing Thu Kha, rejected the military's claim that it had recaptured Paletwa."
    )
    assert {("AA", "deny", "capture"), ("MMR", "assert", "capture")} <= views(text)


@pytest.mark.parametrize(("text", "expected"), [
    ("The RSF said it had seized Nyala, a claim that could not be independently confirmed.", "NARRATOR"),
    ("The RSF said it had seized Nyala, without providing evidence.", "NARRATOR"),
    ("The UN said there was no evidence that the RSF had seized Nyala.", "UN"),
    ("We see nothing to indicate that the RSF has seized Nyala, a Sudanese army spokesman said.", "SDN"),
])  # fmt: skip
def test_who_leaves_it_open(text: str, expected: str) -> None:
    """What the article remarks on a party's word is the article's; that there is no evidence is said by who says so."""
    assert {claimant for claimant, stance, _ in views(text) if stance == "unverified"} == {expected}
    if expected == "NARRATOR":
        assert ("RSF", "assert", "capture") in views(text)


def test_what_something_is_dismissed_as_is_asserted() -> None:
    """Of "rejected allegations as baseless" the allegation is denied, and that it is baseless is asserted."""
    found = views("Pakistan's military rejected Indian allegations that it had fired drones at Amritsar as baseless.")
    assert {("IND", "assert", "attack"), ("PAK", "deny", "attack")} <= found
    assert not {view for view in found if view[2] == "information"} - {("PAK", "assert", "information")}


@pytest.mark.parametrize("text", [
    "Asked whether Russia had withdrawn from Snihurivka, Peskov said he had nothing to say.",
    "Contrary to Turkish claims, no Turkish soldier was killed in Afrin, the YPG said.",
])  # fmt: skip
def test_questions_and_opponents_claim_nothing(text: str) -> None:
    """What somebody is asked is nobody's claim, and whose claims are contradicted does not make the denial."""
    assert {claimant for claimant, _, _ in views(text)} <= {"YPG"}


def test_a_judgement_stays_in_its_clause() -> None:
    """In "it is unclear who fired; A denied involvement" the involvement is denied, and not unclear."""
    found = views("It was unclear who fired the rocket that hit Majdal Shams; Hezbollah denied involvement.")
    assert ("HEZBOLLAH", "deny", "attack") in found
    assert not {view for view in found if view[1] == "unverified"}


def test_reporters_capture_no_towns() -> None:
    """In "AFP was unable to confirm the army's claim that it had retaken P" it is the army that has."""
    text = "AFP was unable to confirm the army's claim that it had retaken Wad Madani."
    found = extractor().extract(text, published="2024-10-01").claims
    assert {claim.event.actor for claim in found} == {"SDN"}


def test_nobody_is_no_party() -> None:
    """No code is made of "none of our positions"."""
    found = extractor().extract("None of our positions in Bara has fallen, the army spokesman said.").claims
    assert found
    assert not {"NONE", "NEITHER"} & {claim.event.actor for claim in found}
