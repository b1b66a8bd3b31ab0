"""Which of the places that an article names are where an event happens."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, cast

import msgspec
import pytest

from claimkit.gazetteer_records import Place, PlaceKind
from claimkit.locating import in_its_city, link_places
from claimkit.nlp.graph import GRAPH
from claimkit.ranking import Ranker
from claimkit.reading import Draft, Reading, Toponym
from claimkit.records import PlaceMention
from claimkit.settings import Settings
from claimkit.sites import Sites, Trail
from tests.core_parses import BREAK, draft_of, reading_of, span

if TYPE_CHECKING:
    from claimkit.gazetteer import Gazetteer as RealGazetteer

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


def located(reading: Reading, predicate: str, content: str, *, focus: tuple[Toponym, ...] = ()) -> list[str]:
    """Give the names of the places of the event with this predicate and content, as the syntax tells them."""
    return linked(reading, draft_of(reading, predicate, content), focus=focus)


def ranked(
    monkeypatch: pytest.MonkeyPatch, reading: Reading, predicate: str, content: str, *,
    here: dict[str, float] | None = None, back: dict[str, float] | None = None, pointed: dict[str, float] | None = None,
    focus: tuple[Toponym, ...] = (),
) -> list[str]:  # fmt: skip
    """Give the same where the packaged model has read the text, with weights of the test and the model's chances."""
    weights = {"here": here or {}, "back": back or {"bias": -9.0}}
    monkeypatch.setattr(Ranker, "named", staticmethod(lambda name: Ranker(weights[name])))
    reading.doc.user_data[GRAPH] = ()
    draft = draft_of(reading, predicate, content)
    scores = tuple((span(reading.doc, words)[0], chance) for words, chance in (pointed or {}).items())
    draft.mention = msgspec.structs.replace(draft.mention, place_scores=scores)
    return linked(reading, draft, focus=focus)


class Gazetteer:
    """Knows a quarter with its city and an air base in the open country."""

    known: ClassVar[dict[str, Place]] = {
        "claimkit:saltivka": Place(id="claimkit:saltivka", name="Saltivka", kind=PlaceKind.QUARTER, lat=50.0, lon=36.3,
                                   part_of="claimkit:kharkiv"),
        "claimkit:kharkiv": Place(id="claimkit:kharkiv", name="Kharkiv", kind=PlaceKind.CITY, lat=50.0, lon=36.2),
        "claimkit:bagram": Place(id="claimkit:bagram", name="Bagram", kind=PlaceKind.FACILITY, lat=34.9, lon=69.3),
    }  # fmt: skip

    def get(self, identity: str) -> Place | None:
        """Give a place."""
        return self.known.get(identity)


def linked(reading: Reading, draft: Draft, *, focus: Sequence[Toponym] = ()) -> list[str]:
    """Give the names of the places of a draft; ``focus`` are the places of the event before it."""
    gazetteer = cast("RealGazetteer", Gazetteer())
    trail = Trail()
    trail.add(0, focus)
    return [
        t.mention.name
        for t in link_places(reading, draft, Sites(reading), trail, gazetteer=gazetteer, settings=Settings())
    ]


def test_a_quarter_is_its_city_and_keeps_its_words() -> None:
    """A facility that is part of no city stays what it is."""
    known = cast("RealGazetteer", Gazetteer())
    quarter = Toponym(tokens=(0, 1), mention=place("Saltivka", "quarter"))
    base = Toponym(tokens=(0, 1), mention=place("Bagram", "facility"))
    found = in_its_city(quarter, known).mention
    assert (found.id, found.name, found.kind, found.text) == ("claimkit:kharkiv", "Kharkiv", "city", "Saltivka")
    assert in_its_city(base, known) == base


def test_the_places_that_the_model_points_to_win(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the model the places in the content count; with it those that it points to."""
    content = "Troops fled from Toretsk after they lost Pokrovsk"
    assert located(read("flee"), "fled", content) == ["Toretsk", "Pokrovsk"]
    assert located(read("flee"), "lost", "they lost Pokrovsk") == ["Pokrovsk"]
    pointed = {"Toretsk": 0.9, "Pokrovsk": 0.1}
    assert ranked(monkeypatch, read("flee"), "fled", content, here={"edge": 1.0}, pointed=pointed) == ["Toretsk"]


def test_an_aside_counts_where_it_is_all_there_is() -> None:
    """Troops "west of Kramatorsk" are at Kramatorsk where no nearer place is named."""
    reading = read("west-of")
    assert located(reading, "entered", "west of Kramatorsk") == ["Kramatorsk"]
    assert located(reading, "entered", "Troops entered Toretsk, west of Kramatorsk") == ["Toretsk"]


def test_the_members_of_a_list_belong_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the model points to one of them, all count; places in other phrases do not."""
    edge, pointed = {"edge": 1.0}, {"Pokrovsk": 0.9}
    found = ranked(monkeypatch, read("two-towns"), "left", "Troops left", here=edge, pointed=pointed)
    assert found == ["Pokrovsk", "Toretsk"]
    pointed = {"Toretsk": 0.9}
    assert ranked(monkeypatch, read("west-of"), "entered", "Troops", here=edge, pointed=pointed) == ["Toretsk"]


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
    assert linked(reading, draft) == ["Toretsk"]
    assert linked(reading, draft, focus=reading.toponyms[:1]) == ["Pokrovsk"]


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


def test_a_place_named_before_is_ranked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no place of the sentence is likely, the likeliest before it is the place, if it is likely at all."""
    content = "We hold the station"

    def found(back: dict[str, float], *, focus: bool = False) -> list[str]:
        reading = read("two-towns", "quoted")
        first = tuple(reading.toponyms[:1]) if focus else ()
        return ranked(monkeypatch, reading, "hold", content, back=back, focus=first)

    assert found({"bias": -2.0}) == []
    assert found({"bias": 1.0, "rank=0": 2.0}, focus=True) == ["Pokrovsk"]
    assert len(found({"bias": 1.0})) == 1


def test_what_speaks_for_a_place() -> None:
    """Owners, containers, prepositions and the way to the predicate are features of a place."""
    reading = read("owner")
    draft = draft_of(reading, "broke", "Troops broke Kharkiv's defences near Pokrovsk")
    here, back = Sites(reading).of(draft, Trail())
    features = {site.toponym.mention.name: site.features for site in here}
    assert back == []
    assert features["Kharkiv"]["owner"] == features["Kharkiv"]["inside"] == 1.0
    assert features["Pokrovsk"]["case=near"] == 1.0
    assert "owner" not in features["Pokrovsk"]


@pytest.mark.parametrize("nowhere", [0.9, 0.1])
def test_that_an_event_has_no_place_speaks_against_all(nowhere: float) -> None:
    """The model's chance that there is no place is a feature of each candidate, above even odds or below."""
    reading = read("two-towns", "owner")
    draft = draft_of(reading, "broke", "Troops broke Kharkiv's defences near Pokrovsk")
    draft.mention = msgspec.structs.replace(draft.mention, nowhere=nowhere)
    here, back = Sites(reading).of(draft, Trail())
    assert here
    assert back
    assert all((site.features["nowhere"] > 0) == (nowhere > 0.5) for site in (*here, *back))


def test_each_place_once() -> None:
    """A place that the content names twice is one place."""
    reading = read("capital-acts", "hamas")
    assert located(reading, "lost", "Kyiv lost Pokrovsk. Hamas left Pokrovsk") == ["Pokrovsk"]


@pytest.mark.parametrize(("name", "expected"), [("nearby", ["Toretsk"]), ("not-nearby", ["Pokrovsk", "Toretsk"])])
def test_a_place_told_apart_from_another_is_alone(
    name: str, expected: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In "the nearby city of P" it is P alone, whatever place was named before; "burning" does not tell it from one."""
    reading = read(name)
    content = reading.doc.text.removeprefix("Fighting began in Pokrovsk after ").removesuffix(".")
    assert ranked(monkeypatch, reading, "took", content, here={"bias": 9.0}) == expected
