"""The data owner hears of each trouble once, with what to do, and of the same trouble again after a good run."""

import json
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from qiming import set_mail

from orchestration import runs
from orchestration.alerts import alert, alert_failed_run, alert_late_source
from orchestration.cli.main import execute
from orchestration.lateness import Arrival
from orchestration.load import open_load
from orchestration.workspace import Workspace
from salesops.errors import UserError

AT = datetime(2025, 7, 2, 3, 40, tzinfo=UTC)
LATE = ("late/orders/2025-07-01", "订单导出今天 02:00 前应到，还没有到。", "请 it@qiming.cn 补发订单导出。")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    assert execute(["init", str(tmp_path / "acme"), "--lang", "zh"]) == 0
    set_mail(tmp_path / "acme", mode="live", reply_to="data@qiming.cn")
    return tmp_path / "acme"


def mails(root: Path) -> list[EmailMessage]:
    return [message_from_bytes(path.read_bytes(), policy=default) for path in sorted((root / "outbox").glob("*"))]


def failed(why: str = "the data fails this check, so nothing was published: x.") -> runs.Run:
    run = runs.new_run("r", "schedule", date(2025, 7, 1), None, {})
    run.status, run.error = (
        "failed",
        {"what": why, "where": "orders", "mend": "Mend the data or its mapping, then run again."},
    )
    return run


def test_one_mail_for_each_cause_that_says_what_and_how_to_mend(root: Path) -> None:
    workspace = Workspace.open(root)
    assert [alert(workspace, *LATE, at=AT), alert(workspace, *LATE, at=AT + timedelta(hours=1))] == ["", ""]
    (mail,) = mails(root)
    assert (mail["To"], mail["Subject"]) == ("data@qiming.cn", f"【销售运营警报】{LATE[1]}")
    for kind in ("plain", "html"):
        assert f"处理办法：{LATE[2]}" in mail.get_body((kind,)).get_content()
    assert mail["Auto-Submitted"] == "auto-generated"
    assert alert(workspace, "late/orders/2025-07-02", *LATE[1:], at=AT) == ""
    assert len(mails(root)) == 2


def test_in_pilot_mode_the_pilot_hears_it(root: Path) -> None:
    set_mail(root, mode="pilot", pilot_to=["pilot@qiming.cn"])
    assert alert(Workspace.open(root), *LATE, at=AT) == ""
    (mail,) = mails(root)
    assert mail["To"] == "pilot@qiming.cn"
    assert mail["Subject"].startswith("[试运行 → data@qiming.cn] 【销售运营警报】")


def test_a_failed_run_is_told_once_until_a_good_one_lies_between(root: Path) -> None:
    workspace = Workspace.open(root)
    for _ in range(2):
        assert alert_failed_run(workspace, failed(), AT) is None
    (mail,) = mails(root)
    text = mail.get_body(("plain",)).get_content()
    assert mail["Subject"] == "【销售运营警报】截至 2025-07-01 的加载失败，没有发布任何内容。"
    assert "orders: 数据未通过" in text and "请修正数据或映射" in text
    (root / "published").mkdir()
    (root / "published" / "current.json").write_text(json.dumps({"snapshot": "20250703"}), encoding="utf-8")
    assert alert_failed_run(workspace, failed(), AT) is None
    assert len(mails(root)) == 2


def test_an_alert_that_cannot_go_says_why_and_does_not_hide_the_trouble(root: Path) -> None:
    set_mail(root, reply_to=None)
    assert "mail.reply_to" in alert(Workspace.open(root), *LATE, at=AT)
    set_mail(root, reply_to="data@rival.example.com", allow_domains=["qiming.cn"])
    assert "not in mail.allow_domains" in alert(Workspace.open(root), *LATE, at=AT)
    assert not (root / "outbox").exists()


def test_a_load_that_fails_mails_its_owner_and_one_stopped_by_hand_does_not(root: Path) -> None:
    for failure in (
        KeyboardInterrupt(),
        UserError("the file does not exist.", where="orders.csv", mend="Check the values."),
    ):
        with (
            pytest.raises(type(failure)),
            open_load(Workspace.open(root), run_id="r", trigger="schedule", as_of=date(2025, 7, 1)),
        ):
            raise failure
    (mail,) = mails(root)
    text = mail.get_body(("plain",)).get_content()
    assert "orders.csv: 文件不存在。" in text and "处理办法：请检查取值。" in text


def test_a_mail_server_that_is_down_is_noted_beside_the_failure(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    set_mail(root, smtp="$SALESOPS_SMTP_URL")
    monkeypatch.setenv("SALESOPS_SMTP_URL", "smtp://localhost:1")
    workspace = Workspace.open(root)
    with (
        pytest.raises(UserError, match="broken"),
        open_load(workspace, run_id="r", trigger="schedule", as_of=date(2025, 7, 1)),
    ):
        raise UserError("broken")
    (run,) = runs.runs(workspace.state)
    assert "无法用邮件通知数据负责人：连不上邮件服务器 localhost:1" in run.warnings[-1]["zh"]
    assert "cannot be reached" in run.warnings[-1]["en"]


def test_hostile_words_stay_words(root: Path) -> None:
    assert alert(Workspace.open(root), "x", "<script>\r\nBcc: a@b.cn", "<b>", at=AT) == ""
    (mail,) = mails(root)
    assert mail["Bcc"] is None
    assert "<script>" not in mail.get_body(("html",)).get_content()


def late(hour: int = 2, owed_by: str = "it@qiming.cn") -> Arrival:
    return Arrival("orders", datetime(2025, 7, 1, hour), date(2025, 6, 29), True, ("订单_*.csv",), owed_by)


def test_who_owes_a_late_source_and_the_data_owner_hear_of_each_due_moment_once(root: Path) -> None:
    workspace = Workspace.open(root)
    assert [alert_late_source(workspace, late(), AT), alert_late_source(workspace, late(), AT)] == ["", ""]
    assert sorted(mail["To"] for mail in mails(root)) == ["data@qiming.cn", "it@qiming.cn"]
    for mail in mails(root):
        assert mail["Subject"] == "【销售运营警报】数据源“orders”迟到：应在 2025-07-01 02:00 前送到。"
        said = [line for line in mail.get_body(("plain",)).get_content().splitlines() if line]
        assert said[1:] == [
            "最新文件的日期是 2025-06-29。",
            "应由 it@qiming.cn 提供",
            f"处理办法：请把导出文件（订单_*.csv）放入 {workspace.landing}；下次加载会读取。",
        ]
    assert alert_late_source(workspace, late(hour=8), AT) == ""
    assert len(mails(root)) == 4


def test_a_data_owner_who_owes_the_source_hears_it_once(root: Path) -> None:
    assert alert_late_source(Workspace.open(root), late(owed_by="data@qiming.cn"), AT) == ""
    assert alert_late_source(Workspace.open(root), late(hour=8, owed_by=""), AT) == ""
    assert [mail["To"] for mail in mails(root)] == ["data@qiming.cn"] * 2


def test_in_pilot_mode_who_owes_a_source_hears_nothing(root: Path) -> None:
    set_mail(root, mode="pilot", pilot_to=["pilot@qiming.cn"])
    assert alert_late_source(Workspace.open(root), late(), AT) == ""
    assert {mail["To"] for mail in mails(root)} == {"pilot@qiming.cn"}
    assert {mail["Subject"].partition("]")[0] for mail in mails(root)} == {
        "[试运行 → it@qiming.cn",
        "[试运行 → data@qiming.cn",
    }


def test_an_address_outside_the_allowed_domains_does_not_keep_the_owner_from_hearing(root: Path) -> None:
    set_mail(root, allow_domains=["qiming.cn"])
    problem = alert_late_source(Workspace.open(root), late(owed_by="it@rival.example.com"), AT)
    assert "not in mail.allow_domains" in problem
    assert [mail["To"] for mail in mails(root)] == ["data@qiming.cn"]
