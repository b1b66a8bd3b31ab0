"""Where settings come from: flag > ``CLAIMKIT_*`` > ``claimkit.toml`` in the project > user configuration > default.

:func:`load_settings` also tells where each value came from, for ``claimkit config show``.
"""

from __future__ import annotations

import codecs
import difflib
import os
import re
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import msgspec

from claimkit.errors import UsageError
from claimkit.settings import Settings

FILE_NAME = "claimkit.toml"
PREFIX = "CLAIMKIT_"
NOT_SETTINGS = frozenset({"CLAIMKIT_CACHE_DIR", "CLAIMKIT_DATA_DIR", "CLAIMKIT_JOBS", "CLAIMKIT_NO_CONFIG"})

_SIZE = re.compile(r"(\d{1,12}) ?(k|m|g)?i?b?", re.IGNORECASE)
_SIZE_UNITS = {"k": 1_000, "m": 1_000_000, "g": 1_000_000_000}

_FIELDS = {field.name: field for field in msgspec.structs.fields(Settings)}
_DEFAULTS: dict[str, object] = {name: getattr(Settings(), name) for name in _FIELDS}
_SIZES = frozenset({"max_file_size", "max_archive_size"})
_PATHS = frozenset({"actors", "gazetteer", "metadata"})


class LoadedSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Settings with the origin of each value (``default``, ``flag --x``, ``variable X`` or ``file:line``)."""

    settings: Settings
    origins: dict[str, str]
    warnings: tuple[str, ...] = ()


def load_settings(
    flags: Mapping[str, object] | None = None,
    *,
    environ: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    no_config: bool = False,
) -> LoadedSettings:
    """Gather the settings from all their sources.

    Args:
        flags: values given on the command line, by field name; ``None`` values count as not given.
        environ: the environment; the process's own where ``None``.
        cwd: folder from which ``claimkit.toml`` is looked for upwards; the working folder where ``None``.
        no_config: read no file.

    Returns:
        The settings, where each came from, and warnings (variables that name no setting).

    Raises:
        UsageError: a file, variable or flag has an unknown name or a value that does not fit; all problems in one
            message.
    """
    environ = os.environ if environ is None else environ
    cwd = Path.cwd() if cwd is None else cwd
    layers: list[dict[str, tuple[object, str]]] = []
    problems: list[str] = []
    if not (no_config or environ.get("CLAIMKIT_NO_CONFIG")):
        for path in (user_config_path(environ), project_config_path(cwd)):
            if path is not None and path.is_file():
                layers.append(_from_file(path, problems=problems))
    from_environ, warnings = _from_environ(environ)
    layers.append(from_environ)
    layers.append({k: (v, f"flag --{k.replace('_', '-')}") for k, v in (flags or {}).items() if v is not None})
    values = dict(_DEFAULTS)
    origins = dict.fromkeys(_FIELDS, "default")
    for layer in layers:
        for name, (raw, origin) in layer.items():
            if name not in _FIELDS:
                problems.append(f"{origin}: unknown setting {name!r}{_suggestion(name)}")
                continue
            try:
                values[name] = _typed(name, raw)
            except ValueError as error:
                problems.append(f"{origin}: {error}")
            origins[name] = origin
    if problems:
        raise UsageError(" | ".join(problems), mend="see `claimkit config show --no-config` for names and values")
    return LoadedSettings(settings=Settings(**values), origins=origins, warnings=warnings)  # type: ignore[arg-type]


def project_config_path(cwd: Path) -> Path | None:
    """Find ``claimkit.toml`` in the folder or the nearest one above it."""
    for folder in (cwd, *cwd.parents):
        path = folder / FILE_NAME
        if path.is_file():
            return path
    return None


def user_config_path(environ: Mapping[str, str]) -> Path | None:
    """Give the path of the user's own configuration, by the XDG base directories, else below the home folder."""
    base = environ.get("XDG_CONFIG_HOME") or environ.get("APPDATA")
    if base:
        return Path(base) / "claimkit" / FILE_NAME
    home = environ.get("HOME")
    return Path(home) / ".config" / "claimkit" / FILE_NAME if home else None


def _from_file(path: Path, *, problems: list[str]) -> dict[str, tuple[object, str]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
        content = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        problems.append(f"{path}: {error}")
        return {}
    lines = text.splitlines()
    found: dict[str, tuple[object, str]] = {}
    for key, value in content.items():
        name = key.replace("-", "_")
        line = next((i for i, row in enumerate(lines, 1) if row.lstrip(" \"'").startswith(key)), 1)
        if name in _PATHS and isinstance(value, str):
            value = str(path.parent / value)
        elif name in _PATHS and isinstance(value, list):
            value = [str(path.parent / part) if isinstance(part, str) else part for part in value]
        found[name] = (value, f"{path}:{line}")
    return found


def _from_environ(environ: Mapping[str, str]) -> tuple[dict[str, tuple[object, str]], tuple[str, ...]]:
    found: dict[str, tuple[object, str]] = {}
    warnings: list[str] = []
    for variable in sorted(environ):
        if not variable.startswith(PREFIX) or variable in NOT_SETTINGS:
            continue
        name = variable.removeprefix(PREFIX).lower()
        if name not in _FIELDS:
            warnings.append(f"variable {variable} names no setting{_suggestion(name)}")
            continue
        found[name] = (environ[variable], f"variable {variable}")
    return found, tuple(warnings)


def _typed(name: str, raw: object) -> object:
    if isinstance(raw, date):  # TOML has dates of its own
        raw = raw.isoformat()
    if isinstance(raw, str):
        if name in _SIZES:
            raw = _size(raw)
        elif isinstance(_DEFAULTS[name], tuple):
            raw = tuple(part.strip() for part in raw.split(",") if part.strip())
        elif isinstance(_DEFAULTS[name], bool):
            raw = raw.strip().lower()
            raw = {"yes": "true", "on": "true", "no": "false", "off": "false"}.get(raw, raw)
    try:
        value: object = msgspec.convert(raw, _FIELDS[name].type, strict=not isinstance(raw, str))
    except msgspec.ValidationError as error:
        raise ValueError(f"{name.replace('_', '-')} = {raw!r} does not fit: {error}") from None
    if any(_is_no_text(part) for part in (value if isinstance(value, tuple) else (value,))):
        raise ValueError(f"{name.replace('_', '-')} = {raw!r} is not UTF-8; give a name that is")
    if name == "published" and isinstance(value, str):
        try:
            value = date.fromisoformat(value).isoformat()
        except ValueError:
            raise ValueError(f"published = {value!r} is no date; write it as 2025-12-01") from None
    if name == "encoding" and isinstance(value, str):
        try:
            codecs.lookup(value)
            b"a".decode(value)
        except (LookupError, UnicodeError):  # unknown, or no encoding of text
            raise ValueError(f"encoding = {value!r} is not known; try utf-8, cp1251, koi8-u, utf-16") from None
    return value


def _is_no_text(value: object) -> bool:
    """Tell whether a value has bytes that are not of the locale's encoding: no record of the run could hold it."""
    return isinstance(value, str) and any("\ud800" <= character <= "\udfff" for character in value)


def _size(raw: str) -> int:
    match = _SIZE.fullmatch(raw.strip())
    if match is None:
        raise ValueError(f"{raw!r} is no size; write it as 500000, 500 KB, 10 MB or 1 GB")
    return int(match[1]) * _SIZE_UNITS.get((match[2] or "").lower(), 1)


def _suggestion(name: str) -> str:
    near = difflib.get_close_matches(name, _FIELDS, n=1)
    return f"; did you mean {near[0].replace('_', '-')!r}?" if near else ""
