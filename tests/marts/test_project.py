"""What holds for every model of the project, read from dbt's own manifest."""

import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from orchestration import dbt_sources, transform
from tests.marts.harness import build, warehouse_of

MODELS = transform.DBT_PROJECT / "models"


@pytest.fixture(scope="module")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("manifest")
    result = transform.invoke(["parse"], folder / "build.duckdb", folder / "target", date(2025, 1, 31))
    return result.result.to_dict()


def models(manifest: dict[str, Any]) -> dict[str, dict[str, Any]]:
    nodes = manifest["nodes"].values()
    return {node["name"]: node for node in nodes if node["resource_type"] == "model"}


def test_every_model_states_its_grain(manifest: dict[str, Any]) -> None:
    assert [name for name, node in models(manifest).items() if not node["description"].startswith("One row")] == []


def test_every_mart_and_staging_model_has_a_tested_key(manifest: dict[str, Any]) -> None:
    tests = [node for node in manifest["nodes"].values() if node["resource_type"] == "test"]
    keyed = {
        node.get("attached_node") for node in tests if (node.get("test_metadata") or {}).get("name") == "unique_key"
    }
    bare = [node for node in models(manifest).values() if node["unique_id"] not in keyed]
    assert [node["name"] for node in bare if node["schema"] in ("staging", "marts")] == []


def test_every_mart_has_an_enforced_contract_with_described_columns(manifest: dict[str, Any]) -> None:
    marts = {name: node for name, node in models(manifest).items() if node["schema"] == "marts"}
    assert [name for name, node in marts.items() if not node["config"]["contract"]["enforced"]] == []
    columns = [(name, column) for name, node in marts.items() for column in node["columns"].values()]
    assert [(name, column["name"]) for name, column in columns if not column["description"]] == []


def test_only_staging_reads_raw_tables(manifest: dict[str, Any]) -> None:
    readers = [
        node["name"]
        for node in models(manifest).values()
        if node["schema"] != "staging" and any("source.salesops.raw." in one for one in node["depends_on"]["nodes"])
    ]
    assert [name for name in readers if name not in READS_RAW_TO_COUNT] == []


READS_RAW_TO_COUNT = {"mart_data_accounting"}
"""Counting superseded rows needs the rows before staging drops them."""


def test_the_sources_are_those_of_the_contracts() -> None:
    assert dbt_sources.SOURCES_FILE.read_text(encoding="utf-8") == dbt_sources.rendered()


def test_no_model_reads_a_clock() -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in MODELS.rglob("*.sql")}
    clocks = [name for name, text in texts.items() if re.search(r"\b(current_date|now\(\)|current_timestamp)", text)]
    assert clocks == []


def expected(manifest: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Rows that unit tests expect, by model."""
    found: dict[str, list[dict[str, Any]]] = {}
    for test in manifest["unit_tests"].values():
        found.setdefault(test["model"], []).extend(test["expect"]["rows"])
    return found


def upstream(manifest: dict[str, Any], model: str) -> set[str]:
    """The model and those that it is made from."""
    node = models(manifest)[model]
    above = [one.rsplit(".", 1)[-1] for one in node["depends_on"]["nodes"] if one.startswith("model.")]
    return {model}.union(*(upstream(manifest, one) for one in above))


def test_every_rate_has_a_unit_test_with_and_without_a_base(manifest: dict[str, Any]) -> None:
    rows = expected(manifest)
    bare = []
    for name, node in models(manifest).items():
        if node["schema"] != "marts":
            continue
        for column in node["columns"]:
            if column.endswith("_rate") and (name, column) not in GIVEN_BY_OTHERS:
                values = [row[column] for one in upstream(manifest, name) for row in rows.get(one, []) if column in row]
                if None not in values or not any(value is not None for value in values):
                    bare.append(f"{name}.{column}")
    assert [one for one in bare if one not in PROVEN_ELSEWHERE and not one.endswith(WITHOUT_A_ZERO_BASE)] == []


GIVEN_BY_OTHERS = {
    ("fct_order_lines", "exchange_rate"),
    ("fct_invoices", "exchange_rate"),
    ("fct_receipts", "exchange_rate"),
    ("fct_credit_notes", "exchange_rate"),
    ("mart_receivable_ageing", "provision_rate"),
    ("dim_process_stage", "probability_rate"),
    ("mart_target_decomposition", "month_share_rate"),
}
"""Rates of a source or of the rulebook, not worked out by a model."""

WITHOUT_A_ZERO_BASE = (
    ".time_elapsed_rate",
    "mart_lead.valid_rate",
    "mart_stage_effectiveness.conversion_rate",
    "mart_stage_effectiveness.company_conversion_rate",
)
"""A business year has days; a source without leads, or a stage that nobody left, has no row."""

PROVEN_ELSEWHERE = {"mart_collection_cohort.cohort_cumulative_rate"}
"""Its values stand in test_w1.py, its null in a unit test."""


@pytest.mark.slow
def test_the_unit_tests_of_the_models_pass() -> None:
    connection = build({}, "2025-03-31")
    warehouse = warehouse_of(connection)
    connection.close()
    results: list[transform.NodeResult] = []
    command = ["test", "--select", "test_type:unit"]
    transform.invoke(command, warehouse, warehouse.parent / "target", date(2025, 3, 31), on_node=results.append)
    shutil.rmtree(warehouse.parent)
    assert [f"{one.name}: {one.message}" for one in results if one.status != "pass"] == []
    assert results


WINDOW = r"row_number\(\) over \(((?:[^()]|\([^()]*\))*)\)"


def test_every_window_has_a_total_order() -> None:
    unordered = []
    for path in Path(MODELS).rglob("*.sql"):
        for window in re.findall(WINDOW, path.read_text(encoding="utf-8")):
            if "order by" not in window:
                unordered.append(path.name)
    assert unordered == []
