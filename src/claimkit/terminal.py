"""What a terminal is told: whether colour, how wide, and text from articles made harmless.

One function decides colour for all that claimkit writes, on both streams; click and rich are told what it says.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import Console

DEFAULT_WIDTH = 80
LEAST_WIDTH = 40

# C0 and C1 controls, format characters that reorder or hide text (bidi, zero width), the line and paragraph
# separators, tag characters, and lone surrogates (bytes of a file name that are no text).
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_SPACES = re.compile(r"[\t\n\r\f\v\x85\u2028\u2029]+ *")


class Color(StrEnum):
    """What ``--color`` can say."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


def wants_color(choice: Color, *, stream: TextIO, environ: Mapping[str, str] | None = None) -> bool:
    """Decide colour for one stream: ``--color`` > ``NO_COLOR`` > ``FORCE_COLOR`` > ``TERM=dumb`` > a terminal.

    Args:
        choice: what ``--color`` said.
        stream: where the text goes.
        environ: the environment; the process's own where ``None``.
    """
    environ = os.environ if environ is None else environ
    if choice is not Color.AUTO:
        return choice is Color.ALWAYS
    if environ.get("NO_COLOR"):
        return False
    if environ.get("FORCE_COLOR"):
        return environ["FORCE_COLOR"] not in {"0", "false"}
    return environ.get("TERM") != "dumb" and is_terminal(stream)


def is_terminal(stream: TextIO | None) -> bool:
    """Tell whether a stream is there, open, and a terminal."""
    return stream is not None and not stream.closed and stream.isatty()


def width(stream: TextIO, *, environ: Mapping[str, str] | None = None) -> int:
    """Give the columns to write in: ``COLUMNS``, else the stream's terminal's, else 80; never under 40."""
    environ = os.environ if environ is None else environ
    given = environ.get("COLUMNS", "")
    columns = int(given) if given.isdecimal() else 0
    if not columns:
        try:
            columns = os.get_terminal_size(stream.fileno()).columns
        except (OSError, ValueError):  # closed, or no terminal
            columns = DEFAULT_WIDTH
    return max(columns or DEFAULT_WIDTH, LEAST_WIDTH)


def visible(text: str) -> str:
    r"""Show control, bidi and invisible characters as escapes: a terminal does what claimkit says, no article.

    >>> visible("a\x1b[31mb\u202e")
    'a\\x1b[31mb\\u202e'
    """
    return _HIDDEN.sub(_escape, text)


def one_line(text: str) -> str:
    """Give text on one line: line breaks and tabs become a space, other controls visible escapes."""
    return visible(_SPACES.sub(" ", text))


class Level(StrEnum):
    """How grave a message on standard error is; the value is its label."""

    NOTE = ""
    WARNING = "warning: "
    ERROR = "error: "


_LEVEL_COLORS = {Level.WARNING: "\x1b[33;1m", Level.ERROR: "\x1b[31;1m"}


def tell(text: str, *, level: Level = Level.NOTE, color: Color = Color.AUTO) -> None:
    """Write one line on standard error: ``claimkit: error: ...``; where nobody listens, nothing happens."""
    if sys.stderr is None or sys.stderr.closed:
        return
    label = level.value
    if label and wants_color(color, stream=sys.stderr):
        label = f"{_LEVEL_COLORS[level]}{label.rstrip()}\x1b[0m "
    with contextlib.suppress(OSError):
        sys.stderr.write(f"claimkit: {label}{one_line(text)}\n")
        sys.stderr.flush()


def console(stream: TextIO, *, color: bool, columns: int | None = None) -> Console:
    """Make a rich console that obeys :func:`wants_color`; markup, emoji codes and highlighting are off."""
    from rich.console import Console

    return Console(
        file=stream,
        color_system="standard" if color else None,
        force_terminal=color,
        no_color=not color,
        width=columns or width(stream),
        markup=False,
        emoji=False,
        highlight=False,
        soft_wrap=False,
        legacy_windows=False,
    )


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if 0xDC80 <= code <= 0xDCFF:  # a byte of a file name that is not UTF-8 (PEP 383)
        return f"\\x{code - 0xDC00:02x}"
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
