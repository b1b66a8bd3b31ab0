"""W3C Web Annotation Data Model (2017): each claim an annotation of the words of its content.

The words are selected twice, by quotation and by position; both count in code points, as the model asks. Positions are
those of the article's text as it was read, so the target is the article's file, not a page that it may come from.
"""

from __future__ import annotations

from typing import Any, BinaryIO

import msgspec

from claimkit.export.iri import geonames_address, of_claim, of_path
from claimkit.export.material import Material
from claimkit.records import Claim

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32
"""Code points of the sentence that a quotation keeps before and after."""


def write(material: Material, *, stream: BinaryIO) -> None:
    """Write one page of annotations, each on a line."""
    head = {"@context": CONTEXT, "id": "claims", "type": "AnnotationPage", "startIndex": 0, "items": []}
    stream.write(msgspec.json.encode(head).removesuffix(b"]}"))
    before = b"\n"
    for claim in material.claims:
        stream.write(before + msgspec.json.encode(annotation(claim)))
        before = b",\n"
    stream.write(b"\n]}\n")


def annotation(claim: Claim) -> dict[str, Any]:
    """Give a claim as an annotation."""
    content, sentence = claim.content, claim.sentence
    start, end = content.start - sentence.start, content.end - sentence.start
    tags = {
        "claimant": claim.claimant.id,
        "stance": claim.stance.value,
        "event": claim.event.type.value,
        "modality": claim.event.modality.value,
        "actor": claim.event.actor,
        "date": claim.event.date,
    }
    bodies: list[dict[str, Any]] = [
        {"type": "TextualBody", "purpose": "tagging", "value": f"{name}:{value}"}
        for name, value in tags.items()
        if value
    ]
    addresses = (geonames_address(place.id) for place in claim.places)
    bodies += [
        {"type": "SpecificResource", "purpose": "identifying", "source": address} for address in addresses if address
    ]
    selectors = [
        {
            "type": "TextQuoteSelector",
            "exact": content.text,
            "prefix": sentence.text[max(0, start - AROUND) : max(0, start)],
            "suffix": sentence.text[end : end + AROUND],
        },
        {"type": "TextPositionSelector", "start": content.start, "end": content.end},
    ]
    return {
        "id": of_claim(claim),
        "type": "Annotation",
        "motivation": "classifying",
        "body": bodies,
        "target": {"source": of_path(claim.document), "selector": selectors},
    }
