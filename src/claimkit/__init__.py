"""Claims from news articles about a conflict: who says what about a place, and who denies it.

The public surface is what ``__all__`` lists. Each name is loaded when first used, so that ``import claimkit`` is quick.

    >>> import claimkit
    >>> claimkit.__version__.count(".")
    2
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from claimkit.errors import ClaimkitError, DataError, InputError, UsageError
    from claimkit.extract import Extractor, extract
    from claimkit.reader import read_paths, read_text
    from claimkit.records import (
        Claim,
        Document,
        DocumentReport,
        Event,
        EventType,
        Extraction,
        Generator,
        Modality,
        Party,
        PlaceMention,
        Run,
        Span,
        Stance,
    )
    from claimkit.settings import Settings

__version__ = "0.1.0"

_HOME = {
    "errors": ("ClaimkitError", "DataError", "InputError", "UsageError"),
    "extract": ("Extractor", "extract"),
    "reader": ("read_paths", "read_text"),
    "records": (
        "Claim",
        "Document",
        "DocumentReport",
        "Event",
        "EventType",
        "Extraction",
        "Generator",
        "Modality",
        "Party",
        "PlaceMention",
        "Run",
        "Span",
        "Stance",
    ),
    "settings": ("Settings",),
}
_MODULE_OF = {name: f"claimkit.{module}" for module, names in _HOME.items() for name in names}

__all__ = [
    "Claim",
    "ClaimkitError",
    "DataError",
    "Document",
    "DocumentReport",
    "Event",
    "EventType",
    "Extraction",
    "Extractor",
    "Generator",
    "InputError",
    "Modality",
    "Party",
    "PlaceMention",
    "Run",
    "Settings",
    "Span",
    "Stance",
    "UsageError",
    "__version__",
    "extract",
    "read_paths",
    "read_text",
]


class _Surface(ModuleType):
    """The package as a module in which ``extract`` stays the function, also once ``claimkit.extract`` is imported."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _MODULE_OF and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Surface


def __getattr__(name: str) -> object:
    """Load a public name from its module when it is first asked for."""
    module = _MODULE_OF.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(module), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return sorted(__all__)
