"""spaCy without its command line, whose web clients and project tools are a third of its import and of no use here."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

COMMAND_LINE = ("spacy.cli", "spacy.cli.info")


def import_spacy() -> ModuleType:
    """Import spaCy, about 0.5 s sooner; where it has been imported before, nothing changes.

    Only ``spacy.info`` comes from the command line. It is there as ever, and ``import spacy.cli`` still works.
    """
    if "spacy" not in sys.modules:
        package, module = (ModuleType(name) for name in COMMAND_LINE)
        package.__path__ = []
        vars(module)["info"] = info
        sys.modules.update({package.__name__: package, module.__name__: module})
        try:
            import spacy  # noqa: F401
        finally:
            for name in COMMAND_LINE:
                sys.modules.pop(name, None)
    return sys.modules["spacy"]


def info(*arguments: Any, **options: Any) -> Any:
    """Print what spaCy says of itself or of a pipeline (``spacy.info``)."""
    from spacy.cli.info import info as real

    return real(*arguments, **options)
