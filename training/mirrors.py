"""Real articles where they stand: pages, rows of tables and runs of sentences in copies of public repositories.

An address is ``owner/name:path`` for a page with a head, ``owner/name:table.csv#12`` for the twelfth row of a table,
``owner/name:sentences.txt#3-9`` for lines of a file with a sentence a line, ``owner/name:article.txt#all`` for a page
without a head, ``owner/name:articles.txt#3..9`` for lines of one with many articles, ``owner/name:article.json`` for a
file with a list of sentences, ``owner/name:article.json#1-9`` for the first nine paragraphs of one with a text, and
``owner/name:articles.json#12`` for the article after twelve others in a list. ``/2`` behind rows or lines is the second
part of a long article. A copy is a git directory ``owner+name/repo`` in the folder of mirrors.
"""

from __future__ import annotations

import csv
import html
import json
import re
import subprocess
from functools import cache
from io import StringIO
from pathlib import Path
from typing import NamedTuple

TITLES = ("article_title", "Title", "title", "Headline")
TEXTS = ("article_content", "Content", "articleBody", "text", "Text", "Article_Content", "content")
"""Columns of tables, as the data sets name them."""
RUN_ON = ("Text", "Article_Content", "content")
"""Columns of tables in which the paragraphs of articles are joined, with a space between or without."""
PART = (330, 470)
"""Words from which a part of a long article is full, and that it has at most unless one paragraph has more."""
LONG, SHORT = 90, 45
"""Words from which a paragraph is cut where sentences end, and that a piece has at least."""
ORIGINAL, POSITION = "content_original", "position_in_article"
"""Fields of articles in JSON: the text as it was published, the number of a sentence."""
WHOLE = "all"
"""What stands for all lines of a page."""
TOGETHER = 2
"""How many sentences of a run make a paragraph."""
_TITLE = re.compile(r"^(?:post_)?title: *(?:>-?\n)?(.*(?:\n    .*)*)", re.IGNORECASE | re.MULTILINE)
_TAG = re.compile(r"<[^>]+>")
_BREAK = re.compile(r"</p>|<br\s*/?>|</h\d>|</div>")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKER = re.compile(r"\[ad_\d\]|(?s:<script.*?</script>)")
_GLUED = re.compile(r"(?<=[a-z]{3}[.!?])([\"”’]*)(?=[\"“‘]?[A-Z])")
_STOP = re.compile(r"(?<=[a-z]{4}[.!?])([\"”’]*) (?=[\"“‘]?[A-Z])")
"""Where a sentence ends and the next begins: without a space, as where paragraphs were joined, and with one."""
_BEFORE = re.compile(r" (?=[,.;:!?%)\]]|'s\b|n't\b|'re\b|'ve\b|'ll\b)")
_AFTER = re.compile(r"(?<=[$(\[]) ")


class Page(NamedTuple):
    """An article: its title, empty where none is told, and its paragraphs with an empty line between."""

    title: str
    text: str


def find(mirrors: Path, address: str) -> Page | None:
    """Give the article at an address; None where there is no copy of it.

    Raises:
        ValueError: an address names rows or lines that the file has not got.
    """
    place, _, which = address.removeprefix("github:").partition("#")
    name, _, path = place.partition(":")
    content = _content(mirrors / name.replace("/", "+") / "repo", path)
    if content is None:
        return None
    which, _, part = which.partition("/")
    if part:
        whole = find(mirrors, address.rpartition("/")[0])
        return Page(whole.title, _part(whole.text, int(part))) if whole else None
    if path.endswith((".csv", ".tab")):
        return _row(_table(content, "\t" if path.endswith(".tab") else ","), int(which))
    if path.endswith(".json"):
        return _list(content, which)
    if which == WHOLE:
        return Page("", paragraphs(content))
    if ".." in which:
        return Page("", run_on("\n".join(_lines(content, which, ".."))))
    return _run(content, which) if which else Page(title_of(content), text_of(content))


@cache
def _content(folder: Path, path: str) -> str | None:
    if not folder.is_dir():
        return None
    done = subprocess.run(["git", "-C", str(folder), "show", f"HEAD:{path}"], capture_output=True, check=False)
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None


def paragraphs(text: str) -> str:
    """Give a text with single spaces, its paragraphs parted by an empty line."""
    return "\n\n".join(" ".join(part.split()) for part in re.split(r"\n\s*\n", text) if part.split())


def run_on(text: str) -> str:
    """Give a text whose paragraphs were joined as paragraphs: cut where a stop meets a capital, and where too long."""
    out: list[str] = []
    for paragraph in paragraphs(_GLUED.sub(r"\1\n\n", text)).split("\n\n"):
        pieces = _STOP.sub(r"\1\n", paragraph).split("\n") if len(paragraph.split()) > LONG else [paragraph]
        joined = pieces[0]
        for piece in pieces[1:]:
            if len(joined.split()) < SHORT:
                joined += f" {piece}"
            else:
                out.append(joined)
                joined = piece
        out.append(joined)
    return "\n\n".join(out)


def parts(text: str) -> list[str]:
    """Cut a text into parts of whole paragraphs, of ``PART`` words."""
    out: list[list[str]] = [[]]
    words = 0
    for paragraph in text.split("\n\n"):
        size = len(paragraph.split())
        if out[-1] and (words >= PART[0] or words + size > PART[1]):
            out.append([])
            words = 0
        out[-1].append(paragraph)
        words += size
    return ["\n\n".join(part) for part in out]


def _part(text: str, number: int) -> str:
    found = parts(text)
    if not 0 < number <= len(found):
        raise ValueError(f"the article has {len(found)} parts, no part {number}")
    return found[number - 1]


def text_of(page: str) -> str:
    """Give the text of a page: without its head, markup and links."""
    opening = re.match(r"(?s)---\n.*?\n--- ?\n", page)
    body = page[opening.end() :] if opening else page.partition("\n\n")[2]
    body = html.unescape(_TAG.sub("", _BREAK.sub("\n\n", _MARKER.sub("", body))))
    body = body.replace("\u00c2\u00a0", " ").replace("\u00c2 ", " ").replace("\u00a0", " ").replace("\u00c2", "")
    return paragraphs(_LINK.sub(r"\1", body))


def title_of(page: str) -> str:
    """Give the title that the head of a page names; empty where it names none."""
    found = _TITLE.search(page)
    return " ".join(found[1].split()).strip("'\" ") if found else ""


@cache
def _table(content: str, delimiter: str) -> tuple[dict[str, str], ...]:
    csv.field_size_limit(10**9)
    return tuple(csv.DictReader(StringIO(content), delimiter=delimiter))


def _row(table: tuple[dict[str, str], ...], number: int) -> Page:
    if not 0 < number <= len(table):
        raise ValueError(f"the table has {len(table)} rows, no row {number}")
    row = table[number - 1]
    title, column = (next((name for name in names if name in row), "") for names in (TITLES, TEXTS))
    whole = (run_on if column in RUN_ON else paragraphs)(row.get(column, ""))
    return Page(" ".join(row.get(title, "").split()), whole)


def _list(content: str, which: str) -> Page:
    article = json.loads(content)
    if isinstance(article, list):
        if not int(which) < len(article):
            raise ValueError(f"the list has {len(article)} articles, none after {which}")
        return Page("", paragraphs(article[int(which)]["content"]))
    if ORIGINAL in article:
        text = paragraphs(article[ORIGINAL])
        low, high = map(int, which.split("-")) if which else (1, len(text))
        return Page(" ".join(article["title"].split()), "\n\n".join(text.split("\n\n")[low - 1 : high]))
    first, *others = (row["content"].strip() for row in sorted(article["sentences"], key=lambda r: r[POSITION]))
    return Page(first, "\n\n".join(sentence for sentence in others if sentence))


def _run(content: str, which: str) -> Page:
    lines = _lines(content, which, "-")
    return Page("", "\n\n".join(joined(" ".join(lines[i : i + TOGETHER])) for i in range(0, len(lines), TOGETHER)))


def _lines(content: str, which: str, between: str) -> list[str]:
    low, high = map(int, which.split(between))
    lines = content.split("\n")[low - 1 : high]
    if len(lines) != high - low + 1:
        raise ValueError(f"no lines {which}")
    return lines


def joined(tokens: str) -> str:
    """Give tokens with spaces between as running text: no space before a stop, quotation marks at their words."""
    text = re.sub(" ' ", "' ", _AFTER.sub("", _BEFORE.sub("", tokens)))
    out, opens = "", True
    for token in text.split(" "):
        if token == '"':
            out += ' "' if opens else '"'
            opens = not opens
        else:
            out += token if out.endswith(' "') and not opens else f" {token}"
    return out.strip()
