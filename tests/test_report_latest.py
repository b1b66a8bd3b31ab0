"""What of a large ledger a report shows: what was spoken of last, and how much is left out."""

from __future__ import annotations

from claimkit.ledger import build
from claimkit.ledger_records import Ledger
from claimkit.records import Claim, Document
from claimkit.report import latest, render_html, render_markdown
from tests import sample

OLD = sample.claim("Kyiv held Siversk.", content="held Siversk", who="UKR", places=("Siversk",),
                   id="c-00000000000a", document="articles/old.txt", published="2025-01-01")  # fmt: skip
NEW = sample.claim("Russia took Pokrovsk.", content="took Pokrovsk", who="RUS", places=("Pokrovsk",),
                   id="c-00000000000b", document="articles/new.txt", published="2025-12-01")  # fmt: skip
DOCUMENTS = tuple(Document(path=f"articles/{name}.txt", text="", sha256=name) for name in ("empty", "new", "old"))


def ledger() -> Ledger:
    """Two propositions, a claim each."""
    return build([OLD, NEW], opposes=lambda _one, _other: False)


def test_what_was_spoken_of_last_stays() -> None:
    """With room for one claim the older proposition goes, with its claim and article, and is counted."""
    found = latest(ledger(), [OLD, NEW], DOCUMENTS, most=1)
    assert [place.name for one in found.ledger.propositions for place in one.places] == ["Pokrovsk"]
    assert found[1:] == ((NEW,), (DOCUMENTS[1],), 1)


def test_nothing_goes_where_there_is_room() -> None:
    """With room for both claims everything stays, an article without claims too."""
    claims: list[Claim] = [OLD, NEW]
    assert latest(ledger(), claims, DOCUMENTS, most=2) == (ledger(), (OLD, NEW), DOCUMENTS, 0)


def test_a_report_says_what_it_leaves_out() -> None:
    """The page and the Markdown name the number, and say nothing where it is none."""
    said = "Not in this report: 1,200 older propositions."
    for render in (render_html, render_markdown):
        assert said in render(ledger(), [OLD, NEW], DOCUMENTS, left_out=1200)
        assert "Not in this report" not in render(ledger(), [OLD, NEW], DOCUMENTS)
