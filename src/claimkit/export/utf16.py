"""Text as browsers and Excel have it: offsets in UTF-16 code units, line ends of one sign.

All offsets of claimkit itself are code points.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

ELLIPSIS = "…"
_LAST_OF_ONE_UNIT = "\uffff"


class Units:
    """The offsets of one text in UTF-16 units.

    Args:
        text: the text.
    """

    def __init__(self, text: str) -> None:
        self._pairs: Sequence[int] = [at for at, sign in enumerate(text) if sign > _LAST_OF_ONE_UNIT]

    def at(self, point: int) -> int:
        """Give the offset in units of an offset in code points."""
        return point + bisect_left(self._pairs, point)


def cut(text: str, *, units: int) -> str:
    """Shorten text to some UTF-16 units, never inside a character; what was shortened ends in an ellipsis.

    >>> cut("Лиман", units=4)
    'Лим…'
    """
    if len(text) * 2 <= units or Units(text).at(len(text)) <= units:
        return text
    inside = Units(text)
    end = min(units - 1, len(text))
    while inside.at(end) > units - 1:
        end -= 1
    return text[:end] + ELLIPSIS


def line_ends(text: str) -> str:
    r"""Write line ends as a browser does, as LF alone, with every offset staying what it was.

    >>> line_ends("a\r\nb\rc")
    'a \nb\nc'
    """
    return text.replace("\r\n", " \n").replace("\r", "\n")
