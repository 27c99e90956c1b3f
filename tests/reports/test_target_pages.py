"""Pages about targets, from rows as the marts give them."""

from datetime import date
from decimal import Decimal
from typing import Any, cast

import pytest

from reports.content import Figure, Section
from reports.documents.shared.desk import Desk
from reports.documents.shared.target_questions import TargetAnswers
from reports.documents.shared.targets import LIMIT, sections
from reports.figures import Record
from reports.text import Writer

OWNER = {"name": "张伟", "name_en": "Zhang Wei", "metric_name": "订单数", "metric_name_en": "Orders"}
QUARTER = {"metric_unit": "count", "period_label": "2025-Q2", "period_start": date(2025, 4, 1)}


def record(**values: Any) -> Record:
    return Record("mart", (), OWNER | QUARTER | values)


def pages(language: Any = "en", **found: tuple[Record, ...]) -> dict[str, Section]:
    nothing = dict.fromkeys(TargetAnswers.__dataclass_fields__, cast(tuple[Record, ...], ()))
    desk = Desk(cast(Any, None), Writer(language, "CNY", "万元" if language == "zh" else "thousand"))
    return {page.name: page for page in sections(desk, TargetAnswers(**nothing | found))}


def cells(page: Section) -> list[list[Any]]:
    """Texts as they are, figures by their value, of each row."""
    plain = [[cell and cell[0] for cell in row.cells] for row in cast(Any, page.blocks[0]).rows]
    return [[one.value if isinstance(one, Figure) else one for one in row] for row in plain]


def test_without_answers_there_are_no_pages() -> None:
    assert pages() == {}


@pytest.mark.parametrize(("language", "said"), [("en", "Achievable: 60% above"), ("zh", "可达成: 高出申报 60%")])
def test_an_unsound_target_says_what_fails_in_the_reader_s_language(language: str, said: str) -> None:
    flags = {f"is_{check}": True for check in ("specific", "measurable", "relevant", "time_bound")}
    reasons = {"achievable_reason_en": "60% above", "achievable_reason_zh": "高出申报 60%"}
    page = pages(language, unsound=(record(**flags, is_achievable=False, **reasons),))["target_unsound"]
    name = {"en": "Zhang Wei", "zh": "张伟"}[language]
    assert cells(page)[0][0] == name and cells(page)[0][-1] == said


def test_a_stage_to_come_has_a_target_and_no_figures() -> None:
    stage = {"stage": "2025-Q3", "stage_target_value": 40, "stage_state": "to_come", "run_rate_for_rest": None}
    done = {"stage": "2025-Q2", "stage_state": "done", "stage_actual_value": 8, "stage_attainment_rate": Decimal("0.2")}
    total = {"cumulative_actual_value": 8, "cumulative_attainment_rate": Decimal("0.2"), "run_rate_for_rest": 3}
    found = (record(**done, **total, stage_target_value=40), record(**stage))
    assert [row[3:] for row in cells(pages(stages=found)["target_stages"])] == [
        ["2025-Q2", 40, 8, Decimal("0.2"), 8, Decimal("0.2"), 3],
        ["2025-Q3", 40, None, None, None, None, None],
    ]


def test_money_is_shown_as_money_and_customers_as_a_count() -> None:
    change = {"previous_value": 100, "target_value": 90, "change_rate": Decimal("-0.1"), "reason": "x"}
    found = (record(**change, approved_on=None, metric_unit="currency"), record(**change, approved_on=date(2025, 4, 9)))
    rows = cast(Any, pages(changes=found)["target_changed"].blocks[0]).rows
    assert [row.cells[3][0].kind for row in rows] == ["amount", "count"]


def test_more_than_fit_are_counted() -> None:
    missing = record(set_by=date(2025, 1, 1), approved_on=None, readiness_state="missing")
    rows = cells(pages(unready=(missing,) * (LIMIT + 3))["target_unready"])
    assert len(rows) == LIMIT + 1 and rows[-1][0] == "3 others"


def test_an_owner_who_said_nothing_has_no_gap() -> None:
    silent = record(target_value=40, proposed_value=None, gap_rate=None, answer_state="not_answered", comment=None)
    contested = record(
        target_value=40, proposed_value=30, gap_rate=Decimal("0.333333"), answer_state="contested", comment="no"
    )
    rows = cells(pages(submissions=(contested, silent))["target_submitted"])
    assert [row[3:] for row in rows] == [
        [40, 30, Decimal("0.333333"), "contested", "no"],
        [40, None, None, "no answer", ""],
    ]


def test_plans_are_by_person_and_kind() -> None:
    plan = {
        "kind": "visit",
        "due_count": 3,
        "done_count": 2,
        "done_late_count": 1,
        "completion_rate": Decimal("0.666667"),
    }
    found = (record(**plan, expected_amount=800, actual_amount=400),)
    assert cells(pages(plans=found)["plan_execution"]) == [
        ["Zhang Wei", "visit", 3, 2, 1, Decimal("0.666667"), 800, 400]
    ]
