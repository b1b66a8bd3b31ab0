"""Where the commands of the ledger read claims from: results that were written, or corpora of the same form."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.test_store import claimkit

ROW = {"id": "one", "text": "A sentence.", "date": "2025-12-01"}
COLUMNS = ("--text-column", "text", "--id-column", "id")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An article's results, and a corpus."""
    monkeypatch.chdir(tmp_path)
    Path("one.txt").write_text("A sentence.\n", encoding="utf-8")
    Path("corpus.jsonl").write_text(json.dumps(ROW) + "\n", encoding="utf-8")
    assert claimkit("extract", "one.txt", "-o", "claims.jsonl").returncode == 0


@pytest.mark.parametrize(
    "command",
    [("ledger",), ("export", "--to", "brat", "-o", "brat"), ("report", "-o", "report.html"), ("status", "Nowhere")],
)
def test_a_corpus_in_json_lines_is_read_as_articles(command: tuple[str, ...]) -> None:
    """With the columns named it is; without, it is taken for results and refused."""
    asked, *more = command
    place = more[:1] if asked == "status" else []
    options = more[len(place) :]
    read = claimkit(asked, *place, "corpus.jsonl", *COLUMNS, *options)
    refused = claimkit(asked, *place, "corpus.jsonl", *options)
    assert b"is no claim" not in read.stderr
    assert read.returncode == (2 if asked == "status" else 0)  # nothing is known of the place
    assert (refused.returncode, b"is no claim" in refused.stderr) == (1, True)


def test_results_stay_results_where_a_column_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """As by a project's ``claimkit.toml``: they say in their first line what they are."""
    plain = claimkit("ledger", "claims.jsonl", "--format", "json")
    monkeypatch.setenv("CLAIMKIT_TEXT_COLUMN", "text")
    named = claimkit("ledger", "claims.jsonl", "--format", "json")
    assert plain.stdout == named.stdout
    assert json.loads(named.stdout)["propositions"]
