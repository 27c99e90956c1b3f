"""Imports run one way, and a tool is known to one room only."""

import ast
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = {"salesops", "orchestration", "expectations", "rulebook", "reports"}
MAY_IMPORT = {
    "salesops": set(),
    "expectations": {"salesops"},
    "rulebook": {"salesops"},
    "reports": {"salesops"},
    "orchestration": ROOMS,
}
DAGSTER = ("orchestration/defs", "orchestration/definitions.py", "orchestration/engine.py")


def imports(path: Path) -> set[str]:
    """Top-level names that the module imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


def modules(room: str) -> list[Path]:
    return sorted((ROOT / room).rglob("*.py"))


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_a_room_imports_only_what_lies_below_it(room: str) -> None:
    allowed = MAY_IMPORT[room] | {room}
    wrong = {str(path.relative_to(ROOT)): imports(path) & (ROOMS - allowed) for path in modules(room)}
    assert not {path: names for path, names in wrong.items() if names}


def test_only_the_shells_know_dagster() -> None:
    knowing = [
        str(path.relative_to(ROOT))
        for room in ROOMS
        for path in modules(room)
        if {"dagster", "dagster_dbt"} & imports(path)
    ]
    assert [path for path in knowing if not path.startswith(DAGSTER)] == []


def test_only_expectations_knows_great_expectations() -> None:
    knowing = [
        path for room in ROOMS - {"expectations"} for path in modules(room) if "great_expectations" in imports(path)
    ]
    assert knowing == []


def test_no_file_names_an_index_host_or_this_machine() -> None:
    hosts = ("pypi" + ".org", "python" + "hosted", "npm" + "js.", "deb.deb" + "ian", "/wo" + "rk/", "/op" + "t/")
    suffixes = {".py", ".yml", ".md", ".txt", ".in", ".sql", ".toml", ".typ"}
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for path in (ROOT / name for name in listed.splitlines() if Path(name).suffix in suffixes):
        text = path.read_text(encoding="utf-8")
        assert not [host for host in hosts if host in text], path
