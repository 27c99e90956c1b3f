"""Extra columns of exports stand in the published dimensions and facts, whoever renames them."""

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.e2e.conftest import AS_OF, salesops

ORDERS = """files: orders_*.csv
load: upsert
read: {date_pattern: '(\\d{8})'}
also_called: {项目号: [项目编号]}
tables:
  orders:
    distinct: true
    columns: {order_id: id, ordered_on: day, customer_id: customer, employee_id: seller}
    extra: [项目号]
  order_lines:
    columns: {order_id: id, line_number: line, quantity: quantity, net_amount: amount}
    extra: {Line Colour: colour}
"""
CUSTOMERS = """files: customers*.csv
load: full
tables: {customers: {columns: {customer_id: id, name: name}, extra: %s}}
"""
FILES = {
    "customers.csv": "id,name,客户等级\nC1,Acme,007\nC2,Bolts,\n",
    "orders_20250131.csv": "id,line,day,customer,seller,quantity,amount\nO1,1,2025-01-10,C1,E1,2,100.00\n",
    "orders_20250228.csv": "id,line,day,customer,seller,quantity,amount,项目号,colour\n"
    "O2,1,2025-02-20,C2,E2,4,200.00,P-01, red \nO2,2,2025-02-20,C2,E2,4,200.00,P-01,N/A\n",
    "orders_20250331.csv": "id,line,day,customer,seller,quantity,amount,项目编号,colour\nO3,1,2025-03-05,C1,E1,1,70.00,P-02,blue\n",
}


def run(root: Path) -> dict[str, Any]:
    done = salesops(root, "run", "--as-of", AS_OF, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def published(root: Path, sql: str) -> list[tuple]:
    pointer = json.loads((root / "published" / "current.json").read_text())
    with duckdb.connect(str(root / pointer["duckdb"]), read_only=True) as connection:
        connection.execute("use marts.marts")
        return connection.execute(sql).fetchall()


@pytest.fixture
def extras(company: Path) -> Path:
    for name in (company / "landing").glob("orders_*"):
        name.unlink()
    for name, text in FILES.items():
        (company / "landing" / name).write_text(text, encoding="utf-8")
    (company / "sources" / "orders.yml").write_text(ORDERS, encoding="utf-8")
    (company / "sources" / "customers.yml").write_text(CUSTOMERS % "[客户等级]", encoding="utf-8")
    return company


@pytest.mark.slow
def test_extra_columns_stand_in_dimensions_and_facts_in_both_directions_of_a_rename(extras: Path) -> None:
    done = run(extras)
    lines = 'select order_id, line_number, "项目号", "Line Colour" from fct_order_lines order by all'
    assert published(extras, lines) == [
        ("O1", 1, None, None),  # the columns came later
        ("O2", 1, "P-01", "red"),
        ("O2", 2, "P-01", "N/A"),
        ("O3", 1, "P-02", "blue"),  # the export calls it 项目编号
    ]
    assert published(extras, 'select customer_id, "客户等级" from dim_customer order by 1') == [
        ("C1", "007"),
        ("C2", None),
    ]
    parquet = extras / "published" / done["snapshot"] / "parquet" / "dim_customer.parquet"
    assert duckdb.execute(
        "select \"客户等级\" from read_parquet(?) where customer_id = 'C1'", [str(parquet)]
    ).fetchall() == [("007",)]

    (extras / "sources" / "customers.yml").write_text(CUSTOMERS % "{grade: 客户等级}", encoding="utf-8")
    (extras / "landing" / "customers.csv").unlink()  # the old file loads again from the kept original
    run(extras)
    assert published(extras, "select customer_id, grade from dim_customer order by 1") == [("C1", "007"), ("C2", None)]

    (extras / "sources" / "customers.yml").write_text(CUSTOMERS % "[]", encoding="utf-8")
    run(extras)
    columns = {name for name, *_ in published(extras, "describe dim_customer")}
    assert "customer_id" in columns
    assert not {"grade", "客户等级"} & columns
