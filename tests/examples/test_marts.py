"""The marts of the demo company say what its truth says: the whole line from exports to a publication, once."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from bench import bare, compare

DIRECT = {"QM": "QM/direct"}
"""The company's own sellers form a leaf below it; in the truth their region is the company's code."""


@pytest.fixture(scope="module")
def root(published: Path) -> Path:
    return published


@pytest.fixture(scope="module")
def truth(root: Path) -> dict[str, Any]:
    return json.loads((root / "truth.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def marts(root: Path) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    current = json.loads((root / "published" / "current.json").read_text(encoding="utf-8"))
    connection.execute(f"attach '{root / current['duckdb']}' as publication (read_only); use publication.marts")
    return connection


def rows(marts: duckdb.DuckDBPyConnection, mart: str, *key: str) -> dict[tuple, dict[str, Any]]:
    found = marts.execute(f"select * from {mart}").fetchall()
    names = [column[0] for column in marts.description or []]
    dicts = [dict(zip(names, row, strict=True)) for row in found]
    return {tuple(row[name] for name in key): row for row in dicts}


def differences(expected: dict[str, Any], found: dict[str, Any], names: set[str]) -> list[str]:
    """Every figure of the truth that the row has under the same name and does not agree with."""
    wrong = []
    for name in sorted(expected.keys() & found.keys() & names):
        want, got = expected[name], found[name]
        if (want is None) != (got is None) or (want is not None and Decimal(str(want)) != Decimal(str(got))):
            wrong.append(f"{name}: {got}, and should be {want}")
    return wrong


PERFORMANCE = {
    "booked_amount", "shipped_amount", "backlog_amount", "invoiced_amount", "gross_margin_amount", "gross_margin_rate",
    "collected_amount", "order_count", "new_customer_count", "won_count", "lost_count", "win_rate", "attainment_rate",
    "target_booked_amount", "target_invoiced_amount", "target_gross_margin_amount", "target_collected_amount",
    "target_new_customer_count",
}  # fmt: skip
COLLECTION = {
    "opening_receivable_amount", "billed_amount", "credit_note_amount", "applied_amount", "written_off_amount",
    "closing_receivable_amount", "overdue_amount", "overdue_rate", "collected_amount", "received_amount", "due_amount",
    "due_paid_amount", "due_in_period_rate", "cash_over_billed_rate",
}  # fmt: skip


@pytest.mark.parametrize(
    ("mart", "names"), [("mart_performance_by_org_unit", PERFORMANCE), ("mart_collection_by_org_unit", COLLECTION)]
)
def test_company_and_regions_agree_in_every_period(
    marts: Any, truth: dict[str, Any], mart: str, names: set[str]
) -> None:
    found = rows(marts, mart, "org_unit_id", "period_label")
    expected = {("QM", label): row | truth["win_rates"][label] for label, row in truth["company"].items()}
    for unit, periods in truth["regions"].items():
        expected |= {(DIRECT.get(unit, unit), label): row for label, row in periods.items()}
    assert len(expected) == 7 * len(truth["company"])
    assert {key: wrong for key, row in expected.items() if (wrong := differences(row, found[key], names))} == {}
    assert names <= {name for row in expected.values() for name in row} & found["QM", "2025-06"].keys()


def test_sellers_agree_in_every_period(marts: Any, truth: dict[str, Any]) -> None:
    found = rows(marts, "mart_performance_by_employee", "employee_id", "period_label")
    wrong = {
        (seller, label): wrong
        for seller, periods in truth["employees"].items()
        for label, row in periods.items()
        if (wrong := differences(row, found.get((seller, label), {}), PERFORMANCE))
    }
    assert wrong == {}
    assert ("E0142", "2025-06") in found


def test_every_row_of_every_file_is_accounted_for(marts: Any, truth: dict[str, Any]) -> None:
    found = rows(marts, "mart_data_accounting", "file_name", "table_name")
    names = ("rows_read", "rows_loaded", "rows_quarantined", "rows_skipped")
    got = {key: tuple(row[name] for name in names) for key, row in found.items()}
    assert got == {(f["file"], f["table"]): tuple(f[name] for name in names) for f in truth["files"]}
    held = {key for key, row in found.items() if row["batch_state"] == "held"}
    assert held == {(f["file"], f["table"]) for f in truth["files"] if f["state"] == "held"}


def test_total_rows_agree_with_what_was_read(marts: Any) -> None:
    totals = marts.execute(
        "select control_difference from mart_data_accounting where file_total is not null"
    ).fetchall()
    assert len(totals) == 11 and {difference for (difference,) in totals} == {0}


def test_every_planted_fault_is_in_quarantine_and_nothing_else(root: Path, truth: dict[str, Any]) -> None:
    """A line that both tables refuse is there for both."""
    kept_out = duckdb.sql(f"select file_name, _line from read_parquet('{root}/quarantine/*/*.parquet')").fetchall()
    planted = [(f["file"], f["line"]) for f in truth["faults"] for _ in f["tables"] if f["kind"] != "incomplete_dump"]
    assert sorted(kept_out) == sorted(planted)


def test_every_correction_changes_the_rows_that_the_truth_says(marts: Any, truth: dict[str, Any]) -> None:
    found = rows(marts, "mart_correction", "correction_id")
    shown = [(*key, row["kind"], row["state"], row["rows_changed"]) for key, row in sorted(found.items())]
    assert shown == [(one["correction_id"], one["kind"], "active", one["rows_changed"]) for one in truth["corrections"]]
    assert rows(marts, "mart_unmatched_name", "record") == {}


def test_ageing_agrees_bucket_by_bucket(marts: Any, truth: dict[str, Any]) -> None:
    found = dict(
        marts.execute(
            "select bucket, sum(amount) from mart_receivable_ageing where period_label = '2025-06' group by 1"
        ).fetchall()
    )
    assert {bucket: found.get(bucket, Decimal(0)) for bucket in truth["ageing"]} == {
        b: Decimal(a) for b, a in truth["ageing"].items()
    }


def test_the_most_overdue_customers_are_found(marts: Any, truth: dict[str, Any]) -> None:
    found = marts.execute(
        "select customer_id, sum(open_amount), max(days_overdue), count(*) from fct_open_items"
        " where is_now and days_overdue > 0 group by 1 order by 2 desc, 1 limit 10"
    ).fetchall()
    names = ("customer_id", "overdue_amount", "days_overdue", "items")
    expected = [tuple(row[name] for name in names) for row in truth["top_overdue"]]
    assert [(c, a, d, n) for c, a, d, n in found] == [(c, Decimal(a), d, n) for c, a, d, n in expected]


def test_the_difference_to_the_ledger_is_traced_to_its_invoice(marts: Any, truth: dict[str, Any]) -> None:
    planted = truth["control_difference"]
    found = marts.execute(
        "select period_label, check_id, abs(difference_amount) from mart_reconciliation where check_id like 'control%' and difference_amount <> 0"
    ).fetchall()
    amount = Decimal(planted["amount"])
    assert {(label, check) for label, check, _ in found} == {
        (planted["period_label"], f"control_{f}") for f in planted["figures"]
    }
    assert {difference for _, _, difference in found} == {amount}
    suspects = rows(marts, "mart_reconciliation_item", "check_id", "document_id")
    assert all(("control_" + figure, planted["invoice_id"]) in suspects for figure in planted["figures"])


def company_rows(marts: Any, mart: str, *key: str) -> dict[tuple, dict[str, Any]]:
    """Rows of the company as a whole, by label and key."""
    return rows(marts, f"{mart} where org_unit_id = 'QM'", "period_label", *key)


def disagreements(marts: Any, mart: str, key: str, expected: dict[tuple, dict[str, Any]]) -> dict[tuple, Any]:
    found = company_rows(marts, mart, key)
    wrong = {
        at: differences(row, found.get(at, {}), set(row)) or row.keys() - found.get(at, {}).keys()
        for at, row in expected.items()
    }
    return {at: what for at, what in wrong.items() if what}


def test_the_walk_of_the_pipeline_agrees_bucket_by_bucket(marts: Any, truth: dict[str, Any]) -> None:
    scopes = {(label, scope): row for label, by in truth["market"]["pipeline"].items() for scope, row in by.items()}
    assert disagreements(marts, "mart_pipeline_movement", "scope", scopes) == {}
    everything = marts.execute(
        "select count(*), sum(abs(difference_amount)), sum(abs(difference_count)) from mart_pipeline_movement"
    ).fetchone()
    assert everything[0] > 5_000 and everything[1:] == (0, 0)


def test_the_walks_of_the_leaves_add_up_to_that_of_the_company(marts: Any) -> None:
    wrong = marts.execute(
        "select period_label, scope from mart_pipeline_movement group by period_type, period_label, scope"
        " having sum(if(is_leaf, closing_amount + new_count, 0)) <> sum(if(org_unit_id = 'QM', closing_amount + new_count, 0))"
    ).fetchall()
    assert wrong == []


def test_planted_movements_are_found(truth: dict[str, Any]) -> None:
    quarter = truth["market"]["pipeline"]["2025-Q2"]
    assert quarter["closing_in_period"]["pushed_out_count"] > 0 and quarter["closing_in_period"]["pulled_in_count"] > 0
    assert quarter["all"]["reopened_count"] > 0 and quarter["all"]["deleted_count"] > 0
    assert quarter["all"]["amount_up_count"] > 0 and quarter["all"]["amount_down_count"] > 0


def test_win_rates_agree_with_those_of_the_performance_marts(marts: Any, truth: dict[str, Any]) -> None:
    expected = {(label, "QM"): row for label, row in truth["win_rates"].items()}
    assert disagreements(marts, "mart_win_rate", "org_unit_id", expected) == {}


def test_competitors_agree_and_several_in_one_opportunity_count_for_each(marts: Any, truth: dict[str, Any]) -> None:
    expected = {(label, code): row for label, by in truth["market"]["competitors"].items() for code, row in by.items()}
    assert disagreements(marts, "mart_competitor", "competitor_id", expected) == {}
    met = company_rows(marts, "mart_competitor", "competitor_id")
    assert met["2025", "any"]["shared_count"] > 0
    assert sum(met["2025", f"K0{n}"]["closed_count"] for n in range(1, 7)) > met["2025", "any"]["closed_count"]


def test_price_gaps_agree_with_the_pairs_that_were_told(marts: Any, truth: dict[str, Any]) -> None:
    expected = {(label, code): row for label, by in truth["market"]["prices"].items() for code, row in by.items()}
    assert disagreements(marts, "mart_competitor", "competitor_id", expected) == {}
    assert len({code for _, code in expected}) >= 2


def test_lost_reasons_agree_with_blank_as_a_row_of_its_own(marts: Any, truth: dict[str, Any]) -> None:
    expected = {
        (label, reason): row for label, by in truth["market"]["lost_reasons"].items() for reason, row in by.items()
    }
    assert disagreements(marts, "mart_lost_reason", "lost_reason", expected) == {}
    assert ("2025-Q2", "blank") in expected


def test_the_feedback_loop_agrees(marts: Any, truth: dict[str, Any]) -> None:
    expected = {(label, "all"): row for label, row in truth["market"]["feedback"].items() if row["mention_count"]}
    assert disagreements(marts, "mart_feedback_routing", "department", expected) == {}


def test_a_theme_that_was_never_heard_of_is_new(marts: Any) -> None:
    query = "select distinct theme from mart_market_feedback where period_label = '2025-Q2' and is_new_theme"
    assert marts.execute(query).fetchall() == [("氢能装备",)]


def test_market_sizes_agree_and_a_segment_without_source_has_no_share(marts: Any, truth: dict[str, Any]) -> None:
    found = rows(marts, "mart_market_share where period_type = 'half'", "period_label", "segment", "territory_id")
    for label, lines in truth["market"]["market_sizes"].items():
        for line, regions in lines.items():
            for region, amount in regions.items():
                row = found[label, line, region]
                assert (row["market_amount"], row["has_source"]) == (Decimal(amount), True)
                assert row["covered_sales_amount"] <= row["sales_amount"]
                assert Decimal("0.02") < row["share_rate"] < Decimal("0.2")
    for line in truth["market"]["segments_without_source"]:
        row = found["2024-H2", line, "all"]
        assert (row["has_source"], row["share_rate"]) == (False, None) and row["sales_amount"] > 0
    assert {label for (label, *_), row in found.items() if row["is_latest_with_source"]} == {"2024-H2"}


def test_bookings_of_segments_agree_and_their_change_is_explained(marts: Any, truth: dict[str, Any]) -> None:
    found = rows(marts, "mart_market_trend where territory_id = 'all'", "period_label", "segment")
    for label, lines in truth["market"]["segment_bookings"].items():
        for line, amount in lines.items():
            row = found[label, line]
            assert row["booked_amount"] == Decimal(amount)
            effects = ("price", "volume", "mix")
            parts = (
                sum(row[f"{effect}_effect_amount"] for effect in effects)
                + row["new_item_amount"]
                + row["discontinued_item_amount"]
            )
            assert abs(parts - (row["booked_amount"] - row["prior_year_booked_amount"])) < Decimal("0.05")


def test_a_bare_script_written_by_hand_gives_the_same_facts_and_marts(root: Path, tmp_path: Path) -> None:
    bare.run(root / "landing", tmp_path / "bare", "2025-06-30")
    counts, wrong = compare.differences(root, tmp_path / "bare" / "bare.duckdb")
    assert wrong == []
    assert min(counts.values()) > 3_000
