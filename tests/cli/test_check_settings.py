"""`salesops check` finds what would keep mails and PostgreSQL from working, and asks no server."""

import json
from pathlib import Path

import pytest
import yaml

from orchestration.cli.main import execute

OWN = {"from": "Sales <sales@acme.com>", "reply_to": "data@acme.com", "allow_domains": ["acme.com"]}
LIVE = {**OWN, "mode": "live"}
SMTP = {**LIVE, "smtp": "$SALESOPS_SMTP_URL"}
POSTGRES = {"postgres": "$SALESOPS_POSTGRES_URL"}
DUE = """files: o.csv
load: upsert
due:
  every: day
  by: "02:00"
  from: it@rival.com
tables: {orders: {columns: {order_id: no, ordered_on: day}}}
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    for name in ("SALESOPS_SMTP_URL", "SALESOPS_POSTGRES_URL"):
        monkeypatch.delenv(name, raising=False)
    assert execute(["init", str(tmp_path / "acme"), "--lang", "en"]) == 0
    (tmp_path / "acme" / "sources" / "orders.yml").write_text(DUE.replace("rival", "acme"), encoding="utf-8")
    (tmp_path / "acme" / "rulebook" / "reports.yml").write_text("[]", encoding="utf-8")
    capsys.readouterr()
    return tmp_path / "acme"


def set_settings(root: Path, mail: dict[str, object], publish: dict[str, object] | None = None) -> None:
    settings = {"company": {"name": {"zh": "甲", "en": "Acme"}, "language": "en"}, "mail": mail}
    text = yaml.safe_dump(settings | ({"publish": publish} if publish else {}), sort_keys=False)
    (root / "salesops.yml").write_text(text, encoding="utf-8")


def checked(root: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, list[dict[str, str]]]]:
    code = execute(["check", "-w", str(root), "--json"])
    return code, json.loads(capsys.readouterr().out)


def line_of(file: Path, word: str) -> str:
    lines = file.read_text(encoding="utf-8").splitlines()
    return f"{file}:{next(number for number, text in enumerate(lines, 1) if word in text)}"


@pytest.mark.parametrize(
    ("mail", "publish", "environment", "word", "what"),
    [
        ({**OWN}, None, {}, "mail:", "in pilot mode all mails go to the pilot, and none is named."),
        (
            {**OWN, "pilot_to": ["me@acme.com", "you@rival.com"]},
            None,
            {},
            "you@rival.com",
            "no mail can go to the pilot `you@rival.com`: the domain `rival.com` is not in mail.allow_domains.",
        ),
        (
            {"mode": "live", "reply_to": "data@acme.com"},
            None,
            {},
            "mail:",
            "in live mode no mail can come from `salesops@example.com`: it is the example's.",
        ),
        (
            {**LIVE, "from": "Sales"},
            None,
            {},
            "from:",
            "in live mode no mail can come from `Sales`: `Sales` is not an e-mail address.",
        ),
        (
            {**LIVE, "reply_to": "data@rival.com"},
            None,
            {},
            "reply_to:",
            "no mail can go to `data@rival.com`: the domain `rival.com` is not in mail.allow_domains.",
        ),
        (SMTP, None, {"SALESOPS_SMTP_URL": "mail.acme.com:587"}, "smtp:", "this is not the URL of a mail server."),
        (
            SMTP,
            None,
            {"SALESOPS_SMTP_URL": "smtp://me:hunter2@mail.acme.com?tls=none"},
            "smtp:",
            "a password would cross the network unencrypted.",
        ),
        *(
            (
                LIVE,
                POSTGRES,
                {"SALESOPS_POSTGRES_URL": url},
                "postgres:",
                "the address of the PostgreSQL server cannot be read.",
            )
            for url in (
                "host=db password=hunter2",
                "mysql://ann:hunter2@db/sales",
                "postgresql://ann:hunt/er2@db/sales",
                "postgresql://ann:hunter2@db:five/sales",
            )
        ),
    ],
)
def test_what_would_fail_is_one_sentence_with_file_and_line(
    root: Path,
    mail: dict[str, object],
    publish: dict[str, object] | None,
    environment: dict[str, str],
    word: str,
    what: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    set_settings(root, mail, publish)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    code, found = checked(root, capsys)
    variable = f" (${next(iter(environment))})" if environment else ""
    assert (code, [problem["what"] for problem in found["problems"]]) == (2, [what])
    assert found["problems"][0]["where"] == line_of(root / "salesops.yml", word) + variable
    assert found["problems"][0]["mend"]
    assert execute(["check", "-w", str(root), "--lang", "zh"]) == 2
    said = capsys.readouterr().err
    assert what not in said and "hunter2" not in said + json.dumps(found)


def test_readers_and_owing_people_outside_the_allowed_domains_are_named_where_they_stand(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    set_settings(root, LIVE)
    (root / "sources" / "orders.yml").write_text(DUE, encoding="utf-8")
    rules = [
        {"id": f"r{year}", "effective": effective, "report": "performance", "to": to}
        for year, effective, to in (
            (2, {"from": "2024-01-01"}, [{"mail": "a@acme.com", "scope": "x"}, {"mail": "b@rival.com", "scope": "x"}]),
            (1, {"from": "2020-01-01", "to": "2020-12-31"}, [{"mail": "old@rival.com", "scope": "x"}]),
        )
    ]
    (root / "rulebook" / "reports.yml").write_text(yaml.safe_dump(rules), encoding="utf-8")
    code, found = checked(root, capsys)
    assert (code, [problem["where"] for problem in found["problems"]]) == (
        2,
        [
            line_of(root / "rulebook" / "reports.yml", "b@rival.com"),
            line_of(root / "sources" / "orders.yml", "it@rival.com"),
        ],
    )


@pytest.mark.parametrize(("mail", "publish"), [(SMTP, None), (LIVE, POSTGRES)])
def test_a_variable_that_is_not_set_here_is_a_warning(
    root: Path, mail: dict[str, object], publish: dict[str, object] | None, capsys: pytest.CaptureFixture[str]
) -> None:
    set_settings(root, mail, publish)
    code, found = checked(root, capsys)
    (warning,) = found["warnings"]
    assert (code, found["problems"]) == (0, [])
    assert warning["what"].startswith("the environment variable $SALESOPS_")
    assert warning["where"] == line_of(root / "salesops.yml", "$SALESOPS_")
    assert execute(["check", "-w", str(root), "--lang", "zh"]) == 0
    assert "没有设置" in capsys.readouterr().err


def test_live_mode_without_anybody_to_hear_alerts_is_a_warning(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    set_settings(root, {name: value for name, value in LIVE.items() if name != "reply_to"})
    code, found = checked(root, capsys)
    assert (code, [warning["mend"] for warning in found["warnings"]]) == (0, ["Write mail.reply_to."])


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://ann:hunter2@db:5432/sales?sslmode=require",
        "postgres://db",
        "postgresql://ann@h1:5432,h2:5433/sales",
        "postgresql:///sales?host=/run/postgresql",
        "postgresql://ann:a%40b@[::1]:5432/sales",
    ],
)
def test_settings_in_order_are_said_to_be(
    root: Path, url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    set_settings(root, SMTP, POSTGRES)
    monkeypatch.setenv("SALESOPS_SMTP_URL", "smtp://me:hunter2@mail.acme.com:587")
    monkeypatch.setenv("SALESOPS_POSTGRES_URL", url)
    assert execute(["check", "-w", str(root), "--lang", "en"]) == 0
    assert "settings: in order" in capsys.readouterr().out
