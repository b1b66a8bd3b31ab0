"""The house (docs/architecture.md): who may import whom, how long a file and a function may be, what none is called."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parent.parent / "src"
PACKAGE = "claimkit"
MOST_FILE_LINES = 300
MOST_FUNCTION_LINES = 60
EMPTY_NAMES = ("util", "utils", "helper", "helpers", "misc", "common", "tools")

# From above to below: a module imports only from its own layer and from those above.
LAYERS = {
    "ground": ("errors", "extras", "records", "status", "terminal"),
    "settings": ("settings", "setting_sources", "paths", "opening"),
    "lexicon": ("lexicon", "lexicon_*"),
    "names": ("names", "romanize", "russian"),
    "gazetteer": ("gazetteer", "gazetteer_*", "geonames"),
    "dates": ("dates", "date_*", "periods"),
    "reader": (
        "reader",
        "archive",
        "blocks",
        "corpora",
        "corpus_*",
        "documents",
        "encoding",
        "frontmatter",
        "furniture",
        "header",
        "inline",
        "metadata",
        "paragraphs",
        "phrases",
        "publication",
        "remote",
        "sharding",
    ),
    "nlp": ("session", "nlp", "nlp.*", "ranking"),
    "frames": (
        "frames",
        "dependencies",
        "labels",
        "negation",
        "cues",
        "clauses",
        "triggers",
        "roles",
        "cue_frames",
        "quotations",
    ),
    "attribution": ("attribution", "attribution_*", "cue_edges"),
    "events": ("events", "event_*", "modality", "predicates"),
    "parties": ("parties", "party_*"),
    "reading": ("reading", "relevance"),
    "places": (
        "places",
        "place_words",
        "place_descriptions",
        "place_evidence",
        "place_neighbours",
        "place_queries",
        "sites",
        "site_words",
        "locating",
    ),
    "actors": (
        "actors",
        "actor_*",
        "acts",
        "antecedents",
        "antecedent_*",
        "countries",
        "critics",
        "doers",
        "introductions",
        "publisher",
        "inflicting",
        "joint_sources",
        "linking",
        "list_sources",
        "turns",
        "remarks",
    ),
    "stance": ("stance", "stance_*", "judging", "pointing", "confidence", "twins", "collecting", "mentions"),
    "extract": ("extract",),
    "filters": ("filters",),
    "run": ("run", "pool"),
    "ledger": (
        "ledger",
        "ledger_*",
        "oppositions",
        "propositions",
        "copies",
        "positions",
        "standing",
    ),
    "store": ("store", "store_*", "locking", "incremental"),
    "export": ("export", "export.*"),
    "distributed": ("distributed", "distributed_*"),
    "annotated": ("annotated", "annotated.*", "scoring", "gold"),
    "tables": ("evidence", "explanation", "tables", "place_table"),
    "report": ("report", "report.*"),
    "compiling": ("compiling",),
    "commands": ("commands", "commands.*"),
    "cli": ("cli",),
    "entry": ("__main__",),
}
ORDER = list(LAYERS)


@cache
def modules() -> dict[str, Path]:
    """Map each module's name, without the package's, to its file; the public surface itself is left out."""
    found = {}
    for path in sorted((SOURCE / PACKAGE).rglob("*.py")):
        parts = path.relative_to(SOURCE / PACKAGE).with_suffix("").parts
        name = ".".join(parts).removesuffix(".__init__")
        if name != "__init__":
            found[name] = path
    return found


def layer(name: str) -> str | None:
    """Give the layer of a module."""
    return next((key for key, patterns in LAYERS.items() if any(fnmatch(name, p) for p in patterns)), None)


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """Give the package's modules that a file imports, with the line; what is only for types does not count."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for_types = {
        id(node)
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and "TYPE_CHECKING" in ast.unparse(block.test)
        for node in ast.walk(block)
    }
    for node in ast.walk(tree):
        if id(node) in for_types:
            continue
        if isinstance(node, ast.Import):
            targets = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            targets = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        else:
            continue
        for target in targets:
            name = target.removeprefix(f"{PACKAGE}.")
            if name != target and name in modules():
                yield name, node.lineno


@pytest.mark.parametrize("name", modules())
def test_imports_go_upwards_only(name: str) -> None:
    """Each module has a layer and imports from it and those above it."""
    own = layer(name)
    assert own is not None, f"{name} has no layer: put it into LAYERS of {__file__}, and docs/architecture.md"
    wrong = [
        f"{modules()[name]}:{line} imports {target} of the lower layer {layer(target)!r}"
        for target, line in imports(modules()[name])
        if ORDER.index(layer(target) or own) > ORDER.index(own)
    ]
    assert wrong == []


def test_no_import_cycle() -> None:
    """Also within a layer no module imports itself by way of others."""
    graph = {
        name: {target for target, _ in imports(path) if not name.startswith(f"{target}.") and target != name}
        for name, path in modules().items()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" imports ".join(error.args[1]))


@pytest.mark.parametrize("name", modules())
def test_files_and_functions_are_short(name: str) -> None:
    """A file has at most 300 lines, a function fewer than 60; no name says nothing."""
    text = modules()[name].read_text(encoding="utf-8")
    assert text.count("\n") <= MOST_FILE_LINES
    long = [
        f"{node.name} has {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno + 1 >= MOST_FUNCTION_LINES
    ]
    assert long == []
    assert not set(name.split(".")) & set(EMPTY_NAMES)


def test_no_relative_import() -> None:
    """Imports name the package, so that this test sees them all."""
    relative = [
        f"{path}:{node.lineno}"
        for path in modules().values()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert relative == []
