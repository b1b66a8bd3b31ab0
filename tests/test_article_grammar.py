"""What holds of any text built as articles are: head, dateline, quotes, lists, captions, marks, odd spaces."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimkit import Extractor
from claimkit.records import Extraction
from tests.test_extract import check

EXTRACTOR = Extractor()
QUICK = settings(
    max_examples=20, deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
one_of = st.sampled_from

NAMES = one_of(["Jane Doe", "J. R. O\u2019Neil", "\u00c9va Nov\u00e1k", "Олена Ткач"])
PLACES = one_of(
    ["Pokrovsk", "Chasiv Yar", "Kyiv", "the village of Lisova", "Donetsk Oblast", "Bir\u00a0Nasir", "Kharkiv region"]
)
PARTIES = one_of(
    [
        "Russia",
        "Ukraine\u2019s General Staff",
        "the ministry in Moscow",
        "Israel",
        "Hezbollah",
        "a local official",
        "it",
        "RSF",
        "residents",
        "the army",
        "ISW",
        "Khartoum",
    ]
)
CUES = one_of(
    [
        "said",
        "claimed",
        "denied",
        "confirmed",
        "rejected reports",
        "could not verify",
        "has not commented on",
        "insisted",
    ]
)
EVENTS = one_of(
    [
        "its forces had captured {}",
        "{} had fallen",
        "two people were killed in {}",
        "a drone struck a depot near {}",
        "talks would be held in {}",
        "no attack on {} took place",
        "the siege of {} was over",
        "troops withdrew from {}",
    ]
)
WHEN = one_of(["", " on Monday", " on 30 November", " last week", " at 03:40", " in 2014", " since the 24th"])
MARKS = one_of(["", "", "", "[12]", "[a]", " (see map)", "\u00b9", " \u2026"])
SPACES = one_of([" ", " ", " ", "\u00a0", "\u2009", "  ", "\u200b ", "\t"])
BREAKS = one_of(["\n\n", "\n\n", "\n", "\r\n\r\n", "\n \n", "\n\n\n", "\u2028"])


@st.composite
def sentence(draw: st.DrawFn) -> str:
    """A source says, in one of the ways of the news, that something happened."""
    event = draw(EVENTS).format(draw(PLACES)) + draw(WHEN)
    who, cue, mark = draw(PARTIES), draw(CUES), draw(MARKS)
    said = draw(
        one_of(
            [
                f"{who} {cue} that {event}{mark}.",
                f"\u201c{event[:1].upper()}{event[1:]},\u201d {who} {cue}.{mark}",
                f"According to {who}, {event}{mark}.",
                f"{event[:1].upper()}{event[1:]}, {who} {cue}{mark}.",
                f'"We know that {event}',
                f"{who} ({draw(NAMES)}) {cue}: {event}{mark}!",
                f"{event[:1].upper()}{event[1:]}.{mark}",
            ]
        )
    )
    return said.replace(" ", draw(SPACES), 2)


@st.composite
def article(draw: st.DrawFn) -> str:
    """An article with some of what can stand around its sentences."""
    head = draw(
        st.lists(
            one_of(
                [
                    "# Town falls, Moscow says",
                    "TOWN FALLS, MOSCOW SAYS",
                    f"By {draw(NAMES)}",
                    f"By {draw(NAMES)} and {draw(NAMES)}, CNN",
                    "Published 1 December 2025",
                    "Updated: Dec. 1, 2025 10:42 GMT",
                    "The Example \u2014 World",
                    "---\ntitle: x\ndate: 2025-12-01\n---",
                    "Comments (3)",
                ]
            ),
            max_size=4,
        )
    )
    dateline = draw(
        one_of(
            [
                "",
                "",
                "KYIV, Ukraine (AP) \u2014 ",
                "KHARTOUM, Dec 1 (Reuters) - ",
                "(CNN) \u2014 ",
                "\u041a\u0418\u0407\u0412 \u2014 ",
            ]
        )
    )
    pieces = [" ".join(draw(st.lists(sentence(), min_size=1, max_size=3))) for _ in range(draw(st.integers(1, 4)))]
    pieces[0] = dateline + pieces[0]
    around = one_of(
        [
            "",
            "",
            "Photo: A. B./Reuters",
            "Read more: Who holds what",
            "## Background",
            "* first\n* second",
            "1. one\n2. two",
            "> quoted lines\n> go on",
            "| a | b |\n|---|---|\n| 1 | 2 |",
            "Advertisement",
            "\u00a9 2025 The Example",
            "[1] Ministry, 1 December.",
        ]
    )
    parts = [*head]
    for piece in pieces:
        parts += [piece, draw(around)]
    return "".join(part + draw(BREAKS) for part in parts if part)


@pytest.mark.model
@QUICK
@given(article(), st.booleans())
def test_any_article_is_read(text: str, dated: bool) -> None:
    """Nothing raises; each span cuts; the record survives JSON; the same text gives the same bytes."""
    found = EXTRACTOR.extract(text, published="2025-12-02" if dated else None)
    check(found, text)
    encoded = msgspec.json.encode(found)
    assert msgspec.json.encode(msgspec.json.decode(encoded, type=Extraction)) == encoded
    assert msgspec.json.encode(EXTRACTOR.extract(text, published="2025-12-02" if dated else None)) == encoded
