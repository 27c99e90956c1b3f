"""Who owes a form hears of it once when it is nearly due and once when it is late, and never after it came."""

import json
from datetime import date, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest

from orchestration.cli.main import execute
from orchestration.forms.periods import around, due_at, named
from orchestration.work_calendar import WorkCalendar

RULE = """
- {id: t, form: targets, filled_by: [E0002, E0101], effective: {from: 2025-01-01}, due: workday 3 18:00, language: %s}
"""
NATIONAL = WorkCalendar(1, {date(2025, 10, day) for day in range(1, 9)}, {date(2025, 10, 11)})
FISCAL = WorkCalendar(4, set(), set())


def mails(office: Any) -> list[EmailMessage]:
    found = [message_from_bytes(path.read_bytes(), policy=default) for path in (office.root / "outbox").glob("*")]
    return sorted(found, key=lambda mail: (mail["To"], mail["Subject"]))


def states(office: Any, day: str, capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    capsys.readouterr()
    arguments = ["forms", "status", "targets", "--period", "2025-07", "--as-of", day, "--json"]
    assert execute(["--workspace", str(office.root), *arguments]) == 0
    return {one["person"]: one["state"] for one in json.loads(capsys.readouterr().out)["forms"]}


def remind(office: Any, day: str) -> None:
    assert execute(["--workspace", str(office.root), "forms", "remind", "--as-of", day]) == 0


def rule(office: Any, language: str) -> None:
    (office.root / "rulebook" / "forms.yml").write_text(RULE % language, encoding="utf-8")


def test_a_form_is_not_made_then_waiting_late_received(office: Any, capsys: pytest.CaptureFixture[str]) -> None:
    rule(office, "zh")
    assert states(office, "2025-07-01", capsys) == {"E0002": "not made", "E0101": "not made"}
    made = office.make("targets", "E0002")
    assert states(office, "2025-07-02", capsys)["E0002"] == "waiting"
    assert states(office, "2025-07-03", capsys) == {"E0002": "late", "E0101": "not made"}
    office.fill(made, "back.xlsx", {4: {"target_value": "abc"}})
    assert states(office, "2025-07-04", capsys)["E0002"] == "received"
    office.load()
    assert states(office, "2025-07-04", capsys)["E0002"] == "received with errors"
    office.fill(made, "better.xlsx", {4: {"target_value": 1}})
    office.load()
    assert states(office, "2025-07-04", capsys)["E0002"] == "received"


def test_each_reminder_goes_out_once_with_the_form_and_none_after_it_came(office: Any) -> None:
    rule(office, "zh")
    made = office.make("targets", "E0002")
    remind(office, "2025-06-30")
    assert mails(office) == []
    for day in ("2025-07-01", "2025-07-02", "2025-07-03", "2025-07-04"):
        remind(office, day)
    soon, late = sorted(mails(office), key=lambda mail: mail["Subject"], reverse=True)
    assert [mail["To"] for mail in (soon, late)] == ["li@qiming.cn", "li@qiming.cn"]
    assert soon["Subject"] == "提醒：销售目标（2025-07）请于 2025-07-03 18:00 前填好"
    assert late["Subject"] == "已过期：销售目标（2025-07）应于 2025-07-03 18:00 前填好"
    (attached,) = late.iter_attachments()
    assert attached.get_content() == made.read_bytes()
    assert "李敏，您好" in late.get_body(("plain",)).get_content()
    office.make("targets", "E0101")
    office.fill(made, "back.xlsx", {4: {"target_value": 1}})
    office.load()
    remind(office, "2025-07-05")
    assert [mail["To"] for mail in mails(office)] == ["li@qiming.cn", "li@qiming.cn", "zhang@qiming.cn"]


def test_a_reminder_is_in_the_language_of_its_rule(office: Any) -> None:
    rule(office, "en")
    office.make("targets", "E0101")
    remind(office, "2025-07-03")
    (mail,) = mails(office)
    assert mail["Subject"] == "Overdue: Sales targets (2025-07) was due by 2025-07-03 18:00"
    assert "Dear Wei Zhang," in mail.get_body(("plain",)).get_content()


def test_a_due_day_is_a_work_day_of_the_company() -> None:
    october = named("month", "2025-10", NATIONAL)
    assert due_at(october, "workday 1 18:00", "begin", NATIONAL) == datetime(2025, 10, 9, 18)
    assert due_at(october, "workday 3 09:30", "begin", NATIONAL) == datetime(2025, 10, 11, 9, 30)
    assert due_at(october, "workday 1 18:00", "end", NATIONAL) == datetime(2025, 11, 3, 18)


def test_quarters_and_years_are_the_companys() -> None:
    quarter = named("quarter", "2024-Q4", FISCAL)
    assert (quarter.start, quarter.end, quarter.label) == (date(2025, 1, 1), date(2025, 4, 1), "2024-Q4")
    year = named("year", "2025", FISCAL)
    assert (year.start, year.end) == (date(2025, 4, 1), date(2026, 4, 1))
    near = around("quarter", "workday 5 18:00", "end", FISCAL, datetime(2025, 4, 3))
    assert [period.label for period in near] == ["2024-Q3", "2024-Q4"]


def test_the_morning_s_job_reminds_as_of_its_tick(office: Any) -> None:
    from orchestration.defs.automation.forms import form_reminders_job
    from orchestration.defs.automation.schedules import TICK_TAG

    rule(office, "zh")
    office.make("targets", "E0101")
    job = form_reminders_job(office.workspace)
    for _ in range(2):
        assert job.execute_in_process(tags={TICK_TAG: "2025-07-04T08:00:00"}).success
    assert [mail["To"] for mail in mails(office)] == ["zhang@qiming.cn"]


def test_a_rule_asks_for_no_form_that_was_due_before_it_began(office: Any, capsys: pytest.CaptureFixture[str]) -> None:
    def periods() -> set[str]:
        capsys.readouterr()
        assert execute(["--workspace", str(office.root), "forms", "status", "--as-of", "2025-06-30", "--json"]) == 0
        return {one["period"] for one in json.loads(capsys.readouterr().out)["forms"]}

    rule(office, "zh")
    assert periods() == {"2025-06", "2025-07"}
    path = office.root / "rulebook" / "forms.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("2025-01-01", "2025-06-10"), encoding="utf-8")
    assert periods() == {"2025-07"}
