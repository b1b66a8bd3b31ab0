"""Who the words of a source or actor stand for: introductions, pronouns, bare roles, places, the words around."""

from __future__ import annotations

from datetime import date

import pytest

from claimkit.actor_phrases import phrase_of
from claimkit.actors import Discourse
from claimkit.parties import Parties
from claimkit.reading import Reading, Who
from claimkit.records import Party, PartyKind, PlaceMention
from tests.core_parses import BREAK, article, reading_of, span

ON = date(2026, 1, 10)
TOWNS = {
    name: PlaceMention(
        id=f"claimkit:{name.lower()}", name=name, text=name, start=0, end=len(name), kind="city", country="UA"
    )
    for name in ("Kharkiv", "Sumy")
}  # fmt: skip


def discourse_of(reading: Reading) -> Discourse:
    """Make the discourse of a reading with the shipped parties."""
    return Discourse(
        reading.doc, Parties.default(), on=ON, sentence_of=reading.sentence_of, block_of=reading.block_of,
        toponyms=reading.toponyms,
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


def test_a_surname_that_nobody_introduced_stays_a_person_of_its_own() -> None:
    """Without the introduction nothing is guessed: the code is made from the name."""
    assert last("kos-again", ask=("Kos",)) == ("KOS", "party.derived")
    assert last("kos", "kos-unknown", ask=("Jan Kos", "Petr Vale")) == ("VALE", "party.derived")


@pytest.mark.parametrize(("names", "ask", "expected"), [
    (("kos", "he"), ("Jan Kos", "He"), ("UKR", "party.antecedent")),
    (("kos", "she"), ("Jan Kos", "She"), ("UNKNOWN", "party.unknown")),
    (("kos", "it"), ("Jan Kos", "It"), ("UKR", "party.antecedent")),  # the army that he speaks for
    (("moscow", "it"), ("Moscow", "It"), ("RUS", "party.antecedent")),
    (("hnatiuk", "she"), ("Mayor Olena Hnatiuk of Kharkiv", "She"), ("UKR", "party.antecedent")),
    (("moscow", "kos", "it"), ("Moscow", "Jan Kos", "It"), ("RUS", "party.antecedent")),
    (("kos", "moscow", "he"), ("Jan Kos", "Moscow", "He"), ("UKR", "party.antecedent")),
    (("residents", "they"), ("Residents", "They"), ("RESIDENTS", "party.antecedent")),
    (("residents", "moscow", "they"), ("Residents", "Moscow", "They"), ("RESIDENTS", "party.antecedent")),
    (("moscow", "they"), ("Moscow", "They"), ("RUS", "party.antecedent")),
    (("he",), ("He",), ("UNKNOWN", "party.unknown")),
    (("they",), ("They",), ("UNKNOWN", "party.unknown")),
    (("it", "moscow"), ("It",), ("UNKNOWN", "party.unknown")),
])  # fmt: skip
def test_pronouns_agree_with_what_they_stand_for(
    names: tuple[str, ...], ask: tuple[str, ...], expected: tuple[str, str]
) -> None:
    """A pronoun takes the latest party before it that agrees in number, person and gender, else none."""
    assert last(*names, ask=ask) == expected


def test_a_pronoun_does_not_look_back_too_far() -> None:
    """Six sentences back is the limit."""
    near = ("moscow", *["resistance"] * 5, "it")
    far = ("moscow", *["resistance"] * 6, "it")
    assert last(*near, ask=("Moscow", "It")) == ("RUS", "party.antecedent")
    assert last(*far, ask=("Moscow", "It")) == ("UNKNOWN", "party.unknown")


def test_a_bare_role_goes_to_the_one_who_bore_it() -> None:
    """A bare "the ministry" is the ministry named before, also where another side spoke since; alone it is nobody's."""
    ask = ("The Russian defence ministry", "The Sudanese army", "The ministry")
    assert last("ministry-full", "sudan-army", "ministry", ask=ask) == ("RUS", "party.antecedent")
    assert last("kos", "moscow", "spokesman", ask=("Jan Kos", "Moscow", "The spokesman")) == ("UKR", "party.antecedent")
    assert last("ministry", ask=("The ministry",)) == ("UNKNOWN", "party.unknown")


@pytest.mark.parametrize(("names", "ask", "expected"), [
    (("people-died", "governor"), ("The governor",), ("UKR", "party.of-place")),
    (("people-died", "official"), ("A senior official",), ("UKR", "party.of-place")),
    (("moscow", "people-died", "official"), ("Moscow", "A senior official"), ("UKR", "party.of-place")),
    (("moscow", "kharkiv-governor"), ("Moscow", "The Kharkiv governor"), ("UKR", "party.of-place")),
    (("governor",), ("The governor",), ("UNKNOWN", "party.unknown")),
    (("people-died", "resistance", "official"), ("A senior official",), ("UNKNOWN", "party.unknown")),
])  # fmt: skip
def test_officials_belong_to_the_place_they_are_named_with(
    names: tuple[str, ...], ask: tuple[str, ...], expected: tuple[str, str]
) -> None:
    """An official without a side is the state's whose place was named last, if that was just now."""
    assert last(*names, ask=ask) == expected


def test_a_relative_pronoun_stands_for_the_noun_before_it() -> None:
    """In "from Hamas, which said" the preposition is no part of the name."""
    assert last("hamas-which", ask=("which",)) == ("HAMAS", "party.name")


def test_words_for_nobody_of_the_table_keep_their_words() -> None:
    """What is not known is UNKNOWN, under the name that the text gives."""
    reading = reading_of("someone")
    assert discourse_of(reading).who(span(reading.doc, "Three bakers"), source=True) == Who(
        party=Party(id="UNKNOWN", name="Three bakers", kind=PartyKind.UNKNOWN), rule="party.unknown", score=0.1,
    )  # fmt: skip


def speaker(*names: str, sources: tuple[str, ...], at: str) -> str | None:
    """Give who goes on speaking in the sentence with the words."""
    reading = reading_of(*names)
    discourse = discourse_of(reading)
    for words in sources:
        discourse.who(span(reading.doc, words), source=True)
    token = span(reading.doc, at)[0]
    found = discourse.speaker_around(reading.sentence_of[token], reading.block_of[token])
    return found.party.id if found else None


@pytest.mark.parametrize(("names", "sources", "expected"), [
    (("moscow", "quoted"), ("Moscow",), "RUS"),
    (("quoted", "moscow"), ("Moscow",), "RUS"),
    (("moscow", "quoted", "sudan-army"), ("Moscow", "The Sudanese army"), "RUS"),
    (("moscow", BREAK, "quoted", "sudan-army"), ("Moscow", "The Sudanese army"), "SDN"),
    (("moscow", BREAK, "quoted"), ("Moscow",), "RUS"),
    (("moscow", BREAK, "resistance", "resistance", "resistance", "resistance", "quoted"), ("Moscow",), None),
    (("quoted", BREAK, "moscow"), ("Moscow",), None),
    (("moscow", "quoted"), (), None),
])  # fmt: skip
def test_who_goes_on_speaking(names: tuple[str, ...], sources: tuple[str, ...], expected: str | None) -> None:
    """The last source before in the paragraph, else the first after it there, else the last before, not far."""
    assert speaker(*names, sources=sources, at="We hold") == expected


def test_the_same_sentence_names_its_speaker_first() -> None:
    """Of two sources in reach the one of the own sentence counts."""
    assert speaker("moscow", "sudan-army", sources=("Moscow", "The Sudanese army"), at="Babanusa") == "SDN"


def test_reports_and_narrator_are_parties_that_do_not_act() -> None:
    """Neither is a side, so neither can be an actor."""
    discourse = discourse_of(reading_of("resistance"))
    assert [(who.party.id, who.rule, who.score, who.known) for who in (discourse.reports(), discourse.narrator())] == [
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
