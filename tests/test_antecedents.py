"""Which candidates the words themselves leave."""

from __future__ import annotations

import pytest

from claimkit.antecedent_features import featured, weighed
from claimkit.antecedents import Candidate, Pointer, narrowed, origin_of
from claimkit.parties import Parties
from claimkit.ranking import Ranker
from claimkit.reading import About

PARTIES = Parties.default()


@pytest.mark.parametrize(("words", "codes", "expected"), [
    ("a military source", ("RSF", "SDN", "UN"), ["SDN"]),
    ("the security sources", ("HAMAS", "RSF"), ["HAMAS", "RSF"]),
    ("a police source", ("KOSOVO", "KLA"), ["KOSOVO"]),
    ("the rebels", ("RSF", "SDN"), ["RSF"]),
    ("an adviser", ("RSF", "SDN"), ["RSF", "SDN"]),
])  # fmt: skip
def test_who_governs_has_military_sources(words: str, codes: tuple[str, ...], expected: list[str]) -> None:
    """Those in a state's service are of who governs, rebels are not, and others may be anybody's."""
    match = PARTIES.lookup(words)
    pointer = Pointer(
        start=9, sentence=1, block=0, form="person", word=match.role or "", match=match, about=About(),
        noun=PARTIES.noun_kind(match.role or "") or "",
    )  # fmt: skip
    found = narrowed(pointer, [Candidate(party=PARTIES[code]) for code in codes])
    assert [candidate.party.id for candidate in found] == expected


def pointing(**about: object) -> Pointer:
    """Make a pointer of "the military" with what is said."""
    return Pointer(
        start=9, sentence=1, block=0, form="thing", word="military", match=PARTIES.lookup("the military"), noun="organ",
        about=About(**about),  # type: ignore[arg-type]
    )  # fmt: skip


def candidates(*codes: str) -> list[Candidate]:
    """Make candidates of which nothing is known."""
    return [Candidate(party=PARTIES[code]) for code in codes]


def test_one_source_has_one_party_in_all_that_it_says() -> None:
    """The mean over all claims counts, and who can't be meant in one has no chance there."""
    ranker = Ranker({"kind=state&word=military": 2.0, "event=attack": 0.5})
    one, other = pointing(event="attack"), pointing(event="hold")
    both = weighed([(one, candidates("ISR", "RSF")), (other, candidates("RSF"))], ranker)
    assert [candidate.party.id for candidate, _ in both] == ["ISR", "RSF"]
    alone = weighed([(one, candidates("ISR", "RSF")), (other, candidates("RSF")), (other, candidates("RSF"))], ranker)
    assert alone[0][0].party.id == "RSF"
    assert weighed([], ranker) == []
    assert all(0 < chance < 1 for _, chance in (*both, *alone))


def test_who_is_said_to_have_done_it_denies_it() -> None:
    """A judgement tells of each candidate whether the act is said to be its own; an assertion tells nothing."""
    denied, told = (
        list(featured(pointing(stance=stance, done_by=done), candidates("ISR", "PSE")))
        for stance, done in (("deny", frozenset({"ISR"})), ("assert", frozenset()))
    )
    assert ["did=True&stance=deny" in features for features in denied] == [True, False]
    assert not any(name.startswith("did=") for features in told for name in features)


def test_the_country_where_it_happened_is_told_of_who_acts() -> None:
    """Of the event's own place, where it has one."""
    here, elsewhere = candidates("PSE", "ISR")
    here.origins.add("where")
    acting = {"none": 0.2}
    known, unknown = (
        list(featured(pointing(event="casualties", where=where, sorts=acting), [here, elsewhere])) for where in (3, -1)
    )
    assert ["where=True&event=casualties" in features for features in known] == [True, False]
    assert not any(name.startswith("where=") for features in unknown for name in features)


@pytest.mark.parametrize(("words", "expected"), [
    ("Mr Kirby", "surname"), ("Gustav Zzyzx", "self"), ("residents", "group"),
])  # fmt: skip
def test_how_words_read_by_themselves(words: str, expected: str) -> None:
    """A known person's surname is more than the name of a group, and an unknown name is its own."""
    assert origin_of(PARTIES.lookup(words)) == expected
