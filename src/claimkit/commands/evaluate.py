"""``claimkit evaluate``: how well claims agree with annotated ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from claimkit.commands.database import output_options, write
from claimkit.commands.options import SectionedCommand, option, settings_from, shared_options
from claimkit.status import Exit
from claimkit.terminal import Level, one_line, tell

if TYPE_CHECKING:
    from claimkit.scoring import Difference, Figures, Scores

FIRST_COLUMN = 12


@click.command(
    cls=SectionedCommand,
    examples=(
        ("claimkit evaluate gold.jsonl claims.jsonl", "annotations that were imported, and what was extracted"),
        ("claimkit evaluate gold/ claims.jsonl --articles articles/ --per-article", "files in the gold form"),
        ("claimkit evaluate one/ other/ --articles articles/ --differences", "two annotators"),
    ),
)
@click.argument("gold", type=click.Path(path_type=Path))
@click.argument("predicted", type=click.Path(path_type=Path))
@output_options("table", "json")
@option("--per-article", section="Output", is_flag=True, help="In the table, a line for each article.")
@option("--differences", section="Output", is_flag=True, help="List what was missed, is spurious or differs.")
@option(
    "--articles",
    section="Reading",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="The articles, where claims name their words only (the gold form).",
)
@option("--no-config", section="Options", is_flag=True, help="Read no claimkit.toml.")
@shared_options
def command(*, gold: Path, predicted: Path, **given: Any) -> int:
    """Score claims against annotated ones: precision, recall, F1.

    GOLD and PREDICTED are files of claims (.jsonl, .json) or folders of NAME.jsonl files; articles are told apart by
    their names without folder and suffix. Predicted claims of articles without gold do not count.
    """
    from claimkit.gold import Articles, read_scored
    from claimkit.scoring import score

    articles = Articles(given["articles"], settings=settings_from(given).settings)
    ours, theirs = (read_scored(path, articles=articles) for path in (gold, predicted))
    if others := [len(claims) for name, claims in theirs.items() if claims and name not in ours]:
        tell(f"{predicted}: claims of articles without gold do not count: {sum(others)}", level=Level.WARNING)
    scores = score(ours, predicted=theirs, differences=given["differences"])
    lines = _lines(scores, per_article=given["per_article"])
    write([scores], lines=lines, whole=scores, form=given["form"], path=given["output"])
    return Exit.DONE


def _lines(scores: Scores, *, per_article: bool) -> Iterator[str]:
    total = scores.total
    yield f"{len(scores.articles)} articles, {total.gold} gold claims, {total.predicted} predicted"
    yield ""
    yield f"{'':{FIRST_COLUMN}}  precision  recall     F1"
    from claimkit.scoring import LEVELS

    for name in LEVELS:
        level = getattr(total, name)
        yield f"{name:{FIRST_COLUMN}}  {level.precision:9.3f}  {level.recall:6.3f}  {level.f1:5.3f}"
    yield ""
    yield f"{'':{FIRST_COLUMN}}  agreement of detected pairs"
    yield from (f"{name:{FIRST_COLUMN}}  {share:9.3f}" for name, share in total.agree.items())
    if per_article:
        yield from _by_article(scores.articles)
    if scores.differences:
        yield ""
        yield from (_difference(one) for one in scores.differences)


def _by_article(articles: dict[str, Figures]) -> Iterator[str]:
    from claimkit.scoring import LEVELS

    first = max(FIRST_COLUMN, *(len(one_line(name)) for name in articles)) if articles else FIRST_COLUMN
    yield ""
    yield f"{'F1':{first}}  gold  predicted  {'  '.join(f'{name:>8}' for name in LEVELS)}"
    for name, figures in articles.items():
        levels = "  ".join(f"{getattr(figures, level).f1:8.3f}" for level in LEVELS)
        yield f"{one_line(name):{first}}  {figures.gold:4}  {figures.predicted:9}  {levels}"


def _difference(one: Difference) -> str:
    what = f"{one.article}  {one.kind}  {one.claimant} {one.stance} {one.event}: {one.text}"
    apart = "; ".join(
        f"{name}: {gold or 'none'}, got {found or 'none'}" for name, (gold, found) in one.attributes.items()
    )
    return one_line(f"{what}  ({apart})" if apart else what)
