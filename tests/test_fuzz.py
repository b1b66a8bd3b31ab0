"""The targets of ``make fuzz`` on every push: their seeds, what once failed, and bytes from hypothesis; no atheris."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimkit.commands.database import decode_claims
from claimkit.errors import InputError
from fuzz.__main__ import TARGETS

FOLDER = Path(__file__).resolve().parent.parent / "fuzz"
MODULES = {name: importlib.import_module(f"fuzz.{name}") for name in TARGETS}
FAILED: list[tuple[str, bytes]] = []
"""What a fuzzer found once: the target and the bytes."""


def test_every_file_is_a_target() -> None:
    """No target is forgotten, and each begins from something."""
    assert {path.stem for path in FOLDER.glob("*.py")} - {"__init__", "__main__"} == set(TARGETS)
    assert [name for name, module in MODULES.items() if not module.SEEDS] == []


@pytest.mark.parametrize("name", TARGETS)
def test_what_is_known(name: str) -> None:
    """The seeds pass, and what failed once."""
    for data in (*MODULES[name].SEEDS, *(data for target, data in FAILED if target == name)):
        MODULES[name].one(data)


@pytest.mark.parametrize("name", TARGETS)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_bytes_of_any_kind(name: str, data: st.DataObject) -> None:
    """Random bytes, and seeds with a piece cut, doubled or replaced."""
    seed = data.draw(st.sampled_from(MODULES[name].SEEDS))
    start = data.draw(st.integers(0, len(seed)))
    end = data.draw(st.integers(start, len(seed)))
    piece = data.draw(
        st.one_of(st.binary(max_size=40), st.sampled_from([b"", seed[start:end] * 3, *MODULES[name].SEEDS]))
    )
    one: Callable[[bytes], None] = MODULES[name].one
    one(seed[:start] + piece + seed[end:])


def test_results_that_are_too_deep_are_no_claims() -> None:
    """Brackets without end are told like any other bad line."""
    with pytest.raises(InputError, match="x:1: is no claim"):
        list(decode_claims(b'{"a": ' + b"[" * 100_000, name="x"))
