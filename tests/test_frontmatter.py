"""Tests of front matter."""

from __future__ import annotations

import pytest

from claimkit.frontmatter import FrontMatter, read_front_matter

TEXT = "The army left.\n"


def test_fields_are_read_by_their_usual_names() -> None:
    """Dates stay text, lists are joined, unknown keys are passed over."""
    head = (
        "---\ntitle: 'Town falls: a report'\ndate: 2025-12-01\nauthors:\n  - Jane Doe\n  - Ann Roe\n"
        "publisher: Example\nlink: https://example.org/a\ntags: {a: [b]}\n---\n"
    )
    assert read_front_matter(head + TEXT) == FrontMatter(
        end=len(head) - 1,
        fields={
            "title": "Town falls: a report",
            "published": "2025-12-01",
            "byline": "Jane Doe, Ann Roe",
            "outlet": "Example",
            "url": "https://example.org/a",
        },
    )


@pytest.mark.parametrize("text", [TEXT, "---\n\nThe army left.\n\n---\n", "---\nno end: 1\n", "--- a: b\n---\n"])
def test_rules_are_no_front_matter(text: str) -> None:
    """A rule at the start of a text, or one that never closes, opens no front matter."""
    assert read_front_matter(text) is None


@pytest.mark.parametrize(
    "body",
    [
        "a: &x [1]\nb: *x\n",
        "a: !!python/object/apply:os.system ['true']\n",
        "date: 1\ndate: 2\n",
        "a: " + "[" * 5000 + "\n",
        "a: 'open\n",
    ],
)
def test_unsafe_or_broken_yaml_is_refused_with_a_warning(body: str) -> None:
    """Aliases, tags, duplicate keys and depth are not read; the text goes on."""
    found = read_front_matter(f"---\n{body}---\n{TEXT}")
    assert found is not None
    assert found.fields == {}
    assert found.warning is not None
    assert found.warning.startswith("front matter not read: ")


def test_line_ends_of_windows() -> None:
    """They close a front matter as others do; text behind the rule still makes it no end."""
    head = "---\r\ntitle: Town falls\r\n--- no end\r\n"
    assert read_front_matter(head + TEXT) is None
    head = "---\r\ntitle: Town falls\r\n---\r\n"
    assert read_front_matter(head + TEXT) == FrontMatter(end=len(head) - 1, fields={"title": "Town falls"})
