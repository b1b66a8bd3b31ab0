"""The golden cases: short passages with the claims that a careful reader finds in them."""

from __future__ import annotations

import pytest

from claimkit import Extractor
from claimkit.records import EventType, Stance
from tests.golden_cases import Case, parse, read_cases

CASES_RIGHT = 0.7
"""Share of all cases that must be right in every field; raised as extraction gets better, never lowered."""
QUIET = 0.45
"""Share of the cases with nothing to claim in which nothing is claimed."""

CASES = read_cases()


@pytest.fixture(scope="module")
def results() -> list[tuple[Case, bool]]:
    """Run the packaged pipeline over all cases once."""
    extractor = Extractor()
    return [(case, case.right(extractor.extract(case.text, published=case.published).claims)) for case in CASES]


@pytest.mark.model
def test_share_of_right_cases(results: list[tuple[Case, bool]]) -> None:
    """At least the agreed share of the cases is right; the message lists the others."""
    wrong = [f"{case.where} {case.title}" for case, right in results if not right]
    share = 1 - len(wrong) / len(results)
    assert share >= CASES_RIGHT, f"{share:.3f} right; wrong:\n" + "\n".join(wrong)


@pytest.mark.model
def test_quiet_where_nothing_is_claimed(results: list[tuple[Case, bool]]) -> None:
    """Where a passage claims nothing, nothing is found."""
    quiet = [right for case, right in results if not case.expected]
    assert sum(quiet) / len(quiet) >= QUIET


def test_the_cases_cover_the_scheme() -> None:
    """Every stance and every event class has a case; the titles tell the cases apart."""
    lines = [line for case in CASES for line in case.expected]
    assert {line.stance for line in lines} == set(Stance)
    assert {line.event for line in lines} == set(EventType)
    assert len({case.title for case in CASES}) == len(CASES)


def test_the_words_stand_in_the_passage() -> None:
    """The words that a claim's content must hold are words of the passage."""
    for case in CASES:
        words = set(case.text.replace(",", " ").replace(".", " ").replace('"', " ").split())
        for line in case.expected:
            assert set(line.words) <= words, case.where


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("# t\n> S.\nA | assert | capture", "x.txt:3: a claim is who | stance"),
        ("# t\n> S.\nA | claims | capture | - | - | w", "x.txt:3: 'claims' is not a valid Stance"),
        ("# t\n> S.", "x.txt:1: a case has a # title"),
        ("> S.\nnothing", "x.txt:1: a case has a # title"),
    ],
)
def test_a_broken_case_is_told(text: str, message: str) -> None:
    """A mistake in a golden file is told with file and line."""
    with pytest.raises(ValueError, match="x.txt") as caught:
        parse(text, "x.txt")
    assert str(caught.value).startswith(message)
