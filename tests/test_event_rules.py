"""Events by rules: class, modality, negation, content and roles; each trigger fires, and its look-alike does not."""

from __future__ import annotations

import random

import pytest
from spacy.tokens import Doc

from claimkit import attribution_rules, event_rules
from claimkit.dependencies import CLEAR_TO_UD
from claimkit.frames import EventMention
from claimkit.lexicon import data_path, load_yaml
from claimkit.lexicon_events import EventFile
from claimkit.records import EventType
from claimkit.triggers import Triggers
from tests.parses import doc_of, parsed, sentences, words

Row = tuple[str, str, bool, str, tuple[str, ...], tuple[str, ...]]


def shown(doc: Doc, found: EventMention) -> Row:
    """Put a mention in words: class, modality, negation, content, actors, places."""
    actors = tuple(words(doc, span) or "" for span in found.actors)
    places = tuple(words(doc, span) or "" for span in found.places)
    return (found.type.value, found.modality.value, found.negated, words(doc, found.content) or "", actors, places)


FIRES: dict[str, list[Row]] = {
    "said-that": [("capture", "actual", False, "its troops captured Vorona on Sunday", ("its troops",), ("Vorona",))],
    "claimed-infinitive": [
        ("capture", "actual", False, "to have seized the village of Taldor", ("Norland",), ("Taldor",))
    ],
    "denied-losing": [("capture", "actual", False, "losing Kessari", (), ("Kessari",))],
    "denied-loss": [("capture", "actual", False, "the loss of Kessari", (), ("Kessari",))],
    "accused-of": [("attack", "actual", False, "shelling the hospital", ("Norland",), ("the hospital",))],
    "said-not-lost": [("capture", "actual", True, "his brigade had not lost Kessari", (), ("Kessari",))],
    "said-no-deal": [("negotiate", "actual", True, "the sides had not reached an agreement", ("the sides",), ())],
    "temporal": [
        ("negotiate", "actual", False, "The talks began", (), ()),
        ("capture", "actual", False, "rebel forces took Marnia", ("rebel forces",), ("Marnia",)),
    ],
    "relative": [
        ("casualties", "actual", False, "which has killed hundreds", ("hundreds",), ()),
        ("attack", "actual", False, "The offensive , which has killed hundreds , continued on Monday", (), ()),
    ],
    "would-reported": [
        ("withdraw", "future", False, "the army would withdraw from Marnia", ("the army",), ("Marnia",))
    ],
    "would-conditional": [
        ("withdraw", "possible", False, "The army would withdraw if the talks succeeded", ("The army",), ())
    ],
    "must": [("withdraw", "demanded", False, "The rebels must leave Marnia", ("The rebels",), ("Marnia",))],
    "plans": [("deploy", "future", False, "The government plans to deploy two brigades", ("The government",), ())],
    "seeks": [("negotiate", "actual", False, "The government seeks to end the war", ("The government",), ())],
    "called-for": [("negotiate", "demanded", False, "a ceasefire", (), ())],
    "urged": [("withdraw", "demanded", False, "to withdraw", ("the rebels",), ())],
    "rejected-plan": [("negotiate", "actual", False, "Sorvia rejected the ceasefire proposal", ("Sorvia",), ())],
    "take-town": [("capture", "actual", False, "The rebels took the town", ("The rebels",), ("the town",))],
    "hold-talks": [("negotiate", "actual", False, "The envoys held talks in Lusk", ("The envoys",), ("Lusk",))],
    "hold-city": [("hold", "actual", False, "The rebels hold the city", ("The rebels",), ("the city",))],
    "strike-deal": [("negotiate", "actual", False, "The sides struck a deal", ("The sides",), ())],
    "strike-port": [("attack", "actual", False, "Drones struck the port", ("Drones",), ("the port",))],
    "lost-control": [("capture", "actual", False, "The army lost control of Marnia", (), ("Marnia",))],
    "lost-soldiers": [("casualties", "actual", False, "The army lost forty soldiers", ("The army",), ())],
    "fell": [("capture", "actual", False, "Kessari fell on Tuesday", (), ("Kessari",))],
    "shot-down": [("repel", "actual", False, "Gunners shot down six drones", ("Gunners",), ())],
    "shot-hostage": [("attack", "actual", False, "Gunmen shot two hostages", ("Gunmen",), ())],
    "carry-out": [("attack", "actual", False, "The rebels carried out a raid on the depot", ("The rebels",), ())],
    "fire-damage": [("attack", "actual", False, "Artillery inflicted fire damage on the column", ("Artillery",), ())],
    "under-control": [
        ("hold", "actual", False, "Marnia is under the control of the rebels", ("the rebels",), ("Marnia",))
    ],
    "flag": [("capture", "actual", False, "Soldiers raised a flag over the town hall", ("Soldiers",), ())],
    "driven-out": [
        ("withdraw", "actual", False, "The garrison was driven out of Marnia", ("The garrison",), ("Marnia",))
    ],
    "failed": [("advance", "actual", True, "The brigade failed to enter Kessari", ("The brigade",), ("Kessari",))],
    "no-casualties": [("casualties", "actual", True, "The blast caused no casualties", ("The blast",), ())],
    "continued": [("attack", "actual", False, "Rebels continued to shell the suburb", ("Rebels",), ("the suburb",))],
    "exchange": [("surrender", "actual", False, "The sides exchanged prisoners on Monday", (), ())],
    "hostages": [("humanitarian", "actual", False, "The group released three hostages", ("The group",), ())],
    "stopped-column": [
        ("repel", "actual", False, "The brigade stopped the column near Taldor", ("The brigade",), ("Taldor",))
    ],
    "coordination": [
        ("capture", "actual", False, "it captured Taldor", ("it",), ("Taldor",)),
        ("casualties", "actual", False, "killed thirty soldiers", ("thirty soldiers",), ()),
    ],
    "tried-seize": [("attack", "actual", False, "Rebels tried to seize Marnia", ("Rebels",), ("Marnia",))],
    "withdrew-treaty": [("negotiate", "actual", False, "Norland withdrew from the treaty", ("Norland",), ())],
    "used-resupply": [("deploy", "actual", False, "The road is used to resupply troops", ("The road",), ("The road",))],
    "not-seen-evidence": [("attack", "actual", False, "the dam was mined", (), ("the dam",))],
    "verify-relative": [("other", "actual", False, "The claim", (), ())],
}

SILENT = {
    "conditional": "a conditional clause states no event",
    "take-part": "to take part is to capture nothing",
    "prices-fell": "prices are no place",
    "raise-money": "money is no flag",
    "stopped-smoking": "smoking is no attack",
    "tried-infinitive": "dinner is no event of the war",
    "said-who": "an embedded question states no event",
    "accused-nothing": "an accusation that is not spelled out",
    "hedge-noun": "a property is no event",
    "to-confirm": "who is asked to confirm a strike has confirmed nothing",
    "took-place": "to take place is to take no place",
}


@pytest.mark.parametrize("name", sorted(FIRES))
def test_event_is_found(name: str) -> None:
    """Class, modality, negation, content, actor and places of the events are found, and no other event."""
    doc = parsed(name)
    assert [shown(doc, found) for found in event_rules.find(doc)] == FIRES[name]


@pytest.mark.parametrize("name", sorted(SILENT))
def test_look_alike_is_no_event(name: str) -> None:
    """What only looks like an event of the war gives none."""
    assert event_rules.find(parsed(name)) == ()


def test_reduced_relative_and_means_are_no_events() -> None:
    """A reduced relative ("soldiers sent by") and a "by V-ing" state no event of their own."""
    assert [found.predicate for found in event_rules.find(parsed("means"))] == [2]
    assert all(found.predicate != 1 for found in event_rules.find(parsed("reduced")))


@pytest.mark.parametrize(
    ("name", "word", "value"),
    [
        ("imperative", "Leave", "demanded"),
        ("could", "encircle", "possible"),
        ("take-town", "took", "actual"),
        ("goal", "encircle", "future"),
        ("likely", "using", "actual"),
        ("expected-to", "meet", "future"),
        ("worried", "collapse", "possible"),
        ("said-that", "captured", "actual"),
    ],
)
def test_modality_of_a_predicate(name: str, word: str, value: str) -> None:
    """Auxiliaries, plans, goals and cues give the modality; "likely" with a present verb is fact."""
    doc = parsed(name)
    index = next(token.i for token in doc if token.text == word)
    assert event_rules.modality(doc, index)[0].value == value


def test_spans_by_predicate() -> None:
    """The functions that other stages call give the same spans as the mention."""
    doc = parsed("temporal")
    index = next(token.i for token in doc if token.text == "took")
    actor = event_rules.actor_span(doc, index)
    places = [words(doc, span) for span in event_rules.place_spans(doc, index)]
    content = words(doc, event_rules.content_span(doc, index))
    assert (words(doc, actor), places, content) == ("rebel forces", ["Marnia"], "rebel forces took Marnia")
    assert not event_rules.negated(doc, index)


@pytest.mark.parametrize(("name", "word", "negated", "firmly"), [
    ("not-captured", "captured", True, False),
    ("not-only", "captured", False, False),
    ("no-civilians", "killed", True, False),
    ("no-fewer", "killed", False, False),
    ("captured-none", "captured", True, False),
    ("captured-most", "captured", False, False),
    ("no-longer", "holds", True, True),
    ("much-longer", "held", False, False),
    ("failed-capture", "capture", True, True),
])  # fmt: skip
def test_negation_of_an_event(name: str, word: str, negated: bool, firmly: bool) -> None:
    """Negations of verb, subject and object are found; phrases that negate nothing are none, some turn it for sure."""
    doc = parsed(name)
    index = next(token.i for token in doc if token.text == word)
    assert event_rules.negated(doc, index) is negated
    assert event_rules.firmly_negated(doc, index, lasting=True) is firmly


def test_what_has_ceased_is_denied_of_what_lasts_alone() -> None:
    """The words "no longer holds P" deny that it is held; of an event that passes "no longer" is not as firm."""
    doc = parsed("no-longer")
    holds = next(token.i for token in doc if token.text == "holds")
    assert event_rules.firmly_negated(doc, holds, lasting=True)
    assert not event_rules.firmly_negated(doc, holds, lasting=False)


def test_classify_names_class_score_and_entry() -> None:
    """The lexicon alone says class, score and entry; a word that it does not know gives nothing."""
    doc = parsed("shot-down")
    best = Triggers.default().classify(doc, 1)[0]
    assert (best[0], best[2].rule, best[1] > 0.9) == (EventType.REPEL, "event.shoot-down", True)
    assert Triggers.default().classify(parsed("tried-infinitive"), 3) == ()


def test_every_class_of_every_condition_is_known() -> None:
    """A condition names a class of nouns or a lemma; a class that no list defines would never fire."""
    file: EventFile = load_yaml(data_path("events.yaml"), EventFile)
    names = set(file.nouns) | {"party", "person", "place", "any"}
    empty = [group.id for group in file.triggers if not (group.verbs or group.nouns or group.adjectives)]
    twice = [
        (group.id, word)
        for group in file.triggers
        for kind in (group.verbs, group.nouns, group.adjectives)
        for word in set(kind)
        if kind.count(word) > 1
    ]
    ids = [group.id for group in file.triggers]
    assert (empty, twice, len(ids) - len(set(ids))) == ([], [], 0)
    assert {"place", "force", "weapon", "structure"} <= names
    assert set(file.classes) == {kind.value for kind in EventType}


def test_never_raises_on_any_frozen_parse() -> None:
    """Every predicate of every sentence can be asked for everything."""
    for name in sentences():
        doc = parsed(name)
        for index in range(len(doc)):
            low, high = event_rules.content_span(doc, index)
            assert 0 <= low <= index < high <= len(doc)
            event_rules.modality(doc, index)
            event_rules.negated(doc, index)
            event_rules.actor_span(doc, index)
            event_rules.place_spans(doc, index)


@pytest.mark.parametrize("seed", range(25))
def test_never_raises_on_any_tree(seed: int) -> None:
    """A parser may give any tree with any labels; the finders take it, and their spans lie in the text."""
    rng = random.Random(seed)
    rows = [row for group in sentences().values() for row in group]
    picked = [list(rng.choice(rows)) for _ in range(rng.randint(1, 40))]
    order = list(range(len(picked)))
    rng.shuffle(order)
    for place, index in enumerate(order):
        picked[index][6] = str(order[rng.randrange(place)] + 1) if place else "0"
        picked[index][7] = rng.choice([*CLEAR_TO_UD, *CLEAR_TO_UD.values(), "conj", "ccomp", "advcl", "parataxis"])
        picked[index][9] = "_"
    doc = doc_of(picked)
    for found in attribution_rules.find(doc):
        assert all(0 <= low < high <= len(doc) for low, high in found.contents)
    for mention in event_rules.find(doc):
        assert mention.content[0] <= mention.predicate < mention.content[1]
