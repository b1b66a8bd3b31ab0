"""The shipped gazetteer: what holds of every entry, the names it must have, and those it must not."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest

from claimkit.gazetteer_layers import read_entries
from claimkit.gazetteer_records import DatedName, PlaceEntry, PlaceKind
from claimkit.lexicon import data_path

ENTRIES = read_entries(data_path("gazetteer.yaml"))
BY_ID = {entry.id: entry for entry in ENTRIES}
LEAST_PLACES = 3000
SETTLED = {PlaceKind.CITY, PlaceKind.TOWN, PlaceKind.SETTLEMENT, PlaceKind.VILLAGE, PlaceKind.QUARTER}

# South, north, west, east in degrees: the land of the country by law, a little wide.
BOXES = {
    "AF": (29.3, 38.6, 60.4, 75.0), "AM": (38.8, 41.4, 43.4, 46.7), "AZ": (38.3, 42.0, 44.7, 50.6),
    "BY": (51.2, 56.2, 23.1, 32.8), "CD": (-13.6, 5.5, 12.1, 31.4), "ER": (12.3, 18.1, 36.4, 43.2),
    "ET": (3.3, 14.95, 32.9, 48.1), "GE": (41.0, 43.6, 39.9, 46.8), "HT": (18.0, 20.2, -74.6, -71.6),
    "IL": (29.4, 33.4, 34.2, 35.9), "IQ": (29.0, 37.5, 38.7, 48.7), "IR": (25.0, 39.9, 44.0, 63.4),
    "LB": (33.0, 34.8, 35.0, 36.7), "LY": (19.4, 33.3, 9.3, 25.2), "MD": (45.4, 48.6, 26.6, 30.2),
    "ML": (10.1, 25.1, -12.3, 4.3), "MM": (9.5, 28.6, 92.1, 101.2), "PK": (23.6, 37.1, 60.8, 77.1),
    "PS": (31.2, 32.6, 34.2, 35.6), "SD": (8.6, 22.3, 21.8, 38.7), "SO": (-1.8, 12.1, 40.9, 51.5),
    "SS": (3.4, 12.3, 24.1, 36.0), "SY": (32.3, 37.4, 35.6, 42.4), "UA": (44.3, 52.4, 22.1, 40.3),
    "YE": (12.0, 19.0, 42.3, 54.6),
}  # fmt: skip

RENAMED = [
    ("Krasnoarmeysk", "Pokrovsk"), ("Артёмовск", "Bakhmut"), ("Artemivsk", "Bakhmut"), ("Dzerzhynsk", "Toretsk"),
    ("Krasnyi Lyman", "Lyman"), ("Dimitrov", "Myrnohrad"), ("Komsomolske", "Kalmiuske"), ("Torez", "Chystiakove"),
    ("Kirovohrad", "Kropyvnytskyi"), ("Dnipropetrovsk", "Dnipro"), ("Dniprodzerzhynsk", "Kamianske"),
    ("Krasnohrad", "Berestyn"), ("Pershotravensk", "Shakhtarske"), ("Novomoskovsk", "Samar"),
    ("Chervonohrad", "Sheptytskyi"), ("Druzhba", "Khutir-Mykhailivskyi"), ("Vatutine", "Bahacheve"),
    ("Sievierodonetsk", "Siverskodonetsk"), ("Severodonetsk", "Siverskodonetsk"), ("Krasnodon", "Sorokyne"),
    ("Stakhanov", "Kadiivka"), ("Novhorodske", "Niu-York"), ("Tsiurupynsk", "Oleshky"),
    ("Volodymyr-Volynskyi", "Volodymyr"), ("Novohrad-Volynskyi", "Zviahel"), ("Pervomaiskyi", "Zlatopil"),
    ("Yuzhnoukrainsk", "Pivdennoukrainsk"), ("Zhdanov", "Mariupol"), ("Rangoon", "Yangon"), ("Burma", "Myanmar"),
]  # fmt: skip

BY_OTHERS = [
    ("Kiev", "Kyiv"), ("Odessa", "Odesa"), ("Kharkov", "Kharkiv"), ("Zaporozhye", "Zaporizhzhia"),
    ("Chernobyl", "Chornobyl"), ("Dnepr", "Dnipro"), ("Khankendi", "Stepanakert"), ("Shushi", "Shusha"),
    ("Martakert", "Aghdara"), ("Artsakh", "Nagorno-Karabakh"), ("Diaoyu Islands", "Senkaku Islands"),
    ("Shechem", "Nablus"), ("Sukhum", "Sukhumi"),
]  # fmt: skip

CURRENT = [
    ("Покровськ", "Pokrovsk"), ("Роботине", "Robotyne"), ("Qırım", "Crimea"), ("Ayn al-Arab", "Kobani"),
    ("Al Hudaydah", "Hodeidah"), ("Al-Fashir", "El Fasher"), ("Khan Yunis", "Khan Younis"), ("Raqqah", "Raqqa"),
    ("Al-Khalil", "Hebron"), ("Bahri", "Khartoum North"), ("Crimean Bridge", "Kerch Bridge"), ("U.S.", "United States"),
    ("UK", "United Kingdom"), ("UAE", "United Arab Emirates"), ("Donbass", "Donbas"), ("Gaza", "Gaza Strip"),
    ("ZNPP", "Zaporizhzhia Nuclear Power Plant"), ("Zmiinyi Island", "Snake Island"),
]  # fmt: skip

CANONICAL = [
    "Huliaipole", "Sloviansk", "Zaporizhzhia", "Crimea", "Hodeidah", "Kobani", "Stepanakert", "Myrnohrad",
    "Kostiantynivka", "Chornobyl", "Vovchansk", "Kupiansk", "Siversk", "Lyman", "Avdiivka", "Kurakhove", "Vuhledar",
    "Robotyne", "Krynky", "Sudzha", "Korenevo", "Mosul", "Fallujah", "Sinjar", "Jabalia", "Nuseirat", "Rafah",
    "Hebron", "Jenin", "Sanaa", "Aden", "Marib", "Saada", "Geneina", "Nyala", "Omdurman", "Kadugli", "Dilling",
    "Mekelle", "Lashio", "Laukkai", "Myawaddy", "Sittwe", "Goma", "Bukavu", "Bunagana", "Muzaffarabad", "Srinagar",
    "Taganrog", "Engels", "Toropets", "Novorossiysk", "Tiraspol", "Donbas",
]  # fmt: skip


def holders(name: str, *, status: str | None) -> set[str]:
    """Give the canonical names of the places that bear a name: current (``None``), former or foreign."""
    found = set()
    for entry in ENTRIES:
        for key, names in entry.names.items():
            if (key if key in ("former", "foreign") else None) == status:
                found |= {entry.name for item in names if name == (item.name if isinstance(item, DatedName) else item)}
    return found


def label(entry: PlaceEntry) -> str:
    """Name an entry in a message."""
    return f"{entry.id} {entry.name}"


def test_there_are_enough_places_of_every_kind() -> None:
    """The file does not shrink unnoticed."""
    kinds = Counter(entry.kind for entry in ENTRIES)
    assert len(ENTRIES) >= LEAST_PLACES
    least = {"country": 248, "region": 500, "city": 2000, "village": 1500, "facility": 80, "water": 25, "island": 15}
    assert {kind: count for kind, count in least.items() if kinds[PlaceKind(kind)] < count} == {}


def test_ids_are_unique() -> None:
    """One place, one entry."""
    assert [identity for identity, count in Counter(entry.id for entry in ENTRIES).items() if count > 1] == []


def test_most_places_have_a_geonames_id() -> None:
    """The key that other coders use is there for at least four of five places."""
    assert sum(entry.id.startswith("geonames:") for entry in ENTRIES) >= 0.8 * len(ENTRIES)


def test_coordinates_are_in_the_country() -> None:
    """No place of a country at war lies outside it."""
    outside = []
    for entry in ENTRIES:
        if entry.country in BOXES and entry.kind not in (PlaceKind.WATER, PlaceKind.AREA, PlaceKind.ISLAND):
            south, north, west, east = BOXES[entry.country]
            if not (south <= entry.lat <= north and west <= entry.lon <= east):
                outside.append(label(entry))
    assert outside == []


def test_settlements_and_regions_say_their_country() -> None:
    """Only seas, islands and areas across borders do without."""
    free = {PlaceKind.WATER, PlaceKind.AREA, PlaceKind.ISLAND}
    assert [label(entry) for entry in ENTRIES if entry.country is None and entry.kind not in free] == []


def test_countries_have_no_region_and_settlements_of_ukraine_have_one() -> None:
    """``admin1`` is there where it helps a reader, and not where it cannot be."""
    countries = [label(entry) for entry in ENTRIES if entry.kind is PlaceKind.COUNTRY and entry.admin1]
    bare = [label(entry) for entry in ENTRIES if entry.country == "UA" and entry.kind in SETTLED and not entry.admin1]
    assert (countries, bare) == ([], [])


def test_every_country_is_there_once_and_states_have_a_capital() -> None:
    """A code stands for one country, and a capital for one too, save states with none in GeoNames."""
    countries = Counter(entry.country for entry in ENTRIES if entry.kind is PlaceKind.COUNTRY)
    capitals = Counter(entry.capital for entry in ENTRIES if entry.capital)
    assert {code: count for code, count in (countries + Counter()).items() if count != 1} == {}
    assert {code: count for code, count in capitals.items() if count != 1} == {}
    without = {code for code in countries if code not in capitals}
    assert without & {"UA", "RU", "US", "GB", "SY", "YE", "SD", "SS", "ET", "MM", "LY", "IQ", "IR", "AM", "AZ"} == set()
    assert len(capitals) >= 200


def test_part_of_points_to_an_entry() -> None:
    """A quarter's or a plant's city is in the gazetteer."""
    assert [label(entry) for entry in ENTRIES if entry.part_of and entry.part_of not in BY_ID] == []


def test_no_place_stands_twice_under_two_ids() -> None:
    """Settlements of one name in one country are more than three kilometres (0.03 degrees) apart."""
    groups = defaultdict(list)
    for entry in ENTRIES:
        if entry.kind in SETTLED:
            groups[entry.country, entry.name].append(entry)
    pairs = [
        (label(one), label(other))
        for group in groups.values()
        for place, one in enumerate(group)
        for other in group[place + 1 :]
        if abs(one.lat - other.lat) < 0.03 and abs(one.lon - other.lon) < 0.03
    ]
    assert pairs == []


def test_no_city_of_ukraine_is_a_village_of_its_name() -> None:
    """A city of 656 people is a village that happens to be called like one; Chornobyl is the smallest city."""
    cities = [entry for entry in ENTRIES if entry.country == "UA" and entry.kind is PlaceKind.CITY]
    assert min((entry.population, entry.name) for entry in cities if entry.population) == (1575, "Chornobyl")


def test_names_of_a_language_are_in_its_script() -> None:
    """Ukrainian, Russian and Arabic names have no Latin letters: mixed letters look right and match nothing."""
    bad = [
        (label(entry), name)
        for entry in ENTRIES
        for lang in ("uk", "ru", "ar")
        for name in entry.names.get(lang, ())
        if isinstance(name, str) and any("a" <= char.lower() <= "z" for char in name)
    ]
    assert bad == []


def test_names_of_ukraine_are_romanised_by_the_decree() -> None:
    """No BGN or Russian romanisation stands as a Ukrainian oblast's or city's name."""
    marks = ("iy", "yy", "'", "’", "skoye", "evka")
    wrong = [
        label(entry)
        for entry in ENTRIES
        if entry.country == "UA" and entry.kind is PlaceKind.CITY and any(mark in entry.name for mark in marks)
    ]
    assert wrong == []


@pytest.mark.parametrize("name", CANONICAL)
def test_canonical_names(name: str) -> None:
    """The names that the rest of claimkit and its users go by."""
    assert name in {entry.name for entry in ENTRIES}


@pytest.mark.parametrize(("name", "canonical"), RENAMED)
def test_former_names(name: str, canonical: str) -> None:
    """A former name leads to the place, and stands as former."""
    assert canonical in holders(name, status="former")


@pytest.mark.parametrize(("name", "canonical"), BY_OTHERS)
def test_names_that_others_use(name: str, canonical: str) -> None:
    """A name of another language or side leads to the place, and stands as foreign."""
    assert canonical in holders(name, status="foreign")


@pytest.mark.parametrize(("name", "canonical"), CURRENT)
def test_current_names(name: str, canonical: str) -> None:
    """Further current names lead to the place."""
    assert canonical in holders(name, status=None)


@pytest.mark.parametrize("name", ["Nice", "Of", "Reading", "Mobile", "Bar", "Austin", "Star", "Vladimir"])
def test_common_words_and_given_names_are_no_places(name: str) -> None:
    """A word or given name that no war report means as a place is not shipped."""
    assert name not in {entry.name for entry in ENTRIES} | holders(name, status=None)


def test_the_years_of_renamings() -> None:
    """Decommunisation is dated: one whole entry, years and who still uses the name."""
    pokrovsk = BY_ID["geonames:704422"]
    assert [name for name in pokrovsk.names["former"] if isinstance(name, DatedName) and name.lang == "uk"] == [
        DatedName(name="Красноармійськ", lang="uk", from_=1934, to=2016, used_by=("RUS",)),
        DatedName(name="Гришине", lang="uk", to=1934),
    ]
