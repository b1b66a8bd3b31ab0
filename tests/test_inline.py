"""Tests of the stretches inside a paragraph that are left out."""

from __future__ import annotations

import pytest

from claimkit.inline import find_skips, merged


def _kept(text: str) -> str:
    skips = find_skips(text, start=0, end=len(text), symbol_run=10)
    kept, at = [], 0
    for start, end in skips:
        kept.append(text[at:start])
        at = end
    return "".join([*kept, text[at:]])


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("The town fell.[12] It burned.[3][4]", "The town fell. It burned."),
        ("The town fell[1, 2] and[3-5] burned.", "The town fell and burned."),
        ("The town fell.\u00b9\u00b2 It burned.", "The town fell. It burned."),
        ("The town fell.[^note]", "The town fell."),
        ("The [army](https://example.org/a_(b)) left.", "The army left."),
        ("The army ![map](https://example.org/map.png) left.", "The army  left."),
        ("The **army** and *navy* and _guards_ left.", "The army and navy and guards left."),
        ("See <https://example.org/a>.", "See ."),
        ("The <b>army</b> left.<br/>", "The army left."),
        ("It left !!!!!!!!!!!! at once", "It left  at once"),
    ],
)
def test_marks_are_left_out_and_words_stay(text: str, kept: str) -> None:
    """Footnotes, link targets, emphasis, tags and runs of signs are no part of a sentence."""
    assert _kept(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "He said [that] the town fell.",
        "The [12] men left.",
        "It cost 10\u00b2 dollars",
        "file_name_one and 2*3*4",
        "a < b and c > d",
        "The treaty [1991] holds.",
        "Really?!... he asked.",
    ],
)
def test_text_is_not_left_out(text: str) -> None:
    """Brackets and stars of running text stay."""
    assert _kept(text) == text


def test_merged_spans_are_sorted_and_apart() -> None:
    """Spans that overlap or touch become one; empty ones go."""
    assert merged([(5, 7), (0, 2), (1, 3), (3, 4), (9, 9)]) == ((0, 4), (5, 7))
