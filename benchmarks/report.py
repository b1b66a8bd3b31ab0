"""How fast the report opens and filters in headless Chromium: ``python -m benchmarks.report [--claims 5000]``.

First paint is what the browser reports (Paint Timing, from the start of the navigation); a filter is measured from the
change of a field to the second frame after it, by the clock and by the work of the page's main thread. Medians; the
last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path
from statistics import median

from claimkit.report import write
from tests.browser import Screen, chromium
from tests.report_sample import make

WORK = ("ScriptDuration", "LayoutDuration", "RecalcStyleDuration")
CHANGES = (("status", "contested"), ("q", "bridge"), ("q", ""), ("status", ""), ("stance", "deny"), ("stance", ""))
PAINT = "return performance.getEntriesByName('first-contentful-paint')[0].startTime"
FILTER = """const [name, value, done] = arguments, field = document.getElementById('f-' + name);
const began = performance.now();
field.value = value;
for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, {bubbles: true}));
requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - began)));"""


def measure(page: Path, *, repeat: int) -> dict[str, float]:
    """Open the page several times, and change each filter in it; gives medians in milliseconds."""
    paints, loads, clock, work = [], [], [], []
    with chromium() as browser:
        for _ in range(repeat):
            screen = Screen(browser, page)
            screen.settle()
            paints.append(float(screen.run(PAINT)))
            loads.append(1000 * screen.seconds("TaskDuration"))
            for name, value in CHANGES:
                before = screen.seconds(*WORK)
                clock.append(float(browser.execute_async_script(FILTER, name, value)))
                work.append(1000 * (screen.seconds(*WORK) - before))
    times = {"first_paint": paints, "load_work": loads, "filter": clock, "filter_work": work}
    return {**{name: median(found) for name, found in times.items()}, "filter_most": max(clock)}


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description="Speed of the report in a browser.")
    parser.add_argument("--claims", type=int, default=5000)
    parser.add_argument("--repeat", type=int, default=5)
    given = parser.parse_args()
    made = make(given.claims)
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "report.html"
        write(made.ledger, made.claims, made.documents, page)
        found = measure(page, repeat=given.repeat)
        size = page.stat().st_size
    print("\n".join(f"{name:12} {value:7.1f} ms" for name, value in found.items()))
    print(
        json.dumps({"claims": given.claims, "bytes": size, **{name: round(value, 1) for name, value in found.items()}})
    )


if __name__ == "__main__":
    main()
