"""Whatever is reorganised, and however wrongly it is written down, the parts stay equal to the company."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.marts.harness import Living, living, rows

AS_OF = "2025-06-30"
BOOKED = {"sales_basis": [{"id": "sales", "effective": {"from": "2000-01-01"}, "basis": "booked_amount"}]}
MODELS = "+mart_performance_by_org_unit_as_is +int_unit_measures_by_period +int_prior_year_basis +mart_headcount"
MEASURES = ("booked_amount", "sales_amount", "order_count", "gross_margin_amount")
WINDOWS = ("", "prior_", "prior_year_", "ytd_", "ytd_prior_year_")
COLUMNS = [f"{window}{measure}" for window in WINDOWS for measure in MEASURES]


@pytest.fixture(scope="module")
def models() -> Iterator[Living]:
    with living(MODELS, AS_OF, BOOKED) as found:
        yield found


def unit(code: str, parent: str | None, since: str = "2023-01-01", until: str | None = None) -> dict[str, Any]:
    level = "company" if parent is None else "team"
    row = {"org_unit_id": code, "parent_org_unit_id": parent, "name": code, "org_level": level, "valid_from": since}
    return row if until is None else row | {"valid_to": until}


def order(number: int, day: str, seller: str, cents: int) -> tuple[dict[str, Any], dict[str, Any]]:
    code = f"SO{number}"
    head = {"order_id": code, "ordered_on": day, "customer_id": "C", "employee_id": seller}
    return head, {"order_id": code, "line_number": 1, "quantity": 1, "net_amount": Decimal(cents) / 100}


def tables(units: list, seats: list, orders: list, crosswalk: list) -> dict[str, list[dict[str, Any]]]:
    people = sorted({seat[0] for seat in seats})
    return {
        "org_units": units,
        "employees": [{"employee_id": person, "name": person, "hired_on": "2023-01-01"} for person in people],
        "employee_assignments": [
            {"employee_id": person, "valid_from": day, "org_unit_id": where, "role": "seller"}
            for person, day, where in seats
        ],
        "orders": [head for head, _ in orders],
        "order_lines": [line for _, line in orders],
        "org_unit_crosswalk": [
            {"old_org_unit_id": old, "new_org_unit_id": new, "valid_from": day, "share": share}
            for old, new, day, share in crosswalk
        ],
    }


def months(connection: duckdb.DuckDBPyConnection, relation: str, column: str, label: str) -> dict[str, Decimal]:
    query = f"""
        select figures.org_unit_id, figures.{column} as amount from {relation} as figures
        inner join marts.dim_period as periods using (period_type, period_start) where periods.period_label = '{label}'"""
    return {row["org_unit_id"]: row["amount"] for row in rows(connection, query)}


def test_a_new_unit_has_the_figures_of_those_it_carries_on(models: Living) -> None:
    """N (100 a month) was merged into M (40 a month) in 2024-07; half of S (60) went to T, under another region."""
    units = [unit("Q", None), unit("A", "Q"), unit("B", "Q"), unit("M", "A"), unit("N", "A", until="2024-07-01")]
    units += [unit("S", "A"), unit("T", "B", since="2024-07-01")]
    seats = [("m", "2023-01-01", "M"), ("n", "2023-01-01", "N"), ("n", "2024-07-01", "M"), ("s", "2023-01-01", "S")]
    sold = [
        order(number, f"{year}-{month:02d}-05", seller, cents)
        for number, (year, month, (seller, cents)) in enumerate(
            (y, m, one) for y in (2023, 2024) for m in (6, 7) for one in (("m", 4000), ("n", 10000), ("s", 6000))
        )
    ]
    crosswalk = [("N", "M", "2024-07-01", 1), ("S", "T", "2024-07-01", Decimal("0.5"))]
    found = models.refill(tables(units, seats, sold, crosswalk))
    measures = "intermediate.int_unit_measures_by_period"
    june, july = (months(found, measures, "prior_year_booked_amount", label) for label in ("2024-06", "2024-07"))
    assert {code: int(june[code]) for code in "QABMNST"} == {
        "Q": 200,
        "A": 200,
        "B": 0,
        "M": 40,
        "N": 100,
        "S": 60,
        "T": 0,
    }
    assert {code: int(july[code]) for code in "QABMNST"} == {
        "Q": 200,
        "A": 170,
        "B": 30,
        "M": 140,
        "N": 0,
        "S": 30,
        "T": 30,
    }
    was = months(found, measures, "booked_amount", "2023-07")
    assert {code: int(was[code]) for code in "QMNS"} == {"Q": 200, "M": 40, "N": 100, "S": 60}
    now = months(found, "marts.mart_performance_by_org_unit_as_is", "booked_amount", "2023-07")
    assert {code: int(amount) for code, amount in now.items()} == {
        "Q": 200,
        "A": 170,
        "B": 30,
        "M": 140,
        "S": 30,
        "T": 30,
        "unassigned": 0,
    }
    told = rows(
        found, "from intermediate.int_prior_year_basis where period_type = 'month' and period_start = '2024-07-01'"
    )
    assert {row["org_unit_id"]: row["prior_year_basis"] for row in told} == {
        "Q": "own",
        "A": "crosswalk",
        "B": "crosswalk",
        "M": "crosswalk",
        "N": "crosswalk",
        "S": "crosswalk",
        "T": "crosswalk",
        "unassigned": "own",
    }


DAYS = st.sampled_from(["2023-02-01", "2023-07-01", "2024-01-15", "2024-07-01", "2025-02-01"])
TEAMS = ("T1", "T2", "T3", "T4")
ANYWHERE = st.sampled_from(("Q", "R1", "R2", *TEAMS, "GONE"))


@st.composite
def companies(draw: st.DrawFn) -> dict[str, list[dict[str, Any]]]:
    """A company of one root, two regions and four teams, that changes by chance, cycles and orphans included."""
    units = [unit("Q", None), unit("R1", "Q"), unit("R2", "Q")]
    for team in TEAMS:
        units.append(
            unit(
                team, draw(st.sampled_from(("R1", "R2"))), until=draw(st.none() | DAYS.filter(lambda d: d > "2023-02"))
            )
        )
        if draw(st.booleans()):
            units.append(unit(team, draw(ANYWHERE), since=draw(DAYS)))
    people = ("a", "b", "c")
    seats = [
        (person, day, draw(ANYWHERE))
        for person in people
        for day in sorted(draw(st.sets(DAYS, min_size=1, max_size=3)))
    ]
    months_of_orders = st.sampled_from([f"{y}-{m:02d}-10" for y in (2023, 2024, 2025) for m in range(1, 7)])
    sold = st.tuples(months_of_orders, st.sampled_from(people), st.integers(1, 999_999))
    orders = [order(n, *one) for n, one in enumerate(draw(st.lists(sold, min_size=1, max_size=12)))]
    shares = st.sampled_from([Decimal(1), Decimal("0.5"), Decimal("0.333333"), Decimal("0.7")])
    links = draw(st.lists(st.tuples(ANYWHERE, ANYWHERE, DAYS, shares), max_size=4, unique_by=lambda link: link[:3]))
    return tables(units, seats, orders, links)


@pytest.mark.slow
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(companies())
def test_parts_equal_the_company_as_was_as_is_and_a_year_ago_and_heads_add_up(
    models: Living, company: dict[str, list]
) -> None:
    found = models.refill(company)
    for relation in ("intermediate.int_unit_measures_by_period", "marts.mart_performance_by_org_unit_as_is"):
        leaves = rows(found, sums(relation, "units.is_leaf"))
        assert leaves == rows(found, sums(relation, "units.parent_org_unit_id is null"))
    as_was = rows(found, sums("intermediate.int_unit_measures_by_period", "units.parent_org_unit_id is null"))
    assert as_was == rows(found, sums("marts.mart_performance_by_org_unit_as_is", "units.parent_org_unit_id is null"))
    assert sum(row["booked_amount"] for row in as_was if row["period_type"] == "year") == sum(
        line["net_amount"] for line in company["order_lines"]
    )
    moved = "opening_count + joiner_count - leaver_count + moved_in_count - moved_out_count"
    assert rows(found, f"from marts.mart_headcount where {moved} <> actual_count") == []


def sums(relation: str, which: str) -> str:
    added = ", ".join(f"sum(figures.{column}) as {column}" for column in COLUMNS)
    return f"""
        select figures.period_type, figures.period_start, {added} from {relation} as figures
        inner join marts.dim_org_unit as units using (org_unit_id) where {which} group by 1, 2 order by 1, 2"""
