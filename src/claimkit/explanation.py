"""A claim explained: its sentence, under it a line for each span, and the reason for each thing decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from claimkit.evidence import STANCE_STYLES
from claimkit.records import Claim, Document, Modality, PlaceMention, Record
from claimkit.terminal import one_line

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

INDENT = 2
MARK = "~"


class Label(Record, frozen=True, kw_only=True):
    """A span of the article and what it is."""

    start: int
    end: int
    name: str
    style: str


def explain(claims: Sequence[Claim], *, document: Document, console: Console) -> None:
    """Print the explanation of each claim.

    Args:
        claims: claims of the document.
        document: the article, for the spans outside a claim's sentence.
        console: where to.
    """
    from rich.text import Text

    for number, claim in enumerate(claims):
        if number:
            console.print()
        console.print(_head(claim))
        console.print(Text(one_line(_where(claim, document=document)), style="dim"))
        console.print()
        for line in _marked(claim, width=console.width - INDENT):
            console.print(Text(" " * INDENT) + line, no_wrap=True, overflow="ignore", crop=False)
        console.print()
        for line in _reasons(claim, document=document):
            console.print(Text(" " * INDENT) + line)


def _head(claim: Claim) -> Text:
    from rich.text import Text

    event = claim.event
    text = Text(f"{claim.id}  ", style="bold")
    text.append(one_line(claim.claimant.name))
    text.append(f" ({claim.claimant.id}) ", style="not bold")
    text.append(claim.stance.value, style=STANCE_STYLES[claim.stance])
    text.append(f" {event.type.value}")
    details = [f"actor {event.actor}"] if event.actor else []
    details += [event.modality.value] if event.modality is not Modality.ACTUAL else []
    details += [event.date] if event.date else []
    details += ["against interest"] if claim.against_interest else []
    details.append(f"confidence {claim.confidence:.2f}")
    text.append(f"  {', '.join(details)}", style="not bold")
    return text


def _where(claim: Claim, *, document: Document) -> str:
    line = document.text.count("\n", 0, claim.sentence.start) + 1
    about = "  ".join(part for part in (claim.outlet, claim.published) if part)
    return f"{claim.document}:{line}  characters {claim.sentence.start}-{claim.sentence.end}  {about}".rstrip()


def labels(claim: Claim) -> list[Label]:
    """List the spans of a claim, in the order in which they are shown."""
    stance = STANCE_STYLES[claim.stance]
    found = [Label(start=claim.content.start, end=claim.content.end, name="content", style="bold")]
    if claim.source is not None:
        found.append(Label(start=claim.source.start, end=claim.source.end, name="source", style="blue"))
    if claim.cue is not None:
        found.append(Label(start=claim.cue.start, end=claim.cue.end, name="cue", style=stance))
    for relay in claim.relay:
        found.append(Label(start=relay.start, end=relay.end, name=f"relay ({relay.claimant})", style="blue"))
    for place in claim.places:
        found.append(Label(start=place.start, end=place.end, name=f"place: {_identity(place)}", style="green"))
    return sorted(found, key=lambda label: (label.start, -label.end, label.name))


def _identity(place: PlaceMention) -> str:
    if place.id is None:
        could = ", ".join(f"{option.name} {option.id} {option.score:.2f}" for option in place.candidates)
        return f"{place.name}, unresolved" + (f" (could be {could})" if could else "")
    how = ", ".join(part for part in (place.id, place.match, place.name_used) if part)
    return f"{place.name} ({how})"


def _marked(claim: Claim, *, width: int) -> Iterator[Text]:
    """Give the sentence in lines of the width, and under each the spans that are in it."""
    from rich.cells import cell_len
    from rich.text import Text

    sentence = claim.sentence
    spans = labels(claim)
    for start, end in _lines(sentence.text, width=width):
        shown = one_line(sentence.text[start:end])
        yield Text(shown.rstrip())
        for label in spans:
            first = max(label.start - sentence.start, start)
            last = min(label.end - sentence.start, start + len(sentence.text[start:end].rstrip()))
            if first >= last:
                continue
            before = cell_len(one_line(sentence.text[start:first]))
            marks = MARK * max(cell_len(one_line(sentence.text[first:last])), 1)
            name = one_line(label.name) if label.end - sentence.start <= end else ""
            for line in _pointed(marks, name=name, before=before, width=width):
                yield Text(line, style=label.style)


def _pointed(marks: str, *, name: str, before: int, width: int) -> Iterator[str]:
    """Give the marks with their name behind them, before them, or, where there is room for neither, below."""
    if not name or before + len(marks) + 1 + len(name) <= width:
        yield " " * before + f"{marks} {name}".rstrip()
    elif len(name) + 1 <= before:
        yield " " * (before - len(name) - 1) + f"{name} {marks}"
    else:
        yield " " * before + marks
        yield " " * max(min(before, width - len(name)), 0) + name


def _lines(text: str, *, width: int) -> Iterator[tuple[int, int]]:
    """Cut text into lines of at most so many cells, at spaces where there are any."""
    from rich.cells import cell_len

    start = 0
    while start < len(text):
        end, cells, border = start, 0, 0
        while end < len(text) and (cells := cells + cell_len(one_line(text[end]))) <= width:
            end += 1
            border = end if text[end - 1].isspace() else border
        if end < len(text) and border > start:
            end = border
        end = max(end, start + 1)
        yield start, end
        start = end


def _reasons(claim: Claim, *, document: Document) -> Iterator[Text]:
    from rich.text import Text

    width = max((len(reason.rule) for reason in claim.because), default=0)
    for reason in claim.because:
        words = document.text[reason.start : reason.end]
        text = Text("because ", style="dim")
        text.append(one_line(reason.rule).ljust(width), style="bold not dim")
        text.append(f"  {reason.start}-{reason.end}", style="dim")
        text.append(f"  {one_line(words)!r}" if words else "", style="not dim")
        text.append(f"  {reason.score:.2f}" if reason.score is not None else "", style="not dim")
        yield text
    if not claim.because:
        yield Text("no reasons were recorded", style="dim")
