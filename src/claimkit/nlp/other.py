"""Any other spaCy English pipeline, checked for what the stages need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimkit.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language


def load_other(pipeline: str | Path) -> Language:
    """Load a spaCy pipeline by name or folder.

    Raises:
        UsageError: it is not installed, is not English, or has no parser.
    """
    import spacy

    try:
        nlp = spacy.load(pipeline)
    except (OSError, ValueError) as error:
        reason = str(error).splitlines()[0]
        mend = "install it with pip, or leave out --pipeline for the packaged one"
        raise UsageError(f"cannot load the pipeline {str(pipeline)!r}: {reason}", mend=mend) from error
    if nlp.lang != "en":
        raise UsageError(f"the pipeline {str(pipeline)!r} is for {nlp.lang!r}, not English",
                         mend="choose an English pipeline")  # fmt: skip
    if "parser" not in nlp.pipe_names and not any("depend" in name for name in nlp.pipe_names):
        raise UsageError(f"the pipeline {str(pipeline)!r} has no parser",
                         mend="choose one that sets heads and labels")  # fmt: skip
    return nlp
