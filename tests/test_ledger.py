"""The ledger: what is one proposition and what is not, the positions on it, how it stands and stood."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from claimkit.ledger import build, group
from claimkit.ledger_diff import changes
from claimkit.ledger_records import Ledger, Proposition, Status, Window
from claimkit.ledger_text import ledger_lines
from claimkit.oppositions import event_logic
from claimkit.records import Claim, Event, EventType, Modality, Party, PartyKind, PlaceMention, Span, Stance
from claimkit.settings import Settings

KINDS = {
    "RUS": PartyKind.STATE,
    "UKR": PartyKind.STATE,
    "ISW": PartyKind.MONITOR,
    "CNN": PartyKind.MEDIA,
    "NARRATOR": PartyKind.NARRATOR,
}
SIDES = frozenset({("RUS", "UKR"), ("UKR", "RUS")})
OBLAST = {"Pokrovsk": "Donetsk Oblast", "Lyman": "Donetsk Oblast", "Vovchansk": "Kharkiv Oblast"}


def opposes(one: str, other: str) -> bool:
    """Stand in for the party table."""
    return (one, other) in SIDES


def claim(
    who: str,
    stance: str = "assert",
    event: str = "capture",
    *places: str,
    on: str | None = "2025-12-01",
    actor: str | None = "RUS",
    article: str = "one",
    at: int = 0,
    text: str = "",
    **more: Any,
) -> Claim:
    """Make a claim; `text` is its sentence and content, which begins at `at`."""
    text = text or f"{who} {stance} {event} {at} in {article} on {on} and nowhere else in the world"
    span = Span(start=at, end=at + len(text), text=text)
    details = {key: more.pop(key) for key in ("date", "modality") if key in more}
    return Claim(
        id=f"c-{article}-{at}-{who}-{stance}",
        document=f"{article}.txt",
        published=on,
        outlet=more.pop("outlet", None),
        sentence=span,
        content=span,
        cue=None,
        source=None,
        claimant=Party(id=who, name=who.title(), kind=KINDS.get(who, PartyKind.STATE)),
        stance=Stance(stance),
        event=Event(type=EventType(event), actor=actor, **details),
        places=tuple(place(name) for name in places),
        confidence=1.0,
        **more,
    )


def place(name: str) -> PlaceMention:
    """Make a place that is in the table."""
    return PlaceMention(
        id=f"test:{name}", name=name, text=name, start=0, end=0, kind="city", country="UA", admin1=OBLAST.get(name)
    )


def ledger(*claims: Claim, as_of: str | None = None) -> Ledger:
    """Make a ledger."""
    return build(claims, as_of=as_of, opposes=opposes)


def groups(*claims: Claim) -> list[list[str]]:
    """Give the claims of each proposition."""
    return [[mention.claim.id for mention in cluster.mentions] for cluster in group(claims)]


def only(*claims: Claim, as_of: str | None = None) -> Proposition:
    """Give the one proposition that these claims are about."""
    (found,) = ledger(*claims, as_of=as_of).propositions
    return found


ASSERTED = claim("RUS", "assert", "capture", "Pokrovsk")
DENIED = claim("UKR", "deny", "capture", "Pokrovsk", on="2025-12-02", article="two")


def test_one_place_event_actor_and_time_is_one_proposition() -> None:
    """What two articles say of one capture in other words belongs together."""
    assert groups(ASSERTED, DENIED) == [[ASSERTED.id, DENIED.id]]


@pytest.mark.parametrize(
    "other",
    [
        claim("RUS", "assert", "capture", "Vovchansk", article="two"),
        claim("RUS", "assert", "encircle", "Pokrovsk", article="two"),
        claim("UKR", "assert", "capture", "Pokrovsk", article="two", actor="UKR"),
        claim("RUS", "assert", "capture", "Pokrovsk", article="two", on="2026-09-01"),
        claim("RUS", "assert", "capture", "Pokrovsk", article="two", modality=Modality.FUTURE),
    ],
    ids=["place", "event", "actor", "time", "modality"],
)
def test_another_key_is_another_proposition(other: Claim) -> None:
    """One difference in the key is enough, also in the same words."""
    same_words = msgspec.structs.replace(other, sentence=ASSERTED.sentence, content=ASSERTED.content)
    assert len(groups(ASSERTED, same_words)) == 2


def test_an_event_that_lasts_is_one_over_weeks_and_one_that_passes_is_not() -> None:
    """Three weeks apart, a siege is the same and an attack another."""
    apart: dict[str, Any] = {"on": "2025-11-10", "article": "two"}
    siege = [claim("RUS", "assert", "encircle", "Lyman"), claim("RUS", "assert", "encircle", "Lyman", **apart)]
    attacks = [claim("RUS", "assert", "attack", "Lyman"), claim("RUS", "assert", "attack", "Lyman", **apart)]
    assert (len(groups(*siege)), len(groups(*attacks))) == (1, 2)


def test_window_lengths_are_settings() -> None:
    """A longer window makes one proposition of two attacks."""
    attacks = [claim("RUS", "assert", "attack", "Lyman", article=str(day), on=f"2025-12-{day}") for day in (10, 18)]
    assert len(group(attacks)) == 2
    assert len(group(attacks, settings=Settings(passing_days=10))) == 1


def test_a_claim_of_several_places_is_about_each() -> None:
    """Coordinated places are propositions of their own."""
    both = claim("RUS", "assert", "capture", "Pokrovsk", "Lyman")
    assert [one.places[0].name for one in ledger(both).propositions] == ["Lyman", "Pokrovsk"]


def test_a_reply_without_a_place_means_the_claim_before_it() -> None:
    """A bare "Kyiv denied that" is about what was claimed just before; an assertion of many things is not."""
    reply = claim("UKR", "deny", "capture", actor=None, at=200)
    loose = claim("UKR", "assert", "other", actor="RUS", at=200)
    said = claim("RUS", "assert", "other", "Pokrovsk")
    assert groups(ASSERTED, reply) == [[ASSERTED.id, reply.id]]
    assert len(groups(said, loose)) == 2


def test_a_reply_far_away_stands_alone() -> None:
    """Beyond the reach nothing is borrowed."""
    far = claim("UKR", "deny", "capture", actor=None, at=5000)
    assert len(groups(ASSERTED, far)) == 2


def test_no_actor_joins_the_only_one_and_not_one_of_two() -> None:
    """Where two sides did it, a claim without an actor stands by itself."""
    nobody = claim("NARRATOR", "assert", "attack", "Lyman", actor=None, article="three")
    one = claim("RUS", "assert", "attack", "Lyman", actor="RUS")
    other = claim("UKR", "assert", "attack", "Lyman", actor="UKR", article="two")
    assert len(groups(one, nobody)) == 1
    assert len(groups(one, other, nobody)) == 3


@pytest.mark.parametrize(
    ("claims", "status"),
    [
        ([ASSERTED], Status.CLAIMED),
        ([ASSERTED, DENIED], Status.CONTESTED),
        ([ASSERTED, claim("UKR", "doubt", "capture", "Pokrovsk", article="two")], Status.CONTESTED),
        ([ASSERTED, claim("CNN", "unverified", "capture", "Pokrovsk", article="two")], Status.UNVERIFIED),
        ([ASSERTED, claim("UKR", "acknowledge", "capture", "Pokrovsk", article="two")], Status.ACKNOWLEDGED),
        ([ASSERTED, claim("ISW", "assert", "capture", "Pokrovsk", article="two")], Status.CONFIRMED),
        ([ASSERTED, claim("ISW", "deny", "capture", "Pokrovsk", article="two")], Status.REFUTED),
        ([claim("NARRATOR", "assert", "capture", "Pokrovsk")], Status.CLAIMED),
        (
            [
                claim("NARRATOR", "assert", "capture", "Pokrovsk", article=name, outlet=name)
                for name in ("first", "second")
            ],
            Status.CONFIRMED,
        ),
        ([claim("UKR", "assert", "withdraw", "Pokrovsk", actor="UKR")], Status.ACKNOWLEDGED),
        ([claim("RUS", "assert", "withdraw", "Pokrovsk", actor="UKR")], Status.CLAIMED),
        ([claim("ISW", "assert", "capture", "Pokrovsk", modality=Modality.FUTURE)], Status.CLAIMED),
    ],
    ids=[
        "claimed", "denied", "doubted", "unverified", "acknowledged", "confirmed", "refuted", "one voice",
        "two voices", "own retreat", "the other's retreat", "prediction",
    ],
)  # fmt: skip
def test_status(claims: list[Claim], status: Status) -> None:
    """The status word follows from who says what."""
    assert only(*claims).status is status


def test_history_has_the_days_on_which_the_status_changed() -> None:
    """A denial contests it, an admission after that settles it."""
    admitted = claim("UKR", "acknowledge", "capture", "Pokrovsk", on="2025-12-20", article="three")
    found = [(one.date, one.status, one.because) for one in only(ASSERTED, DENIED, admitted).history]
    assert found == [
        ("2025-12-01", Status.CLAIMED, (ASSERTED.id,)),
        ("2025-12-02", Status.CONTESTED, (DENIED.id,)),
        ("2025-12-20", Status.ACKNOWLEDGED, (admitted.id,)),
    ]


def test_as_of_a_day_what_came_later_does_not_count() -> None:
    """The proposition keeps its id; before the first claim there is none."""
    then = only(ASSERTED, DENIED, as_of="2025-12-01")
    assert (then.status, [one.claimant.id for one in then.positions]) == (Status.CLAIMED, ["RUS"])
    assert then.id == only(ASSERTED, DENIED).id
    assert ledger(ASSERTED, DENIED, as_of="2025-11-14").propositions == ()


def test_opposed_events_contradict_with_the_reason() -> None:
    """Holding a place after its capture contradicts that; holding it before does not."""
    after = claim("UKR", "assert", "hold", "Pokrovsk", actor="UKR", on="2025-12-02", article="two")
    before = claim("UKR", "assert", "hold", "Pokrovsk", actor="UKR", on="2025-11-02", article="two")
    capture, hold = ledger(ASSERTED, after).propositions
    assert [one.id for one in capture.contradicts] == [hold.id]
    assert capture.contradicts[0].because == "capture × hold: a place that one side took is not held by the other"
    assert (capture.status, hold.status) == (Status.CONTESTED, Status.CONTESTED)
    assert [one.contradicts for one in ledger(ASSERTED, before).propositions] == [(), ()]


def test_a_later_established_event_supersedes() -> None:
    """Retaken and admitted: the first capture is a thing of the past; only claimed, it is not."""
    retaken = claim("UKR", "assert", "capture", "Pokrovsk", actor="UKR", on="2026-06-01", article="two")
    admitted = claim("RUS", "acknowledge", "capture", "Pokrovsk", actor="UKR", on="2026-06-02", article="three")
    past = ledger(ASSERTED, retaken, admitted).propositions
    assert {one.event.actor: one.status for one in past} == {"RUS": Status.SUPERSEDED, "UKR": Status.ACKNOWLEDGED}
    open_still = ledger(ASSERTED, retaken).propositions
    assert {one.status for one in open_still} == {Status.CLAIMED}


def test_copies_and_one_outlet_count_once() -> None:
    """Four articles: a rewrite of the first, one of the same outlet, and one of its own."""
    words = "The ministry in the capital said that its troops had taken the whole town after a month of fighting"
    claims = [
        claim("RUS", "assert", "capture", "Pokrovsk", article="wire", text=words, outlet="A"),
        claim("RUS", "assert", "capture", "Pokrovsk", article="copy", text=f"{words}, officials added.", outlet="B"),
        claim("RUS", "assert", "capture", "Pokrovsk", article="more", outlet="B"),
        claim("RUS", "assert", "capture", "Pokrovsk", article="own", outlet="C"),
    ]
    (position,) = only(*claims).positions
    assert (position.articles, position.independent_sources) == (4, 2)


def test_replies_point_to_what_they_are_about() -> None:
    """A denial points to the assertion in its own article, else to the last one before it."""
    near = claim("RUS", "assert", "capture", "Pokrovsk", article="two", on="2025-12-02", at=100)
    assert [one.about for one in only(ASSERTED, DENIED).replies] == [(ASSERTED.id,)]
    assert [one.about for one in only(ASSERTED, near, DENIED).replies] == [(near.id,)]


def test_figures_stay_a_range_for_each_claimant() -> None:
    """The least and the most; a year is no figure."""
    claims = [
        claim("UKR", "assert", "casualties", "Lyman", text="killed 1,221 and wounded 545 since 2024"),
        claim("RUS", "assert", "casualties", "Lyman", text="lost 30 men", article="two"),
    ]
    found = {one.claimant.id: (one.low, one.high) for one in only(*claims).positions}
    assert found == {"RUS": (30, 30), "UKR": (545, 1221)}


def test_contained_places_relate_and_do_not_merge() -> None:
    """A town's capture and that of its region are two propositions that know of each other."""
    region = claim("RUS", "assert", "capture", "Donetsk Oblast", article="two")
    found = ledger(ASSERTED, region).propositions
    assert [[one.because for one in proposition.related] for proposition in found] == [
        ["Pokrovsk is in Donetsk Oblast"],
        ["Pokrovsk is in Donetsk Oblast"],
    ]


def test_order_of_the_claims_does_not_matter() -> None:
    """The same claims in any order give the same bytes."""
    claims = [ASSERTED, DENIED, claim("UKR", "assert", "hold", "Pokrovsk", actor="UKR", article="three")]
    assert msgspec.json.encode(ledger(*claims)) == msgspec.json.encode(ledger(*reversed(claims)))


def test_claims_without_a_date_count_only_without_a_day() -> None:
    """They are in the ledger, and in none as of a day."""
    undated = claim("RUS", "assert", "capture", "Pokrovsk", on=None)
    assert only(undated).history[0].date is None
    assert ledger(undated, as_of="2025-12-01").propositions == ()


def test_changes_between_two_ledgers() -> None:
    """New, other status, newly contradicted, gone; nothing between equal ones."""
    hold = claim("UKR", "assert", "hold", "Pokrovsk", actor="UKR", on="2025-12-02", article="two")
    lyman = claim("RUS", "assert", "capture", "Lyman", article="three")
    old, new = ledger(ASSERTED, lyman), ledger(ASSERTED, hold)
    found = [(one.kind, one.places[0].name, one.event.type, one.before, one.after) for one in changes(old, new)]
    assert found == [
        ("status", "Pokrovsk", "capture", "claimed", "contested"),
        ("contradicted", "Pokrovsk", "capture", "claimed", "contested"),
        ("new", "Pokrovsk", "hold", None, "contested"),
        ("contradicted", "Pokrovsk", "hold", None, "contested"),
        ("gone", "Lyman", "capture", "claimed", None),
    ]
    assert changes(new, new) == ()


def test_a_proposition_with_a_new_first_claim_is_known_by_its_claims() -> None:
    """An older article that comes in later gives another id, not a new proposition."""
    older = claim("RUS", "assert", "capture", "Pokrovsk", on="2025-11-30", article="zero")
    assert changes(ledger(ASSERTED, DENIED), ledger(older, ASSERTED, DENIED)) == ()


def test_lines_for_a_terminal() -> None:
    """One line a proposition, who says what beneath it, the counts at the end."""
    found = ledger(ASSERTED, DENIED)
    assert list(ledger_lines(found, shown=found.propositions)) == [
        "Pokrovsk: capture by RUS - contested since 2025-12-02",
        "    Rus asserts (2025-12-01, 1 article)",
        "    Ukr denies (2025-12-02, 1 article)",
        "as of 2025-12-02: 1 proposition (1 contested)",
    ]


@pytest.mark.parametrize(("who", "stance", "event", "together"), [
    ("UKR", "unverified", "capture", True),
    ("UKR", "deny", "capture", True),
    ("UKR", "assert", "capture", False),
    ("UKR", "deny", "casualties", False),
])  # fmt: skip
def test_nobody_denies_his_own_gain(who: str, stance: str, event: str, together: bool) -> None:
    """What is put down as the denier's own joins the other side's gain; an assertion and other events do not."""
    theirs = claim("RUS", "assert", event, "Pokrovsk", actor="RUS", on="2025-12-01", article="one")
    own = claim(who, stance, event, "Pokrovsk", actor=who, on="2025-12-01", article="two")
    found = ledger(theirs, own).propositions
    assert (len(found) == 1) is together
    assert sum(len(position.claims) for one in found for position in one.positions) == 2
    assert len(ledger(own).propositions) == 1


@pytest.mark.parametrize(("actor", "status"), [("RUS", Status.CONTESTED), ("M23", Status.CONFIRMED)])
def test_a_party_denies_its_own_act_where_no_opponent_did_it(actor: str, status: Status) -> None:
    """The denial counts against an opponent's gain, and not against that of a party that it has no war with."""
    theirs = claim("CNN", "assert", "capture", "Pokrovsk", actor=actor)
    own = claim("UKR", "deny", "capture", "Pokrovsk", actor="UKR", article="two")
    found = {one.event.actor: one for one in ledger(theirs, own).propositions}
    assert found[actor].status is status
    assert ("UKR" in found) is (status is Status.CONFIRMED)


def test_a_denial_goes_to_the_opponent_of_two_who_gained() -> None:
    """A third party's gain at the same place and time does not leave it open whose gain is denied."""
    gains = [claim("CNN", "assert", "capture", "Pokrovsk", actor=who, article=who) for who in ("RUS", "M23")]
    own = claim("UKR", "deny", "capture", "Pokrovsk", actor="UKR", article="two")
    assert sorted(len(one) for one in groups(*gains, own)) == [1, 2]


SINCE = claim("RUS", "assert", "hold", "Lyman", on="2025-06-01", date="2022-05/")


def test_what_lasts_since_a_day_lasts_up_to_the_article() -> None:
    """Held since May: one with what is said of it now, and against the other side's capture of these days."""
    now = claim("RUS", "assert", "hold", "Lyman", on="2025-06-03", article="two")
    taken = claim("UKR", "assert", "capture", "Lyman", on="2025-06-02", date="2025-06-01", actor="UKR", article="three")
    assert only(SINCE).window == Window(start="2022-05-01", end="2025-06-01")
    assert groups(SINCE, now) == [[SINCE.id, now.id]]
    capture, hold = ledger(SINCE, taken).propositions
    assert [one.id for one in capture.contradicts] == [hold.id]


@pytest.mark.parametrize(
    ("event", "date", "end"),
    [
        ("hold", "2022-05", "2022-05-31"),
        ("attack", "2022-05/", "2022-05-01"),
        ("hold", "2025-07/", "2025-07-01"),
    ],
    ids=["closed", "passes", "begins after the article"],
)
def test_what_does_not_last_up_to_the_article(event: str, date: str, end: str) -> None:
    """A month that is over, an event that passes and one that is yet to begin end with their own date."""
    assert only(claim("RUS", "assert", event, "Lyman", on="2025-06-01", date=date)).window.end == end


def test_a_claim_without_a_date_takes_the_time_of_what_lasts_since() -> None:
    """In one article "holds the town" is as old as "has held it since May"; without a day of its own it is one day."""
    bare = claim("RUS", "assert", "hold", "Lyman", on="2025-06-01", at=300)
    (cluster,) = group([SINCE, bare])
    assert {mention.days for mention in cluster.mentions} == {cluster.days}
    undated = claim("RUS", "assert", "hold", "Lyman", on=None, date="2022-05/")
    assert only(undated).window == Window(start="2022-05-01", end="2022-05-01")


def test_several_assert_and_one_asserts() -> None:
    """A group whose name is a plural takes the verb's plural; a group with a name of its own does not."""
    plural = Party(id="EXPERTS", name="analysts and experts", kind=PartyKind.GROUP)
    single = Party(id="EUROPE", name="Europe", kind=PartyKind.GROUP)
    lines = [
        line
        for who in (plural, single)
        for shown in (ledger(msgspec.structs.replace(ASSERTED, claimant=who)),)
        for line in ledger_lines(shown, shown=shown.propositions)
    ]
    assert [line.strip().partition(" (")[0] for line in lines if line.startswith("    ")] == [
        "analysts and experts assert",
        "Europe asserts",
    ]


def test_every_event_of_the_table_has_one_sense() -> None:
    """No opposition stands there twice, none against itself with one actor."""
    logic = event_logic()
    keys = [(*sorted((entry.one, entry.other)), entry.actors) for entry in logic.oppositions]
    assert len(keys) == len(set(keys))
    assert not [entry for entry in logic.oppositions if entry.one is entry.other and entry.actors == "same"]
