"""The command line with an extractor that knows three articles by their file names: one, two, and any other.

Run as a script: ``python tests/fake_claimkit.py extract ...``. An article of which the name holds ``slow`` takes as
many seconds as ``FAKE_SECONDS`` says, and ``fault`` in the name is a fault in its extraction.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import msgspec

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from claimkit import cli  # noqa: E402 - the path comes first
from claimkit.commands import extract as extract_command  # noqa: E402
from claimkit.gazetteer_records import Match, Place, PlaceKind  # noqa: E402
from claimkit.mentions import Mention, Mentions, MentionsReport  # noqa: E402
from claimkit.records import Document, Extraction  # noqa: E402
from claimkit.settings import Settings  # noqa: E402
from tests import sample  # noqa: E402


class FakeGazetteer:
    """Knows one place by a former name."""

    def lookup(self, name: str) -> Match:
        """Find the place."""
        known = Place(id="geonames:704422", name="Pokrovsk", kind=PlaceKind.CITY, country="UA", lat=48.28, lon=37.18)
        return Match(query=name, place=known if name == "Krasnoarmeysk" else None)


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

    def places(self, document: Document) -> Mentions:
        """Give the places of the sample's claims, each where a claim names it."""
        known = self.extract(document)
        found = tuple(
            Mention(document=document.path, published=claim.published, outlet=claim.outlet, sentence=claim.sentence,
                    place=place)
            for claim in known.claims
            for place in claim.places
        )  # fmt: skip
        report = known.document
        kept = {name: getattr(report, name) for name in MentionsReport.__struct_fields__ if hasattr(report, name)}
        open_ = sum(mention.place.id is None for mention in found)
        return Mentions(
            document=MentionsReport(**{**kept, "places": len(found), "places_unresolved": open_}), places=found
        )


def make(_settings: Settings, *, ahead: bool = True) -> FakeExtractor:
    """Stand in for ``claimkit.commands.extract.make_extractor``."""
    return FakeExtractor()


if __name__ == "__main__":
    extract_command.make_extractor = make  # type: ignore[assignment]
    cli.main()
