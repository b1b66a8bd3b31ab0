"""Tests of page furniture and picture credits."""

from __future__ import annotations

import pytest

from claimkit.furniture import Mark, copyright_outlet, credit_span, mark_line


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("Comments", Mark.FURNITURE),
        ("Share the Post:", Mark.FURNITURE),
        ("ADVERTISEMENT", Mark.FURNITURE),
        ("--------", Mark.FURNITURE),
        ("* * *", Mark.FURNITURE),
        ("https://example.org/a?b=1", Mark.FURNITURE),
        ("desk@example.org", Mark.FURNITURE),
        ("Read more: How the river road was lost", Mark.FURNITURE),
        ("MORE: Three brigades leave the river", Mark.FURNITURE),
        ("Follow us on Telegram and X", Mark.FURNITURE),
        ("Sign up for the morning letter.", Mark.FURNITURE),
        ("[12] https://example.org/note", Mark.FURNITURE),
        ("loadWidget('video-player');", Mark.FURNITURE),
        ("Related articles", Mark.RELATED),
        ("## References", Mark.SECTION),
        ("© 2025 Example Media. All rights reserved.", Mark.COPYRIGHT),
        ("Copyright 2025 Example Media", Mark.COPYRIGHT),
        ("Additional reporting by Oleh Tkach", Mark.FOOTER),
        ("—With assistance from Ann Roe and Oleh Tkach.", Mark.FOOTER),
        ("Reporting by Jane Doe in Geneva, Switzerland; editing by Ann Roe", Mark.FOOTER),
        ("Jane Doe and Oleh Tkach contributed to this report.", Mark.FOOTER),
        ("Photo: Reuters", Mark.CREDIT),
        ("(Example News photo)", Mark.CREDIT),
        ("[File: Ann Roe/AP]", Mark.CREDIT),
    ],
)
def test_furniture_by_general_marks(line: str, mark: Mark) -> None:
    """Whole lines, openings, endings and shapes of furniture are known."""
    assert mark_line(line) is mark


@pytest.mark.parametrize(
    "line",
    [
        "Reporting by the mission shows that 30 people were killed.",
        "The minister wrote on Telegram.",
        "More soldiers left the town on Monday.",
        "Comments by the minister angered the mayor.",
        "Copyright law was not discussed at the talks.",
        "Both sides contributed to the collapse of the truce.",
        "Share of the town held by the army grew.",
        "Source: the town is lost, the ministry said.",
        "Video shows soldiers in the town.",
        "The army (Ruritania) left the town.",
        "Strategic value of the town",
        "He said: read the treaty.",
        "Home guards left the town.",
    ],
)
def test_text_is_not_furniture(line: str) -> None:
    """A sentence that opens or ends like furniture is kept."""
    assert mark_line(line) is None


@pytest.mark.parametrize(
    ("caption", "credit"),
    [
        ("Soldiers rest near the river [File: Ann Roe/AP Photo]", "[File: Ann Roe/AP Photo]"),
        ("Soldiers rest near the river. Photo: EPA / Ann Roe", "Photo: EPA / Ann Roe"),
        ("Soldiers rest near the river. (Photo by Ann Roe/Getty Images)", "(Photo by Ann Roe/Getty Images)"),
        ("Soldiers rest near the river. Ann Roe/Reuters", "Ann Roe/Reuters"),
        ("Who holds what by the river [Al Jazeera]", "[Al Jazeera]"),
        ("PHOTO: Soldiers rest near the river.", "PHOTO:"),
    ],
)
def test_credit_of_a_caption(caption: str, credit: str) -> None:
    """The credit is cut from the caption, whose sentence is read."""
    span = credit_span(caption)
    assert span is not None
    assert caption[slice(*span)] == credit


@pytest.mark.parametrize(
    "text",
    [
        "The soldiers came to the village (Lisova region).",
        "The general told the Example Broadcasting Corp (ABC).",
        "The source: two officials who saw the map.",
        "He said that the photo was false.",
    ],
)
def test_text_has_no_credit(text: str) -> None:
    """Brackets and the word photo make no credit."""
    assert credit_span(text) is None


def test_outlet_of_a_copyright_line() -> None:
    """The publisher is told by the copyright line where the head has none."""
    assert copyright_outlet("©2025 Bloomberg L.P. All rights reserved.") == "Bloomberg"
    assert copyright_outlet("© 2025 Example Media") is None
