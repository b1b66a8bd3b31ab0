"""How sure a claim is: the scores of what decided it, as one number."""

from __future__ import annotations

from claimkit.reading import Draft


def confidence(draft: Draft) -> float:
    """Give the confidence of a claim in [0, 1], to two places."""
    event = max((b.score or 0.0 for b in draft.mention.because if ".event." in b.rule), default=draft.mention.score)
    who = draft.claimant.score if draft.claimant else 0.0
    return round(min(1.0, draft.mention.score * (0.5 + 0.5 * event) * (0.5 + 0.5 * who)), 2)
