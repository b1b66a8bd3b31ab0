"""The shipped data files compiled ahead, when the wheel is built (``hatch_build.py``).

What it writes is what the cache holds after a first run; ``lexicon.shipped`` finds it beside the data files. Each name
carries the hash of what the table was made of, so a table that no longer fits its file is never read.
"""

from __future__ import annotations

import os
from pathlib import Path


def compile_tables() -> Path:
    """Compile every shipped data file into ``compiled/`` beside them, emptied first; give that folder."""
    from claimkit import date_words, gazetteer_layers, names, oppositions, party_table, phrases, place_words
    from claimkit.cues import Cues
    from claimkit.lexicon import shipped
    from claimkit.triggers import Triggers

    folder = shipped(".")
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    os.environ["CLAIMKIT_CACHE_DIR"] = str(folder)
    for load in (names.tables, phrases.phrases, date_words.grammar, place_words.words,
                 oppositions.event_logic, party_table.load_table, Cues.default, Triggers.default):  # fmt: skip
        load()
    for path in gazetteer_layers.shipped_paths():
        gazetteer_layers.compiled_yaml(path)
    return folder
