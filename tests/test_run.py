"""Many articles: order, counts, faults that do not cost the others, strictness."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import pytest

from claimkit.errors import DataError, InputError
from claimkit.reader import Skipped
from claimkit.records import Claim, Document, DocumentReport, Extraction
from claimkit.run import Tally, run
from tests import sample

ONE, TWO, ZERO = (Document(path=report.path, text="", sha256="") for report in sample.EVERY_REPORT)
GONE = Skipped(path="gone.txt", reason="no such file or folder")


class Extractor:
    """Gives the sample, or raises what it was told to at one article."""

    def __init__(self, *, fault: Exception | None = None) -> None:
        self.fault = fault

    def extract(self, text_or_document: Document, /) -> Extraction:
        """Choose by path."""
        if self.fault is not None and text_or_document is TWO:
            raise self.fault
        known = (sample.ONE, sample.TWO, sample.NONE)
        return next(item for item in known if item.document.path == text_or_document.path)


class Record:
    """A sink and a watch that remember."""

    def __init__(self) -> None:
        self.events: list[str] = []
        self.claims: list[Claim] = []

    def add(self, document: DocumentReport, *, claims: Sequence[Claim]) -> None:
        """Remember the claims."""
        self.events.append(document.path)
        self.claims.extend(claims)

    def close(self) -> None:
        """Remember that it was closed."""
        self.events.append("closed")

    def done(self, extraction: Extraction, *, tally: Tally) -> None:
        """Remember how many articles there were."""
        self.events.append(f"done {tally.articles}")

    def skipped(self, path: str, *, reason: str) -> None:
        """Remember the reason."""
        self.events.append(f"skipped {path}: {reason}")


def test_articles_in_order_with_their_counts() -> None:
    """Claims come in the order of the articles; the counts say what was read, kept and not used."""
    record = Record()
    tally = run(
        [ONE, GONE, TWO, ZERO],
        extractor=Extractor(),
        sink=record,
        keep=lambda claim: claim.claimant.id != "RUS",
        watch=record,
    )
    assert record.claims == [sample.DENIED, sample.ADMITTED, sample.NARRATED]
    assert record.events == [
        "articles/one.txt",
        "done 1",
        "skipped gone.txt: no such file or folder",
        "articles/two.txt",
        "done 2",
        "articles/zero.txt",
        "done 3",
    ]
    assert tally.line() == "3 articles, 3 claims of 4, 1 without a publication date, 1 input skipped"


def test_what_was_passed_over_is_told() -> None:
    """The paragraphs of all articles, where there are any."""

    class Passing(Extractor):
        def extract(self, text_or_document: Document, /) -> Extraction:
            found = super().extract(text_or_document)
            report = msgspec.structs.replace(found.document, paragraphs_passed_over=2)
            return msgspec.structs.replace(found, document=report)

    record = Record()
    tally = run([ONE, TWO], extractor=Passing(), sink=record, keep=lambda _: True, watch=record)
    assert tally.line() == "2 articles, 4 claims, 4 paragraphs passed over"


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (InputError("too odd"), "too odd"),
        (ValueError("x"), "a fault in claimkit, ValueError: x; report it with what `--debug` shows"),
        (RecursionError("deep"), "a fault in claimkit, RecursionError: deep; report it with what `--debug` shows"),
    ],
)
def test_a_fault_costs_one_article(fault: Exception, reason: str) -> None:
    """An error in one article is a skipped input; the others are there."""
    record = Record()
    tally = run([ONE, TWO, ZERO], extractor=Extractor(fault=fault), sink=record, keep=lambda _: True, watch=record)
    assert tally.skipped == [("articles/two.txt", reason)]
    assert record.claims == [sample.ASSERTED, sample.DENIED]


def test_wrong_data_ends_the_run() -> None:
    """An error in a data file is not a matter of one article."""
    record = Record()
    with pytest.raises(DataError):
        run([TWO], extractor=Extractor(fault=DataError("bad")), sink=record, keep=lambda _: True, watch=record)


def test_debug_lets_a_fault_through() -> None:
    """For --debug the fault is raised with its traceback."""
    record = Record()
    with pytest.raises(ValueError, match="x"):
        run(
            [TWO],
            extractor=Extractor(fault=ValueError("x")),
            sink=record,
            keep=lambda _: True,
            watch=record,
            debug=True,
        )


def test_strict_ends_at_the_first_skipped() -> None:
    """With strict a skipped input is an error; what came before is in the sink, what comes after is not begun."""
    record = Record()
    with pytest.raises(InputError, match="gone.txt: no such file or folder"):
        run([ONE, GONE, TWO], extractor=Extractor(), sink=record, keep=lambda _: True, watch=record, strict=True)
    assert record.events == ["articles/one.txt", "done 1"]


def test_inputs_are_taken_one_by_one() -> None:
    """The next article is not read before the one before it is in the sink: memory stays flat."""
    record = Record()

    def articles() -> object:
        yield ONE
        assert record.events == ["articles/one.txt", "done 1"]
        yield TWO

    run(articles(), extractor=Extractor(), sink=record, keep=lambda _: True, watch=record)  # type: ignore[arg-type]
    assert record.events[-1] == "done 2"
