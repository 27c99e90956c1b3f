"""The truth of the demo company holds together: balances roll forward, children add up, rates are believable."""

from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest

from examples.demo_company.receivables import open_cents
from examples.demo_company.truth import Truth
from examples.demo_company.world import World

REGIONS = ("QM-E", "QM-S", "QM-N", "QM-W", "QM", "unassigned")
ADDITIVE = (
    "booked_amount", "shipped_amount", "backlog_amount", "invoiced_amount", "billed_amount", "gross_margin_amount",
    "collected_amount", "received_amount", "credit_note_amount", "applied_amount", "written_off_amount",
    "opening_receivable_amount", "closing_receivable_amount", "overdue_amount", "order_count", "new_customer_count",
)  # fmt: skip


def months(truth: Truth) -> dict[str, dict[str, Any]]:
    return {label: row for label, row in truth.figures["company"].items() if len(label) == 7 and label[5] != "Q"}


def test_receivables_roll_forward_in_every_month(truth: Truth, demo: World) -> None:
    """Credit notes and write-offs here are those on open invoices; what is unapplied never touches a balance."""
    before = None
    for label, row in months(truth).items():
        settled = row["credit_note_amount"] + row["applied_amount"] + row["written_off_amount"]
        assert (
            row["opening_receivable_amount"] + row["invoiced_gross_amount"] - settled
            == row["closing_receivable_amount"]
        ), label
        assert before in (None, row["opening_receivable_amount"]), label
        before = row["closing_receivable_amount"]


def test_the_balance_is_the_sum_of_the_open_items(truth: Truth, demo: World) -> None:
    owed = open_cents(demo.books.items, demo.books.settlements)
    assert (owed >= 0).all()
    assert Decimal(int(owed.sum())) / 100 == truth.figures["company"]["2025-06"]["closing_receivable_amount"]


def test_ageing_buckets_add_up_to_the_balance(truth: Truth) -> None:
    june = truth.figures["company"]["2025-06"]
    ageing = dict(truth.figures["ageing"])
    assert sum(ageing.values()) == june["closing_receivable_amount"]
    assert june["closing_receivable_amount"] - ageing["not_due"] == june["overdue_amount"]


@pytest.mark.parametrize("label", ["2023-01", "2024-07", "2025-06", "2025-Q1", "2024"])
def test_regions_with_the_unassigned_add_up_to_the_company(truth: Truth, label: str) -> None:
    company = truth.figures["company"][label]
    for name in ADDITIVE:
        assert sum(truth.figures["regions"][region][label][name] for region in REGIONS) == company[name], name


def test_months_add_up_to_their_quarter(truth: Truth) -> None:
    rows = truth.figures["company"]
    for name in ("booked_amount", "invoiced_amount", "collected_amount", "target_invoiced_amount"):
        assert sum(rows[month][name] for month in ("2025-04", "2025-05", "2025-06")) == rows["2025-Q2"][name]


def test_targets_of_children_add_up_to_their_parent(demo: World) -> None:
    """Sellers to the company, and teams with the sellers beside them to their region, for the original and the revision."""
    table = demo.targets.drop_duplicates(["owner", "metric", "month", "version"])
    for latest in (False, True):
        chosen = table if latest else table[table["version"] == 1]
        chosen = chosen.sort_values("version").drop_duplicates(["owner", "metric", "month"], keep="last")
        company = chosen[chosen["rank"] == 0].set_index(["metric", "month"])["value"]
        people = chosen[chosen["level"] == "employee"].groupby(["metric", "month"])["value"].sum()
        pd.testing.assert_series_equal(company.sort_index(), people.sort_index(), check_names=False, check_dtype=False)


def test_targets_reach_to_the_end_of_the_year_and_one_region_is_revised(demo: World) -> None:
    assert demo.targets["month"].max() == pd.Timestamp("2025-12-01")
    revised = set(demo.targets.loc[demo.targets["version"] == 2, "owner"])
    assert {"QM", "QM-S", "QM-S1"} <= revised and not {"QM-E", "QM-N", "QM-W"} & revised


def test_receipts_are_applied_unapplied_or_refunded(demo: World) -> None:
    settlements = demo.books.settlements[demo.books.settlements["receipt"] >= 0]
    applied = np.bincount(settlements["receipt"], settlements["cents"], len(demo.books.receipts))
    rest = demo.books.receipts["cents"].to_numpy() - applied
    refunds = (demo.books.receipts["kind"] == "refund").to_numpy()
    assert (rest[~refunds] >= 0).all() and (rest[refunds] == 0).all()


def test_instalments_add_up_to_their_invoice(demo: World) -> None:
    books = demo.books
    several = books.invoices["instalments"] > 1
    parts = books.items.groupby("invoice")["cents"].sum()
    assert several.sum() > 300
    assert (parts[several[several].index] == books.invoices.loc[several, "gross_cents"]).all()


def test_the_ledger_differs_by_one_known_invoice(truth: Truth, demo: World) -> None:
    planted = truth.figures["control_difference"]
    invoice = demo.books.invoices.set_index("invoice_id").loc[planted["invoice_id"]]
    assert Decimal(int(invoice["gross_cents"])) / 100 == planted["amount"]
    assert f"{invoice['invoiced_on']:%Y-%m}" == planted["period_label"] == "2025-06"


def test_new_customers_are_those_created_since_the_books_settled(truth: Truth, demo: World) -> None:
    created = demo.customers["created_on"]
    for year in (2024, 2025):
        assert truth.figures["company"][str(year)]["new_customer_count"] == (created.dt.year == year).sum()


def test_the_company_is_as_large_as_described(demo: World) -> None:
    counted = demo.sales.orders["ordered_on"] >= "2023"
    assert len(demo.customers) == 600 and len(demo.products) == 60
    assert 28_000 <= counted.to_numpy()[demo.sales.lines["order"]].sum() <= 34_000
    employed = demo.company.sellers["left_on"].isna().sum()
    assert 38 <= employed <= 43


def test_figures_are_believable(truth: Truth) -> None:
    """Yearly, since a single month swings: sales, margin, attainment, collection, receivables and overdue."""
    for year in ("2023", "2024", "2025"):
        row = truth.figures["company"][year]
        assert Decimal("0.26") < row["gross_margin_rate"] < Decimal("0.30")
        share = Decimal("0.5") if year == "2025" else 1
        assert Decimal("0.85") * share < row["attainment_rate"] < Decimal("1.05") * share
        assert Decimal("0.80") < row["cash_over_billed_rate"] < Decimal("1.02")
        assert Decimal("0.22") < row["overdue_rate"] < Decimal("0.36")
    june = truth.figures["company"]["2025-06"]
    assert 25_000_000 < june["invoiced_amount"] < 36_000_000
    assert 2 < june["closing_receivable_amount"] / truth.figures["company"]["2025-Q2"]["billed_amount"] * 3 < 3


def test_moved_team_brings_its_sales_to_the_new_region(truth: Truth, demo: World) -> None:
    """Fujian sold for South until June 2024 and for East from July."""
    day = np.array(["2024-06-30", "2024-07-01"], dtype="M8[D]")
    assert list(demo.company.region_of(np.array(["QM-S3", "QM-S3"], dtype=object), day)) == ["QM-S", "QM-E"]


def test_the_walk_of_the_pipeline_adds_up(truth: Truth) -> None:
    for label, scopes in truth.figures["market"]["pipeline"].items():
        for scope, row in scopes.items():
            came = sum(row[f"{name}_amount"] for name in ("opening", "new", "reopened", "amount_up", "pulled_in"))
            went = sum(row[f"{name}_amount"] for name in ("amount_down", "pushed_out", "won", "lost", "deleted"))
            assert came - went == row["closing_amount"], (label, scope)


def test_market_oddities_are_planted(truth: Truth, demo: World) -> None:
    table = demo.market.opportunities
    assert table["reopened_on"].notna().sum() == 8 and table["moved_to"].notna().sum() >= 10
    assert table["competitor"].str.contains(";").sum() > 30 and table["deleted"].sum() == 6
    sizes = truth.figures["market"]["market_sizes"]["2024-H2"]
    assert "联轴器与链条" not in sizes and "T-W" not in sizes["液压件"]
