"""Settings: flag > ``CLAIMKIT_*`` > ``claimkit.toml`` in the project > user configuration > default.

Every number that changes a result is a field of :class:`Settings`. A field is at once the key in ``claimkit.toml``
(``max-file-size`` or ``max_file_size``), the variable (``CLAIMKIT_MAX_FILE_SIZE``) and the flag
(``--max-file-size``). :func:`load_settings` also tells where each value came from, for ``claimkit config show``.
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
from typing import Annotated

import msgspec

from claimkit.errors import UsageError

FILE_NAME = "claimkit.toml"
PREFIX = "CLAIMKIT_"
NOT_SETTINGS = frozenset({"CLAIMKIT_CACHE_DIR", "CLAIMKIT_DATA_DIR", "CLAIMKIT_JOBS", "CLAIMKIT_NO_CONFIG"})

_SIZE = re.compile(r"(\d{1,12}) ?(k|m|g)?i?b?", re.IGNORECASE)
_SIZE_UNITS = {"k": 1_000, "m": 1_000_000, "g": 1_000_000_000}

Positive = Annotated[int, msgspec.Meta(ge=1)]
Share = Annotated[float, msgspec.Meta(ge=0.0, le=1.0)]


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a run can be told; immutable.

    Attributes:
        glob: file name patterns that are read inside folders and archives.
        follow: whether symbolic links are followed.
        encoding: the encoding of every input; found out for each where ``None``.
        encoding_floor: share of a detector's text that must look like text of that encoding's script.
        max_file_size: bytes; a larger file is skipped.
        max_archive_size: bytes; an archive is read up to this much unpacked text.
        max_archive_ratio: unpacked to packed bytes; a member beyond it is skipped.
        max_archive_members: how many members of an archive are looked at.
        metadata: file with publication date, outlet, title, url by document.
        published: publication date (ISO 8601) of documents that give none themselves.
        stdin_filename: name under which standard input is reported.
        text_column: column of the texts in a corpus (JSON Lines, CSV, TSV, Parquet); ``None``: no file is one.
        id_column, date_column: columns of what a row's document is called (else its number), and of publication dates.
        title_column, outlet_column, url_column: columns of titles, publishers and addresses.
        header_paragraphs: how many paragraphs of sentences may stand before the last line of an article's head.
        header_lines: how many lines from the top can belong to the head at all.
        title_characters: code points; a longer first paragraph is no title.
        heading_characters: code points; a longer line is no section heading.
        wrapped_share: share of line breaks followed by a lower-case word from which a text counts as hard-wrapped.
        menu_lines: how many short lines in a row, without a sentence, are a menu or a list of tags.
        menu_characters: code points; how long a line of a menu can be.
        max_block: code points; a longer paragraph is cut at a sentence or word border.
        symbol_run: code points; a longer run of signs without a letter or digit is left out of the sentences.
        thorough: parse every paragraph, also those whose words tell of no conflict.
        relevance_floor: chance of a claim, by the words of paragraph and article, from which a paragraph is parsed.
        relevance_characters: code points; a shorter article is parsed whole.
        predicate_floor: chance from which a predicate of the model counts as a claim.
        off_topic_events: from so many events on, none counts if the model is sure of none (to ``on_topic``).
        lexicon_weight: how much the lexicon's score counts beside the logarithm of the model's probability of a class.
        other_penalty: by how much the class "other" must be likelier than one that says what happened.
        here_floor: chance from which a place of the sentence is the event's; back_floor: the likeliest before it.
        unknown_floor: chance from which words that name no party are taken for one; below, the party is unknown.
        actor_floor: the same for who acts, where words point to somebody; absent_actor_floor: where none do.
        nobody_ceiling: chance of there being no one side that acts ("both armies agreed") from which none is named.
        stance_floor: probability from which the model's stance stands where cue and negation tell of none.
        negation_floor: probability from which the model's "assert" stands against a negation inside the content.
        passing_days: days before an article's date within which an event without a date of its own lies;
            lasting_days: the same for events that leave a state behind (``data/contradictions.yaml``).
        reference_characters: code points back to the claim whose place a claim without one can mean.
        shingle_words: words in a row that are compared to find copies.
        copy_share: share of those of the shorter text that the longer one has, from which it is a copy.
        report_claims: claims that a report holds; of more, those of the propositions that were spoken of last.
        gazetteer: YAML files of places, layered over the shipped one, the last on top.
        actors: YAML files of parties, layered over the shipped one, the last on top.
        pipeline: name or folder of the spaCy pipeline to parse with; the packaged one where ``None``.
    """

    glob: tuple[str, ...] = ("*.txt", "*.md")
    follow: bool = False
    encoding: str | None = None
    encoding_floor: Share = 0.8
    max_file_size: Positive = 10_000_000
    max_archive_size: Positive = 500_000_000
    max_archive_ratio: Positive = 200
    max_archive_members: Positive = 50_000
    metadata: str | None = None
    published: str | None = None
    stdin_filename: str | None = None
    text_column: str | None = None
    id_column: str | None = None
    date_column: str | None = None
    title_column: str | None = None
    outlet_column: str | None = None
    url_column: str | None = None
    header_paragraphs: Positive = 2
    header_lines: Positive = 300
    title_characters: Positive = 180
    heading_characters: Positive = 90
    wrapped_share: Share = 0.4
    menu_lines: Positive = 4
    menu_characters: Positive = 40
    max_block: Positive = 20_000
    symbol_run: Positive = 100
    thorough: bool = False
    relevance_floor: Share = 0.2
    relevance_characters: Positive = 600
    predicate_floor: Share = 0.4
    off_topic_events: Positive = 4
    on_topic: Share = 0.2
    lexicon_weight: Annotated[float, msgspec.Meta(ge=0.0)] = 2.0
    other_penalty: Annotated[float, msgspec.Meta(ge=0.0)] = 0.3
    here_floor: Share = 0.45
    back_floor: Share = 0.35
    unknown_floor: Share = 0.05
    actor_floor: Share = 0.4
    absent_actor_floor: Share = 0.5
    nobody_ceiling: Share = 0.6
    stance_floor: Share = 0.7
    negation_floor: Share = 0.8
    passing_days: Positive = 3
    lasting_days: Positive = 45
    reference_characters: Positive = 1500
    shingle_words: Positive = 5
    copy_share: Share = 0.6
    report_claims: Positive = 10_000
    gazetteer: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    pipeline: str | None = None


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
