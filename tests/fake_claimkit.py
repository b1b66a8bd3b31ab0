"""The command line with an extractor that knows three articles by their file names: one, two, and any other.

Run as a script: ``python tests/fake_claimkit.py extract ...``. An article of which the name holds ``slow`` takes as
many seconds as ``FAKE_SECONDS`` says, and ``fault`` in the name is a fault in its extraction.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import msgspec

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from claimkit import cli  # noqa: E402 - the path comes first
from claimkit.commands import extract as extract_command  # noqa: E402
from claimkit.records import Document, Extraction  # noqa: E402
from claimkit.settings import Settings  # noqa: E402
from tests import sample  # noqa: E402


class FakeGazetteer:
    """Knows one place by a former name."""

    def lookup(self, name: str) -> SimpleNamespace:
        """Find the place."""
        known = SimpleNamespace(id="geonames:704422") if name == "Krasnoarmeysk" else None
        return SimpleNamespace(place=known, candidates=())


class FakeExtractor:
    """Gives the claims of the sample, whatever the text says."""

    generator = sample.GENERATOR
    gazetteer = FakeGazetteer()

    def extract(self, document: Document) -> Extraction:
        """Choose the sample by the name of the article."""
        stem = Path(document.path).stem
        if "slow" in stem:
            time.sleep(float(os.environ.get("FAKE_SECONDS", "1")))
        if "fault" in stem:
            raise IndexError("list index out of range")
        known = {"one": sample.ONE, "two": sample.TWO}.get(stem, sample.NONE)
        report = msgspec.structs.replace(known.document, path=document.path)
        claims = tuple(msgspec.structs.replace(claim, document=document.path) for claim in known.claims)
        return Extraction(document=report, claims=claims)


def make(_settings: Settings) -> FakeExtractor:
    """Stand in for ``claimkit.commands.extract.make_extractor``."""
    return FakeExtractor()


if __name__ == "__main__":
    extract_command.make_extractor = make  # type: ignore[assignment]
    cli.main()
