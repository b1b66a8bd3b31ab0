"""Claims to be scored: claimkit's own JSON Lines and JSON, and the gold form, a file of claims for each article.

A claim in the gold form names its sentence (``evidence``) and content by their words, so the article is needed to find
where they stand; white space matches any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from claimkit.errors import InputError
from claimkit.export.filenames import stem
from claimkit.opening import read_regular
from claimkit.reader import Skipped, read_paths
from claimkit.records import UNREADABLE, Claim, EventType, Modality, Run, Stance
from claimkit.scoring import Scored
from claimkit.settings import Settings

BY_ARTICLE = "*.jsonl"


class GoldClaim(msgspec.Struct, frozen=True, kw_only=True):
    """A claim in the gold form; empty is unknown. ``occurrence`` tells equal sentences apart, from 1."""

    evidence: str
    content: str
    claimant: str
    stance: Stance
    event: EventType
    modality: Modality
    places: tuple[str, ...]
    actor: str
    date: str
    source: str = ""
    cue: str = ""
    occurrence: int = 1


class Articles:
    """The texts of a folder of articles, by the names of their files without suffix.

    Args:
        folder: the folder; ``None`` where none was given.
        settings: how texts are read.

    Raises:
        InputError: two articles have one name.
    """

    def __init__(self, folder: Path | None, *, settings: Settings) -> None:
        self._folder = folder
        self._texts: dict[str, Squeezed] = {}
        for document in read_paths([folder], settings=settings) if folder else ():
            if isinstance(document, Skipped):
                raise InputError(document.reason, where=document.path, mend="check the path")
            name = stem(document.path)
            if name in self._texts:
                raise InputError(f"two articles are called {name}", where=document.path, mend="rename one")
            self._texts[name] = Squeezed(document.text)

    def __getitem__(self, name: str) -> Squeezed:
        """Give an article.

        Raises:
            InputError: it is not there.
        """
        if name in self._texts:
            return self._texts[name]
        if self._folder is None:
            raise InputError(f"the article {name} is needed to find what stands where", mend="add --articles DIR")
        raise InputError(f"has no article {name}", where=str(self._folder), mend="name the folder with the articles")


class Squeezed:
    """A text in which any run of white space is one space (``squeezed``), and where its characters stood.

    Args:
        text: the text.
        start: the offset of its first character, in code points.
    """

    def __init__(self, text: str, *, start: int = 0) -> None:
        signs: list[str] = []
        self._at: list[int] = []
        self._text = text
        self._start = start
        for index, sign in enumerate(text):
            if not sign.isspace():
                signs.append(sign)
            elif signs and signs[-1] != " ":
                signs.append(" ")
            else:
                continue
            self._at.append(index)
        self.squeezed = "".join(signs)

    def find(self, words: str, *, occurrence: int = 1) -> tuple[int, int]:
        """Find words; gives where they start and end in the text, in code points.

        Raises:
            ValueError: they do not stand there so often.
        """
        needle = " ".join(words.split())
        at = -1
        for _ in range(occurrence):
            at = self.squeezed.find(needle, at + 1)
            if at < 0 or not needle:
                message = f"not in the article: {words[:60]!r}"
                raise ValueError(message)
        return self.place(at, len(needle))

    def place(self, at: int, size: int) -> tuple[int, int]:
        """Give where a stretch of ``squeezed``, by its offset and length, starts and ends in the text."""
        return self._start + self._at[at], self._start + self._at[at + size - 1] + 1

    def inside(self, start: int, end: int) -> Squeezed:
        """Give a part of the text."""
        return Squeezed(self._text[start - self._start : end - self._start], start=start)


def read_scored(path: Path, *, articles: Articles) -> dict[str, list[Scored]]:
    """Read the claims of a file or of a folder of ``NAME.jsonl`` files, by the names of their articles.

    Args:
        path: the file (``.jsonl``, ``.json``) or folder.
        articles: where the gold form's words stand.

    Raises:
        InputError: something cannot be read, is no claim, or does not stand in its article.
    """
    files = sorted(path.glob(BY_ARTICLE)) if path.is_dir() else [path]
    if not files:
        raise InputError(f"has no {BY_ARTICLE}", where=str(path), mend="name the folder with the claims")
    found: dict[str, list[Scored]] = {}
    sources: dict[str, str] = {}
    for file in files:
        read = _read(file, articles=articles, alone=not path.is_dir())
        for document, claim in read:
            name = stem(document)
            if sources.setdefault(name, document) != document:
                mend = "rename one, so that their claims stay apart"
                raise InputError(f"{document} and {sources[name]} have one name", where=str(file), mend=mend)
            found.setdefault(name, []).extend([claim] if claim else [])
    return found


def _read(path: Path, *, articles: Articles, alone: bool) -> Iterable[tuple[str, Scored | None]]:
    """Give the articles' paths and claims; an article without a claim comes with none."""
    try:
        data = read_regular(path)
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", where=str(path), mend="check the path") from error
    try:
        run = msgspec.json.decode(data, type=Run)
    except UNREADABLE:
        run = None
    if run is not None:
        yield from ((document.path, None) for document in run.documents)
        yield from ((claim.document, Scored.of(claim)) for claim in run.claims)
        return
    lines = [(number, line) for number, line in enumerate(data.split(b"\n"), 1) if line.strip()]
    if not lines and not alone:
        yield path.name, None
    for number, line in lines:
        where = f"{path}:{number}"
        try:
            yield _claim(line, file=path.name, articles=articles)
        except UNREADABLE as error:
            raise InputError(f"is no claim ({error})", where=where, mend="see docs/exports.md for the forms") from error
        except ValueError as error:
            raise InputError(str(error), where=where, mend="give the words as the article has them") from error


def _claim(line: bytes, *, file: str, articles: Articles) -> tuple[str, Scored]:
    keys: Mapping[str, Any] = msgspec.json.decode(line, type=dict[str, msgspec.Raw])
    if "evidence" not in keys:
        claim = msgspec.json.decode(line, type=Claim)
        return claim.document, Scored.of(claim)
    gold = msgspec.json.decode(line, type=GoldClaim)
    article = articles[stem(file)]
    start, end = article.inside(*article.find(gold.evidence, occurrence=gold.occurrence)).find(gold.content)
    return file, Scored(
        start=start, end=end, text=gold.content, claimant=gold.claimant, stance=gold.stance.value,
        event=gold.event.value, modality=gold.modality.value, actor=gold.actor, date=gold.date,
        places=frozenset(name.casefold() for name in gold.places),
    )  # fmt: skip
