"""Against a real SMTP server: encrypted, logged in, each mail once, and every way to fail told apart."""

import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from pathlib import Path

import pytest
from mail_host import LOGIN, USER, Host, write_certificate
from pydantic import SecretStr

from reports.delivery.ledger import Entry, Key, open_ledger
from reports.delivery.letter import Letter
from reports.delivery.outbox import Delivery, deliver
from reports.delivery.smtp import Carrier, Pace
from reports.delivery.smtp_url import parse_url
from salesops.errors import UserError

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")  # all of it is TLS
AT = datetime(2025, 4, 2, 10, tzinfo=UTC)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture(params=["starttls"])
def host(request: pytest.FixtureRequest, certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Host]:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    server = Host(certificate, request.param)
    server.start()
    yield server
    server.stop(no_assert=True)


def carrier(url: str, per_minute: int = 600) -> Carrier:
    return Carrier(parse_url(SecretStr(url), "mail.smtp"), Pace(per_minute))


def key(recipient: str, channel: str = "mail") -> Key:
    return Key("performance", "2025-03", "R1", recipient, "r1-aaa", "", channel)  # type: ignore[arg-type]


def send(folder: Path, carries: Carrier, *recipients: str, resend: bool = False, text: str = "数字") -> list[Delivery]:
    with open_ledger(folder / "deliveries.sqlite") as ledger:
        return [
            deliver(
                ledger,
                folder / "outbox",
                key(recipient),
                Letter(str(key(recipient)), f"运营 <{USER}>", recipient, "业绩", text, "<p>.</p>\n..", AT, "zh"),
                content="aaa",
                is_final=False,
                resend=resend,
                at=AT,
                carrier=carries,
            )
            for recipient in recipients
        ]


def entry(folder: Path, recipient: str) -> Entry:
    with open_ledger(folder / "deliveries.sqlite") as ledger:
        found = ledger.find(key(recipient))
        assert found is not None
        return found


@pytest.mark.parametrize("host", ["starttls", "tls", "none"], indirect=True)
def test_a_mail_arrives_as_the_bytes_that_lie_in_the_outbox(tmp_path: Path, host: Host) -> None:
    login = "" if host.query == "" and host.scheme == "smtp" else LOGIN
    with_login = carrier(host.url(login))
    (done,) = send(tmp_path, with_login, "east@qiming.cn")
    with_login.close()
    assert (done.outcome, done.code, done.detail) == ("sent", 250, "2.0.0 queued")
    assert host.box.arrived == [(USER, "east@qiming.cn", done.file.read_bytes())]
    mail = message_from_bytes(done.file.read_bytes())
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"] == entry(tmp_path, "east@qiming.cn").message_id
    assert bool(host.box.sessions[0].authenticated) == bool(login)


def test_many_mails_share_a_connection_and_a_dropped_one_is_opened_again(tmp_path: Path, host: Host) -> None:
    host.box.drop_before_data.append("c@qiming.cn")
    done = send(tmp_path, carrier(host.url()), *(f"{name}@qiming.cn" for name in "abcd"))
    assert [one.outcome for one in done] == ["sent"] * 4
    assert [recipient for _, recipient, _ in host.box.arrived] == [f"{name}@qiming.cn" for name in "abcd"]
    assert len(host.box.sessions) == 2


def test_one_refused_address_does_not_keep_the_others_from_their_mail(tmp_path: Path, host: Host) -> None:
    host.box.answers["gone@qiming.cn"] = "550 5.1.1 no such user"
    done = send(tmp_path, carrier(host.url()), "a@qiming.cn", "gone@qiming.cn", "b@qiming.cn")
    assert [one.outcome for one in done] == ["sent", "refused", "sent"]
    assert (done[1].code, done[1].detail) == (550, "5.1.1 no such user")
    found = entry(tmp_path, "gone@qiming.cn")
    assert (found.state, found.code, found.detail) == ("failed", 550, "5.1.1 no such user")


def test_what_is_refused_for_good_waits_for_resend(tmp_path: Path, host: Host) -> None:
    host.box.answers["gone@qiming.cn"] = "550 5.1.1 no such user"
    carries = carrier(host.url())
    send(tmp_path, carries, "gone@qiming.cn")
    host.box.answers.clear()
    (again,) = send(tmp_path, carries, "gone@qiming.cn")
    assert (again.outcome, again.code, entry(tmp_path, "gone@qiming.cn").attempts) == ("refused", 550, 1)
    assert send(tmp_path, carries, "gone@qiming.cn", resend=True)[0].outcome == "sent"


def test_what_is_refused_for_now_goes_with_the_next_send_as_the_same_bytes(tmp_path: Path, host: Host) -> None:
    host.box.answers["busy@qiming.cn"] = "451 4.3.0 try again later"
    carries = carrier(host.url())
    (first,) = send(tmp_path, carries, "busy@qiming.cn")
    assert (first.outcome, first.code) == ("failed", 451)
    written = first.file.read_bytes()
    host.box.answers.clear()
    (second,) = send(tmp_path, carries, "busy@qiming.cn", text="another text")
    assert second.outcome == "sent"
    assert host.box.mails()["busy@qiming.cn"] == written


def test_silence_after_the_final_dot_is_unknown_and_never_repeated_by_itself(tmp_path: Path, host: Host) -> None:
    host.box.silent_after_dot.add("quiet@qiming.cn")
    carries = carrier(host.url())
    done = send(tmp_path, carries, "quiet@qiming.cn", "next@qiming.cn")
    assert [one.outcome for one in done] == ["unknown", "sent"]
    assert entry(tmp_path, "quiet@qiming.cn").state == "unknown"
    assert send(tmp_path, carries, "quiet@qiming.cn")[0].outcome == "unknown"
    assert [recipient for _, recipient, _ in host.box.arrived] == ["quiet@qiming.cn", "next@qiming.cn"]
    host.box.silent_after_dot.clear()
    assert send(tmp_path, carries, "quiet@qiming.cn", resend=True)[0].outcome == "sent"


def test_a_server_that_is_down_loses_nothing(tmp_path: Path, certificate: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    url = f"smtp://localhost:{port}"
    with pytest.raises(UserError, match=rf"the mail server localhost:{port} cannot be reached") as down:
        send(tmp_path, carrier(url), "east@qiming.cn")
    assert down.value.exit_code == 1
    assert entry(tmp_path, "east@qiming.cn").state == "failed"
    server = Host(certificate, "none", port)
    server.start()
    try:
        assert send(tmp_path, carrier(url), "east@qiming.cn")[0].outcome == "sent"
    finally:
        server.stop(no_assert=True)


def test_a_mail_that_was_only_written_to_a_file_is_sent_once_there_is_a_server(tmp_path: Path, host: Host) -> None:
    with open_ledger(tmp_path / "deliveries.sqlite") as ledger:
        filed = key("east@qiming.cn", "file")
        letter = Letter(str(filed), USER, "east@qiming.cn", "s", "t", "<p>1</p>", AT, "zh")
        outbox = tmp_path / "outbox"
        first = deliver(ledger, outbox, filed, letter, content="aaa", is_final=False, resend=False, at=AT)
    carries = carrier(host.url())
    done = [send(tmp_path, carries, "east@qiming.cn")[0].outcome for _ in range(2)]
    assert done == ["sent", "already_sent"]
    assert [content for _, _, content in host.box.arrived] == [first.file.read_bytes()]


def test_a_wrong_password_is_refused_and_not_repeated(tmp_path: Path, host: Host) -> None:
    with pytest.raises(UserError, match="refused the login") as refused:
        send(tmp_path, carrier(host.url("ops%40qiming.cn:wr0ng-canary@")), "east@qiming.cn")
    assert refused.value.exit_code == 2
    assert "wr0ng" not in str(refused.value)
    assert host.box.arrived == []


@pytest.mark.parametrize("host", ["starttls", "tls"], indirect=True)
def test_a_certificate_that_nobody_vouches_for_is_refused_before_the_login(
    tmp_path: Path, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(UserError, match=r"certificate of the mail server localhost:\d+ is not trusted") as refused:
        send(tmp_path, carrier(host.url()), "east@qiming.cn")
    assert "canary" not in str(refused.value)


@pytest.mark.parametrize("host", ["none"], indirect=True)
def test_a_server_without_encryption_gets_no_password(tmp_path: Path, host: Host) -> None:
    with pytest.raises(UserError, match="does not offer what the URL asks for"):
        send(tmp_path, carrier(f"{host.url()}?starttls=required"), "east@qiming.cn")
    assert host.box.arrived == []


def test_no_more_mails_in_a_minute_than_allowed() -> None:
    now, waits = [0.0], []

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        now[0] += seconds

    pace = Pace(3, clock=lambda: now[0], sleep=sleep)
    moments = []
    for _ in range(8):
        pace.wait()
        moments.append(now[0])
        now[0] += 1
    assert moments == [0, 1, 2, 60, 61, 62, 120, 121]
    assert waits[0] == 57


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://u:p@mail.example.com", ("mail.example.com", 587, "starttls")),
        ("smtp://mail.example.com:2525", ("mail.example.com", 2525, "starttls")),
        ("smtp://u:p@mail.example.com:587?starttls=required", ("mail.example.com", 587, "starttls")),
        ("smtps://u:p@mail.example.com", ("mail.example.com", 465, "tls")),
        ("smtp://relay.example.com?tls=none", ("relay.example.com", 25, "none")),
        ("smtp://localhost:1025", ("localhost", 1025, "none")),
        ("smtp://localhost:587", ("localhost", 587, "starttls")),
        ("smtp://localhost:1025?starttls=required", ("localhost", 1025, "starttls")),
    ],
)
def test_mails_are_encrypted_unless_they_stay_here_or_it_is_said(url: str, expected: tuple[str, int, str]) -> None:
    server = parse_url(SecretStr(url), "mail.smtp")
    assert (server.host, server.port, server.encryption) == expected


@pytest.mark.parametrize(
    "url",
    [
        "canary",
        "http://u:canary@mail.example.com",
        "smtp://u:can/ary@mail.example.com",
        "smtp://u:can#ary@mail.example.com",
        "smtp://u:p@mail.example.com:canary",
        "smtp://u:canary@mail.example.com?starttls=maybe",
        "smtp://u:canary@mail.example.com?tls=none",
        "smtp://u:p@[canary",
    ],
)
def test_an_unclear_or_unsafe_url_is_refused_without_being_repeated(url: str) -> None:
    with pytest.raises(UserError) as refused:
        parse_url(SecretStr(url), "mail.smtp ($SALESOPS_SMTP_URL)")
    assert "canary" not in str(refused.value)
    assert "can/ary" not in str(refused.value)
    assert refused.value.where == "mail.smtp ($SALESOPS_SMTP_URL)"


def test_a_password_may_hold_any_character() -> None:
    server = parse_url(SecretStr("smtp://ops%40qiming.cn:p%40s%2Fs%3A%23@mail.example.com"), "mail.smtp")
    assert (server.user, server.password.get_secret_value()) == ("ops@qiming.cn", "p@s/s:#")
    assert "p@s" not in repr(server)
