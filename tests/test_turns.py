"""Who speaks in a transcript: labels, what hangs on them, and what is no transcript."""

from __future__ import annotations

import pytest

from claimkit.extract import extract

pytestmark = pytest.mark.model
HEAD = "Press briefing\n\nAnna Moor, spokeswoman of the U.S. State Department, spoke to reporters in Washington.\n\n"
TURNS = (
    "MS MOOR: Good afternoon. Our forces struck two depots near Vell last night.\n\n"
    "QUESTION: The Houthis say ten civilians were killed. Did you hit a market?\n\n"
    "MS MOOR: No. That report is false. We did not attack any market.\n\n"
    "We have told Iran that it must stop arming them.\n\n"
    "QUESTION: And Iran?\n\n"
    "MS MOOR: Iran has denied involvement in the attack on the port of Orlane.\n"
)


def said(text: str) -> list[tuple[str, str, str]]:
    """Give source, claimant and stance of each claim."""
    found = extract(text, published="2024-03-05").claims
    return [(claim.source.text if claim.source else "", claim.claimant.id, claim.stance.value) for claim in found]


def test_a_turn_is_told_by_whose_it_is() -> None:
    """Paragraphs without a label too, and "we"; somebody else who is named keeps what he says."""
    found = said(HEAD + TURNS)
    own = [(claimant, stance) for source, claimant, stance in found if source == "MS MOOR"]
    assert len(own) >= 3
    assert {claimant for claimant, _ in own} == {"USA"}
    assert ("USA", "deny") in own
    assert {("The Houthis", "HOUTHIS", "assert"), ("Iran", "IRN", "deny")} <= set(found)


def test_the_reason_is_named() -> None:
    """By the label."""
    claims = extract(HEAD + TURNS, published="2024-03-05").claims
    named = {
        reason.rule for claim in claims if claim.source and claim.source.text == "MS MOOR" for reason in claim.because
    }
    assert "attribution.turn" in named


@pytest.mark.parametrize("text", [
    "UPDATE: Russian forces captured Yampil.\n\nUPDATE: Russian aircraft struck a depot in Kramatorsk.\n",
    "North: The town of Yampil fell.\n\nEast: A depot was struck.\n\nNorth: Two soldiers were killed near Lyman.\n",
], ids=["too few", "no person"])  # fmt: skip
def test_other_labels_speak_for_nobody(text: str) -> None:
    """Two labels make no transcript, and a word that is no name is no speaker."""
    assert {claimant for _, claimant, _ in said(f"News from the east\n\n{text}")} == {"NARRATOR"}
