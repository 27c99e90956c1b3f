"""A company's own models stand in the publication beside ours, and a broken one never stops ours."""

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.e2e.conftest import AS_OF, salesops

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("e2e")]
TOP = """select customer_id, sum(net_amount) as booked_amount
from {{ ref('fct_order_lines') }}
where business_date <= {{ salesops.as_of() }}
group by customer_id
"""


def run(root: Path) -> dict[str, Any]:
    done = salesops(root, "run", "--as-of", AS_OF, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def published(root: Path, sql: str) -> list[tuple]:
    pointer = json.loads((root / "published" / "current.json").read_text())
    with duckdb.connect(str(root / pointer["duckdb"]), read_only=True) as connection:
        connection.execute("use marts.marts")
        return connection.execute(sql).fetchall()


def test_own_models_are_published_and_a_broken_one_never_stops_ours(company: Path) -> None:
    (company / "models").mkdir()
    model = company / "models" / "top_customers.sql"
    model.write_text(TOP, encoding="utf-8")
    first = run(company)
    expected = [("C1", 220), ("C2", 210)]
    booked = "select customer_id, booked_amount::integer from {} order by 1"
    assert published(company, booked.format("custom.top_customers")) == expected
    parquet = company / "published" / first["snapshot"] / "parquet" / "custom" / "top_customers.parquet"
    assert duckdb.execute(booked.format(f"'{parquet}'")).fetchall() == expected

    model.write_text(TOP.replace("net_amount", "nett_amount"), encoding="utf-8")
    (company / "landing" / "orders_20250331_b.csv").write_text(
        "id,line,day,customer,seller,quantity,amount\nO9,1,2025-03-06,C1,E1,1,30.00\n", encoding="utf-8"
    )
    second = run(company)
    assert second["nothing_new"] is False
    assert published(company, "select sum(net_amount)::integer from fct_order_lines") == [(460,)]
    assert published(
        company, "select count(*) from duckdb_tables() where database_name = 'marts' and schema_name = 'custom'"
    ) == [(0,)]
    status = salesops(company, "--json", "status").stdout
    assert "models/top_customers.sql:1: your own models cannot be built, so none of them is published: " in status
    assert 'Referenced column \\"nett_amount\\" not found' in status
