"""A company that supplies only its customers' ledger: the marts agree with the answers, and a report can be read."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.real.conftest import data_set, load, opened

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def data() -> Path:
    """The public data set."""
    return data_set("wwi_receivables")


@pytest.fixture(scope="module")
def workspace(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example, loaded up to the last day of the data."""
    return load("wide_world_importers", data, tmp_path_factory.mktemp("wwi"), "2019-12-31")


@pytest.fixture(scope="module")
def marts(workspace: Path, data: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published marts and the answers."""
    with opened(workspace, data) as connection:
        yield connection


def test_every_row_feeds_one_of_two_tables(marts: duckdb.DuckDBPyConnection) -> None:
    accounts = """
        select table_name, sum(rows_read)::int, sum(rows_loaded)::int, sum(rows_quarantined)::int, sum(rows_skipped)::int
        from mart_data_accounting group by table_name order by table_name"""
    answer = """
        select sum(n) filter (TransactionTypeID = 1)::int, sum(n) filter (TransactionTypeID = 3)::int
        from answers.settlement"""
    invoices, receipts = marts.execute(answer).fetchall()[0]
    assert marts.execute(accounts).fetchall() == [
        ("invoices", invoices + receipts, invoices, 0, receipts),
        ("receipts", invoices + receipts, receipts, 0, invoices),
    ]


def test_billed_and_collected_agree_in_every_month(marts: duckdb.DuckDBPyConnection) -> None:
    sql = """
        select answer.m, mart.*
        from answers.monthly as answer
        full join (
            select c.*, p.invoiced_amount as invoiced_ex_tax
            from mart_collection_by_org_unit as c
            inner join mart_performance_by_org_unit as p using (org_unit_id, period_type, period_start)
            where org_unit_id = 'company' and period_type = 'month' and (c.invoiced_amount <> 0 or c.collected_amount <> 0)
        ) as mart on mart.period_start = answer.m
        where answer.invoiced::decimal(18, 2) is distinct from mart.invoiced_amount
            or answer.invoiced_ex_tax::decimal(18, 2) is distinct from mart.invoiced_ex_tax
            or answer.received::decimal(18, 2) is distinct from mart.collected_amount
            or answer.rate is distinct from round(mart.collection_rate, 4)::double"""
    assert marts.execute(sql).fetchall() == []


def test_billed_and_collected_agree_for_every_customer(marts: duckdb.DuckDBPyConnection) -> None:
    sql = """
        select answer.CustomerID, mart.*
        from answers.by_customer_2016 as answer
        full join (
            select * from mart_collection_by_customer
            where period_type = 'year' and period_label = '2016' and (invoiced_amount <> 0 or collected_amount <> 0)
        ) as mart on mart.customer_id = answer.CustomerID::text
        where coalesce(answer.invoiced, 0)::decimal(18, 2) is distinct from mart.invoiced_amount
            or coalesce(answer.received, 0)::decimal(18, 2) is distinct from mart.collected_amount"""
    assert marts.execute(sql).fetchall() == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_report_says_what_there_is_and_names_what_there_is_not(
    workspace: Path, tmp_path: Path, language: str
) -> None:
    command = [str(Path(sys.executable).with_name("salesops")), "--workspace", str(workspace), "--lang", language,
               "report", "performance", "--period", "2016-05", "--out", str(tmp_path)]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert ("未提供数据：订单额" if language == "zh" else "Not supplied: Bookings") in page
    assert ("组织明细" if language == "zh" else "Units in detail") not in page
    figures = json.loads((tmp_path / "data.json").read_text(encoding="utf-8"))
    assert "5523030.79" in json.dumps(figures)
