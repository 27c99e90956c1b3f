"""The company's own models (models/*.sql): dbt builds them after ours, in a project of their own, into schema `custom`."""

import re
import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestration.transform import DBT_PROJECT, NodeResult, invoke
from salesops.errors import UserError

if TYPE_CHECKING:
    from dbt.cli.main import dbtRunnerResult

SCHEMA = "custom"
SUFFIXES = {".sql", ".yml"}
PROJECT = f"""
name: {SCHEMA}
version: 1.0.0
config-version: 2
profile: salesops
models: {{{SCHEMA}: {{+schema: {SCHEMA}, +materialized: table}}}}
"""
NAMES = (
    "{% macro generate_schema_name(custom_schema_name, node) %}{{ custom_schema_name or target.schema }}{% endmacro %}"
)


def files(models: Path) -> list[Path]:
    """The models and their descriptions."""
    return sorted(path for path in models.rglob("*") if path.suffix in SUFFIXES)


def build(models: Path, scratch: Path, warehouse: Path, as_of: date) -> UserError | None:
    """Builds and tests them; where one does not pass, none is kept, and the reason is returned."""
    if not any(path.suffix == ".sql" for path in files(models)):
        return None
    project = _make_project(models, scratch / "project")
    nodes: list[NodeResult] = []
    command = ["build", "--select", f"package:{SCHEMA}", "--exclude-resource-type", "unit_test"]
    result = invoke(command, warehouse, scratch / "target", as_of, on_node=nodes.append, project=project)
    bad = [node for node in nodes if node.status in ("error", "fail")]
    if result.success and not bad:
        return None
    _forget(warehouse)
    return _problem(bad, result)


def _make_project(models: Path, project: Path) -> Path:
    """A project beside ours, which it has as a package: what cannot even be parsed there leaves ours alone."""
    shutil.rmtree(project, ignore_errors=True)
    for path in files(models):
        target = project / "models" / path.relative_to(models)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    for folder in ("macros", "dbt_packages"):
        (project / folder).mkdir()
    (project / "dbt_project.yml").write_text(PROJECT, encoding="utf-8")
    (project / "macros" / "names.sql").write_text(NAMES, encoding="utf-8")
    (project / "dbt_packages" / "salesops").symlink_to(DBT_PROJECT)
    return project


def _forget(warehouse: Path) -> None:
    import duckdb

    with duckdb.connect(str(warehouse)) as connection:
        connection.execute(f"drop schema if exists {SCHEMA} cascade")


def _problem(bad: list[NodeResult], result: "dbtRunnerResult") -> UserError:
    """What went wrong first; a test names its model, a model its file and, where it can be told, the line."""
    mend = "Mend it, then run again; everything else is published."
    if bad and bad[0].status == "fail":
        what = f"a test of your own models did not pass, so none of them is published. Failing rows: {bad[0].failures}."
        return UserError(what, where=f"models/: {bad[0].name}", mend=mend)
    message = bad[0].message if bad else str(result.exception)
    reason = re.sub(r"^\w+ Error( in .*)?\n", "", message).strip().split("\n")[0]
    what = f"your own models cannot be built, so none of them is published: {reason}"
    return UserError(what, where=_place(message, bad, result), mend=mend)


def _place(message: str, bad: list[NodeResult], result: "dbtRunnerResult") -> str:
    executed: Any = result.result
    ran = [one.node for one in getattr(executed, "results", ()) if bad and one.node.unique_id == bad[0].unique_id]
    node = ran[0] if ran else getattr(result.exception, "node", None)
    named = re.search(r"\((models/[^)]+)\)", message)
    file = node.original_file_path if node else named[1] if named else "models/"
    line = _line(message, node)
    return f"{file}:{line}" if line else file


def _line(message: str, node: Any) -> int | None:
    """The line in the file: Jinja counts it itself; SQL runs with other lines before it, so its text is looked for."""
    if counted := re.search(r"^\s*line (\d+)\s*$", message, re.MULTILINE):
        return int(counted[1])
    shown = re.search(r"LINE \d+: (.*)", message)
    compiled = (getattr(node, "compiled_code", None) or "").splitlines()
    if shown is None or len(compiled) != len(node.raw_code.splitlines()):
        return None
    text = shown[1].strip(". ")
    return next((number for number, line in enumerate(compiled, 1) if text in line), None)
