"""Finds what a text says of time and puts it on the calendar: expression + publication date → ISO 8601.

The expressions and words are data (``data/dates.yaml``). A date without its year or week is read against the
publication date in both directions; :func:`resolve` picks one by the tense of the event, ``value`` is the past one.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from claimkit import periods
from claimkit.date_forms import Matcher, Node, innermost
from claimkit.date_guards import Token
from claimkit.date_links import evaluate, shift, step_of
from claimkit.date_rules import Clock
from claimkit.date_words import grammar, near_core, tokens
from claimkit.periods import Grain, Period
from claimkit.records import Record

ANCHOR_REACH = 400
"""Code points that the date which "the following month" leans on can stand before it."""

YEAR_REACH = 2000
"""Code points that the date which gives "5 November" its year can stand before it, without a publication date."""

SINCE_TOKENS = 12
"""Words and signs that can stand between "since" and the date of its clause."""

ANCHORS = frozenset({Grain.DAY, Grain.WEEK, Grain.MONTH, Grain.SEASON, Grain.YEAR})


class DateKind(StrEnum):
    """What sort of expression it is; durations and vague spans never have a value."""

    DATE = "date"
    INTERVAL = "interval"
    RELATIVE = "relative"
    DURATION = "duration"
    VAGUE = "vague"


class Step(Record, frozen=True, kw_only=True):
    """How far a relative expression lies from the date it leans on ("two days later": day, 2)."""

    unit: str
    count: int


class DateMention(Record, frozen=True, kw_only=True):
    """One time expression of a text.

    Attributes:
        start: offset in code points into the text.
        end: offset behind its last character.
        text: the expression, ``text[start:end]``.
        kind: what sort of expression it is.
        value: ISO 8601 in the form of ``claims.md``; ``None`` where it cannot be put on a calendar.
        alternatives: the past and the coming reading, where they differ.
        point: the time inside the expression: of "since October, when ..." October, of "a day after he was killed" the
            day that he was killed, if the main clause is about the day of publication.
        since: the open interval for the main clause of "has grown since the war began in 2022" (``2022/``).
        yearless: a day or month without a year that nothing gives (``--11-05``, ``--11``, as in XML Schema).
        step: the distance of a relative expression from the date it leans on.
        granularity: how finely the time is given, ``None`` without a value.
        because: the form of ``dates.yaml`` that decided, and what it was read against.
    """

    start: int
    end: int
    text: str
    kind: DateKind
    value: str | None = None
    alternatives: tuple[str, ...] = ()
    point: str | None = None
    since: str | None = None
    yearless: str | None = None
    step: Step | None = None
    granularity: Grain | None = None
    because: str = ""


def find(text: str, *, published: date | None, start: int = 0, end: int | None = None) -> tuple[DateMention, ...]:
    """Find the time expressions of a text or of a stretch of it, in order.

    Called on a whole article, an expression such as "the following month" leans on a date up to ``ANCHOR_REACH`` code
    points before it; called on one sentence, only on dates of that sentence.

    Args:
        text: the article's text.
        published: its publication date; without one, relative expressions have no value.
        start: where the stretch begins, in code points.
        end: where it ends; the text's end where ``None``.
    """
    found = tokens(text, start=start, end=len(text) if end is None else end)
    matcher = Matcher(found, grammar=grammar())
    mentions: list[DateMention] = []
    context = _Context(published)
    near = near_core(found)
    index = 0
    while index < len(found):
        node = matcher.longest("MENTION", at=index) if near[index] else None
        if node is None:
            index += 1
            continue
        mentions.append(_mention(text, node, found, context=context))
        index = node.last
    return tuple(mentions)


class _Context:
    """The publication date and what the expressions before have told, as the finder goes through a text."""

    def __init__(self, published: date | None) -> None:
        self.published = published
        self._told: tuple[Period, Period] | None = None
        self._told_at = 0
        self._year: Period | None = None
        self._year_at = 0

    def clocks(self, at: int) -> tuple[Clock, Clock]:
        """Give the clocks of the past and of the coming reading for an expression at an offset."""
        past, coming = self._told if self._told and at - self._told_at <= ANCHOR_REACH else (None, None)
        return Clock(self.published, future=False, anchor=past), Clock(self.published, future=True, anchor=coming)

    def note(self, readings: tuple[Period, Period], *, end: int) -> None:
        """Keep what an expression told for those after it."""
        if readings[0].grain in ANCHORS and readings[0].end:
            self._told, self._told_at = readings, end
            self._year, self._year_at = readings[0], end

    def with_year(self, node: Node, *, at: int) -> Period | None:
        """Read a yearless day or month near the date before it, where there is no publication date."""
        if self.published or self._year is None or _yearless(node) is None or at - self._year_at > YEAR_REACH:
            return None
        near = self._year.first
        readings = (evaluate(node, clock=Clock(near, future=future)) for future in (False, True))
        return min((each for each in readings if each), key=lambda each: abs((each.first - near).days), default=None)


def resolve(mention: DateMention, *, future: bool, anchor: str | None = None) -> str | None:
    """Give the ISO 8601 value of a mention for the tense of its event.

    Args:
        mention: what :func:`find` gave.
        future: the event is planned, promised or predicted; else it happened, or goes on.
        anchor: a date, month or year (ISO 8601) that relative and yearless mentions are read against; it is used
            only where the mention has no value of its own.
    """
    if mention.alternatives:
        return mention.alternatives[1 if future else 0]
    if mention.value is not None or anchor is None:
        return mention.value
    base = _period(anchor)
    if base is None:
        return None
    if mention.yearless is not None:
        return f"{base.first.year:04}{mention.yearless[1:]}"
    if mention.step is not None:
        moved = _moved(base, mention.step)
        return moved.label if moved else None
    return None


def _moved(base: Period, step: Step) -> Period | None:
    try:
        return shift(base, unit=step.unit, count=step.count)
    except (ValueError, OverflowError):
        return None


def _period(label: str) -> Period | None:
    """The period of a plain ISO label; of an interval, of its beginning."""
    parts = label.partition("/")[0].split("-")
    try:
        numbers = [int(part) for part in parts]
        if len(numbers) == 3:
            return periods.of_day(date(*numbers))
        if len(numbers) == 2:
            return periods.of_month(*numbers)
        return periods.of_years(numbers[0], numbers[0])
    except (ValueError, TypeError):
        return None


def _mention(text: str, node: Node, found: list[Token], *, context: _Context) -> DateMention:
    start, end = found[node.first].start, found[node.last - 1].end
    past, coming = (evaluate(node, clock=clock) for clock in context.clocks(start))
    if past is None:
        past = coming = context.with_year(node, at=start)
    coming = coming or past
    if past and coming:
        context.note((past, coming), end=end)
    step = step_of(node) if node.kind == "relative" else None
    opens = past is not None and past.end != "" and _in_since_clause(found, node.first)
    return DateMention(
        start=start,
        end=end,
        text=text[start:end],
        kind=_kind(node, past),
        value=past.label if past else None,
        alternatives=(past.label, coming.label) if past and coming and past.label != coming.label else (),
        point=_point(node, published=context.published),
        since=periods.since(past).label if past and opens else None,
        yearless=None if past else _yearless(node),
        step=Step(unit=step[0], count=step[1]) if step else None,
        granularity=past.grain if past else None,
        because=f"date.{node.rule.partition(' ')[0]}",
    )


def _in_since_clause(found: list[Token], first: int) -> bool:
    """Whether a "since" stands before in the same clause, as in "since the war began in"."""
    for index in range(first - 1, max(first - 1 - SINCE_TOKENS, -1), -1):
        token = found[index]
        if token.lower == "since":
            return True
        if found[index + 1].breaks or token.lower in (",", ";", ":", ".", "!", "?", "—"):
            return False
    return False


def _kind(node: Node, period: Period | None) -> DateKind:
    if node.kind is not None:
        return DateKind(node.kind)
    return DateKind.INTERVAL if period is not None and period.start != period.end else DateKind.DATE


def _point(node: Node, *, published: date | None) -> str | None:
    clock = Clock(published)
    if node.rule == "since":
        inner, year = node.node("POINT"), node.number("YEAR")
        period = evaluate(inner, clock=clock) if inner else periods.of_years(year, year) if year else None
        return period.label if period else None
    step = step_of(node) if node.rule == "offset_clause" else None
    if step is None or published is None:
        return None
    back = _moved(periods.of_day(published), Step(unit=step[0], count=-step[1]))
    return back.label if back else None


def _yearless(node: Node) -> str | None:
    inner = innermost(node)
    month, day = inner.number("MONTH"), inner.number("DAY")
    if inner.rule not in ("day", "month") or node.rule in ("range", "since") or not month or inner.node("YEARS"):
        return None
    return f"--{month:02}-{day:02}" if day else f"--{month:02}"
