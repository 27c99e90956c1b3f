"""Corrections and names from export to publication: applied, listed, healed, and reversible."""

import json
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.e2e.conftest import AS_OF, salesops

OVERRIDES = """action,table,record,field,value,reason,by,until
exclude,orders,O1,,,test order,E1,
reassign,orders,O3,employee_id,E2,handed over,E1,2025-12-31
"""
CRM = """files: crm_*.csv
load: upsert
read: {date_pattern: '(\\d{8})'}
tables:
  orders:
    distinct: true
    columns:
      order_id: id
      ordered_on: day
      customer_id: {column: customer, look_up: customers.name, aliases: corrections/customers.csv}
      employee_id: {column: seller, look_up: employees.name, aliases: corrections/people.csv}
  order_lines: {columns: {order_id: id, line_number: line, quantity: quantity, net_amount: amount}}
"""
EXPORT = """id,line,day,customer,seller,quantity,amount
N1,1,2025-02-03,Acme,Bo,1,1000.00
N2,1,2025-02-04,Bolts,Annie,1,2000.00
"""
PEOPLE = "name,employee_id,from,to,reason,by,until\n"


def run(root: Path) -> dict[str, Any]:
    done = salesops(root, "run", "--as-of", AS_OF, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def booked(root: Path) -> dict[str, str]:
    """Bookings of 2025 by unit."""
    pointer = json.loads((root / "published" / "current.json").read_text())
    sql = "select org_unit_id, booked_amount::varchar from marts.marts.mart_performance_by_org_unit_year where period_label = '2025'"
    with duckdb.connect(str(root / pointer["duckdb"]), read_only=True) as connection:
        return {
            unit: amount for unit, amount in connection.execute(sql).fetchall() if unit in ("all", "north", "south")
        }


def quarantine(root: Path, *arguments: str) -> dict[str, Any]:
    done = salesops(root, "quarantine", *arguments, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.slow
def test_corrections_change_the_figures_and_without_them_all_is_as_before(company: Path) -> None:
    shutil.rmtree(company / "corrections")
    before = run(company)
    assert booked(company) == {"all": "430.00", "north": "220.00", "south": "210.00"}
    (company / "corrections").mkdir()
    (company / "corrections" / "overrides.csv").write_text(OVERRIDES)
    assert run(company)["is_new"]
    assert booked(company) == {"all": "280.00", "north": "0.00", "south": "280.00"}
    assert run(company)["nothing_new"]
    (company / "corrections" / "overrides.csv").unlink()
    assert run(company)["snapshot"] == before["snapshot"]


@pytest.mark.slow
def test_a_name_that_nobody_knows_waits_in_quarantine_until_a_correction_tells_it(company: Path) -> None:
    (company / "sources" / "crm.yml").write_text(CRM)
    (company / "landing" / "crm_20250228.csv").write_text(EXPORT)
    first = run(company)
    assert first["rows_quarantined"] == 2
    assert booked(company) == {"all": "1430.00", "north": "220.00", "south": "1210.00"}
    assert any("every_name_is_matched" in one["en"] for one in first["warnings"])
    shown = quarantine(company, "show", "--reason", "unknown_name")
    [row] = shown["rows"]
    assert (row["table"], row["file_name"], row["line"]) == ("orders", "crm_20250228.csv", 3)
    [mend] = shown["mends"]
    assert (mend["where"], mend["line"]) == ("corrections/people.csv", "Annie,E1,,,REASON,WHO,")
    (company / "corrections" / "people.csv").write_text(PEOPLE + mend["line"] + "\n")
    again = quarantine(company, "retry", "--table", "orders")
    assert [(one["file_name"], one["line"]) for one in again["healed"]] == [("crm_20250228.csv", 3)]
    assert [(one["file_name"], one["line"]) for one in again["kept_out"]] == [("orders_20250331.csv", 4)]
    assert booked(company) == {"all": "3430.00", "north": "2220.00", "south": "1210.00"}


def test_a_wrong_line_stops_check_and_run_in_one_sentence(company: Path) -> None:
    (company / "corrections" / "people.csv").write_text(PEOPLE + "Annie,E1,,,,E9,\n")
    sentence = f"{company}/corrections/people.csv:2: the column `reason` is empty. Fill it in."
    for command in (("check",), ("run", "--as-of", AS_OF)):
        done = salesops(company, *command)
        assert (done.returncode, done.stderr.strip().splitlines()[-1]) == (2, sentence)
