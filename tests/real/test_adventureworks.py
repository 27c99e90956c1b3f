"""The marts agree with answers that were computed from the same files by other queries."""

import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
import yaml

from tests.real.conftest import data_set, load, opened

EXAMPLE = Path(__file__).parents[2] / "examples" / "adventureworks"
CENT = 0.01


def rounding(rows: int) -> float:
    """What the sum of so many amounts, each rounded to the cent, may be off, and a cent."""
    return CENT + rows * CENT / 2


pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def data() -> Path:
    """The public data set."""
    return data_set("adventureworks")


@pytest.fixture(scope="module")
def marts(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published marts, the answers, and two of the files as they are."""
    workspace = load("adventureworks", data, tmp_path_factory.mktemp("adventureworks"), "2014-06-30")
    with opened(workspace, data) as connection:
        for name in ("SalesOrderHeader", "SalesTerritory"):
            connection.execute(f"create view {name} as from read_csv('{data / name}.csv', all_varchar = true)")
        yield connection


def mapped_files() -> set[str]:
    sources = (yaml.safe_load(path.read_text(encoding="utf-8")) for path in EXAMPLE.glob("sources/*.yml"))
    return {source["files"] for source in sources}


def test_every_file_is_mapped_or_listed_as_not_needed(data: Path) -> None:
    not_needed = (EXAMPLE / "README.md").read_text(encoding="utf-8").split("Not needed")[1].split("## ")[0]
    left = set(re.findall(r"`(\w+\.csv)`", not_needed))
    extra = {path.name for path in (EXAMPLE / "landing_extra").glob("*.csv")}
    assert mapped_files() | left == {path.name for path in data.glob("*.csv")} | extra
    assert not mapped_files() & left


def test_every_row_of_every_mapped_file_is_loaded(marts: duckdb.DuckDBPyConnection, data: Path) -> None:
    sql = "select file_name, rows_read, rows_loaded from mart_data_accounting order by file_name"
    accounts = {Path(name).name: (read, loaded) for name, read, loaded in marts.execute(sql).fetchall()}
    counted = {}
    for name in mapped_files():
        path = data / name if (data / name).exists() else EXAMPLE / "landing_extra" / name
        rows = duckdb.sql(f"select count(*) from read_csv('{path}', all_varchar = true)").fetchall()[0][0]
        counted[name] = (rows, rows)
    assert accounts == counted


def test_attainment_agrees_in_every_quota_period(marts: duckdb.DuckDBPyConnection) -> None:
    sql = """
        select answer.emp, answer.period_start, mart.target_value, mart.actual_value
        from answers.quota_attainment_by_quota_period as answer
        full join (
            select * from mart_target_attainment where level = 'employee' and metric = 'booked_amount'
        ) as mart on mart.owner_id = answer.emp::text and mart.period_start = answer.period_start
        where answer.quota is distinct from mart.target_value
            or coalesce(abs(answer.sales - mart.actual_value) > $cent, true)
            or round(mart.attainment_rate, 4) - answer.attainment not between -0.0001 and 0.0001"""
    assert marts.execute(sql, {"cent": CENT}).fetchall() == []


def test_a_quota_period_ends_where_the_next_one_begins(marts: duckdb.DuckDBPyConnection) -> None:
    sql = """
        select answer.emp, answer.period_start, answer.period_end_excl, mart.period_end
        from answers.quota_attainment_by_quota_period as answer
        inner join mart_target_attainment as mart
            on mart.level = 'employee' and mart.owner_id = answer.emp::text
            and mart.period_start = answer.period_start
        where answer.period_end_excl is not null and mart.period_end is distinct from answer.period_end_excl"""
    assert marts.execute(sql).fetchall() == []


def test_attainment_in_total_is_weighted(marts: duckdb.DuckDBPyConnection) -> None:
    sql = """
        select count(*), sum(target_value)::double, round(sum(actual_value), 2)::double,
            round(sum(actual_value)::double / sum(target_value)::double, 4),
            count(*) filter (where actual_value >= target_value)
        from mart_target_attainment where level = 'employee' and metric = 'booked_amount'"""
    ours = marts.execute(sql).fetchone()
    answer = """
        select periods, quota, sales, weighted_attainment, periods_at_or_over
        from answers.quota_attainment_total"""
    theirs = marts.execute(answer).fetchone()
    assert ours is not None and theirs is not None
    assert ours[2] == pytest.approx(theirs[2], abs=rounding(ours[0]))
    assert (*ours[:2], *ours[3:]) == (*theirs[:2], *theirs[3:])


def test_sales_agree_in_every_territory_and_year(marts: duckdb.DuckDBPyConnection) -> None:
    sql = """
        select answer.*, mart.orders, mart.sales
        from answers.sales_by_territory_year as answer
        full join (
            select territory.name, year(line.business_date) as y,
                count(distinct line.order_id) as orders, sum(line.net_amount) as sales
            from fct_order_lines as line
            inner join dim_territory as territory on territory.territory_id = line.territory_id
            group by all
        ) as mart on mart.name = answer.territory and mart.y = answer.y
        where answer.orders is distinct from mart.orders or coalesce(abs(answer.sales - mart.sales) > $cent, true)"""
    assert marts.execute(sql, {"cent": CENT}).fetchall() == []


TEAMS = {274: "north-america", 285: "pacific", 287: "europe", 273: "sales"}
"""The manager of each team of `landing_extra/sales_units.csv`."""

YEARS = 4
"""From the first order to the last."""


@pytest.mark.parametrize("manager", sorted(TEAMS))
def test_sales_of_a_manager_are_the_teams_with_the_managers_own(marts: duckdb.DuckDBPyConnection, manager: int) -> None:
    team = "select sum(booked_amount) from mart_performance_by_org_unit where org_unit_id = ? and period_type = 'year'"
    own = "select sum(booked_amount) from mart_performance_by_employee where employee_id = ? and period_type = 'year'"
    ours = (
        marts.execute(team, [TEAMS[manager]]).fetchall()[0][0],
        marts.execute(own, [str(manager)]).fetchall()[0][0] or 0,
    )
    answer = marts.execute(
        "select team_sales, own from answers.sales_by_manager_rollup where mgr = ?", [manager]
    ).fetchall()[0]
    assert [float(one) for one in ours] == pytest.approx(list(answer), abs=rounding(YEARS))


def test_lines_agree_with_their_headers_to_the_cent(marts: duckdb.DuckDBPyConnection) -> None:
    sql = """
        select count(*) as orders, count(*) filter (where abs(lines - header) > $cent) as mismatches,
            round(sum(lines), 2)::double, round(sum(header), 2)::double
        from (select order_id, sum(net_amount) as lines from fct_order_lines group by order_id)
        full join (
            select SalesOrderID as order_id, SubTotal::decimal(18, 4) as header from SalesOrderHeader
        ) using (order_id)"""
    answer = "select orders, mismatches, lines, headers from answers.line_header_reconciliation"
    ours, theirs = marts.execute(sql, {"cent": CENT}).fetchone(), marts.execute(answer).fetchone()
    assert ours == pytest.approx(theirs, abs=CENT)


def test_totals_agree(marts: duckdb.DuckDBPyConnection) -> None:
    sql = """
        select count(distinct order_id), round(sum(net_amount), 2)::double,
            count(distinct order_id) filter (where employee_id is not null),
            round(sum(net_amount) filter (where employee_id is not null), 2)::double,
            min(business_date), max(business_date)
        from fct_order_lines"""
    answer = """
        select orders, subtotal, orders_with_salesperson, reseller_subtotal, first_order, last_order
        from answers.totals"""
    ours, theirs = marts.execute(sql).fetchone(), marts.execute(answer).fetchone()
    assert ours is not None and theirs is not None
    assert ours[:4] == pytest.approx(theirs[:4], abs=CENT)
    assert ours[4:] == theirs[4:]


def test_the_company_is_its_shops_and_the_web(marts: duckdb.DuckDBPyConnection) -> None:
    sql = """
        select org_unit_id, sum(booked_amount)::double, sum(order_count)
        from mart_performance_by_org_unit
        where period_type = 'year' and org_unit_id in ('company', 'sales', 'unassigned')
        group by org_unit_id order by org_unit_id"""
    answer = """
        select unnest(['company', 'sales', 'unassigned']),
            unnest([subtotal, reseller_subtotal, subtotal - reseller_subtotal]),
            unnest([orders, reseller_orders, orders - reseller_orders])
        from answers.totals"""
    ours, theirs = marts.execute(sql).fetchall(), marts.execute(answer).fetchall()
    assert [row[0] for row in ours] == [row[0] for row in theirs]
    assert [row[1:] for row in ours] == [pytest.approx(row[1:], abs=rounding(YEARS)) for row in theirs]


def test_an_order_book_without_shipping_dates_is_no_backlog(marts: duckdb.DuckDBPyConnection) -> None:
    sql = """
        select count(*), count(backlog_amount), count(prior_backlog_amount), count(shipped_amount), count(booked_amount)
        from mart_performance_by_org_unit"""
    [(rows, *figures)] = marts.execute(sql).fetchall()
    assert figures == [0, 0, 0, rows] and rows > 0
