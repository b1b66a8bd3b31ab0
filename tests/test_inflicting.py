"""Who inflicts losses is not the one who suffers them."""

from __future__ import annotations

import pytest

from claimkit.extract import extract
from claimkit.frames import EventMention
from claimkit.inflicting import inflicting
from claimkit.records import EventType
from tests.core_parses import span
from tests.test_doers import parsed

pytestmark = pytest.mark.model


def found(text: str, predicate: str, *, kind: EventType = EventType.CASUALTIES) -> set[str]:
    """Give the words for who inflicts an event, without articles."""
    doc = parsed(text)
    mention = EventMention(predicate=span(doc, predicate)[0], content=(0, len(doc)), type=kind)
    return {doc[i].text for i in inflicting(doc, mention)} - {"A", "a", "the", "The", "'s"}


@pytest.mark.parametrize(("text", "predicate", "expected"), [
    ("Norland's military campaign has killed 300 people.", "killed", {"Norland", "military", "campaign"}),
    ("At least 57 people were killed by Norlandic forces.", "killed", {"Norlandic", "forces"}),
    ("In a separate Norlandic strike, four people were killed in central Ostia.", "killed",
     {"separate", "Norlandic", "strike"}),
    ("A Norlandic drone hit a house in Ostia, killing three people.", "killing", {"Norlandic", "drone"}),
    ("Fourteen people died when army jets bombed a market.", "died", {"army", "jets"}),
    ("A Norlandic attack on the Ostian city of Vell wounded five people.", "wounded", {"Norlandic", "attack"}),
], ids=["subject", "by", "in a strike", "participle", "when", "not the place of the attack"])  # fmt: skip
def test_who_inflicts_losses(text: str, predicate: str, expected: set[str]) -> None:
    """Subjects of verbs of killing, agents, and whose attack it was."""
    assert found(text, predicate) == expected


@pytest.mark.parametrize(("text", "predicate"), [
    ("Norland's army lost 300 soldiers near Vell.", "lost"),
    ("Norland's army suffered heavy losses.", "suffered"),
    ("The army said 12 of its soldiers had been killed.", "killed"),
    ("His death was confirmed by the ministry.", "death"),
    ("Fourteen soldiers died in hospital.", "died"),
])  # fmt: skip
def test_who_suffers_losses_inflicts_none(text: str, predicate: str) -> None:
    """Subjects of "lose" and "die", and those to whom a death is said to belong."""
    assert found(text, predicate) == set()


def test_only_losses_are_inflicted() -> None:
    """The subject of an attack is who does it."""
    assert found("Norlandic jets bombed Vell.", "bombed", kind=EventType.ATTACK) == set()


@pytest.mark.parametrize(("text", "kind", "expected"), [
    ("The Israeli army said three Lebanese civilians were killed in Tyre.", EventType.CASUALTIES, "LBN"),
    ("Hamas said two Israeli hostages had died in an Israeli strike on Rafah.", EventType.CASUALTIES, "ISR"),
    ("London said about 900 Argentine prisoners had been taken.", EventType.SURRENDER, "ARG"),
    ("The Israeli army said three Lebanese civilians had attacked a post in Tyre.", EventType.ATTACK, None),
])  # fmt: skip
def test_people_who_suffer_are_of_the_state_that_is_named_with_them(
    text: str, kind: EventType, expected: str | None
) -> None:
    """Whoever speaks and wherever it was; what they do, they do for no state."""
    actors = {claim.event.actor for claim in extract(text, published="2024-05-06").claims if claim.event.type is kind}
    assert actors == {expected}


def test_the_dead_are_of_the_side_that_was_struck() -> None:
    """Not of the side whose strike it was, which the sentence names as well."""
    text = "Israeli warplanes struck Gaza City on Monday. An Israeli strike killed 12 people in Gaza City, medics said."
    claims = [c for c in extract(text, published="2024-05-06").claims if c.event.type is EventType.CASUALTIES]
    assert claims
    assert "ISR" not in {claim.event.actor for claim in claims}


@pytest.mark.parametrize(("words", "own"), [
    ("it had killed 30 soldiers in Boulkessi", False), ("30 of its soldiers had been killed in Boulkessi", True),
])  # fmt: skip
def test_who_says_that_it_killed_suffers_nothing(words: str, own: bool) -> None:
    """The dead are not the speaker's where the speaker killed them; "its soldiers" are."""
    text = f"The army of Mali attacked the rebels on Monday. The rebel group JNIM said {words}."
    claims = [c for c in extract(text, published="2024-05-06").claims if c.event.type is EventType.CASUALTIES]
    assert claims
    assert {claim.event.actor == "JNIM" for claim in claims} == {own}
