"""A folder of Markdown for Obsidian: a note for each claim, article, place and party, tied by links.

The properties of a note (YAML) are what Obsidian's tables and Dataview can sort and filter by. Nothing that an article
says becomes markup, a link, a tag or a property; names of files are made safe and never lead out of the folder.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from claimkit.export.filenames import FileNames, stem
from claimkit.export.markdown import STANCE_WORDS, plain_text
from claimkit.export.material import Material
from claimkit.export.rows import day
from claimkit.records import Claim, Document, PlaceMention, Stance
from claimkit.terminal import visible

CLAIMS, ARTICLES, PLACES, PARTIES = "claims", "articles", "places", "parties"
START = "Claims.md"
NO_DATE = "no date"


def files(material: Material) -> Iterator[tuple[str, bytes]]:
    """Give the notes: names relative to the folder, and contents."""
    vault = _Vault(material)
    yield START, _start(vault).encode()
    for number, claim in enumerate(material.claims):
        yield f"{vault.claims[number]}.md", _claim(claim, vault=vault).encode()
    for path, note in vault.articles.items():
        yield f"{note}.md", _article(path, own=vault.in_article.get(path, []), vault=vault).encode()
    for key, note in vault.places.items():
        yield f"{note}.md", _place(key, vault=vault).encode()
    for key, note in vault.parties.items():
        yield f"{note}.md", _party(key, vault=vault).encode()


class _Vault:
    """What every note knows: the claims, and the notes' names without ``.md``."""

    def __init__(self, material: Material) -> None:
        self.all = material.claims
        self.documents = {document.path: document for document in material.documents}
        paths = dict.fromkeys([*self.documents, *(claim.document for claim in self.all)])
        self.places_known = {_place_key(place): place for claim in self.all for place in claim.places}
        self.parties_known = {_party_key(claim): claim.claimant for claim in self.all}
        claims, articles, places, parties = FileNames(), FileNames(), FileNames(), FileNames()
        self.claims = [f"{CLAIMS}/{claims.give(claim.id)}" for claim in self.all]
        self.articles = {path: f"{ARTICLES}/{articles.give(stem(path))}" for path in paths}
        self.places = {key: f"{PLACES}/{places.give(place.name)}" for key, place in self.places_known.items()}
        self.parties = {key: f"{PARTIES}/{parties.give(party.name)}" for key, party in self.parties_known.items()}
        self.in_article = _grouped((claim.document, number) for number, claim in enumerate(self.all))
        self.at_place = _grouped((_place_key(place), n) for n, claim in enumerate(self.all) for place in claim.places)
        self.of_party = _grouped((_party_key(claim), number) for number, claim in enumerate(self.all))


def _grouped(pairs: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    groups: dict[str, list[int]] = {}
    for key, number in dict.fromkeys(pairs):
        groups.setdefault(key, []).append(number)
    return groups


def _place_key(place: PlaceMention) -> str:
    return place.id or place.name


def _party_key(claim: Claim) -> str:
    return f"{claim.claimant.id} {claim.claimant.name}"


def _start(vault: _Vault) -> str:
    counts = [
        f"{len(vault.all)} claims in {len(vault.articles)} articles, about {len(vault.places)} places.",
        "A claim says what a source says, not what is true.",
    ]
    groups = ((ARTICLES, vault.articles), (PLACES, vault.places), (PARTIES, vault.parties))
    body = [
        line
        for title, notes in groups
        for line in ("", f"## {title.capitalize()}", "", *(f"- {_link(note)}" for note in notes.values()))
    ]
    return _note({"tags": ["claimkit"]}, title="Claims", body=["  \n".join(counts), *body])


def _claim(claim: Claim, *, vault: _Vault) -> str:
    event = claim.event
    properties = {
        "claim": claim.id,
        "article": _link(vault.articles[claim.document]),
        "published": claim.published,
        "outlet": claim.outlet,
        "claimant": _link(vault.parties[_party_key(claim)]),
        "stance": claim.stance.value,
        "event": event.type.value,
        "actor": event.actor,
        "modality": event.modality.value,
        "date": event.date,
        "places": list(dict.fromkeys(_link(vault.places[_place_key(place)]) for place in claim.places)),
        "against_interest": claim.against_interest,
        "confidence": claim.confidence,
        "start": claim.content.start,
        "end": claim.content.end,
    }
    body = [
        f"> {_text(claim.sentence.text)}",
        "",
        f"**What:** {_text(claim.content.text)}",
        *(["", f"**Who:** {_text(claim.source.text)}"] if claim.source else []),
        *(["", f"**Cue:** {_text(claim.cue.text)}"] if claim.cue else []),
    ]
    return _note(properties, title=_headline(claim), body=body)


def _article(path: str, *, own: Sequence[int], vault: _Vault) -> str:
    document: Document | None = vault.documents.get(path)
    first = vault.all[own[0]] if own else None
    properties = {
        "path": path,
        "published": document.published if document else first and first.published,
        "outlet": document.outlet if document else first and first.outlet,
        "url": document and document.url,
    }
    title = (document and document.title) or stem(path)
    return _note(properties, title=title, body=_listed(own, vault=vault))


def _place(key: str, *, vault: _Vault) -> str:
    place = vault.places_known[key]
    located = place.lat is not None and place.lon is not None
    properties = {
        "place_id": place.id,
        "kind": place.kind,
        "country": place.country,
        "admin1": place.admin1,
        "location": [place.lat, place.lon] if located else None,
    }
    return _note(properties, title=place.name, body=_listed(vault.at_place[key], vault=vault))


def _party(key: str, *, vault: _Vault) -> str:
    party = vault.parties_known[key]
    properties = {"party": party.id, "kind": party.kind.value}
    return _note(properties, title=party.name, body=_listed(vault.of_party[key], vault=vault))


def _listed(numbers: Iterable[int], *, vault: _Vault) -> list[str]:
    """Give a line for each claim, by day."""
    ordered = sorted(numbers, key=lambda number: (vault.all[number].published or "9", number))
    found = [(vault.all[number], _link(vault.claims[number])) for number in ordered]
    return [f"- {claim.published or NO_DATE}: {link} {_text(_headline(claim))}" for claim, link in found]


def _headline(claim: Claim) -> str:
    where = ", ".join(dict.fromkeys(place.name for place in claim.places))
    says = STANCE_WORDS[Stance(claim.stance).value]
    return f"{claim.claimant.name} {says}: {claim.event.type.value}{f', {where}' if where else ''}"


class _Link(str):
    """A link to a note: the only text in a property that Obsidian may take for one."""


def _link(note: str) -> _Link:
    return _Link(f"[[{note}|{note.rpartition('/')[2]}]]")


def _note(properties: Mapping[str, Any], *, title: str, body: Sequence[str]) -> str:
    known = [f"{name}: {_value(value)}" for name, value in properties.items() if value not in (None, [])]
    head = ["---", *known, "---", ""] if known else []
    return "\n".join([*head, f"# {_text(title)}", "", *body, ""])


def _value(value: Any) -> str:
    """Write a property: JSON is YAML, and a day stands bare so that Obsidian takes it for one."""
    if isinstance(value, _Link):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, str):
        return value if day(value) else json.dumps(visible(value).replace("[[", "[ ["), ensure_ascii=False)
    if isinstance(value, list):
        return f"[{', '.join(_value(part) for part in value)}]"
    return json.dumps(value)


def _text(text: str) -> str:
    """Write text of an article on one line: also what only Obsidian acts on (comments, marks, fields) is inert."""
    escaped = plain_text(visible(" ".join(text.split())))
    for sign in ("%%", "==", "::"):
        escaped = escaped.replace(sign, f"\\{sign[0]}\\{sign[1]}")
    return escaped
