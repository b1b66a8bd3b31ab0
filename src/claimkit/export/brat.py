"""brat standoff: a folder with the articles, their claims as events, and the configuration that brat needs.

The content is the trigger of an event named by its class; source, cue, relays and places are its arguments, stance and
modality its attributes. Claimant, actor, date, relays' claimants and the sentence stand in the event's note as
``name=value``; a place's identity is its normalisation. ``claimkit import --from brat`` reads it back. Offsets are code
points, as brat counts; words that reach over a line end are in pieces, since brat's lines may not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from claimkit.export.filenames import FileNames, stem
from claimkit.export.material import Material
from claimkit.records import Claim, EventType, Modality, PlaceMention, Relay, Span, Stance

SOURCE, CUE, PLACE = "Source", "Cue", "Place"
STANCE, MODALITY = "Stance", "Modality"
ROLES = {"Source": SOURCE, "Cue": CUE, "Relay": SOURCE, "Place": PLACE}
"""What an argument of an event is called -> the type of its words."""
NOTE = "AnnotatorNotes"
SAFE_IN_NOTE = " :/,.+-_()"

_LINE = re.compile(r"[^\t\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_COLORS = {SOURCE: "#cfe8ff", CUE: "#ffe3a6", PLACE: "#d6f5c9"}
Words = Span | PlaceMention | Relay


def files(material: Material) -> Iterator[tuple[str, bytes]]:
    """Give the files of the folder: an article's ``.txt`` and ``.ann``, and brat's configuration.

    Raises:
        UsageError: the text of an article is not at hand.
    """
    yield "annotation.conf", _annotation_conf().encode()
    yield "visual.conf", _visual_conf().encode()
    names = FileNames()
    for document, claims in material.articles():
        name = names.give(stem(document.path))
        yield f"{name}.txt", document.text.encode()
        yield f"{name}.ann", "".join(f"{line}\n" for line in lines(claims)).encode()


def lines(claims: Sequence[Claim]) -> Iterator[str]:
    """Give the lines of one article's annotation file."""
    standoff = _Standoff()
    for number, claim in enumerate(claims, 1):
        standoff.add(claim, number=number)
    yield from standoff.words
    yield from standoff.claims


class _Standoff:
    """The lines of one article: equal words of one type are annotated once, and shared by the claims."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.claims: list[str] = []
        self._known: dict[tuple[str, int, int], str] = {}
        self._named: set[str] = set()
        self._attributes = 0

    def add(self, claim: Claim, *, number: int) -> None:
        """Annotate a claim."""
        trigger = self._of(claim.content, kind=claim.event.type.value)
        arguments: list[tuple[str, Words]] = [
            *([("Source", claim.source)] if claim.source else []),
            *([("Cue", claim.cue)] if claim.cue else []),
            *(("Relay", relay) for relay in claim.relay),
            *(("Place", place) for place in claim.places if place.start < place.end),
        ]
        given: list[str] = []
        for role, words in arguments:
            count = sum(part.partition(":")[0].rstrip("0123456789") == role for part in given) + 1
            given.append(f"{role}{count if count > 1 else ''}:{self._of(words, kind=ROLES[role])}")
        event = f"E{number}"
        self.claims.append(f"{event}\t{' '.join([f'{claim.event.type.value}:{trigger}', *given])}")
        for name, value in ((STANCE, claim.stance.value), (MODALITY, claim.event.modality.value)):
            self._attributes += 1
            self.claims.append(f"A{self._attributes}\t{name} {event} {value}")
        self.claims.append(f"#{number}\t{NOTE} {event}\t{_note(claim)}")
        for place in claim.places:
            self._name(place)

    def _of(self, words: Words, *, kind: str) -> str:
        key = (kind, words.start, words.end)
        if key not in self._known:
            self._known[key] = f"T{len(self._known) + 1}"
            pieces = [(piece.start(), piece.end()) for piece in _LINE.finditer(words.text)]
            offsets = ";".join(f"{words.start + start} {words.start + end}" for start, end in pieces)
            text = " ".join(words.text[start:end] for start, end in pieces)
            self.words.append(f"{self._known[key]}\t{kind} {offsets}\t{text}")
        return self._known[key]

    def _name(self, place: PlaceMention) -> None:
        if place.id is None or place.start >= place.end:
            return
        words = self._of(place, kind=PLACE)
        if words not in self._named:
            self._named.add(words)
            self.words.append(f"N{len(self._named)}\tReference {words} {place.id}\t{' '.join(place.name.split())}")


def _note(claim: Claim) -> str:
    values = {
        "claimant": claim.claimant.id,
        "actor": claim.event.actor or "",
        "date": claim.event.date or "",
        "relays": ",".join(relay.claimant for relay in claim.relay),
        "sentence": f"{claim.sentence.start}-{claim.sentence.end}",
    }
    return "; ".join(f"{name}={quote(value, safe=SAFE_IN_NOTE)}" for name, value in values.items() if value)


def _annotation_conf() -> str:
    roles = f"Source?:{SOURCE}, Cue?:{CUE}, Relay*:{SOURCE}, Place*:{PLACE}"
    overlap = "<OVERLAP>\tArg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>"
    sections = {
        "entities": [SOURCE, CUE, PLACE],
        "relations": [overlap],
        "events": [f"{event.value}\t{roles}" for event in EventType],
        "attributes": [
            f"{STANCE}\tArg:<EVENT>, Value:{'|'.join(Stance)}",
            f"{MODALITY}\tArg:<EVENT>, Value:{'|'.join(Modality)}",
        ],
    }
    return "\n".join(f"[{name}]\n" + "".join(f"{line}\n" for line in body) for name, body in sections.items())


def _visual_conf() -> str:
    drawing = [f"{name}\tbgColor:{color}" for name, color in _COLORS.items()]
    return "[labels]\n\n[drawing]\n" + "".join(f"{line}\n" for line in ("SPAN_DEFAULT\tfgColor:black", *drawing))
