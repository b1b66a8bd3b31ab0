"""Headless Chromium for the tests of the report: Debian's ``chromium`` and ``chromium-driver``, nothing downloaded."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.ui import WebDriverWait

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
DRIVER = "chromedriver"
PATIENCE = 240  # seconds; a machine may be busy with other work
ARGUMENTS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=1440,1000")


@contextmanager
def chromium() -> Iterator[webdriver.Chrome]:
    """Start the browser; where there is none the test is skipped, or fails where ``BROWSER_TESTS=1`` requires it."""
    binary = next(filter(None, map(shutil.which, BROWSERS)), None)
    driver = shutil.which(DRIVER)
    if binary is None or driver is None:
        message = "no headless browser here: apt-get install chromium chromium-driver"
        if os.environ.get("BROWSER_TESTS") == "1":
            pytest.fail(message)
        pytest.skip(message)
    options = webdriver.ChromeOptions()
    options.binary_location = binary
    for argument in ARGUMENTS:
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    browser = webdriver.Chrome(options=options, service=Service(driver))
    try:
        browser.set_page_load_timeout(PATIENCE)
        browser.set_script_timeout(PATIENCE)
        browser.execute_cdp_cmd("Performance.enable", {"timeDomain": "threadTicks"})
        yield browser
    finally:
        browser.quit()


class Screen:
    """A report in the browser.

    Args:
        browser: the browser.
        path: the report.
    """

    def __init__(self, browser: webdriver.Chrome, path: Path) -> None:
        self.browser = browser
        self.url = path.as_uri()
        browser.get(self.url)
        self.wait("return document.documentElement.dataset.ready === 'yes'")

    def run(self, script: str, *arguments: Any) -> Any:
        """Run a script in the page."""
        return self.browser.execute_script(script, *arguments)

    def wait(self, script: str) -> Any:
        """Wait until a script says yes."""
        return WebDriverWait(self.browser, PATIENCE, poll_frequency=0.2).until(lambda _: self.run(script))

    def settle(self) -> None:
        """Wait until two frames are drawn."""
        self.browser.execute_async_script(
            "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()))"
        )

    def fill(self, name: str, value: str) -> None:
        """Give a filter a value as a hand would."""
        self.run(
            "const c = document.getElementById(arguments[0]); c.value = arguments[1];"
            "c.dispatchEvent(new Event('input', {bubbles: true}));"
            "c.dispatchEvent(new Event('change', {bubbles: true}));",
            f"f-{name}",
            value,
        )

    def texts(self, selector: str) -> list[str]:
        """Give the texts of what a selector finds."""
        found: list[str] = self.run(
            "return [...document.querySelectorAll(arguments[0])].map(node => node.textContent)", selector
        )
        return found

    def complaints(self) -> list[str]:
        """Give what the console said since the last time."""
        return [entry["message"] for entry in self.browser.get_log("browser")]  # type: ignore[no-untyped-call]

    def requests(self) -> list[str]:
        """Give every address that was asked for since the last time."""
        log = self.browser.get_log("performance")  # type: ignore[no-untyped-call]
        events = [json.loads(entry["message"])["message"] for entry in log]
        return [e["params"]["request"]["url"] for e in events if e["method"] == "Network.requestWillBeSent"]

    def seconds(self, *names: str) -> float:
        """Give the processor seconds of the page's main thread so far: of tasks, or of ``names``."""
        metrics = self.browser.execute_cdp_cmd("Performance.getMetrics", {})["metrics"]
        return float(sum(metric["value"] for metric in metrics if metric["name"] in names))
