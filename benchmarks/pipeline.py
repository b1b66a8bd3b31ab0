"""Speed and memory of the packaged pipeline beside spaCy's: ``python -m benchmarks.pipeline FOLDER [--limit N]``.

Subjects: ours; a spaCy CNN pipeline of en_core_web_sm's architecture with untrained weights (they cost the same time);
``spacy.blank("en")``, the tokenizer alone. Each runs in a process of its own over all ``*.txt`` of the folder, with one
and with two threads; the table has medians, the last line is the same as JSON. Words are what white space separates.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language

WIDTH = 96
DEPTH = 4
ENTITY_LABELS = 18
THREADS = (1, 2)
REPEAT = 3


def ours(threads: int) -> Language:
    """Load the packaged pipeline."""
    from claimkit import nlp

    return nlp.load(threads=threads)


def blank(threads: int) -> Language:
    """Load spaCy's tokenizer alone."""
    import spacy

    return spacy.blank("en")


def cnn(threads: int) -> Language:
    """Set up tagger, parser and entity recogniser as in en_core_web_sm 3, with random weights."""
    import spacy
    from spacy.tokens import Doc
    from spacy.training import Example

    from claimkit.nlp.component import MODEL

    nlp = spacy.blank("en")
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": WIDTH, "upstream": "tok2vec"}
    attributes = ["NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"]
    nlp.add_pipe("tok2vec", config={"model": _tok2vec(attributes, [5000, 1000, 2500, 2500, 50, 50])})
    nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": listener}})
    nlp.add_pipe("parser", config={"model": _transitions("parser", listener)})
    nlp.add_pipe("attribute_ruler")
    own = _tok2vec(attributes[:4], [5000, 1000, 2500, 2500])
    nlp.add_pipe("ner", config={"model": _transitions("ner", own)})
    described = json.loads((MODEL / "model.json").read_text(encoding="utf-8"))
    tags, deps = described["heads"][0]["labels"], described["deps"]
    n = len(deps)
    entities = [f"B-E{i}" if i < ENTITY_LABELS else "O" for i in range(n)]
    words = [f"word{i}" for i in range(n)]
    gold = Doc(nlp.vocab, words=words, tags=[tags[i % len(tags)] for i in range(n)], heads=[0] * n,
               deps=["ROOT", *deps[1:]], ents=entities)  # fmt: skip
    nlp.initialize(lambda: [Example(Doc(nlp.vocab, words=words), gold)])
    return nlp


def _tok2vec(attributes: list[str], rows: list[int]) -> dict[str, Any]:
    embed = {"@architectures": "spacy.MultiHashEmbed.v2", "width": WIDTH, "attrs": attributes, "rows": rows,
             "include_static_vectors": False}  # fmt: skip
    encode = {"@architectures": "spacy.MaxoutWindowEncoder.v2", "width": WIDTH, "depth": DEPTH, "window_size": 1,
              "maxout_pieces": 3}  # fmt: skip
    return {"@architectures": "spacy.Tok2Vec.v2", "embed": embed, "encode": encode}


def _transitions(state: str, tok2vec: dict[str, Any]) -> dict[str, Any]:
    return {"@architectures": "spacy.TransitionBasedParser.v2", "state_type": state, "extra_state_tokens": False,
            "hidden_width": 64, "maxout_pieces": 2, "use_upper": True, "tok2vec": tok2vec}  # fmt: skip


SUBJECTS: dict[str, Callable[[int], Language]] = {"ours": ours, "cnn": cnn, "blank": blank}


def peak() -> float:
    """Give the most memory that this process has held, in MB (10^6 bytes)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


def measure(subject: str, *, folder: Path, threads: int, repeat: int, limit: int | None) -> dict[str, Any]:
    """Load one subject and run it over the texts several times, in this process."""
    import spacy  # noqa: F401 - its import is not part of the time to load

    began = time.perf_counter()
    nlp = SUBJECTS[subject](threads)
    loaded, base = time.perf_counter() - began, peak()
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in sorted(folder.rglob("*.txt"))[:limit]]
    words = sum(len(text.split()) for text in texts)
    wall, cpu = [], []
    for _ in range(repeat):
        clock, processor = time.perf_counter(), time.process_time()
        for _doc in nlp.pipe(texts):
            pass
        wall.append(words / (time.perf_counter() - clock))
        cpu.append(words / (time.process_time() - processor))
    return {
        "subject": subject, "threads": threads, "words": words, "load_s": round(loaded, 3),
        "words_per_s": round(statistics.median(wall)), "words_per_cpu_s": round(statistics.median(cpu)),
        "loaded_mb": round(base), "peak_mb": round(peak()),
    }  # fmt: skip


def apart(subject: str, *, folder: Path, threads: int, repeat: int, limit: int | None) -> dict[str, Any]:
    """Measure one subject in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.pipeline", str(folder), "--subject", subject,
               "--threads", str(threads), "--repeat", str(repeat)]  # fmt: skip
    command += ["--limit", str(limit)] if limit else []
    environ = os.environ | {"OMP_NUM_THREADS": str(threads), "OPENBLAS_NUM_THREADS": str(threads)}
    done = subprocess.run(command, env=environ, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def table(rows: list[dict[str, Any]]) -> str:
    """Lay the measurements out as a Markdown table."""
    names = list(rows[0])
    lines = [names, ["---"] * len(names), *([str(row[name]) for name in names] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def main() -> None:
    """Read the command line, measure, print the table and the JSON line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="folder with *.txt, at any depth")
    parser.add_argument("--limit", type=int, help="only the first so many texts")
    parser.add_argument("--repeat", type=int, default=REPEAT)
    parser.add_argument("--subject", choices=SUBJECTS, help="measure only this one, in this process")
    parser.add_argument("--threads", type=int, nargs="+", default=THREADS)
    options = parser.parse_args()
    if not any(options.folder.rglob("*.txt")):
        parser.error(f"no *.txt in {options.folder}")
    how = {"folder": options.folder, "repeat": options.repeat, "limit": options.limit}
    if options.subject:
        print(json.dumps(measure(options.subject, threads=options.threads[0], **how)))
        return
    rows = [apart(subject, threads=threads, **how) for threads in options.threads for subject in SUBJECTS]
    print(table(rows))
    print(json.dumps({"benchmark": "pipeline", "rows": rows}))


if __name__ == "__main__":
    main()
