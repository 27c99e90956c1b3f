"""`docs/capabilities.yml` is true: every table, form, chapter, mart, section and test that it names exists."""

import ast
from functools import cache
from pathlib import Path

import pytest
import yaml

from expectations.contract import contracts
from orchestration.forms.definition import forms
from rulebook.chapters import CHAPTERS

ROOT = Path(__file__).parents[1]
CARRIED = ("marts", "sections", "tests")
CAPABILITIES = yaml.safe_load((ROOT / "docs" / "capabilities.yml").read_text(encoding="utf-8"))


@cache
def marts() -> set[str]:
    return {path.stem for path in (ROOT / "dbt_project" / "models" / "marts").rglob("*.sql")}


@cache
def sections() -> set[str]:
    documents = ROOT / "reports" / "documents"
    return {path.relative_to(documents).with_suffix("").as_posix() for path in documents.rglob("*.py")}


@cache
def functions_of(path: Path) -> set[str]:
    return {node.name for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.FunctionDef)}


def exists(kind: str, name: str) -> bool:
    if kind == "tests":
        file, _, test = name.partition("::")
        path = ROOT / file
        return path.is_file() and (
            test in functions_of(path) if path.suffix == ".py" else test in path.read_text("utf-8")
        )
    known = {"needs": set(contracts()), "forms": set(forms()), "rules": set(CHAPTERS), "marts": marts()}
    return name in (known.get(kind) or sections())


@pytest.mark.parametrize("capability", CAPABILITIES)
def test_what_a_capability_names_exists(capability: str) -> None:
    entry = CAPABILITIES[capability]
    named = [(kind, name) for kind, names in entry.items() if kind != "name" for name in names]
    assert [(kind, name) for kind, name in named if not exists(kind, name)] == []


def test_every_capability_is_carried_by_a_mart_a_section_and_a_test() -> None:
    bare = [
        f"{capability}: {kind}" for capability, entry in CAPABILITIES.items() for kind in CARRIED if not entry[kind]
    ]
    assert bare == []
