"""Places that are told by whose they are, and words that look like it."""

from __future__ import annotations

import pytest

from claimkit import Extractor

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    """One extractor for all cases."""
    return Extractor()


@pytest.mark.parametrize(("text", "expected"), [
    ("The ministers met in the Qatari capital on Friday.", [("Doha", "Qatari capital")]),
    ("The envoys met Qatari capital markets officials.", []),
    ("Rebels shelled the capital of the Sudan.", [("Khartoum", "capital of the Sudan")]),
    ("Gunmen attacked targets in Burkina Faso's capital, Ouagadougou.",
     [("Ouagadougou", "Burkina Faso's capital"), ("Ouagadougou", "Ouagadougou")]),
    ("Six people died in the Somali capital city.", [("Mogadishu", "Somali capital")]),
    ("They shelled the capital city of Yemen.", [("Sanaa", "capital city of Yemen")]),
    ("Kenya's capital reserves fell.", [("Kenya", "Kenya")]),
    ("The Somali army retook the town.", []),
    ("They agreed on the transfer of capital to Kenya.", [("Kenya", "Kenya")]),
    ("Moscow would not tolerate troops on Ukrainian soil.", [("Moscow", "Moscow"), ("Ukraine", "Ukrainian soil")]),
    ("The Ukrainian soil scientist was killed.", []),
    ("The envoy will meet the president at the Kremlin on Tuesday.", [("Moscow", "Kremlin")]),
    ("The Kremlin said that troops had entered the town.", []),
    ("The Kremlin's troops entered the town.", []),
])  # fmt: skip
def test_descriptions_of_places(extractor: Extractor, text: str, expected: list[tuple[str, str]]) -> None:
    """A capital, a land and a seat of government are places where they are where something is."""
    assert [(found.place.name, found.place.text) for found in extractor.places(text).places] == expected
