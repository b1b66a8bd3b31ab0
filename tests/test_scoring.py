"""Scores of claims: the figures of the gold form's own scorer, claims in every form, what is refused.

``data/scoring/score.json`` is what the scorer that the annotators use printed for these articles.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from claimkit.errors import InputError
from claimkit.gold import Articles, Squeezed, read_scored
from claimkit.records import Generator, Run
from claimkit.scoring import Difference, Scored, pairs, score
from claimkit.settings import Settings
from tests import sample

DATA = Path(__file__).parent / "data" / "scoring"
CLAIM = Scored(
    start=0, end=10, text="", claimant="RUS", stance="assert", event="capture", modality="actual", actor="", date="",
    places=frozenset({"lyman"}),
)  # fmt: skip


@pytest.fixture
def articles() -> Articles:
    """The articles that the claims are about."""
    return Articles(DATA / "articles", settings=Settings())


def read(name: str, articles: Articles) -> dict[str, list[Scored]]:
    """Read a folder of claims."""
    return read_scored(DATA / name, articles=articles)


def builtins(record: object) -> Any:
    """Give a record as its JSON would have it."""
    return json.loads(msgspec.json.encode(record))


def test_figures_are_those_of_the_annotators_scorer(articles: Articles) -> None:
    """To the last place, in total and for each article, also one without claims; and right against itself."""
    gold = read("gold", articles)
    expected = json.loads((DATA / "score.json").read_text(encoding="utf-8"))
    assert builtins(score(gold, predicted=read("other", articles))) == expected
    same = score(gold, predicted=gold).total
    assert (same.full.f1, same.disputed.f1, set(same.agree.values())) == (1.0, 1.0, {1.0})


def test_differences_say_what_was_missed_spurious_or_other(articles: Articles) -> None:
    """Each claim that does not agree is named once, with both values of what differs."""
    found = score(read("gold", articles), predicted=read("other", articles), differences=True).differences
    assert not isinstance(found, msgspec.UnsetType)
    assert [(one.article, one.kind, one.text, one.attributes) for one in found] == [
        ("tarnby", "missed", "they hold Tarnby", {}),
        ("tarnby", "missed", "Nobody has left", {}),
        ("tarnby", "spurious", "taken Tarnby", {}),
        ("tarnby", "differs", "their fighters had taken Tarnby", {"places": ("tarnby", "olme, tarnby")}),
        ("tarnby", "differs", "the claim", {"stance": ("unverified", "doubt"), "actor": ("REBELS", "")}),
        ("tarnby", "differs", "Nobody has left", {"event": ("humanitarian", "withdraw")}),
        ("tarnby", "differs", "Both sides will meet in Olme next week", {"modality": ("future", "actual")}),
        ("velle", "spurious", "Guns were heard", {}),
        ("velle", "differs", "it had lost eleven men near Velle in March", {"date": ("2026-03", "2026")}),
    ]
    assert isinstance(found[0], Difference)


@pytest.mark.parametrize(
    ("start", "end", "is_pair"), [(0, 10, True), (5, 15, True), (6, 16, False), (9, 11, True), (10, 12, False)]
)
def test_half_of_the_shorter_must_overlap(start: int, end: int, is_pair: bool) -> None:
    """From half of the shorter content on two claims are a pair; below, and side by side, they are not."""
    assert bool(pairs([CLAIM], predicted=[replace(CLAIM, start=start, end=end)])) is is_pair


def test_the_most_agreeing_pairs_come_first() -> None:
    """A claim goes to the gold claim that it agrees with, though another overlaps it just as well."""
    deny = replace(CLAIM, claimant="UKR", stance="deny")
    assert sorted(pairs([CLAIM, deny], predicted=[deny, CLAIM])) == [(0, 1), (1, 0)]
    assert pairs([CLAIM], predicted=[deny, deny]) == [(0, 1)]


def test_our_own_forms_are_read(tmp_path: Path, articles: Articles) -> None:
    """JSON Lines, a whole run, and a folder give the same; a run and a folder also name articles without claims."""
    lines = b"".join(msgspec.json.encode(claim) + b"\n" for claim in sample.EVERY_CLAIM)
    (tmp_path / "claims.jsonl").write_bytes(lines)
    generator = Generator(name="", version="", model="", lexicon_sha256="", gazetteer_sha256="")
    run = Run(generator=generator, documents=sample.EVERY_REPORT, claims=sample.EVERY_CLAIM)
    (tmp_path / "run.json").write_bytes(msgspec.json.encode(run))
    folder = tmp_path / "by-article"
    folder.mkdir()
    for name in ("one", "two", "zero"):
        own = [msgspec.json.encode(claim) for claim in sample.EVERY_CLAIM if claim.document.endswith(f"{name}.txt")]
        (folder / f"{name}.jsonl").write_bytes(b"\n".join(own))
    expected = {
        "one": [Scored.of(claim) for claim in sample.ONE.claims],
        "two": [Scored.of(claim) for claim in sample.TWO.claims],
    }
    assert read_scored(tmp_path / "claims.jsonl", articles=articles) == expected
    assert read_scored(tmp_path / "run.json", articles=articles) == expected | {"zero": []}
    assert read_scored(folder, articles=articles) == expected | {"zero": []}


def test_words_are_found_over_any_white_space() -> None:
    """Line ends, runs of spaces and signs beyond the BMP between the words change nothing; the n-th is the n-th."""
    text = "\U0001f4f0 it\r\n  fell, it\tfell"
    article = Squeezed(text)
    assert [text[slice(*article.find(words))] for words in ("it fell", "fell, it")] == ["it\r\n  fell", "fell, it"]
    second = article.find("it fell", occurrence=2)
    assert text[slice(*second)] == "it\tfell"
    assert article.inside(*second).find("fell") == (second[0] + 3, second[1])
    for words, occurrence in (("it fell", 3), ("", 1), ("rose", 1)):
        with pytest.raises(ValueError, match="not in the article"):
            article.find(words, occurrence=occurrence)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "is no claim"),
        ("[]", "is no claim"),
        ('{"evidence": "it fell"}', "is no claim .*content"),
        ('{"id": "c-1"}', "is no claim"),
        ('{"evidence": "It rose."}', "is no claim"),
    ],
)
def test_what_is_no_claim_is_named_by_its_line(line: str, reason: str, tmp_path: Path, articles: Articles) -> None:
    """A broken line is refused with file and line; nothing is left out silently."""
    path = tmp_path / "tarnby.jsonl"
    path.write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(InputError, match=reason) as caught:
        read_scored(path, articles=articles)
    assert caught.value.where == f"{path}:2"


def test_words_that_do_not_stand_there_and_articles_that_are_missing(tmp_path: Path, articles: Articles) -> None:
    """The gold form needs its article, and its words in it."""
    gold = json.loads((DATA / "gold" / "velle.jsonl").read_text(encoding="utf-8"))
    for name, known, reason in (
        ("velle", articles, "not in the article"),
        ("absent", articles, "has no article absent"),
        ("velle", Articles(None, settings=Settings()), "add --articles DIR"),
    ):
        path = tmp_path / f"{name}.jsonl"
        path.write_text(json.dumps(gold | {"evidence": "It rose."}), encoding="utf-8")
        with pytest.raises(InputError, match=reason):
            read_scored(path, articles=known)


def test_one_name_for_two_articles_is_refused(tmp_path: Path, articles: Articles) -> None:
    """Claims of two articles of one name would be scored against each other."""
    other = replace(sample.ASSERTED, document="elsewhere/one.txt")
    path = tmp_path / "claims.jsonl"
    path.write_bytes(msgspec.json.encode(sample.ASSERTED) + b"\n" + msgspec.json.encode(other))
    with pytest.raises(InputError, match="have one name; rename one"):
        read_scored(path, articles=articles)
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "same.txt").write_text("It fell.\n", encoding="utf-8")
    with pytest.raises(InputError, match="two articles are called same"):
        Articles(tmp_path, settings=Settings())


def test_files_and_folders_that_are_not_there(tmp_path: Path, articles: Articles) -> None:
    """A missing file, an empty folder: one line each."""
    with pytest.raises(InputError, match="cannot be read"):
        read_scored(tmp_path / "absent.jsonl", articles=articles)
    with pytest.raises(InputError, match=r"has no \*\.jsonl"):
        read_scored(tmp_path, articles=articles)
    with pytest.raises(InputError, match="no such file or folder"):
        Articles(tmp_path / "absent", settings=Settings())
