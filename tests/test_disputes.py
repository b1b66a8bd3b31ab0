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
    ("Under no circumstances will Ukraine leave Pokrovsk, Syrskyi said.", ("UKR", "deny", "withdraw")),
    ("In no man's land, Russian drones attacked Ukrainian soldiers, Kyiv said.", ("UKR", "assert", "attack")),
    ("There is nothing to suggest that M23 fighters have entered Goma, the Congolese army said.",
     ("COD", "unverified", "advance")),
    ("There is much to suggest that M23 fighters have entered Goma, the Congolese army said.",
     ("COD", "assert", "advance")),
    ("There is little sign that Russian troops have withdrawn from Kherson.", ("NARRATOR", "unverified", "withdraw")),
    ("It is too early to say whether the rebels have left Bara, the UN said.", ("UN", "unverified", "withdraw")),
    ("The Pentagon did not rule out that its strike had killed civilians in Mosul.", ("USA", "assert", "casualties")),
    ("The Pentagon ruled out sending troops to Mosul.", ("USA", "deny", "deploy")),
    ("It was not possible to verify that the rebels had entered Bara.", ("NARRATOR", "unverified", "advance")),
    ("There was no way to verify that the rebels had entered Bara.", ("NARRATOR", "unverified", "advance")),
], ids=["at no point", "at one point", "in no time", "no circumstances", "no man's land", "nothing",
        "much", "little sign", "too early", "not ruled out", "ruled out", "not possible", "no way"])  # fmt: skip
def test_negations(text: str, expected: tuple[str, str, str]) -> None:
    """What negates a content denies it, and what nothing suggests is unverified; what only looks so does neither."""
    found = views(text)
    assert expected in found
    if expected[1] == "assert":
        assert {stance for _, stance, _ in found} == {"assert"}


@pytest.mark.parametrize(("text", "denies"), [
    ("Russia said it had captured Pokrovsk, which Ukraine denied.", "UKR"),
    ("The RSF said it had seized Nyala, but the army rejected the claim.", "SDN"),
    ("The RSF said it had seized Nyala. The army rejected the claim.", "SDN"),
    ("The RSF said it had seized Nyala. The army dismissed the report as false.", "SDN"),
    ("Hamas said Israeli strikes killed 20 in Rafah on Sunday. The military denied it, saying it hit a depot.", "ISR"),
    ("Residents said Russian troops had shot 10 civilians in Bucha. The defence ministry denied the report.", "RUS"),
])  # fmt: skip
def test_who_denies_a_claim_does_not_make_it(text: str, denies: str) -> None:
    """The army that denies what the RSF says is not the RSF's."""
    found = views(text)
    assert {claimant for claimant, stance, _ in found if stance == "deny"} == {denies}
    denied = {event for _, stance, event in found if stance == "deny"}
    assert denies not in {claimant for claimant, stance, event in found if stance == "assert" and event in denied}


@pytest.mark.parametrize("text", [
    "Ukraine recaptured villages in Kherson and asked for tanks, which Germany rejected.",
    "The United States proposed a ceasefire in Gaza, which Hamas rejected.",
    "Russia demanded that Ukraine withdraw from Donetsk, which Kyiv has rejected.",
])  # fmt: skip
def test_to_reject_what_is_wanted_denies_no_fact(text: str) -> None:
    """What is asked, proposed or demanded is no claim that its rejection could deny."""
    assert {stance for _, stance, _ in views(text)} == {"assert"}


def test_the_other_side_s_claim() -> None:
    """Who spoke before can reject "Ukraine's claim", and it can take back its own."""
    text = "Israel said it had killed a commander in Beirut. It rejected Hezbollah's claim."
    assert views(text) == {("ISR", "assert", "casualties"), ("ISR", "deny", "casualties")}
    assert views("The Sudanese army retracted its claim that it had captured Nyala.") == {("SDN", "deny", "capture")}


@pytest.mark.parametrize(("text", "denies"), [
    ("Kyiv accused Moscow of shelling the plant in Enerhodar, but it denied the charge.", {"RUS"}),
    ("Israel blamed Hezbollah for the strike on Majdal Shams, but it denied involvement.", {"HEZBOLLAH"}),
    ("Kyiv denied that it had shelled the plant in Enerhodar.", {"UKR"}),
])  # fmt: skip
def test_the_accused_denies(text: str, denies: set[str]) -> None:
    """In "A accused B of P, but it denied that" it is B that denies; without an accusation it is the subject."""
    assert {claimant for claimant, stance, _ in views(text) if stance == "deny"} == denies


def test_whose_claim_is_denied() -> None:
    """Of "A rejected B's claim that P" B asserts P, and is not A."""
    text = (
        "A spokesman for the Arakan Army, Khaing Thu Kha, rejected the military's claim that it had recaptured Paletwa."
    )
    assert {("AA", "deny", "capture"), ("MMR", "assert", "capture")} <= views(text)


@pytest.mark.parametrize(("text", "expected"), [
    ("The RSF said it had seized Nyala, a claim that could not be independently confirmed.", "NARRATOR"),
    ("The UN said there was no evidence that the RSF had seized Nyala.", "UN"),
    ("We have no evidence that the RSF has seized Nyala, a Sudanese army spokesman said.", "SDN"),
    ("We see nothing to indicate that the RSF has seized Nyala, a Sudanese army spokesman said.", "SDN"),
    ("\"We have no evidence that the RSF has seized Nyala,\" the army spokesman said.", "SDN"),
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
    assert {view for view in found if view[2] == "information"} <= {("PAK", "assert", "information")}


@pytest.mark.parametrize(("text", "expected"), [
    ("Kyiv could not confirm the loss of the village as heavy fighting was under way near Pokrovsk.",
     ("NARRATOR", "assert", "attack")),
    ("Iran denied that it had attacked the base in Erbil as retaliation for the killing of Soleimani.",
     ("IRN", "deny", "attack")),
])  # fmt: skip
def test_as_also_opens_other_words(text: str, expected: tuple[str, str, str]) -> None:
    """A clause of time or cause, or a purpose, behind "as" is not what something is dismissed as."""
    assert expected in views(text)
    assert not {view for view in views(text) if view[2] == "information"}


@pytest.mark.parametrize(("text", "expected"), [
    ("Asked whether Russia had withdrawn from Snihurivka, Peskov said he had nothing to say.", set()),
    ("Contrary to Turkish claims, no Turkish soldier was killed in Afrin, the YPG said.",
     {("YPG", "deny", "casualties")}),
])  # fmt: skip
def test_questions_and_opponents_claim_nothing(text: str, expected: set[tuple[str, str, str]]) -> None:
    """What somebody is asked is nobody's claim, and whose claims are contradicted does not make the denial."""
    assert views(text) == expected


def test_a_judgement_stays_in_its_clause() -> None:
    """In "it is unclear who fired; A denied involvement" the involvement is denied, and not unclear."""
    found = views("It was unclear who fired the rocket that hit Majdal Shams; Hezbollah denied involvement.")
    assert ("HEZBOLLAH", "deny", "attack") in found
    assert not {view for view in found if view[1] == "unverified"}


def test_reporters_capture_no_towns() -> None:
    """In "AFP could not verify Ukraine's claim that it had retaken P" it is Ukraine that has."""
    text = "AFP could not verify Ukraine's claim that it had retaken Kupiansk."
    found = extractor().extract(text, published="2024-10-01").claims
    assert {claim.event.actor for claim in found} == {"UKR"}


def test_nobody_is_no_party() -> None:
    """No code is made of "none of our positions"."""
    found = extractor().extract("None of our positions in Bara has fallen, the army spokesman said.").claims
    assert found
    assert not {"NONE", "NEITHER"} & {claim.event.actor for claim in found}


@pytest.mark.parametrize(("text", "expected"), [
    ("Residents and a rebel spokesman said M23 rebels had entered Uvira.", {"M23", "RESIDENTS"}),
    ("Residents said M23 rebels had entered Uvira.", {"RESIDENTS"}),
])  # fmt: skip
def test_who_speaks_beside_residents_is_no_resident(text: str, expected: set[str]) -> None:
    """Each of two that speak together has a claim, as whoever it is by itself."""
    assert {claimant for claimant, _, event in views(text) if event == "advance"} == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("Azerbaijan made false claims about the capture of Lachin, the Armenian army said.",
     {("ARM", "deny", "capture"), ("AZE", "assert", "capture")}),
    ("Ukrainian officials said that Moscow makes false claims of advances near Kupyansk.",
     {("UKR", "deny", "advance"), ("RUS", "assert", "advance")}),
    ("Russia falsely claimed that its troops had captured Kupyansk.",
     {("NARRATOR", "deny", "capture"), ("RUS", "assert", "capture")}),
    ("Russia rightly claimed that its troops had captured Kupyansk.", {("RUS", "assert", "capture")}),
    ("Armenia said the army wrongly fired on the village of Lachin.", {("ARM", "assert", "attack")}),
])  # fmt: skip
def test_who_calls_a_claim_false_does_not_make_it(text: str, expected: set[tuple[str, str, str]]) -> None:
    """A false claim is asserted by who makes it; false it is to the article, or to who says the sentence around."""
    found = views(text)
    assert expected <= found
    assert {stance for _, stance, _ in found} == {stance for _, stance, _ in expected}


@pytest.mark.parametrize(("text", "denies"), [
    ("Azerbaijan said it had taken Shusha, something Armenia rejected.", {"ARM"}),
    ("Azerbaijan said it had taken Shusha, something Armenia had expected.", set()),
    ("The Ukrainian corps said Russian forces are stuck in Pokrovsk, contrary to claims from Moscow that they took it.",
     {"UKR"}),
    ("The Ukrainian corps said Russian forces are in Pokrovsk, according to claims from Moscow that they took it.",
     set()),
])  # fmt: skip
def test_what_is_said_beside_is_judged(text: str, denies: set[str]) -> None:
    """What somebody rejects, or speaks contrary to, is denied by him; what he expects or goes by is not."""
    assert {who for who, stance, _ in views(text) if stance != "assert"} == denies


@pytest.mark.parametrize(("text", "events"), [
    ("Iran warned that it will strike Haifa if Israel captures Tyre.", {"attack"}),
    ("Iran warned that it will strike Haifa because Israel captured Tyre.", {"attack", "capture"}),
    ("Kyiv admitted that Lyman could fall if reinforcements do not arrive.", {"capture"}),
    ("Kyiv admitted that Lyman could fall because reinforcements did not arrive.", {"capture", "deploy"}),
    ("Russia would be an obstacle if it rejected the deal that Ukraine signed.", {"negotiate"}),
])  # fmt: skip
def test_a_condition_puts_nothing_forward(text: str, events: set[str]) -> None:
    """What "if" opens is no claim; what is told of a word in it is one."""
    assert {event for _, _, event in views(text)} == events


@pytest.mark.parametrize(("text", "expected"), [
    ("Analysts consider it unlikely that the rebels will leave Goma.", {("EXPERTS", "doubt", "withdraw")}),
    ("Analysts consider it likely that the rebels will leave Goma.", {("EXPERTS", "assert", "withdraw")}),
])  # fmt: skip
def test_what_is_unlikely_is_doubted(text: str, expected: set[tuple[str, str, str]]) -> None:
    """Who thinks something unlikely doubts it; who thinks it likely puts it forward."""
    assert views(text) == expected


@pytest.mark.parametrize(("speaker", "expected"), [("State media", "MMR"), ("Its spokesman", "AA")])
def test_state_media_speak_for_a_state(speaker: str, expected: str) -> None:
    """However lately an armed group has spoken, "state media" are not its own."""
    found = views(
        "In Rakhine, the Arakan Army said it was advancing on Sittwe. "
        f"{speaker} claimed that 100 men were lost near the port of Kyaukphyu in western Myanmar."
    )
    assert {claimant for claimant, _, event in found if event == "casualties"} == {expected}
