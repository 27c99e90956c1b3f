"""A wrong YAML file is explained by file, line and key."""

from datetime import date
from pathlib import Path

import pytest

from orchestration.workspace import Settings, Workspace
from salesops import yamlfile
from salesops.errors import UserError
from salesops.yamlfile import parse

GOOD = "company:\n  name: {zh: 启明机电, en: Qiming Industrial}\n"


def said(tmp_path: Path, text: str) -> str:
    path = tmp_path / "salesops.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as raised:
        parse(path, Settings)
    return str(raised.value)


def test_good_settings_have_the_defaults_of_the_page(tmp_path: Path) -> None:
    (tmp_path / "salesops.yml").write_text(GOOD, encoding="utf-8")
    settings = parse(tmp_path / "salesops.yml", Settings)
    assert (settings.company.currency, settings.company.time_zone, settings.nightly) == (
        "CNY",
        "Asia/Shanghai",
        "03:30",
    )


def test_an_unknown_key_names_its_line_and_the_nearest_known_key(tmp_path: Path) -> None:
    assert "salesops.yml:3: `company.curency`: this key is not known. Did you mean `currency`?" in said(
        tmp_path, GOOD + "  curency: CNY\n"
    )


def test_a_missing_key_is_named(tmp_path: Path) -> None:
    assert "`company`: this key is missing. Add it." in said(tmp_path, "nightly: '03:30'\n")


def test_a_key_that_stands_twice_is_refused(tmp_path: Path) -> None:
    assert "salesops.yml:4: the key `nightly` stands here twice." in said(
        tmp_path, GOOD + "nightly: '03:30'\nnightly: '04:30'\n"
    )


def test_broken_yaml_names_the_line(tmp_path: Path) -> None:
    assert "salesops.yml:" in said(tmp_path, "company: [\n")


def test_a_wrong_time_zone_is_explained(tmp_path: Path) -> None:
    assert "`Asia/Shanghei` is not a time zone" in said(tmp_path, GOOD + "  time_zone: Asia/Shanghei\n")


def test_a_folder_without_settings_is_no_workspace(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="this folder is no workspace"):
        Workspace.open(tmp_path)


def test_on_is_a_word_and_no_truth_value(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    path.write_text("{on: 2025-01-31, off: no, yes: true}", encoding="utf-8")
    assert yamlfile.load(path)[0] == {"on": date(2025, 1, 31), "off": "no", "yes": True}
