"""Short mails without figures: a report is late, a run failed, a source is missing. Each once per cause."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

from reports.content import Language
from reports.delivery.ledger import Ledger, open_ledger
from reports.delivery.letter import Attachment, Letter
from reports.delivery.outbox import Delivery, sending_lock
from reports.delivery.post import LEDGER, Post, outside
from reports.delivery.recipients import Reader
from salesops.errors import UserError

ALERT = "alert"
PATIENCE = 60
"""Seconds that an alert waits for another sender to end."""
STYLE = "font:14px/1.7 'PingFang SC','Microsoft YaHei','Segoe UI',Arial,sans-serif;color:#1B2A38"


@dataclass(frozen=True)
class Notice:
    """What a notice says, and about what; the same `about`, `period` and `cause` go to the same reader only once."""

    about: str
    period: str
    cause: str
    subject: str
    lines: tuple[str, ...]
    attachments: tuple[Attachment, ...] = ()


def alert(
    post: Post,
    owner: str,
    cause: str,
    what: str,
    mend: str,
    *,
    details: Sequence[str] = (),
    language: Language,
    at: datetime,
) -> list[Delivery]:
    """Tell the data owner what is wrong and how to mend it, once per `cause`; in pilot mode the pilots hear it.

    `cause` names the trouble for good (`late/orders/2025-07-01`): another one is another mail.
    UserError if no mail may go to the owner, or the mail server cannot be reached.
    """
    if problem := outside(owner, post.allow_domains):
        raise UserError(
            f"no alert can go to `{owner}`: {problem}.", where="mail.reply_to", mend="Name another address."
        )
    mend_line = f"处理办法：{mend}" if language == "zh" else f"What to do: {mend}"
    subject = f"【销售运营警报】{what}" if language == "zh" else f"[salesops alert] {what}"
    notice = Notice(ALERT, "", cause, subject, (what, *details, mend_line))
    with sending_lock(post.state, PATIENCE), open_ledger(post.state / LEDGER) as ledger:
        ledger.note_crashes(at)
        return notify(post, ledger, notice, Reader("", owner, language), at=at)


def notify(post: Post, ledger: Ledger, notice: Notice, reader: Reader, *, at: datetime) -> list[Delivery]:
    """Send a notice to a reader (or, in pilot mode, to the pilots) unless it has been sent."""
    version = hashlib.sha256(notice.cause.encode()).hexdigest()[:16]
    language: Language = "zh" if reader.language == "zh" else "en"
    deliveries = []
    for key in post.copies(notice.about, notice.period, version, reader):
        letter = Letter(
            key=str(key),
            sender=post.sender,
            to=key.recipient,
            subject=notice.subject,
            text="\n\n".join([*notice.lines, ""]),
            html=_page(notice, language),
            written_at=at,
            language=language,
            reply_to=post.reply_to,
            attachments=notice.attachments,
        )
        deliveries.append(
            post.hand_over(ledger, key, letter, reader, content=version, is_final=False, resend=False, at=at)
        )
    return deliveries


def _page(notice: Notice, language: Language) -> str:
    lines = "\n".join(f"<p>{escape(line)}</p>" for line in notice.lines)
    tag = "zh-CN" if language == "zh" else "en"
    title = escape(notice.subject)
    return (
        f'<!doctype html>\n<html lang="{tag}"><head><meta charset="utf-8"><title>{title}</title></head>\n'
        f'<body style="{STYLE}">\n{lines}\n</body></html>\n'
    )
