"""How sure a claim is: the chance that its claimant and its event are right, from the scores of what decided it.

A logistic model over a few scores; its weights lie beside the packaged model and were fitted on annotated articles
(``python -m evaluation.calibration``), so that of the claims given 0.8 about 80 % are right at the level *core*.
"""

from __future__ import annotations

import json
import math
from functools import cache
from pathlib import Path

from claimkit.frames import Voice
from claimkit.reading import Draft
from claimkit.records import EventType, PartyKind, Stance

WEIGHTS = Path(__file__).parent / "nlp" / "model" / "confidence.json"
BIAS = "bias"
_LEAST = 0.001


def confidence(draft: Draft) -> float:
    """Give the confidence of a claim in [0, 1], to two places; 0 where nobody is known to make it."""
    nobody = draft.claimant is None or draft.claimant.party.kind is PartyKind.UNKNOWN
    return 0.0 if nobody else round(surety(draft), 2)


def surety(draft: Draft) -> float:
    """Give the chance that a claim's event and attribution are right, whoever is behind them."""
    known = weights()
    return 1.0 / (1.0 + math.exp(-sum(known.get(name, 0.0) * value for name, value in features(draft).items())))


def features(draft: Draft) -> dict[str, float]:
    """Give what speaks for and against a claim: log odds of the scores, and what kind of claim it is (0 or 1)."""
    mention, tie = draft.mention, draft.attribution
    scores = {because.rule: because.score for because in (*mention.because, *tie.because) if because.score is not None}
    chosen = scores.get(f"model.event.{mention.type}")
    voices = [scores[rule] for voice in Voice if (rule := f"model.voice.{voice}") in scores]
    lexicon = [because for because in mention.because if because.rule.startswith("event.")]
    return {
        BIAS: 1.0,
        "predicate": _log_odds(scores.get("claim", mention.score)),
        "event": _log_odds(mention.score if chosen is None else chosen),
        "lexicon": float(bool(lexicon)),
        "other": float(mention.type is EventType.OTHER),
        "edge": _log_odds(tie.score),
        "voice": _log_odds(max(voices, default=0.5)),
        "narrator": float(tie.voice is Voice.NARRATOR),
        "context": float(tie.voice is Voice.CONTEXT),
        "disputed": float(tie.stance is not Stance.ASSERT),
    }


def _log_odds(chance: float) -> float:
    inside = min(1.0 - _LEAST, max(_LEAST, chance))
    return math.log(inside / (1.0 - inside))


@cache
def weights() -> dict[str, float]:
    """Give the weight of each feature, 0 where none was fitted."""
    found: dict[str, float] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return found
