"""The places that a text names: which names are places, and what each is resolved to in the article's context."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from spacy.tokens import Doc

from claimkit import places
from claimkit.gazetteer import Gazetteer, Match, PlaceContext
from claimkit.parties import Parties
from claimkit.reading import Toponym
from tests.core_parses import article, span
from tests.small_gazetteer import YAML, cache

__all__ = ["cache"]

MORE = """\
- {id: "claimkit:kharkiv-oblast", name: Kharkiv Oblast, kind: oblast, country: UA, lat: 49.6, lon: 36.4}
- {id: "claimkit:sumy", name: Sumy, kind: city, country: UA, lat: 50.9, lon: 34.8, population: 260000}
- {id: "claimkit:sumy-oblast", name: Sumy Oblast, kind: oblast, country: UA, lat: 51.0, lon: 34.0}
"""


@pytest.fixture
def gazetteer(cache: Path) -> Gazetteer:
    """Give the small gazetteer with two oblasts more."""
    path = cache / "places.yaml"
    path.write_text(YAML + MORE, encoding="utf-8")
    return Gazetteer.of(path)


def find(doc: Doc, gazetteer: Gazetteer, *, published: date | None = None) -> tuple[Toponym, ...]:
    """Find the places of a text with the shipped parties."""
    return places.find(doc, gazetteer=gazetteer, parties=Parties.default(), published=published)


def named(gazetteer: Gazetteer, *names: str) -> list[tuple[str, str | None]]:
    """Give words and identity of each place of an article."""
    return [(t.mention.text, t.mention.id) for t in find(article(*names), gazetteer)]


POKROVSK = ("Pokrovsk", "claimkit:pokrovsk")


@pytest.mark.parametrize(("names", "expected"), [
    (("paper",), [POKROVSK]),
    (("corps",), [("Kyiv", "claimkit:kyiv"), POKROVSK]),
    (("person",), [POKROVSK]),
    (("person", "person-again"), [POKROVSK, POKROVSK]),
    (("person-again",), [("Kharkiv", "claimkit:kharkiv"), POKROVSK]),
    (("demonym",), [POKROVSK]),
    (("hamas",), [POKROVSK]),
    (("country-acts",), [("Russia", "claimkit:ru"), POKROVSK]),
])  # fmt: skip
def test_a_name_inside_another_name_is_no_place(
    gazetteer: Gazetteer, names: tuple[str, ...], expected: list[tuple[str, str | None]]
) -> None:
    """A newspaper's, a person's, a people's or an armed group's name is no place; an owner's and a country's is."""
    assert named(gazetteer, *names) == expected


def test_a_hyphenated_name_is_one_place(gazetteer: Gazetteer) -> None:
    """Whatever parts of it the tagger takes for places; a dash between words joins nothing."""
    words = ["In", "Alkhan", "-", "Kala", "and", "Oxbow", "-", "Elmford"]
    spaces = [True, False, False, True, True, True, True, False]
    ents = ["O", "B-LOC", "O", "B-LOC", "O", "B-LOC", "O", "O"]
    doc = Doc(article("paper").vocab, words=words, spaces=spaces, ents=ents)
    assert [t.mention.text for t in find(doc, gazetteer)] == ["Alkhan-Kala", "Oxbow"]


def test_a_unit_that_is_named_for_a_place_is_none(gazetteer: Gazetteer) -> None:
    """The Pokrovsk Group is a unit; "the Pokrovsk group" and a group of Pokrovsk's are not one's name."""
    words = [
        "The",
        "Pokrovsk",
        "Operational",
        "Group",
        "left",
        ".",
        "The",
        "Pokrovsk",
        "front",
        "fell",
        ".",
        "In",
        "Pokrovsk",
        "Group",
        "leaders",
        "met",
    ]
    unit = Doc(article("paper").vocab, words=words, ents=["O"] * len(words))
    assert [t.tokens[0] for t in find(unit, gazetteer)] == [7]


def test_a_place_has_all_that_the_gazetteer_knows(gazetteer: Gazetteer) -> None:
    """The mention has offsets, identity, kind, country, region, degrees, and how it matched."""
    doc = article("two-towns")
    (first, second) = find(doc, gazetteer)
    mention = first.mention
    assert first.tokens == span(doc, "Pokrovsk")
    assert second.tokens == span(doc, "Toretsk")
    assert (mention.id, mention.name, mention.text, doc.text[mention.start : mention.end]) == (
        "claimkit:pokrovsk", "Pokrovsk", "Pokrovsk", "Pokrovsk")  # fmt: skip
    assert (mention.kind, mention.country, mention.admin1, mention.lat, mention.lon) == (
        "city", "UA", "Donetsk Oblast", 48.28, 37.18)  # fmt: skip
    assert (mention.name_used, mention.match, mention.score, mention.candidates) == ("current", "exact", 1.0, ())


def test_capitals_are_marked(gazetteer: Gazetteer) -> None:
    """A capital's name can stand for its government, so the mention says that it is one."""
    assert [(t.mention.name, t.capital) for t in find(article("capital-acts"), gazetteer)] == [
        ("Kyiv", True), ("Pokrovsk", False)]  # fmt: skip


def test_a_name_that_the_gazetteer_lacks_stays(gazetteer: Gazetteer) -> None:
    """It is never dropped and never guessed: the words stay, without an identity."""
    (found,) = find(article("vorona"), gazetteer)
    mention = found.mention
    assert (mention.id, mention.name, mention.text, mention.candidates, mention.lat) == (
        None, "Vorona", "Vorona", (), None)  # fmt: skip


def test_one_of_several_stays_open_until_the_context_tells(gazetteer: Gazetteer) -> None:
    """A village's name that two places bear is settled by towns of one region nearby, else it stays open."""
    (alone,) = find(article("petrivka"), gazetteer)
    assert (alone.mention.id, alone.mention.name) == (None, "Petrivka")
    assert sorted(candidate.id for candidate in alone.mention.candidates) == [
        "claimkit:petrivka-1", "claimkit:petrivka-2"]  # fmt: skip
    near = find(article("petrivka", "two-towns"), gazetteer)
    assert [t.mention.id for t in near] == ["claimkit:petrivka-1", "claimkit:pokrovsk", "claimkit:toretsk"]


def test_regions_behind_a_list_of_names(gazetteer: Gazetteer) -> None:
    """The "Kharkiv and Sumy regions" are two oblasts; the towns without that word stay towns."""
    assert named(gazetteer, "regions") == [
        ("Kharkiv", "claimkit:kharkiv-oblast"), ("Sumy", "claimkit:sumy-oblast")]  # fmt: skip
    assert named(gazetteer, "region-one") == [("Sumy region", "claimkit:sumy-oblast")]
    assert named(gazetteer, "people-died") == [("Sumy", "claimkit:sumy")]


def test_what_was_not_read_gives_no_place(gazetteer: Gazetteer) -> None:
    """Page furniture is parsed as space: names in it count for nothing."""
    doc = article("two-towns")
    for token in doc:
        token.tag_ = "_SP"
    doc.set_ents([])
    assert find(doc, gazetteer) == ()


class Recorder:
    """A gazetteer that finds nothing and notes what it is asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, date | None, date | None]] = []

    def find(self, text: str) -> tuple[Any, ...]:
        """Find nothing."""
        return ()

    def lookup(self, name: str, *, on: date | None, context: PlaceContext) -> Match:
        """Note the question."""
        self.asked.append((name, on, context.published))
        return Match(query=name, because="a test")


@pytest.mark.parametrize("published", [None, date(2014, 5, 1)])
def test_the_publication_date_reaches_the_gazetteer(published: date | None) -> None:
    """Which of its names a place bore depends on when the article was written."""
    recorder = Recorder()
    places.find(article("vorona"), gazetteer=recorder, parties=Parties.default(), published=published)  # type: ignore[arg-type]
    assert set(recorder.asked) == {("Vorona", published, published)}
