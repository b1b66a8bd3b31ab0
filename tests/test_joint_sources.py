"""Sources that speak together, and words beside a source that speak for nobody."""

from __future__ import annotations

import pytest

from claimkit.extract import extract
from claimkit.joint_sources import speakers
from claimkit.settings import Settings
from tests.core_parses import draft_of, reading_of, span
from tests.test_linking import linked, said


@pytest.mark.parametrize(
    ("name", "source", "expected"),
    [
        ("joint-names", "Moscow", [("RUS", "Moscow"), ("UKR", "Kyiv"), ("HAMAS", "Hamas")]),
        ("joint-names", "Kyiv, Hamas and Moscow", [("UKR", "Kyiv"), ("HAMAS", "Hamas"), ("RUS", "Moscow")]),
        (
            "joint-adjectives",
            "Russian officials",
            [
                ("RUS", "Ukrainian and Russian officials"),
                ("UKR", "Ukrainian and Russian officials"),
            ],
        ),
        ("joint-thing", "Moscow", [("RUS", "Moscow")]),
        ("joint-same", "Moscow", [("RUS", "Moscow")]),
    ],
    ids=["one is the source", "all are", "adjectives of one noun", "a thing speaks for nobody", "one party, one claim"],
)
def test_each_party_that_speaks_has_a_claim(name: str, source: str, expected: list[tuple[str, str]]) -> None:
    """The claim of a source is also that of the parties coordinated with it, each with the words that name it."""
    reading = reading_of(name)
    linked(reading, said(reading, draft_of(reading, "left", "troops left Lyman"), source=source, cue="said"))
    words = [reading.doc[slice(*d.attribution.source)].text for d in reading.drafts if d.attribution.source]
    codes = [d.claimant.party.id for d in reading.drafts if d.claimant]
    assert sorted(zip(codes, words, strict=True)) == sorted(expected)


def test_a_source_alone_has_nobody_beside_it() -> None:
    """Who is coordinated with somebody else in the sentence does not count."""
    reading = reading_of("joint-thing")
    assert speakers(reading.doc, span(reading.doc, "troops")) == []


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (("moscow", "kos"), ["UKR", "RUS"]),
        ((), ["UNKNOWN"]),
    ],
    ids=["two are named", "nobody is"],
)
def test_both_armies_are_the_two_parties_of_the_article(before: tuple[str, ...], expected: list[str]) -> None:
    """Of two that the article has named each has a claim; where it has named none, nobody known."""
    reading = reading_of(*before, "both-armies")
    draft = draft_of(reading, "left", "troops left Lyman")
    found = linked(reading, said(reading, draft, source="Both armies", cue="said"))
    assert sorted(code for code, _ in found) == sorted(expected)


@pytest.mark.parametrize(
    ("name", "predicate", "content", "cue", "expected"),
    [
        ("each-other", "shelling", "shelling Lyman", "accused", [("RUS", "UKR"), ("UKR", "RUS")]),
        ("their-own", "held", "their troops held Lyman", "said", [("RUS", "RUS"), ("UKR", "UKR")]),
    ],
    ids=["the other of two", "each of two"],
)
def test_two_speak_of_themselves(
    name: str, predicate: str, content: str, cue: str, expected: list[tuple[str, str]]
) -> None:
    """Of two who accuse each other the other acts, and "their troops" are those of each."""
    reading = reading_of(name)
    found = linked(reading, said(reading, draft_of(reading, predicate, content), source="Moscow", cue=cue))
    assert sorted(found) == expected


def test_one_who_speaks_alone_has_no_other() -> None:
    """Where nobody is named as a speaker "each other" tells nothing of who acts."""
    reading = reading_of("each-other")
    draft = said(reading, draft_of(reading, "shelling", "shelling Lyman"), source=None, cue="accused")
    nobody_guessed = Settings(actor_floor=1.0, absent_actor_floor=1.0)
    assert linked(reading, draft, settings=nobody_guessed)[0][1] is None


@pytest.mark.model
@pytest.mark.parametrize(("words", "expected"), [
    ("On Monday both accused the other of shelling villages.", {"THA", "KHM"}),
    ("Each has accused the other of shelling villages.", {"THA", "KHM"}),
    ("The presidents of the two countries said that soldiers had been killed.", {"THA", "KHM"}),
    ("The president of Thailand said that two soldiers had been killed.", {"THA"}),
    ("Residents of the two countries said that soldiers had been killed.", {"RESIDENTS"}),
])  # fmt: skip
def test_words_for_a_pair_stand_for_both(words: str, expected: set[str]) -> None:
    """Also alone ("each") and at the end ("of the two countries"); not of people who are no party's."""
    text = f"Thailand said that Cambodia had shelled its villages. Cambodia denied the claim.\n\n{words}\n"
    found = extract(text, published="2025-08-12").claims
    start = text.index(words)
    assert {claim.claimant.id for claim in found if claim.content.start >= start} == expected
