"""`claimkit extract` beside what one would run else: ``python -m benchmarks.extract WAR [GENERAL] [--limit N]``.

WAR and GENERAL are folders with ``*.txt`` at any depth: articles about a war, and news of all kinds. Each subject goes
over each folder in a process of its own, one thread, several times; the medians stand in a table with their spread and
the ratio to ``cnn``. Then: what each stage takes, how time grows with the length of an article, and ``--jobs``.

=================  =============================================================================================
``claimkit``       read, extract, write JSON, as the command does
``thorough``       the same, with every paragraph parsed
``cnn``            a bare spaCy pipeline of en_core_web_sm's architecture (``benchmarks.pipeline``)
``blank``          spaCy's tokenizer
``textacy``        quotations and subject-verb-object triples by textacy, on our parse; where it is installed
``flashgeotext``   the places that flashgeotext finds; where it is installed
=================  =============================================================================================
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks.pipeline import blank, cnn, ours, peak, table

Run = Callable[[list[Path]], object]
REPEAT = 3
LENGTHS = (1, 2, 4, 8, 16)
COPIES = 4
"""How often the folder is read for ``--jobs``, so that the start of the workers weighs less."""


def words_of(paths: list[Path]) -> int:
    """Count the words of articles, as white space separates them."""
    return sum(len(path.read_text(encoding="utf-8", errors="replace").split()) for path in paths)


def claimkit(*, thorough: bool = False) -> Run:
    """Read, extract, write JSON, in this process."""
    import msgspec

    from claimkit import Extractor
    from claimkit.reader import read_paths
    from claimkit.records import Document
    from claimkit.settings import Settings

    settings = Settings(thorough=thorough)
    extractor = Extractor(settings=settings).load_tables()

    def run(paths: list[Path]) -> int:
        documents = (d for d in read_paths([str(path) for path in paths], settings=settings) if isinstance(d, Document))
        return sum(
            len(msgspec.json.encode(claim)) for found in extractor.extract_many(documents) for claim in found.claims
        )

    return run


def piped(nlp: Any, then: Callable[[Any], object] = lambda doc: None) -> Run:
    """Send the texts through a pipeline."""

    def run(paths: list[Path]) -> None:
        for doc in nlp.pipe(path.read_text(encoding="utf-8", errors="replace") for path in paths):
            then(doc)

    return run


def textacy() -> Run:
    """Quotations and triples on our parse; it gives up on texts whose quotation marks are odd in number."""
    extract = import_module("textacy.extract")

    def both(doc: Any) -> None:
        for find in (extract.direct_quotations, extract.subject_verb_object_triples):
            with suppress(ValueError):
                list(find(doc))

    return piped(ours(1), both)


def flashgeotext() -> Run:
    """Look places up."""
    finder = import_module("flashgeotext.geotext").GeoText()

    def run(paths: list[Path]) -> None:
        for path in paths:
            finder.extract(input_text=path.read_text(encoding="utf-8", errors="replace"))

    return run


SUBJECTS: dict[str, Callable[[], Run]] = {
    "claimkit": claimkit, "thorough": lambda: claimkit(thorough=True), "cnn": lambda: piped(cnn(1)),
    "blank": lambda: piped(blank(1)), "textacy": textacy, "flashgeotext": flashgeotext,
}  # fmt: skip
OPTIONAL = ("textacy", "flashgeotext")


def texts(folder: Path, limit: int | None) -> list[Path]:
    """List the articles of a folder."""
    return sorted(folder.rglob("*.txt"))[:limit]


def measure(subject: str, paths: list[Path], *, repeat: int) -> dict[str, Any]:
    """Measure one subject in this process."""
    run, words, found = SUBJECTS[subject](), words_of(paths), []
    run(paths[:1])
    for _ in range(repeat):
        began = time.perf_counter()
        run(paths)
        found.append(words / (time.perf_counter() - began))
    return {"subject": subject, "words": words, "words_per_s": round(statistics.median(found)),
            "least": round(min(found)), "most": round(max(found)), "peak_mb": round(peak())}  # fmt: skip


def stages(paths: list[Path]) -> dict[str, float]:
    """Give each stage's share of the time."""
    from claimkit.reader import read_paths
    from claimkit.reading import Reading
    from claimkit.records import Document
    from claimkit.settings import Settings

    extract = import_module("claimkit.extract")  # the package's own name for it is the function
    extractor, taken = extract.Extractor().load_tables(), defaultdict[str, float](float)

    def timed(name: str, work: Callable[[], Any]) -> Any:
        began = time.perf_counter()
        done = work()
        taken[name] += time.perf_counter() - began
        return done

    documents = timed("read", lambda: list(read_paths([str(path) for path in paths], settings=Settings())))
    for document in documents:
        if isinstance(document, Document):
            cut = timed("cut", lambda one=document: extractor._doc(one))
            reading = Reading(document=document, doc=timed("parse", lambda one=cut: extractor.pipeline(one)))
            for stage in extract.STAGES:
                timed(stage.__name__, lambda run=stage, on=reading: run(extractor, on))
    whole = sum(taken.values())
    return {name: round(seconds / whole, 3) for name, seconds in taken.items()}


def lengths(paths: list[Path]) -> Iterator[dict[str, Any]]:
    """Give how long articles of growing length take, each one article's paragraphs repeated."""
    run, text = claimkit(), paths[0].read_text(encoding="utf-8", errors="replace")
    run(paths[:1])
    for times in LENGTHS:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "article.txt"
            path.write_text("\n\n".join([text] * times), encoding="utf-8")
            began = time.perf_counter()
            run([path])
            seconds = time.perf_counter() - began
            yield {"words": words_of([path]), "seconds": round(seconds, 3),
                   "words_per_s": round(words_of([path]) / seconds)}  # fmt: skip


def jobs(paths: list[Path]) -> Iterator[dict[str, Any]]:
    """Give what the command takes with one and with two workers, its start included."""
    with tempfile.TemporaryDirectory() as folder:
        for copy in range(COPIES):
            for path in paths:
                (Path(folder) / f"{copy}-{path.name}").write_bytes(path.read_bytes())
        words = words_of(paths) * COPIES
        for number in (1, 2):
            command = [sys.executable, "-m", "claimkit", "extract", "-q", folder, "--jobs", str(number)]
            began = time.perf_counter()
            subprocess.run([*command, "-o", f"{folder}/claims.jsonl"], check=True)
            seconds = time.perf_counter() - began
            yield {"jobs": number, "words": words, "seconds": round(seconds, 2), "words_per_s": round(words / seconds)}


def apart(what: str, folder: Path, *, repeat: int, limit: int | None) -> Any:
    """Measure in a process of its own, with one thread."""
    command = [sys.executable, "-m", "benchmarks.extract", str(folder), "--only", what, "--repeat", str(repeat)]
    command += ["--limit", str(limit)] if limit else []
    environ = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(command, env=environ, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout)


def main() -> None:
    """Read the command line, measure, print tables and one JSON line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+", help="folders with *.txt: war news, then general news")
    parser.add_argument("--limit", type=int, help="only the first so many articles of each")
    parser.add_argument("--repeat", type=int, default=REPEAT)
    parser.add_argument("--only", choices=[*SUBJECTS, "stages", "lengths"], help="measure only this, in this process")
    options = parser.parse_args()
    if options.only:
        paths = texts(options.folders[0], options.limit)
        more = {"stages": stages, "lengths": lambda found: list(lengths(found))}
        own = more.get(options.only)
        print(json.dumps(own(paths) if own else measure(options.only, paths, repeat=options.repeat)))
        return
    subjects = [name for name in SUBJECTS if name not in OPTIONAL or find_spec(name)]
    out: dict[str, Any] = {"benchmark": "extract"}
    how = {"repeat": options.repeat, "limit": options.limit}
    for folder in options.folders:
        rows = [apart(subject, folder, **how) for subject in subjects]
        base = next(row["words_per_s"] for row in rows if row["subject"] == "cnn")
        rows = [row | {"of_cnn": round(row["words_per_s"] / base, 2)} for row in rows]
        print(f"{folder}\n\n{table(rows)}\n", flush=True)
        out[str(folder)] = rows
    war = options.folders[0]
    out["stages"], out["lengths"] = apart("stages", war, **how), apart("lengths", war, **how)
    out["jobs"] = list(jobs(texts(war, options.limit)))
    for name in ("lengths", "jobs"):
        print(f"{name}\n\n{table(out[name])}\n")
    print(f"stages\n\n{table([out['stages']])}\n")
    print(json.dumps(out))


if __name__ == "__main__":
    main()
