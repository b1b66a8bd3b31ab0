"""How a report puts propositions and counts into words, and days as a reader writes them."""

from __future__ import annotations

from typing import Any

EVENT_NOUNS = {
    "capture": "Capture of {place}",
    "hold": "Control of {place}",
    "withdraw": "Withdrawal from {place}",
    "advance": "Advance at {place}",
    "encircle": "Encirclement at {place}",
    "attack": "Attack on {place}",
    "repel": "Attack beaten back at {place}",
    "casualties": "Casualties at {place}",
    "surrender": "Surrender at {place}",
    "destroy": "Destruction in {place}",
    "deploy": "Deployment to {place}",
    "negotiate": "Talks and terms: {place}",
    "aid": "Aid: {place}",
    "humanitarian": "Civilians in {place}",
    "information": "Claims about claims: {place}",
    "other": "Other events: {place}",
}
SUFFERERS = frozenset({"casualties", "surrender"})
MOST_PLACES = 3
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def headline(item: dict[str, Any], *, names: dict[str, str]) -> str:
    """Say in a line what a proposition is about: ``Capture of Pokrovsk by Russia``.

    Args:
        item: the proposition.
        names: the names of parties by code.
    """
    places = [place["name"] for place in item["places"]]
    more = len(places) - MOST_PLACES
    shown = places[:MOST_PLACES] + ([f"{more} more"] if more > 0 else [])
    where = listed(shown) or "no named place"
    event = item["event"]
    text = EVENT_NOUNS.get(event["type"], EVENT_NOUNS["other"]).format(place=where)
    actor = event.get("actor")
    if actor:
        text = f"{text}{': ' if event['type'] in SUFFERERS else ' by '}{names.get(actor, actor)}"
    modality = event.get("modality") or "actual"
    return text if modality == "actual" else f"{text} ({modality})"


def listed(words: list[str]) -> str:
    """Join words as a sentence does."""
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def day(text: str | None) -> str:
    """Write an ISO day as ``2 Dec 2025``; other ISO dates stay as they are."""
    parts = (text or "").split("-")
    if len(parts) != 3 or not all(part.isdecimal() for part in parts) or not 1 <= int(parts[1]) <= len(MONTHS):
        return text or ""
    return f"{int(parts[2])} {MONTHS[int(parts[1]) - 1]} {parts[0]}"


def period(first: str | None, last: str | None) -> str:
    """Write a span of days, one day once."""
    return day(first) if first == last or not last else f"{day(first)} – {day(last)}" if first else day(last)


def left_out_note(number: int) -> str:
    """Say that older propositions are not in a report; empty where none is left out."""
    return f"Not in this report: {counted(number, 'older proposition')}." if number else ""


def counted(number: int, noun: str, *, plural: str | None = None) -> str:
    """Count things: ``1 article``, ``2,400 articles``."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def party_names(propositions: list[dict[str, Any]], claims: list[dict[str, Any]]) -> dict[str, str]:
    """Gather the names of all parties that hold a position or make a claim."""
    parties = [position["claimant"] for item in propositions for position in item["positions"]]
    parties += [claim["claimant"] for claim in claims]
    return {party["id"]: party["name"] for party in parties}
