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


def packaged_name(folder: Path | None = None) -> str:
    """Give name, version and a digest of the packaged pipeline, without loading it: ``en_claimkit-0.5.0+3f9a1c0b2d7e``.

    The digest is over all files of its folder. The network, by far the largest, counts by its size and the SHA-256
    that ``model.json`` has of it since the export; only where it has none is the network read.
    """
    import hashlib
    import json

    from claimkit.session import FILE, MODEL

    folder = folder or MODEL
    about = json.loads((folder / "model.json").read_bytes())
    whole = hashlib.sha256()
    for path in sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")):
        known = about.get("network_sha256") if path.name == FILE else None
        if known is None:
            with path.open("rb") as file:
                known = hashlib.file_digest(file, "sha256").hexdigest()
        whole.update(f"{path.name} {path.stat().st_size} {known}\n".encode())
    return f"en_claimkit-{about['version']}+{whole.hexdigest()[:12]}"


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
