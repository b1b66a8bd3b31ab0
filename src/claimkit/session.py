"""The model's onnxruntime session, which can be opened in a thread while spaCy is still being imported."""

from __future__ import annotations

import threading
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

MODEL: Final = Path(__file__).parent / "nlp" / "model"
FILE: Final = "model.onnx"
_ahead: dict[tuple[Path, int], Opening] = {}


class Opening(threading.Thread):
    """A session that is being opened; a failure is left to who asks for it."""

    def __init__(self, folder: Path, *, threads: int) -> None:
        super().__init__(daemon=True)
        self._wanted = folder, threads
        self.session: InferenceSession | None = None
        self.start()

    def run(self) -> None:
        """Open it."""
        try:
            self.session = _open(*self._wanted)
        except Exception:  # noqa: BLE001 - whoever asks for the session meets it again, where it can be told
            self.session = None


def open_ahead(folder: Path = MODEL, *, threads: int = 1) -> None:
    """Begin to open a session; ``take`` gives it.

    numpy is imported here first: its modules import each other, and when the thread and the importer of spaCy both
    begin with them one can find the other's half done.
    """
    import_module("numpy")
    if (folder, threads) not in _ahead:
        _ahead[folder, threads] = Opening(folder, threads=threads)


def take(folder: Path, *, threads: int) -> InferenceSession:
    """Give a session: the one that was opened ahead, once, else a new one.

    Raises:
        Exception: what onnxruntime says of a file that is missing or no model.
    """
    opening = _ahead.pop((folder, threads), None)
    if opening is not None:
        opening.join()
        if opening.session is not None:
            return opening.session
    return _open(folder, threads)


def _open(folder: Path, threads: int) -> InferenceSession:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    return onnxruntime.InferenceSession(str(folder / FILE), options, providers=["CPUExecutionProvider"])
