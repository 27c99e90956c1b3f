"""What the companies of a group sell each other changes no figure of the group, and is counted by itself."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from tests.marts.harness import Living, Rows, living, rows

AS_OF = "2025-03-31"
MARTS = ("mart_performance_by_org_unit", "mart_collection_by_org_unit", "mart_reconciliation")
KEYS = "org_unit_id, period_type, period_start"


@pytest.fixture(scope="module")
def models() -> Iterator[Living]:
    select = " ".join(f"+{mart}" for mart in (*MARTS, "mart_reconciliation_item", "mart_intercompany"))
    with living(select, AS_OF) as found:
        yield found


def trade(customer: str, number: int, entity: str | None = None) -> dict[str, Rows]:
    """An order of 100, its invoice of 113, a credit note of 11.30 and a receipt of 50; and 20 owed from before."""
    of = {"customer_id": customer, "employee_id": "E1"}
    seller = {"legal_entity_id": entity}
    return {
        "orders": [{"order_id": f"SO{number}", "ordered_on": "2025-02-03", **of, **seller}],
        "order_lines": [{"order_id": f"SO{number}", "line_number": 1, "quantity": 1, "net_amount": 100}],
        "invoices": [
            {"invoice_id": f"I{number}", "invoiced_on": "2025-02-05", "due_on": "2025-03-05", "order_id": f"SO{number}",
             "net_amount": 100, "gross_amount": 113, **of, **seller}
        ],
        "credit_notes": [
            {"credit_note_id": f"CN{number}", "invoice_id": f"I{number}", "credited_on": "2025-02-20", "net_amount": 10,
             "gross_amount": Decimal("11.30"), **of}
        ],
        "receipts": [{"receipt_id": f"R{number}", "received_on": "2025-03-10", "amount": 50, **of, **seller}],
        "receipt_applications": [
            {"application_id": f"A{number}", "receipt_id": f"R{number}", "invoice_id": f"I{number}",
             "applied_on": "2025-03-10", "amount": 50}
        ],
        "opening_balances": [
            {"invoice_id": f"O{number}", "invoiced_on": "2024-11-05", "due_on": "2024-12-05", "open_amount": 20,
             "opened_on": "2025-01-01", **of}
        ],
    }  # fmt: skip


def joined(*parts: dict[str, Rows]) -> dict[str, Rows]:
    tables: dict[str, Rows] = {
        "org_units": [{"org_unit_id": "Q", "valid_from": "2024-01-01", "name": "启明", "org_level": "company"}],
        "employees": [{"employee_id": "E1", "name": "E1"}],
        "employee_assignments": [{"employee_id": "E1", "valid_from": "2024-01-01", "org_unit_id": "Q"}],
        "customers": [{"customer_id": "C1", "name": "C1"}, {"customer_id": "OWN", "name": "B", "intercompany_entity_id": "B"}],
        "legal_entities": [{"legal_entity_id": "A", "name": "甲", "name_en": "A Ltd"}, {"legal_entity_id": "B", "name": "乙"}],
        "control_figures": [
            {"scope": "company", "period_label": "2025-02", "figure": "billed", "amount": Decimal("203.40")}
        ],
    }  # fmt: skip
    for part in parts:
        for table, given in part.items():
            tables[table] = [*tables.get(table, []), *given]
    return tables


def published(models: Living, tables: dict[str, Rows]) -> dict[str, list[dict[str, Any]]]:
    connection = models.refill(tables)
    return {mart: rows(connection, f"from marts.{mart} order by all") for mart in MARTS}


def test_no_figure_of_the_group_changes(models: Living) -> None:
    others = trade("C1", 1)
    alone = published(models, joined(others))
    assert published(models, joined(others, trade("OWN", 2, "A"))) == alone
    year = [
        row
        for row in alone["mart_performance_by_org_unit"]
        if row["period_type"] == "year" and row["org_unit_id"] == "Q"
    ]
    assert [(row["booked_amount"], row["invoiced_amount"], row["collected_amount"]) for row in year] == [(100, 90, 50)]


def test_what_was_left_out_is_counted_by_entity(models: Living) -> None:
    connection = models.refill(joined(trade("C1", 1), trade("OWN", 2, "A")))
    found = rows(connection, "from marts.mart_intercompany where period_type = 'quarter' and legal_entity_id = 'A'")
    assert [(row["name_en"], row["counterparty_name"]) for row in found] == [("A Ltd", "乙")]
    amounts = ("booked_amount", "invoiced_amount", "billed_amount", "received_amount", "receivable_amount")
    assert [found[0][name] for name in amounts] == [100, 90, Decimal("101.70"), 50, Decimal("51.70")]
    assert (
        rows(connection, "from intermediate.int_intercompany_documents where document_kind = 'opening'")[0][
            "billed_amount"
        ]
        == 20
    )


def test_a_ledger_that_has_it_in_is_reconciled_by_it(models: Living) -> None:
    """The ledger's billing has both trades in: the difference is the invoice and the credit note within the group."""
    connection = models.refill(joined(trade("C1", 1), trade("OWN", 2, "A")))
    check = rows(connection, "from marts.mart_reconciliation where check_id = 'control_billed'")[0]
    assert check["difference_amount"] == Decimal("-101.70")
    items = rows(
        connection, "from marts.mart_reconciliation_item where check_id = 'control_billed' and reason = 'intercompany'"
    )
    assert [(row["document_id"], row["difference_amount"]) for row in items] == [("I2", -113)]
