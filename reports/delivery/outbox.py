"""The outbox: mails as files, each one written at most once per report, period, unit, reader and version."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from reports.archive import safe_name
from reports.delivery.ledger import Entry, Key, Ledger
from reports.delivery.letter import Letter, compose, message_id
from salesops.errors import UserError

Outcome = Literal["sent", "already_sent", "unknown", "failed"]


@dataclass(frozen=True)
class Delivery:
    """How the delivery of one letter ended, and where its file lies."""

    key: Key
    outcome: Outcome
    file: Path


@contextmanager
def sending_lock(state: Path) -> Iterator[None]:
    """One sender at a time in a workspace; UserError (exit code 1) while another one is sending."""
    from filelock import FileLock, Timeout

    state.mkdir(parents=True, exist_ok=True)
    lock = FileLock(state / "deliveries.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise UserError(
            "another process is sending reports in this workspace.", mend="Wait until it ends.", exit_code=1
        ) from None
    try:
        yield
    finally:
        lock.release()


def file_name(key: Key, language: str) -> str:
    """The mail's file name: readable, and different for different keys."""
    name = f"{key.report}_{key.period}_{key.scope}_{key.recipient}_{language}_{key.content_version}"
    return f"{safe_name(name)}.eml"


def is_delivered(ledger: Ledger, key: Key, content: str) -> bool:
    """Whether this reader's last mail about this report, period and unit said the same."""
    last = ledger.last_accepted(key)
    return last is not None and last.content == content


def corrected(ledger: Ledger, key: Key, content: str, language: str, is_final: bool) -> Entry | None:
    """The earlier mail that this one corrects: same report, same state of finality, other numbers."""
    last = ledger.accepted_before(key)
    if last is None or last.content == content:
        return None
    return last if (last.language, last.is_final) == (language, is_final) else None


def deliver(
    ledger: Ledger, outbox: Path, key: Key, letter: Letter, *, content: str, is_final: bool, resend: bool, at: datetime
) -> Delivery:
    """Write the letter into the outbox unless its reader has it; what is unsure is never repeated by itself."""
    target = outbox / file_name(key, letter.language)
    if not resend and is_delivered(ledger, key, content):
        return Delivery(key, "already_sent", target)
    content_bytes = compose(letter)
    message = (message_id(letter.key, letter.sender), target.name)
    ledger.add(key, content, letter.language, is_final, message, at)
    if not ledger.claim(key, resend, at):
        entry = ledger.find(key)
        return Delivery(key, "unknown" if entry and entry.state == "unknown" else "already_sent", target)
    try:
        _write(target, content_bytes)
    except OSError as error:
        ledger.settle(key, "failed", at, str(error))
        return Delivery(key, "failed", target)
    ledger.settle(key, "accepted", at)
    return Delivery(key, "sent", target)


def _write(target: Path, content: bytes) -> None:
    """The whole file or none."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.tmp")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(target)
