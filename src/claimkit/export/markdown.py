"""Text of articles in Markdown: shown as it stands, with nothing in it that Markdown or HTML would act on."""

from __future__ import annotations

import re

STANCE_WORDS = {
    "assert": "asserts",
    "acknowledge": "acknowledges",
    "deny": "denies",
    "doubt": "doubts",
    "unverified": "cannot verify",
}
# Signs that Markdown or HTML would act on; a sign that is no word or space is always safe to escape (CommonMark 2.4).
_ACTIVE = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~&$^=:@/])")
_LINE_START = re.compile(r"^(\s*\d+)([.)])")
_SPACES = re.compile(r"\s+")
_QUIET = frozenset("().,-:/=+@!")


def plain_text(text: str) -> str:
    r"""Escape text so that Markdown shows it as it is, on one line.

    >>> plain_text("<b>*not* bold</b>")
    '\\<b\\>\\*not\\* bold\\</b\\>'
    """
    one = _SPACES.sub(" ", text).strip()
    escaped = _ACTIVE.sub(lambda sign: sign[1] if sign[1] in _QUIET else f"\\{sign[1]}", one)
    escaped = escaped.replace("://", ":\\//").replace("www.", "www\\.").replace("@", "\\@")
    if escaped[:1] in {"-", "+", "="}:
        escaped = f"\\{escaped}"
    return _LINE_START.sub(r"\1\\\2", escaped)
