"""The places that a text names: which names are places, and what each is resolved to in the article's context."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from spacy.tokens import Doc

from claimkit import Extractor, places
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
- {id: "claimkit:rostov-oblast", name: Rostov Oblast, kind: oblast, country: RU, lat: 47.2, lon: 40.0}
- {id: "claimkit:donetsk-ru", name: "Donetsk, Rostov Oblast", kind: town, country: RU, admin1: Rostov Oblast, lat: 48.3,
   lon: 39.9, population: 48000, names: {en: [Donetsk]}}
- {id: "claimkit:square", name: Maidan, kind: quarter, country: UA, lat: 50.45, lon: 30.524, part_of: "claimkit:kyiv",
   names: {en: [Independence Square]}}
- {id: "claimkit:clinic", name: Orlane Clinic, kind: facility, country: UA, lat: 50.45, lon: 30.524,
   part_of: "claimkit:kyiv", names: {en: [Orlane]}}
- {id: "claimkit:ly", name: Libya, kind: country, country: LY, lat: 28.0, lon: 17.0}
- {id: "claimkit:tripoli-ly", name: Tripoli, kind: city, country: LY, admin1: Tripoli District, lat: 32.9, lon: 13.2,
   capital: LY, population: 1300000}
- {id: "claimkit:lb", name: Lebanon, kind: country, country: LB, lat: 33.8, lon: 35.8}
- {id: "claimkit:beirut", name: Beirut, kind: city, country: LB, lat: 33.89, lon: 35.5, capital: LB,
   population: 1900000}
- {id: "claimkit:tripoli-lb", name: "Tripoli, Lebanon", kind: city, country: LB, lat: 34.44, lon: 35.84,
   population: 230000, names: {en: [Tripoli]}}
- {id: "claimkit:ge", name: Georgia, kind: country, country: GE, lat: 42.0, lon: 43.5}
- {id: "claimkit:georgia-us", name: Georgia (US state), kind: region, country: US, lat: 32.8, lon: -83.5,
   names: {en: [Georgia]}}
"""


@pytest.fixture
def gazetteer(cache: Path) -> Gazetteer:
    """Give the small gazetteer with what these tests name besides."""
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


def places_of(text: str) -> Doc:
    """Make a document of words with spaces between; ``word|dep`` gives a word's dependency, "'s" has its tag."""
    pairs = [word.partition("|")[::2] for word in text.split()]
    words = [word for word, _ in pairs]
    return Doc(
        article("paper").vocab,
        words=words,
        lemmas=[word.lower() for word in words],
        pos=["PROPN" if word[0].isupper() else "CCONJ" if word == "and" else "X" for word in words],
        tags=["POS" if word == "'s" else "NN" for word in words],
        heads=list(range(len(words))),
        deps=[dep or "dep" for _, dep in pairs],
    )


def identities(gazetteer: Gazetteer, text: str) -> list[str | None]:
    """Give the places of words with spaces between, each without "claimkit:"."""
    return [t.mention.id and t.mention.id.removeprefix("claimkit:") for t in find(places_of(text), gazetteer)]


@pytest.mark.parametrize(("text", "expected"), [
    ("captured Siversk , Donetsk region , on", ["siversk", "donetsk-oblast"]),
    ("hit Kharkiv and Sumy region .", ["kharkiv", "sumy-oblast"]),
    ("hit Kharkiv , Donetsk and Sumy regions .", ["kharkiv-oblast", "donetsk-oblast", "sumy-oblast"]),
    ("hit Kharkiv and Donetsk Oblasts .", ["kharkiv-oblast", "donetsk-oblast"]),
    ("near the Kharkiv - Sumy region border", ["kharkiv-oblast", "sumy-oblast"]),
    ("hit Kharkiv Sumy region", ["kharkiv", "sumy-oblast"]),
    ("hit Kharkiv and left Sumy regions", ["kharkiv", "sumy-oblast"]),
    ("in the eastern province of Kharkiv on", ["kharkiv-oblast"]),
    ("in the region of Rostov", ["rostov-oblast"]),
    ("in the city of Kharkiv", ["kharkiv"]),
    ("in the east of Kharkiv", ["kharkiv"]),
])  # fmt: skip
def test_the_word_region_is_a_lists_in_the_plural(gazetteer: Gazetteer, text: str, expected: list[str]) -> None:
    """In the singular it is only of the name right before it ("Siversk, Donetsk region"), or right behind its "of"."""
    assert identities(gazetteer, text) == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("hit Donetsk overnight", ["donetsk"]),
    ("hit Donetsk , Rostov Oblast , overnight", ["donetsk-ru", "rostov-oblast"]),
    ("hit Donetsk ( Russia ) overnight", ["donetsk-ru", "ru"]),
    ("hit Tripoli , Lebanon , on", ["tripoli-lb", "lb"]),
    ("hit Tripoli , Lebanon , and left Tripoli", ["tripoli-lb", "lb", "tripoli-lb"]),
    ("in Donetsk , Russia|nsubj said", ["donetsk", "ru"]),
    ("in Donetsk , Russia 's army", ["donetsk", "ru"]),
    ("hit Tripoli and Lebanon overnight", [None, "lb"]),
    ("hit Kharkiv , Russia and", ["kharkiv", "ru"]),
    ("told Georgia , US and", ["ge", "us"]),
    ("hit Donetsk in Rostov Oblast overnight", ["donetsk-ru", "rostov-oblast"]),
    ("hit Donetsk and Kharkiv in Rostov Oblast overnight", ["donetsk-ru", "kharkiv", "rostov-oblast"]),
    ("hit Donetsk , Petrivka and Vorona ( Rostov Oblast ) overnight", ["donetsk-ru", None, None, "rostov-oblast"]),
    ("hit Donetsk and left Kharkiv in Rostov Oblast overnight", [None, "kharkiv", "rostov-oblast"]),
])  # fmt: skip
def test_a_region_or_country_behind_a_comma_says_which(gazetteer: Gazetteer, text: str, expected: list[str]) -> None:
    """Where it has a place so named, and neither acts nor stands in a list of countries."""
    assert identities(gazetteer, text) == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("struck Tripoli , killing", ["tripoli-ly"]),
    ("struck Tripoli as Libya met", ["tripoli-ly", "ly"]),
    ("struck Tripoli as Beirut and Lebanon met", [None, "beirut", "lb"]),
    ("told Georgia that the US met", ["ge", "us"]),
    ("hit Donetsk as Russia met", [None, "ru"]),
    ("hit Donetsk as Russia|nsubj met", ["donetsk", "ru"]),
    ("hit Donetsk as Russia 's army met", ["donetsk", "ru"]),
])  # fmt: skip
def test_a_name_is_no_evidence_of_itself(gazetteer: Gazetteer, text: str, expected: list[str | None]) -> None:
    """Its own country does not count for what it was taken for at first; who acts says little of where."""
    assert identities(gazetteer, text) == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("met on Independence Square in Kyiv", ["square", "kyiv"]),
    ("met on Kyiv 's Independence Square .", ["kyiv", "square"]),
    ("met on Independence Square as Ukraine voted", ["square", "ua"]),
    ("met on Independence Square as guards in Kyiv looked on", ["square", "kyiv"]),
    ("met on Independence Square in Kharkiv as Ukraine voted", [None, "kharkiv", "ua"]),
    ("met on Independence Square as Libya voted", [None, "ly"]),
    ("met on Independence Square .", [None]),
    ("met on Maidan .", ["square"]),
])  # fmt: skip
def test_a_generic_name_needs_its_city_or_country(gazetteer: Gazetteer, text: str, expected: list[str | None]) -> None:
    """Many towns have an Independence Square; the gazetteer's is a candidate only where the text is about elsewhere."""
    assert identities(gazetteer, text) == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("fighting near Orlane and in Kyiv", ["clinic", "kyiv"]),
    ("fighting near Orlane and in Tripoli", [None, "tripoli-ly"]),
    ("fighting near Orlane as Libya voted", ["clinic", "ly"]),
    ("fighting near Orlane Clinic and in Tripoli", ["clinic", "tripoli-ly"]),
])  # fmt: skip
def test_the_short_name_of_a_building_is_not_taken_abroad(
    gazetteer: Gazetteer, text: str, expected: list[str | None]
) -> None:
    """Where all towns of an article are elsewhere, it is one of theirs; its full name says enough."""
    assert identities(gazetteer, text) == expected


def test_a_generic_name_says_nothing_of_others(gazetteer: Gazetteer) -> None:
    """A place that is not meant is no evidence for a namesake in its country; it stays as a candidate."""
    (found,) = find(places_of("met on Independence Square ."), gazetteer)
    assert (found.mention.name, [other.id for other in found.mention.candidates]) == (
        "Independence Square", ["claimkit:square"])  # fmt: skip


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


SECTORS = (
    "The ministry said its units struck troops near Pokrovsk and Hrodivka{here}. "
    "In the Kharkiv direction they struck troops near Kupyansk, Dvorichna and Synkivka{there}."
)


@pytest.mark.model
@pytest.mark.parametrize(("text", "expected"), [
    (SECTORS.format(here=" and Peschanoye", there=""), "claimkit:ua-donetsk-pishchane"),
    (SECTORS.format(here="", there=" and Peschanoye"), "claimkit:ua-kharkiv-pishchane"),
    (SECTORS.format(here="", there="") + " Peschanoye was struck as well.", None),
], ids=["by one sector", "by the other", "by none"])  # fmt: skip
def test_a_sentence_settles_what_the_article_leaves_open(text: str, expected: str | None) -> None:
    """A report on a whole front has namesakes in several sectors; the places beside a name tell which is meant."""
    (found,) = [m.place.id for m in Extractor().places(text).places if m.place.text == "Peschanoye"]
    assert found == expected


@pytest.mark.model
@pytest.mark.parametrize(("towns", "expected"), [
    ("Kotlyne, Uspenovka and Udachne", "geonames:9112309"),
    ("Kherson, Uspenovka and Beryslav", None),
])  # fmt: skip
def test_the_town_beside_it_settles_a_village_of_a_list(towns: str, expected: str | None) -> None:
    """Of two in one region the one a few miles from the next town is meant; towns far from all tell nothing."""
    text = f"The ministry said its units struck troops near {towns} on Sunday."
    (found,) = [m.place.id for m in Extractor().places(text).places if m.place.text == "Uspenovka"]
    assert found == expected
