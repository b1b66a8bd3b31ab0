"""The terminal: colour, width, and characters made visible."""

from __future__ import annotations

import io

import pytest

from claimkit.terminal import Color, one_line, tell, visible, wants_color, width


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


@pytest.mark.parametrize(
    ("choice", "environ", "screen", "colored"),
    [
        (Color.AUTO, {}, True, True),
        (Color.AUTO, {}, False, False),
        (Color.AUTO, {"NO_COLOR": "1"}, True, False),
        (Color.AUTO, {"NO_COLOR": ""}, True, True),
        (Color.AUTO, {"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False),
        (Color.AUTO, {"FORCE_COLOR": "1"}, False, True),
        (Color.AUTO, {"FORCE_COLOR": "1", "TERM": "dumb"}, False, True),
        (Color.AUTO, {"FORCE_COLOR": "0"}, True, False),
        (Color.AUTO, {"TERM": "dumb"}, True, False),
        (Color.ALWAYS, {"NO_COLOR": "1"}, False, True),
        (Color.NEVER, {"FORCE_COLOR": "1"}, True, False),
    ],
)
def test_color(choice: Color, environ: dict[str, str], *, screen: bool, colored: bool) -> None:
    """--color > NO_COLOR > FORCE_COLOR > TERM=dumb > a terminal."""
    assert wants_color(choice, stream=Screen() if screen else io.StringIO(), environ=environ) is colored


@pytest.mark.parametrize(("columns", "wide"), [("140", 140), ("", 80), ("0", 80), ("x", 80), ("7", 40), ("-1", 80)])
def test_width(columns: str, wide: int) -> None:
    """COLUMNS decides, else 80 where there is no terminal; never too narrow to write in."""
    assert width(io.StringIO(), environ={"COLUMNS": columns}) == wide


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a\x1b]0;x\x07b", "a\\x1b]0;x\\x07b"),
        ("\u202eabc\u2066", "\\u202eabc\\u2066"),
        ("zero\u200bwidth\ufeff", "zero\\u200bwidth\\ufeff"),
        ("\x9b31m", "\\x9b31m"),
        ("tag\U000e0041", "tag\\U000e0041"),
        ("byte\udcff", "byte\\xff"),
        ("half\ud800", "half\\ud800"),
        ("Ко́стянтинівка — naïve [b] 中 🙂", "Ко́стянтинівка — naïve [b] 中 🙂"),
    ],
)
def test_visible(text: str, seen: str) -> None:
    """What steers or hides is shown as an escape; letters of all scripts stay."""
    assert visible(text) == seen


def test_one_line() -> None:
    """Line breaks and tabs become one space."""
    assert one_line("a\r\n  b\tc\u2028d") == "a b c d"


def test_tell_without_standard_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where standard error is closed or absent a message is no error."""
    for stream in (None, Screen()):
        monkeypatch.setattr("sys.stderr", stream)
        if stream is not None:
            stream.close()
        tell("x")
