"""The order side of the demo company: the published marts say what was planted, worked out from its tables by other means."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from examples.demo_company.world import World


@pytest.fixture(scope="module")
def truth(published: Path) -> dict[str, Any]:
    return json.loads((published / "truth.json").read_text(encoding="utf-8"))["order_side"]


@pytest.fixture(scope="module")
def marts(published: Path) -> duckdb.DuckDBPyConnection:
    current = json.loads((published / "published" / "current.json").read_text(encoding="utf-8"))
    connection = duckdb.connect()
    connection.execute(f"attach '{published / current['duckdb']}' as publication (read_only); use publication.marts")
    return connection


def months(marts: Any, mart: str) -> dict[str, dict[str, Any]]:
    """The company's months in a mart."""
    found = marts.execute(f"select * from {mart} where org_unit_id = 'QM' and period_type = 'month'")
    names = [column[0] for column in found.description]
    return {row["period_label"]: row for row in (dict(zip(names, values, strict=True)) for values in found.fetchall())}


@pytest.mark.parametrize(
    ("part", "mart"),
    [
        ("quotes", "mart_quote"),
        ("contracts", "mart_contract"),
        ("deliveries", "mart_delivery"),
        ("steps", "mart_order_to_cash"),
        ("service", "mart_service"),
    ],
)
def test_every_month_is_what_was_planted(marts: Any, truth: dict[str, Any], part: str, mart: str) -> None:
    found = months(marts, mart)
    wrong = {
        (label, name): (found[label][name], want)
        for label, row in truth[part].items()
        for name, want in row.items()
        if not same(found[label][name], want)
    }
    assert wrong == {}
    assert len(truth[part]) == 18


def same(found: Any, want: Any) -> bool:
    if want is None or found is None:
        return found is want
    return abs(Decimal(str(found)) - Decimal(str(want))) <= Decimal("0.01" if "." in str(want) else "0")


def one(marts: Any, query: str) -> Any:
    (value,) = marts.execute(query).fetchone()
    return value


def test_three_versions_are_one_quote_with_two_rounds(marts: Any) -> None:
    versions = marts.execute(
        "select version_number, outcome, round_discount_amount from fct_quotes where quote_family_id = 'BJ90001' order by 1"
    ).fetchall()
    assert versions == [(1, "superseded", None), (2, "superseded", Decimal(6000)), (3, "ordered", Decimal(4000))]


def test_a_quote_is_lost_after_its_grace_and_only_expired_before(marts: Any) -> None:
    found = marts.execute(
        "select quote_id, outcome, is_expired_open from fct_quotes where quote_family_id in ('BJ90002', 'BJ90003') order by 1"
    ).fetchall()
    assert found == [("BJ90002-1", "expired", False), ("BJ90003-1", "open", True)]


def test_won_deals_are_told_by_what_was_ordered_and_invoiced(marts: Any, truth: dict[str, Any]) -> None:
    states = dict(marts.execute("select opportunity_id, state from mart_won_to_cash").fetchall())
    assert states == truth["won_to_cash"]
    assert {"matched", "different", "missing", "timing"} <= set(states.values())


def test_the_deal_without_a_contract_is_listed(marts: Any, truth: dict[str, Any]) -> None:
    listed = marts.execute(
        "select opportunity_id from mart_won_to_cash where contract_count = 0 and sign_by < '2025-06-30'"
    )
    assert [code for (code,) in listed.fetchall()] == truth["without_contract"] != []


def test_open_installations_and_the_late_delivery(marts: Any, truth: dict[str, Any]) -> None:
    june = months(marts, "mart_delivery")["2025-06"]
    assert {name: june[name] for name in truth["open_installations"]} == truth["open_installations"]
    late, waiting = truth["late_delivery"], truth["waiting_installation"]
    assert one(marts, f"select is_on_time from fct_deliveries where delivery_id = '{late}'") is False
    assert one(marts, f"select is_installation_overdue from fct_deliveries where delivery_id = '{waiting}'")


def test_the_case_reopened_twice(marts: Any, truth: dict[str, Any]) -> None:
    case = truth["reopened_twice"]
    assert one(marts, f"select reopened_count from fct_service_cases where case_id = '{case}'") == 2


def test_leaf_units_add_up_to_the_company(marts: Any) -> None:
    for mart, count in (
        ("mart_quote", "decided_count"),
        ("mart_order_to_cash", "due_line_count"),
        ("mart_service", "opened_count"),
    ):
        whole, leaves = marts.execute(
            f"""select sum({count}) filter (org_unit_id = 'QM'), sum({count}) filter (is_leaf)
            from {mart} where period_label = '2025-05'"""
        ).fetchone()
        assert whole == leaves > 0, mart


def test_a_line_is_never_paid_before_it_was_invoiced(marts: Any) -> None:
    assert one(marts, "select count(*) from mart_order_line_progress where paid_on < invoiced_on") == 0


def test_all_but_one_line_in_a_hundred_have_the_invoice_of_their_own_shipment(marts: Any, demo: World) -> None:
    """Where a later shipment was invoiced first, its invoice counts for the line shipped before."""
    invoices = demo.books.invoices[["order", "shipped_on", "invoiced_on"]]
    own = demo.sales.lines.merge(invoices, on=["order", "shipped_on"], how="left")
    own["order_id"] = demo.sales.orders["order_id"].to_numpy()[own["order"]]
    marts.register("own", own)
    known, other = marts.execute(
        """select count(*), count(*) filter (p.invoiced_on is distinct from own.invoiced_on::date)
        from mart_order_line_progress as p inner join own using (order_id, line_number)
        where p.last_shipped_on is not null"""
    ).fetchone()
    assert known > 30_000
    assert other < known / 100
