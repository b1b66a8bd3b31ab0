"""Where quotations begin and end."""

from __future__ import annotations

import pytest
import spacy

from claimkit.quotations import quotations


@pytest.mark.parametrize(("text", "expected"), [
    ('He said: "We hold. They left." Then he went.', ["We hold. They left."]),
    ("“We hold. ”They left.", ["We hold."]),
    ("“We “hold” it”", ["We “hold"]),
    ('"One", and "two"', ["One", "two"]),
    ("“We hold the town.\n\nThey left.” He went.", ["We hold the town."]),
    ('"We hold.\n\n"They left," he said.', ['We hold.\n\n"They left,']),
    ('"We hold."\n\n"They left," he said.', ["We hold.", "They left,"]),
    ('"We hold', ["We hold"]),
    ("The army's 'heroes' hold", []),
    ('""', []),
])  # fmt: skip
def test_quotations_run_from_mark_to_mark(text: str, expected: list[str]) -> None:
    """They go over sentences, end at the closing mark or a blank line, and apostrophes open none."""
    doc = spacy.blank("en")(text)
    assert [doc[start:end].text.strip() for start, end in quotations(doc)] == expected
