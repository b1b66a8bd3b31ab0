"""Entries to YAML that people can read: one field a line, the names of a language in one line, in a fixed order."""

from __future__ import annotations

import re
from typing import Any

HEAD = """\
# Places that claimkit knows. Built by `python -m tools.gazetteer build` from GeoNames (CC BY 4.0) and the layers of
# tools/gazetteer/layers; edit those, not this file (docs/gazetteer.md). Licence and attribution: data/LICENSE.md.
# id: geonames:N or claimkit:slug | name: current official name in its usual English form
# kind: country, region, district, city, town, village, settlement, quarter, facility, area, water, island
# country: ISO 3166-1 alpha-2 by law | admin1: region | lat, lon: degrees, WGS 84 | population
# capital: code of the country it is capital of | part_of: id of what it lies in
# names: by language, current; former: with from and to (years); foreign: used by others; used_by: codes of parties
"""
PLAIN = re.compile(r"[^\W\d_][^\W_]*(?:[ .'’ʼ()/-]+[^\W_]+)*\.?")
TRAPS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null", "inf", "nan"})
FIELDS = ("name", "kind", "country", "admin1", "lat", "lon", "population", "capital", "part_of")


def scalar(value: Any) -> str:
    """Write one value, quoted unless it is plainly text or a number."""
    if not isinstance(value, str):
        return f"{value:.5f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
    if PLAIN.fullmatch(value) and value.lower() not in TRAPS:
        return value
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def flow(value: Any) -> str:
    """Write a list or mapping in one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    return scalar(value)


def entry_lines(entry: dict[str, Any]) -> list[str]:
    """Write one entry."""
    lines = [f"- id: {entry['id']}"]
    lines += [f"  {key}: {entry[key] if key == 'part_of' else scalar(entry[key])}" for key in FIELDS if key in entry]
    if names := entry.get("names"):
        lines.append("  names:")
        order = [*sorted(set(names) - {"former", "foreign"}), *(key for key in ("former", "foreign") if key in names)]
        lines += [f"    {scalar(key)}: {flow(names[key])}" for key in order]
    return lines


def document(entries: list[dict[str, Any]]) -> str:
    """Write the whole file."""
    return HEAD + "\n".join(line for entry in entries for line in entry_lines(entry)) + "\n"
