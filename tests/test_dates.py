"""Time expressions: what is found, what it means against the publication date, and what is no date at all."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimkit.date_links import RULES
from claimkit.date_words import grammar
from claimkit.dates import DateKind, DateMention, find, resolve

MONDAY = date(2026, 3, 16)


def only(text: str, *, published: date | None = MONDAY) -> DateMention:
    """Give the one mention of a text."""
    (mention,) = find(text, published=published)
    return mention


def read(text: str, *, published: date | None = MONDAY) -> list[tuple[str, str | None]]:
    """Give text and past value of each mention."""
    return [(each.text, each.value) for each in find(text, published=published)]


@pytest.mark.parametrize(
    ("text", "expression", "value"),
    [
        ("The bridge fell on 14 October 2025.", "14 October 2025", "2025-10-14"),
        ("The bridge fell on Oct. 14, 2025, they said.", "Oct. 14, 2025", "2025-10-14"),
        ("The bridge fell on Tuesday, March 3.", "Tuesday, March 3", "2026-03-03"),
        ("The bridge fell on the 3rd of March.", "the 3rd of March", "2026-03-03"),
        ("The log says 2026-03-03.", "2026-03-03", "2026-03-03"),
        ("The log says 03.02.2026.", "03.02.2026", "2026-02-03"),
        ("They shelled it in February.", "February", "2026-02"),
        ("They shelled it in mid-February.", "mid-February", "2026-02"),
        ("They shelled it at the end of January.", "the end of January", "2026-01"),
        ("They shelled it in late 2024.", "late 2024", "2024"),
        ("They shelled it last October.", "last October", "2025-10"),
        ("They shelled it in May last year.", "May last year", "2025-05"),
        ("It went on in the 1990s.", "the 1990s", "1990/1999"),
        ("It began after the 2014 coup.", "2014", "2014"),
        ("Both signed it (2015).", "2015", "2015"),
        ("On Christmas Eve the guns were silent.", "Christmas Eve", "2025-12-24"),
        ("The raid came on New Year's Day last year.", "New Year's Day last year", "2025-01-01"),
    ],
)
def test_days_months_and_years(text: str, expression: str, value: str) -> None:
    """A calendar date is found whole and written in ISO 8601."""
    assert read(text) == [(expression, value)]


@pytest.mark.parametrize(
    ("text", "expression", "past", "coming"),
    [
        ("It fell late Sunday.", "late Sunday", "2026-03-15", "2026-03-22"),
        ("It fell early on Tuesday.", "early on Tuesday", "2026-03-10", "2026-03-17"),
        ("It fell on Thursday morning.", "Thursday morning", "2026-03-12", "2026-03-19"),
        ("It fell on Monday.", "Monday", "2026-03-16", None),
        ("It was Wednesday's third strike.", "Wednesday", "2026-03-11", "2026-03-18"),
        ("It fell over the weekend.", "the weekend", "2026-03-14/2026-03-15", "2026-03-21/2026-03-22"),
        ("It fell in October.", "October", "2025-10", "2026-10"),
        ("The 7 October attack changed that.", "7 October", "2025-10-07", "2026-10-07"),
        ("It burned during the summer.", "the summer", "2025-06/2025-08", "2026-06/2026-08"),
        ("They expect a spring offensive.", "spring", "2026-03/2026-05", None),
        ("The plants burned this winter.", "this winter", "2025-12/2026-02", "2026-12/2027-02"),
        ("The plants burned this spring.", "this spring", "2026-03/2026-05", None),
        ("The plants burn this summer.", "this summer", "2026-06/2026-08", None),
        ("The plants burned in summer and fall.", "summer and fall", "2025-06/2025-11", "2026-06/2026-11"),
        ("It went on in May and June alone.", "May and June", "2025-05/2025-06", "2026-05/2026-06"),
        ("It went on in December and February.", "December and February", "2025-12/2026-02", "2026-12/2027-02"),
        ("It came a day after Friday's vote.", "a day after Friday", "2026-03-14", "2026-03-21"),
        ("It came on the eve of Tuesday's talks.", "the eve of Tuesday", "2026-03-09", "2026-03-16"),
    ],
)
def test_the_tense_decides_the_direction(text: str, expression: str, past: str, coming: str | None) -> None:
    """A weekday, month or season is the last one for what happened and the next one for what is planned."""
    mention = only(text)
    assert (mention.text, resolve(mention, future=False), resolve(mention, future=True)) == (
        expression,
        past,
        coming or past,
    )


@pytest.mark.parametrize(
    ("text", "expression", "value"),
    [
        ("They landed today.", "today", "2026-03-16"),
        ("They landed yesterday evening.", "yesterday evening", "2026-03-15"),
        ("They land tomorrow.", "tomorrow", "2026-03-17"),
        ("They landed the day before yesterday.", "the day before yesterday", "2026-03-14"),
        ("They landed last night.", "last night", "2026-03-15"),
        ("They landed overnight.", "overnight", "2026-03-15/2026-03-16"),
        ("They landed overnight on Saturday.", "overnight on Saturday", "2026-03-14"),
        ("They landed on Sunday night into Monday.", "Sunday night into Monday", "2026-03-15/2026-03-16"),
        ("They landed overnight into Friday.", "overnight into Friday", "2026-03-12/2026-03-13"),
        ("They landed last week.", "last week", "2026-03-09/2026-03-15"),
        ("They landed earlier this week.", "earlier this week", "2026-03-16/2026-03-22"),
        ("They landed last Wednesday.", "last Wednesday", "2026-03-11"),
        ("They landed last Sunday.", "last Sunday", "2026-03-08"),
        ("They will land next Friday.", "next Friday", "2026-03-27"),
        ("They landed on Tuesday of last week.", "Tuesday of last week", "2026-03-10"),
        ("They landed last month.", "last month", "2026-02"),
        ("They landed the previous week.", "the previous week", "2026-03-09/2026-03-15"),
        ("They land next year.", "next year", "2027"),
        ("They land by the end of the year.", "the end of the year", "2026"),
        ("They landed last winter.", "last winter", "2025-12/2026-02"),
        ("They landed at the end of winter.", "the end of winter", "2026-02"),
        ("They landed in the winter of 2024.", "the winter of 2024", "2024-12/2025-02"),
        ("They landed in the second quarter of 2025.", "the second quarter of 2025", "2025-04/2025-06"),
        ("They landed in the first half of last year.", "the first half of last year", "2025-01/2025-06"),
        ("They landed two weeks ago.", "two weeks ago", "2026-03-02/2026-03-08"),
        ("They landed about four months ago.", "about four months ago", "2025-11"),
        ("They landed 11 years ago.", "11 years ago", "2015"),
        ("They landed in the past 48 hours.", "the past 48 hours", "2026-03-14/2026-03-16"),
        ("They landed in the last two weeks.", "the last two weeks", "2026-03-02/2026-03-16"),
        ("They landed in the last week.", "the last week", "2026-03-09/2026-03-16"),
        ("They landed in the past week.", "the past week", "2026-03-09/2026-03-16"),
        ("They landed in the last month.", "the last month", "2026-02/2026-03"),
        ("They landed in the last day.", "the last day", "2026-03-15/2026-03-16"),
        ("They landed twenty-two days ago.", "twenty-two days ago", "2026-02-22"),
        ("They landed in the last twenty-four hours.", "the last twenty-four hours", "2026-03-15/2026-03-16"),
        ("They landed in the last quarter.", "last quarter", "2025-10/2025-12"),
        ("They landed in the last quarter of 2025.", "the last quarter of 2025", "2025-10/2025-12"),
    ],
)
def test_relative_to_the_publication_date(text: str, expression: str, value: str) -> None:
    """Words such as yesterday and last week are read against the publication date, and stay open without one."""
    assert read(text) == [(expression, value)]
    assert only(text, published=None).value in (None, "2024-12/2025-02", "2025-04/2025-06", "2025-10/2025-12")


@pytest.mark.parametrize(
    ("text", "expression", "value"),
    [
        ("It fell in the last week of October.", "the last week of October", "2025-10-25/2025-10-31"),
        ("It fell in the final week of last month.", "the final week of last month", "2026-02-22/2026-02-28"),
        ("It fell on the last day of 2024.", "the last day of 2024", "2024-12-31"),
        ("It fell in the last month of 2024.", "the last month of 2024", "2024-12"),
        ("It fell in the last year of the 1990s.", "the last year of the 1990s", "1999"),
        ("It fell on the last day of Friday.", "the last day of Friday", "2026-03-13"),
    ],
)
def test_the_last_of_a_longer_time(text: str, expression: str, value: str) -> None:
    """The last day, seven days or month of what follows "of"; of a time no longer than that, itself."""
    assert read(text) == [(expression, value)]


def test_the_last_week_of_what_is_no_time() -> None:
    """The last week of a siege lies wherever the siege does."""
    assert read("It fell in the last week of the siege.") == []
    assert read("It fell in the last quarter of the siege.") == []


@pytest.mark.parametrize(
    ("text", "expression", "value"),
    [
        ("It has burned since May 2024.", "since May 2024", "2024-05/"),
        ("It has burned since July.", "since July", "2025-07/"),
        ("It has burned since early November.", "since early November", "2025-11/"),
        ("It has burned ever since 2011.", "ever since 2011", "2011/"),
        ("Missiles stand there from 2019.", "from 2019", "2019/"),
        ("It slowed between late 2024 and June 2025.", "between late 2024 and June 2025", "2024/2025-06"),
        ("It raged from late January to February 6.", "from late January to February 6", "2026-01/2026-02-06"),
        ("It raged from October 2025 to January.", "from October 2025 to January", "2025-10/2026-01"),
        ("It raged on 14 and 15 October.", "14 and 15 October", "2025-10-14/2025-10-15"),
        ("It raged on October 14-16, 2024.", "October 14-16, 2024", "2024-10-14/2024-10-16"),
        ("It raged on 17-18 February.", "17-18 February", "2026-02-17/2026-02-18"),
        ("It raged on the night of March 9 to 10.", "the night of March 9 to 10", "2026-03-09/2026-03-10"),
        ("It raged from 28 February to 2 March.", "from 28 February to 2 March", "2026-02-28/2026-03-02"),
        ("It raged on Friday and Saturday.", "Friday and Saturday", "2026-03-13/2026-03-14"),
        ("It raged from 2014 to 2016.", "from 2014 to 2016", "2014/2016"),
        ("It raged in 2014-16.", "2014-16", "2014/2016"),
        ("Between 2014 and 2016 few were left.", "Between 2014 and 2016", "2014/2016"),
        ("Between Friday and Sunday drones came.", "Between Friday and Sunday", "2026-03-13/2026-03-15"),
    ],
)
def test_intervals(text: str, expression: str, value: str) -> None:
    """Ranges are ``start/end``, what goes on since a time is ``start/``."""
    assert read(text) == [(expression, value)]


@pytest.mark.parametrize(
    "text",
    [
        "Theresa May said troops may march on the city.",
        "March on, the colonel shouted.",
        "An august assembly met; protesters marched.",
        "The Sunday Times and the Daily Express reported it.",
        "The army lost 1,221 men, 24 Brigade said.",
        "About 2014 people fled and $2024 was paid for 3.5 tonnes.",
        "The siege took 1000 lives a year, 1500 in the north.",
        "The fall of the town came as water began to spring from the pipes.",
        "They left after the fall of the regime.",
        "He came second in the fall.",
        "Jan Egeland sat beside Sun Li.",
        "On Bloody Sunday's legacy nobody agreed.",
        "The first quarter of the city fell; half of it burns.",
        "They met at 5 p.m. and again at 17:30.",
        "Around 2000 civilians were killed, and around 2000 were held.",
        "A force of 1500 rebels and 1500 armed men came after 1600 soldiers left.",
        "Between 1500 and 2000 people died in 1500 houses.",
        "About 1900 more came by 1500-1600 trucks, for 2000 of them.",
        "A brigade of 1960 soldiers came from 2000 kilometres away.",
        "The city was surrounded and fall could come within days.",
        "Bombs that fall on the town kill.",
    ],
)
def test_no_date(text: str) -> None:
    """Modal verbs, names, newspapers, numbers, falls of cities and times of day are not dates."""
    assert [each.text for each in find(text, published=MONDAY) if each.value] in ([], ["the fall"])


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("It held for over 120 days.", DateKind.DURATION),
        ("It held for nearly a year.", DateKind.DURATION),
        ("It held for the last 18 months.", DateKind.DURATION),
        ("It fell within three days.", DateKind.DURATION),
        ("It burned in recent weeks.", DateKind.VAGUE),
        ("It burned over the past few months.", DateKind.VAGUE),
        ("It will burn in the coming days.", DateKind.VAGUE),
        ("It burned more than a year ago.", DateKind.VAGUE),
        ("It burned years ago.", DateKind.VAGUE),
        ("It burned half a year ago.", DateKind.VAGUE),
        ("It burned half a month later.", DateKind.VAGUE),
        ("It burned three to four days ago.", DateKind.VAGUE),
        ("It held for twenty-two days.", DateKind.DURATION),
        ("It burned in the last decade.", DateKind.VAGUE),
        ("It will burn over the next two years.", DateKind.VAGUE),
    ],
)
def test_durations_and_vague_spans_have_no_value(text: str, kind: DateKind) -> None:
    """How long something lasted, and spans without borders, are told but put on no calendar."""
    mention = only(text)
    assert (mention.kind, mention.value) == (kind, None)


def test_leans_on_the_date_before_it() -> None:
    """The following month is counted from the date told before it, in the same sentence or the one before."""
    text = "The push began in July 2024. A raid the following month failed. A year later it was over."
    assert read(text) == [("July 2024", "2024-07"), ("the following month", "2024-08"), ("A year later", "2025")]


def test_that_month() -> None:
    """That October is the October on or after the date told before it, and nothing without one."""
    assert read("It was taken in May 2022 and left that October.") == [
        ("May 2022", "2022-05"),
        ("that October", "2022-10"),
    ]
    assert only("It was left that October.").value is None


def test_the_season_before() -> None:
    """That winter is the one after the date told; "fall" behind "that" is a verb, behind "last" a season."""
    assert read("It was taken in May 2022; that winter it was left.")[1] == ("that winter", "2022-12/2023-02")
    assert read("It was taken in May 2022; rockets that fall there kill.") == [("May 2022", "2022-05")]
    assert read("It was taken last fall.") == [("last fall", "2025-09/2025-11")]


@pytest.mark.parametrize(
    ("day", "value"), [(date(2025, 3, 5), "2024-12/2025-02"), (date(2025, 10, 1), "2025-12/2026-02")]
)
def test_this_winter_is_the_nearer_one(day: date, value: str) -> None:
    """Between two winters, "this winter" of what happened is the one gone by until the next is nearer."""
    mention = only("The plants burned this winter.", published=day)
    assert (resolve(mention, future=False), resolve(mention, future=True)) == (value, "2025-12/2026-02")


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("The 2014 war goes on.", "2014"),
        ("In 2014 Russia took it.", "2014"),
        ("In 2014 rebels took it.", "2014"),
        ("After 2014 Russia armed them.", "2014"),
        ("The war of 2014 killed many.", "2014"),
        ("The war of 2000 was over.", "2000"),
        ("It was over by 2000.", "2000"),
        ("It was over by 2000", "2000"),
        ("It was over after 2000, they said.", "2000"),
        ("In 2000 the army came.", "2000"),
    ],
)
def test_years_that_count_nothing(text: str, year: str) -> None:
    """A year stays one before a name, a verb, a sign or the end; a round one before few words."""
    assert read(text) == [(year, year)]


def test_does_not_lean_on_a_coarser_date() -> None:
    """Two days after some month is not a day."""
    assert read("It began in July 2024 and ended two days later.")[1] == ("two days later", None)


def test_left_open_without_a_date_before_it() -> None:
    """Alone, the expression keeps its distance and can be resolved with an anchor."""
    mention = only("The line broke three days later.")
    assert (mention.kind, mention.value, resolve(mention, future=False)) == (DateKind.RELATIVE, None, None)
    assert resolve(mention, future=False, anchor="2025-09-29") == "2025-10-02"


def test_the_clause_after_a_day_after() -> None:
    """A clause behind "a day after" happened a day before the report; nothing is said of the main clause's own date."""
    mention = only("The denial came a day after rebels entered the port.")
    assert (mention.value, mention.point) == (None, "2026-03-15")


def test_since_clause() -> None:
    """In "has grown since the war began in 2022" the year is the beginning of the war and opens the growth."""
    mention = only("Output has grown since the war began in 2022.")
    assert (mention.value, mention.since) == ("2022", "2022/")
    assert only("Since then, nothing; the war began in 2022.").since is None


def test_point_of_since() -> None:
    """In "since October, when X" the month itself is the date of X."""
    assert only("They have fought since October, when the pact failed.").point == "2025-10"


def test_near_days_ignore_the_tense() -> None:
    """A day and month a fortnight or less away are that day, whatever the tense."""
    assert resolve(only("The meeting on March 18 was announced."), future=False) == "2026-03-18"
    assert resolve(only("It was due to begin on 10 March."), future=True) == "2026-03-10"


def test_without_a_publication_date() -> None:
    """Weekdays stay open; a day without a year takes the year of the date before it, else none."""
    assert read("It began on 23 May 2006. On 10 June it ended.", published=None) == [
        ("23 May 2006", "2006-05-23"),
        ("10 June", "2006-06-10"),
    ]
    assert read("It began on Tuesday.", published=None) == [("Tuesday", None)]
    mention = only("It began on 5 November.", published=None)
    assert (mention.yearless, resolve(mention, future=False, anchor="2005")) == ("--11-05", "2005-11-05")


def test_a_stretch_of_the_text() -> None:
    """Only the stretch is read; offsets stay those of the text."""
    text = "It fell on Sunday. It rose on Monday."
    (mention,) = find(text, published=MONDAY, start=19)
    assert (mention.start, mention.end, text[mention.start : mention.end]) == (30, 36, "Monday")


def test_paragraphs_are_not_joined() -> None:
    """An expression does not run over an empty line; it may run over a line break."""
    assert read("It fell on 14\n\nOctober was calm.") == [("October", "2025-10")]
    assert read("It fell on 14\nOctober.") == [("14\nOctober", "2025-10-14")]


def test_impossible_dates() -> None:
    """A day that no calendar has keeps its words and gets no value."""
    assert read("It fell on 30 February 2026.") == [("30 February 2026", None)]
    assert read("It fell on 2026-13-45.") == [("2026-13-45", None)]


def test_every_rule_of_the_data_has_a_function() -> None:
    """No form of the data names a rule that the code lacks, and no rule is without a form."""
    used = {
        pattern.rule.partition(" ")[0]
        for table in grammar().tiers.values()
        for patterns in table.values()
        for _, pattern in patterns
    }
    assert used - {"holiday"} == set(RULES)


@pytest.mark.parametrize(
    "unit",
    [
        "the ",
        "May ",
        "2024 ",
        "1 ",
        "last ",
        "from May ",
        "the eve of a ",
        "1, 2, and ",
        "- ",
        "since a day ",
        "''s",
        "the day before ",
        "in the ",
        "early ",
        "9" * 50,
        "Q1-",
        "14-",
        "between May and ",
        "Sunday, ",
        "for over a year ",
    ],
)
def test_worst_cases_are_linear(unit: str) -> None:
    """Five times as much of anything takes about five times as long; the best of three counts, as others run too."""

    def best(text: str) -> float:
        seconds = []
        for _ in range(3):
            start = time.process_time()
            find(text, published=MONDAY)
            seconds.append(time.process_time() - start)
        return min(seconds)

    text = (unit * 2_000)[:2_000]
    assert best(text * 5) < 10 * best(text) + 0.2


@given(st.text(st.sampled_from("thelastMy14205-nd ,.'’\n\t(é")))
def test_offsets_cut_the_text(text: str) -> None:
    """Any text: mentions are in order, do not overlap, and cut their own words."""
    end = 0
    for mention in find(text, published=MONDAY):
        assert text[mention.start : mention.end] == mention.text
        assert mention.start >= end
        end = mention.end


WORDS = [
    "the",
    "last",
    "May",
    "14",
    "2024",
    "-",
    "and",
    "Sunday",
    ",",
    "a",
    "since",
    "from",
    "to",
    ".",
    "of",
    "day",
    "week",
    "ago",
    "early",
    "next",
    "before",
    "31",
    "February",
    "(",
    "1972",
    ")",
    "first",
    "half",
    "Q1",
    "decades",
    "90",
]


@given(st.lists(st.sampled_from(WORDS)).map(" ".join), st.dates())
def test_never_raises(text: str, published: date) -> None:
    """Any jumble of time words, any publication date: no error."""
    for mention in find(text, published=published):
        resolve(mention, future=True, anchor="9999-12-31")
