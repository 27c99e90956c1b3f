"""The outbox: every mail as a file, delivered at most once per report, period, unit, reader and version."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, Protocol

from reports.archive import safe_name
from reports.delivery.ledger import Entry, Key, Ledger
from reports.delivery.letter import Letter, compose, message_id
from reports.delivery.smtp import Receipt
from salesops.errors import UserError

Outcome = Literal["sent", "already_sent", "unknown", "refused", "failed"]
"""`refused` is for good, `failed` is tried again by the next send."""


class Carries(Protocol):
    """Whatever can hand a mail over to a mail server."""

    def carry(self, sender: str, recipient: str, content: bytes) -> Receipt: ...


@dataclass(frozen=True)
class Delivery:
    """How the delivery of one letter ended, where its file lies, and what the mail server said."""

    key: Key
    outcome: Outcome
    file: Path
    code: int | None = None
    detail: str = ""


@contextmanager
def sending_lock(state: Path, patience: float = 0) -> Iterator[None]:
    """One sender at a time in a workspace; UserError (exit code 1) if another one is still sending after `patience`."""
    from filelock import FileLock, Timeout

    state.mkdir(parents=True, exist_ok=True)
    lock = FileLock(state / "deliveries.lock")
    try:
        lock.acquire(timeout=patience)
    except Timeout:
        raise UserError(
            "another process is sending reports in this workspace.", mend="Wait until it ends.", exit_code=1
        ) from None
    try:
        yield
    finally:
        lock.release()


def file_name(key: Key, language: str) -> str:
    """The mail's file name: readable, and different for different mails."""
    address = f"{key.recipient}({key.instead_of})" if key.instead_of else key.recipient
    name = f"{key.report}_{key.period}_{key.scope}_{address}_{language}_{key.content_version}"
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
    ledger: Ledger,
    outbox: Path,
    key: Key,
    letter: Letter,
    *,
    content: str,
    is_final: bool,
    resend: bool,
    at: datetime,
    carrier: Carries | None = None,
) -> Delivery:
    """Write the letter into the outbox, and mail it if there is a carrier, unless its reader has it.

    What is unsure is never repeated by itself; what failed is tried again with the very bytes of the first try.
    """
    target = outbox / file_name(key, letter.language)
    if not resend and is_delivered(ledger, key, content):
        return Delivery(key, "already_sent", target)
    message = (message_id(letter.key, letter.sender), target.name)
    ledger.add(key, content, letter.language, is_final, message, at)
    try:
        mail = _committed(target, letter, resend) if carrier else b""  # before anything is sent
        if not ledger.claim(key, resend, at):
            return _as_before(ledger, key, target)
        if carrier is None:
            _write(target, compose(letter))
    except OSError as error:
        ledger.settle(key, "failed", at, str(error))
        return Delivery(key, "failed", target, detail=str(error))
    receipt = _carry(carrier, ledger, key, letter, mail, at) if carrier else Receipt("accepted")
    ledger.settle(key, receipt.state, at, receipt.text, receipt.code)
    return Delivery(key, _outcome(receipt), target, receipt.code, receipt.text)


def _carry(carrier: Carries, ledger: Ledger, key: Key, letter: Letter, mail: bytes, at: datetime) -> Receipt:
    try:
        return carrier.carry(letter.sender, letter.to, mail)
    except UserError as error:  # no connection: this mail waits for the next send, like all after it
        ledger.settle(key, "failed", at, error.what)
        raise


def _outcome(receipt: Receipt) -> Outcome:
    if receipt.state == "failed":
        return "refused" if (receipt.code or 0) >= 500 else "failed"
    return "sent" if receipt.state == "accepted" else "unknown"


def _as_before(ledger: Ledger, key: Key, target: Path) -> Delivery:
    """A delivery that is not to be tried again."""
    entry = ledger.find(key)
    if entry and (entry.is_refused or entry.state == "unknown"):
        return Delivery(key, "refused" if entry.is_refused else "unknown", target, entry.code, entry.detail)
    return Delivery(key, "already_sent", target)


def _committed(target: Path, letter: Letter, anew: bool) -> bytes:
    """The mail as it lies in the outbox; written first where there is none, or where it is asked for anew."""
    if anew or not target.exists():
        _write(target, compose(letter))
    return target.read_bytes()


def _write(target: Path, content: bytes) -> None:
    """The whole file or none."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.tmp")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(target)
