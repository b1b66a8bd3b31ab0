"""A few articles' claims written by hand, for the tests of what is shown: no model is needed."""

from __future__ import annotations

from typing import Any

from claimkit.records import (
    Claim,
    DocumentReport,
    Event,
    EventType,
    Extraction,
    Generator,
    Party,
    PartyKind,
    PlaceMention,
    Reason,
    Span,
    Stance,
)

PARTIES = {
    "RUS": Party(id="RUS", name="Russia", kind=PartyKind.STATE),
    "UKR": Party(id="UKR", name="Ukraine", kind=PartyKind.STATE),
    "ISW": Party(id="ISW", name="Institute for the Study of War", kind=PartyKind.MONITOR),
    "NARRATOR": Party(id="NARRATOR", name="the article", kind=PartyKind.NARRATOR),
}
PLACES = {
    "Pokrovsk": ("geonames:704422", "Donetsk Oblast", 48.28014, 37.17706),
    "Siversk": ("geonames:694403", "Donetsk Oblast", 48.86679, 38.09944),
}
GENERATOR = Generator(
    name="claimkit", version="0.0.0", model="none", lexicon_sha256="0" * 64, gazetteer_sha256="1" * 64
)


def claim(
    sentence: str,
    *,
    content: str,
    source: str | None = None,
    cue: str | None = None,
    who: str = "NARRATOR",
    stance: Stance = Stance.ASSERT,
    event: EventType = EventType.CAPTURE,
    places: tuple[str, ...] = (),
    start: int = 0,
    **more: Any,
) -> Claim:
    """Make a claim whose spans are found in its sentence by their words."""

    def span(text: str) -> Span:
        at = sentence.index(text)
        return Span(start=start + at, end=start + at + len(text), text=text)

    details = {key: more.pop(key) for key in ("actor", "modality", "date", "date_text") if key in more}
    values: dict[str, Any] = {
        "id": "c-1a2b3c4d5e6f",
        "document": "articles/one.txt",
        "published": "2025-12-01",
        "outlet": "The Example",
        "confidence": 0.9,
        "because": (Reason(rule=f"event.{event.value}", start=span(content).start, end=span(content).end),),
    } | more
    return Claim(
        sentence=Span(start=start, end=start + len(sentence), text=sentence),
        content=span(content),
        cue=span(cue) if cue else None,
        source=span(source) if source else None,
        claimant=PARTIES[who],
        stance=stance,
        event=Event(type=event, **details),
        places=tuple(place(name, at=start + sentence.index(name)) for name in places),
        **values,
    )


def place(name: str, *, at: int) -> PlaceMention:
    """Make a mention of a place; one that is not in the table here stays unresolved."""
    if name not in PLACES:
        return PlaceMention(id=None, name=name, text=name, start=at, end=at + len(name))
    place_id, admin1, lat, lon = PLACES[name]
    return PlaceMention(
        id=place_id,
        name=name,
        text=name,
        start=at,
        end=at + len(name),
        kind="city",
        country="UA",
        admin1=admin1,
        lat=lat,
        lon=lon,
        name_used="current",
        match="exact",
        score=1.0,
    )


def report(path: str, *, claims: int, **more: Any) -> DocumentReport:
    """Make the report of an article."""
    values: dict[str, Any] = {
        "sha256": "2" * 64,
        "encoding": "utf-8",
        "title": None,
        "outlet": None,
        "byline": None,
        "published": "2025-12-01",
        "published_from": "header",
        "words": 100,
        "sentences": 5,
        "sentences_read": 5,
        "furniture": 0,
        "sentences_with_claims": claims,
        "cues_without_claim": 0,
        "claims_without_claimant": 0,
        "places_unresolved": 0,
    } | more
    return DocumentReport(path=path, claims=claims, **values)


ASSERTED = claim(
    "The ministry in Moscow claimed on Monday to have captured Pokrovsk after a month of street fighting.",
    content="to have captured Pokrovsk",
    source="The ministry",
    cue="claimed",
    who="RUS",
    actor="RUS",
    places=("Pokrovsk",),
)
DENIED = claim(
    "Kyiv's General Staff denied that Pokrovsk and Siversk had fallen.",
    content="that Pokrovsk and Siversk had fallen",
    source="Kyiv's General Staff",
    cue="denied",
    who="UKR",
    stance=Stance.DENY,
    actor="RUS",
    places=("Pokrovsk", "Siversk"),
    start=120,
    id="c-2a2b3c4d5e6f",
    confidence=0.8,
)
ADMITTED = claim(
    "A commander acknowledged that his brigade had lost men near Nowhereville in November.",
    content="that his brigade had lost men",
    source="A commander",
    cue="acknowledged",
    who="UKR",
    stance=Stance.ACKNOWLEDGE,
    event=EventType.CASUALTIES,
    actor="UKR",
    date="2025-11",
    date_text="in November",
    places=("Nowhereville",),
    id="c-3a2b3c4d5e6f",
    document="articles/two.txt",
    outlet=None,
    against_interest=True,
    confidence=0.5,
)
NARRATED = claim(
    "Rain fell while negotiators met in silence.",
    content="negotiators met in silence",
    event=EventType.NEGOTIATE,
    start=200,
    id="c-4a2b3c4d5e6f",
    document="articles/two.txt",
    outlet=None,
    published=None,
)

ONE = Extraction(
    document=report("articles/one.txt", claims=2, title="A city in dispute", outlet="The Example"),
    claims=(ASSERTED, DENIED),
)
TWO = Extraction(document=report("articles/two.txt", claims=2), claims=(ADMITTED, NARRATED))
NONE = Extraction(document=report("articles/zero.txt", claims=0, published=None, published_from=None), claims=())
EVERY_CLAIM = (*ONE.claims, *TWO.claims)
EVERY_REPORT = (ONE.document, TWO.document, NONE.document)
