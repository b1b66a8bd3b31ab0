"""The party table: words that name a speaker become a code, and only where the words alone can tell."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from claimkit.commands.actors import command
from claimkit.errors import DataError
from claimkit.parties import Parties, PartyHit, PartyMatch
from claimkit.records import Party, PartyKind

PARTIES = Parties.default()


def code(words: str, *, on: date | None = None) -> str | None:
    """Give the code that the words stand for, or ``None`` where they are left open."""
    party = PARTIES.lookup(words, on=on).party
    return party.id if party else None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Russia", "RUS"),
        ("the Russians", "RUS"),
        ("an Emirati", "ARE"),
        ("Moscow", "RUS"),
        ("the Kremlin", "RUS"),
        ("Bankova", "UKR"),
        ("Downing Street", "GBR"),
        ("the Élysée", "FRA"),
        ("US", "USA"),
        ("the U.S.", "USA"),
        ("türkiye", "TUR"),
        ("Khartoum", "SDN"),
        ("CENTCOM", "USA"),
        ("the FSB", "RUS"),
        ("SANA", "SYR"),
        ("Nato", "NATO"),
        ("Da’esh", "ISIS"),
        ("the west", "WEST"),
        ("the Yugoslavs", "YUG"),
        ("the Bosnian Serbs", "BOSNIAN-SERBS"),
        ("Chechen rebels", "ICHKERIA"),
        ("UÇK", "KLA"),
        ("Unita", "UNITA"),
        ("UNPROFOR", "UN"),
        ("ISAF", "NATO"),
        ("al-Shabaab", "AL-SHABAAB"),
        ("al-Shabaab in Mozambique", "ISM"),
        ("a UN source", "UN"),
        ("a Hamas source", "HAMAS"),
        ("a hospital source", "RESIDENTS"),
        ("local sources", "RESIDENTS"),
        ("a diplomatic source", "REPORTS"),
        ("IS militants", "ISIS"),
        ("Iraqi Kurdish officials", "KRG"),
        ("the Syrian Coalition", "SNC"),
        ("North West", "NORTH-WEST"),
        ("parents", "RESIDENTS"),
        ("the A.P.", "AP"),
        ("an A.P. reporter", "AP"),
        ("U.S. Rangers", "USA"),
        ("U.N. Secretary-General", "UN"),
    ],
)
def test_names_demonyms_and_seats_give_the_party(words: str, expected: str) -> None:
    """A name, a demonym, a capital or a seat alone stands for its party."""
    assert code(words) == expected


@pytest.mark.parametrize(
    "words",
    [
        "us",
        "who",
        "Rafah",
        "Gaza",
        "",
        "  ",
        "((",
        "the",
        "'s",
        "A.P. Singh",
        "Air Marshal A.P. Kosovic",
        "R.S.F. Kumar",
    ],
)
def test_words_that_name_no_party_give_none(words: str) -> None:
    """Pronouns, mere places, noise and the initials of a person are nobody."""
    match = PARTIES.lookup(words)
    assert match.party is None or match.derived


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("the Russian defence ministry", "RUS"),
        ("the Defence Ministry of the Russian Federation", "RUS"),
        ("Kyiv's forces", "UKR"),
        ("two Ukrainian officials", "UKR"),
        ("a senior US official", "USA"),
        ("the commander-in-chief of the Armed Forces of Ukraine", "UKR"),
        ("officials in Washington", "USA"),
        ("the Ministry of Health in Gaza", "PSE"),
        ("hundreds of Sudanese soldiers", "SDN"),
        ("Syrian state television", "SYR"),
        ("members of the Security Council", "UN"),
        ("UN experts", "UN"),
        ("an AFP correspondent", "AFP"),
        ("analysts at the Institute for the Study of War", "ISW"),
        ("the Russian-installed governor of Kherson", "RUS"),
        ("NATO member Poland", "POL"),
        ("news agency IRNA", "IRN"),
        ("video published by the Kremlin", "RUS"),
        ("a statement attributed to Hamas", "HAMAS"),
        ("the West's leaders", "WEST"),
        ("officials in the West", "WEST"),
        ("the Hamas-run health ministry", "HAMAS"),
        ("a Russian-controlled administration", "RUS"),
        ("residents of Russian-controlled Donetsk", "RESIDENTS"),
        ("two Israeli security sources", "ISR"),
        ("a SANA reporter", "SYR"),
        ("a White House correspondent", "REPORTS"),
        ("a Russian reporter", "REPORTS"),
    ],
)
def test_an_organ_is_its_state(words: str, expected: str) -> None:
    """Organs, officials, documents and staff stand for whose they are."""
    assert code(words) == expected


@pytest.mark.parametrize("words", ["a military source", "security sources", "the police source"])
def test_a_source_in_an_organ_needs_to_be_told_whose_it_is(words: str) -> None:
    """Who speaks for an army without a name is of a state that the text has to tell."""
    match = PARTIES.lookup(words)
    assert match.party is None
    assert match.needs_antecedent


def test_a_line_of_capitals_does_not_make_names_of_plain_words() -> None:
    """WHO and IS are names in a sentence, and words in a heading that is all capitals."""
    found = [hit.text for hit in PARTIES.find("WHO IS BEHIND THE US STRIKE\nThe IS said so, the WHO denied it.")]
    assert found == ["US", "IS", "WHO"]


@pytest.mark.parametrize(
    "words",
    [
        "the governor of West Darfur",
        "West African leaders",
        "police in West Papua",
        "the North West region",
        "South-West",
    ],
)
def test_a_direction_before_another_name_is_a_part_of_it(words: str) -> None:
    """West Darfur is not the West's."""
    assert code(words) != "WEST"
    assert "WEST" not in {party for hit in PARTIES.find(words) for party in hit.parties}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("forces loyal to Khalifa Haftar", "LNA"),
        ("fighters loyal to Khalifa Haftar", "LNA"),
        ("a militia led by Yevgeny Prigozhin", "WAGNER"),
        ("a delegation led by Sergei Lavrov", "RUS"),
        ("a fighter loyal to nobody", ""),
        ("protesters led by Yevgeny Prigozhin", "RESIDENTS"),
        ("a coalition led by Saudi Arabia", ""),
        ("an investigator hostile to Khalifa Haftar", ""),
    ],
)
def test_who_follows_a_person_is_of_his_side(words: str, expected: str) -> None:
    """Forces are those of the person who leads them; people without arms, and states, lead to nobody."""
    match = PARTIES.lookup(words, on=date(2023, 6, 1))
    assert (match.party.id if match.party else "") == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("US envoy to Ukraine Keith Kellogg", "USA"),
        ("Russia's ambassador to Turkey", "RUS"),
        ("Britain's special envoy for Sudan", "GBR"),
        ("Hezbollah in Lebanon", "HEZBOLLAH"),
        ("the Britain-based Syrian Observatory for Human Rights", "SOHR"),
        ("the US-led coalition", "COALITION"),
        ("Iran-backed Houthi rebels", "HOUTHIS"),
        ("footage verified by Reuters", "REPORTS"),
    ],
)
def test_the_object_of_a_job_does_not_speak(words: str, expected: str) -> None:
    """The country that an envoy deals with, a base or a sponsor is not the party."""
    assert code(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("the Russian 155th Separate Guards Naval Infantry Brigade", "RUS"),
        ("425th Separate Assault Regiment", "UKR"),
        ("the 36th Combined Arms Army", "RUS"),
        ("82nd Airborne Division", "USA"),
        ("Ukraine's Third Army Corps", "UKR"),
        ("Zapad Group of Forces", "RUS"),
        ("the 36th Brigade", None),
        ("the Guards Brigade", None),
        ("the 4th Guards Brigade", "RUS"),
        ("Niger's Presidential Guard", "NER"),
        ("a Rashtriya Rifles unit", "IND"),
        ("the Stryker brigade", "USA"),
        ("the Marine Expeditionary Unit", "USA"),
        ("the Rifle Regiment", None),
        ("the brigade", None),
    ],
)
def test_units_by_the_words_of_their_names(words: str, expected: str | None) -> None:
    """A unit's name tells its state where its words do; a bare number does not."""
    assert code(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("military analysts", "EXPERTS"),
        ("some outside analysts", "EXPERTS"),
        ("analysts outside Ukraine", "EXPERTS"),
        ("Ukrainian military analyst Ivan Stupak", "EXPERTS"),
        ("villagers", "RESIDENTS"),
        ("residents of Hamas-run Gaza", "RESIDENTS"),
        ("a Russian milblogger", "MILBLOGGERS-RUS"),
        ("Indian media", "REPORTS"),
        ("satellite images", "REPORTS"),
        ("one CCTV video", "REPORTS"),
        ("a source familiar with the matter", "REPORTS"),
        ("an Iraqi security source", "IRQ"),
        ("Syrian rebels", "SYRIAN-REBELS"),
        ("Iraqi insurgents", "IRAQI-INSURGENTS"),
        ("European leaders", "EUROPE"),
    ],
)
def test_unnamed_people_have_codes_of_their_own(words: str, expected: str) -> None:
    """Analysts, residents, bloggers and footage are parties; a country's media do not speak for its state."""
    assert code(words) == expected


@pytest.mark.parametrize(("words", "expected"), [
    ("Ann Moor, a senior fellow at the Foundation for Defense of Democracies", "EXPERTS"),
    ("INSS researcher Orna Lev", "EXPERTS"),
    ("an analyst at RUSI", "EXPERTS"),
    ("Paul Grey, president of the Middle East Institute", "EXPERTS"),
    ("Ann Moor of the Center for European Policy Analysis", "EXPERTS"),
    ("analysts at the Institute for the Study of War", "ISW"),
    ("a spokesman for the Middle East Institute", "MEI"),
    ("a Chatham House report", "CHATHAM-HOUSE"),
    ("Ann Moor, a researcher at Amnesty International", "AMNESTY"),
    ("Paul Grey, director of Human Rights Watch", "HRW"),
])  # fmt: skip
def test_one_of_an_institute_speaks_as_an_expert(words: str, expected: str) -> None:
    """Whoever is named or called an expert does; several together, spokesmen, papers and rights groups do not."""
    assert code(words) == expected


@pytest.mark.parametrize(("words", "expected"), [
    ("Norland and Georgia's Security Council secretary, Ana Moor", "GEO"),
    ("Georgia's Security Council secretary", "GEO"),
    ("the Security Council of Iran", "IRN"),
    ("the Security Council", "UN"),
    ("the UN Security Council", "UN"),
    ("Georgia's envoy to the Security Council", "GEO"),
])  # fmt: skip
def test_organs_whose_names_states_and_the_united_nations_share(words: str, expected: str) -> None:
    """It is a state's where one is named as its owner."""
    assert code(words) == expected


@pytest.mark.parametrize(("words", "expected"), [
    ("Rights group VELLWATCH", "VELLWATCH"),
    ("rights groups", "RIGHTS-GROUPS"),
    ("Orvane, the French energy company", "ORVANE"),
    ("the Israeli security firm Orvane", "ORVANE"),
    ("Orvane, the French ambassador", "FRA"),
    ("two people familiar with the operation", "REPORTS"),
    ("two people", "RESIDENTS"),
    ("an MQ-9 Reaper", None),
    ("Reaper", "REAPER"),
    ("MS ORVANE", "ORVANE"),
])  # fmt: skip
def test_companies_and_groups_have_their_names_and_weapons_are_nobody(words: str, expected: str | None) -> None:
    """A company does not speak for its state; the name of a type of drone is none of a person."""
    assert code(words) == expected


@pytest.mark.parametrize(("words", "expected"), [
    ("three Lebanese civilians", "LBN"),
    ("Argentine prisoners", "ARG"),
    ("three civilians", None),
    ("Israeli and Lebanese civilians", None),
    ("Lebanese soldiers", None),
])  # fmt: skip
def test_whose_people_a_group_is(words: str, expected: str | None) -> None:
    """It speaks for no state, but is of one that its adjective names."""
    people = Parties.default().lookup(words).people
    assert (people.id if people else None) == expected


@pytest.mark.parametrize(("words", "served", "score"), [
    ("Ann Moor, a former American ambassador to Syria", "USA", 0.4),
    ("a retired Israeli general", "ISR", 0.4),
    ("former Ukrainian officials", "UKR", 0.4),
    ("the American ambassador to Syria", None, 1.0),
    ("residents of the former Soviet Union", None, 1.0),
    ("the American ambassador to the former Yugoslav republic", None, 1.0),
])  # fmt: skip
def test_who_is_out_of_office_may_speak_for_it_no_more(words: str, served: str | None, score: float) -> None:
    """The article has to tell; ``served`` keeps whose office it was."""
    match = Parties.default().lookup(words)
    assert (match.served.id if match.served else None, match.score) == (served, score)


@pytest.mark.parametrize(
    ("words", "on", "expected"),
    [
        ("Peskov", None, "RUS"),
        ("Zelensky", None, "UKR"),
        ("Zelenskiy", None, "UKR"),
        ("Dmytro Peskov", None, "RUS"),
        ("Ivanov", None, "IVANOV"),
        ("Boris Peskov", None, "PESKOV"),
        ("Trump", date(2018, 1, 1), "USA"),
        ("Trump", date(2024, 7, 1), "TRUMP"),
        ("Trump", date(2025, 7, 1), "USA"),
        ("Mrs. Clinton", date(2012, 1, 1), None),
        ("US Secretary of State Hillary Clinton", date(2012, 1, 1), "USA"),
        ("former US president Bill Clinton", None, "CLINTON"),
        ("Mark Rutte", date(2023, 1, 1), "NLD"),
        ("Mark Rutte", date(2025, 1, 1), "NATO"),
        ("Mark Rutte", None, None),
        ("Ahmed al-Sharaa", date(2024, 12, 1), "HTS"),
        ("President Sharaa", date(2025, 6, 1), "SYR"),
        ("Miller", date(2024, 1, 1), None),
        ("State Department spokesperson Matthew Miller", date(2024, 1, 1), "USA"),
        ("Hemedti", None, "RSF"),
        ("Ratko Mladić", date(1995, 7, 11), "BOSNIAN-SERBS"),
        ("General Mladic", date(1995, 7, 11), "BOSNIAN-SERBS"),
        ("Vladimir V. Putin", date(2000, 6, 1), "RUS"),
        ("Kofi Annan", date(2004, 1, 1), "UN"),
        ("Jonas Savimbi", date(1993, 1, 1), "UNITA"),
        ("Paul Kagame", date(1994, 4, 20), "RPF"),
        ("Paul Kagame", date(1997, 4, 20), "RWA"),
    ],
)
def test_persons_speak_for_the_office_they_hold(words: str, on: date | None, expected: str | None) -> None:
    """A person is the party of the office held on the day; a common surname waits until it is introduced."""
    assert code(words, on=on) == expected


@pytest.mark.parametrize(
    ("words", "role", "number", "gender", "person"),
    [
        ("the ministry", "ministry", "singular", None, False),
        ("the army", "army", "singular", None, False),
        ("the spokesman", "spokesman", "singular", "m", True),
        ("a spokeswoman", "spokeswoman", "singular", "f", True),
        ("officials", "officials", "plural", None, True),
        ("he", "he", "singular", "m", True),
        ("they", "they", "plural", None, False),
        ("The region's governor, Anna Kowalska", "governor", "singular", None, True),
        ("the Syrian opposition group", "opposition group", "singular", None, False),
        ("the report", "report", "singular", None, False),
    ],
)
def test_role_words_need_an_antecedent(
    words: str, role: str, number: str | None, gender: str | None, person: bool
) -> None:
    """Words that only point back say so, with the role, number and gender that their antecedent must have."""
    match = PARTIES.lookup(words)
    assert (match.party, match.needs_antecedent) == (None, True)
    assert (match.role, match.number, match.gender, match.person) == (role, number, gender, person)


@pytest.mark.parametrize(
    ("words", "candidates"),
    [
        ("Brussels", ["BEL", "EU"]),
        ("the Congolese army", ["COD", "COG"]),
        ("Congo", ["COD", "COG"]),
        ("Israeli and Palestinian officials", ["ISR", "PSE"]),
        ("Russia and Ukraine", ["RUS", "UKR"]),
        ("Kurdish forces", ["YPG", "SDF", "PESHMERGA"]),
    ],
)
def test_what_can_mean_several_parties_stays_open(words: str, candidates: list[str]) -> None:
    """Never guessed: all that the words can mean are candidates."""
    match = PARTIES.lookup(words)
    assert match.party is None
    assert [candidate.id for candidate in match.candidates] == candidates


@pytest.mark.parametrize(
    ("words", "expected", "kind"),
    [
        ("the Khartoum Doctors Network", "KHARTOUM-DOCTORS-NETWORK", PartyKind.BODY),
        ("Afghan Analysts Network", "AFGHAN-ANALYSTS-NETWORK", PartyKind.BODY),
        ("Foundation for Peace and Bread in the Middle East", "FPBME", PartyKind.BODY),
        ("Ukrainian Railways Museum Society", "URMS", PartyKind.BODY),
        ("Jane Q. Doe", "DOE", PartyKind.PERSON),
    ],
)
def test_an_unknown_name_gets_a_derived_code(words: str, expected: str, kind: PartyKind) -> None:
    """Who is not in the table stays unknown: surname or initials as code, flagged as derived, with a low score."""
    match = PARTIES.lookup(words)
    assert (match.match, match.derived, match.score) == ("derived", True, 0.4)
    assert match.party is not None
    assert (match.party.id, match.party.kind) == (expected, kind)


def test_a_match_is_explained() -> None:
    """The whole result of one look-up."""
    russia = Party(id="RUS", name="Russia", kind=PartyKind.STATE)
    assert PARTIES.lookup("Sergei Lavrov", on=date(2025, 1, 1)) == PartyMatch(
        query="Sergei Lavrov",
        party=russia,
        candidates=(russia,),
        match="person",
        number="singular",
        gender="m",
        person=True,
        name="Sergei Lavrov",
        because="Sergei Lavrov, foreign minister",
        score=1.0,
    )


def test_find_gives_the_longest_names_with_their_spans() -> None:
    """Names, metonyms and persons in running text, without possessives; the pronoun, a headline's CAN are none."""
    text = "CAN we? Moscow told us, NATO's chief said. The U.S. and al-Qaeda’s men met Zelenskiy "
    text += "in the Donetsk People's Republic."
    assert PARTIES.find(text) == (
        PartyHit(start=8, end=14, text="Moscow", parties=("RUS",), match="metonym"),
        PartyHit(start=24, end=28, text="NATO", parties=("NATO",), match="name"),
        PartyHit(start=47, end=51, text="U.S.", parties=("USA",), match="name"),
        PartyHit(start=56, end=64, text="al-Qaeda", parties=("AL-QAEDA",), match="name"),
        PartyHit(start=75, end=84, text="Zelenskiy", parties=("UKR",), match="person"),
        PartyHit(start=92, end=117, text="Donetsk People's Republic", parties=("DNR",), match="name"),
    )


def test_find_takes_the_whole_of_a_name() -> None:
    """A name inside a longer one is not found."""
    found = [(hit.text, hit.parties) for hit in PARTIES.find("Washington Post, South Sudan and Kyiv Independent")]
    assert found == [
        ("Washington Post", ("WASHINGTON-POST",)),
        ("South Sudan", ("SSD",)),
        ("Kyiv Independent", ("KYIV-INDEPENDENT",)),
    ]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("RUS", "UKR", True),
        ("UKR", "RUS", True),
        ("SDN", "RSF", True),
        ("ISR", "HEZBOLLAH", True),
        ("RUF", "ECOMOG", True),
        ("YUG", "KLA", True),
        ("ICHKERIA", "RUS", True),
        ("RUS", "DNR", False),
        ("UN", "RUS", False),
        ("RUS", "NOBODY", None),
    ],
)
def test_sides_of_a_conflict_oppose(one: str, other: str, expected: bool | None) -> None:
    """Opposite sides oppose both ways; others do not; an unknown code is unknown."""
    assert PARTIES.opposes(one, other) is expected


def test_states_are_found_by_the_code_of_a_place() -> None:
    """A place's country leads to its party."""
    assert PARTIES.state("UA") == PARTIES["UKR"]
    assert PARTIES.state("XX") is None


def test_a_user_adds_a_conflict_by_yaml(tmp_path: Path) -> None:
    """Parties, organs, persons and conflicts of a user's file stand beside ours."""
    own = tmp_path / "mine.yaml"
    own.write_text(
        "parties:\n  - {id: HILL-FRONT, kind: armed_group, name: Hill Front, demonyms: [Hillman]}\n"
        "organs:\n  - {party: [HILL-FRONT], names: [Valley Radio]}\n"
        "persons:\n  - {name: Ada Byrd, gender: f, offices: [{party: HILL-FRONT, office: leader, since: 2020-01-01}]}\n"
        "conflicts:\n  - {name: the hill, sides: [[HILL-FRONT], [CHE]]}\n",
        encoding="utf-8",
    )
    parties = Parties.load([own])
    found = [
        parties.lookup(words).party for words in ("the Hill Front", "Valley Radio", "Byrd", "Hill Front commander")
    ]
    assert [party.id if party else None for party in found] == ["HILL-FRONT"] * 4
    assert parties.opposes("CHE", "HILL-FRONT") is True
    assert PARTIES.lookup("the Hill Front").derived


def test_a_user_file_with_an_unknown_code_is_refused(tmp_path: Path) -> None:
    """A code that no entry has is named, with the file."""
    own = tmp_path / "mine.yaml"
    own.write_text("organs:\n  - {party: [NOBODY], names: [Ghost Radio]}\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        Parties.load([own])
    assert str(caught.value) == f"{own}: code NOBODY has no entry; give each code one entry"


@pytest.mark.parametrize(("country", "noun", "expected"), [
    ("SY", "rebel", "SYRIAN-REBELS"),
    ("SY", "opposition fighter", "SYRIAN-REBELS"),
    ("SY", "ambassador", None),
    ("NZ", "rebel", None),
    ("", "rebel", None),
])  # fmt: skip
def test_the_fighters_of_a_country(country: str, noun: str, expected: str | None) -> None:
    """Those that the table has by that noun; none is made up."""
    found = Parties.default().fighters(country, noun)
    assert (found and found.id) == expected


def test_command_lookup_reads_arguments_and_lines() -> None:
    """One JSON object a phrase, in order."""
    result = CliRunner().invoke(command, ["lookup", "--format", "jsonl", "Bankova", "-"], input="the army\n\nTehran\n")
    rows = [json.loads(line) for line in result.output.splitlines()]
    assert [(row["query"], row["party"] and row["party"]["id"], row["needs_antecedent"]) for row in rows] == [
        ("Bankova", "UKR", False),
        ("the army", None, True),
        ("Tehran", "IRN", False),
    ]


def test_command_show_gives_all_that_is_known() -> None:
    """Names, organs, persons and opponents of a party."""
    result = CliRunner().invoke(command, ["show", "m23", "--format", "json"])
    row = json.loads(result.output)
    assert (row["id"], row["kind"], row["opposed"]) == (
        "M23",
        "armed_group",
        ["BDI", "COD", "FDLR", "SADC", "WAZALENDO"],
    )
    assert "Corneille Nangaa, leader, 2023-12-15/" in row["persons"]


def test_nouns_have_a_singular() -> None:
    """What is learnt of "officer" holds for "officers"; another word stays."""
    singular = Parties.default().singular
    assert [singular(word) for word in ("officers", "security sources", "officer", "Moor")] == [
        "officer", "security source", "officer", "Moor"]  # fmt: skip
