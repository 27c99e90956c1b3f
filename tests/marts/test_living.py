"""Models built again over other rows give what a build over those rows gives."""

from tests.marts.harness import living, rows

UNIT = {"org_unit_id": "Q", "valid_from": "2024-01-01", "name": "启明", "org_level": "company"}
EAST = {
    "org_unit_id": "E",
    "valid_from": "2024-01-01",
    "name": "华东",
    "org_level": "region",
    "parent_org_unit_id": "Q",
}


def test_a_refill_forgets_the_rows_before() -> None:
    with living("+dim_org_unit", "2025-06-30") as models:
        both = rows(models.refill({"org_units": [UNIT, EAST]}), "from marts.dim_org_unit order by org_unit_id")
        one = rows(models.refill({"org_units": [UNIT]}), "from marts.dim_org_unit order by org_unit_id")
    assert [(row["org_unit_id"], row["depth"]) for row in both] == [("E", 1), ("Q", 0), ("unassigned", 1)]
    assert [row["org_unit_id"] for row in one] == ["Q", "unassigned"]
