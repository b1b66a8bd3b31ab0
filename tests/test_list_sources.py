"""Whose the items of a list are that a line with a colon opens."""

from __future__ import annotations

import pytest

from claimkit.extract import extract

pytestmark = pytest.mark.model
ITEMS = "1. Russian troops captured Yampil.\n\n2. Russian aircraft struck a depot in Kramatorsk.\n\n"


def claimants(text: str) -> list[tuple[str, str]]:
    """Give claimant and class of each claim."""
    return [(claim.claimant.id, claim.event.type.value) for claim in extract(text, published="2026-06-09").claims]


@pytest.mark.parametrize("lead", [
    "The Ministry of Defence of the Russian Federation reports:",
    "The Russian Defence Ministry said in its daily report:",
    "According to the Russian Defence Ministry:",
])  # fmt: skip
def test_a_list_is_told_by_who_opens_it(lead: str) -> None:
    """Each item without a source of its own, with the reason."""
    found = extract(f"Daily report\n\n{lead}\n\n{ITEMS}", published="2026-06-09").claims
    assert {(c.claimant.id, c.event.type.value) for c in found} >= {("RUS", "capture"), ("RUS", "attack")}
    assert all(claim.claimant.id == "RUS" and claim.source is None for claim in found)
    assert all("attribution.list" in {because.rule for because in claim.because} for claim in found)


def test_a_list_that_nobody_tells_is_the_article_s() -> None:
    """A colon alone names no source, and neither does a line without one."""
    for lead in ("Here are the latest developments:", "It was a busy day in the east."):
        assert {code for code, _ in claimants(f"Daily report\n\n{lead}\n\n{ITEMS}")} == {"NARRATOR"}


def test_what_comes_after_a_list_is_not_of_it() -> None:
    """A paragraph of its own is the article's again, and an item can name another source."""
    lead = "The Ministry of Defence of the Russian Federation reports:"
    item = "3. The governor of Belgorod said that two people had been wounded.\n\n"
    text = f"Daily report\n\n{lead}\n\n{ITEMS}{item}Ukrainian drones hit an oil refinery in Ryazan on Monday."
    found = extract(text, published="2026-06-09").claims
    assert found[-1].claimant.id == "NARRATOR"
    wounded = [claim for claim in found if claim.event.type.value == "casualties"]
    assert wounded
    assert all(claim.source is not None for claim in wounded)
