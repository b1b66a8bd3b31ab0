"""The blocks of an article: head, title, headings, body, list items, captions, furniture, in order of the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from claimkit.frontmatter import read_front_matter
from claimkit.furniture import Mark, copyright_outlet, credit_span, mark_line
from claimkit.header import Head, read_dateline, read_head
from claimkit.inline import find_skips, merged
from claimkit.paragraphs import Paragraph, Shape, ends_sentence, split_paragraphs
from claimkit.records import Block, BlockKind, Record
from claimkit.settings import Settings

QUOTES: Final = "\"'”’»"
SENTENCE_ENDS: Final = (". ", "! ", "? ", ".\n", "!\n", "?\n")


class Layout(Record, frozen=True, kw_only=True):
    """An article taken apart: its blocks, and what its head, dateline and copyright line say."""

    blocks: tuple[Block, ...]
    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: date | None = None
    warnings: tuple[str, ...] = ()


def lay_out(text: str, *, settings: Settings) -> Layout:
    """Take an article apart.

    Args:
        text: the article as decoded; it is not changed.
        settings: the numbers that tell title, heading, menu and paragraph apart.

    Returns:
        Blocks that do not overlap, in order, without white space at their ends, and the head's fields.
    """
    front = read_front_matter(text)
    start = front.end if front else 0
    paragraphs = split_paragraphs(text, start=start, wrapped_share=settings.wrapped_share)
    marks = _marks(text, paragraphs, settings=settings)
    head = read_head(
        text,
        paragraphs=paragraphs,
        marks=marks,
        fields=front.fields if front else {},
        max_lines=settings.header_lines,
        max_sentences=settings.header_paragraphs,
        max_title=settings.title_characters,
    )
    blocks: list[Block] = []
    if front:
        blocks.append(_trimmed(text, 0, front.end))
    outlet, published = head.outlet, head.published
    first_body = True
    for i, paragraph in enumerate(paragraphs):
        kind = _kind(text, i, paragraphs=paragraphs, marks=marks, head=head, settings=settings)
        begin, end = paragraph.start, paragraph.end
        dateline = read_dateline(text, start=begin, end=end) if kind is BlockKind.BODY else None
        if dateline is not None and (first_body or dateline.outlet):
            blocks.append(_trimmed(text, begin, dateline.end))
            begin = dateline.end
            outlet, published = outlet or dateline.outlet, published or dateline.published
        first_body = first_body and kind is not BlockKind.BODY
        blocks += _cut(text, begin, end, kind=kind, breaks=paragraph.breaks, settings=settings)
    if outlet is None:
        lines = (text[paragraphs[i].start : paragraphs[i].end] for i, m in marks.items() if m is Mark.COPYRIGHT)
        outlet = next((name for line in lines if (name := copyright_outlet(line))), None)
    warnings = (*((front.warning,) if front and front.warning else ()), *head.warnings)
    return Layout(
        blocks=tuple(blocks),
        title=head.title,
        byline=head.byline,
        outlet=outlet,
        url=head.url,
        published=published,
        warnings=warnings,
    )


def _trimmed(text: str, start: int, end: int) -> Block:
    return Block(start=start, end=start + len(text[start:end].rstrip()), kind=BlockKind.HEADER)


def _marks(text: str, paragraphs: Sequence[Paragraph], *, settings: Settings) -> dict[int, Mark]:
    marks: dict[int, Mark] = {}
    section = related = marked = False
    for i, paragraph in enumerate(paragraphs):
        content = text[paragraph.start : min(paragraph.end, paragraph.start + 500)]
        sentence = ends_sentence(content) and paragraph.end - paragraph.start > settings.menu_characters
        if paragraph.shape is Shape.HEADING or (section and not marked and sentence):
            section = related = False
        if sentence:
            related = False
        mark = Mark.FURNITURE if paragraph.shape in (Shape.RULE, Shape.TABLE) else mark_line(content)
        if mark is Mark.SECTION:
            section, marked = True, paragraph.shape is Shape.HEADING
        elif mark is Mark.RELATED:
            related = True
        elif section or (related and len(content) <= settings.title_characters):
            mark = mark or Mark.FURNITURE
        if mark is not None:
            marks[i] = mark
    for i in _menus(text, paragraphs, settings=settings):
        marks.setdefault(i, Mark.FURNITURE)
    return marks


def _menus(text: str, paragraphs: Sequence[Paragraph], *, settings: Settings) -> list[int]:
    """Find runs of short lines without a sentence: menus, tags, lists of links."""
    found: list[int] = []
    row: list[int] = []
    for i, paragraph in enumerate(paragraphs):
        content = text[paragraph.start : min(paragraph.end, paragraph.start + settings.menu_characters + 1)]
        if (
            paragraph.shape is Shape.TEXT
            and len(content) <= settings.menu_characters
            and not ends_sentence(content)
            and not any(c.isdigit() for c in content)
        ):
            row.append(i)
            continue
        found += row if len(row) >= settings.menu_lines else []
        row = []
    return found + (row if len(row) >= settings.menu_lines else [])


def _kind(
    text: str,
    i: int,
    *,
    paragraphs: Sequence[Paragraph],
    marks: Mapping[int, Mark],
    head: Head,
    settings: Settings,
) -> BlockKind:
    paragraph = paragraphs[i]
    content = text[paragraph.start : paragraph.end]
    if i in head.lines:
        return BlockKind.HEADER
    if i == head.title_at:
        return BlockKind.TITLE
    if i in marks:
        return BlockKind.FURNITURE
    if credit_span(content) is not None:
        return BlockKind.CAPTION
    if paragraph.shape is Shape.HEADING:
        return BlockKind.HEADING
    if paragraph.shape is Shape.LIST_ITEM:
        return BlockKind.LIST_ITEM
    short = len(content) <= settings.heading_characters and "\n" not in content
    open_end = content.endswith("?") or not ends_sentence(content) and not content.rstrip(QUOTES).endswith(",")
    if short and open_end and not content[0].islower():
        return BlockKind.HEADING
    return BlockKind.BODY


def _cut(
    text: str,
    start: int,
    end: int,
    *,
    kind: BlockKind,
    breaks: tuple[tuple[int, int], ...],
    settings: Settings,
) -> list[Block]:
    """Make blocks of a paragraph; one that is too long is cut behind a sentence, else behind a word."""
    blocks: list[Block] = []
    skips: tuple[tuple[int, int], ...] = ()
    if kind is not BlockKind.FURNITURE:
        inner = find_skips(text, start=start, end=end, symbol_run=settings.symbol_run)
        credit = credit_span(text[start:end]) if kind is BlockKind.CAPTION else None
        caption = ((start + credit[0], start + credit[1]),) if credit else ()
        skips = merged([*inner, *breaks, *caption])
    at = 0
    while start < end:
        stop = _stop(text, start, end, most=settings.max_block)
        inside: list[tuple[int, int]] = []
        while at < len(skips) and skips[at][0] < stop:
            inside.append((max(skips[at][0], start), min(skips[at][1], stop)))
            if skips[at][1] > stop:
                break
            at += 1
        trimmed = start + len(text[start:stop].rstrip())
        if trimmed > start:
            within = ((first, min(last, trimmed)) for first, last in inside)
            blocks.append(Block(start=start, end=trimmed, kind=kind, skips=tuple(s for s in within if s[0] < s[1])))
        start = stop
        while start < end and text[start].isspace():
            start += 1
    return blocks


def _stop(text: str, start: int, end: int, *, most: int) -> int:
    if end - start <= most:
        return end
    limit = start + most
    sentence = max(text.rfind(mark, start + most // 2, limit) for mark in SENTENCE_ENDS)
    if sentence >= 0:
        return sentence + 2
    space = text.rfind(" ", start + most // 2, limit)
    return space + 1 if space >= 0 else limit
