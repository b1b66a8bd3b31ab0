"""Tests of cutting a text into paragraphs."""

from __future__ import annotations

from claimkit.paragraphs import Shape, split_paragraphs

WRAPPED = (
    "The army said on Monday that it had taken the\n"
    "town of Lisova after three weeks of fighting\n"
    "along the river road. The mayor denied it and\n"
    "said that the bridge was still held.\n"
    "\n"
    "A spokesman for the ministry, who was in the\n"
    "Capital at the time, gave no further details.\n"
)


def _cut(text: str) -> list[tuple[str, str]]:
    return [(p.shape.value, text[p.start : p.end]) for p in split_paragraphs(text)]


def test_hard_wrapped_lines_are_joined() -> None:
    """Lines broken at a width make one paragraph, also before a capital."""
    first, second = WRAPPED.strip().split("\n\n")
    assert _cut(WRAPPED) == [("text", first), ("text", second)]


def test_one_paragraph_a_line_stays_apart() -> None:
    """Lines that are paragraphs are not joined, however long they are."""
    lines = [
        "The army took the town of Lisova on Monday.",
        "The mayor of Lisova denied it the same day.",
        "Talks go on.",
    ]
    assert _cut("\n".join(lines)) == [("text", line) for line in lines]


def test_line_that_goes_on_in_lower_case_is_joined() -> None:
    """A line broken in its middle goes on, though the text is not wrapped."""
    text = "The army took the town of Lisova, the\nministry said.\nThe mayor denied it.\n"
    assert _cut(text) == [
        ("text", "The army took the town of Lisova, the\nministry said."),
        ("text", "The mayor denied it."),
    ]


def test_carriage_returns_and_odd_line_ends() -> None:
    """CRLF, CR and Unicode line ends cut; offsets count them."""
    text = "One came.\r\n\r\nTwo left.\rThree stayed.\u2028Four fell."
    assert [t for _, t in _cut(text)] == ["One came.", "Two left.", "Three stayed.", "Four fell."]


def test_marks_of_lists_headings_quotes_and_rules() -> None:
    """The marks are not part of the paragraph."""
    text = (
        "# Title\n\n- First held.\n* Second held.\n  3. Third held.\n(4) Fourth held.\n• Fifth held.\n\n"
        "> Quoted line\n> goes on here.\n\n---\n\n| a | b |\n"
    )
    assert _cut(text) == [
        ("heading", "Title"),
        ("list_item", "First held."),
        ("list_item", "Second held."),
        ("list_item", "Third held."),
        ("list_item", "Fourth held."),
        ("list_item", "Fifth held."),
        ("text", "Quoted line"),
        ("text", "goes on here."),
        ("rule", "---"),
        ("table", "| a | b |"),
    ]


def test_mark_inside_a_joined_quote_is_a_break() -> None:
    """The ``>`` of the second line of a quote is no part of its sentence."""
    text = "> The army took the town of Lisova, the\n> ministry said.\n"
    (paragraph,) = split_paragraphs(text)
    assert [text[a:b] for a, b in paragraph.breaks] == ["> "]


def test_signs_that_are_no_list_marks() -> None:
    """Initials, years and minus signs at the start of a line stay."""
    lines = ["A. Roe said so.", "2025 was worse.", "-5 degrees were measured.", "U.S. forces left."]
    assert _cut("\n\n".join(lines)) == [("text", line) for line in lines]


def test_list_items_may_be_wrapped() -> None:
    """A list item goes on in the next line."""
    text = "- The army took the town of Lisova and then\n  moved on along the river road to the north.\n- It left.\n"
    assert [t for _, t in _cut(text)] == [
        "The army took the town of Lisova and then\n  moved on along the river road to the north.",
        "It left.",
    ]


def test_white_space_only() -> None:
    """A text without a letter has no paragraph; shapes are a closed set."""
    assert split_paragraphs(" \n\u200b\ufeff\n\t") == []
    assert {shape.value for shape in Shape} == {"text", "heading", "list_item", "rule", "table"}
