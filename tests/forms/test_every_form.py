"""Each form can be made, filled in by somebody and loaded; docs/forms.md lists them, and is written here."""

from datetime import date
from itertools import cycle
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from orchestration.forms.definition import Column, Form, forms, lists
from orchestration.forms.marks import HEAD_ROW, KEYS_ROW

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "forms.md"
FORMS = {
    "targets",
    "collection_plan",
    "visits",
    "survey",
    "complaints",
    "feedback",
    "market_size",
    "training",
    "headcount",
    "price_list",
    "target_split",
    "target_submission",
    "sales_plan",
}
HEAD = """# Forms · 表格

`salesops forms make` writes them, prefilled and protected, one for each person and period, into forms/; filled in and dropped into landing/ under
any name, they load without a mapping. `rulebook/forms.yml` says which are asked for, and may say otherwise who fills them in, how often and by when.
`salesops forms status` shows who still owes one; `salesops forms remind` (and a schedule, every morning at eight) mails each of them once when nearly
due and once when late. Made by `python -m tests.forms.test_every_form`.

`salesops forms make` 生成预填好的、受保护的表格，每人每期一份，放在 forms/；填好后不论叫什么名字，放进 landing/ 即可读入，不用映射。
要求填写哪些表格、由谁填、多久一次、何时截止，写在 `rulebook/forms.yml`。`salesops forms status` 显示谁还没交；`salesops forms remind`（以及每天早上八点的排程）
在即将到期时和过期后各催办一次。本页自动生成。

```yaml
# rulebook/forms.yml
- id: monthly-targets
  form: targets
  effective: {from: 2025-01-01}
  due: workday 3 18:00          # in the first month of the period, or in the month after it, as the table below says · 期初或次月的第三个工作日
  # every: quarter              # month, quarter or year · 每月、每季或每年
  # filled_by: [E0012, E0013]   # or managers, sellers, head · 或各单位负责人、销售员、公司负责人
  # remind_days_before: 2
  # language: en
```

A form of which the table is marked * is only loaded: no mart reads it yet. · 带 * 的数据表目前只读入，还没有报表使用。

| Form · 表格 | Filled in by · 填写人 | Due · 截止 | Table · 数据表 | Asks · 填写内容 |
|---|---|---|---|---|
"""
WHO = {
    "managers": "managers of units<br>各单位负责人",
    "sellers": "sellers<br>销售员",
    "head": "head of the company<br>公司负责人",
}
WHEN = {
    ("month", "begin"): ("of the month", "当月"),
    ("month", "end"): ("of the next month", "次月"),
    ("year", "begin"): ("of the year", "当年首月"),
    ("quarter", "begin"): ("of the quarter", "当季首月"),
    ("quarter", "end"): ("after the quarter", "季后首月"),
}


def is_read(table: str) -> bool:
    """Whether a staging model reads the table."""
    return (ROOT / "dbt_project" / "models" / "staging" / f"stg_{table}.sql").exists()


def asks(form: Form, language: Any) -> str:
    needed = {field.name for field in form.contract.fields if field.required}
    names = [form.label(one, language) + "*" * (one.field in needed) for one in form.columns if one.is_answer]
    return ("、" if language == "zh" else ", ").join(names)


def page() -> str:
    rows = []
    for name, form in forms().items():
        when_en, when_zh = WHEN[form.every, form.due_counts_from]
        _, nth, clock = form.due.split()
        due = f"work day {nth} {when_en}, {clock}<br>{when_zh}第 {nth} 个工作日 {clock}"
        table = f"`{form.table}`{'' if is_read(form.table) else ' *'}<br>{form.contract.name_zh}"
        what = f"`{name}`<br>{form.name.en}<br>{form.name.zh}"
        cells = [what, WHO[form.filled_by], due, table, f"{asks(form, 'en')}<br>{asks(form, 'zh')}".replace("*", "\\*")]
        rows.append("| " + " | ".join(cells) + " |\n")
    return HEAD + "".join(rows)


def answer(column: Column, form: Form, sheet: Any, place: int) -> Any:
    """Something that a person may write there: the first of a list, else a day, a number or a word."""
    rules = {str(rule.sqref).split(":")[0]: rule for rule in sheet.data_validations.dataValidation}
    rule = rules.get(f"{sheet.cell(HEAD_ROW, place).column_letter}{KEYS_ROW + 1}")
    if rule is not None and rule.type == "list":
        lists_sheet, area = rule.formula1.split("!")
        return sheet.parent[lists_sheet][area.replace("$", "").split(":")[0]].value
    kind = form.contract.field(column.field).kind
    return {"date": date(2025, 6, 5), "text": "x"}.get(kind, 5)


def test_the_forms_are_there() -> None:
    assert set(forms()) == FORMS
    for form in forms().values():
        named = {column.field for column in form.fields} | set(form.set)
        assert named <= {field.name for field in form.contract.fields}
        assert {field.name for field in form.contract.fields if field.required} <= named
        assert {column.choose for column in form.columns if isinstance(column.choose, str)} <= set(lists()["choices"])


@pytest.mark.parametrize(("name", "language"), [*zip(sorted(FORMS), cycle(("zh", "en")), strict=False)])
def test_a_form_filled_in_by_its_own_lists_loads_as_one_row(office: Any, name: str, language: str) -> None:
    form = forms()[name]
    person = {"managers": "E0002", "sellers": "E0101", "head": "E0001"}[form.filled_by]
    made = office.make(name, person, "--lang", language)
    sheet = openpyxl.load_workbook(made).worksheets[0]
    row = sheet.max_row
    shown = [sheet.cell(HEAD_ROW, place).value.removesuffix(" *") for place in range(1, len(form.columns) + 1)]
    assert shown == [form.label(column, language) for column in form.columns]
    answers = {
        column.field: answer(column, form, sheet, place)
        for place, column in enumerate(form.columns, start=1)
        if column.field and column.field != "currency"
    }
    office.fill(made, "any.xlsx", {row: answers})
    (one,) = office.load().accounts
    account = one.account
    assert (account.table, account.rows_loaded, account.rows_quarantined) == (form.table, 1, 0)
    (found,) = office.rows(form.table, ", ".join(field.name for field in form.contract.fields if field.required))
    assert None not in found


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
