"""The error book names a cause for whatever is wrong, and knows what each cause is."""

from __future__ import annotations

from collections import Counter

import msgspec
import pytest
import yaml

from claimkit.scoring import Scored
from evaluation.errors import CAUSES, DIFFERS, MISSED, SPURIOUS, book, differing, missed, spurious

CLAIM = Scored(
    start=10, end=30, text="troops took the town", claimant="SDN", stance="assert", event="capture", modality="actual",
    actor="SDN", date="2025-01-02", places=frozenset({"bara"}),
)  # fmt: skip


def like(**changes: object) -> Scored:
    """Give the claim with some fields changed."""
    return msgspec.structs.replace(CLAIM, **changes)


@pytest.mark.parametrize(("other", "cause"), [
    (like(start=40, end=50), "no event seen"),
    (like(start=26, end=70), "other words"),
    (like(claimant="RSF", stance="deny"), "words taken"),
])  # fmt: skip
def test_why_a_claim_is_missed(other: Scored, cause: str) -> None:
    """Nothing there, something in other words, or the words found for another claim."""
    assert missed(CLAIM, [other]) == (MISSED, cause)


def test_why_a_claim_is_spurious() -> None:
    """What is annotated nowhere near is another thing than an annotated claim in other words."""
    assert spurious(CLAIM, []) == (SPURIOUS, "nothing annotated near")
    assert spurious(CLAIM, [like(start=26, end=70)]) == (SPURIOUS, "other words")


@pytest.mark.parametrize(("changes", "causes"), [
    ({}, []),
    ({"claimant": "NARRATOR"}, ["claimant: article for source"]),
    ({"claimant": "UNKNOWN"}, ["claimant: unnamed for party"]),
    ({"claimant": "RSF", "event": "hold"}, ["claimant: other party", "event"]),
    ({"places": frozenset()}, ["places: one missing"]),
    ({"places": frozenset({"bara", "wad madani"})}, ["places: one too many"]),
    ({"places": frozenset({"wad madani"})}, ["places: other"]),
    ({"actor": "", "date": "2025"}, ["actor: none found", "date: other"]),
    ({"stance": "deny", "modality": "future"}, ["stance: another for assert", "modality"]),
])  # fmt: skip
def test_what_differs(changes: dict[str, object], causes: list[str]) -> None:
    """Each attribute that differs has its cause; equal claims have none."""
    assert list(differing(CLAIM, like(**changes))) == [(DIFFERS, cause) for cause in causes]


def test_the_page_knows_every_cause() -> None:
    """All causes of the file can be written, each with what it is and what helps."""
    causes = yaml.safe_load(CAUSES.read_text(encoding="utf-8"))
    counts = Counter({(kind, name): 1 for kind, known in causes.items() for name in known})
    page = book(counts, Counter({("hold", "capture"): 2}), gold=3, predicted=2, found=1)
    assert all(f"| {name} | 1 | {about['is']} |" in page for known in causes.values() for name, about in known.items())
    assert "| hold | capture | 2 |" in page
