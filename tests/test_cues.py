"""The cue table: what a cue is in one place it is not in another; each shipped entry can be found."""

from __future__ import annotations

import pytest

from claimkit.cues import Cues
from claimkit.labels import tree_of
from claimkit.lexicon import data_path, load_yaml
from claimkit.lexicon_cues import CueFile, Factuality
from claimkit.records import Stance
from tests.parses import parsed


@pytest.mark.parametrize(
    ("name", "span", "expected"),
    [
        ("said-that", (2, 3), ("assert", "report", "cue.say")),
        ("denied-losing", (2, 3), ("deny", "denial", "cue.deny")),
        ("not-confirmed", (1, 4), ("unverified", "admission", "cue.confirm")),
        ("confirmed", (1, 2), ("acknowledge", "admission", "cue.confirm")),
        ("not-deny", (2, 5), ("unverified", "denial", "cue.deny")),
        ("neither-nor", (1, 6), ("unverified", "verification", "verification.neither-confirm-nor-deny")),
        ("unable-verify", (3, 6), ("unverified", "verification", "verification.unable-to-verify")),
        ("is-verifying", (2, 4), ("unverified", "verification", "verification.verify")),
        ("verified", (2, 3), ("acknowledge", "verification", "verification.verify")),
        ("believed-to", (2, 4), ("assert", "belief", "cue.believe")),
        ("according-to", (0, 2), ("assert", "report", "cue.according-to")),
        ("reportedly", (2, 3), ("assert", "hedge", "hedge.reportedly")),
    ],
)
def test_a_given_cue_is_classified(name: str, span: tuple[int, int], expected: tuple[str, str, str]) -> None:
    """A stretch that a model calls a cue gets stance, kind and entry, its negation included."""
    found = Cues.default().classify(parsed(name), span)
    assert found is not None
    assert (found[0].value, found[1].value, found[2].rule) == expected


@pytest.mark.parametrize(("name", "span"), [("take-town", (2, 3)), ("strike-port", (1, 2)), ("exchange", (2, 3))])
def test_other_words_are_no_cues(name: str, span: tuple[int, int]) -> None:
    """A word that the table does not know gives nothing."""
    assert Cues.default().classify(parsed(name), span) is None


def test_pseudo_cue_is_passed_over() -> None:
    """The words "according to plan" attribute nothing; "according to the army" does."""
    assert Cues.default().find(tree_of(parsed("according-to-plan"))) == ()
    entries = [match.entry for match in Cues.default().find(tree_of(parsed("according-to")))]
    assert entries == ["according to"]


def test_longest_entry_wins() -> None:
    """The cue "called for" is a demand, not the "call" of some other entry."""
    matches = Cues.default().find(tree_of(parsed("called-for")))
    assert [(match.entry, match.group.id) for match in matches] == [("call for", "demand")]


def test_every_entry_has_words_of_its_own() -> None:
    """No entry stands twice in a group, no group twice in the file, and each has a FactBank value."""
    file: CueFile = load_yaml(data_path("cues.yaml"), CueFile)
    ids = [group.id for group in file.groups]
    twice = [
        (group.id, entry) for group in file.groups for entry in set(group.entries) if group.entries.count(entry) > 1
    ]
    assert (len(ids) - len(set(ids)), twice) == (0, [])
    assert {group.factuality for group in file.groups} <= set(Factuality)


def test_negative_stances_have_negative_values() -> None:
    """A denial is CT-, a doubt PR-, what is not verified Uu; only these."""
    file: CueFile = load_yaml(data_path("cues.yaml"), CueFile)
    values = {
        stance: {group.factuality.value for group in file.groups if group.stance is stance}
        for stance in (Stance.DENY, Stance.DOUBT, Stance.UNVERIFIED)
    }
    assert values == {Stance.DENY: {"CT-"}, Stance.DOUBT: {"PR-"}, Stance.UNVERIFIED: {"Uu"}}


def test_table_is_large_enough_for_any_war() -> None:
    """The table has what newswire, bulletins and agencies use, and it does not shrink unseen."""
    file: CueFile = load_yaml(data_path("cues.yaml"), CueFile)
    assert sum(len(group.entries) for group in file.groups) > 900
