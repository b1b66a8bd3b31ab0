"""The model's session, opened ahead or not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from claimkit import session


@pytest.mark.model
def test_a_session_that_was_opened_ahead_is_given_once() -> None:
    """The second one asked for is another; opening ahead twice opens one."""
    session.open_ahead()
    opening = session._ahead[session.MODEL, 1]
    session.open_ahead()
    assert session._ahead[session.MODEL, 1] is opening
    first = session.take(session.MODEL, threads=1)
    assert first is opening.session
    assert session.take(session.MODEL, threads=1) is not first


def test_what_is_wrong_is_told_to_who_asks(tmp_path: Path) -> None:
    """A missing model is no fault of the thread that looked for it."""
    session.open_ahead(tmp_path)
    with pytest.raises(Exception, match="model.onnx"):
        session.take(tmp_path, threads=1)


def test_numpy_is_there_before_the_thread_begins() -> None:
    """Two importers of it at once can find it half done; nothing else of the model is imported ahead."""
    code = "import sys; from claimkit import session; session.Opening.start = lambda self: None; session.open_ahead(); "
    shown = subprocess.run(
        [sys.executable, "-c", code + "print('numpy._core.multiarray' in sys.modules, 'onnxruntime' in sys.modules)"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert shown.stdout.split() == ["True", "False"]
