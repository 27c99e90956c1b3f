"""What the receivables side promises beyond W1: order of application, currencies, bills, owners, thin companies."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from expectations.contract import contracts
from orchestration import transform
from tests.marts.harness import Rows, built, rows

AS_OF = "2025-03-31"


def invoice(invoice_id: str, invoiced_on: str, amount: int, **rest: Any) -> dict[str, Any]:
    given = {"customer_id": "C1", "net_amount": amount, "gross_amount": amount, "due_on": invoiced_on}
    return {"invoice_id": invoice_id, "invoiced_on": invoiced_on, **given, **rest}


def receipt(receipt_id: str, received_on: str, amount: int, **rest: Any) -> dict[str, Any]:
    return {"receipt_id": receipt_id, "received_on": received_on, "customer_id": "C1", "amount": amount, **rest}


def application(receipt_id: str, invoice_id: str, applied_on: str, amount: int, **rest: Any) -> dict[str, Any]:
    key = {"application_id": f"{receipt_id}-{invoice_id}", "receipt_id": receipt_id, "invoice_id": invoice_id}
    return {**key, "applied_on": applied_on, "amount": amount, **rest}


def rules(**collection: Any) -> dict[str, Any]:
    ageing = {"edges": [0], "provision": ["0%", "50%"]}
    return {"collection": [{"id": "c", "effective": {"from": "2020-01-01"}, "ageing": ageing, **collection}]}


def teams() -> dict[str, Rows]:
    units = (("HQ", None), ("T1", "HQ"), ("T2", "HQ"))
    sellers = {"A": "T1", "B": "T2"}
    since = {"valid_from": "2020-01-01"}
    return {
        "org_units": [
            {"org_unit_id": unit, "name": unit, "parent_org_unit_id": above, **since} for unit, above in units
        ],
        "employees": [{"employee_id": seller, "name": seller} for seller in sellers],
        "employee_assignments": [{"employee_id": s, "org_unit_id": unit, **since} for s, unit in sellers.items()],
    }


# One customer per case, so that one build serves them all.
CASES: dict[str, Rows] = {
    **teams(),
    "customers": [{"customer_id": "TERMS", "name": "Terms", "credit_days": 45}],
    "invoices": [
        invoice("AGE-B", "2025-01-05", 100, customer_id="AGE"),
        invoice("AGE-A", "2025-02-05", 100, customer_id="AGE"),
        invoice("EARLY-1", "2025-03-10", 100, customer_id="EARLY"),
        invoice("DUE-1", "2025-02-01", 300, customer_id="DUE"),
        invoice("PART-1", "2025-02-01", 300, customer_id="PART"),
        invoice("TERMS-1", "2025-02-01", 300, customer_id="TERMS", due_on=None),
        invoice("REFUND-1", "2025-03-01", 100, customer_id="REFUND"),
        invoice("ADVANCE-1", "2025-03-05", 100, customer_id="ADVANCE"),
        invoice("USD-1", "2025-03-01", 100, customer_id="MONEY", currency="USD"),
        invoice("EUR-1", "2025-03-01", 10, customer_id="MONEY", currency="EUR"),
        invoice("CANCELLED-1", "2025-03-02", 30, customer_id="CANCELLED", status="cancelled"),
        invoice("OWNER-1", "2025-03-01", 100, customer_id="OWNER", employee_id="A"),
        invoice("LATER-1", "2025-03-01", 100, customer_id="LATER"),
        invoice("LATER-2", "2025-04-01", 50, customer_id="LATER"),
        invoice("ORDER-1", "2025-03-03", 200, customer_id="ORDER", order_id="O2"),
        invoice("TWICE", "2025-03-01", 100, customer_id="ROWS", _file=2),
        invoice("TWICE", "2025-03-01", 100, customer_id="ROWS", _file=2),
        invoice("NEWER", "2025-03-01", 5, customer_id="ROWS", _file=2),
        invoice("NEWER", "2025-03-01", 6, customer_id="ROWS", _file=3, _sequence=2),
    ],
    "invoice_instalments": [
        {"invoice_id": "DUE-1", "instalment_number": 1, "due_on": "2025-03-10", "amount": 100},
        {"invoice_id": "DUE-1", "instalment_number": 2, "due_on": "2025-03-20", "amount": 200},
        {"invoice_id": "PART-1", "instalment_number": 1, "due_on": "2025-05-01", "amount": 100},
    ],
    "receipts": [
        receipt("R-AGE", "2025-03-10", 130, customer_id="AGE"),
        receipt("R-EARLY", "2025-02-01", 100, customer_id="EARLY"),
        receipt("R-DUE-1", "2025-02-20", 100, customer_id="DUE"),
        receipt("R-DUE-2", "2025-03-25", 50, customer_id="DUE"),
        receipt("R-REFUND", "2025-03-10", 40, customer_id="REFUND", kind="refund"),
        receipt("R-ADVANCE", "2025-02-10", 80, customer_id="ADVANCE", kind="advance"),
        receipt("R-BILL-1", "2025-03-01", 10, customer_id="BILL", method="bank_acceptance"),
        receipt(
            "R-BILL-2", "2025-02-01", 200, customer_id="BILL", method="commercial_acceptance", matures_on="2025-03-20"
        ),
        receipt("R-BILL-3", "2025-03-01", 4_000, customer_id="BILL", method="commercial_acceptance"),
        receipt("R-OWNER", "2025-03-10", 100, customer_id="OWNER", employee_id="B"),
        receipt("R-ORDER", "2025-03-20", 100, customer_id="ORDER"),
        receipt("R-LATER", "2025-04-02", 100, customer_id="LATER"),
    ],
    "receipt_applications": [
        application("R-DUE-1", "DUE-1", "2025-02-20", 100),
        application("R-DUE-2", "DUE-1", "2025-03-25", 50),
        application("R-ADVANCE", "ADVANCE-1", "2025-03-06", 60),
        application("R-OWNER", "OWNER-1", "2025-03-10", 100),
        application("R-LATER", "LATER-1", "2025-04-02", 100),
    ],
    "exchange_rates": [{"currency": "EUR", "to_currency": "CNY", "valid_on": "2025-01-01", "rate": 8}],
    "control_figures": [{"scope": "company", "period_label": "2025-02", "figure": "billed", "amount": 1_000}],
    "orders": [
        {"order_id": "O1", "ordered_on": "2025-03-01", "net_amount": 100},
        {"order_id": "O2", "ordered_on": "2025-02-01", "customer_id": "ORDER", "gross_amount": 400},
    ],
    "order_lines": [
        {"order_id": "O1", "line_number": 1, "quantity": 1, "net_amount": 99},
        {"order_id": "O2", "line_number": 1, "quantity": 1, "net_amount": 100, "shipped_on": "2025-03-02"},
        {"order_id": "O2", "line_number": 2, "quantity": 1, "net_amount": 100},
    ],
}
ACCOUNT = {"source": "s", "table_name": "invoices", "rows_quarantined": 1, "rows_skipped": 0, "state": "live"}
META = {
    "accounting": [
        {"file_number": 2, "file_name": "a.csv", "batch_id": "b1", "rows_read": 4, "rows_loaded": 3, **ACCOUNT},
        {"file_number": 3, "file_name": "b.csv", "batch_id": "b2", "rows_read": 3, "rows_loaded": 2, **ACCOUNT},
    ]
}


@pytest.fixture(scope="module")
def marts() -> Iterator[duckdb.DuckDBPyConnection]:
    with built(CASES, AS_OF, meta=META) as connection:
        yield connection


@pytest.fixture(scope="module")
def at_receipt() -> Iterator[duckdb.DuckDBPyConnection]:
    rulebook = rules(credit_to="owner_at_receipt", advances="at_receipt")
    with built(CASES, AS_OF, rulebook=rulebook) as connection:
        yield connection


def of(marts: duckdb.DuckDBPyConnection, customer_id: str, label: str = "2025-03") -> dict[str, Any]:
    query = f"from marts.mart_collection_by_customer where customer_id = '{customer_id}' and period_label = '{label}'"
    found = rows(marts, query)
    return found[0] if found else {}


def test_a_company_without_receivables_has_empty_marts() -> None:
    with built({}, AS_OF) as connection:
        assert rows(connection, "from marts.fct_open_items") == []
        assert rows(connection, "from marts.mart_collection_by_customer") == []
        assert rows(connection, "from marts.mart_reconciliation where not is_ok") == []
        found = rows(connection, "from marts.mart_collection_by_org_unit where org_unit_id = 'company'")
    assert {row["closing_receivable_amount"] for row in found} == {Decimal(0)}
    assert {row["collection_rate"] for row in found} == {None}


def test_receipts_without_applications_settle_the_oldest_due_and_say_so(marts: duckdb.DuckDBPyConnection) -> None:
    found = rows(marts, "from marts.fct_receipt_applications where customer_id = 'AGE' order by document_id")
    assert [(r["document_id"], r["amount"], r["is_assumed"]) for r in found] == [
        ("AGE-A", 30, True),
        ("AGE-B", 100, True),
    ]


def test_cash_before_the_invoice_is_applied_on_the_day_of_the_invoice(marts: duckdb.DuckDBPyConnection) -> None:
    found = rows(marts, "from marts.fct_receipt_applications where document_id = 'EARLY-1'")
    assert [str(row["business_date"]) for row in found] == ["2025-03-10"]


def test_an_instalment_paid_before_the_period_is_not_due_in_it(marts: duckdb.DuckDBPyConnection) -> None:
    march = of(marts, "DUE")
    assert (march["due_amount"], march["due_paid_amount"], march["planned_amount"]) == (200, 50, 300)
    assert (march["due_in_period_rate"], march["on_time_rate"]) == (Decimal("0.25"), Decimal("0"))


def test_instalments_that_miss_the_invoice_total_are_completed(marts: duckdb.DuckDBPyConnection) -> None:
    march = of(marts, "PART")
    assert (march["closing_receivable_amount"], march["overdue_amount"]) == (300, 200)


def test_due_date_is_the_invoice_date_plus_the_days_of_the_customer(marts: duckdb.DuckDBPyConnection) -> None:
    item = rows(marts, "from marts.fct_open_items where is_now and customer_id = 'TERMS'")[0]
    assert (str(item["due_on"]), item["is_due_assumed"], item["days_overdue"]) == ("2025-03-18", True, 13)


def test_opening_balances_open_the_books_and_are_not_billed() -> None:
    opening = {"customer_id": "C1", "invoiced_on": "2024-11-01", "due_on": "2024-12-01", "opened_on": "2025-03-01"}
    tables = {
        "opening_balances": [{"invoice_id": "OLD", "open_amount": 500, **opening}],
        "invoices": [invoice("OLD", "2024-11-01", 900), invoice("NEW", "2025-03-05", 100, due_on="2025-09-01")],
        "receipts": [receipt("R0", "2025-01-01", 400), receipt("R1", "2025-03-10", 200)],
        "receipt_applications": [
            application("R0", "OLD", "2025-01-01", 400),
            application("R1", "OLD", "2025-03-10", 200),
        ],
    }
    with built(tables, AS_OF) as connection:
        march = of(connection, "C1")
    assert (march["opening_receivable_amount"], march["invoiced_amount"]) == (500, 100)
    assert (march["applied_amount"], march["closing_receivable_amount"]) == (200, 400)


def test_contract_and_shipment_are_measured_by_the_cash_of_their_orders(marts: duckdb.DuckDBPyConnection) -> None:
    march = of(marts, "ORDER")
    assert (march["contract_collected_amount"], march["contract_amount"]) == (100, 400)
    assert (march["shipped_settled_amount"], march["shipped_with_tax_amount"]) == (50, 200)
    assert (march["contract_progress_rate"], march["shipped_based_rate"]) == (Decimal("0.25"), Decimal("0.25"))


def test_a_refund_lowers_collection_and_may_turn_the_rate_negative(marts: duckdb.DuckDBPyConnection) -> None:
    assert of(marts, "REFUND")["cash_over_billed_rate"] == Decimal("-0.4")


def test_an_advance_counts_when_it_is_applied(marts: duckdb.DuckDBPyConnection) -> None:
    assert of(marts, "ADVANCE")["collected_amount"] == 60
    assert of(marts, "ADVANCE", "2025-02")["collected_amount"] == 0


def test_an_advance_counts_at_receipt_where_the_rule_says_so(at_receipt: duckdb.DuckDBPyConnection) -> None:
    assert of(at_receipt, "ADVANCE")["collected_amount"] == 0
    assert of(at_receipt, "ADVANCE", "2025-02")["collected_amount"] == 80


def test_a_bill_counts_at_receipt_or_once_it_was_paid(marts: duckdb.DuckDBPyConnection) -> None:
    march = of(marts, "BILL")
    assert (march["collected_amount"], march["collected_bill_amount"], march["received_amount"]) == (210, 210, 4_010)


def test_a_document_without_exchange_rate_is_listed_and_never_counted_as_one(marts: duckdb.DuckDBPyConnection) -> None:
    query = "select document_id, expected_amount from marts.mart_reconciliation_item where reason = 'no_exchange_rate'"
    assert rows(marts, query) == [{"document_id": "USD-1", "expected_amount": 100}]
    assert of(marts, "MONEY")["invoiced_amount"] == 80


def test_a_difference_to_the_ledger_is_shown_with_the_documents_that_may_explain_it() -> None:
    tables = {
        "invoices": [invoice("A", "2025-03-01", 100), invoice("B", "2025-03-02", 30, status="cancelled")],
        "control_figures": [{"scope": "company", "period_label": "2025-03", "figure": "billed", "amount": 130}],
    }
    with built(tables, AS_OF) as connection:
        check = rows(connection, "from marts.mart_reconciliation where check_id = 'control_billed'")[0]
        items = rows(connection, "select document_id, reason from marts.mart_reconciliation_item")
    assert (check["expected_amount"], check["actual_amount"], check["difference_amount"]) == (130, 100, -30)
    assert not check["is_ok"]
    assert items == [{"document_id": "B", "reason": "not_confirmed"}]


def test_a_ledger_figure_that_agrees_is_ok(marts: duckdb.DuckDBPyConnection) -> None:
    check = rows(marts, "from marts.mart_reconciliation where check_id = 'control_billed'")[0]
    assert (check["actual_amount"], check["is_ok"]) == (1_000, True)


def test_collection_is_credited_to_the_owner_at_invoice(marts: duckdb.DuckDBPyConnection) -> None:
    assert _credited_leaves(marts) == {"T1"}


def test_collection_is_credited_to_the_owner_at_receipt_by_rule(at_receipt: duckdb.DuckDBPyConnection) -> None:
    assert _credited_leaves(at_receipt) == {"T2"}


def _credited_leaves(marts: duckdb.DuckDBPyConnection) -> set[str]:
    query = "from marts.mart_collection_by_org_unit where org_unit_id in ('T1', 'T2') and period_label = '2025-03'"
    return {row["org_unit_id"] for row in rows(marts, query) if row["collected_amount"] == 100}


def test_events_after_the_as_of_day_do_not_count(marts: duckdb.DuckDBPyConnection) -> None:
    march = of(marts, "LATER")
    assert (march["closing_receivable_amount"], march["collected_amount"]) == (100, 0)


def test_a_cancelled_invoice_owes_nothing(marts: duckdb.DuckDBPyConnection) -> None:
    assert of(marts, "CANCELLED") == {}


def test_lines_that_differ_from_their_header_are_listed_by_order(marts: duckdb.DuckDBPyConnection) -> None:
    item = rows(marts, "from marts.mart_reconciliation_item where reason = 'lines_differ_from_header'")[0]
    assert (item["document_id"], item["difference_amount"]) == ("O1", Decimal("-1.00"))


def test_loaded_rows_are_current_superseded_duplicate_or_unchanged(marts: duckdb.DuckDBPyConnection) -> None:
    found = rows(marts, "from marts.mart_data_accounting order by file_number")
    assert [(r["rows_duplicate"], r["rows_superseded"], r["rows_unchanged"], r["is_accounted"]) for r in found] == [
        (1, 1, 0, True),
        (0, 0, 1, True),
    ]


def test_every_blocking_reconciliation_holds(marts: duckdb.DuckDBPyConnection) -> None:
    assert rows(marts, "from marts.mart_reconciliation where severity = 'error' and not is_ok") == []
    checks = rows(marts, "select distinct check_id from marts.mart_reconciliation where severity = 'error'")
    assert len(checks) == 6


def test_accounting_covers_every_contract() -> None:
    text = (transform.DBT_PROJECT / "macros/corrections.sql").read_text(encoding="utf-8")
    listed = re.findall(r"'(\w+)'", text.partition("{% macro raw_tables() -%}")[2])
    assert sorted(listed) == sorted(contracts())
