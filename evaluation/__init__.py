"""Scores on annotated corpora; not part of pytest."""
