"""What each claimant says of a proposition: the positions, and which claim answers which."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from claimkit.copies import Sources
from claimkit.ledger_mentions import REPLIES
from claimkit.ledger_records import Position, Reply
from claimkit.records import Claim, EventType, Stance

_FIGURE = re.compile(
    r"(?<![\w.,])\d{1,3}(?:[,\u202f\u00a0 ]\d{3})+(?!\d)|(?<![\w.,-])\d+(?![\w%]|[.,]\d|-(?:year|month|day))"
)
_YEARS = range(1900, 2101)
_MOST_DIGITS = 10
"""No count of people has more; above, it is an account number, or nonsense."""


def positions(claims: Sequence[Claim], *, sources: Sources) -> tuple[Position, ...]:
    """Give the positions in order of the first day, claimant and stance.

    Args:
        claims: the claims of one proposition, in order of their day.
        sources: tells which articles are independent.
    """
    ordered = sorted(claims, key=lambda claim: (claim.claimant.id, claim.stance))
    made = [
        _position(list(found), sources=sources)
        for _, found in groupby(ordered, key=lambda claim: (claim.claimant.id, claim.stance))
    ]
    return tuple(sorted(made, key=lambda one: (one.first is None, one.first or "", one.claimant.id, one.stance)))


def _position(claims: Sequence[Claim], *, sources: Sources) -> Position:
    days = sorted(claim.published for claim in claims if claim.published)
    figures = [figure for claim in claims for figure in figures_of(claim)]
    return Position(
        claimant=claims[0].claimant,
        stance=claims[0].stance,
        first=days[0] if days else None,
        last=days[-1] if days else None,
        claims=tuple(dict.fromkeys(claim.id for claim in claims)),
        articles=len({claim.document for claim in claims}),
        independent_sources=sources.independent(claims),
        outlets=tuple(sorted({claim.outlet for claim in claims if claim.outlet})),
        relays=tuple(sorted({relay.claimant for claim in claims for relay in claim.relay})),
        against_interest=any(claim.against_interest for claim in claims),
        low=min(figures, default=None),
        high=max(figures, default=None),
    )


def figures_of(claim: Claim) -> Iterator[int]:
    """Give the figures in a casualty claim's content: whole numbers in digits that people can have."""
    if claim.event.type is not EventType.CASUALTIES:
        return
    for match in _FIGURE.finditer(claim.content.text):
        digits = re.sub(r"\D", "", match[0])
        if len(digits) > _MOST_DIGITS or (len(digits) == len(match[0]) and int(digits) in _YEARS):
            continue
        yield int(digits)


def replies(claims: Sequence[Claim]) -> tuple[Reply, ...]:
    """Tie each claim that denies, doubts, grants or cannot verify to those it is about.

    These are the assertions of others in the same article that share its words, else the nearest of that article, else
    the last that was published before.

    Args:
        claims: the claims of one proposition, in order of their day.
    """
    articles: dict[str, list[Claim]] = {}
    made: list[Reply] = []
    last: list[Claim] = []
    for claim in claims:
        if claim.stance is Stance.ASSERT:
            articles.setdefault(claim.document, []).append(claim)
    for claim in claims:
        if claim.stance is Stance.ASSERT:
            last = [claim, *last[:1]]
        elif claim.stance in REPLIES:
            near = [other for other in articles.get(claim.document, []) if other.claimant != claim.claimant]
            about = _about(claim, near) or [other for other in last if other.claimant != claim.claimant][:1]
            made.append(
                Reply(claim=claim.id, stance=claim.stance, about=tuple(dict.fromkeys(other.id for other in about)))
            )
    return tuple(made)


def _about(claim: Claim, near: Sequence[Claim]) -> list[Claim]:
    own = claim.content
    sharing = [other for other in near if other.content.start < own.end and own.start < other.content.end]
    if sharing or not near:
        return sharing
    return [min(near, key=lambda other: (abs(other.content.start - own.start), other.content.start, other.id))]
