"""Text → spaCy ``Doc``: the packaged pipeline and its components."""
