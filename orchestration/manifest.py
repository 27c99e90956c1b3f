"""What dbt's manifest says about our models, in the few words that assets and comments on columns need."""

import json
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from orchestration.inputs import code_version
from orchestration.publish.snapshot import Key
from orchestration.transform import DBT_PROJECT
from salesops.errors import UserError

BUILT = ("model", "seed")
SEVERITIES = {"error": "error", "warn": "warning"}


@dataclass
class Check:
    """Tests of one mart that are of one kind and severity, shown as one check: each event costs the run some time."""

    name: str
    kind: str
    blocking: bool
    tests: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Model:
    """A model: its layer (the schema that it lies in), what it reads, and, for a mart, how it is tested."""

    unique_id: str
    name: str
    layer: str
    description: str
    reads: tuple[tuple[str, str], ...]
    columns: dict[str, str]
    checks: tuple[Check, ...]


def models(manifest: dict[str, Any]) -> list[Model]:
    """Every model and seed of the project, by layer and name."""
    nodes = manifest["nodes"]
    found = [node for node in nodes.values() if node["resource_type"] in BUILT]
    checks = _checks(nodes)
    return sorted((_model(node, manifest, checks) for node in found), key=lambda model: (model.layer, model.name))


def descriptions(manifest: dict[str, Any]) -> dict[str, dict[str, str]]:
    """Mart -> column ("" for the mart itself) -> its description."""
    return {
        model.name: {"": model.description, **model.columns} for model in models(manifest) if model.layer == "marts"
    }


def mart_columns() -> dict[str, dict[str, str]]:
    """Mart -> column -> type, as its enforced contract says, read without dbt."""
    files = sorted((DBT_PROJECT / "models" / "marts").rglob("*.yml"))
    described = [
        model for path in files for model in yaml.safe_load(path.read_text(encoding="utf-8")).get("models", ())
    ]
    return {model["name"]: {one["name"]: one["data_type"] for one in model.get("columns", ())} for model in described}


def keys(manifest: dict[str, Any]) -> dict[str, Key]:
    """Model -> its key, as its test `unique_key` names it."""
    nodes = manifest["nodes"]
    tests = [node for node in nodes.values() if (node.get("test_metadata") or {}).get("name") == "unique_key"]
    tested = [(test, nodes.get(test.get("attached_node"))) for test in tests]
    return {model["name"]: _key(test, model) for test, model in tested if model}


def _key(test: dict[str, Any], model: dict[str, Any]) -> Key:
    columns = test["test_metadata"]["kwargs"]["columns"]
    required = {
        name
        for name, column in model["columns"].items()
        if any(constraint["type"] == "not_null" for constraint in column.get("constraints", ()))
    }
    return Key(tuple(columns), required.issuperset(columns))


def _model(node: dict[str, Any], manifest: dict[str, Any], checks: dict[str, dict[str, Check]]) -> Model:
    return Model(
        unique_id=node["unique_id"],
        name=node["name"],
        layer=node["schema"],
        description=_one_line(node["description"]),
        reads=tuple(sorted({_relation(one, manifest) for one in node["depends_on"].get("nodes", ())})),
        columns={column["name"]: _one_line(column["description"]) for column in node["columns"].values()},
        checks=tuple(sorted(checks.get(node["unique_id"], {}).values(), key=lambda check: check.name)),
    )


def _relation(unique_id: str, manifest: dict[str, Any]) -> tuple[str, str]:
    """Schema and name of what a model reads: a source, a seed or another model."""
    node = manifest["nodes"].get(unique_id) or manifest["sources"][unique_id]
    return node["schema"], node["name"]


def _checks(nodes: dict[str, Any]) -> dict[str, dict[str, Check]]:
    grouped: dict[str, dict[str, Check]] = {}
    for unique_id, node in sorted(nodes.items()):
        if node["resource_type"] != "test":
            continue
        tested = node.get("attached_node") or next(iter(node["depends_on"]["nodes"]), "")
        if nodes.get(tested, {}).get("schema") != "marts":
            continue
        check = _check(node)
        grouped.setdefault(tested, {}).setdefault(check.name, check).tests.append(unique_id)
    return grouped


def _check(test: dict[str, Any]) -> Check:
    kind = (test.get("test_metadata") or {}).get("name", "singular")
    severity = SEVERITIES[test["config"]["severity"].lower()]
    return Check(f"{kind}_{severity}", kind, severity == "error")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def prepared(state: Path, as_of: date) -> dict[str, Any]:
    """dbt's manifest, parsed once for each state of the code and kept in state/dbt/."""
    from filelock import FileLock

    folder = state / "dbt"
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / f"manifest-{code_version()}.json"
    with FileLock(folder / "manifest.lock"):
        if not kept.exists():
            for old in folder.glob("manifest-*.json"):
                old.unlink()
            draft = kept.with_suffix(".tmp")
            draft.write_text(json.dumps(_parse(folder, as_of), default=str), encoding="utf-8")
            draft.replace(kept)
    return json.loads(kept.read_text(encoding="utf-8"))


def _parse(folder: Path, as_of: date) -> dict[str, Any]:
    """The parts of the manifest that are used; the scratch warehouse is never opened."""
    from orchestration.transform import invoke

    result = invoke(["parse"], folder / "unused" / "build.duckdb", folder / "target", as_of)
    if not result.success:
        reason = " ".join(str(result.exception).split())
        raise UserError(
            f"dbt cannot read the models: {reason}", where="dbt_project", mend="Mend the model.", exit_code=1
        )
    manifest: Any = result.result
    whole = manifest.to_dict()
    return {part: {key: _slim(node) for key, node in whole[part].items()} for part in ("nodes", "sources")}


def _slim(node: dict[str, Any]) -> dict[str, Any]:
    """What `models` reads of a node; the whole manifest is several megabytes."""
    used = ("unique_id", "name", "schema", "resource_type", "description", "columns", "attached_node", "test_metadata")
    slim = {name: node[name] for name in used if name in node}
    return slim | {"depends_on": node.get("depends_on"), "config": {"severity": node["config"].get("severity", "")}}
