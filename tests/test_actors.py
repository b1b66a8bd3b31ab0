"""Who the words of a source or actor stand for: introductions, pronouns, bare roles, places, the words around."""

from __future__ import annotations

from datetime import date

import pytest

from claimkit import nlp
from claimkit.actor_phrases import phrase_of
from claimkit.actors import NARRATING, Discourse
from claimkit.antecedent_features import featured
from claimkit.antecedents import Pointer
from claimkit.parties import Parties
from claimkit.ranking import Ranker
from claimkit.reader import read_text
from claimkit.reading import About, Reading, Who
from claimkit.records import PlaceMention
from tests.core_parses import BREAK, article, reading_of, span

ON = date(2026, 1, 10)
TOWNS = {
    name: PlaceMention(
        id=f"claimkit:{name.lower()}", name=name, text=name, start=0, end=len(name), kind="city", country="UA"
    )
    for name in ("Kharkiv", "Sumy")
}  # fmt: skip


def discourse_of(reading: Reading, *, outlet: str | None = None) -> Discourse:
    """Make the discourse of a reading with the shipped parties."""
    return Discourse(
        reading.doc, Parties.default(), on=ON, sentence_of=reading.sentence_of, block_of=reading.block_of,
        toponyms=reading.toponyms, outlet=outlet,
    )  # fmt: skip


def asked(*names: str, ask: tuple[str, ...]) -> list[tuple[str, str]]:
    """Give code and rule for each of the words, asked one after another as sources."""
    reading = reading_of(*names, toponyms=TOWNS)
    discourse = discourse_of(reading)
    found = [discourse.who(span(reading.doc, words), source=True) for words in ask]
    return [(who.party.id, who.rule) for who in found]


def last(*names: str, ask: tuple[str, ...]) -> tuple[str, str]:
    """Give code and rule for the last of the words."""
    return asked(*names, ask=ask)[-1]


def test_an_introduced_person_is_known_by_surname() -> None:
    """The apposition tells the side; later the surname alone does."""
    reading = reading_of("kos", "kos-again")
    again = span(reading.doc, "Kos", nth=2)
    assert discourse_of(reading).who(again, source=True) == Who(
        party=Parties.default()["UKR"], rule="party.introduced", score=0.9)  # fmt: skip


def test_people_beside_a_role_are_somebody_else() -> None:
    """In "killed six people in Lyman, police said" the police are no people of Lyman's."""
    assert last("bomb-police", ask=("police",))[0] != "RESIDENTS"
    assert last("bomb-police", ask=("six people",))[0] == "RESIDENTS"


def test_a_surname_that_nobody_introduced_is_no_side_s() -> None:
    """Without the introduction no side is guessed: a person of his own, or what unnamed people are called."""
    assert last("kos-again", ask=("Kos",))[0] in {"KOS", "EXPERTS", "RESIDENTS"}


@pytest.mark.parametrize(("names", "ask", "expected"), [
    (("kos", "he"), ("Jan Kos", "He"), ("UKR", "party.antecedent")),
    (("kos", "she"), ("Jan Kos", "She"), ("UNKNOWN", "party.unknown")),
    (("moscow", "it"), ("Moscow", "It"), ("RUS", "party.antecedent")),
    (("hnatiuk", "she"), ("Mayor Olena Hnatiuk of Kharkiv", "She"), ("UKR", "party.antecedent")),
    (("kos", "moscow", "he"), ("Jan Kos", "Moscow", "He"), ("UKR", "party.antecedent")),
    (("residents", "they"), ("Residents", "They"), ("RESIDENTS", "party.antecedent")),
    (("moscow", "they"), ("Moscow", "They"), ("RUS", "party.antecedent")),
    (("he",), ("He",), ("UNKNOWN", "party.unknown")),
    (("they",), ("They",), ("UNKNOWN", "party.unknown")),
    (("it", "moscow"), ("It",), ("UNKNOWN", "party.unknown")),
])  # fmt: skip
def test_pronouns_agree_with_what_they_stand_for(
    names: tuple[str, ...], ask: tuple[str, ...], expected: tuple[str, str]
) -> None:
    """A pronoun takes a party before it that agrees in number, person and gender, else none."""
    assert last(*names, ask=ask) == expected


def test_a_pronoun_does_not_look_back_too_far() -> None:
    """What was named many sentences ago is no longer in mind."""
    near = ("moscow", *["resistance"] * 2, "it")
    far = ("moscow", *["resistance"] * 12, "it")
    assert last(*near, ask=("Moscow", "It")) == ("RUS", "party.antecedent")
    assert last(*far, ask=("Moscow", "It")) == ("UNKNOWN", "party.unknown")


def test_a_bare_role_goes_to_the_one_who_bore_it() -> None:
    """A bare "the ministry" is the ministry named before, also where another side spoke since; alone it is nobody's."""
    ask = ("The Russian defence ministry", "The Sudanese army", "The ministry")
    assert last("ministry-full", "sudan-army", "ministry", ask=ask) == ("RUS", "party.antecedent")
    assert last("ministry", ask=("The ministry",)) == ("UNKNOWN", "party.unknown")


@pytest.mark.parametrize(("names", "ask", "expected"), [
    (("people-died", "governor"), ("The governor",), ("UKR", "party.of-place")),
    (("people-died", "official"), ("A senior official",), ("UKR", "party.of-place")),
    (("governor",), ("The governor",), ("UNKNOWN", "party.unknown")),
])  # fmt: skip
def test_officials_belong_to_the_place_they_are_named_with(
    names: tuple[str, ...], ask: tuple[str, ...], expected: tuple[str, str]
) -> None:
    """An official without a side is the state's whose place was named just now; where nothing was named, nobody's."""
    assert last(*names, ask=ask) == expected


def test_a_relative_pronoun_stands_for_the_noun_before_it() -> None:
    """In "from Hamas, which said" the preposition is no part of the name."""
    assert last("hamas-which", ask=("which",)) == ("HAMAS", "party.name")


def test_people_without_name_or_office_are_residents() -> None:
    """So the model says by the words around; people with an office of some side are not just anybody."""
    reading = reading_of("someone")
    told = About(sorts={"residents": 0.8, "experts": 0.1})
    who = discourse_of(reading).who(span(reading.doc, "Three bakers"), source=True, about=told)
    assert (who.party.id, who.rule) == ("RESIDENTS", "party.group")
    assert last("ministry", ask=("The ministry",)) == ("UNKNOWN", "party.unknown")


def speaker(*names: str, sources: tuple[str, ...], at: str) -> str:
    """Give who goes on speaking in the sentence with the words."""
    reading = reading_of(*names)
    discourse = discourse_of(reading)
    for words in sources:
        discourse.who(span(reading.doc, words), source=True)
    return discourse.unnamed(source=True, about=About(content=span(reading.doc, at))).party.id


@pytest.mark.parametrize(("names", "sources", "expected"), [
    (("moscow", "quoted"), ("Moscow",), "RUS"),
    (("moscow", "quoted", BREAK, "sudan-army"), ("Moscow", "The Sudanese army"), "RUS"),
    (("moscow", BREAK, "quoted"), ("Moscow",), "RUS"),
    (("quoted",), (), "UNKNOWN"),
])  # fmt: skip
def test_who_goes_on_speaking(names: tuple[str, ...], sources: tuple[str, ...], expected: str) -> None:
    """Speech without a source goes on with the source before it; without one it is nobody's."""
    assert speaker(*names, sources=sources, at="We hold") == expected


def test_the_model_s_word_for_the_speaker_counts() -> None:
    """A party that the model points to is likelier than where it points to another, and the nearer one is then sure."""
    reading = reading_of("moscow", "sudan-army", "it")
    first, second, pronoun = (span(reading.doc, name) for name in ("Moscow", "The Sudanese army", "It"))
    chances = []
    for pointed in (first, second):
        discourse = discourse_of(reading)
        for source in (first, second):
            discourse.who(source, source=True)
        at = tuple((start, 0.99 if start == pointed[0] else 0.01) for start, _ in (first, second))
        word = reading.doc[pronoun[0] : pronoun[1]]
        pointer = discourse._pointer(word, discourse._read(word), About(), at)
        candidates = discourse.candidates(pointer, word)
        found = Ranker.named("source").chances(list(featured(pointer, candidates)), or_none=True)
        chances.append({c.party.id: chance for c, chance in zip(candidates, found, strict=True)})
    assert chances[0]["RUS"] > 3 * chances[1]["RUS"]
    assert chances[1]["SDN"] > 0.5


@pytest.mark.parametrize(("sorts", "unnamed"), [
    ({"state": 0.5, "other": 0.5}, True),
    ({"none": 0.2, "state": 0.4, "other": 0.4}, False),
    ({}, False),
])  # fmt: skip
def test_unnamed_people_can_go_on_speaking(sorts: dict[str, float], unnamed: bool) -> None:
    """Speech without a source can be of local people, experts or reports; an actor is none of them."""
    reading = reading_of("moscow", "quoted")
    content = span(reading.doc, "We hold")
    about = Pointer(
        start=content[0], sentence=1, block=0, form="none", word="", match=None,
        about=About(content=content, sorts=sorts),
    )  # fmt: skip
    candidates = {c.party.id: c.origins for c in discourse_of(reading).candidates(about, None)}
    assert [candidates.get(code) for code in ("RESIDENTS", "EXPERTS", "REPORTS")] == [
        {"default"} if unnamed else None
    ] * 3


def test_the_state_of_the_first_place_is_a_candidate() -> None:
    """A dateline names whose police "the police" are; without any place there is no such candidate."""
    for first, expected in (("people-died", ["UKR"]), ("moscow", [])):
        reading = reading_of(first, "quoted", toponyms=TOWNS)
        content = span(reading.doc, "We hold")
        about = Pointer(
            start=content[0], sentence=1, block=0, form="none", word="", match=None, about=About(content=content)
        )
        found = discourse_of(reading).candidates(about, None)
        assert [c.party.id for c in found if "first" in c.origins] == expected


def test_who_acted_before_is_told_of_each_candidate() -> None:
    """The latest party to do such a thing is told apart from who lately suffered it; a speaker has no such past."""
    reading = reading_of("moscow", "sudan-army", "quoted")
    discourse, content = discourse_of(reading), span(reading.doc, "We hold")
    for event, code in (("attack", "SDN"), ("attack", "RUS"), ("casualties", "SDN")):
        who = Who(party=Parties.default()[code], rule="party.name", score=1.0)
        discourse.note_actor(About(content=content, event=event), who)
    discourse.note_actor(About(content=content, event="attack"), None)

    def past(event: str, **sorts: float) -> dict[str, tuple[int | None, int | None]]:
        asked = Pointer(
            start=content[0], sentence=2, block=0, form="none", word="", match=None,
            about=About(content=content, event=event, sorts=sorts),
        )  # fmt: skip
        found = discourse.candidates(asked, None)
        return {c.party.id: (c.acted, c.acted_otherwise) for c in found if c.party.id in ("RUS", "SDN")}

    assert past("attack", none=0.1) == {"RUS": (0, None), "SDN": (1, 0)}
    assert past("surrender", none=0.1) == {"RUS": (None, 0), "SDN": (0, 1)}
    assert past("attack", state=0.5) == {"RUS": (None, None), "SDN": (None, None)}


@pytest.mark.parametrize(
    ("name", "words", "owner"),
    [("moscow", "its forces", "its"), ("ministry", "The ministry", ""), ("town-mayor", "The town's mayor", "town")],
)
def test_whose_it_is_is_told_of_a_phrase(name: str, words: str, owner: str) -> None:
    """In "its forces" the pronoun tells whose they are, in "the town's mayor" a noun; "the ministry" has none."""
    reading = reading_of(name)
    start, end = span(reading.doc, words)
    phrase = reading.doc[start:end]
    discourse = discourse_of(reading)
    assert discourse._pointer(phrase, discourse._read(phrase), About(), ()).owner == owner


@pytest.mark.parametrize(("names", "noun"), [(("vale-director", "kos-unknown"), "role"), (("kos-unknown",), "")])
def test_what_a_person_was_introduced_as_is_told(names: tuple[str, ...], noun: str) -> None:
    """The words "the director, Petr Vale" make of "Petr Vale" a director further on; without it he is nobody's."""
    reading = reading_of(*names)
    start, end = span(reading.doc, "Petr Vale", nth=len(names))
    phrase = reading.doc[start:end]
    discourse = discourse_of(reading)
    assert discourse._pointer(phrase, discourse._read(phrase), About(), ()).noun == noun


def test_a_person_who_spoke_for_a_party_is_its_candidate() -> None:
    """For whom somebody spoke once is a reading of the name from then on, and of no other name."""
    reading = reading_of("kos-unknown", "kos-unknown", "kos-again")
    discourse = discourse_of(reading)
    first = reading.doc[slice(*span(reading.doc, "Petr Vale"))]
    discourse._people.meet(first, Parties.default()["UKR"])
    again = reading.doc[slice(*span(reading.doc, "Petr Vale", nth=2))]
    other = reading.doc[slice(*span(reading.doc, "Kos"))]
    assert [(why, party.id) for why, party in discourse._people.readings(again)] == [("met", "UKR")]
    assert list(discourse._people.readings(other)) == []


@pytest.mark.parametrize(("names", "words", "codes"), [
    (("moscow", "kos-unknown"), "Petr Vale", {"EXPERTS", "RESIDENTS", "RUS", "VALE"}),
    (("moscow", "ministry"), "The ministry", {"RUS"}),
])  # fmt: skip
def test_who_is_only_named_may_be_nobody_s(names: tuple[str, ...], words: str, codes: set[str]) -> None:
    """A person whom nobody introduced may be an expert or a local as well as a side's; a ministry may not."""
    reading = reading_of(*names)
    phrase = reading.doc[slice(*span(reading.doc, words))]
    discourse = discourse_of(reading)
    pointer = discourse._pointer(phrase, discourse._read(phrase), About(content=(0, 1)), ())
    assert {candidate.party.id for candidate in discourse.candidates(pointer, phrase)} == codes


def test_reports_and_narrator_are_parties_that_do_not_act() -> None:
    """Neither is a side, so neither can be an actor."""
    discourse = discourse_of(reading_of("resistance"))
    assert [(who.party.id, who.rule, who.score, who.known) for who in (discourse.reports(), NARRATING)] == [
        ("REPORTS", "party.reports", 0.9, False), ("NARRATOR", "party.narrator", 1.0, False)]  # fmt: skip


@pytest.mark.parametrize(("name", "words", "phrase"), [
    ("kos", "Jan Kos", "Jan Kos, a spokesman for the Ukrainian army,"),
    ("hnatiuk", "Olena Hnatiuk", "Mayor Olena Hnatiuk of Kharkiv"),
    ("kharkiv-governor", "Kharkiv", "The Kharkiv governor"),
    ("people-died", "Sumy", "Sumy"),
    ("kos-again", "Kos", "Kos"),
])  # fmt: skip
def test_the_phrase_around_a_name(name: str, words: str, phrase: str) -> None:
    """Titles before and appositions after belong to it, the verb does not."""
    doc = article(name)
    start, end = span(doc, words)
    assert phrase_of(doc[start:end]).text == phrase


@pytest.mark.parametrize(("words", "third"), [("Congo", False), ("Congolese army", False), ("army", True)])
def test_a_name_of_two_parties_is_one_of_them(words: str, third: bool) -> None:
    """Congo is one of the two states so called and never Rwanda; a bare army can be anyone's."""
    reading = reading_of("congo")
    discourse = discourse_of(reading)
    said = reading.doc[0:1]
    pointer = discourse._pointer(said, Parties.default().lookup(words), About(), ())
    codes = {candidate.party.id for candidate in discourse.candidates(pointer, said)}
    assert ({"COD", "COG"} <= codes, "RWA" in codes) == (not third, third)


@pytest.mark.model
@pytest.mark.parametrize(("outlet", "expected"), [("The Daily Herald", "THE-DAILY-HERALD"), (None, "REPORTS")])
def test_our_correspondent_is_the_outlet_s(outlet: str | None, expected: str) -> None:
    """An unnamed journalist can be one of the outlet that publishes the article, where it is known."""
    text = "Our correspondent said that shells had hit the station in Vorona. The town is quiet now."
    doc = nlp.load()(text)
    discourse = discourse_of(Reading(document=read_text(text), doc=doc), outlet=outlet)
    found = discourse.candidates(
        discourse._pointer(doc[0:2], Parties.default().lookup("Our correspondent"), About(), ()), doc[0:2]
    )
    assert (expected in {candidate.party.id for candidate in found}) is True
    assert ("publisher" in {origin for candidate in found for origin in candidate.origins}) is bool(outlet)


@pytest.mark.model
@pytest.mark.parametrize(("text", "expected"), [
    ("The Ministry of Defence of the Russian Federation has no news. Kyiv has none. The ministry lies.", "RUS"),
    ("The army of Ukraine has no news. Moscow has none. The army lies.", "UKR"),
    ("Norland is silent on Ukraine. Russia is not. The ministry is.", None),
])  # fmt: skip
def test_what_a_side_was_called_by_points_back_to_it(text: str, expected: str | None) -> None:
    """The ministry is that of the side whose ministry was named, wherever the state's name stood in its phrase."""
    doc = nlp.load()(text)
    discourse = discourse_of(Reading(document=read_text(text), doc=doc))
    words = list(doc.sents)[-1][0:2]
    pointer = discourse._pointer(words, discourse._read(words), About(content=(0, 1)), ())
    codes = {candidate.party.id for candidate in discourse.candidates(pointer, words)}
    assert codes == {expected} if expected else len(codes) > 1


@pytest.mark.model
@pytest.mark.parametrize(("outlet", "expected"), [("TASS", "opposed"), ("Reuters", "other"), (None, "other")])
def test_the_article_s_own_words_are_of_the_side_that_publishes_it(outlet: str | None, expected: str) -> None:
    """What an agency of a state calls "the enemy" is that state's; a newspaper has none."""
    text = "Russian troops advanced. Ukrainian troops withdrew. The enemy lost 12 tanks."
    doc = nlp.load()(text)
    discourse = discourse_of(Reading(document=read_text(text), doc=doc), outlet=outlet)
    words = list(doc.sents)[-1][0:2]
    about = About(content=(0, 1), event="destroy", speaker="NARRATOR", sorts={"none": 0.1})
    found = discourse.candidates(discourse._pointer(words, discourse._read(words), about, ()), words)
    assert {c.party.id: c.side for c in found}["UKR"] == expected
