"""Tests of the blocks of whole articles."""

from __future__ import annotations

from claimkit.blocks import lay_out
from claimkit.records import Block, BlockKind
from claimkit.settings import Settings

BODY = (
    "The army said on Monday that it had taken the town of Lisova after three weeks of fighting along the river road."
)


def _blocks(text: str, *, settings: Settings | None = None) -> list[tuple[str, str]]:
    layout = lay_out(text, settings=settings or Settings())
    return [(block.kind.value, text[block.start : block.end]) for block in layout.blocks]


def test_a_bulletin() -> None:
    """Headings, numbered lists, footnotes, credits and the furniture at the end are told apart."""
    text = f"""December 1, 2025

River Institute: army claims Lisova

{BODY}[1] The mayor denied it.[2]

Soldiers rest near the river. [File: Ann Roe/AP]

Key findings

  1. The army took the town of Lisova.
  2. The brigade left the bridge.
Share the Post:

Related articles
Three brigades leave the river
How the road was lost

The mayor told reporters that the bridge was still held by his men.

---
—With assistance from Ann Roe.
© 2025 Reuters. All rights reserved.

Comments
"""
    assert _blocks(text) == [
        ("header", "December 1, 2025"),
        ("title", "River Institute: army claims Lisova"),
        ("body", f"{BODY}[1] The mayor denied it.[2]"),
        ("caption", "Soldiers rest near the river. [File: Ann Roe/AP]"),
        ("heading", "Key findings"),
        ("list_item", "The army took the town of Lisova."),
        ("list_item", "The brigade left the bridge."),
        ("furniture", "Share the Post:"),
        ("furniture", "Related articles"),
        ("furniture", "Three brigades leave the river"),
        ("furniture", "How the road was lost"),
        ("body", "The mayor told reporters that the bridge was still held by his men."),
        ("furniture", "---"),
        ("furniture", "—With assistance from Ann Roe."),
        ("furniture", "© 2025 Reuters. All rights reserved."),
        ("furniture", "Comments"),
    ]
    assert lay_out(text, settings=Settings()).outlet == "Reuters"


def test_skips_of_a_block_lie_inside_it() -> None:
    """Footnote marks and credits are skipped where they stand."""
    text = f"{BODY}[1]\n\nSoldiers rest near the river. [File: Ann Roe/AP]\n"
    assert [[text[a:b] for a, b in block.skips] for block in lay_out(text, settings=Settings()).blocks] == [
        ["[1]"],
        ["[File: Ann Roe/AP]"],
    ]


def test_an_exported_page() -> None:
    """Sections of metadata and links around an article in Markdown are furniture, its title and date are found."""
    text = f"""# example.org

## Metadata

- **URL**: https://example.org/a
- **HTTP Status**: 200

## Content

Army claims river town
1 December 2025
{BODY}
World
Business
Sports
Opinion

## Links

- [Home](https://example.org/)
- https://example.org/b
"""
    layout = lay_out(text, settings=Settings())
    assert (layout.title, layout.url, str(layout.published)) == (
        "Army claims river town",
        "https://example.org/a",
        "2025-12-01",
    )
    kept = [shown for kind, shown in _blocks(text) if kind not in ("furniture", "header")]
    assert kept == ["example.org", "Content", "Army claims river town", BODY]


def test_menu_needs_its_length() -> None:
    """A few headings in a row are no menu; a list of losses with numbers is none."""
    text = f"{BODY}\n\nThe north\nThe river\nThe road\n\n{BODY}\nTanks: 3\nTrucks: 4\nGuns: 5\nBoats: 6\n"
    assert "furniture" not in [kind for kind, _ in _blocks(text)]


def test_headings_and_short_sentences() -> None:
    """A heading has no end of a sentence; a short sentence, an introduction and an open quote are body."""
    lines = ["Who are the guards?", "The road north", "The town fell.", "The mayor said:", "“The town fell,”"]
    kinds = [kind for kind, _ in _blocks("\n\n".join([BODY, *lines, BODY]))]
    assert kinds == ["body", "heading", "heading", "body", "body", "body", "body"]


def test_long_paragraphs_are_cut_at_sentences_then_words() -> None:
    """No block is longer than the setting; cuts fall behind a sentence, else behind a word, else anywhere."""
    settings = Settings(max_block=100)
    text = "The army left the town. " * 20
    assert {shown[-1] for _, shown in _blocks(text, settings=settings)} == {"."}
    words = "river " * 100
    assert {shown.split()[-1] for _, shown in _blocks(words, settings=settings)} == {"river"}
    assert [len(shown) for _, shown in _blocks("x" * 250, settings=settings)] == [100, 100, 50]


def test_long_runs_of_signs_are_skipped() -> None:
    """A run of signs goes to no sentence, and its block still cuts the text."""
    text = "The army left. " + "(" * 500 + " The mayor stayed."
    (block,) = lay_out(text, settings=Settings()).blocks
    assert block == Block(start=0, end=len(text), kind=BlockKind.BODY, skips=((15, 515),))


def test_front_matter_is_head() -> None:
    """Front matter is a block of the head, and its fields are the document's."""
    head = "---\ntitle: Town falls\ndate: 2025-12-01T10:00:00Z\nauthor: Jane Doe\nsource: the guardian\n---"
    text = f"{head}\n\n{BODY}\n"
    layout = lay_out(text, settings=Settings())
    assert (layout.title, str(layout.published), layout.byline, layout.outlet) == (
        "Town falls",
        "2025-12-01",
        "Jane Doe",
        "The Guardian",
    )
    assert _blocks(text) == [("header", head), ("body", BODY)]
