"""At most once: the ledger decides, and what is unsure stays unsure."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reports.delivery.ledger import Key, Ledger, open_ledger
from reports.delivery.letter import Letter
from reports.delivery.outbox import Delivery, corrected, deliver, file_name, sending_lock
from salesops.errors import UserError

AT = datetime(2025, 4, 2, 10, tzinfo=UTC)


def key(version: str = "r1-aaa", recipient: str = "east@qiming.cn") -> Key:
    return Key("performance", "2025-03", "R-EAST", recipient, version)


def send(
    folder: Path, which: Key, *, resend: bool = False, at: datetime = AT, is_final: bool = False, html: str = "<p>1</p>"
) -> Delivery:
    letter = Letter(str(which), "ops@qiming.cn", which.recipient, "s", "t", html, AT, "zh")
    content = which.content_version.partition("-")[2]
    with open_ledger(folder / "deliveries.sqlite") as ledger:
        return deliver(
            ledger, folder / "outbox", which, letter, content=content, is_final=is_final, resend=resend, at=at
        )


def state(folder: Path, which: Key) -> str:
    with open_ledger(folder / "deliveries.sqlite") as ledger:
        entry = ledger.find(which)
        assert entry is not None
        return entry.state


def test_a_mail_is_written_once_and_not_again(tmp_path: Path) -> None:
    first = send(tmp_path, key())
    first.file.unlink()  # a mail server has picked it up
    assert (first.outcome, send(tmp_path, key()).outcome) == ("sent", "already_sent")
    assert not first.file.exists()
    assert state(tmp_path, key()) == "accepted"


def test_resend_writes_the_same_bytes_again(tmp_path: Path) -> None:
    first = send(tmp_path, key())
    before = first.file.read_bytes()
    first.file.unlink()
    assert send(tmp_path, key(), resend=True).outcome == "sent"
    assert first.file.read_bytes() == before


def test_each_reader_has_a_mail_of_the_own(tmp_path: Path) -> None:
    send(tmp_path, key())
    assert send(tmp_path, key(recipient="west@qiming.cn")).outcome == "sent"
    assert len(list((tmp_path / "outbox").iterdir())) == 2


def test_another_version_goes_out_and_is_known_as_a_correction(tmp_path: Path) -> None:
    send(tmp_path, key())
    with open_ledger(tmp_path / "deliveries.sqlite") as ledger:
        earlier = corrected(ledger, key("r2-bbb"), "bbb", "zh", False)
        assert earlier is not None
        assert earlier.key == key()
        assert corrected(ledger, key("r2-bbb"), "bbb", "zh", True) is None  # final after preliminary corrects nothing
    assert send(tmp_path, key("r2-bbb"), at=AT + timedelta(days=1)).outcome == "sent"


def test_numbers_that_return_are_sent_again_because_the_last_mail_said_otherwise(tmp_path: Path) -> None:
    outcomes = [
        send(tmp_path, key(version), at=AT + timedelta(days=n)).outcome
        for n, version in enumerate(("r1-aaa", "r2-bbb", "r3-aaa", "r3-aaa"))
    ]
    assert outcomes == ["sent", "sent", "sent", "already_sent"]


def test_a_revision_that_nobody_got_is_no_reason_to_send_the_old_numbers_again(tmp_path: Path) -> None:
    send(tmp_path, key("r1-aaa"))
    assert send(tmp_path, key("r3-aaa"), at=AT + timedelta(days=1)).outcome == "already_sent"


def test_a_crash_while_sending_is_unknown_and_never_repeated_by_itself(tmp_path: Path) -> None:
    script = f"""
import os, pathlib
from datetime import datetime
from reports.delivery import outbox
from reports.delivery.ledger import Key, Ledger
from reports.delivery.letter import Letter
outbox._write = lambda target, content: os._exit(137)
key = Key("performance", "2025-03", "R-EAST", "east@qiming.cn", "r1-aaa")
at = datetime(2025, 4, 2)
letter = Letter(str(key), "ops@qiming.cn", key.recipient, "s", "t", "<p>1</p>", at, "zh")
folder = pathlib.Path({str(tmp_path)!r})
ledger = Ledger(folder / "deliveries.sqlite")
outbox.deliver(ledger, folder / "outbox", key, letter, content="aaa", is_final=False, resend=False, at=at)
"""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    assert subprocess.run([sys.executable, "-c", script], env=environment, check=False).returncode == 137
    assert state(tmp_path, key()) == "sending"
    with open_ledger(tmp_path / "deliveries.sqlite") as ledger:
        assert ledger.note_crashes(AT) == 1
    assert send(tmp_path, key()).outcome == "unknown"
    assert not (tmp_path / "outbox").exists()
    assert send(tmp_path, key(), resend=True).outcome == "sent"
    assert state(tmp_path, key()) == "accepted"


def test_a_full_disk_is_a_failure_that_the_next_send_mends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(target: Path, content: bytes) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("reports.delivery.outbox._write", full)
        assert send(tmp_path, key()).outcome == "failed"
    assert state(tmp_path, key()) == "failed"
    assert send(tmp_path, key()).outcome == "sent"


def test_only_one_process_claims_a_delivery(tmp_path: Path) -> None:
    one, two = Ledger(tmp_path / "l.sqlite"), Ledger(tmp_path / "l.sqlite")
    one.add(key(), "aaa", "zh", False, ("<id@x>", "f.eml"), AT)
    assert [one.claim(key(), False, AT), two.claim(key(), False, AT)] == [True, False]


def test_two_senders_at_once_are_refused(tmp_path: Path) -> None:
    with (
        sending_lock(tmp_path),
        pytest.raises(UserError, match="another process is sending"),
        sending_lock(tmp_path),
    ):
        pass


def test_file_names_differ_where_keys_differ() -> None:
    keys = [
        key(),
        key("r2-bbb"),
        key(recipient="a/../b@qiming.cn"),
        Key("performance", "2025", "东/直属", "x@y.cn", "v"),
    ]
    names = {file_name(one, "zh") for one in keys}
    assert len(names) == 4
    assert not [name for name in names if "/" in name]
