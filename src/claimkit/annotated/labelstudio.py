"""Claims annotated in Label Studio, with the interface of :mod:`claimkit.export.labelstudio`: its JSON export.

A task counts with its annotation, never with its predictions: those are claimkit's own. Of several annotations the one
marked as ground truth counts, else the last that was not cancelled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from claimkit.annotated.annotation import Annotated, Annotation, Offsets, World
from claimkit.errors import InputError
from claimkit.export.labelstudio import (
    ACTOR,
    CLAIMANT,
    CUE,
    DATE,
    LABELS,
    MODALITY,
    PLACE,
    PLACE_ID,
    RELAY,
    SENTENCE,
    SOURCE,
    STANCE,
)
from claimkit.opening import read_regular
from claimkit.reader import Skipped, read_text
from claimkit.records import UNREADABLE, Document, EventType, Modality, Stance
from claimkit.settings import Settings

_BLANKS = re.compile(r"\s|\\n|\\r")


class _Annotation(msgspec.Struct):
    result: list[dict[str, Any]] = []
    was_cancelled: bool = False
    ground_truth: bool = False


class _Data(msgspec.Struct):
    text: str
    document: str | None = None
    sha256: str | None = None
    published: str | None = None
    outlet: str | None = None
    title: str | None = None
    url: str | None = None


class _Task(msgspec.Struct):
    data: _Data
    id: int | str | None = None
    annotations: list[_Annotation] = []


def read(path: Path, *, settings: Settings, world: World) -> Iterator[Annotated | Skipped]:
    """Read an export, in its order.

    Args:
        path: the JSON file.
        settings: how texts are read.
        world: the parties and places.

    Yields:
        Articles with their claims; and tasks that nobody has annotated, or whose annotation is broken.

    Raises:
        InputError: the file cannot be read, or is no export of Label Studio.
    """
    try:
        tasks = msgspec.json.decode(read_regular(path), type=list[_Task])
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", where=str(path), mend="check the path") from error
    except UNREADABLE as error:
        mend = "export the project as JSON, not JSON-MIN"
        raise InputError(f"is no export of Label Studio ({error})", where=str(path), mend=mend) from error
    for number, task in enumerate(tasks, 1):
        name = f"{path}: task {task.id or number}"
        try:
            yield _article(task, name=name, number=number, settings=settings, world=world)
        except (InputError, ValueError, KeyError, TypeError) as error:
            reason = str(error) if isinstance(error, InputError) else f"its annotation is broken ({error!r})"
            yield Skipped(path=name, reason=reason)


def _article(task: _Task, *, name: str, number: int, settings: Settings, world: World) -> Annotated:
    done = [annotation for annotation in task.annotations if not annotation.was_cancelled]
    if not done:
        raise InputError("nobody has annotated it")
    chosen = next((annotation for annotation in done if annotation.ground_truth), done[-1])
    document = _document(task.data, number=task.id or number, settings=settings)
    marks = _Marks(chosen.result, text=document.text)
    claims = world.claims(tuple(marks.annotations()), document=document)
    several = (f"{name}: {len(done)} annotations, of which one counts",) if len(done) > 1 else ()
    passed_over = (*several, *(f"{name}: {reason}" for reason in marks.passed_over))
    return Annotated(document=document, claims=claims, passed_over=passed_over)


def _document(data: _Data, *, number: int | str, settings: Settings) -> Document:
    document = read_text(
        data.text, path=data.document or f"task-{number}.txt", published=data.published, outlet=data.outlet,
        title=data.title, url=data.url, settings=settings,
    )  # fmt: skip
    return msgspec.structs.replace(document, sha256=data.sha256) if data.sha256 else document


class _Marks:
    """The regions of one annotation, what belongs to each, and how they are related."""

    def __init__(self, results: Sequence[Mapping[str, Any]], *, text: str) -> None:
        self._text = text
        self._labels: dict[str, str] = {}
        self._at: dict[str, Offsets] = {}
        self._values: dict[tuple[str, str], str] = {}
        self._sentences: dict[str, Offsets] = {}
        self._related: dict[str, list[tuple[str, str]]] = {}
        self.passed_over: list[str] = []
        for result in results:
            if result["type"] != "relation":
                self._take(result)
        for result in results:
            if result["type"] == "relation":
                self._relate(result)

    def _take(self, result: Mapping[str, Any]) -> None:
        key, value, name = result.get("id", ""), result.get("value", {}), result.get("from_name")
        if name == LABELS and value.get("labels"):
            self._labels[key] = value["labels"][0]
            self._at[key] = self._offsets(value)
            for note in result.get("meta", {}).get("text", ()):
                if match := re.fullmatch(rf"{SENTENCE}(\d+)-(\d+)", note):
                    self._sentences[key] = (int(match[1]), int(match[2]))
        elif name in {STANCE, MODALITY}:
            self._values[key, name] = value["choices"][0]
        elif name in {CLAIMANT, ACTOR, DATE, PLACE_ID}:
            self._values[key, name] = _first(value["text"]).strip()
        else:
            self.passed_over.append(f"{result['type']} {name or ''} is not part of a claim")

    def _offsets(self, value: Mapping[str, Any]) -> Offsets:
        start, end = int(value["start"]), int(value["end"])
        text = value.get("text")
        if isinstance(text, str) and _BLANKS.sub("", text) != _BLANKS.sub("", self._text[start:end]):
            raise InputError(f"{text[:40]!r} does not stand at {start}-{end}", mend="keep the text as it was exported")
        return start, end

    def _relate(self, result: Mapping[str, Any]) -> None:
        one, other = result["from_id"], result["to_id"]
        if self._labels.get(one) not in set(EventType):
            one, other = other, one
        kinds = [*result.get("labels", ()), self._labels.get(other, "")]
        self._related.setdefault(one, []).append((kinds[0], other))

    def annotations(self) -> Iterator[Annotation]:
        """Give the claims, in order of the regions.

        Raises:
            ValueError: a value is none of ours.
        """
        for key, label in self._labels.items():
            if label in set(EventType):
                yield self._annotation(key, event=EventType(label))
            elif label not in {SOURCE, CUE, PLACE}:
                self.passed_over.append(f"{label} is no class of event")

    def _annotation(self, key: str, *, event: EventType) -> Annotation:
        related = {kind: [other for one, other in self._related.get(key, ()) if one == kind and other in self._at]
                   for kind in (SOURCE, CUE, RELAY, PLACE)}  # fmt: skip
        return Annotation(
            content=self._at[key],
            event=event,
            stance=Stance(self._values.get((key, STANCE), Stance.ASSERT)),
            modality=Modality(self._values.get((key, MODALITY), Modality.ACTUAL)),
            source=self._at[related[SOURCE][0]] if related[SOURCE] else None,
            cue=self._at[related[CUE][0]] if related[CUE] else None,
            sentence=self._sentences.get(key),
            relays=tuple((self._at[one], self._given(one, CLAIMANT)) for one in related[RELAY]),
            places=tuple((self._at[one], self._given(one, PLACE_ID)) for one in related[PLACE]),
            claimant=self._given(key, CLAIMANT),
            actor=self._given(key, ACTOR),
            date=self._given(key, DATE),
        )

    def _given(self, key: str, name: str) -> str | None:
        return self._values.get((key, name)) or None


def _first(text: str | Sequence[str]) -> str:
    return text if isinstance(text, str) else next(iter(text), "")
