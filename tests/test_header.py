"""Tests of heads and datelines."""

from __future__ import annotations

from datetime import date

import pytest

from claimkit.blocks import lay_out
from claimkit.header import Dateline, read_dateline
from claimkit.records import BlockKind
from claimkit.settings import Settings

BODY = (
    "The army said on Monday that it had taken the town of Lisova after three weeks of fighting along the river road."
)


def _dateline(line: str) -> Dateline | None:
    return read_dateline(line, start=0, end=len(line))


@pytest.mark.parametrize(
    ("before", "outlet", "day"),
    [
        ("(CNN) — ", "CNN", None),
        ("(CNN) ", "CNN", None),
        ("GENEVA, Switzerland (AP) — ", "AP", None),
        ("Near Lisova, Ruritania (CNN) -- ", "CNN", None),
        ("GENEVA, Dec 1 (Reuters) - ", "Reuters", None),
        ("GENEVA, Dec 1, 2025 (Reuters) - ", "Reuters", date(2025, 12, 1)),
        ("GENEVA. December 1. (Interfax) - ", "Interfax", None),
        ("GENEVA, December 1. /TASS/. ", "TASS", None),
        ("GENEVA — ", None, None),
        ("GENEVA, Switzerland – ", None, None),
        ("Geneva, 1 December 2025 - ", None, date(2025, 12, 1)),
    ],
)
def test_datelines(before: str, outlet: str | None, day: date | None) -> None:
    """Place, date and agency before the first sentence are told from the sentence."""
    assert _dateline(before + BODY) == Dateline(len(before), outlet, day)


@pytest.mark.parametrize(
    "line",
    [
        BODY,
        "NATO — which had sent planes — said that the strikes were over.",
        "The general (Reuters) - not the minister - said so.",
        "The minister – Jane Doe – said that the bridge was lost.",
        "UNHCR - Geneva said that 300 people fled.",
        "The army took the town (see map) - twice.",
        "(In Geneva) The army said that it had left.",
    ],
)
def test_sentences_are_not_datelines(line: str) -> None:
    """A dash or brackets in a sentence make no dateline."""
    assert _dateline(line) is None


def _read(text: str) -> dict[str, object]:
    layout = lay_out(text, settings=Settings())
    return {
        "title": layout.title,
        "byline": layout.byline,
        "outlet": layout.outlet,
        "published": layout.published,
        "blocks": [(block.kind.value, text[block.start : block.end]) for block in layout.blocks],
        "warnings": layout.warnings,
    }


def test_head_of_an_agency_report() -> None:
    """Title, byline, date, dateline and body are each their own block."""
    text = (
        f"Army claims river town\n\nBy Jane Doe\n\nDec. 1, 2025 at 10:04 a.m. ET\n\nGENEVA, Dec 1 (Reuters) - {BODY}\n"
    )
    assert _read(text) == {
        "title": "Army claims river town",
        "byline": "Jane Doe",
        "outlet": "Reuters",
        "published": date(2025, 12, 1),
        "blocks": [
            ("title", "Army claims river town"),
            ("header", "By Jane Doe"),
            ("header", "Dec. 1, 2025 at 10:04 a.m. ET"),
            ("header", "GENEVA, Dec 1 (Reuters) -"),
            ("body", BODY),
        ],
        "warnings": (),
    }


def test_emphasis_of_a_head_is_no_part_of_it() -> None:
    """A head in Markdown says the same as one in plain text."""
    found = _read(f"**Town falls**\n\n**By Jane Doe**\n\n_Dec 1, 2025_\n\n{BODY}\n")
    assert (found["title"], found["byline"], found["published"]) == ("Town falls", "Jane Doe", date(2025, 12, 1))


def test_title_with_its_date_keeps_it() -> None:
    """The date in a title is taken, the title stays whole."""
    found = _read(f"Border War - 10 February 2025\n\n{BODY}\n")
    assert (found["title"], found["published"]) == ("Border War - 10 February 2025", date(2025, 2, 10))


def test_first_paragraph_is_no_title() -> None:
    """A text that starts with its first sentence has no title."""
    found = _read(f"{BODY}\n\nThe mayor denied it.\n")
    assert found["title"] is None
    assert found["blocks"] == [("body", BODY), ("body", "The mayor denied it.")]


def test_published_wins_over_updated_in_any_order() -> None:
    """The day of publication counts, not that of the last change."""
    found = _read(f"Town falls\nUpdated: 3 December 2025\nPublished: 1 December 2025\n\n{BODY}\n")
    assert found["published"] == date(2025, 12, 1)


def test_updated_alone_is_taken() -> None:
    """Where there is no other date, the last change dates the article."""
    assert _read(f"Town falls\nUpdated: 3 December 2025\n\n{BODY}\n")["published"] == date(2025, 12, 3)


def test_ambiguous_date_is_not_guessed() -> None:
    """Day and month that could be either give no date and a warning."""
    found = _read(f"Town falls\n03/04/2025\n\n{BODY}\n")
    assert found["published"] is None
    assert found["warnings"] == ("date '03/04/2025' could be day or month first; write it as 2025-12-01",)


def test_fields_of_a_head() -> None:
    """``Key: value`` lines are read as they are in exported articles."""
    found = _read(f"Title: Town falls\nAuthor: Jane Doe\nDate: 2025-12-01\nSource: Reuters\n\n{BODY}\n")
    assert (found["title"], found["byline"], found["outlet"], found["published"]) == (
        "Town falls",
        "Jane Doe",
        "Reuters",
        date(2025, 12, 1),
    )


def test_timeline_headings_are_not_the_date() -> None:
    """Several days alone on their lines are a timeline, not the head."""
    text = "How it began\n\n1 May 2025\n\nThe army came.\n\n3 May 2025\n\nIt left.\n\n9 May 2025\n\nIt came back.\n"
    found = _read(text)
    assert found["published"] is None


def test_date_far_below_is_not_the_head() -> None:
    """A date behind the first paragraphs dates something else."""
    assert _read(f"Town falls\n\n{BODY}\n\n{BODY}\n\n{BODY}\n\n1 December 2025\n\n{BODY}\n")["published"] is None


def test_kinds_are_the_records_kinds() -> None:
    """Blocks carry the enum of the records."""
    assert {block.kind for block in lay_out(BODY, settings=Settings()).blocks} == {BlockKind.BODY}


@pytest.mark.parametrize(("below", "expected"), [
    ("Evening update, 22:00, 3 November 2025", date(2025, 11, 3)),
    ("The parties met on 3 November 2025 in Doha.", None),
    ("From 3 November 2025 to 4 March 2026", None),
])  # fmt: skip
def test_the_line_under_a_title_can_date_it(below: str, expected: date | None) -> None:
    """One day in a line that is no sentence; a sentence tells of the event, and two days date nothing."""
    found = _read(f"General Staff of Norland\n{below}\n\nThe army came to the town of Ostia, the staff said.\n")
    assert found["published"] == expected
