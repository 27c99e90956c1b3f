"""Crosswalks and overrides, and the rows that nobody can place, on a company of four people and three customers."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from tests.marts.harness import built, rows

MODELS = "+mart_correction +mart_correction_row +mart_unmatched_name +stg_receipts +stg_order_lines"
CODES = {
    "people.csv": "name,employee_id,from,to,reason,by,until\n"
    "小王,E1,,,nickname,E9,\n"
    "shared,E1,,2025-01-31,one login for two,E9,\n"
    "shared,E2,2025-02-01,,one login for two,E9,\n"
    "gone,E1,,,was right once,E9,2025-01-31\n"
    "nobody,E1,,,never seen,E9,\n",
    "customers.csv": "name,customer_id,from,to,reason,by,until\nC2,C1,,,the same firm twice,E9,\n",
    "payers.csv": "name,customer_id,from,to,reason,by,until\nParent Ltd,C3,,,pays for its daughter,E9,\nC2,C3,,,pays for C3,E9,\n",
    "overrides.csv": "action,table,record,field,value,reason,by,until\n"
    "exclude,orders,O2,,,test order,E9,\n"
    "reassign,orders,O1,employee_id,E2,handed over,E9,\n"
    "adjust,order_lines,O1/1,net_amount,90,typing error,E9,2025-12-31\n"
    "adjust,order_lines,O1/2,net_amount,10.00,already mended,E9,2025-12-31\n"
    "exclude,orders,O99,,,no such order,E9,\n",
}
TABLES: dict[str, list[dict[str, Any]]] = {
    "employees": [
        {"employee_id": "E1", "name": "王一"},
        {"employee_id": "E2", "name": "李二"},
        {"employee_id": "E3", "name": "张伟"},
        {"employee_id": "E4", "name": "张伟"},
    ],
    "customers": [
        {"customer_id": "C1", "name": "Acme", "employee_id": "小王"},
        {"customer_id": "C2", "name": "Acme", "employee_id": "E2"},
        {"customer_id": "C3", "name": "Daughter Ltd", "employee_id": "E2"},
    ],
    "orders": [
        {"order_id": "O1", "ordered_on": "2025-01-10", "customer_id": "C2", "employee_id": "E1"},
        {"order_id": "O2", "ordered_on": "2025-01-10", "customer_id": "C1", "employee_id": "E1"},
        {"order_id": "O3", "ordered_on": "2025-01-10", "customer_id": "C1", "employee_id": "shared"},
        {"order_id": "O4", "ordered_on": "2025-02-10", "customer_id": "C1", "employee_id": "shared"},
        {"order_id": "O5", "ordered_on": "2025-02-10", "customer_id": "C1", "employee_id": "gone"},
        *(
            {"order_id": order, "ordered_on": "2025-02-11", "customer_id": customer, "employee_id": name, "_file": 2}
            for order, customer, name in [
                ("N1", "Acme", "李二"),
                ("N2", "Daughter Ltd", "张伟"),
                ("N3", "Daughter", "E3"),
                ("N4", "C3", "小王"),
                ("N5", "C3", None),
                ("N6", "C3", "王一一"),
            ]
        ),
    ],
    "order_lines": [
        {"order_id": "O1", "line_number": 1, "quantity": 1, "net_amount": "100.00"},
        {"order_id": "O1", "line_number": 2, "quantity": 1, "net_amount": "10.00"},
    ],
    "receipts": [
        {"receipt_id": "R1", "received_on": "2025-02-01", "customer_id": "Parent Ltd", "amount": 1},
        {"receipt_id": "R2", "received_on": "2025-02-01", "customer_id": "C2", "amount": 1},
    ],
}
LOOK_UPS = [
    {"source": "crm", "table_name": "orders", "field": "employee_id", "entity": "employees", "looked_in": "name"},
    {"source": "crm", "table_name": "orders", "field": "customer_id", "entity": "customers", "looked_in": "name"},
]
META = {"files": [{"file_number": 2, "file_name": "crm.csv", "source": "crm", "extracted_on": "2025-02-28"}]}


@pytest.fixture(scope="module")
def marts() -> Iterator[duckdb.DuckDBPyConnection]:
    with built(TABLES, "2025-06-30", select=MODELS, meta=META, corrections=CODES, look_ups=LOOK_UPS) as connection:
        yield connection


def orders(marts: duckdb.DuckDBPyConnection) -> dict[str, tuple[str | None, str | None]]:
    found = rows(marts, "select order_id, customer_id, employee_id from staging.stg_orders")
    return {row["order_id"]: (row["customer_id"], row["employee_id"]) for row in found}


def test_a_merged_customer_is_one_everywhere(marts: duckdb.DuckDBPyConnection) -> None:
    customers = rows(marts, "select customer_id, name, employee_id from staging.stg_customers order by 1")
    assert [tuple(row.values()) for row in customers] == [("C1", "Acme", "E1"), ("C3", "Daughter Ltd", "E2")]
    assert orders(marts)["O1"][0] == "C1"


def test_a_name_may_mean_another_person_on_another_day(marts: duckdb.DuckDBPyConnection) -> None:
    assert (orders(marts)["O3"][1], orders(marts)["O4"][1]) == ("E1", "E2")


def test_a_record_is_excluded_reassigned_adjusted(marts: duckdb.DuckDBPyConnection) -> None:
    assert "O2" not in orders(marts)
    assert orders(marts)["O1"] == ("C1", "E2")
    lines = rows(marts, "select line_number, net_amount from staging.stg_order_lines order by 1")
    assert [row["net_amount"] for row in lines] == [Decimal(90), Decimal(10)]


def test_a_payer_pays_for_a_customer_and_counts_before_the_customers_own_line(marts: duckdb.DuckDBPyConnection) -> None:
    found = rows(marts, "select customer_id from staging.stg_receipts order by receipt_id")
    assert [row["customer_id"] for row in found] == ["C3", "C3"]


def test_an_expired_correction_is_applied_no_longer(marts: duckdb.DuckDBPyConnection) -> None:
    assert orders(marts)["O5"][1] == "gone"


def test_names_become_codes_and_what_nobody_can_tell_is_kept_out(marts: duckdb.DuckDBPyConnection) -> None:
    found = orders(marts)
    assert {name: found.get(name) for name in ("N1", "N2", "N3", "N4", "N5", "N6")} == {
        "N1": ("C1", "E2"),  # two customers of one name, but merged
        "N2": None,
        "N3": None,
        "N4": ("C3", "E1"),  # a nickname from people.csv, a code as it is
        "N5": ("C3", None),
        "N6": None,
    }
    kept = rows(marts, "select record, field, given, problem, candidates, file_name from marts.mart_unmatched_name")
    assert sorted(tuple(row.values()) for row in kept) == [
        ("N2", "employee_id", "张伟", "ambiguous_name", "E3 张伟; E4 张伟", "crm.csv"),
        ("N3", "customer_id", "Daughter", "unknown_name", "C3 Daughter Ltd", "crm.csv"),
        ("N6", "employee_id", "王一一", "unknown_name", "E1 王一", "crm.csv"),
    ]


def test_every_correction_says_what_became_of_it(marts: duckdb.DuckDBPyConnection) -> None:
    found = rows(marts, "select correction_id, state, rows_changed from marts.mart_correction order by 1")
    assert [tuple(row.values()) for row in found] == [
        ("customers.csv:2", "active", 2),  # the customer itself, and an order
        ("overrides.csv:2", "active", 1),
        ("overrides.csv:3", "active", 1),
        ("overrides.csv:4", "active", 1),
        ("overrides.csv:5", "unused", 0),  # the export says so itself by now
        ("overrides.csv:6", "unused", 0),
        ("payers.csv:2", "active", 1),
        ("payers.csv:3", "active", 1),
        ("people.csv:2", "active", 2),
        ("people.csv:3", "active", 1),
        ("people.csv:4", "active", 1),
        ("people.csv:5", "expired", 0),
        ("people.csv:6", "unused", 0),
    ]


def test_each_changed_row_shows_before_and_after(marts: duckdb.DuckDBPyConnection) -> None:
    found = rows(marts, "from marts.mart_correction_row where correction_id like 'overrides%' order by correction_id")
    shown = [(row["record"], row["field"], row["before_value"], row["after_value"], row["_line"]) for row in found]
    assert shown == [
        ("O2", "", None, None, 3),
        ("O1", "employee_id", "E1", "E2", 2),
        ("O1/1", "net_amount", "100.000000", "90.000000", 2),
    ]


def test_without_corrections_every_row_is_as_it_was_exported() -> None:
    with built(TABLES, "2025-06-30", select="+stg_orders +stg_customers +mart_correction", meta=META) as plain:
        found = {row["order_id"]: row for row in rows(plain, "from staging.stg_orders")}
        assert {name: row["employee_id"] for name, row in found.items()} == {
            row["order_id"]: row["employee_id"] for row in TABLES["orders"]
        }
        assert rows(plain, "select count(*) as n from staging.stg_customers") == [{"n": 3}]
        assert rows(plain, "from marts.mart_correction") == []
