"""What makes a run worth while: any input that changed."""

import os
from datetime import date
from pathlib import Path

import pytest

from orchestration.inputs import inputs
from orchestration.workspace import Workspace

DAY = date(2025, 3, 31)
SETTINGS = "company: {name: {zh: 某公司, en: Some company}}\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder in ("landing", "sources", "rulebook"):
        (tmp_path / folder).mkdir()
    (tmp_path / "salesops.yml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "landing" / "a.csv").write_text("a")
    return tmp_path


def changed(root: Path, before: dict[str, str], as_of: date = DAY, known_at: date | None = None) -> set[str]:
    after = inputs(Workspace.open(root), as_of, known_at)
    return {name for name in after if after[name] != before[name]}


def test_the_same_inputs_are_equal_and_each_change_shows_under_its_own_name(root: Path) -> None:
    before = inputs(Workspace.open(root), DAY, None)
    assert changed(root, before) == set()
    assert changed(root, before, as_of=date(2025, 4, 1)) == {"as_of"}
    assert changed(root, before, known_at=DAY) == {"known_at"}
    assert inputs(Workspace.open(root), DAY, None, frozenset({"a"}))["only"] != before["only"]
    (root / "landing" / "b.csv").write_text("b")
    (root / "sources" / "orders.yml").write_text("files: b.csv")
    assert changed(root, before) == {"landing", "sources"}
    (root / "rulebook" / "calendar.yml").write_text("[]")
    (root / "salesops.yml").write_text(SETTINGS + "nightly: '04:00'\n", encoding="utf-8")
    assert changed(root, before) == {"landing", "sources", "rulebook", "settings"}


def test_a_rewritten_export_is_new_even_at_the_same_size(root: Path) -> None:
    before = inputs(Workspace.open(root), DAY, None)
    (root / "landing" / "a.csv").write_text("b")
    os.utime(root / "landing" / "a.csv", ns=(1, 1))
    assert changed(root, before) == {"landing"}
