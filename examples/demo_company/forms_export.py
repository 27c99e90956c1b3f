"""A form that came back: one seller's collection plan for the month after the last day, with one amount that is none."""

import os
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import numpy as np

from examples.demo_company.accounts import Accounts, Fault
from examples.demo_company.world import World
from orchestration.forms.definition import forms
from orchestration.forms.marks import KEYS_ROW
from orchestration.forms.periods import Period
from orchestration.forms.sheet import Choice, Content, write_form
from orchestration.forms.tasks import Person, Task

SELLER = "E0101"
AMOUNTS = ("186000.00", "72500.50", "40000.00", "金额待定", "9999.99")
FAULTY = AMOUNTS.index("金额待定")


def write(world: World, landing: Path, accounts: Accounts) -> None:
    """The workbook as the seller sent it back, under a name of the seller's own."""
    first = world.as_of + timedelta(days=1)
    period = Period(first, (first + timedelta(days=31)).replace(day=1), f"{first:%Y-%m}")
    form, known = forms()["collection_plan"], world.company.employees.set_index("employee_id").loc[SELLER]
    person = Person(SELLER, *(str(known[name]) for name in ("name", "name_en", "email")))
    task = Task(form, period, person, datetime.combine(first + timedelta(days=1), time(18)), "zh", 2)
    path = landing / "回款计划_已填.xlsx"
    write_form(task, _answers(world, period), path)
    at = datetime.combine(world.as_of, time(4), UTC).timestamp()
    os.utime(path, (at, at))
    source, bad = task.source, KEYS_ROW + 1 + FAULTY
    accounts.faults.append(Fault(path.name, bad, (form.table,), "bad_number", "amount", AMOUNTS[FAULTY]))
    total = sum((Decimal(amount) for n, amount in enumerate(AMOUNTS) if n != FAULTY), Decimal(0))
    accounts.count(path.name, source, form.table, len(AMOUNTS), rows_quarantined=1, control_total=total)


def _answers(world: World, period: Period) -> Content:
    day = np.full(len(world.customers), np.datetime64(world.as_of))
    owner = world.company.sellers["employee_id"].to_numpy(object)[
        world.company.seller_on(world.customers["seat"].to_numpy(), day)
    ]
    own = world.customers[owner == SELLER].sort_values("customer_id").head(len(AMOUNTS))
    choices = [Choice(*row) for row in zip(own["customer_id"], own["name"], own["name_en"], strict=True)]
    rows = [
        {
            "reference": f"HT{period.start:%y%m}{n:03}",
            "customer_id": customer.code,
            "due_on": period.start + timedelta(days=7 * n),
            "amount": Decimal(amount) if n != FAULTY else amount,
            "kind": "progress",
        }
        for n, (customer, amount) in enumerate(zip(choices, AMOUNTS, strict=True))
    ]
    return Content(rows, {"customers": choices}, "data@qiming.example.com")
