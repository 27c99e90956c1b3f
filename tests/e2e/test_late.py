"""A load that lacks a file says so at its end, in its publication, and by mail."""

import json
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import duckdb
import pytest
import yaml

from tests.e2e.conftest import AS_OF, salesops

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("e2e")]
ORDERS = {"every": "day", "by": "02:00", "from": "it@example.com"}
CUSTOMERS = {"every": "month", "by": "workday 2 09:00", "from": "crm@example.com"}


def write_dues(root: Path) -> None:
    """Orders of the as-of date have come; the customers' file is of 1 January."""
    for name, due in (("orders", ORDERS), ("customers", CUSTOMERS)):
        file = root / "sources" / f"{name}.yml"
        file.write_text(f"due: {json.dumps(due)}\n{file.read_text(encoding='utf-8')}", encoding="utf-8")
    settings = yaml.safe_load((root / "salesops.yml").read_text(encoding="utf-8"))
    settings["mail"] |= {"pilot_to": ["pilot@qiming.cn"], "reply_to": "data@qiming.cn"}
    settings["calendar"]["year_starts"] = "01-01"
    (root / "salesops.yml").write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")


def published_sources(root: Path) -> dict[str, dict[str, object]]:
    pointer = json.loads((root / "published" / "current.json").read_text(encoding="utf-8"))
    with duckdb.connect(str(root / pointer["duckdb"]), read_only=True) as connection:
        (row,) = connection.execute("select sources from marts.marts.publication").fetchall()
    found: dict[str, dict[str, object]] = json.loads(row[0])
    return found


def test_a_run_names_what_is_late_and_mails_it_once(company: Path) -> None:
    write_dues(company)
    done = salesops(company, "run", "--as-of", AS_OF, "--lang", "en")
    said = "- the source `customers` is late: it was due by 2025-03-04 09:00. Its newest file is of 2025-01-01."
    assert (done.returncode, f"{said} Owed by: crm@example.com" in done.stderr) == (0, True)
    assert "`orders` is late" not in done.stderr
    sources = published_sources(company)
    assert sources["customers"]["due"] == "2025-03-04T09:00"
    assert {name: entry.get("late") for name, entry in sources.items()} == {
        "customers": True,
        "orders": False,
        "org": None,
        "people": None,
    }
    again = json.loads(salesops(company, "run", "--as-of", AS_OF, "--json").stdout)
    assert (again["nothing_new"], [one["source"] for one in again["late"]]) == (True, ["customers"])
    assert salesops(company, "run", "--as-of", AS_OF, "--strict").returncode == 3
    mails = [message_from_bytes(path.read_bytes(), policy=default) for path in (company / "outbox").iterdir()]
    assert {mail["To"] for mail in mails} == {"pilot@qiming.cn"}
    assert sorted(mail["Subject"].partition("]")[0] for mail in mails) == [
        "[Pilot → crm@example.com",
        "[Pilot → data@qiming.cn",
    ]
