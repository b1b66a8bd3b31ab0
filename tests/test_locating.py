"""Which of the places that an article names are where an event happens."""

from __future__ import annotations

import dataclasses

import msgspec
import pytest

from claimkit.locating import link_places
from claimkit.reading import Draft, Reading, Toponym
from claimkit.records import PlaceMention
from tests.core_parses import BREAK, draft_of, reading_of, span

CAPITALS = frozenset({"Kyiv"})


def place(name: str, kind: str, *, country: str = "UA", admin1: str | None = None) -> PlaceMention:
    """Make a place under its own name."""
    slug = name.lower().replace(" ", "-")
    return PlaceMention(
        id=f"claimkit:{slug}", name=name, text=name, start=0, end=len(name), kind=kind, country=country, admin1=admin1
    )


PLACES = {
    "Pokrovsk": place("Pokrovsk", "city", admin1="Donetsk Oblast"),
    "Toretsk": place("Toretsk", "city", admin1="Donetsk Oblast"),
    "Kramatorsk": place("Kramatorsk", "city", admin1="Donetsk Oblast"),
    "Kharkiv": place("Kharkiv", "city"),
    "Kyiv": place("Kyiv", "city"),
    "Sumy": place("Sumy", "city"),
    "Ukraine": place("Ukraine", "country"),
    "Russia": place("Russia", "country", country="RU"),
    "Donetsk region": msgspec.structs.replace(place("Donetsk region", "oblast"), name="Donetsk Oblast"),
}


def read(*names: str) -> Reading:
    """Make the reading of an article with its places."""
    reading = reading_of(*names, toponyms=PLACES)
    reading.toponyms = tuple(
        dataclasses.replace(t, capital=t.mention.name in CAPITALS) for t in reading.toponyms
    )  # fmt: skip
    return reading


def located(
    reading: Reading,
    predicate: str,
    content: str,
    *,
    pointed: tuple[str, ...] = (),
    elsewhere: float = 0.0,
    focus: tuple[Toponym, ...] = (),
) -> list[str]:
    """Give the names of the places of the event with this predicate and content."""
    draft: Draft = draft_of(reading, predicate, content)
    draft.mention = msgspec.structs.replace(
        draft.mention, places=tuple(span(reading.doc, words) for words in pointed), elsewhere=elsewhere
    )
    return [t.mention.name for t in link_places(reading, draft, focus=focus)]


def test_the_places_that_the_model_points_to_win() -> None:
    """Without a pointer the places in the content count; with one it alone does."""
    reading = read("flee")
    content = "Troops fled from Toretsk after they lost Pokrovsk"
    assert located(reading, "fled", content) == ["Toretsk", "Pokrovsk"]
    assert located(reading, "fled", content, pointed=("Toretsk",)) == ["Toretsk"]
    assert located(reading, "lost", "they lost Pokrovsk") == ["Pokrovsk"]


@pytest.mark.parametrize(("name", "predicate", "content", "expected"), [
    ("country-acts", "shelled", "Russia shelled Pokrovsk", ["Pokrovsk"]),
    ("country-where", "fought", "Troops fought in Russia", ["Russia"]),
    ("country-with", "fought", "Troops fought with Russia near Pokrovsk", ["Pokrovsk"]),
    ("capital-acts", "lost", "Kyiv lost Pokrovsk", ["Pokrovsk"]),
    ("capital-where", "hit", "A drone hit a house in Kyiv", ["Kyiv"]),
    ("by-agent", "captured", "Pokrovsk was captured by Russia", ["Pokrovsk"]),
    ("owner", "broke", "Troops broke Kharkiv's defences near Pokrovsk", ["Pokrovsk"]),
    ("bracket", "entered", "Troops entered Pokrovsk (near Kramatorsk)", ["Pokrovsk"]),
    ("west-of", "entered", "Troops entered Toretsk, west of Kramatorsk", ["Toretsk"]),
    ("two-towns", "left", "Troops left Pokrovsk and Toretsk", ["Pokrovsk", "Toretsk"]),
    ("container", "entered", "Troops entered Pokrovsk in the Donetsk region of Ukraine", ["Pokrovsk"]),
])  # fmt: skip
def test_the_syntax_tells_locations_from_the_rest(name: str, predicate: str, content: str, expected: list[str]) -> None:
    """Countries and capitals need a preposition of place; owners, asides and containing regions do not count."""
    assert located(read(name), predicate, content) == expected


def test_a_container_counts_where_nothing_inside_it_is_named() -> None:
    """Without the town the region is the place."""
    reading = read("container")
    assert located(reading, "entered", "in the Donetsk region of Ukraine") == ["Donetsk Oblast"]


def test_the_city_is_the_one_in_focus() -> None:
    """The words "the city" and "there" are the place of the event before, else the last settlement named before."""
    reading = read("two-towns", "the-city")
    assert located(reading, "left", "Troops left Pokrovsk and Toretsk") == ["Pokrovsk", "Toretsk"]
    draft_words = span(reading.doc, "left", nth=2)
    draft = draft_of(reading, "left", "They left the city")
    draft.mention = msgspec.structs.replace(draft.mention, predicate=draft_words[0])
    assert [t.mention.name for t in link_places(reading, draft, focus=())] == ["Toretsk"]
    assert [t.mention.name for t in link_places(reading, draft, focus=reading.toponyms[:1])] == ["Pokrovsk"]


@pytest.mark.parametrize(("names", "predicate", "content", "expected"), [
    (("two-towns", "there"), "fought", "They fought there", ["Toretsk"]),
    (("two-towns", BREAK, "there"), "fought", "They fought there", ["Toretsk"]),
    (("there",), "fought", "They fought there", []),
    (("there", "country-acts"), "fought", "They fought there", []),
    (("two-towns", "expletive"), "fight", "There was a fight", []),
    (("people-died", "a-city"), "left", "They left a city", []),
    (("people-died", "the-city"), "left", "They left the city", ["Sumy"]),
    (("people-died", "named-city"), "left", "They left the city of Kramatorsk", ["Kramatorsk"]),
])  # fmt: skip
def test_words_that_point_back(names: tuple[str, ...], predicate: str, content: str, expected: list[str]) -> None:
    """Definite nouns and "there" point back; expletives, indefinite nouns and places with a name do not."""
    assert located(read(*names), predicate, content) == expected


def test_elsewhere_takes_the_focus() -> None:
    """Where the model says that the place was named before, it is the focus, else the last settlement."""
    reading = read("two-towns", "quoted")
    content = "We hold the station"
    assert located(reading, "hold", content) == []
    assert located(reading, "hold", content, elsewhere=0.49) == []
    assert located(reading, "hold", content, elsewhere=0.5) == ["Toretsk"]
    assert located(reading, "hold", content, elsewhere=0.5, focus=tuple(reading.toponyms[:1])) == ["Pokrovsk"]


def test_each_place_once() -> None:
    """A place that the content names twice is one place."""
    reading = read("capital-acts", "hamas")
    assert located(reading, "lost", "Kyiv lost Pokrovsk. Hamas left Pokrovsk") == ["Pokrovsk"]
