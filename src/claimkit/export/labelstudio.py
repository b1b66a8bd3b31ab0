"""Label Studio: a folder with the labelling interface (``labels.xml``) and the articles as tasks (``tasks.json``).

Claims are predictions, which an annotator takes over and corrects. A content is a region labelled with its event
class, related to its source, cue, relays and places; stance, modality, claimant, actor and date belong to the content's
region, a place's identity to the place's. ``claimkit import --from labelstudio`` reads Label Studio's JSON export back.
Offsets are code points, as Label Studio stores them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from xml.etree import ElementTree

import msgspec

from claimkit.export.material import Material
from claimkit.export.utf16 import line_ends
from claimkit.records import Claim, Document, EventType, Modality, PlaceMention, Relay, Span, Stance

SOURCE, CUE, RELAY, PLACE = "source", "cue", "relay", "place"
LABELS, TEXT = "span", "text"
STANCE, MODALITY = "stance", "modality"
CLAIMANT, ACTOR, DATE, PLACE_ID = "claimant", "actor", "date", "place_id"
SENTENCE = "sentence="
_HINTS = {CLAIMANT: "RUS, UN, NARRATOR ...", ACTOR: "RUS ...", DATE: "2025-11-30, 2025-11, 2024-05/ ..."}
Words = Span | PlaceMention | Relay
Result = dict[str, Any]


def files(material: Material) -> Iterator[tuple[str, bytes]]:
    """Give the files of the folder.

    Raises:
        UsageError: the text of an article is not at hand.
    """
    yield "labels.xml", interface()
    tasks = [task(document, claims=claims) for document, claims in material.articles()]
    yield "tasks.json", msgspec.json.format(msgspec.json.encode(tasks), indent=1) + b"\n"


def interface() -> bytes:
    """Give the labelling interface."""
    view = ElementTree.Element("View")
    relations = ElementTree.SubElement(view, "Relations")
    for kind in (SOURCE, CUE, RELAY, PLACE):
        ElementTree.SubElement(relations, "Relation", value=kind)
    labels = ElementTree.SubElement(view, "Labels", name=LABELS, toName=TEXT)
    for label in (*EventType, SOURCE, CUE, PLACE):
        ElementTree.SubElement(labels, "Label", value=label)
    ElementTree.SubElement(view, "Text", name=TEXT, value="$text", granularity="word")
    content = {"toName": TEXT, "perRegion": "true", "whenTagName": LABELS, "whenLabelValue": ",".join(EventType)}
    whose = {CLAIMANT: {"whenLabelValue": ",".join((*EventType, SOURCE))}}
    closed: dict[str, tuple[str, ...]] = {STANCE: tuple(Stance), MODALITY: tuple(Modality)}
    for name, members in closed.items():
        choices = ElementTree.SubElement(view, "Choices", content | {"name": name, "choice": "single-radio"})
        for value in members:
            ElementTree.SubElement(choices, "Choice", value=value)
    for name, hint in _HINTS.items():
        own = {"name": name, "placeholder": f"{name}: {hint}"} | whose.get(name, {})
        ElementTree.SubElement(view, "TextArea", content | own)
    where = {"name": PLACE_ID, "whenLabelValue": PLACE, "placeholder": "geonames:..., or the place's name"}
    ElementTree.SubElement(view, "TextArea", content | where)
    ElementTree.indent(view)
    return f"{ElementTree.tostring(view, encoding='unicode')}\n".encode()


def task(document: Document, *, claims: Sequence[Claim]) -> dict[str, Any]:
    """Give an article as a task with one prediction."""
    about = {name: getattr(document, name) for name in ("sha256", "published", "outlet", "title", "url")}
    data = {"text": line_ends(document.text), "document": document.path} | about
    results = [result for number, claim in enumerate(claims, 1) for result in _results(claim, number=number)]
    score = sum(claim.confidence for claim in claims) / len(claims) if claims else 0.0
    return {"data": data, "predictions": [{"model_version": "claimkit", "score": round(score, 4), "result": results}]}


def _results(claim: Claim, *, number: int) -> Iterator[Result]:
    own = f"{number}-content"
    sentence = f"{SENTENCE}{claim.sentence.start}-{claim.sentence.end}"
    yield _region(claim.content, label=claim.event.type.value, key=own) | {"meta": {"text": [sentence]}}
    for name, choice in ((STANCE, claim.stance.value), (MODALITY, claim.event.modality.value)):
        yield _of_region(claim.content, key=own, name=name, kind="choices", value={"choices": [choice]})
    for name, text in ((CLAIMANT, claim.claimant.id), (ACTOR, claim.event.actor), (DATE, claim.event.date)):
        if text:
            yield _of_region(claim.content, key=own, name=name, kind="textarea", value={"text": [text]})
    others: list[tuple[str, Words, str | None]] = [
        *([(SOURCE, claim.source, None)] if claim.source else []),
        *([(CUE, claim.cue, None)] if claim.cue else []),
        *((RELAY, relay, relay.claimant) for relay in claim.relay),
        *((PLACE, place, place.id) for place in claim.places),
    ]
    for count, (kind, words, identity) in enumerate(others, 1):
        key = f"{number}-{kind}-{count}"
        yield _region(words, label=SOURCE if kind == RELAY else kind, key=key)
        if identity:
            name = PLACE_ID if kind == PLACE else CLAIMANT
            yield _of_region(words, key=key, name=name, kind="textarea", value={"text": [identity]})
        yield {"type": "relation", "from_id": own, "to_id": key, "direction": "right", "labels": [kind]}


def _region(words: Words, *, label: str, key: str) -> Result:
    return _of_region(words, key=key, name=LABELS, kind="labels", value={"text": words.text, "labels": [label]})


def _of_region(words: Words, *, key: str, name: str, kind: str, value: dict[str, Any]) -> Result:
    where = {"start": words.start, "end": words.end}
    return {"id": key, "from_name": name, "to_name": TEXT, "type": kind, "value": where | value}
