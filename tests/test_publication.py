"""Tests of dates of publication and of the lines of a head."""

from __future__ import annotations

from datetime import date

import pytest

from claimkit.publication import HeadLine, date_in_name, find_dates, parse_date, read_head_line

DAY = date(2025, 12, 1)


@pytest.mark.parametrize(
    "line",
    [
        "2025-12-01",
        "2025/12/01 10:04",
        "2025-12-01T10:04:00.123Z",
        "2025-12-01T10:04:00+02:00",
        "December 1, 2025",
        "Dec. 1, 2025 at 10:04 a.m. ET",
        "Dec 1, 2025 6:40 pm",
        "1 December 2025",
        "1st of December 2025",
        "Monday, December 1, 2025",
        "Mon 1 Dec 2025 18.40 GMT",
        "Published: 1 December 2025",
        "Published on December 1, 2025 | 5 min read",
        "Published Dec 1, 2025 · Updated Dec 3, 2025",
        "Last updated: 3 Dec 2025; first published 1 Dec 2025",
        "Posted 10:04 AM, December 1, 2025",
    ],
)
def test_date_lines_of_a_head(line: str) -> None:
    """A line that is a date, with label and clock, is of the head and gives the day of publication."""
    found = read_head_line(line)
    assert found is not None
    assert (found.published, found.byline, found.outlet) == (DAY, None, None)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("By Jane Doe", HeadLine(byline="Jane Doe")),
        ("by Jane Doe and Oleh Tkach", HeadLine(byline="Jane Doe and Oleh Tkach")),
        ("By JANE DOE and OLEH VAN DER BERG", HeadLine(byline="JANE DOE and OLEH VAN DER BERG")),
        ("By Jane Doe in Geneva", HeadLine(byline="Jane Doe in Geneva")),
        ("By Jane Doe, Defence Correspondent", HeadLine(byline="Jane Doe")),
        ("Jane Doe, BBC News", HeadLine(byline="Jane Doe", outlet="BBC")),
        ("By Reuters", HeadLine(byline="Reuters", outlet="Reuters")),
        ("The Guardian", HeadLine(outlet="The Guardian")),
        ("Published in The Guardian", HeadLine(outlet="The Guardian")),
        ("Published in World & Features", HeadLine()),
        ("Published 3 hours ago", HeadLine()),
        ("4 min read", HeadLine()),
        ("Updated 3 December 2025", HeadLine(updated=date(2025, 12, 3))),
        (
            "date 2025-12-01 By Jane Doe, Oleh Tkach and Ann Roe, CNN",
            HeadLine(published=DAY, byline="Jane Doe, Oleh Tkach and Ann Roe", outlet="CNN"),
        ),
        ("By Jane Doe | Reuters | 1 December 2025", HeadLine(published=DAY, byline="Jane Doe", outlet="Reuters")),
        ("03/04/2025", HeadLine(ambiguous="03/04/2025")),
        ("31/12/2025", HeadLine(published=date(2025, 12, 31))),
        ("12/31/2025", HeadLine(published=date(2025, 12, 31))),
        ("27.02.2026. 06:20h", HeadLine(published=date(2026, 2, 27))),
    ],
)
def test_lines_of_a_head(line: str, expected: HeadLine) -> None:
    """Byline, outlet and date are told apart; what cannot be told is not guessed."""
    assert read_head_line(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "By Monday, the army had taken the town.",
        "By land and sea",
        "On 1 December 2025 the brigade left the town.",
        "Published reports say that the bridge fell.",
        "The Guardian said that the town fell",
        "December 1, 2025: the army takes the town",
        "Jane Doe",
        "The general, a reporter said",
        "2025-13-45",
        "",
    ],
)
def test_sentences_are_not_of_the_head(line: str) -> None:
    """A line of which any part is something else is no line of a head."""
    assert read_head_line(line) is None


def test_dates_inside_a_title() -> None:
    """A title may contain the date; a month alone is no day."""
    assert [found.day for found in find_dates("Border War - 10 February 2025")] == [date(2025, 2, 10)]
    assert find_dates("Findings of February 2026") == []
    assert find_dates("Section 12025-12-019") == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2025-12-01-front.txt", DAY),
        ("20251201_front.md", DAY),
        ("front_2025_12_01.txt", DAY),
        ("20251399.txt", None),
        ("report-120251201.txt", None),
        ("2025-12-01_to_2025-12-03.txt", None),
        ("front.txt", None),
    ],
)
def test_date_in_a_file_name(name: str, expected: date | None) -> None:
    """One full date in the name is taken, two are not."""
    assert date_in_name(name) == expected


def test_parse_date_takes_a_date_and_nothing_else() -> None:
    """The whole text must be the date."""
    assert parse_date("19 May 2025") == date(2025, 5, 19)
    assert parse_date("19 May 2025 in Kyiv") is None
