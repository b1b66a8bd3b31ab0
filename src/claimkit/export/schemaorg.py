"""schema.org as JSON-LD: each claim a ``Claim`` with who made it, where it appeared and what event it is about.

Never a ``ClaimReview``: claimkit says who claims what, not what is true. ``text`` is the sentence, since the content of
a denial alone would say the opposite of what its claimant says; stance, class and modality are ``keywords``.
"""

from __future__ import annotations

from typing import Any, BinaryIO

import msgspec

from claimkit.export.iri import geonames_address, of_claim, of_path, web_address
from claimkit.export.material import Material
from claimkit.export.rows import days
from claimkit.records import Claim, Document, Party, PartyKind, PlaceMention

CONTEXT = "https://schema.org"
TERMS = "claimkit/1"
_TYPES = {
    PartyKind.STATE: "GovernmentOrganization",
    PartyKind.MEDIA: "NewsMediaOrganization",
    PartyKind.PERSON: "Person",
    PartyKind.NARRATOR: "NewsMediaOrganization",
    PartyKind.UNKNOWN: "Person",
}


def write(material: Material, *, stream: BinaryIO) -> None:
    """Write one graph of all claims."""
    documents = {document.path: document for document in material.documents}
    graph = [_claim(claim, document=documents.get(claim.document)) for claim in material.claims]
    whole = {"@context": CONTEXT, "@graph": graph}
    stream.write(msgspec.json.format(msgspec.json.encode(whole), indent=2) + b"\n")


def _claim(claim: Claim, *, document: Document | None) -> dict[str, Any]:
    article = {
        "@type": "NewsArticle",
        "@id": of_path(claim.document),
        "headline": document and document.title,
        "url": web_address(document.url) if document else None,
        "datePublished": claim.published,
        "publisher": {"@type": "NewsMediaOrganization", "name": claim.outlet} if claim.outlet else None,
    }
    return _known({
        "@type": "Claim",
        "@id": of_claim(claim),
        "text": claim.sentence.text,
        "author": _party(claim.claimant),
        "datePublished": claim.published,
        "appearance": _known(article),
        "keywords": [
            _term("stance", claim.stance.value),
            _term("event", claim.event.type.value),
            _term("modality", claim.event.modality.value),
        ],
        "about": _event(claim),
    })  # fmt: skip


def _event(claim: Claim) -> dict[str, Any]:
    first, last, _ = days(claim.event)
    return _known({
        "@type": "Event",
        "name": claim.content.text,
        "startDate": first,
        "endDate": last,
        "location": [_place(place) for place in claim.places],
    })  # fmt: skip


def _party(party: Party) -> dict[str, Any]:
    return {"@type": _TYPES.get(party.kind, "Organization"), "name": party.name, "identifier": party.id}


def _place(place: PlaceMention) -> dict[str, Any]:
    located = place.lat is not None and place.lon is not None
    return _known({
        "@type": "Place",
        "name": place.name,
        "identifier": place.id,
        "sameAs": geonames_address(place.id),
        "geo": {"@type": "GeoCoordinates", "latitude": place.lat, "longitude": place.lon} if located else None,
    })  # fmt: skip


def _term(scheme: str, code: str) -> dict[str, str]:
    return {"@type": "DefinedTerm", "termCode": code, "inDefinedTermSet": f"{TERMS} {scheme}"}


def _known(properties: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in properties.items() if value not in (None, [])}
