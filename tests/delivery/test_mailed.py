"""`salesops send` with a real mail server: pilot first, then live; nobody new unseen; nothing stale as if fresh."""

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from mail_host import PASSWORD, Host, write_certificate
from qiming import marts, set_mail, write_workspace

from orchestration import runs
from orchestration.cli.main import execute

RULES = """
- id: monthly-performance
  name: {zh: 月度业绩报告, en: Monthly sales performance}
  effective: {from: 2020-01-01}
  owner: MQ
  report: performance
  to:
    - {mail: south@qiming.cn, scope: R1, formats: [email]}
    - {mail: east@qiming.cn, scope: R2, language: en, formats: [email]}
"""
READERS = {"south@qiming.cn", "east@qiming.cn"}
LIVE = {"mode": "live", "smtp": "$SALESOPS_SMTP_URL"}
PILOT = {"mode": "pilot", "pilot_to": ["pilot@qiming.cn"], "smtp": "$SALESOPS_SMTP_URL"}


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace that has sent nothing."""
    return write_workspace(tmp_path_factory.mktemp("mailed") / "qiming", RULES)


@pytest.fixture
def workspace(rendered: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(rendered, tmp_path / "qiming"))


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def host(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Host]:
    server = Host(certificate)
    server.start()
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    monkeypatch.setenv("SALESOPS_SMTP_URL", server.url())
    yield server
    server.stop(no_assert=True)


def send(root: Path, *options: str) -> int:
    return execute(["send", "performance", "-w", str(root), "--lang", "en", *options])


def answer(root: Path, capsys: pytest.CaptureFixture[str], *options: str) -> dict:
    capsys.readouterr()
    send(root, *options, "--json")
    return json.loads(capsys.readouterr().out)


def arrived(host: Host) -> list[EmailMessage]:
    mails = [message_from_bytes(content, policy=default) for _, _, content in host.box.arrived]
    assert all(isinstance(mail, EmailMessage) for mail in mails)
    return mails  # type: ignore[return-value]


def fail_run(root: Path, as_of: date, why: str = "Receipts do not add up") -> None:
    """A run that its release checks stopped."""
    run = runs.new_run(f"run-{why}-{as_of}", "schedule", as_of, None, {})
    run.status, run.finished_at = "failed", datetime.now(UTC)
    run.error = {
        "what": "the data fails this check, so nothing was published: x",
        "where": "",
        "mend": "Mend the data.",
    }
    check = {"expectation": "sums", "status": "failed", "unexpected_count": 3, "message": None}
    run.checks = [
        {**check, "severity": "blocking", "why_zh": "收款对不上", "why_en": why},
        {**check, "severity": "warning", "why_zh": "小事", "why_en": "a trifle"},
    ]
    runs.save(root / "state", run)


def test_in_pilot_mode_only_the_pilots_get_mail_each_one_once(workspace: Path, host: Host) -> None:
    set_mail(workspace, **PILOT | {"pilot_to": ["pilot@qiming.cn", "second@qiming.cn"]})
    assert [send(workspace), send(workspace)] == [0, 0]
    got = sorted((mail["To"], mail["Subject"].partition("]")[0]) for mail in arrived(host))
    assert got == [
        ("pilot@qiming.cn", "[Pilot → east@qiming.cn"),
        ("pilot@qiming.cn", "[试运行 → south@qiming.cn"),
        ("second@qiming.cn", "[Pilot → east@qiming.cn"),
        ("second@qiming.cn", "[试运行 → south@qiming.cn"),
    ]
    for mail in arrived(host):
        reader = mail["Subject"].partition("→ ")[2].partition("]")[0]
        for kind in ("plain", "html"):
            text = mail.get_body((kind,)).get_content()
            first = text[text.index("试运行") :].splitlines()[0]
            assert first.count(reader) == 2 and "Pilot: in live mode" in first
    assert len({mail["Message-ID"] for mail in arrived(host)}) == 4


def test_a_manager_is_named_to_the_pilot(workspace: Path, host: Host) -> None:
    set_mail(workspace, **PILOT)
    rules = workspace / "rulebook" / "reports.yml"
    managers = "    - {managers_of: every_unit, formats: [email]}\n"
    rules.write_text(RULES.partition("    - {mail: south")[0] + managers, encoding="utf-8")
    with marts(workspace) as connection:
        connection.execute("update dim_org_unit set manager_employee_id = null where org_unit_id <> 'R1'")
        connection.execute("update dim_employee set name = '张三' where employee_id = 'MR1'")
    assert send(workspace) == 0
    (mail,) = arrived(host)
    assert mail["Subject"].startswith("[试运行 → 张三] ")


def test_pilot_mode_without_a_pilot_sends_nothing(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert send(workspace) == 2
    assert "mail.pilot_to" in capsys.readouterr().err
    assert not (workspace / "outbox").exists()


def test_going_live_stops_until_the_readers_are_accepted_and_then_sends_to_them(
    workspace: Path, host: Host, capsys: pytest.CaptureFixture[str]
) -> None:
    set_mail(workspace, **PILOT)
    assert send(workspace) == 0
    host.box.arrived.clear()
    set_mail(workspace, **LIVE)
    capsys.readouterr()
    assert send(workspace) == 2
    said = capsys.readouterr().err
    assert "south@qiming.cn (R1)" in said and "east@qiming.cn (R2)" in said and "--accept-new" in said
    assert host.box.arrived == []
    assert [send(workspace, "--accept-new"), send(workspace)] == [0, 0]
    assert sorted(mail["To"] for mail in arrived(host)) == sorted(READERS)
    assert not [mail["Subject"] for mail in arrived(host) if "→" in mail["Subject"]]


def test_a_dry_run_needs_no_server_and_names_who_came_and_who_went(
    workspace: Path, host: Host, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    set_mail(workspace, **LIVE)
    assert send(workspace, "--accept-new") == 0
    host.box.arrived.clear()
    monkeypatch.delenv("SALESOPS_SMTP_URL")
    changed = RULES.replace("south@qiming.cn, scope: R1", "south@qiming.cn, scope: R3")
    (workspace / "rulebook" / "reports.yml").write_text(changed, encoding="utf-8")
    found = answer(workspace, capsys, "--dry-run")
    assert found["mode"] == "live"
    assert found["gained"] == [{"scope": "R3", "recipient": "south@qiming.cn"}]
    assert found["lost"] == [{"scope": "R1", "recipient": "south@qiming.cn"}]
    assert {row["recipient"]: row["new"] for row in found["rules"][0]["readers"]} == {
        "south@qiming.cn": True,
        "east@qiming.cn": False,
    }
    assert send(workspace) == 2
    assert host.box.arrived == []


def test_readers_outside_the_allowed_domains_get_nothing_and_are_named(
    workspace: Path, host: Host, capsys: pytest.CaptureFixture[str]
) -> None:
    set_mail(workspace, **LIVE, allow_domains=["qiming.cn"])
    rules = RULES.replace("east@qiming.cn", "east@rival.example.com")
    (workspace / "rulebook" / "reports.yml").write_text(rules, encoding="utf-8")
    found = answer(workspace, capsys, "--accept-new")
    (lost,) = found["rules"][0]["unreachable"]
    assert lost == {
        "who": "east@rival.example.com",
        "scope": "R2",
        "why": "the domain `rival.example.com` is not in mail.allow_domains",
    }
    assert [mail["To"] for mail in arrived(host)] == ["south@qiming.cn"]
    set_mail(workspace, **PILOT | {"pilot_to": ["pilot@rival.example.com"]})
    assert send(workspace) == 2


def test_a_server_that_is_down_is_one_sentence_and_the_next_send_delivers(
    workspace: Path, host: Host, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    set_mail(workspace, **LIVE)
    monkeypatch.setenv("SALESOPS_SMTP_URL", "smtp://localhost:1")
    assert send(workspace, "--accept-new") == 1
    (sentence,) = capsys.readouterr().err.strip().splitlines()
    assert sentence.startswith("the mail server localhost:1 cannot be reached")
    monkeypatch.setenv("SALESOPS_SMTP_URL", host.url())
    assert send(workspace) == 0
    assert sorted(mail["To"] for mail in arrived(host)) == sorted(READERS)


def test_the_mailbox_holds_the_very_files_of_the_outbox(workspace: Path, host: Host) -> None:
    set_mail(workspace, **LIVE)
    assert send(workspace, "--accept-new") == 0
    files = sorted(path.read_bytes() for path in (workspace / "outbox").iterdir())
    assert sorted(host.box.mails().values()) == files
    for mail in arrived(host):
        assert mail["Auto-Submitted"] == "auto-generated"
        assert len(mail.get_body(("html",)).get_content().encode()) < 80_000


def test_one_refused_reader_is_named_and_the_command_says_that_it_did_not_do_everything(
    workspace: Path, host: Host, capsys: pytest.CaptureFixture[str]
) -> None:
    set_mail(workspace, **LIVE)
    host.box.answers["east@qiming.cn"] = "550 5.1.1 no such user"
    assert send(workspace, "--accept-new") == 1
    assert "east@qiming.cn (R2): 550 5.1.1 no such user" in capsys.readouterr().err
    assert [mail["To"] for mail in arrived(host)] == ["south@qiming.cn"]


@pytest.mark.parametrize("right", [True, False])
def test_the_password_is_nowhere(
    workspace: Path, host: Host, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, right: bool
) -> None:
    set_mail(workspace, **LIVE)
    if not right:
        monkeypatch.setenv("SALESOPS_SMTP_URL", host.url().replace("S3cret", "S3cret-wrong"))
    for options in (("--accept-new", "-v"), ("--json",), ("--dry-run",)):
        send(workspace, *options)
    execute(["status", "-w", str(workspace), "--json"])
    said = capsys.readouterr()
    assert bool(host.box.arrived) == right
    assert "canary" in PASSWORD
    assert "canary" not in said.out + said.err
    assert not [path for path in workspace.rglob("*") if path.is_file() and b"canary" in path.read_bytes()]


def test_after_a_failed_run_readers_get_a_short_note_and_the_owner_the_reasons_once(
    workspace: Path, host: Host, capsys: pytest.CaptureFixture[str]
) -> None:
    set_mail(workspace, **LIVE)
    fail_run(workspace, date(2025, 4, 1))
    assert [send(workspace, "--accept-new"), send(workspace)] == [1, 1]
    by_reader = {mail["To"]: mail for mail in arrived(host)}
    assert len(arrived(host)) == 3
    assert set(by_reader) == {*READERS, "q@qiming.cn"}
    assert by_reader["south@qiming.cn"]["Subject"] == "【延迟】2025年3月月度业绩报告"
    assert by_reader["east@qiming.cn"]["Subject"] == "[Late] Monthly sales performance, March 2025"
    for reader in READERS:
        said = by_reader[reader].get_body(("plain",)).get_content()
        assert "收款" not in said and "Receipts" not in said
        assert "%" not in said and "达成" not in said
    reasons = by_reader["q@qiming.cn"].get_body(("plain",)).get_content()
    assert "3 行：收款对不上（检查 sums）" in reasons and "小事" not in reasons and "salesops run" in reasons
    assert not (workspace / "archive").exists()
    capsys.readouterr()
    assert answer(workspace, capsys)["rules"][0]["held"] == {"reasons": ["3 rows: Receipts do not add up (check sums)"]}


def test_another_cause_is_another_note_and_after_a_good_run_the_report_goes(workspace: Path, host: Host) -> None:
    set_mail(workspace, **LIVE)
    fail_run(workspace, date(2025, 4, 1))
    send(workspace, "--accept-new")
    fail_run(workspace, date(2025, 4, 2))  # the same cause, a night later
    send(workspace)
    assert len(arrived(host)) == 3
    fail_run(workspace, date(2025, 4, 3), "Targets are missing")
    send(workspace)
    assert len(arrived(host)) == 6
    good = runs.new_run("good", "schedule", date(2025, 4, 4), None, {})
    good.status, good.snapshot = "done", "20250402T034100"
    runs.save(workspace / "state", good)
    host.box.arrived.clear()
    assert send(workspace) == 0
    assert sorted(mail["To"] for mail in arrived(host)) == sorted(READERS)
    assert not [
        mail["Subject"] for mail in arrived(host) if "更正" in mail["Subject"] or "Corrected" in mail["Subject"]
    ]


def test_who_has_the_report_hears_nothing_of_a_later_failure(workspace: Path, host: Host) -> None:
    set_mail(workspace, **LIVE)
    assert send(workspace, "--accept-new") == 0
    host.box.arrived.clear()
    fail_run(workspace, date(2025, 4, 1))
    assert send(workspace) == 0
    assert host.box.arrived == []


def test_an_earlier_periods_report_does_not_wait(workspace: Path, host: Host) -> None:
    set_mail(workspace, **LIVE)
    fail_run(workspace, date(2025, 4, 1))
    assert send(workspace, "--accept-new", "--period", "2025-02") == 0
    assert {mail["To"] for mail in arrived(host)} == READERS
    assert not [mail["Subject"] for mail in arrived(host) if "Late" in mail["Subject"] or "延迟" in mail["Subject"]]


def test_the_rulebook_may_keep_silent(workspace: Path, host: Host) -> None:
    set_mail(workspace, **LIVE)
    silent = RULES.replace("  to:\n", "  if_held: {readers: nothing, data_owner: reasons}\n  to:\n")
    (workspace / "rulebook" / "reports.yml").write_text(silent, encoding="utf-8")
    fail_run(workspace, date(2025, 4, 1))
    assert send(workspace, "--accept-new") == 1
    assert [mail["To"] for mail in arrived(host)] == ["q@qiming.cn"]
