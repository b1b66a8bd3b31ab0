"""A small gazetteer for tests: an invented corner of the world with the difficulties of the real one."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimkit.gazetteer import Gazetteer

YAML = """\
- {id: "claimkit:ua", name: Ukraine, kind: country, country: UA, lat: 49.0, lon: 32.0,
   names: {uk: [Україна], foreign: [{name: Ucrania, lang: es}]}}
- {id: "claimkit:ru", name: Russia, kind: country, country: RU, lat: 60.0, lon: 90.0, names: {ru: [Россия]}}
- {id: "claimkit:sd", name: Sudan, kind: country, country: SD, lat: 15.0, lon: 30.0}
- id: claimkit:donetsk-oblast
  name: Donetsk Oblast
  kind: region
  country: UA
  lat: 48.0
  lon: 37.5
  names: {uk: [Донецька область], ru: [Донецкая область]}
- {id: "claimkit:donetsk", name: Donetsk, kind: city, country: UA, admin1: Donetsk Oblast, lat: 48.0, lon: 37.8,
   population: 900000, names: {uk: [Донецьк], ru: [Донецк]}}
- id: claimkit:pokrovsk
  name: Pokrovsk
  kind: city
  country: UA
  admin1: Donetsk Oblast
  lat: 48.28
  lon: 37.18
  population: 60000
  names:
    uk: [Покровськ]
    ru: [Покровск]
    former:
      - {name: Krasnoarmeysk, lang: en, from: 1934, to: 2016, used_by: [RUS]}
      - {name: Красноармейск, lang: ru, from: 1934, to: 2016, used_by: [RUS]}
- id: claimkit:toretsk
  name: Toretsk
  kind: city
  country: UA
  admin1: Donetsk Oblast
  lat: 48.39
  lon: 37.85
  population: 30000
  names: {former: [{name: Dzerzhinsk, to: 2016}]}
- {id: "claimkit:it", name: Italy, kind: country, country: IT, lat: 42.8, lon: 12.8,
   names: {foreign: [{name: Italia, lang: it}]}}
- {id: "claimkit:rome", name: Rome, kind: city, country: IT, lat: 41.9, lon: 12.5, capital: IT, population: 2800000,
   names: {foreign: [{name: Roma, lang: it}, {name: Islas, lang: es, used_by: [ARG]}]}}
- {id: "claimkit:dzerzhinsk", name: Dzerzhinsk, kind: city, country: RU, lat: 56.2, lon: 43.5, population: 230000}
- {id: "claimkit:kharkiv", name: Kharkiv, kind: city, country: UA, lat: 50.0, lon: 36.2, population: 1400000,
   names: {uk: [Харків], ru: [Харьков], foreign: [{name: Kharkov, used_by: [RUS]}]}}
- {id: "claimkit:kyiv", name: Kyiv, kind: city, country: UA, lat: 50.45, lon: 30.52, capital: UA, population: 2900000,
   names: {uk: [Київ], ru: [Киев], foreign: [{name: Kiev}]}}
- {id: "claimkit:huliaipole", name: Huliaipole, kind: town, country: UA, lat: 47.66, lon: 36.26, population: 12000,
   names: {uk: [Гуляйполе], ru: [Гуляйполе]}}
- {id: "claimkit:kramatorsk", name: Kramatorsk, kind: city, country: UA, admin1: Donetsk Oblast, lat: 48.73, lon: 37.58,
   population: 150000, names: {uk: [Краматорськ], ru: [Краматорск]}}
- {id: "claimkit:chasiv-yar", name: Chasiv Yar, kind: city, country: UA, admin1: Donetsk Oblast, lat: 48.59, lon: 37.84,
   population: 12000, names: {uk: [Часів Яр], ru: [Часов Яр]}}
- {id: "claimkit:siversk", name: Siversk, kind: city, country: UA, admin1: Donetsk Oblast, lat: 48.86, lon: 38.1,
   population: 11000, names: {uk: [Сіверськ], ru: [Северск]}}
- {id: "claimkit:seversk", name: Seversk, kind: city, country: RU, lat: 56.6, lon: 84.89, population: 110000}
- {id: "claimkit:marinka", name: Marinka, kind: city, country: UA, lat: 47.94, lon: 37.5, population: 9000,
   names: {uk: [Мар'їнка]}}
- {id: "claimkit:petrivka-1", name: Petrivka, kind: village, country: UA, admin1: Donetsk Oblast, lat: 48.3, lon: 37.2,
   names: {uk: [Петрівка]}}
- {id: "claimkit:petrivka-2", name: Petrivka, kind: village, country: UA, lat: 46.9, lon: 31.0, names: {uk: [Петрівка]}}
- {id: "claimkit:fasher", name: El Fasher, kind: city, country: SD, lat: 13.63, lon: 25.35, population: 260000,
   names: {ar: [الفاشر]}}
- {id: "claimkit:us", name: United States, kind: country, country: US, lat: 39.0, lon: -98.0, names: {en: [US]}}
"""


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep compiled tables and the user's data of a test in its own folder."""
    monkeypatch.setenv("CLAIMKIT_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("CLAIMKIT_DATA_DIR", str(tmp_path / "data"))
    return tmp_path


@pytest.fixture
def gazetteer(cache: Path) -> Gazetteer:
    """Give the small gazetteer."""
    path = cache / "small.yaml"
    path.write_text(YAML, encoding="utf-8")
    return Gazetteer.of(path)
