"""Text → spaCy ``Doc``: the packaged pipeline and its components."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimkit.nlp.quick import import_spacy

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language

__all__ = ["load"]

import_spacy()

MAX_LENGTH = 50_000_000
"""Longest text in code points; the reader's limit on file size is what bounds memory."""


def packaged_name() -> str:
    """Give name and version of the packaged pipeline, without loading it."""
    import json
    from pathlib import Path

    about = json.loads((Path(__file__).parent / "model" / "model.json").read_bytes())
    return f"en_claimkit-{about['version']}"


def load(*, pipeline: str | Path | None = None, threads: int = 1) -> Language:
    """Load the packaged English pipeline, or another one.

    Args:
        pipeline: name or folder of any spaCy English pipeline with a parser; None for the packaged one.
        threads: threads of one call of the packaged model.

    Returns:
        A spaCy ``Language`` whose Docs have tags, morphology, lemmas, heads, labels, sentences and entities; the
        packaged one also gives ``doc.spans["source" | "cue" | "content"]`` and the claim graph in ``doc.user_data``.

    Raises:
        UsageError: the other pipeline is not there or has no parser.
    """
    import spacy

    if pipeline is not None:
        from claimkit.nlp.other import load_other

        return load_other(pipeline)
    from claimkit.nlp import tokenizer
    from claimkit.nlp.component import NAME

    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": tokenizer.NAME}}})
    nlp.add_pipe(NAME, config={"threads": threads})
    nlp.max_length = MAX_LENGTH
    return nlp
