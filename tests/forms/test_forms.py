"""A made form, filled in and dropped into landing/, loads as its person meant it, with nothing lost."""

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from orchestration.cli.main import execute
from orchestration.forms.marks import MARKS_SHEET

FIRST = 4
"""The first row of a form's sheet that is for answers."""


def test_a_filled_form_loads_without_a_mapping_under_any_name_in_both_languages(office) -> None:
    for language, metric in (("zh", "订单额"), ("en", "Bookings")):
        made = office.make("targets", "E0002", "--lang", language)
        sheet = openpyxl.load_workbook(made).worksheets[0]
        assert [cell.value for cell in sheet[FIRST]][2] == metric
        office.fill(made, f"irgendwas {language}.xlsx", {FIRST: {"target_value": 700000 + len(metric)}})
        made.unlink()
        office.load()
        assert office.rows("targets", "level, owner_id, metric, period_label, target_value, unit, version") == [
            ("org_unit", "Q-S", "booked_amount", "2025-07", Decimal(700000 + len(metric)), "CNY", 1)
        ]


def test_every_row_is_accounted_for_and_a_wrong_value_is_kept_out_with_its_row(office) -> None:
    answers = {
        FIRST: {"target_value": 1},
        FIRST + 1: {"target_value": "abc"},
        FIRST + 3: {"basis": "a target is missing"},
    }
    office.fill(office.make("targets", "E0002"), "a.xlsx", answers)
    (one,) = office.load().accounts
    account = one.account
    assert one.source == "forms/targets/2025-07/E0002"
    assert (account.rows_loaded, account.rows_quarantined) == (1, 2)
    assert account.rows_read == account.rows_loaded + account.rows_quarantined + account.rows_skipped
    assert account.skips["not filled in"] == 1
    wrong, missing = office.quarantined("targets")
    assert wrong == (FIRST + 1, 'target_value: "abc" is not a number (column target_value)')
    assert missing[0] == FIRST + 3
    assert "target_value: is empty" in missing[1]


def test_rows_added_at_the_end_and_columns_moved_load_all_the_same(office) -> None:
    def move(book) -> None:
        sheet = book.worksheets[0]
        for row in range(2, sheet.max_row + 1):
            cells = [sheet.cell(row, place).value for place in range(1, 11)]
            for place, value in enumerate(reversed(cells), start=1):
                sheet.cell(row, place, value)
        for place, key in enumerate([cell.value for cell in sheet[3]], start=1):
            extra = {"level": "Person", "owner_id": "E0101 · 张伟", "metric": "回款额", "target_value": 12.5}
            sheet.cell(120, place, extra.get(key))

    office.fill(office.make("targets", "E0002"), "a.xlsx", {FIRST: {"target_value": 5}}, move)
    office.load()
    assert office.rows("targets", "level, owner_id, metric, target_value") == [
        ("employee", "E0101", "collected_amount", Decimal("12.5")),
        ("org_unit", "Q-S", "booked_amount", Decimal(5)),
    ]


def test_a_second_version_replaces_the_rows_of_the_same_person_and_period_only(office) -> None:
    for person, customer in (("E0101", "00123 · 佛山天德"), ("E0102", "C2")):
        said = {"received_on": "2025-06-03", "kind": "价格", "customer_id": customer, "content": person}
        office.fill(office.make("feedback", person), f"{person}.xlsx", {FIRST: said, FIRST + 1: said})
    office.load()
    columns = "employee_id, customer_id, kind, content, feedback_id"
    ids = [row[-1] for row in office.rows("feedback", columns)]
    assert ids == [f"FB-2025-06-{person}-{row}" for person in ("E0101", "E0102") for row in (4, 5)]
    again = {"received_on": "2025-06-04", "kind": "需求", "customer_id": "00123", "content": "anew"}
    office.fill(office.make("feedback", "E0101"), "again.xlsx", {FIRST + 1: again})
    office.load()
    assert office.rows("feedback", columns) == [
        ("E0101", "00123", "demand", "anew", "FB-2025-06-E0101-5"),
        ("E0102", "C2", "price", "E0102", "FB-2025-06-E0102-4"),
        ("E0102", "C2", "price", "E0102", "FB-2025-06-E0102-5"),
    ]


def test_another_version_of_the_form_is_refused_with_one_sentence(office) -> None:
    def age(book) -> None:
        book[MARKS_SHEET]["B2"] = "0"

    office.fill(office.make("targets", "E0002"), "old.xlsx", {FIRST: {"target_value": 1}}, age)
    (held,) = office.load().held
    assert held.reason == (
        "old.xlsx: this is version 0 of the form `targets`, and only version 1 is read. "
        "Make it anew with `salesops forms make targets` and copy the answers over."
    )


def test_a_workbook_without_the_marks_is_no_form(office) -> None:
    def strip(book) -> None:
        del book[MARKS_SHEET]

    office.fill(office.make("targets", "E0002"), "a.xlsx", {FIRST: {"target_value": 1}}, strip)
    (office.root / "landing" / "b.xlsx").write_bytes(b"PK not a workbook")
    assert sorted(office.load().unmatched) == ["a.xlsx", "b.xlsx"]


def test_only_answers_are_unlocked_and_what_cells_may_hold_is_checked(office) -> None:
    book = openpyxl.load_workbook(office.make("targets", "E0002"))
    sheet = book.worksheets[0]
    assert sheet.protection.sheet
    keys = [cell.value for cell in sheet[3]]
    open_in_first = [key for key, cell in zip(keys, sheet[FIRST], strict=True) if not cell.protection.locked]
    assert open_in_first == ["target_value", "basis", "reason", "approved_on", "approved_by"]
    assert [sheet.cell(FIRST, place).value for place in (5, 6)] == [500000, 480000.5]
    rules = {str(rule.sqref).split(":")[0]: rule for rule in sheet.data_validations.dataValidation}
    assert rules["G4"].type == "decimal"
    assert rules["G4"].error == "请填写不小于 0 的数字，不带单位。"
    assert rules["B4"].formula1.startswith("salesops_lists!$B$1:")
    assert [one.sheet_state for one in book.worksheets] == ["visible", "visible", "veryHidden", "veryHidden"]
    assert sheet.freeze_panes == "A4"


def test_the_same_input_gives_the_same_bytes(office) -> None:
    made = office.make("targets", "E0001")
    before = made.read_bytes()
    assert office.make("targets", "E0001").read_bytes() == before


def test_a_name_that_looks_like_a_formula_stays_text(office) -> None:
    sheet = openpyxl.load_workbook(office.make("feedback", "E0102")).worksheets[0]
    assert sheet["A1"].data_type == "s"
    assert "=cmd()" in sheet["A1"].value


def test_who_and_when_come_from_the_rulebook(office, capsys: pytest.CaptureFixture[str]) -> None:
    (office.root / "rulebook" / "forms.yml").write_text(
        "- {id: q, form: targets, every: quarter, filled_by: [E0101], due: workday 1 12:00, language: en,"
        " effective: {from: 2025-01-01}}\n",
        encoding="utf-8",
    )
    assert office.run("forms", "make") == 0
    (made,) = (office.root / "forms").rglob("*.xlsx")
    assert made.relative_to(office.root / "forms") == Path("2025-Q3/Sales-targets_2025-Q3_E0101_Wei-Zhang.xlsx")
    assert "Due: 2025-07-01 12:00" in [cell.value for cell in openpyxl.load_workbook(made).worksheets[1]["A"]]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["target"], "there is no form `target`. Did you mean `targets`?"),
        (["targets", "--period", "2025-Q3"], "`2025-Q3` is no period of this form, which is for each month."),
        (["targets", "--for", "E9"], "none of these forms is for `E9`. They are for: E0001, E0002."),
        ([], "no form is asked for in this period."),
    ],
)
def test_what_cannot_be_made_is_explained(
    office, capsys: pytest.CaptureFixture[str], arguments: list, said: str
) -> None:
    assert office.run("--lang", "en", "forms", "make", *arguments) == 2
    assert said in capsys.readouterr().err


def test_a_target_that_was_revised_before_is_filled_in_as_that_version(office) -> None:
    office.fill(office.make("targets", "E0002"), "a.xlsx", {FIRST: {"target_value": 1}, FIRST + 1: {"target_value": 2}})
    office.load()
    assert office.rows("targets", "owner_id, version") == [("E0101", 2), ("Q-S", 1)]


def test_inspect_says_that_a_form_needs_no_mapping(office, capsys: pytest.CaptureFixture[str]) -> None:
    back = office.fill(office.make("targets", "E0002"), "back.xlsx", {FIRST: {"target_value": 1}})
    assert execute(["--lang", "en", "--workspace", str(office.root), "inspect", str(back)]) == 2
    assert "this is a filled form, which needs no mapping." in capsys.readouterr().err
    assert execute(["--lang", "en", "--workspace", str(office.root), "inspect", str(office.root / "landing")]) == 0
    assert "back.xlsx" not in capsys.readouterr().out
