"""Russian forms of Ukrainian names, by which settlements are found."""

from __future__ import annotations

import pytest

from claimkit.gazetteer import Gazetteer
from claimkit.russian import russian_forms


@pytest.mark.parametrize(("ukrainian", "russian"), [
    ("Ясенове", "ясеново"),
    ("Миколаївка", "николаевка"),
    ("Василівське", "васильевское"),
    ("Піщане", "песчаное"),
    ("Вільхуватка", "ольховатка"),
    ("Велика Новосілка", "великая новоселка"),
    ("Кам'янка", "каменка"),
    ("Суми", "суми"),
])  # fmt: skip
def test_forms_of_a_name(ukrainian: str, russian: str) -> None:
    """Stems and endings change, each word by itself; what is the same in both languages stays."""
    assert russian in russian_forms(ukrainian)


@pytest.mark.parametrize(("name", "expected"), [
    ("Yasenovo", "claimkit:ua-donetsk-yasenove"),
    ("Olkhovatka", "Vilkhuvatka"),
    ("Yasenova", None),
])  # fmt: skip
def test_a_settlement_is_found_by_its_russian_form(name: str, expected: str | None) -> None:
    """Romanised as Russian is, where the gazetteer has the Ukrainian name alone; another ending is another name."""
    place = Gazetteer.default().lookup(name).place
    assert (place and expected in (place.id, place.name)) if expected else place is None
