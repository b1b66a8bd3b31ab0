"""Look-ups by each rung and its counterpart that must not match; ambiguity; names in running text."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from claimkit.gazetteer import Gazetteer, PlaceContext
from tests.small_gazetteer import cache, gazetteer

__all__ = ["cache", "gazetteer"]


def found(gazetteer: Gazetteer, name: str, **narrowing: object) -> tuple[str | None, str | None, str | None]:
    """Give slug, rung and sort of name of a look-up."""
    match = gazetteer.lookup(name, **narrowing)  # type: ignore[arg-type]
    return (match.place.id.removeprefix("claimkit:") if match.place else None, match.match, match.name_used)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Pokrovsk", ("pokrovsk", "exact", "current")),
        ("the city of POKROVSK", ("pokrovsk", "exact", "current")),
        ("Покровськ", ("pokrovsk", "alias", "current")),
        ("Krasnoarmeysk", ("pokrovsk", "alias", "former")),
        ("Kharkov", ("kharkiv", "alias", "foreign")),
        ("Charkiw", ("kharkiv", "romanized", "current")),
        ("Krasnoarmejsk", ("pokrovsk", "romanized", "former")),
        ("Gulyay-Pole", ("huliaipole", "romanized", "current")),
        ("al-Fashir", ("fasher", "romanized", "current")),
        ("Покровском", ("pokrovsk", "inflected", "current")),
        ("Києва", ("kyiv", "inflected", "current")),
        ("Часового Яру", ("chasiv-yar", "inflected", "current")),
        ("Kramatrosk", ("kramatorsk", "fuzzy", "current")),
        ("Donetsk", ("donetsk", "exact", "current")),
        ("Donetsk region", ("donetsk-oblast", "exact", "current")),
        ("Doneck region", ("donetsk-oblast", "romanized", "current")),
        ("Donetskaya oblast", ("donetsk-oblast", "romanized", "current")),
        ("Донецької області", ("donetsk-oblast", "inflected", "current")),
        ("Dzerzhinsk, Donetsk", ("toretsk", "alias", "former")),
        ("Dzerzhinsk, Russia", ("dzerzhinsk", "exact", "current")),
        ("Dzerzhinsk (UA)", ("toretsk", "alias", "former")),
        ("Petrivka, Donetsk Oblast", ("petrivka-1", "exact", "current")),
        ("Donetsk, Oblast", ("donetsk-oblast", "exact", "current")),
    ],
)
def test_finds(gazetteer: Gazetteer, name: str, expected: tuple[str, str, str]) -> None:
    """Each rung finds its variation and says so."""
    assert found(gazetteer, name) == expected


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Atlantis",
        "Pokrovsky",
        "Pokrovtsi",
        "Marina",
        "Marinkivka",
        "Kharkivka",
        "Kyiw Post",
        "Kev",
        "Kramatohrad",
        "Kharkiv, Texas",
        "Kharkiv, Sudan",
        "Donetsk People's Republic",
        "Fashion",
        "us-led",
        "Кот",
        "Tell al-Wahm",
    ],
)
def test_does_not_find(gazetteer: Gazetteer, name: str) -> None:
    """What is no name of the table is not guessed."""
    assert found(gazetteer, name) == (None, None, None)


@pytest.mark.parametrize(
    ("name", "candidates"),
    [
        ("Petrivka", ["claimkit:petrivka-1", "claimkit:petrivka-2"]),
        ("Петрівці", ["claimkit:petrivka-1", "claimkit:petrivka-2"]),
        ("Dzerzhinsk", ["claimkit:dzerzhinsk", "claimkit:toretsk"]),
    ],
)
def test_leaves_open_with_candidates(gazetteer: Gazetteer, name: str, candidates: list[str]) -> None:
    """Where several places are so named and none stands out, none is chosen."""
    match = gazetteer.lookup(name)
    assert (match.place, match.match, [candidate.id for candidate in match.candidates]) == (None, None, candidates)


@pytest.mark.parametrize(
    ("narrowing", "expected"),
    [
        ({"near": (48.28, 37.18)}, "petrivka-1"),
        ({"near": (46.9, 31.1)}, "petrivka-2"),
        ({"context": PlaceContext(places={"claimkit:pokrovsk": 2.0})}, "petrivka-1"),
        ({"context": PlaceContext(admin1s=frozenset({"Donetsk Oblast"}))}, "petrivka-1"),
        ({"context": PlaceContext(countries=frozenset({"UA"}))}, None),
        ({"country": "UA"}, None),
    ],
)
def test_context_settles_or_not(gazetteer: Gazetteer, narrowing: dict[str, object], expected: str | None) -> None:
    """A neighbourhood or region settles two villages, their common country does not."""
    assert found(gazetteer, "Petrivka", **narrowing)[0] == expected


DONETSK = {"claimkit:pokrovsk": 2.0, "claimkit:kramatorsk": 1.0}


@pytest.mark.parametrize(
    ("context", "expected"),
    [
        (None, ("seversk", "exact", "current")),
        (PlaceContext(places={"claimkit:seversk": 1.0}), ("seversk", "exact", "current")),
        (PlaceContext(places={"claimkit:fasher": 1.0}), ("seversk", "exact", "current")),
        (PlaceContext(places=DONETSK, admin1s=frozenset({"Donetsk Oblast"})), ("siversk", "romanized", "current")),
    ],
    ids=["no context", "named itself", "of elsewhere", "near the other"],
)  # fmt: skip
def test_a_listed_name_far_from_all_is_the_near_ones_by_a_lower_rung(
    gazetteer: Gazetteer, context: PlaceContext | None, expected: tuple[str, str, str]
) -> None:
    """In a report from Donetsk "Seversk" is Siversk, as Russian writes it; else it is the listed town."""
    assert found(gazetteer, "Seversk", context=context) == expected


def test_a_country_is_not_meant_by_a_lower_rung(cache: Path) -> None:
    """Tunis is not Tunisia's Ukrainian name in Latin letters where the city is listed; where it is not, it is that."""
    country = (
        "- {id: 'claimkit:tn', name: Tunisia, kind: country, country: TN, lat: 34, lon: 9, names: {uk: [Туніс]}}\n"
    )
    city = "- {id: 'claimkit:tunis', name: Tunis, kind: city, country: TN, lat: 36.8, lon: 10.2}\n"
    context = PlaceContext(countries=frozenset({"TN"}), places={"claimkit:tn": 2.0})
    for text, expected in ((country + city, "tunis"), (country, "tn")):
        path = cache / f"{expected}.yaml"
        path.write_text(text, encoding="utf-8")
        assert found(Gazetteer.of(path), "Tunis", context=context)[0] == expected


def test_the_date_weighs_a_name(gazetteer: Gazetteer) -> None:
    """Dzerzhinsk was Toretsk's name until 2016, which makes it no more than possible afterwards."""
    then, now = (gazetteer.lookup("Dzerzhinsk", on=date(year, 1, 1)) for year in (2015, 2025))
    shares = [next(c.score for c in match.candidates if c.id == "claimkit:toretsk") for match in (then, now)]
    assert shares[0] > shares[1]


def test_the_score_of_a_misspelling_falls_with_its_cost(gazetteer: Gazetteer) -> None:
    """A fuzzy match scores below one, an exact one is certain."""
    assert gazetteer.lookup("Kramatorsk").score == 1.0
    assert 0.85 < gazetteer.lookup("Kramatosk").score < 0.95


def test_find_gives_the_longest_names_with_offsets(gazetteer: Gazetteer) -> None:
    """Names are found with their offsets, kind words included, possessives not."""
    text = "Troops near Chasiv Yar left Pokrovsk's suburbs; the US and Donetsk region, el-Fasher, Покровську."
    assert [(hit.text, hit.places) for hit in gazetteer.find(text)] == [
        ("Chasiv Yar", ("claimkit:chasiv-yar",)),
        ("Pokrovsk", ("claimkit:pokrovsk",)),
        ("US", ("claimkit:us",)),
        ("Donetsk region", ("claimkit:donetsk-oblast",)),
        ("el-Fasher", ("claimkit:fasher",)),
        ("Покровську", ("claimkit:pokrovsk",)),
    ]
    assert all(text[hit.start : hit.end] == hit.text for hit in gazetteer.find(text))


def test_find_passes_common_words_over(gazetteer: Gazetteer) -> None:
    """A lower-case word, a pronoun and a longer word are no places."""
    assert gazetteer.find("Us and them: pokrovsk, Pokrovskyi, us, Yar, Chasiv.") == ()


def test_what_the_press_of_other_countries_says_is_looked_up_but_not_looked_for(gazetteer: Gazetteer) -> None:
    """The name "Roma" is Rome to who asks, a people in English text; what a side calls a place is found in both."""
    match = gazetteer.lookup("Roma")
    assert match.place is not None
    assert (match.place.id, match.match, match.name_used) == ("claimkit:rome", "alias", "foreign")
    assert [hit.text for hit in gazetteer.find("The Roma of Rome left Islas.")] == ["Rome", "Islas"]


@pytest.mark.parametrize(("name", "found"), [("Roma, Italia", True), ("Roma, Ucrania", False), ("city of Roma", True)])
def test_names_of_the_press_are_hints_too(gazetteer: Gazetteer, name: str, found: bool) -> None:
    """A country named in another language narrows; the kind word before a name is no part of it."""
    assert (gazetteer.lookup(name).place is not None) is found


def test_a_later_layer_replaces_a_place(gazetteer: Gazetteer, cache: Path) -> None:
    """Of two entries with one id the one layered on top counts, also for the names of the other."""
    path = cache / "mine.yaml"
    path.write_text("- {id: claimkit:pokrovsk, name: Pokrovsk Town, kind: town, lat: 1, lon: 2}", encoding="utf-8")
    both = Gazetteer.of(cache / "small.yaml", path)
    assert both["claimkit:pokrovsk"].lat == 1
    assert both.lookup("Krasnoarmeysk").place is None
    assert len(both) == len(gazetteer)
    with pytest.raises(KeyError):
        both["claimkit:none"]


def test_a_broken_compiled_layer_is_built_again(gazetteer: Gazetteer, cache: Path) -> None:
    """A damaged cache is passed over without a word."""
    (kept,) = (cache / "cache").glob("*.places")
    whole = kept.read_bytes()
    for broken in (b"", whole[: len(whole) // 2], whole[:5000] + b"\xff" * 100 + whole[5100:]):
        kept.unlink()
        kept.write_bytes(broken)
        assert found(Gazetteer.of(cache / "small.yaml"), "Pokrovsk") == ("pokrovsk", "exact", "current")
    assert len(gazetteer) == 22


def test_the_same_places_give_the_same_bytes(gazetteer: Gazetteer, cache: Path) -> None:
    """A compiled layer has nothing of time or chance in it."""
    (kept,) = (cache / "cache").glob("*.places")
    whole = kept.read_bytes()
    kept.unlink()
    Gazetteer.of(cache / "small.yaml")
    assert kept.read_bytes() == whole
