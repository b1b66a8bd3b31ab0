"""The report's files: what is in the page, what cannot be, the Markdown and the digest; no browser is needed."""

from __future__ import annotations

import base64
import hashlib
import html.parser
import json
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest

from claimkit.errors import UsageError
from claimkit.export.markdown import plain_text
from claimkit.records import Stance
from claimkit.report import digest, render_html, render_markdown, write
from claimkit.report.html import SCRIPTS
from claimkit.report.outlines import outlines
from claimkit.report.payload import embedded
from claimkit.report.plain import ranked
from claimkit.report.words import day, headline, period
from tests.report_payloads import PAYLOADS, poisoned
from tests.report_sample import Made, make
from tests.sample import claim

ASSETS = Path(__file__).resolve().parent.parent / "src" / "claimkit" / "report" / "assets"
MOST_OUTLINE_BYTES = 400_000


class Page(html.parser.HTMLParser):
    """The tags of a page, and the text of its style and scripts, as a browser's parser sees them."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.raw: list[tuple[str, str]] = []
        self.text: list[str] = []
        self._open = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag."""
        self.tags.append((tag, dict(attrs)))
        self._open = tag

    def handle_endtag(self, tag: str) -> None:
        """Leave a tag."""
        self._open = ""

    def handle_data(self, data: str) -> None:
        """Keep text."""
        if self._open in {"style", "script"}:
            self.raw.append((self._open, data))
        else:
            self.text.append(data)

    @property
    def policy(self) -> str:
        """Its Content-Security-Policy."""
        (found,) = [a["content"] for _, a in self.tags if a.get("http-equiv") == "Content-Security-Policy"]
        return found or ""

    @property
    def data(self) -> dict[str, Any]:
        """The data it carries."""
        (text,) = [text for tag, text in self.raw if tag == "script" and text.startswith("{")]
        found: dict[str, Any] = json.loads(text)
        return found


@pytest.fixture(scope="module")
def made() -> Made:
    """A small ledger."""
    return make(60)


@pytest.fixture(scope="module")
def page(made: Made) -> Page:
    """Its page."""
    return Page(render_html(made.ledger, made.claims, made.documents))


def sha(text: str) -> str:
    """The hash of a source as a policy names it."""
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def test_policy_allows_own_style_and_script_only(page: Page) -> None:
    """Nothing may load or run but the one style and the one script, known by their hashes."""
    (style,) = [text for tag, text in page.raw if tag == "style"]
    (script,) = [text for tag, text in page.raw if tag == "script" and not text.startswith("{")]
    assert page.policy.split("; ") == [
        "default-src 'none'",
        f"script-src {sha(script)}",
        f"style-src {sha(style)}",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ]


def test_page_names_nothing_outside_itself(page: Page) -> None:
    """No tag has an address but the skip link's and the empty icon; no tag has a style or a handler."""
    addresses = [a[name] for _, a in page.tags for name in ("src", "href", "action", "srcset") if name in a]
    assert addresses == ["data:,", "#main"]
    assert [a for _, a in page.tags if any(name == "style" or name.startswith("on") for name in a)] == []


def test_script_makes_no_markup_from_text() -> None:
    """The script's files never hand a string to an HTML parser or a compiler."""
    sinks = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|fetch\(|XMLHttp|import\("
    )
    files = sorted((ASSETS / "js").glob("*.js"))
    assert {path.name for path in files} == set(SCRIPTS)
    assert [path.name for path in files if sinks.search(path.read_text(encoding="utf-8"))] == []


def test_same_input_same_bytes(made: Made) -> None:
    """Two renderings are the same; no time of making is in them."""
    assert render_html(made.ledger, made.claims, made.documents) == render_html(
        made.ledger, made.claims, made.documents
    )


def test_data_has_every_claim_and_proposition(page: Page, made: Made) -> None:
    """The page carries each claim with its sentence and spans, each proposition with its positions."""
    data = page.data
    assert [row["id"] for row in data["claims"]] == [claim["id"] for claim in made.claims]
    assert {row["id"] for row in data["props"]} == {item["id"] for item in made.ledger["propositions"]}
    row, source = data["claims"][0], made.claims[0]
    text = data["docs"][row["doc"]]["text"][slice(*row["at"])]
    parts = {name: text[slice(*row[name])] for name in ("content", "cue", "source")}
    assert text == source["sentence"]["text"]
    assert parts == {name: source[name]["text"] for name in ("content", "cue", "source")}
    assert data["props"][row["props"][0]]["type"] == source["event"]["type"]


def test_offsets_count_as_a_browser_counts() -> None:
    """Astral characters before and in the sentence move the offsets by one each: UTF-16 units."""
    text = "\U0001f600 \U0001f600 Moscow said Siversk fell."
    start = text.index("\U0001f600 Moscow")
    one = claim(text[start:], content="Siversk fell", source="Moscow", cue="said", start=start)
    data = Page(render_html({"propositions": []}, [one], [{"path": one.document, "text": text}])).data
    (row,) = data["claims"]
    assert row["at"] == [3, 3 + len(text[start:]) + 1]
    assert row["source"] == [3, 9]


def test_records_and_mappings_give_the_same_page() -> None:
    """A claim record and its JSON are the same to the report; a claim without its article's text keeps its sentence."""
    one = claim("Kyiv denied the loss of Siversk.", content="the loss of Siversk", who="UKR", stance=Stance.DENY)
    page = render_html({"propositions": []}, [one], [])
    assert page == render_html({"propositions": []}, [msgspec.to_builtins(one)], [])
    assert Page(page).data["claims"][0]["text"] == "Kyiv denied the loss of Siversk."


def test_contested_come_first(made: Made) -> None:
    """Propositions stand by status, contested first; an unknown status comes last."""
    items = [
        {"id": name, "status": status, "positions": []}
        for name, status in (("a", "claimed"), ("b", "novel"), ("c", "contested"), ("d", "superseded"))
    ]
    assert [item["id"] for item in ranked(items)] == ["c", "a", "d", "b"]
    statuses = [item["status"] for item in ranked(made.ledger["propositions"])]
    assert statuses == sorted(statuses, key=["contested", "refuted", "unverified", "claimed", "acknowledged"].index)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_payloads_add_no_tag(payload: str, made: Made) -> None:
    """Whatever an article says, the page has the same tags, and the payload arrives as text."""
    bad = poisoned(payload)
    clean, dirty = (Page(render_html(m.ledger, m.claims, m.documents)) for m in (poisoned("x"), bad))
    assert [tag for tag, _ in dirty.tags] == [tag for tag, _ in clean.tags]
    assert len(dirty.raw) == len(clean.raw) == 3
    assert dirty.policy == clean.policy
    assert dirty.data["docs"][0]["title"] == bad.documents[0]["title"]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_payloads_are_inert_in_markdown(payload: str) -> None:
    """No tag, link, picture or table border of a payload is left unescaped."""
    text = plain_text(payload)
    assert re.findall(r"(?<!\\)(?:\\\\)*[<>\[\]`|]", text) == []
    assert "\n" not in text


def test_embedded_escapes_what_ends_a_script() -> None:
    """`</script>` and `<!--` in data are escapes, and the data reads back as it was."""
    data = {"a": "</script><!--<script>&\u2028"}
    text = embedded(data)
    assert not set("<>&\u2028") & set(text)
    assert json.loads(text) == data


def test_empty_ledger_is_a_page() -> None:
    """No claims: a page, a Markdown text and a digest that say so."""
    empty: dict[str, Any] = {"schema": "claimkit-ledger/1", "as_of": None, "propositions": []}
    assert Page(render_html(empty, [], [])).data["props"] == []
    assert "No propositions." in render_markdown(empty, [], [])
    assert digest(empty, [], []) == "0 propositions from 0 articles\n"


def test_markdown_has_positions_and_sentences(made: Made) -> None:
    """Each proposition is a heading with a table of positions and quoted sentences."""
    text = render_markdown(made.ledger, made.claims, made.documents, title="Night of 2 December")
    assert text.startswith("# Night of 2 December\n\n")
    assert text.count("\n### ") == len(made.ledger["propositions"])
    assert text.index("## Contested") < text.index("## Claimed")
    assert "| **Ukraine** | denies |" in text
    assert f"> {plain_text(made.claims[0]['sentence']['text'])}" in text


def test_digest_is_short_and_plain(made: Made) -> None:
    """Counts first, then two lines for each of the first propositions, without control characters."""
    lines = digest(made.ledger, made.claims, made.documents, most=2).splitlines()
    assert lines[0].startswith(f"{len(made.ledger['propositions'])} propositions from ")
    assert lines[1].startswith("contested     ")
    assert len(lines) == 6
    assert "\x1b" not in digest(poisoned("\x1b[31mred").ledger, [], [])


@pytest.mark.parametrize(
    ("event", "places", "text"),
    [
        ({"type": "capture", "actor": "RUS"}, ["Pokrovsk"], "Capture of Pokrovsk by Russia"),
        ({"type": "casualties", "actor": "UKR"}, ["Siversk"], "Casualties at Siversk: UKR"),
        ({"type": "hold", "actor": None}, ["A", "B"], "Control of A and B"),
        ({"type": "attack", "actor": None}, list("ABCDE"), "Attack on A, B, C and 2 more"),
        ({"type": "attack", "actor": None, "modality": "future"}, [], "Attack on no named place (future)"),
    ],
)
def test_headline(event: dict[str, Any], places: list[str], text: str) -> None:
    """A headline says event, place and actor; who suffers is no agent; a plan is no fact."""
    item = {"event": event, "places": [{"name": name} for name in places]}
    assert headline(item, names={"RUS": "Russia"}) == text


def test_days() -> None:
    """ISO days become words; months, intervals and nonsense stay as they are."""
    assert [day("2025-12-02"), day("2025-12"), day("2025-99-02"), day(None)] == [
        "2 Dec 2025",
        "2025-12",
        "2025-99-02",
        "",
    ]
    assert period("2025-12-01", "2025-12-01") == "1 Dec 2025"
    assert period("2025-11-30", "2025-12-02") == "30 Nov 2025 – 2 Dec 2025"


def test_outlines_are_small_and_near() -> None:
    """The outlines are under 400 KB, name their licence, and have only the regions near the places."""
    assert (ASSETS / "outlines.json").stat().st_size < MOST_OUTLINE_BYTES
    pokrovsk, nowhere = outlines([(37.18, 48.28)]), outlines([(-140.0, -40.0)])
    assert "public domain" in pokrovsk["about"]
    assert len(pokrovsk["regions"]) > 5
    assert nowhere["regions"] == []
    assert len(pokrovsk["land"]) > 300


def test_write_replaces_only_when_complete(tmp_path: Path, made: Made) -> None:
    """A report that cannot be made leaves the old file; a folder that is missing is named."""
    path = tmp_path / "report.md"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(KeyError):
        write({"propositions": [{"id": "p-1"}]}, [], [], path, fmt="md")
    assert path.read_text(encoding="utf-8") == "old"
    write(made.ledger, made.claims, made.documents, path, fmt="md")
    assert path.read_text(encoding="utf-8") == render_markdown(made.ledger, made.claims, made.documents)
    with pytest.raises(UsageError, match="the folder of -o is missing"):
        write(made.ledger, [], [], tmp_path / "none" / "r.html")
