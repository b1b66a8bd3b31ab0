"""The ledger for a person at a terminal: one line a proposition, who says what beneath it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from claimkit.ledger_diff import Change
from claimkit.ledger_records import Ledger, Position, Proposition, PropositionEvent, PropositionPlace, Status
from claimkit.records import Claim, Modality, Stance, is_several
from claimkit.terminal import one_line

ATTENTION = (
    Status.CONTESTED,
    Status.REFUTED,
    Status.UNVERIFIED,
    Status.CLAIMED,
    Status.ACKNOWLEDGED,
    Status.CONFIRMED,
    Status.SUPERSEDED,
)
_SAYS = {
    Stance.ASSERT: "asserts",
    Stance.ACKNOWLEDGE: "acknowledges",
    Stance.DENY: "denies",
    Stance.DOUBT: "doubts",
    Stance.UNVERIFIED: "does not confirm",
}
_SAY = {
    Stance.ASSERT: "assert",
    Stance.ACKNOWLEDGE: "acknowledge",
    Stance.DENY: "deny",
    Stance.DOUBT: "doubt",
    Stance.UNVERIFIED: "do not confirm",
}
"""The same of several."""
_BEARING = {Modality.FUTURE: "expected ", Modality.DEMANDED: "demanded "}


def by_attention(propositions: Iterable[Proposition]) -> list[Proposition]:
    """Put what is contested first, within one status what moved last."""
    ordered = sorted(propositions, key=lambda one: one.history[-1].date or "", reverse=True)
    return sorted(ordered, key=lambda one: ATTENTION.index(one.status))


def heading(event: PropositionEvent, places: Sequence[PropositionPlace]) -> str:
    """Say what a proposition is about: ``Pokrovsk: capture by RUS``."""
    where = ", ".join(place.name for place in places) or "no place"
    by = f" by {event.actor}" if event.actor else ""
    return f"{where}: {_BEARING.get(event.modality, '')}{event.type}{by}"


def ledger_lines(ledger: Ledger, *, shown: Sequence[Proposition]) -> Iterator[str]:
    """Give the lines of a ledger's propositions in the order given, and the counts at the end."""
    for proposition in shown:
        yield from proposition_lines(proposition)
    counts = [f"{number} {status}" for status in ATTENTION if (number := sum(one.status is status for one in shown))]
    noun = "proposition" if len(shown) == 1 else "propositions"
    as_of = f"as of {ledger.as_of}: " if ledger.as_of else ""
    yield f"{as_of}{len(shown)} {noun}" + (f" ({', '.join(counts)})" if counts else "")


def proposition_lines(proposition: Proposition) -> Iterator[str]:
    """Give a proposition's lines: what, status and since when; who says what; what contradicts it."""
    last = proposition.history[-1]
    since = f" since {last.date}" if last.date else ""
    yield one_line(f"{heading(proposition.event, proposition.places)} - {proposition.status}{since}")
    for position in proposition.positions:
        yield one_line(f"    {_position(position)}")
    for relation in proposition.contradicts:
        yield one_line(f"    against it: {relation.because}")


def _position(position: Position) -> str:
    days = position.first or "no date"
    if position.last != position.first:
        days = f"{position.first} to {position.last}"
    articles = f"{position.articles} article{'s' if position.articles != 1 else ''}"
    sources = f", {position.independent_sources} independent" if position.articles > 1 else ""
    interest = ", against interest" if position.against_interest else ""
    figures = ""
    if position.low is not None:
        figures = f", {position.low:,}" if position.low == position.high else f", {position.low:,} to {position.high:,}"
    says = _SAY if is_several(position.claimant.kind, position.claimant.name) else _SAYS
    return f"{position.claimant.name} {says[position.stance]} ({days}, {articles}{sources}{interest}{figures})"


def change_lines(found: Sequence[Change]) -> Iterator[str]:
    """Give a line a change."""
    for change in found:
        what = heading(change.event, change.places)
        match change.kind:
            case "status":
                yield one_line(f"status  {what}: {change.before} → {change.after}")
            case "contradicted":
                yield one_line(f"against {what}: {'; '.join(change.because)}")
            case "new":
                yield one_line(f"new     {what}: {change.after}")
            case _:
                yield one_line(f"gone    {what}: was {change.before}")
    yield f"{len(found)} change{'s' if len(found) != 1 else ''}"


def claim_lines(claims: Iterable[Claim]) -> Iterator[str]:
    """Give two lines a claim: who, what, where, when; and its sentence."""
    for claim in claims:
        where = ", ".join(place.name for place in claim.places) or "no place"
        when, outlet = claim.published or "no date", claim.outlet or claim.document
        yield one_line(f"{when}  {claim.claimant.name} - {claim.stance} - {claim.event.type}, {where} ({outlet})")
        yield one_line(f"    {' '.join(claim.sentence.text.split())}")
