"""The words for who does an event: which of those that the model names, and where none of the content does it."""

from __future__ import annotations

from functools import cache

import msgspec
import pytest
from spacy.tokens import Doc

from claimkit import nlp
from claimkit.attribution import _told_beside
from claimkit.doers import doers, leaves_doer_out
from claimkit.frames import Attribution
from claimkit.reader import read_text
from claimkit.reading import Reading
from claimkit.records import EventType, Stance
from tests.core_parses import draft_of, span

pytestmark = pytest.mark.model


@cache
def parsed(text: str) -> Doc:
    """Parse a sentence."""
    return nlp.load()(text)


def named(text: str, predicate: str, content: str, *actors: str) -> list[str]:
    """Give the phrases for who acts in a content, where the model names ``actors``."""
    doc = parsed(text)
    reading = Reading(document=read_text(text), doc=doc)
    draft = draft_of(reading, predicate, content, type=EventType.ADVANCE)
    draft.mention = msgspec.structs.replace(draft.mention, actors=tuple(span(doc, words) for words in actors))
    return [doc[slice(*words)].text for words in doers(reading, draft)]


def test_a_relative_clause_has_doers_of_its_own() -> None:
    """Who dies where an army marched did not march; who is named before the verb did."""
    content = "their men had entered the town, where Ukrainian soldiers died"
    text = f"Officials said that {content}."
    assert named(text, "entered", content, "Ukrainian") == ["their men"]
    other = "Ukrainian men had entered the town, where soldiers died"
    assert named(f"Officials said that {other}.", "entered", other, "Ukrainian") == ["Ukrainian men"]


@pytest.mark.parametrize(
    ("text", "predicate", "content", "expected"),
    [
        ("The city was occupied by Russian troops and liberated by Ukraine.", "liberated", "liberated by Ukraine",
         ["Ukraine", "Russian troops"]),
        ("Russian troops, liberated in October, left the city.", "liberated", "liberated in October",
         ["Russian troops"]),
    ],
    ids=["by whom", "not by anybody"],
)  # fmt: skip
def test_who_stands_behind_by_did_it(text: str, predicate: str, content: str, expected: list[str]) -> None:
    """Of two participles each has the doer behind its own "by"."""
    assert named(text, predicate, content, "Russian") == expected


@pytest.mark.parametrize(
    ("text", "predicate", "content", "first"),
    [
        ("Kyiv said Russia had flown drones before sending troops.", "sending", "sending troops", "Russia"),
        ("Kyiv said Russia had flown drones before troops came.", "came", "troops came", "troops"),
    ],
    ids=["a verb without a subject has that of the verb above", "one with a subject has its own"],
)
def test_the_verb_above_lends_its_subject(text: str, predicate: str, content: str, first: str) -> None:
    """Of two parties that the model names for a verb without a subject the subject of the verb above comes first."""
    assert named(text, predicate, content, "Kyiv", "Russia")[0] == first


@pytest.mark.parametrize(
    ("content", "predicate", "actors", "expected"),
    [
        ("the town had fallen", "fallen", (), True),
        ("it had fallen", "fallen", (), True),
        ("the fall of the town", "fall", (), True),
        ("the town had been taken", "taken", (), True),
        ("it had taken the town", "taken", (), False),
        ("its men had taken the town", "taken", (), False),
        ("taking the town", "taking", (), False),
        ("rebels had taken the town", "taken", ("rebels",), False),
        ("we took the town", "took", (), False),
    ],
)
def test_contents_that_leave_out_who_did_it(
    content: str, predicate: str, actors: tuple[str, ...], expected: bool
) -> None:
    """A town falls to somebody whom the words do not name; "its men", "we" and a bare verb are the speaker's own."""
    doc = parsed(f"The army denied {content}." if content.split()[0] in ("the", "taking") and "had" not in content
                 else f"The army denied that {content}.")  # fmt: skip
    reading = Reading(document=read_text(doc.text), doc=doc)
    mention = draft_of(reading, predicate, content, type=EventType.CAPTURE).mention
    mention = msgspec.structs.replace(mention, actors=tuple(span(doc, words) for words in actors))
    assert leaves_doer_out(doc, mention) is expected


@pytest.mark.parametrize(
    ("predicate", "expected"), [("died", True), ("mined", False)], ids=["told beside it", "what is denied"]
)
def test_a_denial_is_not_of_what_is_told_beside(predicate: str, expected: bool) -> None:
    """Of "denied that it had mined the road, where two soldiers died" the deaths are not denied."""
    content = "it had mined the road, where two soldiers died"
    doc = parsed(f"The army denied that {content}.")
    reading = Reading(document=read_text(doc.text), doc=doc)
    mention = draft_of(reading, predicate, content, type=EventType.CASUALTIES).mention
    rule = Attribution(source=(0, 2), cue=(2, 3), contents=(span(doc, content),), stance=Stance.DENY)
    assert _told_beside(doc, mention, rule) is expected
