"""Bytes of a data file: the strict YAML loader, for the places and the cues that a user can add."""

from __future__ import annotations

import msgspec

from claimkit.gazetteer_records import PlaceEntry
from claimkit.lexicon import parse_yaml
from claimkit.lexicon_yaml import LexiconError

SEEDS = (
    b"- id: claimkit:a\n  name: Lisova\n  kind: village\n  country: UA\n  lat: 48.1\n  lon: 37.2\n",
    b"- id: a\n  names: {uk: [\xd0\xb1, 'no'], former: [{name: c, from: 1934}]}\n",
    b"- &x {id: !!str a}\n- *x\n",
    b"- id: 010\n  lat: 1e999\n  <<: {}\n",
    b'%YAML 1.1\n---\n- "\\ud800\\x00"\n...\n',
)


def one(data: bytes) -> None:
    """Checked records come out that JSON can hold, or problems with their lines."""
    try:
        found = parse_yaml(data, tuple[PlaceEntry, ...], name="x.yaml", unique="id")
    except LexiconError as error:
        lines = data.count(b"\n") + data.count(b"\r") + data.count(b"\xc2\x85") + data.count(b"\xe2\x80") + 2
        assert error.problems
        assert all(problem.line >= 1 for problem in error.problems)
        assert all(problem.line <= lines for problem in error.problems if b"\x00" not in data)
        return
    msgspec.json.encode(found)
