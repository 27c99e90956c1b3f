"""The demo company's rules changed on trial: every figure that would differ, by an independent road."""

import hashlib
import json
import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.cli.main import execute

RATES = {"not_due": "0", "1-30": "0.02", "31-90": "0.05", "91-180": "0.08", "181-365": "0.15", "366-730": "0.4",
         "731-1095": "0.7", ">1095": "1"}  # fmt: skip
OLD = "provision: [0%, 1%, 3%, 5%, 10%, 30%, 50%, 100%]"
NEW = "provision: [0%, 2%, 5%, 8%, 15%, 40%, 70%, 100%]"

pytestmark = pytest.mark.slow


def contents(folder: Path) -> dict[str, str]:
    files = [
        path for part in ("published", "warehouse", "lake") for path in (folder / part).rglob("*") if path.is_file()
    ]
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture
def marts(published: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    pointer = json.loads((published / "published" / "current.json").read_text(encoding="utf-8"))
    with duckdb.connect(str(published / pointer["duckdb"]), read_only=True) as connection:
        connection.execute("set schema = 'marts'")
        yield connection


def tried(published: Path, tmp_path: Path, capsys: pytest.CaptureFixture, file: str, old: str, new: str) -> Any:
    """What `diff` says of a copy of the rules in which one text is another; the workspace must not have changed."""
    rules = tmp_path / "rules"
    shutil.copytree(published / "rulebook", rules)
    text = (rules / file).read_text(encoding="utf-8")
    assert old in text
    (rules / file).write_text(text.replace(old, new), encoding="utf-8")
    before = contents(published)
    capsys.readouterr()
    assert execute(["-w", str(published), "--json", "--lang", "en", "rulebook", "diff", "--against", str(rules)]) == 0
    assert contents(published) == before
    return json.loads(capsys.readouterr().out)


def downstream(published: Path, table: str) -> set[str]:
    """Every model below a table of the rulebook, by the manifest's own list of parents."""
    [file] = (published / "state" / "dbt").glob("manifest-*.json")
    nodes = json.loads(file.read_text(encoding="utf-8"))["nodes"]
    found = {f"source.salesops.rulebook.{table}"}
    while more := {
        key
        for key, node in nodes.items()
        if node["resource_type"] == "model" and key not in found and found & set(node["depends_on"]["nodes"])
    }:
        found |= more
    return {nodes[key]["name"] for key in found if key in nodes}


def moves(result: Any, measure: str, by: str) -> dict[str, tuple[Decimal, Decimal]]:
    [ranking] = [one for one in result["rankings"] if (one["measure"], one["by"]) == (measure, by)]
    return {one["id"]: (Decimal(one["before"]), Decimal(one["after"])) for one in ranking["movers"]}


def test_other_provision_rates_are_the_open_amounts_times_these_rates(
    published: Path, tmp_path: Path, marts: duckdb.DuckDBPyConnection, capsys: pytest.CaptureFixture
) -> None:
    result = tried(published, tmp_path, capsys, "collection.yml", OLD, NEW)
    assert result["tables"] == ["ageing_buckets"]
    assert {model["name"] for model in result["models"]} == downstream(published, "ageing_buckets")
    rows = marts.execute(
        "select customer_id, bucket, amount, provision_amount from mart_receivable_ageing where period_label = '2025-06'"
    ).fetchall()
    expected: dict[str, list[Decimal]] = {}
    for customer, bucket, amount, provision in rows:
        sums = expected.setdefault(customer, [Decimal(0), Decimal(0)])
        sums[0] += provision
        sums[1] += round(amount * Decimal(RATES[bucket]), 2)
    moved = {customer: tuple(sums) for customer, sums in expected.items() if sums[0] != sums[1]}
    found = moves(result, "provision_amount", "customer_id")
    assert found.keys() == moved.keys()
    for customer, (before, after) in found.items():
        assert before == moved[customer][0]
        assert abs(after - moved[customer][1]) <= Decimal("0.05"), customer  # halves of a cent, one a row
    assert {one["measure"] for one in result["rankings"]} == {"provision_amount"}


def test_sales_by_bookings_are_the_bookings(
    published: Path, tmp_path: Path, marts: duckdb.DuckDBPyConnection, capsys: pytest.CaptureFixture
) -> None:
    result = tried(published, tmp_path, capsys, "sales_basis.yml", "basis: invoiced_amount", "basis: booked_amount")
    assert result["tables"] == ["sales_basis"]
    names = {model["name"] for model in result["models"]}
    assert names == downstream(published, "sales_basis")
    assert not {"mart_receivable_ageing", "fct_order_lines", "mart_collection_by_customer"} & names
    rows = marts.execute(
        "select employee_id, sales_amount, booked_amount from mart_performance_by_employee"
        " where period_type = 'year' and period_label = '2025' and sales_amount is distinct from booked_amount"
    ).fetchall()
    assert moves(result, "sales_amount", "employee_id") == {who: (sales, booked) for who, sales, booked in rows}
    [company] = [one for one in result["rankings"] if (one["measure"], one["by"]) == ("sales_amount", "org_unit_id")]
    years = {one["id"]: Decimal(one["after"]) for one in company["company"]}
    booked = marts.execute(
        "select period_label, booked_amount from mart_performance_by_org_unit"
        " where period_type = 'year' and org_level = 'company' and period_label in ('2023', '2024', '2025')"
    ).fetchall()
    assert years == dict(booked)
