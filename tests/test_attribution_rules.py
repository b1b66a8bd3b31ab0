"""Attribution by rules: each construction fires, and its look-alike does not."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from claimkit import attribution_rules
from claimkit.frames import Attribution, Voice
from claimkit.records import Stance
from tests.parses import parsed, words

Row = tuple[str | None, str | None, str, str, tuple[str, ...], tuple[str, ...]]


def shown(doc: Doc, found: Attribution) -> Row:
    """Put an attribution in words: source, cue, voice, stance, contents, relays."""
    contents = tuple(words(doc, span) or "" for span in found.contents)
    relays = tuple(words(doc, span) or "" for span in found.relays)
    return (words(doc, found.source), words(doc, found.cue), found.voice.value, found.stance.value, contents, relays)


FIRES: dict[str, list[Row]] = {
    "said-that": [("The ministry", "said", "source", "assert", ("its troops captured Vorona on Sunday",), ())],
    "said-not": [("The ministry", "did not say", "source", "unverified", ("its troops captured Vorona",), ())],
    "inversion": [("Colonel Brandt", "said", "source", "assert", ("Our units hold the town",), ())],
    "trailing": [("the governor", "said", "source", "assert", ("Rebels attacked the depot",), ())],
    "claimed-infinitive": [("Norland", "claimed", "source", "assert", ("to have seized the village of Taldor",), ())],
    "according-to": [("the army", "According to", "source", "assert", ("rockets struck the port",), ())],
    "reportedly": [(None, "reportedly", "context", "assert", ("The garrison reportedly surrendered",), ())],
    "moscow-assertion": [
        ("Sorvia", "rejected", "source", "deny", ("its forces had entered Kessari",), ()),
        ("Norland", "assertion", "source", "assert", ("its forces had entered Kessari",), ()),
    ],
    "narrative": [
        ("Norland", "a false narrative suggesting", "source", "assert", ("Kessari had fallen",), ()),
        (None, "false", "narrator", "deny", ("Kessari had fallen",), ()),
    ],
    "claim-by": [
        ("Norland", "claim", "source", "assert", ("Kessari fell",), ()),
        ("Sorvia", "was rejected", "source", "deny", ("Kessari fell",), ()),
    ],
    "confirmed-by": [("the governor", "was confirmed", "source", "acknowledge", ("The loss of the village",), ())],
    "believed-to": [(None, "is believed", "narrator", "assert", ("to have been killed",), ())],
    "expected-to": [(None, "are expected", "narrator", "assert", ("to meet on Friday",), ())],
    "relay": [("Marshal Orlin", "told", "source", "assert", ("troops took Vorona",), ("his spokesman",))],
    "denied-losing": [("The army", "denied", "source", "deny", ("losing Kessari",), ())],
    "denied-loss": [("The army", "denied", "source", "deny", ("the loss of Kessari",), ())],
    "accused-of": [("Sorvia", "accused", "source", "assert", ("shelling the hospital",), ())],
    "footage": [(None, "Footage shows", "context", "assert", ("soldiers raising a flag over Taldor",), ())],
    "video-owner": [("the brigade", "shows", "source", "assert", ("the bridge was destroyed",), ())],
    "neither-nor": [("Norland", "neither confirmed nor denied", "source", "unverified", ("the strike",), ())],
    "unable-verify": [("The agency", "unable to verify", "source", "unverified", ("the claim",), ())],
    "independently": [(None, "could not be independently verified", "narrator", "unverified", ("The report",), ())],
    "unclear": [(None, "unclear", "narrator", "unverified", ("the town has fallen",), ())],
    "said-unclear": [("Officials", "said it was unclear", "source", "unverified", ("the town had fallen",), ())],
    "no-evidence": [("Monitors", "no evidence", "source", "unverified", ("the dam was mined",), ())],
    "yet-to-confirm": [("Norland", "yet to confirm", "source", "unverified", ("the attack",), ())],
    "verify-relative": [("the agency", "could not verify", "source", "unverified", ("The claim",), ())],
    "disputed": [
        ("The mayor", "disputed", "source", "doubt", ("the bridge was destroyed",), ()),
        (None, "claim", "context", "assert", ("the bridge was destroyed",), ()),
    ],
    "premature": [
        (None, "reports", "context", "assert", ("Kessari fell",), ()),
        (None, "premature", "narrator", "doubt", ("Kessari fell",), ()),
    ],
    "called-for": [("The union", "called for", "source", "assert", ("a ceasefire",), ())],
    "urged": [("The president", "urged", "source", "assert", ("to withdraw",), ())],
    "added": [("It", "added", "source", "assert", ("rockets hit the depot",), ())],
    "as-said": [("the general", "said", "source", "assert", ("the convoy reached Taldor",), ())],
    "rumours": [(None, "Rumours", "context", "assert", ("the king fled",), ())],
    "not-seen-evidence": [("The agency", "not seen evidence", "source", "unverified", ("the dam was mined",), ())],
    "seen-evidence": [(None, "evidence", "context", "assert", ("the dam was mined",), ())],
    "no-reports": [(None, "no reports", "context", "unverified", ("Kessari fell",), ())],
    "unconfirmed-reports": [
        (None, "unconfirmed", "narrator", "unverified", ("the governor was killed",), ()),
        (None, "reports", "context", "assert", ("the governor was killed",), ()),
    ],
    "to-confirm": [("The agency", "asked", "source", "assert", ("to confirm the strike",), ())],
    "urged-not": [("The police", "urged", "source", "assert", ("not to flee",), ())],
    "short-of": [("The army", "short of confirming", "source", "unverified", ("Kessari had fallen",), ())],
    "ended-by": [("The army", "confirming", "source", "acknowledge", ("Kessari had fallen",), ())],
    "called-baseless": [
        (None, "report", "context", "assert", ("Kessari fell",), ()),
        ("Norland", "baseless", "source", "deny", ("Kessari fell",), ()),
    ],
    "no-truth": [
        ("The army", "said", "source", "assert", ("there was no truth to reports that Kessari had fallen",), ()),
        ("The army", "said there was no truth", "source", "deny", ("Kessari had fallen",), ()),
        (None, "reports", "context", "assert", ("Kessari had fallen",), ("The army",)),
    ],
    "continued-quote": [
        (None, None, "context", "assert", ("The enemy retreated from the ridge",), ()),
        ("Captain Ilves", "said", "source", "assert", ("We took forty prisoners",), ()),
    ],
}

SILENT = {
    "tried-infinitive": "an infinitive under a verb that is no cue",
    "according-to-plan": "a pseudo cue",
    "hedge-noun": "a hedge on an adjective hedges no clause",
    "rejected-plan": "to reject a plan is the event itself",
    "accused-nothing": "an accusation that is not spelled out",
    "if-verified": "a condition verifies nothing",
    "said-who": "an embedded question puts nothing forward",
    "take-town": "an event in the article's own voice",
    "continued": "to continue an attack is no speech",
    "unconfirmed-map": "a claim that is not spelled out",
    "found-baseless": "the word for a false claim, of something that is no claim",
    "propaganda": "calling a claim propaganda is an event of its own",
}


@pytest.mark.parametrize("name", sorted(FIRES))
def test_construction_is_found(name: str) -> None:
    """Source, cue, voice, stance, content and relays of a construction are found, and nothing else."""
    doc = parsed(name)
    assert [shown(doc, found) for found in attribution_rules.find(doc)] == FIRES[name]


@pytest.mark.parametrize("name", sorted(SILENT))
def test_look_alike_is_left_alone(name: str) -> None:
    """What only looks like an attribution gives none."""
    assert attribution_rules.find(parsed(name)) == ()


def test_coordinated_predicates_are_in_scope() -> None:
    """A coordinated clause under the cue belongs to the same source."""
    doc = parsed("coordination")
    (found,) = attribution_rules.find(doc)
    assert [doc[index].text for index in found.predicates] == ["captured", "killed"]


def test_apposition_is_about_the_clause_before_it() -> None:
    """A "charge that Norland denies" is the accusation before it; both sides are found."""
    doc = parsed("apposition")
    said = [
        (words(doc, found.source), found.stance.value, [doc[index].text for index in found.predicates], found.relays)
        for found in attribution_rules.find(doc)
    ]
    assert said == [("Sorvia", "assert", ["mining"], ()), ("Norland", "deny", ["mining"], ())]


def test_subordinate_clause_outside_the_denial() -> None:
    """What stands beside a denied content is not denied."""
    doc = parsed("despite")
    (found,) = attribution_rules.find(doc)
    assert found.stance is Stance.DENY
    assert [doc[index].text for index in found.predicates] == ["fighting"]


def test_reasons_name_the_cue() -> None:
    """The reason names the lexicon entry and the words it looked at; hedges and verification have their own names."""
    rules = {
        name: attribution_rules.find(parsed(name))[0].because[0].rule for name in ("said-that", "reportedly", "unclear")
    }
    assert rules == {"said-that": "cue.say", "reportedly": "hedge.reportedly", "unclear": "verification.unclear"}


def test_clear_labels_give_the_same() -> None:
    """The rules read spaCy's own labels (dobj, prep, pobj) as they read Universal Dependencies."""
    from spacy.vocab import Vocab

    doc = Doc(
        Vocab(),
        words=["According", "to", "the", "army", ",", "rockets", "struck", "the", "port", "in", "Marnia", "."],
        lemmas=["accord", "to", "the", "army", ",", "rocket", "strike", "the", "port", "in", "Marnia", "."],
        tags=["VBG", "IN", "DT", "NN", ",", "NNS", "VBD", "DT", "NN", "IN", "NNP", "."],
        pos=["VERB", "ADP", "DET", "NOUN", "PUNCT", "NOUN", "VERB", "DET", "NOUN", "ADP", "PROPN", "PUNCT"],
        heads=[6, 0, 3, 1, 6, 6, 6, 8, 6, 6, 9, 6],
        deps=["prep", "prep", "det", "pobj", "punct", "nsubj", "ROOT", "det", "dobj", "prep", "pobj", "punct"],
    )
    (found,) = attribution_rules.find(doc)
    assert shown(doc, found) == (
        "the army",
        "According to",
        "source",
        "assert",
        ("rockets struck the port in Marnia",),
        (),
    )
    assert found.voice is Voice.SOURCE
