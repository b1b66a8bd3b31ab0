"""Libraries that only some formats and options need: loaded when such a one is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from claimkit.errors import UsageError


def library(name: str, *, extra: str, what: str = "this format") -> Any:
    """Load a library of an extra.

    Args:
        name: the module.
        extra: the extra of claimkit that brings it along.
        what: what needs it.

    Raises:
        UsageError: it is not installed.
    """
    try:
        return import_module(name)
    except ImportError as error:
        raise UsageError(
            f"{what} needs {name.partition('.')[0]}", mend=f"install it: pip install 'claimkit[{extra}]'"
        ) from error
