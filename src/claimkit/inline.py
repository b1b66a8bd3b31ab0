"""Stretches inside a paragraph that are not part of its sentences.

Footnote marks, Markdown's marks and link targets, and long runs of signs. The visible text of a link stays.
"""

from __future__ import annotations

import re
from typing import Final

_FOOTNOTE: Final = re.compile(
    r"(?<=[^\s\[(])\[\d{1,3}(?:[,;\u2013-]\s?\d{1,3}){0,9}\]|\[\^[\w-]{1,30}\]|(?<=[.,;:!?\"'”’)])[\u00b9\u00b2\u00b3\u2070-\u2079]{1,4}"
)
_IMAGE: Final = re.compile(r"!\[[^\[\]\n]{0,300}\]\([^()\s]{0,1000}(?:\s\"[^\"\n]{0,300}\")?\)")
_LINK: Final = re.compile(
    r"\[(?=[^\[\]\s])([^\[\]\n]{1,300})(\]\([^()\s]{1,1000}(?:\([^()\s]{0,200}\))?(?:\s\"[^\"\n]{0,300}\")?\))"
)
_AUTOLINK: Final = re.compile(r"<(?:https?://|mailto:)[^<>\s]{1,1000}>")
_STRONG: Final = re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,1000})(?<=\S)\1")
_EMPHASIS: Final = re.compile(
    r"(?<![\w*])(\*)(?=[^\s*])([^*\n]{1,1000})(?<=[^\s*])\1(?![\w*])|(?<![\w_])(_)(?=[^\s_])([^_\n]{1,1000})(?<=[^\s_])\3(?![\w_])"
)
_TAG: Final = re.compile(
    r"</?(?:a|b|i|u|em|strong|span|br|p|sup|sub|small|mark|font)(?:\s[^<>]{0,300})?/?>", re.IGNORECASE
)


_ANY: Final = re.compile(r"[\[<*_\u00b9\u00b2\u00b3\u2070-\u2079]")


def find_skips(text: str, *, start: int, end: int, symbol_run: int) -> tuple[tuple[int, int], ...]:
    """Find the stretches of a paragraph that are not read.

    Args:
        text: the article.
        start: where the paragraph starts.
        end: where it ends.
        symbol_run: how long a run of signs must be to be left out.

    Returns:
        Half-open offsets into the article, in order, merged where they touch.
    """
    found: list[tuple[int, int]] = []
    symbols = _symbols(symbol_run)
    if _ANY.search(text, start, end) is None and symbols.search(text, start, end) is None:
        return ()
    for pattern in (_FOOTNOTE, _IMAGE, _AUTOLINK, _TAG, symbols):
        found.extend(match.span() for match in pattern.finditer(text, start, end))
    for match in _LINK.finditer(text, start, end):
        found += [(match.start(), match.start(1)), match.span(2)]
    for pattern in (_STRONG, _EMPHASIS):
        for match in pattern.finditer(text, start, end):
            inner = 2 if match.start(2) >= 0 else 4
            found += [(match.start(), match.start(inner)), (match.end(inner), match.end())]
    return merged(found)


def merged(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Sort spans and join those that overlap or touch."""
    result: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        elif start < end:
            result.append((start, end))
    return tuple(result)


def _symbols(length: int) -> re.Pattern[str]:
    return re.compile(rf"(?:[^\w\s]|_){{{length},}}")
