"""The form in which a seller answers a planned target."""

from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl

from orchestration.forms.marks import KEYS_ROW

FIRST = 4
COLUMNS = "owner_id, metric, period_label, proposed_value, answer, comment, answered_by"


def test_the_planned_target_stands_beside_last_year_and_a_contested_one_loads_with_its_reason(office: Any) -> None:
    made = office.make("target_submission", "E0101", "--lang", "zh")
    sheet = openpyxl.load_workbook(made).worksheets[0]
    keys = [cell.value for cell in sheet[KEYS_ROW]]
    shown = dict(zip(keys, [cell.value for cell in sheet[FIRST]], strict=True))
    planned, last_year = keys.index("period_label") + 1, keys.index("unit") - 1
    assert (sheet.cell(FIRST, planned + 1).value, sheet.cell(FIRST, last_year + 1).value) == (270000, 240000)
    assert (shown["metric"], shown["period_label"], shown["answer"]) == ("订单额", "2025-07", None)
    answer = {"answer": "有异议", "proposed_value": 250000, "comment": "新厂停产", "answered_on": date(2025, 7, 2)}
    office.fill(made, "answer.xlsx", {FIRST: answer})
    office.load()
    assert office.rows("target_submissions", COLUMNS) == [
        ("E0101", "booked_amount", "2025-07", Decimal(250000), "contested", "新厂停产", "E0101")
    ]
