"""A company of two sellers: small enough that a whole load takes seconds."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from orchestration.cli.init import lay_out

AS_OF = "2025-03-31"
EXTRACTED = 1735700000  # 1 January 2025, the day of an export whose name has no date

SOURCES = {
    "org": "files: org.csv\nload: full\ntables: {org_units: {columns: {org_unit_id: id, valid_from: from, name: name,"
    " parent_org_unit_id: parent, manager_employee_id: manager}}}\n",
    "people": "files: people.csv\nload: full\ntables:\n  employees: {columns: {employee_id: id, name: name, email: mail}}\n"
    "  employee_assignments: {columns: {employee_id: id, valid_from: from, org_unit_id: unit}}\n",
    "customers": "files: customers.csv\nload: full\ntables: {customers: {columns: {customer_id: id, name: name}}}\n",
    "orders": "files: orders_*.csv\nload: upsert\nread: {date_pattern: '(\\d{8})'}\ntables:\n"
    "  orders: {distinct: true, columns: {order_id: id, ordered_on: day, customer_id: customer, employee_id: seller}}\n"
    "  order_lines: {columns: {order_id: id, line_number: line, quantity: quantity, net_amount: amount}}\n",
}
LANDING = {
    "org.csv": "id,from,name,parent,manager\nall,2020-01-01,All,,E1\nnorth,2020-01-01,North,all,E1\n"
    "south,2020-01-01,South,all,E2\n",
    "people.csv": "id,name,from,unit,mail\nE1,Ann,2020-01-01,north,ann@example.com\nE2,Bo,2020-01-01,south,bo@example.com\n",
    "customers.csv": "id,name\nC1,Acme\nC2,Bolts\n",
    "orders_20250131.csv": "id,line,day,customer,seller,quantity,amount\nO1,1,2025-01-10,C1,E1,2,100.00\n"
    "O1,2,2025-01-10,C1,E1,1,50.00\nO2,1,2025-01-20,C2,E2,4,200.00\n",
    "orders_20250331.csv": "id,line,day,customer,seller,quantity,amount\nO3,1,2025-03-05,C1,E1,1,70.00\n"
    "O2,1,2025-01-20,C2,E2,4,210.00\nO4,1,not a day,C2,E2,1,1.00\n",
}


def write_workspace(root: Path) -> Path:
    """The company's workspace at `root`."""
    lay_out(root, "en")
    book = root / "rulebook" / "sales_basis.yml"
    book.write_text(book.read_text(encoding="utf-8").replace("basis: invoiced_amount", "basis: booked_amount"))
    for folder, files, suffix in (("sources", SOURCES, ".yml"), ("landing", LANDING, "")):
        (root / folder).mkdir(exist_ok=True)
        for name, text in files.items():
            (root / folder / f"{name}{suffix}").write_text(text, encoding="utf-8")
            os.utime(root / folder / f"{name}{suffix}", (EXTRACTED, EXTRACTED))
    return root


@pytest.fixture
def company(tmp_path: Path) -> Path:
    """A fresh workspace."""
    return write_workspace(tmp_path / "company")


def salesops(root: Path, *arguments: str, kill_at: str = "") -> subprocess.CompletedProcess[str]:
    """The command as a user runs it, in a process of its own."""
    command = [sys.executable, "-c", "from orchestration.cli.main import main; main()", "--workspace", str(root)]
    environment = {**os.environ, "SALESOPS_KILL_AT": kill_at}
    return subprocess.run([*command, *arguments], capture_output=True, text=True, env=environment, check=False)
