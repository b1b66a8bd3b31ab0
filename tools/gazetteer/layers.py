"""The hand-written layers (``tools/gazetteer/layers/*.yaml``): rows that people review, read into one form.

A row is a mapping, or for villages a line ``Ukrainian | Russian | lat lon | Former, lang, years, who`` (all but the
first part may be left out). Mapping keys: ``name, geonames, kind, country, admin1, at, population, capital, part_of,
names, former, foreign, was`` and two-letter language codes (``en, uk, ru, ar ...``), each a name or a list of names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tools.gazetteer.ukrainian import romanise

FOLDER = Path(__file__).parent / "layers"
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?$")
MIXED = re.compile(r"[A-Za-z](?=[^|]*[А-яІіЇїЄєҐґ])|[А-яІіЇїЄєҐґ][^|]*[A-Za-z]|\u0301")
PLAIN = frozenset({"name", "geonames", "kind", "country", "admin1", "at", "population", "capital", "part_of", "id"})
STATUS = ("former", "foreign", "was")


class LayerError(ValueError):
    """A row of a layer is wrong; the message says which, where, and the mend."""


@dataclass(kw_only=True)
class Row:
    """One place of a layer; ``where`` is the file and the row's number in it."""

    where: str
    name: str
    kind: str = ""
    country: str = ""
    admin1: str = ""
    geonames: int | None = None
    id: str = ""
    at: tuple[float, float] | None = None
    population: int | None = None
    capital: str = ""
    part_of: str = ""
    names: dict[str, list[str]] = field(default_factory=dict)
    former: list[dict[str, Any]] = field(default_factory=list)
    foreign: list[dict[str, Any]] = field(default_factory=list)


def read(path: Path) -> Iterator[Row]:
    """Read one layer: ``groups`` of ``defaults`` and ``places``.

    Raises:
        LayerError: a row has an unknown key, or no name.
    """
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    for number, group in enumerate(data, start=1):
        defaults = {key: value for key, value in group.items() if key != "places"}
        for place, raw in enumerate(group["places"], start=1):
            where = f"{path.name}: group {number}, place {place}"
            yield row(raw if isinstance(raw, dict) else _line(str(raw), where), defaults=defaults, where=where)


def row(raw: dict[str, Any], *, defaults: dict[str, Any], where: str) -> Row:
    """Make a row of a layer's mapping; a place without a name is named by its Ukrainian name, romanised."""
    given = {**defaults, **raw}
    unknown = [key for key in given if key not in PLAIN and key not in STATUS and not LANGUAGE.match(str(key))]
    if unknown:
        raise LayerError(f"{where}: unknown key {', '.join(map(str, unknown))}; see layers.py for the keys")
    names = {key: _list(value) for key, value in given.items() if LANGUAGE.match(str(key)) and key not in PLAIN}
    names.pop("was", None)
    name = given.get("name") or (romanise(names["uk"][0]) if "uk" in names else "")
    if not name:
        raise LayerError(f"{where}: no name; give name or uk")
    mixed = [item for lang in ("uk", "ru") for item in names.get(lang, ()) if MIXED.search(item)]
    if mixed:
        raise LayerError(f"{where}: {mixed[0]!r} mixes Latin and Cyrillic letters; write it in Cyrillic")
    return Row(
        where=where,
        name=name,
        at=_point(given["at"], where) if "at" in given else None,
        names=names,
        former=[*_statuses(given.get("former", [])), *_renames(given.get("was", []))],
        foreign=_statuses(given.get("foreign", [])),
        **{key: given[key] for key in PLAIN - {"name", "at"} if given.get(key) is not None},
    )


def _list(value: Any) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else [str(value)]


def _point(value: Any, where: str) -> tuple[float, float]:
    lat, lon = value.split() if isinstance(value, str) else value
    try:
        return float(lat), float(lon)
    except ValueError as error:
        raise LayerError(f"{where}: {value!r} is not a point; write lat lon in degrees") from error


def _line(text: str, where: str) -> dict[str, Any]:
    parts = [part.strip() for part in text.split("|")]
    raw: dict[str, Any] = {"uk": _split(parts[0])}
    for part in parts[1:]:
        if re.fullmatch(r"-?\d+(\.\d+)? -?\d+(\.\d+)?", part):
            raw["at"] = part
        elif match := re.fullmatch(r"was (.+?) / (.+?)(?: / (.+?))? ((?:\d{4})?-\d{4})(?: ([A-Z, ]+))?", part):
            uk, ru, en, years, users = match.groups()
            raw.setdefault("was", []).append({"uk": uk, "ru": ru, "years": years} | ({"en": _split(en)} if en else {}))
            if users:
                raw["was"][-1]["by"] = users.split(", ")
        elif match := re.fullmatch(r"foreign (.+?)(?: \[(.+)\])?", part):
            users_by = {"used_by": _split(match[2])} if match[2] else {}
            raw["foreign"] = [{"name": name, "lang": "en"} | users_by for name in _split(match[1])]
        elif match := re.fullmatch(r"at (.+)", part):
            raw["at"] = match[1]
        elif match := re.fullmatch(r"(kind|geonames|en|name|population) (.+)", part):
            key, value = match.groups()
            raw[key] = int(value) if key in ("geonames", "population") else _split(value) if key == "en" else value
        elif part and "ru" not in raw:
            raw["ru"] = _split(part)
        elif part:
            raise LayerError(f"{where}: {part!r} is not understood; write Ukrainian | Russian | lat lon | was ...")
    return raw


def _split(text: str) -> list[str]:
    return [item.strip() for item in text.split(",")]


def _statuses(value: list[Any]) -> list[dict[str, Any]]:
    result: list[dict[str, Any]] = []
    for item in value:
        if isinstance(item, dict):
            result.append(item)
            continue
        name, lang, years, users = (*(part.strip() for part in item.split("|")), "", "", "")[:4]
        result.append(_status(name, lang=lang or "en", years=years, users=_split(users) if users else []))
    return result


def _renames(value: Any) -> list[dict[str, Any]]:
    result = []
    for item in value if isinstance(value, list) else [value]:
        users = _list(item["by"]) if "by" in item else []
        for lang, names in item.items():
            if lang not in ("years", "by"):
                result += [_status(n, lang=lang, years=str(item.get("years", "")), users=users) for n in _list(names)]
    return result


def _status(name: str, *, lang: str, years: str, users: list[str]) -> dict[str, Any]:
    start, _, end = years.partition("-")
    entry: dict[str, Any] = {"name": name, "lang": lang}
    if start.strip():
        entry["from"] = int(start)
    if end.strip():
        entry["to"] = int(end)
    if users:
        entry["used_by"] = users
    return entry
