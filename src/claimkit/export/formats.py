"""What ``claimkit export --to`` knows: the formats, one small module each."""

from __future__ import annotations

from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Any

from claimkit.export.files import opened, write_folder
from claimkit.export.material import Material


class Target(StrEnum):
    """A format; those of :data:`FOLDERS` are folders, the others files."""

    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"
    GEOJSON = "geojson"
    BRAT = "brat"
    LABELSTUDIO = "labelstudio"
    DOCCANO = "doccano"
    PRODIGY = "prodigy"
    PLOVER = "plover"
    SCHEMAORG = "schemaorg"
    WEBANNOTATION = "webannotation"
    MARKDOWN_DIR = "markdown-dir"


FOLDERS = frozenset({Target.BRAT, Target.LABELSTUDIO, Target.MARKDOWN_DIR})
BINARY = frozenset({Target.XLSX, Target.PARQUET})
_MODULES = {Target.MARKDOWN_DIR: "obsidian"}


def write(material: Material, *, target: Target, path: Path | None) -> None:
    """Write an export; a file is replaced, and a folder appears, only when it is complete.

    Args:
        material: the claims, and the articles where the format holds their texts.
        target: the format.
        path: the file or folder; standard output where ``None``, which no folder can go to.

    Raises:
        UsageError: the path does not fit, a text is missing, or a library is not installed.
        OSError: the disk is full, or writing fails otherwise.
    """
    module: Any = import_module(f"claimkit.export.{_MODULES.get(target, target.value)}")
    if target in FOLDERS:
        assert path is not None
        write_folder(path, files=module.files(material))
        return
    with opened(path) as stream:
        module.write(material, stream=stream)
