"""Claims annotated in brat, in the form of :mod:`claimkit.export.brat`: pairs of ``NAME.txt`` and ``NAME.ann``.

Only events of our classes become claims; an event without a stance asserts, one without a claimant is the source's, or
the article's own where it has none. Everything else in a file is passed over and named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from claimkit.annotated.annotation import Annotated, Annotation, Offsets, World
from claimkit.errors import InputError, UsageError
from claimkit.export.brat import MODALITY, NOTE, ROLES, STANCE
from claimkit.opening import read_regular
from claimkit.reader import Skipped, read_paths
from claimkit.records import Document, EventType, Modality, Stance
from claimkit.settings import Settings

_WORDS = re.compile(r"(T\d+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t(.*)")
_EVENT = re.compile(r"(E\d+)\t([^\s:]+):(T\d+)((?: [^\s:]+:[^\s:]+)*) ?")
_ATTRIBUTE = re.compile(r"[AM]\d+\t(\S+) (\S+)(?: (\S+))?\s*")
_NAME = re.compile(r"N\d+\t\S+ (T\d+) (\S+:\S+)(?:\t.*)?")
_COMMENT = re.compile(r"#\d+\t(\S+) (\S+)\t(.*)")
_RANGE = re.compile(r"(\d+)-(\d+)")


class _Words(NamedTuple):
    kind: str
    at: Offsets


class _Event(NamedTuple):
    kind: str
    trigger: str
    arguments: tuple[tuple[str, str], ...]


def read(folder: Path, *, settings: Settings, world: World) -> Iterator[Annotated | Skipped]:
    """Read a folder and those below it, in order of the paths.

    Args:
        folder: has the texts and their annotations.
        settings: how texts are read, and where their dates come from.
        world: the parties and places.

    Yields:
        Articles with their claims; and what cannot be used: a text without annotations, or a broken annotation.

    Raises:
        UsageError: the path is no folder, or there is no annotation in it.
    """
    if not folder.is_dir():
        raise UsageError("is no folder", where=str(folder), mend="name the folder with brat's .txt and .ann files")
    texts = sorted(path for path in folder.rglob("*.txt") if not path.name.startswith("."))
    if not any(path.with_suffix(".ann").is_file() for path in texts):
        raise UsageError("has no .ann file beside a .txt", where=str(folder), mend="name the folder that brat works on")
    for document in read_paths(texts, settings=settings):
        if isinstance(document, Skipped):
            yield document
            continue
        path = Path(document.path).with_suffix(".ann")
        try:
            yield _article(document, path=path, world=world)
        except InputError as error:
            yield Skipped(path=str(path), reason=str(error))
        except OSError as error:
            yield Skipped(path=str(path), reason=(error.strerror or "cannot be read").lower())
        except UnicodeDecodeError:
            yield Skipped(path=str(path), reason="is not UTF-8")


def _article(document: Document, *, path: Path, world: World) -> Annotated:
    standoff = _Standoff(document.text)
    # Not `splitlines`: brat ends lines with LF alone.
    for number, line in enumerate(read_regular(path).decode().split("\n"), 1):
        try:
            standoff.take(line.rstrip("\r"), number=number)
        except InputError as error:
            raise InputError(f"line {number}: {error}") from error
    annotations = tuple(standoff.annotations())
    return Annotated(
        document=document,
        claims=world.claims(annotations, document=document),
        passed_over=tuple(f"{path}:{line}" for line in standoff.passed_over),
    )


class _Standoff:
    """What the lines of one file say."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._words: dict[str, _Words] = {}
        self._events: dict[str, tuple[int, _Event]] = {}
        self._attributes: dict[tuple[str, str], str] = {}
        self._names: dict[str, str] = {}
        self._notes: dict[str, str] = {}
        self.passed_over: list[str] = []

    def take(self, line: str, *, number: int) -> None:
        """Take in a line.

        Raises:
            InputError: it is broken, or its words do not stand there in the text.
        """
        kind = line[:1]
        if kind == "T" and (match := _WORDS.fullmatch(line)):
            self._words[match[1]] = _Words(match[2], self._offsets(match[3], text=match[4]))
        elif kind == "E" and (match := _EVENT.fullmatch(line)):
            arguments = tuple((role.rstrip("0123456789"), target) for role, _, target in _pairs(match[4]))
            self._events[match[1]] = (number, _Event(match[2], match[3], arguments))
        elif kind in {"A", "M"} and (match := _ATTRIBUTE.fullmatch(line)):
            self._attributes[match[1], match[2]] = match[3] or ""
        elif kind == "N" and (match := _NAME.fullmatch(line)):
            self._names[match[1]] = match[2]
        elif kind == "#" and (match := _COMMENT.fullmatch(line)):
            self._notes[match[2]] = match[3] if match[1] == NOTE else self._notes.get(match[2], "")
        elif kind in {"R", "*"}:
            self.passed_over.append(f"{number}: relations are not part of a claim")
        elif line.strip():
            raise InputError(f"{line[:40]!r} is no line of brat", mend="mend it in brat")

    def _offsets(self, pieces: str, *, text: str) -> Offsets:
        borders = [tuple(map(int, piece.split(" "))) for piece in pieces.split(";")]
        if " ".join(self._text[start:end] for start, end in borders) != text:
            raise InputError(f"{text[:40]!r} does not stand at {pieces}", mend="keep the .txt as it was exported")
        return min(start for start, _ in borders), max(end for _, end in borders)

    def annotations(self) -> Iterator[Annotation]:
        """Give the claims, in order of the file.

        Raises:
            InputError: an event has no words, or a value that is none of ours.
        """
        for name, (line, event) in self._events.items():
            if event.kind not in set(EventType):
                self.passed_over.append(f"{line}: {event.kind} is no class of event")
                continue
            try:
                yield self._annotation(name, event=event, line=line)
            except (InputError, ValueError) as error:
                raise InputError(f"line {line}: {error}") from error

    def _annotation(self, name: str, *, event: _Event, line: int) -> Annotation:
        note = {key.strip(): unquote(value) for key, _, value in _pairs(self._notes.get(name, ""), by="; ", sign="=")}
        by_role: dict[str, list[str]] = {role: [] for role in ROLES}
        for role, target in event.arguments:
            if role in by_role and target in self._words:
                by_role[role].append(target)
            else:
                self.passed_over.append(f"{line}: {role}:{target} is no argument of a claim")
        sources, cues = by_role["Source"], by_role["Cue"]
        relays = [code or None for code in note.get("relays", "").split(",")]
        relays += [None] * (len(by_role["Relay"]) - len(relays))
        sentence = _RANGE.fullmatch(note.get("sentence", ""))
        return Annotation(
            content=self._at(event.trigger),
            event=EventType(event.kind),
            stance=Stance(self._attributes.get((STANCE, name)) or Stance.ASSERT),
            modality=Modality(self._attributes.get((MODALITY, name)) or Modality.ACTUAL),
            source=self._at(sources[0]) if sources else None,
            cue=self._at(cues[0]) if cues else None,
            sentence=(int(sentence[1]), int(sentence[2])) if sentence else None,
            relays=tuple((self._at(one), who) for one, who in zip(by_role["Relay"], relays, strict=False)),
            places=tuple((self._at(one), self._names.get(one)) for one in by_role["Place"]),
            claimant=note.get("claimant"),
            actor=note.get("actor"),
            date=note.get("date"),
        )

    def _at(self, name: str) -> Offsets:
        if name not in self._words:
            raise InputError(f"there is no {name}", mend="mend it in brat")
        return self._words[name].at


def _pairs(text: str, *, by: str = " ", sign: str = ":") -> Iterator[tuple[str, str, str]]:
    return (part.partition(sign) for part in text.split(by) if sign in part)
