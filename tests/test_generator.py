"""What results are keyed by: the program, the model's files, and all data, the user's own among them."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from pathlib import Path

import msgspec
import pytest

from claimkit import Extractor
from claimkit.gazetteer_db import GazetteerDatabase, user_database
from claimkit.gazetteer_records import Place, PlaceKind
from claimkit.nlp import packaged_name
from claimkit.records import Generator
from claimkit.session import FILE, MODEL
from claimkit.settings import Settings


def test_the_generator_is_of_what_the_data_files_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other contents of a user's file, an own gazetteer, other fitted weights: another one; else the same."""
    monkeypatch.setenv("CLAIMKIT_DATA_DIR", str(tmp_path / "own"))
    layer = tmp_path / "layer.yaml"
    layer.write_text("[]\n", encoding="utf-8")

    def made_by(**more: tuple[str, ...]) -> Generator:
        return Extractor(settings=Settings(**more)).generator  # type: ignore[arg-type]

    plain, places, parties = made_by(), made_by(gazetteer=(str(layer),)), made_by(actors=(str(layer),))
    assert made_by() == plain
    layer.write_text("[]  # changed\n", encoding="utf-8")
    later = made_by(gazetteer=(str(layer),)), made_by(actors=(str(layer),))
    assert len({plain, places, parties, *later}) == 5
    assert {made.lexicon_sha256 for made in (plain, places, later[0])} == {plain.lexicon_sha256}
    assert {made.gazetteer_sha256 for made in (plain, parties, later[1])} == {plain.gazetteer_sha256}
    with GazetteerDatabase(user_database(), write=True) as database:
        database.add([Place(id="own:1", name="Somewhere", kind=PlaceKind.CITY, lat=1.0, lon=2.0)], source="test")
    assert made_by() == msgspec.structs.replace(plain, gazetteer_sha256=made_by().gazetteer_sha256) != plain
    weights = tmp_path / "ranking.json"
    weights.write_text("{}", encoding="utf-8")
    monkeypatch.setattr(sys.modules[Extractor.__module__], "WEIGHTS", (weights,))
    assert made_by().lexicon_sha256 != plain.lexicon_sha256


def test_the_model_is_named_by_what_its_files_hold(tmp_path: Path) -> None:
    """A changed file of the same version is another model; the network counts by the digest that the export noted."""
    about = {"version": "1.0"}

    def named(**files: str) -> str:
        for stem, text in (
            {"model.json": json.dumps(about), "model.onnx": "net", "ranking.json": "{}"} | files
        ).items():
            (tmp_path / stem).write_text(text, encoding="utf-8")
        return packaged_name(tmp_path)

    plain = named()
    assert re.fullmatch(r"en_claimkit-1\.0\+[0-9a-f]{12}", plain)
    assert named() == plain
    assert len({plain, named(**{"ranking.json": "[]"}), named(**{"model.onnx": "ten"})}) == 3
    about["network_sha256"] = hashlib.sha256(b"net").hexdigest()
    noted = named(**{"model.json": json.dumps(about)})
    assert named(**{"model.onnx": "longer"}) != noted
    about["network_sha256"] = hashlib.sha256(b"ten").hexdigest()
    assert named(**{"model.onnx": "ten"}) != noted


def test_the_packaged_network_is_the_one_that_was_noted() -> None:
    """Where ``model.json`` has a digest of the network, it is that of the file beside it."""
    about = json.loads((MODEL / "model.json").read_bytes())
    digest = hashlib.sha256((MODEL / FILE).read_bytes()).hexdigest()
    assert about.get("network_sha256", digest) == digest
