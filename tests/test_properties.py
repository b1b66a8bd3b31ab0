"""What holds of every text, however odd: no error, spans that cut, records that survive JSON."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimkit import Extractor
from claimkit.encoding import without_surrogates
from claimkit.records import Extraction
from tests.test_extract import check

EXTRACTOR = Extractor()
WORDS = st.sampled_from([
    "Russia", "Kyiv", "said", "denied", "that", "its forces", "captured", "Pokrovsk", "on Monday", "not", "he", "who",
    "the city", ",", ".", ". ", "\n\n", "\n", "[12]", "(", "\u201c", "\u201d", "'s", "- ", "\t", "2026-02-30", "\u200b",
])  # fmt: skip
ODD = st.text(st.one_of(
    st.sampled_from("\u202e\u200f\u200d\ufeff\u0000\u00a0\u2028\u0301\U0001f600\U0001f1fa\u0627\u05d0\ufffd\x1b\r\n"),
    st.characters(categories=["L", "N", "P", "S", "Z", "C"]),
), max_size=60)  # fmt: skip
TEXTS = st.one_of(ODD, st.lists(st.one_of(WORDS, ODD), max_size=25).map(" ".join))
QUICK = settings(
    max_examples=25, deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)


@pytest.mark.model
@QUICK
@given(TEXTS)
def test_any_text_is_read(text: str) -> None:
    """No text raises; each span cuts (lone surrogates are read as U+FFFD); JSON gives the same record back."""
    found = EXTRACTOR.extract(text, published="2025-12-01")
    check(found, without_surrogates(text)[0])
    encoded = msgspec.json.encode(found)
    assert msgspec.json.encode(msgspec.json.decode(encoded, type=Extraction)) == encoded


@pytest.mark.model
@QUICK
@given(st.lists(WORDS, max_size=25).map(" ".join))
def test_the_same_text_gives_the_same_claims(text: str) -> None:
    """Whatever was read before."""
    assert EXTRACTOR.extract(text) == EXTRACTOR.extract(text)
