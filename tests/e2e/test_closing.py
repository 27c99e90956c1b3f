"""A month closed, corrected afterwards, closed again: the frozen figures stay, and everything still adds up."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.e2e.conftest import AS_OF, salesops

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("e2e")]
CORRECTED = "id,line,day,customer,seller,quantity,amount\nO1,1,2025-01-10,C1,E1,2,120.00\n"
RESULT = "as_closed_amount, as_current_amount, adjustment_amount, reported_amount, quarter_to_date_amount, closed_by"


def done(root: Path, *arguments: str) -> dict[str, Any]:
    said = salesops(root, *arguments, "--json")
    assert said.returncode == 0, said.stderr
    found: dict[str, Any] = json.loads(said.stdout)
    return found


def refused(root: Path, *arguments: str) -> str:
    said = salesops(root, *arguments)
    assert said.returncode in (1, 2)
    return said.stderr.strip().splitlines()[-1]


def asked(root: Path, sql: str, snapshot: str | None = None) -> list[tuple[Any, ...]]:
    snapshot = snapshot or json.loads((root / "published" / "current.json").read_text())["snapshot"]
    with duckdb.connect(str(root / "published" / snapshot / "marts.duckdb"), read_only=True) as connection:
        return connection.execute(f"set schema = 'marts'; {sql}").fetchall()


def booked(root: Path, month: str, snapshot: str | None = None) -> tuple[Any, ...]:
    """The whole company's bookings of a month, as `RESULT` names them."""
    where = "subject = 'sales' and entity_id = 'all' and measure = 'booked_amount'"
    [row] = asked(root, f"select {RESULT} from mart_closed_result where {where} and period_label = '{month}'", snapshot)
    return row


def reported(root: Path, month: str) -> str:
    """The page of the performance report, as text."""
    out = root / "shown" / month
    said = salesops(
        root, "report", "performance", "--period", month, "--format", "html", "--out", str(out), "--lang", "en"
    )
    assert said.returncode == 0, said.stderr
    [page] = out.rglob("report.html")
    return page.read_text(encoding="utf-8")


def test_a_correction_after_the_close_moves_the_open_month_and_never_the_closed_one(company: Path) -> None:
    done(company, "run", "--as-of", AS_OF)
    shown = done(company, "close", "--period", "2025-01", "--preview")
    assert {row["measure"]: row["amount"] for row in shown["frozen"]}["booked_amount"] == "360.00"  # 150 + 210
    assert {"concern": "rows are kept out", "item": "orders", "amount": 1} in shown["concerns"]
    assert not (company / "lake" / "closings").exists()

    closed = done(company, "close", "--period", "2025-01", "--by", "Wang Fang")
    assert closed["subjects"] == ["sales", "receivables"]
    assert booked(company, "2025-01") == (360, 360, 0, 360, 360, "Wang Fang")
    states = asked(
        company,
        "select period_label, period_state from mart_performance_by_org_unit_month where org_unit_id = 'all' order by 1",
    )
    assert states[-3:] == [("2025-01", "closed"), ("2025-02", "preliminary"), ("2025-03", "preliminary")]
    assert "closed in order" in refused(company, "close", "--period", "2025-03", "--by", "Wang Fang")
    assert "is closed already" in refused(company, "close", "--period", "2025-01", "--by", "Wang Fang")

    (company / "landing" / "orders_20250402.csv").write_text(CORRECTED)
    done(company, "run", "--as-of", AS_OF)
    assert booked(company, "2025-01")[:4] == (360, 380, 0, 360)
    assert booked(company, "2025-02")[:5] == (None, 0, 20, 20, 380)
    assert booked(company, "2025-03")[4] == Decimal("450")  # the quarter as it is now: 380 + 0 + 70

    said = reported(company, "2025-01")
    assert "final" in said and "by Wang Fang" in said and "changed since" in said
    assert "not closed" in reported(company, "2025-03")
    [january] = [one for one in done(company, "status")["periods"] if one["period_label"] == "2025-01"]
    assert (january["sales_state"], january["pay_state"]) == ("closed", "preliminary")

    done(company, "close", "--period", "2025-02", "--by", "Wang Fang")
    assert booked(company, "2025-02")[:5] == (0, 0, 20, 20, 380)
    assert "2025-02 has been closed after 2025-01" in refused(
        company, "reopen", "--period", "2025-01", "--reason", "late order", "--by", "Li Na"
    )
    # C13: what was known when January was closed gives what was frozen then
    again = done(company, "run", "--as-of", AS_OF, "--known-at", AS_OF)
    assert booked(company, "2025-01", again["snapshot"])[:2] == (360, 360)

    for month in ("2025-02", "2025-01"):
        done(company, "reopen", "--period", month, "--reason", "late order", "--by", "Li Na")
    done(company, "close", "--period", "2025-01", "--by", "Wang Fang")
    assert booked(company, "2025-01")[:5] == (380, 380, 0, 380, 380)
    register = asked(
        company,
        "select act, period_label, version, is_in_force, reason from mart_closing where subject = 'sales' order by closing_number",
    )
    assert register == [
        ("close", "2025-01", 1, False, ""),
        ("close", "2025-02", 1, False, ""),
        ("reopen", "2025-02", 1, False, "late order"),
        ("reopen", "2025-01", 1, False, "late order"),
        ("close", "2025-01", 2, True, ""),
    ]
