"""The table, the evidence in it and the explanation of a claim, compared as they are shown."""

from __future__ import annotations

import io

import msgspec
import pytest

from claimkit.evidence import evidence
from claimkit.explanation import explain
from claimkit.records import Claim, Document, EventType, Modality, Reason, Stance
from claimkit.tables import Contested, contested, render, render_fields, summary
from claimkit.terminal import console
from tests import sample

BY_ARTICLE_80 = """\
PLACE              EVENT             WHO          STANCE       DATE
  EVIDENCE: [cue] {content}

articles/one.txt  The Example  2025-12-01  A city in dispute
Pokrovsk           capture (RUS)     Russia       assert
  The ministry in Moscow [claimed] on Monday {to have captured Pokrovsk} after a
  month of street fighting. c-1a2b3c
Pokrovsk, Siversk  capture (RUS)     Ukraine      deny
  Kyiv's General Staff [denied] {that Pokrovsk and Siversk had fallen}. c-2a2b3c

articles/two.txt  2025-12-01
Nowhereville       casualties (UKR)  Ukraine      acknowledge  2025-11
  A commander [acknowledged] {that his brigade had lost men} near Nowhereville
  in November. against interest c-3a2b3c
                   negotiate         the article  assert
  Rain fell while {negotiators met in silence}. c-4a2b3c

3 articles, 4 claims, 3 places, 1 contested: Pokrovsk (capture)
"""

BY_PLACE_140 = [
    "EVENT             WHO          STANCE       DATE         ARTICLE   EVIDENCE: [cue] {content}",
    "",
    "Pokrovsk  Donetsk Oblast, UA  contested: capture",
    "capture (RUS)     Russia       assert                    one       The ministry in Moscow [claimed]",
]

EXPLAINED = """\
c-2a2b3c4d5e6f  Ukraine (UKR) deny capture  actor RUS, confidence 0.80
articles/one.txt:2  characters 120-185  The Example  2025-12-01

  Kyiv's General Staff denied that Pokrovsk and Siversk had fallen.
  ~~~~~~~~~~~~~~~~~~~~ source
                       ~~~~~~ cue
                              ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ content
                                   ~~~~~~~~
                               place: Pokrovsk (geonames:704422, exact, current)
                                                ~~~~~~~
                                place: Siversk (geonames:694403, exact, current)

  because cue.deny       141-147  'denied'
  because event.capture  174-184  'had fallen'  0.75
"""


def shown(
    claims: tuple[Claim, ...] = sample.EVERY_CLAIM, *, columns: int = 80, color: bool = False, by_place: bool = False
) -> str:
    """Render the table as text."""
    stream = io.StringIO()
    screen = console(stream, color=color, columns=columns)
    render(sample.EVERY_REPORT, claims=claims, console=screen, by_place=by_place)
    return stream.getvalue()


def test_table_by_article_in_80_columns() -> None:
    """In 80 columns the evidence stands under its row, and the table ends with the counts."""
    assert shown() == BY_ARTICLE_80


def test_table_by_place_in_140_columns() -> None:
    """In 140 columns the evidence is the last column; a place's heading says what is contested."""
    table = shown(columns=140, by_place=True)
    assert [line[:99].rstrip() for line in table.splitlines()[:4]] == BY_PLACE_140
    headings = [line for line in table.splitlines() if line.split("  ")[0] in ("Pokrovsk", "Siversk", "no place")]
    assert headings == ["Pokrovsk  Donetsk Oblast, UA  contested: capture", "Siversk  Donetsk Oblast, UA", "no place"]


@pytest.mark.parametrize("columns", [40, 60, 80, 109, 110, 140, 200])
@pytest.mark.parametrize("by_place", [False, True])
def test_table_never_goes_over_the_width(columns: int, *, by_place: bool) -> None:
    """From 60 columns on no line is longer than the terminal is wide; at 40 nothing fails."""
    lines = shown(columns=columns, by_place=by_place).splitlines()
    assert max(map(len, lines)) <= max(columns, 60)


def test_table_loses_no_word() -> None:
    """What does not fit into a cell is folded, not cut."""
    long = sample.claim(
        "Monitors said that Pokrovsk fell.",
        content="that Pokrovsk fell",
        cue="said",
        who="ISW",
        places=("Pokrovsk",),
        modality=Modality.POSSIBLE,
        actor="RUS",
        date="2025-11-30/2025-12-01",
    )
    words = " ".join(shown((long,), columns=60).split())
    for part in ("Institute", "Study of", "possible", "2025-11-30/", "2025-12-01"):
        assert part in words


def test_stance_is_a_word_and_a_color() -> None:
    """With colour each stance has its own; without there is no escape at all."""
    table = shown(color=True)
    assert "\x1b[1;36massert" in table
    assert "\x1b[1;31mdeny" in table
    assert "\x1b" not in shown()


def test_text_of_an_article_cannot_steer_the_terminal() -> None:
    """Escapes, bidi controls and rich markup in an article are shown, not obeyed."""
    evil = sample.claim("Foe said [bold]x[/bold] \x1b[2J \u202e fell.", content="fell", cue="said")
    table = shown((evil,))
    assert "[bold]x[/bold] \\x1b[2J \\u202e" in table
    assert "\x1b" not in table


def test_evidence_is_shortened_around_its_marks_only() -> None:
    """Where room is short the words before and after the marks go; source, cue and content stay whole."""
    claim = sample.claim(
        "After a long night in the cellar the mayor said the bridge had been hit, and went home to his family.",
        content="the bridge had been hit",
        source="the mayor",
        cue="said",
    )
    whole = "After a long night in the cellar the mayor [said] {the bridge had been hit}, and went home to his family."
    assert evidence(claim).plain == whole
    assert evidence(claim, room=60).plain == "… night in the cellar the mayor [said] {the bridge had been hit}, …"
    assert evidence(claim, room=1).plain == "… the mayor [said] {the bridge had been hit}, …"


def test_evidence_marks_a_cue_inside_the_content() -> None:
    """Spans that lie in one another or side by side get brackets in their order."""
    inside = sample.claim("It reportedly fell.", content="It reportedly fell", cue="reportedly")
    assert evidence(inside).plain == "{It [reportedly] fell}."
    beside = sample.claim("Saying no.", content=" no", cue="Saying")
    assert evidence(beside).plain == "[Saying]{ no}."


def test_contested_needs_both_sides() -> None:
    """A place and event are contested where one asserts and another denies, doubts or cannot verify it."""
    assert contested(sample.EVERY_CLAIM) == (Contested(key="geonames:704422", place="Pokrovsk", event="capture"),)
    assert contested([sample.DENIED, sample.DENIED]) == ()
    held = msgspec.structs.replace(
        sample.ASSERTED, event=msgspec.structs.replace(sample.ASSERTED.event, type=EventType.HOLD)
    )
    assert contested([held, sample.DENIED]) == ()
    admitted = msgspec.structs.replace(sample.DENIED, stance=Stance.ACKNOWLEDGE)
    assert contested([sample.ASSERTED, admitted]) == ()


def test_summary_of_nothing() -> None:
    """Without claims the table is the line of counts."""
    assert summary([], articles=1) == "1 article, 0 claims, 0 places, 0 contested"
    assert shown(()) == "3 articles, 0 claims, 0 places, 0 contested\n"


def test_table_of_chosen_fields() -> None:
    """--fields makes plain columns."""
    stream = io.StringIO()
    render_fields(sample.ONE.claims, fields=("claimant.id", "places.name"), console=console(stream, color=False))
    assert stream.getvalue() == "claimant.id  places.name\nRUS          Pokrovsk\nUKR          Pokrovsk; Siversk\n"


def test_explanation_marks_every_span_and_names_every_reason() -> None:
    """Under the sentence stands a line for each span; every reason comes with its words and its score."""
    text = sample.ASSERTED.sentence.text + "\n" + " " * 19 + sample.DENIED.sentence.text + "\n"
    reasons = (
        Reason(rule="cue.deny", start=141, end=147),
        Reason(rule="event.capture", start=174, end=184, score=0.75),
    )
    claim = msgspec.structs.replace(sample.DENIED, because=reasons)
    stream = io.StringIO()
    document = Document(path="articles/one.txt", text=text, sha256="0" * 64)
    explain([claim], document=document, console=console(stream, color=False, columns=80))
    assert stream.getvalue() == EXPLAINED


def test_explanation_goes_over_lines() -> None:
    """A span over two lines of the terminal is marked on both and named on the last."""
    stream = io.StringIO()
    document = Document(path="a.txt", text=sample.ASSERTED.sentence.text, sha256="0" * 64)
    explain([sample.ASSERTED], document=document, console=console(stream, color=False, columns=60))
    lines = stream.getvalue().splitlines()
    assert "  The ministry in Moscow claimed on Monday to have captured" in lines
    assert [line.strip() for line in lines if "~" in line] == [
        "~~~~~~~~~~~~ source",
        "~~~~~~~ cue",
        "~~~~~~~~~~~~~~~~",
        "~~~~~~~~ content",
        "~~~~~~~~ place: Pokrovsk (geonames:704422, exact, current)",
    ]


def test_an_explanation_cannot_steer_the_terminal() -> None:
    """Escapes, bidi controls and markup in a sentence, a name or a place are shown, and the marks stand under them."""
    said = "Foe said [bold]x[/bold] \x1b[2J \u202e fell."
    evil = sample.claim(said, content="fell", cue="said", who="ISW")
    named = msgspec.structs.replace(evil.claimant, name="F\x1b]0;x\x07oe\u2066")
    place = msgspec.structs.replace(sample.place("Pokrovsk", at=0), name="P\x1b[31m", text="Foe", end=3)
    reasons = (Reason(rule="cue.say", start=0, end=len(said)),)
    evil = msgspec.structs.replace(evil, claimant=named, places=(place,), because=reasons, outlet="O\x9b1m")
    stream = io.StringIO()
    document = Document(path="a\x1b[1m.txt", text=said, sha256="0" * 64)
    explain([evil], document=document, console=console(stream, color=False, columns=80))
    found = stream.getvalue()
    assert not [sign for sign in found if sign != "\n" and not sign.isprintable()]
    for part in ("F\\x1b]0;x\\x07oe\\u2066", "[bold]x[/bold] \\x1b[2J \\u202e", "P\\x1b[31m", "O\\x9b1m"):
        assert part in found
