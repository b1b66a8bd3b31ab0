"""spaCy comes without its command line, and nothing of it is lost."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("httpx", "requests", "weasel", "typer")


def run(code: str) -> str:
    """Run code in a fresh interpreter."""
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def test_no_web_client_is_imported() -> None:
    """Loading the pipeline brings in none of what only spaCy's command line needs."""
    assert run(f"import sys, claimkit.nlp.component; print([m for m in {HEAVY} if m in sys.modules])") == "[]"


@pytest.mark.parametrize(
    "code",
    [
        "import claimkit.nlp, spacy.cli; print(callable(spacy.cli.info))",
        "import claimkit.nlp, spacy; print(spacy.info(silent=True)['spacy_version'] == spacy.__version__)",
        "import spacy, claimkit.nlp, sys; print('spacy.cli' in sys.modules)",
    ],
    ids=["the command line can be imported later", "spacy.info works", "a spaCy that is there is left alone"],
)
def test_spacy_is_whole(code: str) -> None:
    """What spaCy offers is there before and after."""
    assert run(code) == "True"
