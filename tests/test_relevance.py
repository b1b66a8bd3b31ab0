"""The test by words that comes before the parse: what it passes over and what it must not."""

from __future__ import annotations

import pytest

from claimkit import Extractor
from claimkit.reader import read_text
from claimkit.relevance import Relevance
from claimkit.settings import Settings

WAR = (
    "The army said on Tuesday that its troops had retaken the town of Bara after two days of fighting with the rebels.",
    "The rebels denied that they had lost the town and said that their fighters had shot down a drone.",
    "At least nine soldiers were killed and thirty wounded in the attack, a hospital in the capital reported.",
)
OTHER = (
    "The bakery on Hill Street will open an hour earlier from next week, its owner told the local paper.",
    "She has run the shop for twenty years and makes her own jam from plums that grow behind the church.",
    "Customers may vote for the best cake of the season until Sunday; the winner gets a year of free coffee.",
    "A second branch near the university is planned, with a small library for children and a garden.",
)


def worth(*paragraphs: str, short: int = 100, floor: float = Settings().relevance_floor) -> list[str]:
    """Give the paragraphs that are worth parsing."""
    document = read_text("\n\n".join(paragraphs) + "\n", published="2025-12-01")
    kept = Relevance.default().worth_reading(document, floor=floor, whole=Settings().relevance_whole, short=short)
    return [document.text[block.start : block.end] for block in kept]


def test_war_is_read_and_other_news_is_passed_over() -> None:
    """Paragraph by paragraph, also in one article."""
    assert worth(*WAR) == list(WAR)
    assert worth(*OTHER) == []
    assert set(worth(*WAR, *OTHER)) >= set(WAR)


def test_an_article_about_a_conflict_is_read_whole() -> None:
    """Two of three paragraphs make it one, the third among them; by a higher mean it is not."""
    table = Relevance(bias=-9.0, own={"rebels": 18.0, "soldiers": 18.0}, around={})
    document = read_text("\n\n".join((WAR[1], OTHER[3], WAR[2])) + "\n", published="2025-12-01")
    kept = [len(table.worth_reading(document, floor=0.5, whole=whole, short=100)) for whole in (0.6, 0.9)]
    assert kept == [3, 2]


def test_short_texts_and_a_floor_of_zero_read_everything() -> None:
    """A few words tell too little to be passed over."""
    assert worth(OTHER[0], short=1000) == [OTHER[0]]
    assert worth(*OTHER, floor=0.0) == list(OTHER)
    assert worth("") == []


def test_the_order_of_words_does_not_matter() -> None:
    """A score is the same to the last bit, whatever the hash seed."""
    table = Relevance(bias=-0.1, own={f"w{n}": 0.1 * n / 7 for n in range(50)}, around={"w1": 1e16, "w2": -1e16})
    text = " ".join(f"w{chr(97 + n % 26)}w{n}" for n in range(50))
    assert table.scores([text]) == table.scores([" ".join(reversed(text.split()))])


@pytest.mark.model
def test_what_is_passed_over_is_counted_and_thorough_reads_it() -> None:
    """The record says how many paragraphs were not parsed."""
    text = "\n\n".join((*OTHER, *OTHER)) + "\n"
    quick = Extractor().extract(text, published="2025-12-01")
    thorough = Extractor(settings=Settings(thorough=True)).extract(text, published="2025-12-01")
    assert quick.document.paragraphs_passed_over == 2 * len(OTHER)
    assert (quick.document.sentences_read, quick.document.sentences) == (0, thorough.document.sentences)
    assert thorough.document.paragraphs_passed_over == 0
    assert Extractor().extract("\n\n".join(WAR), published="2025-12-01").document.paragraphs_passed_over == 0
