"""Whose words a claim is, who acts in it, and when."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from claimkit import dates, linking, nlp
from claimkit.actors import Discourse
from claimkit.frames import Attribution, Because, Voice
from claimkit.parties import Parties
from claimkit.reader import read_text
from claimkit.reading import About, Draft, Reading, Toponym, Who
from claimkit.records import EventType, Modality, PlaceMention, Stance
from claimkit.settings import Settings
from tests.core_parses import BREAK, draft_of, reading_of, span

SETTINGS = Settings()
PUBLISHED = "2026-03-17"
"""A Tuesday."""


def discourse_of(reading: Reading) -> Discourse:
    """Make the discourse of a reading with the shipped parties."""
    return Discourse(
        reading.doc, Parties.default(), on=date(2026, 3, 17), sentence_of=reading.sentence_of,
        block_of=reading.block_of, toponyms=(),
    )  # fmt: skip


def linked(reading: Reading, *drafts: Draft, settings: Settings = SETTINGS) -> list[tuple[str, str | None]]:
    """Give claimant and actor of each draft."""
    reading.drafts = list(drafts)
    linking.link_parties(reading, discourse_of(reading), settings=settings)
    return [(d.claimant.party.id if d.claimant else "", d.actor.party.id if d.actor else None) for d in reading.drafts]


def said(reading: Reading, draft: Draft, *, source: str | None, cue: str | None, relays: tuple[str, ...] = ()) -> Draft:
    """Tie the event of a draft to a source, or to a cue without one."""
    doc = reading.doc
    draft.attribution = Attribution(
        source=span(doc, source) if source else None,
        cue=span(doc, cue) if cue else None,
        contents=(draft.mention.content,),
        voice=Voice.SOURCE if source else Voice.CONTEXT,
        relays=tuple(span(doc, words) for words in relays),
    )
    return draft


@pytest.mark.parametrize(("name", "predicate", "content", "expected"), [
    ("country-acts", "shelled", "Russia shelled Pokrovsk", "RUS"),
    ("by-agent", "captured", "Pokrovsk was captured by Russia", "RUS"),
    ("hamas", "left", "Hamas left Pokrovsk", "HAMAS"),
    ("demonym", "left", "Ukrainian troops left Pokrovsk", "UKR"),
    ("resistance", "fell", "The bridge fell in the night", None),
    ("vorona", "entered", "Troops entered Vorona", None),
])  # fmt: skip
def test_the_subject_or_agent_acts(name: str, predicate: str, content: str, expected: str | None) -> None:
    """A party that is subject, or the agent of a passive, is the actor; things and nobody's troops are not."""
    reading = reading_of(name)
    assert linked(reading, draft_of(reading, predicate, content)) == [("NARRATOR", expected)]


@pytest.mark.parametrize(("code", "expected"), [("RESIDENTS", None), ("EXPERTS", None), ("HAMAS", "HAMAS")])
def test_people_who_are_no_side_do_not_act(code: str, expected: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Local people and experts speak, and the dead among them are nobody's losses; an armed group's are its own."""
    reading = reading_of("country-acts")
    who = Who(party=Parties.default()[code], rule="party.group", score=0.9)
    monkeypatch.setattr(Discourse, "who", lambda *_args, **_more: who)
    monkeypatch.setattr(Discourse, "unnamed", lambda *_args, **_more: who)
    assert linked(reading, draft_of(reading, "shelled", "Russia shelled Pokrovsk")) == [("NARRATOR", expected)]


@pytest.mark.parametrize(("name", "who", "expected"), [("vorona", "Troops", "RUS"), ("gunmen", "Gunmen", None)])
def test_gunmen_are_no_state(name: str, who: str, expected: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the words for who acts name nobody the likeliest party is taken, but not for what no state's are called."""
    monkeypatch.setattr(
        Discourse, "unnamed", lambda *_args, **_more: Who(party=Parties.default()["RUS"], rule="party.near", score=0.9)
    )
    reading = reading_of(name)
    assert linked(reading, draft_of(reading, "entered", f"{who} entered Vorona")) == [("NARRATOR", expected)]


@pytest.mark.parametrize(("none", "expected"), [(0.7, None), (0.3, "RUS")])
def test_where_no_one_side_acts_none_is_named(none: float, expected: str | None) -> None:
    """Where the model sees that there is no one actor, a subject that is a party is not taken for it."""
    reading = reading_of("country-acts")
    draft = draft_of(reading, "shelled", "Russia shelled Pokrovsk")
    draft.attribution = msgspec.structs.replace(draft.attribution, acting={"none": none, "state": 1 - none})
    assert linked(reading, draft) == [("NARRATOR", expected)]


def test_the_actor_of_losses_is_who_suffers_them() -> None:
    """In the passive that is the subject, not the agent."""
    town = PlaceMention(id="claimkit:pokrovsk", name="Pokrovsk", text="Pokrovsk", start=0, end=8, kind="city")
    reading = reading_of("by-agent", toponyms={"Pokrovsk": town})
    draft = draft_of(reading, "captured", "Pokrovsk was captured by Russia", type=EventType.SURRENDER)
    nobody_guessed = Settings(absent_actor_floor=1.0)
    assert linked(reading, draft, settings=nobody_guessed) == [("NARRATOR", None)]


def test_the_actor_that_was_found_wins_over_the_subject() -> None:
    """The roles of the event, where there are any, are not read again from the syntax."""
    reading = reading_of("country-with")
    draft = draft_of(reading, "fought", "Troops fought with Russia near Pokrovsk")
    draft.mention = msgspec.structs.replace(draft.mention, actors=(span(reading.doc, "Russia"),))
    assert linked(reading, draft) == [("NARRATOR", "RUS")]


@pytest.mark.model
@pytest.mark.parametrize(("words", "type", "expected"), [
    ("Ukrainian troops had entered the town", EventType.ADVANCE, "UKR"),
    ("his troops had entered the town", EventType.ADVANCE, "RUS"),
    ("the town had been entered by Ukrainian troops", EventType.ADVANCE, "RUS"),
    ("Ukrainian troops had died in the town", EventType.CASUALTIES, "UKR"),
])  # fmt: skip
def test_an_actor_further_off_gives_way_to_the_verb_s_subject(words: str, type: EventType, expected: str) -> None:
    """The model took the speaker for who acts: troops act, and die, themselves, unless they are his."""
    text = f"Lavrov told reporters that {words}."
    doc = nlp.load()(text)
    reading = Reading(document=read_text(text), doc=doc)
    draft = draft_of(reading, "died" if "died" in words else "entered", words, type=type)
    draft.mention = msgspec.structs.replace(draft.mention, actors=(span(doc, "Lavrov"),))
    assert linked(reading, draft) == [("NARRATOR", expected)]


@pytest.mark.model
@pytest.mark.parametrize(("text", "expected"), [
    ("In Ukraine, troops of Russia had entered the town.", "RUS"),
    ("Ukraine, with troops of Russia, had entered the town.", "UKR"),
])  # fmt: skip
def test_a_country_in_which_it_happens_does_not_act(text: str, expected: str) -> None:
    """Of two words that the model takes for who acts the one behind "in" says where; a country without it can act."""
    doc = nlp.load()(text)
    start = text.index("Ukraine")
    place = PlaceMention(
        name="Ukraine", text="Ukraine", start=start, end=start + 7, id="g:1", kind="country", country="UA"
    )
    words = span(doc, "Ukraine")
    reading = Reading(document=read_text(text), doc=doc, toponyms=(Toponym(tokens=words, mention=place),))
    draft = draft_of(reading, "entered", "entered the town", type=EventType.ADVANCE)
    draft.mention = msgspec.structs.replace(draft.mention, actors=(words, span(doc, "Russia")))
    assert linked(reading, draft) == [("NARRATOR", expected)]


def test_named_sources_come_before_those_that_the_words_around_name() -> None:
    """A cue of which another claim knows the source has that source; a sentence without one goes on with the last."""
    reading = reading_of("moscow", "quoted")
    named = said(reading, draft_of(reading, "entered", "its forces had entered Lyman"), source="Moscow", cue="said")
    twin = said(reading, draft_of(reading, "entered", "its forces had entered Lyman"), source=None, cue="said")
    quote = said(reading, draft_of(reading, "hold", "We hold the station"), source=None, cue=None)
    assert [claimant for claimant, _ in linked(reading, quote, twin, named)] == ["RUS", "RUS", "RUS"]


@pytest.mark.parametrize(("first", "expected"), [("quote-opens", "UKR"), ("quoted", "RUS")])
def test_one_quotation_has_one_speaker(first: str, expected: str) -> None:
    """Who is named at the end of a quotation said its first sentence too, but not the quotation before it."""
    reading = reading_of("moscow", first, "quote-closes")
    named = said(reading, draft_of(reading, "entered", "its forces had entered Lyman"), source="Moscow", cue="said")
    quote = said(reading, draft_of(reading, "hold", "We hold the station"), source=None, cue=None)
    last = said(reading, draft_of(reading, "fled", "They fled"), source="Kyiv", cue="said")
    assert linked(reading, named, quote, last)[1][0] == expected


def test_a_hedge_without_an_agent_is_reports() -> None:
    """A cue that is no verb has no speaker, whoever spoke before; nor has a quote that nobody says."""
    reading = reading_of("moscow", BREAK, "resistance")
    named = said(reading, draft_of(reading, "entered", "its forces had entered Lyman"), source="Moscow", cue="said")
    hedge = said(reading, draft_of(reading, "fell", "The bridge fell"), source=None, cue="night")
    assert [claimant for claimant, _ in linked(reading, named, hedge)] == ["RUS", "REPORTS"]
    alone = reading_of("quoted")
    assert linked(alone, said(alone, draft_of(alone, "hold", "We hold the station"), source=None, cue=None)) == [
        ("REPORTS", None)]  # fmt: skip


def test_relays_are_parties_too() -> None:
    """The outer sources of a nested report come with their codes, in their order."""
    reading = reading_of("moscow", "sudan-army")
    draft = said(
        reading, draft_of(reading, "entered", "its forces had entered Lyman"), source="Moscow", cue="said",
        relays=("The Sudanese army",),
    )  # fmt: skip
    linked(reading, draft)
    assert draft.relays == ((span(reading.doc, "The Sudanese army"), "SDN"),)


def dated(
    name: str, predicate: str, content: str, *, modality: Modality = Modality.ACTUAL, times: tuple[str, ...] = ()
) -> tuple[str | None, str | None]:
    """Give date and its words for the event of a sentence."""
    reading = reading_of(name, published=PUBLISHED)
    reading.dates = dates.find(reading.document.text, published=date(2026, 3, 17))
    draft = draft_of(reading, predicate, content)
    draft.mention = msgspec.structs.replace(
        draft.mention, modality=modality, times=tuple(span(reading.doc, words) for words in times)
    )
    return linking.link_date(reading, draft)


SAID_ON_MONDAY = ("date-own", "captured", "Russia captured Pokrovsk on Sunday")
AFTER_SUNDAY = "Russia captured Pokrovsk after the army left Toretsk on Sunday"


def test_the_date_of_an_event_hangs_on_its_predicate() -> None:
    """Not that of the saying, and not that of another event inside the content."""
    assert dated(*SAID_ON_MONDAY) == ("2026-03-15", "Sunday")
    assert dated("date-own", "captured", "said on Monday that Russia captured Pokrovsk") == (None, None)
    assert dated("date-clause", "captured", AFTER_SUNDAY) == (None, None)
    assert dated("date-clause", "left", "the army left Toretsk on Sunday") == ("2026-03-15", "Sunday")


def test_the_time_that_the_model_points_to_wins() -> None:
    """A pointer decides, also to a time outside the content; one that points to no date gives none."""
    assert dated("date-clause", "captured", AFTER_SUNDAY, times=("Sunday",)) == ("2026-03-15", "Sunday")
    assert dated(*SAID_ON_MONDAY, times=("Monday",)) == ("2026-03-16", "Monday")
    assert dated(*SAID_ON_MONDAY, times=("army",)) == (None, None)


def test_the_modality_turns_the_direction() -> None:
    """Friday is the last one for what happened, the next one for what is planned."""
    future = ("date-future", "attack", "Russia will attack Pokrovsk on Friday")
    past = ("date-past", "attacked", "Russia attacked Pokrovsk on Friday")
    assert dated(*future, modality=Modality.FUTURE) == ("2026-03-20", "Friday")
    assert dated(*past) == ("2026-03-13", "Friday")


@pytest.mark.parametrize("modality", [Modality.POSSIBLE, Modality.DEMANDED])
def test_what_may_have_happened_is_past(modality: Modality) -> None:
    """A perfect, also a shared one, puts a possible or demanded event behind; without one it lies ahead."""
    perfect = ("date-perfect", "attacked", "Russia may have attacked Pokrovsk on Friday")
    shared = ("date-perfect-shared", "attacked", "attacked Pokrovsk on Friday")
    apart = ("date-perfect-apart", "attack", "could attack Pokrovsk on Friday")
    future = ("date-future", "attack", "Russia will attack Pokrovsk on Friday")
    assert dated(*perfect, modality=modality) == ("2026-03-13", "Friday")
    assert dated(*shared, modality=modality) == ("2026-03-13", "Friday")
    assert dated(*apart, modality=modality) == ("2026-03-20", "Friday")
    assert dated(*future, modality=modality) == ("2026-03-20", "Friday")
    assert dated(*perfect, modality=Modality.FUTURE) == ("2026-03-20", "Friday")


def test_since_is_an_open_interval() -> None:
    """What is "since May 2024" goes on, so its end stays open."""
    content = "Russia has shelled Pokrovsk since May 2024"
    assert dated("date-since", "shelled", content)[0] == "2024-05/"


@pytest.mark.parametrize(("stance", "expected"), [(Stance.DENY, False), (Stance.ASSERT, True)])
@pytest.mark.parametrize("remark", [True, False], ids=["a claim the army denied", "the event itself"])
def test_who_denies_is_not_who_asserts(stance: Stance, expected: bool, remark: bool) -> None:
    """In "Moscow says P, a claim the army denied" the army is not Moscow's; where it says the same it can be."""
    reading = reading_of("remark-army")
    first = said(reading, draft_of(reading, "left", "troops left Lyman"), source="Moscow", cue="says")
    other = draft_of(reading, *(("claim", "a claim") if remark else ("left", "troops left Lyman")))
    second = said(reading, other, source="the army", cue="denied")
    if not remark:
        second.mention = first.mention
    second.attribution = msgspec.structs.replace(second.attribution, stance=stance)
    found = linked(reading, first, second)
    assert (found[0][0], found[1][0] == "RUS") == ("RUS", expected)


@pytest.mark.parametrize(
    ("rule", "type", "expected"),
    [
        ("cue.condemn", EventType.ATTACK, {"RUS"}),
        ("cue.accuse", EventType.ATTACK, {"RUS"}),
        ("cue.condemn", EventType.CASUALTIES, set()),
        ("cue.say", EventType.ATTACK, set()),
    ],
    ids=["condemned", "accused", "losses can be one's own", "a plain word"],
)
def test_who_condemns_a_strike_did_not_do_it(
    rule: str, type: EventType, expected: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of cues that hold an event against somebody the speaker is not who acts."""
    asked: list[frozenset[str]] = []

    def unnamed(_self: Discourse, *, source: bool, about: About, chances: object) -> Who:
        del source, chances
        asked.append(about.ruled_out)
        return Who(party=Parties.default()["RUS"], rule="party.near", score=0.0)

    monkeypatch.setattr(Discourse, "unnamed", unnamed)
    reading = reading_of("resistance")
    draft = draft_of(reading, "fell", "The bridge fell in the night", type=type)
    draft.claimant = Who(party=Parties.default()["RUS"], rule="party.name", score=1.0)
    draft.attribution = msgspec.structs.replace(draft.attribution, because=(Because(rule=rule, span=(0, 1)),))
    linked(reading, draft)
    assert [set(found) for found in asked] == [expected]


@pytest.mark.parametrize(("stance", "expected"), [(Stance.DENY, {"RUS"}), (Stance.ASSERT, set())])
def test_who_is_said_to_do_what_is_denied(stance: Stance, expected: set[str]) -> None:
    """The parties that the words for who acts name, here or shortly before; an assertion answers nothing."""
    reading = reading_of("country-acts")
    draft = draft_of(reading, "shelled", "Russia shelled Pokrovsk")
    draft.mention = msgspec.structs.replace(draft.mention, actors=(span(reading.doc, "Russia"),))
    draft.attribution = msgspec.structs.replace(draft.attribution, stance=stance)
    reading.mentions = [draft.mention]
    assert linking._done_by(reading, draft, discourse_of(reading)) == expected
