"""The tick that asks for late sources, its mails in a real mail server's mailbox, and the commands that name them."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import dagster as dg
import pytest
from mail_host import Host, write_certificate
from qiming import set_mail

from orchestration.cli.main import execute
from orchestration.defs.automation.late import TRIES, late_job, late_schedule
from orchestration.defs.instance import open_instance
from orchestration.workspace import Workspace

MAPPING = """files: orders_*.csv
load: upsert
read: {date_pattern: '(\\d{8})'}
due: {every: day, by: "02:00", from: it@qiming.cn}
tables: {orders: {columns: {order_id: no, ordered_on: day}}}
"""


@pytest.fixture
def host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Host]:
    certificate = write_certificate(tmp_path)
    server = Host(certificate)
    server.start()
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    monkeypatch.setenv("SALESOPS_SMTP_URL", server.url())
    yield server
    server.stop(no_assert=True)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    root = tmp_path / "acme"
    assert execute(["init", str(root), "--lang", "en"]) == 0
    set_mail(root, mode="live", reply_to="data@qiming.cn", smtp="$SALESOPS_SMTP_URL")
    (root / "sources" / "orders.yml").write_text(MAPPING, encoding="utf-8")
    return Workspace.open(root)


def drop(workspace: Workspace, day: str) -> None:
    (workspace.landing / f"orders_{day}.csv").write_text("no,day\nO1,2025-06-30\n", encoding="utf-8")


def readers(host: Host) -> list[str]:
    found = sorted(reader for _, reader, _ in host.box.arrived)
    host.box.arrived.clear()
    return found


class Daemon:
    """Ticks, and carries out what they ask for, as Dagster's daemon does: once for each run key."""

    def __init__(self, workspace: Workspace, instance: dg.DagsterInstance) -> None:
        self.job, self.instance, self.keys = late_job(workspace), instance, set[str | None]()
        self.schedule = late_schedule(workspace, self.job)

    def tick(self, time: str) -> list[bool]:
        """The tick at a time of the company; whether each run that it asked for succeeded."""
        at = datetime.fromisoformat(f"{time}+08:00").astimezone(UTC)
        context = dg.build_schedule_context(instance=self.instance, scheduled_execution_time=at)
        requests = [
            one for one in self.schedule.evaluate_tick(context).run_requests or [] if one.run_key not in self.keys
        ]
        self.keys |= {one.run_key for one in requests}
        return [
            self.job.execute_in_process(instance=self.instance, tags=dict(one.tags), raise_on_error=False).success
            for one in requests
        ]


@pytest.fixture
def daemon(workspace: Workspace) -> Iterator[Daemon]:
    with open_instance(workspace.state / "dagster") as instance:
        yield Daemon(workspace, instance)


def test_each_due_moment_without_a_file_is_one_mail_to_each_whatever_the_ticks(
    workspace: Workspace, host: Host, daemon: Daemon
) -> None:
    drop(workspace, "20250701")
    assert daemon.tick("2025-07-01T02:15") == []
    assert daemon.tick("2025-07-02T02:00") == []
    assert daemon.tick("2025-07-02T02:15") == [True]
    assert readers(host) == ["data@qiming.cn", "it@qiming.cn"]
    assert daemon.tick("2025-07-02T02:30") == []
    daemon.keys.clear()  # as after a restart that lost Dagster's storage: the ledger remembers
    assert daemon.tick("2025-07-02T02:45") == [True]
    assert readers(host) == []
    assert daemon.tick("2025-07-03T02:15") == [True]
    assert readers(host) == ["data@qiming.cn", "it@qiming.cn"]
    drop(workspace, "20250703")
    assert daemon.tick("2025-07-03T02:30") == []


def test_while_the_mail_server_is_down_each_tick_tries_again(
    workspace: Workspace, host: Host, daemon: Daemon, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SALESOPS_SMTP_URL", "smtp://localhost:1")
    assert [daemon.tick("2025-07-02T02:15"), daemon.tick("2025-07-02T02:30")] == [[False], [False]]
    monkeypatch.setenv("SALESOPS_SMTP_URL", host.url())
    assert [daemon.tick("2025-07-02T02:45"), daemon.tick("2025-07-02T03:00")] == [[True], []]
    assert readers(host) == ["data@qiming.cn", "it@qiming.cn"]


def test_an_address_that_may_get_no_mail_is_not_tried_for_ever(
    workspace: Workspace, host: Host, daemon: Daemon
) -> None:
    set_mail(workspace.root, allow_domains=["elsewhere.cn"])
    daemon = Daemon(Workspace.open(workspace.root), daemon.instance)
    ticks = [daemon.tick(f"2025-07-02T{3 + n // 4:02}:{15 * (n % 4):02}") for n in range(10)]
    assert ticks == [[False]] * TRIES + [[], []]
    assert readers(host) == []


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "the source `orders` is late: it was due by 2025-07-02 02:00. Its newest file is of 2025-07-01."),
        ("zh", "数据源“orders”迟到：应在 2025-07-02 02:00 前送到。 最新文件的日期是 2025-07-01。"),
    ],
)
def test_status_names_late_sources(
    workspace: Workspace, language: str, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Workspace, "now", lambda _: datetime(2025, 7, 2, 9))
    drop(workspace, "20250701")
    assert execute(["status", "-w", str(workspace.root), "--lang", language]) == 0
    assert said in capsys.readouterr().err
    assert execute(["status", "-w", str(workspace.root), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["late"] == [
        {"source": "orders", "due_at": "2025-07-02T02:00:00", "extracted_on": "2025-07-01", "from": "it@qiming.cn"}
    ]


def test_status_shows_the_rest_when_a_mapping_is_broken(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    (workspace.sources / "orders.yml").write_text("fils: x.csv\n", encoding="utf-8")
    assert execute(["status", "-w", str(workspace.root), "--lang", "en"]) == 0
    said = capsys.readouterr()
    assert "Which sources are late cannot be told" in said.err and "orders.yml:1" in said.err
    assert "There was no run yet." in said.out
