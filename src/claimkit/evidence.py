"""The evidence of a claim: its sentence with the cue marked ``[so]`` and the content ``{so}``, and by colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimkit.records import Claim, Stance
from claimkit.terminal import one_line

if TYPE_CHECKING:
    from rich.text import Text

STANCE_STYLES = {
    Stance.ASSERT: "cyan",
    Stance.DENY: "red",
    Stance.ACKNOWLEDGE: "green",
    Stance.DOUBT: "yellow",
    Stance.UNVERIFIED: "magenta",
}


def evidence(claim: Claim, *, room: int | None = None) -> Text:
    """Give the sentence with cue and content marked, around them shortened to about ``room`` code points."""
    from rich.text import Text

    marks = _marks(claim)
    start, end = _window(claim, room=room)
    base = claim.sentence.start
    text = Text("… " if start > base else "")
    at = start
    for position, mark, style in marks:
        text.append(one_line(claim.sentence.text[at - base : position - base]), style=_style_at(claim, at=at))
        text.append(mark, style=style)
        at = position
    text.append(one_line(claim.sentence.text[at - base : end - base]))
    if end < claim.sentence.end:
        text.append(" …")
    return text


def _style_at(claim: Claim, *, at: int) -> str:
    content, cue = claim.content, claim.cue
    if cue is not None and cue.start <= at < cue.end:
        return f"bold {STANCE_STYLES[claim.stance]}"
    return "bold" if content.start <= at < content.end else ""


def _marks(claim: Claim) -> list[tuple[int, str, str]]:
    """Give the brackets to set, by position: where one ends before the next begins, inner ones inside."""
    spans = [(claim.content, "{", "}", "bold")]
    if claim.cue is not None:
        spans.append((claim.cue, "[", "]", f"bold {STANCE_STYLES[claim.stance]}"))
    found = [(s.start, 1, -(s.end - s.start), left, style) for s, left, _, style in spans]
    found += [(s.end, 0, s.end - s.start, right, style) for s, _, right, style in spans]
    return [(position, mark, style) for position, _, _, mark, style in sorted(found)]


def _window(claim: Claim, *, room: int | None) -> tuple[int, int]:
    """Give what is shown of the sentence: all of it, or from the first to the last marked word and what fits."""
    sentence = claim.sentence
    spare = 0 if room is None else len(sentence.text) - room
    spans = [span for span in (claim.content, claim.cue, claim.source) if span is not None]
    first, last = min(span.start for span in spans), max(span.end for span in spans)
    start, end = sentence.start, sentence.end
    if spare > 0 and end > last:
        cut = sentence.text.find(" ", max(last, end - spare) - start)
        end = start + cut if cut >= 0 else end
        spare -= sentence.end - end
    if spare > 0 and start < first:
        cut = sentence.text.rfind(" ", 0, min(first - start, spare) + 1)
        start = start + cut + 1 if cut >= 0 else start
    return start, end
