"""Bytes of an article that may open with front matter: the front matter alone, and the whole article by blocks."""

from __future__ import annotations

import msgspec

from claimkit.frontmatter import read_front_matter
from claimkit.reader import read_text

SEEDS = (
    b"---\ntitle: Town falls\ndate: 2025-12-01\nauthors: [Jane Doe, Ann Roe]\n---\nThe army left.\n",
    b'---\ntitle: "a\\ud800\\u202e"\nlink: |\n  x\n  y\n...\nText.\n',
    b"---\r\ndate: &x 1\r\nb: *x\r\n---\r\n",
    "KYIV, Ukraine (AP) — The army left.[1]\n\nBy Jane Doe\n\nPhoto: A. B./Reuters\n".encode(),
)


def one(data: bytes) -> None:
    """Fields are text, the offset is inside, and the blocks cut the text in order."""
    text = data.decode("utf-8", "replace")
    found = read_front_matter(text)
    if found is not None:
        assert 0 < found.end <= len(text)
        msgspec.json.encode(found)
    document = read_text(text)
    msgspec.json.encode(document)
    last = 0
    for block in document.blocks:
        assert last <= block.start < block.end <= len(text)
        last = block.end
