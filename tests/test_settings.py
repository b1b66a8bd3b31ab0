"""Tests of the settings and where their values come from."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimkit.errors import UsageError
from claimkit.setting_sources import LoadedSettings, load_settings
from claimkit.settings import Settings


def _load(
    folder: Path, *, flags: dict[str, object] | None = None, no_config: bool = False, **environ: str
) -> LoadedSettings:
    return load_settings(flags, environ=environ, cwd=folder, no_config=no_config)


def test_defaults_without_any_source(tmp_path: Path) -> None:
    """Nothing given: the defaults, and every value says so."""
    loaded = _load(tmp_path)
    assert loaded.settings == Settings()
    assert set(loaded.origins.values()) == {"default"}


def test_flag_over_variable_over_project_over_user_over_default(tmp_path: Path) -> None:
    """Each layer wins over the ones below, and each value knows its place and line."""
    home, project, inner = tmp_path / "home", tmp_path / "project", tmp_path / "project" / "a" / "b"
    user = home / "claimkit" / "claimkit.toml"
    user.parent.mkdir(parents=True)
    inner.mkdir(parents=True)
    user.write_text("follow = true\nmax-file-size = '1 MB'\nmenu_lines = 9\ntitle-characters = 50\n")
    config = project / "claimkit.toml"
    config.write_text("# ours\nmax_file_size = 2000\nmenu-lines = 8\ntitle-characters = 60\n")
    loaded = _load(
        inner,
        flags={"title_characters": 70, "encoding": None},
        XDG_CONFIG_HOME=str(home),
        CLAIMKIT_MENU_LINES="7",
        CLAIMKIT_TITLE_CHARACTERS="65",
    )
    assert loaded.settings == Settings(follow=True, max_file_size=2000, menu_lines=7, title_characters=70)
    assert {k: v for k, v in loaded.origins.items() if v != "default"} == {
        "follow": f"{user}:1",
        "max_file_size": f"{config}:2",
        "menu_lines": "variable CLAIMKIT_MENU_LINES",
        "title_characters": "flag --title-characters",
    }


def test_no_config_reads_no_file(tmp_path: Path) -> None:
    """``--no-config`` and its variable leave files unread; variables still count."""
    (tmp_path / "claimkit.toml").write_text("follow = true\nunknown = 1\n")
    assert _load(tmp_path, no_config=True, CLAIMKIT_MENU_LINES="7").settings == Settings(menu_lines=7)
    assert _load(tmp_path, CLAIMKIT_NO_CONFIG="1").settings == Settings()


def test_all_problems_are_told_at_once_with_their_lines(tmp_path: Path) -> None:
    """An unknown name gets a suggestion, a wrong value says what fits; nothing is passed over."""
    config = tmp_path / "claimkit.toml"
    config.write_text("folow = true\nmenu-lines = 'many'\npublished = '1.12.2025'\nencoding = 'klingon'\n")
    with pytest.raises(UsageError) as caught:
        _load(tmp_path)
    message = str(caught.value)
    assert f"{config}:1: unknown setting 'folow'; did you mean 'follow'?" in message
    assert f"{config}:2: menu-lines = 'many' does not fit" in message
    assert f"{config}:3: published = '1.12.2025' is no date; write it as 2025-12-01" in message
    assert f"{config}:4: encoding = 'klingon' is not known" in message
    assert "\n" not in message


def test_the_mend_of_a_wrong_file_works_with_it(tmp_path: Path) -> None:
    """`claimkit config show` alone would fail by the same file."""
    (tmp_path / "claimkit.toml").write_text("folow = true\n")
    with pytest.raises(UsageError) as caught:
        _load(tmp_path)
    assert caught.value.mend == "see `claimkit config show --no-config` for names and values"
    assert _load(tmp_path, no_config=True).settings == Settings()


def test_a_date_of_toml_is_a_date(tmp_path: Path) -> None:
    """With quotation marks or without; a moment is none."""
    for written in ("2025-12-01", "'2025-12-01'"):
        (tmp_path / "claimkit.toml").write_text(f"published = {written}\n")
        assert _load(tmp_path).settings == Settings(published="2025-12-01")
    (tmp_path / "claimkit.toml").write_text("published = 2025-12-01T10:00:00\n")
    with pytest.raises(UsageError, match="is no date; write it as 2025-12-01"):
        _load(tmp_path)


def test_broken_toml_is_one_line(tmp_path: Path) -> None:
    """A file that is no TOML is named with the parser's line."""
    (tmp_path / "claimkit.toml").write_text("follow = = 1\n")
    with pytest.raises(UsageError, match=r"claimkit\.toml: .*line 1"):
        _load(tmp_path)


@pytest.mark.parametrize(
    ("written", "bytes_"),
    [("500", 500), ("10MB", 10_000_000), ("10 mb", 10_000_000), ("3k", 3000), ("1 GB", 1_000_000_000)],
)
def test_sizes(tmp_path: Path, written: str, bytes_: int) -> None:
    """Sizes are written as people write them."""
    assert _load(tmp_path, CLAIMKIT_MAX_FILE_SIZE=written).settings.max_file_size == bytes_


@pytest.mark.parametrize("written", ["-1", "0", "ten", "10 parsecs", ""])
def test_sizes_that_are_none(tmp_path: Path, written: str) -> None:
    """What is no size is refused."""
    with pytest.raises(UsageError, match="CLAIMKIT_MAX_FILE_SIZE"):
        _load(tmp_path, CLAIMKIT_MAX_FILE_SIZE=written)


def test_lists_and_switches_from_variables(tmp_path: Path) -> None:
    """Patterns are separated by commas; switches take the usual words."""
    loaded = _load(tmp_path, CLAIMKIT_GLOB="*.txt, *.text", CLAIMKIT_FOLLOW="yes")
    assert loaded.settings == Settings(glob=("*.txt", "*.text"), follow=True)


def test_a_string_is_no_list_of_letters_in_a_flag(tmp_path: Path) -> None:
    """One pattern given as a string stays one pattern."""
    assert _load(tmp_path, flags={"glob": "*.log"}).settings.glob == ("*.log",)


def test_unknown_variable_is_a_warning(tmp_path: Path) -> None:
    """Another program's variable does not stop the run, but a slip is told."""
    loaded = _load(tmp_path, CLAIMKIT_GLOBB="*.txt")
    assert loaded.warnings == ("variable CLAIMKIT_GLOBB names no setting; did you mean 'glob'?",)


def test_metadata_path_is_relative_to_its_file(tmp_path: Path) -> None:
    """A path in ``claimkit.toml`` is looked for beside it."""
    (tmp_path / "claimkit.toml").write_text("metadata = 'dates.tsv'\n")
    (tmp_path / "inner").mkdir()
    assert _load(tmp_path / "inner").settings.metadata == str(tmp_path / "dates.tsv")


def test_a_variable_that_an_option_declares_is_known(tmp_path: Path) -> None:
    """It is no slip; others are told."""
    assert _load(tmp_path, CLAIMKIT_JOBS="2").warnings == ()
    assert _load(tmp_path, CLAIMKIT_JOB="2").warnings != ()
