"""The report in headless Chromium: filter, search, map, keyboard, print, payloads; nothing leaves the page.

How fast it is, ``python -m benchmarks.report`` measures.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from claimkit.report import write
from tests.browser import Screen, chromium
from tests.report_payloads import MARK, PAYLOADS, poisoned
from tests.report_sample import Made, make

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One browser for all."""
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def made() -> Made:
    """5,000 claims."""
    return make(5000)


@pytest.fixture(scope="module")
def opened(browser: Any, made: Made, tmp_path_factory: pytest.TempPathFactory) -> Screen:
    """The report of 5,000 claims, opened once."""
    path = tmp_path_factory.mktemp("report") / "report.html"
    write(made.ledger, made.claims, made.documents, path)
    screen = Screen(browser, path)
    screen.settle()
    return screen


@pytest.fixture
def screen(opened: Screen) -> Screen:
    """The report with no filter set, its first view shown."""
    opened.run("document.getElementById('reader').close(); location.hash = ''")
    opened.run("document.getElementById('reset').click(); document.getElementById('tab-propositions').click()")
    opened.settle()
    return opened


def count(screen: Screen) -> tuple[int, int]:
    """Read the numbers of propositions and claims that the page says are left."""
    (text,) = screen.texts("#count")
    numbers = [int(word.replace(",", "")) for word in text.split() if word.replace(",", "").isdecimal()]
    return numbers[0], numbers[1]


def test_opens_quietly_and_alone(opened: Screen) -> None:
    """Opening 5,000 claims shows contested ones first, complains of nothing and asks for nothing else."""
    assert opened.complaints() == []
    assert {url for url in opened.requests() if not url.startswith("data:")} == {opened.url}
    assert opened.texts(".prop .badge")[0] == "Contested"


def test_filters_leave_what_they_say(screen: Screen, made: Made) -> None:
    """Stance, claimant, event, status, place and dates, alone and together, leave exactly the claims that fit."""
    assert count(screen) == (len(made.ledger["propositions"]), len(made.claims))
    screen.fill("stance", "deny")
    denials = [claim for claim in made.claims if claim["stance"] == "deny"]
    assert count(screen)[1] == len(denials)
    screen.fill("type", "capture")
    screen.fill("from", "2025-10-01")
    screen.fill("to", "2025-10-31")
    fitting = [
        claim for claim in denials if claim["event"]["type"] == "capture" and claim["published"].startswith("2025-10")
    ]
    assert 0 < count(screen)[1] == len(fitting)
    assert "stance=deny" in screen.run("return location.hash")
    screen.run("document.getElementById('reset').click()")
    place = fitting[0]["places"][0]
    screen.fill("place", place["id"])
    screen.fill("who", "UKR")
    assert count(screen)[1] == sum(
        c["places"][0]["id"] == place["id"] and c["claimant"]["id"] == "UKR" for c in made.claims
    )
    screen.run("document.getElementById('reset').click()")
    screen.fill("status", "acknowledged")
    assert count(screen)[0] == sum(item["status"] == "acknowledged" for item in made.ledger["propositions"])
    assert set(screen.texts(".prop .badge")) == {"Acknowledged"}


def test_search_finds_words_without_accents(screen: Screen, made: Made) -> None:
    """A search needs all its words, whatever their case or accents; nonsense finds nothing and says so."""
    screen.fill("q", "BRÍDGE destroyed")
    wanted = [claim for claim in made.claims if "bridge" in claim["sentence"]["text"]]
    assert count(screen)[1] == len(wanted)
    screen.fill("q", "xyzzy")
    assert count(screen) == (0, 0)
    assert screen.run("return document.querySelector('#view-propositions .empty').checkVisibility()")


def test_map_point_leads_to_propositions_and_claims(screen: Screen) -> None:
    """Enter on a point opens its card; the card leads to a proposition, or leaves only the place's claims."""
    screen.wait("return document.querySelectorAll('.point').length > 50")
    name = screen.run(
        "const p = [...document.querySelectorAll('.point')].at(-1); p.focus(); return p.getAttribute('aria-label')"
    )
    ActionChains(screen.browser).send_keys(Keys.ENTER).perform()
    assert screen.texts(".map-card h2") == [name.partition(":")[0]]
    assert screen.run("return document.activeElement.closest('.map-card') !== null")
    ActionChains(screen.browser).send_keys(Keys.ENTER).perform()
    assert name.partition(":")[0] in screen.run("return document.activeElement.querySelector('h3').textContent")
    screen.run("document.querySelector('.map-card .only').click()")
    assert 0 < count(screen)[1] < 500
    screen.wait("return document.querySelectorAll('.point').length === 1")


def test_map_moves_by_keyboard_and_mouse(screen: Screen) -> None:
    """Plus, arrows and the wheel move the points."""
    where = "return [...document.querySelectorAll('.point')].at(-1).getAttribute('transform')"
    screen.wait("return document.querySelectorAll('.point').length > 50")
    screen.settle()
    seen = {screen.run(where)}
    screen.run("document.querySelector('.map-frame').focus()")
    for keys in ("+", Keys.ARROW_LEFT, Keys.ARROW_UP, "-"):
        ActionChains(screen.browser).send_keys(keys).perform()
        screen.settle()
        seen.add(screen.run(where))
    screen.run(
        "const f = document.querySelector('.map-frame'), b = f.getBoundingClientRect();"
        "f.dispatchEvent(new WheelEvent('wheel', {deltaY: -100, clientX: b.x + 50, clientY: b.y + 50,"
        " cancelable: true}))"
    )
    screen.settle()
    seen.add(screen.run(where))
    assert len(seen) == 6


def test_keyboard_path(screen: Screen) -> None:
    """Skip link first; arrows change the view; a sentence's article opens, marks the claim, and Escape goes back."""
    first = "return document.querySelector('a[href], button, input, select, summary, [tabindex]').className"
    assert screen.run(first) == "skip"
    screen.run("document.getElementById('tab-propositions').focus()")
    ActionChains(screen.browser).send_keys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT).perform()
    assert screen.run("return document.activeElement.id") == "tab-claims"
    assert screen.run("return document.getElementById('view-claims').hidden") is False
    screen.run("document.querySelector('#view-claims .read').focus()")
    ActionChains(screen.browser).send_keys(Keys.ENTER).perform()
    assert screen.run("return document.getElementById('reader').open") is True
    assert screen.texts("#reader mark.here")[0] in screen.texts("#view-claims .sentence")[0]
    ActionChains(screen.browser).send_keys(Keys.ESCAPE).perform()
    assert screen.run("return [document.getElementById('reader').open, document.activeElement.className]") == [
        False,
        "read",
    ]


def test_timeline_says_who_said_what_when(screen: Screen) -> None:
    """A place's timeline has a lane for each party; a sign shows its statements."""
    screen.run("document.getElementById('tab-timeline').click()")
    assert {"Russia", "Ukraine"} <= set(screen.texts(".place-time:first-child .lane-name"))
    label = screen.run("const s = document.querySelector('.sign'); s.click(); return s.getAttribute('aria-label')")
    shown = screen.texts(".place-time:first-child .detail .claim")
    assert len(shown) == int(label.split(": ")[1].split()[0])


def test_everything_is_named_and_contained(screen: Screen) -> None:
    """Every control has a name, every id is there once, and at no width does the page scroll sideways."""
    unnamed = screen.run(
        "return [...document.querySelectorAll('button, input, select, [role=button]')].filter("
        "n => !(n.textContent.trim()"
        " || n.getAttribute('aria-label') || (n.labels && n.labels.length))).map(n => n.outerHTML.slice(0, 80))"
    )
    ids = screen.run("return [...document.querySelectorAll('[id]')].map(n => n.id)")
    assert unnamed == []
    assert len(ids) == len(set(ids))
    for width in (1440, 1024, 390, 320):
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        screen.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        assert screen.run("return document.documentElement.scrollWidth") <= width
    screen.browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_contrast(screen: Screen, theme: str) -> None:
    """Text and its ground differ by 4.5 to 1 at least (WCAG AA), in every stance's colours, in both themes."""
    ratios = screen.run(
        """document.documentElement.dataset.theme = arguments[0];
        const s = getComputedStyle(document.documentElement), v = n => s.getPropertyValue('--' + n).trim();
        const lum = h => { const c = [1, 3, 5].map(i => parseInt(h.slice(i, i + 2), 16) / 255)
          .map(x => x <= .03928 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4);
          return .2126 * c[0] + .7152 * c[1] + .0722 * c[2]; };
        const ratio = (a, b) => {
          const [x, y] = [lum(v(a)), lum(v(b))].sort((p, q) => q - p); return (x + .05) / (y + .05); };
        const pairs = [['ink', 'paper'], ['soft', 'paper'], ['soft', 'card'], ['soft', 'tint'],
          ['link', 'card'], ['link', 'paper']];
        for (const n of ['assert', 'acknowledge', 'deny', 'doubt', 'unverified'])
          pairs.push([n, 'paper'], [n, 'tint'], ['ink', n + '-bg'], [n, n + '-bg']);
        return Object.fromEntries(pairs.map(([a, b]) => [a + ' on ' + b, ratio(a, b)]));""",
        theme,
    )
    screen.run("delete document.documentElement.dataset.theme")
    assert {name: round(ratio, 2) for name, ratio in ratios.items() if ratio < 4.5} == {}


def test_print_shows_the_list_on_white(screen: Screen) -> None:
    """On paper the controls are gone, more of the list is there than on the screen, and it is a page."""
    before = len(screen.texts(".prop"))
    screen.run("dispatchEvent(new Event('beforeprint'))")
    assert len(screen.texts(".prop")) > before
    screen.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    shown = screen.run(
        "return ['.tabs', '.map-tools', '#theme', '.fields'].filter(s => document.querySelector(s).checkVisibility())"
    )
    paper = screen.run("return getComputedStyle(document.documentElement).getPropertyValue('--paper').trim()")
    screen.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    assert (shown, paper) == ([], "#fff")


def test_nothing_was_complained_of_or_asked_for(screen: Screen) -> None:
    """After all of the above the console is empty and no request was made."""
    assert screen.complaints() == []
    assert [url for url in screen.requests() if not url.startswith(("data:", screen.url))] == []


def test_payloads_stay_inert(browser: Any, tmp_path: Path) -> None:
    """Thirty ways to run code, in every text field, through every view: none runs, none loads, all are shown."""
    bad = [poisoned(payload) for payload in PAYLOADS]
    ledger = {"as_of": PAYLOADS[0], "propositions": [item for made in bad for item in made.ledger["propositions"]]}
    path = tmp_path / "bad.html"
    write(ledger, [c for m in bad for c in m.claims], [d for m in bad for d in m.documents], path, title=PAYLOADS[1])
    screen = Screen(browser, path)
    assert len(PAYLOADS) >= 30
    for name in ("propositions", "timeline", "claims", "articles"):
        screen.run("document.getElementById('tab-' + arguments[0]).click()", name)
        screen.run("dispatchEvent(new Event('beforeprint'))")
    screen.run("document.querySelectorAll('.sign').forEach(sign => sign.click())")
    screen.run(
        "document.querySelectorAll('.article-row button').forEach("
        "one => { one.click(); document.getElementById('reader').close(); })"
    )
    screen.settle()
    page = "\n".join(screen.texts("main"))
    assert [payload for payload in PAYLOADS if payload.split("\u2028")[0] not in page] == []
    assert screen.run("return [window.__ran === undefined, location.protocol]") == [True, "file:"]
    assert MARK.startswith("window.__ran")
    assert (
        screen.run(
            "return document.querySelectorAll('main img, main iframe, main script, main style, main object').length"
        )
        == 0
    )
    assert screen.complaints() == []
    assert [url for url in screen.requests() if not url.startswith(("data:", screen.url))] == []
