"""What assets and comments take from dbt's manifest."""

from typing import Any

from orchestration.manifest import Check, descriptions, models


def node(name: str, schema: str, kind: str, *reads: str, **extra: Any) -> dict[str, Any]:
    return {
        "unique_id": f"{kind}.salesops.{name}",
        "name": name,
        "schema": schema,
        "resource_type": kind,
        "description": f"{name}\n  described",
        "columns": {"id": {"name": "id", "description": "the key"}},
        "depends_on": {"nodes": list(reads)},
        "config": {"severity": "ERROR"},
    } | extra


MART, STAGING = "model.salesops.mart_x", "model.salesops.stg_orders"
TESTS = [
    node("unique_x", "tests", "test", MART, attached_node=MART, test_metadata={"name": "unique_key"}),
    node("unique_x_2", "tests", "test", MART, attached_node=MART, test_metadata={"name": "unique_key"}),
    node("x_adds_up", "tests", "test", MART, config={"severity": "warn"}),
    node("unique_stg", "tests", "test", STAGING, attached_node=STAGING, test_metadata={"name": "unique_key"}),
]
NODES = [node("mart_x", "marts", "model", STAGING), node("stg_orders", "staging", "model", "source.raw.orders"), *TESTS]
MANIFEST = {
    "nodes": {one["unique_id"]: one for one in NODES},
    "sources": {"source.raw.orders": {"schema": "raw", "name": "orders"}},
}


def test_a_model_reads_tables_by_schema_and_name() -> None:
    assert {model.name: model.reads for model in models(MANIFEST)} == {
        "mart_x": (("staging", "stg_orders"),),
        "stg_orders": (("raw", "orders"),),
    }


def test_tests_of_a_mart_are_one_check_per_kind_and_severity() -> None:
    mart, staging = models(MANIFEST)
    assert mart.checks == (
        Check("singular_warning", "singular", False, ["test.salesops.x_adds_up"]),
        Check("unique_key_error", "unique_key", True, ["test.salesops.unique_x", "test.salesops.unique_x_2"]),
    )
    assert staging.checks == ()


def test_only_marts_carry_descriptions_into_the_publication() -> None:
    assert descriptions(MANIFEST) == {"mart_x": {"": "mart_x described", "id": "the key"}}
