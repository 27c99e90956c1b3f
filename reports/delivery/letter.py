"""A mail as bytes: the same content always gives the same bytes."""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, parseaddr
from typing import Any

from salesops.errors import UserError

MOST_HTML_BYTES = 80_000  # mail services cut a body of about 102 kB, after transfer encoding


class _Policy(EmailPolicy):
    """The standard one, but its folding of long subjects that are not ASCII loses spaces."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        if name != "Subject" or str(value).isascii():
            return super().fold_binary(name, value)
        folded = Header(str(value), "utf-8", header_name=name).encode(linesep=self.linesep)
        return f"{name}: {folded}{self.linesep}".encode("ascii")


@dataclass(frozen=True)
class Attachment:
    """A file that travels with the mail."""

    file_name: str
    content: bytes
    kind: str = "application/pdf"


@dataclass(frozen=True)
class Letter:
    """One mail to one reader; `key` names it for ever, `images` are PNGs by the content id that the HTML uses."""

    key: str
    sender: str
    to: str
    subject: str
    text: str
    html: str
    written_at: datetime
    language: str
    reply_to: str = ""
    images: dict[str, bytes] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()
    corrects: str = ""


def message_id(key: str, sender: str) -> str:
    """The mail's name in the world, the same for the same key."""
    domain = parseaddr(sender)[1].rpartition("@")[2] or "salesops"
    return f"<{_digest(key)[:32]}@{domain}>"


def compose(letter: Letter) -> bytes:
    """The mail as it goes over the wire; UserError when its HTML would be cut by mail services."""
    _check_size(letter)
    message = EmailMessage(policy=_Policy(linesep="\r\n"))
    _write_headers(message, letter)
    message.set_content(letter.text, charset="utf-8", cte="base64")
    message.add_alternative(letter.html, subtype="html", charset="utf-8", cte="base64")
    html = next(part for part in message.walk() if part.get_content_type() == "text/html")
    for name, content in letter.images.items():
        html.add_related(content, "image", "png", cid=f"<{name}>", filename=f"{name}.png", disposition="inline")
    for attachment in letter.attachments:
        kind, _, subtype = attachment.kind.partition("/")
        message.add_attachment(attachment.content, kind, subtype, filename=attachment.file_name)
    _fix_boundaries(message, letter.key)
    return message.as_bytes()


def _check_size(letter: Letter) -> None:
    size = len(letter.html.encode())
    if size >= MOST_HTML_BYTES:
        raise UserError(
            f"the mail to {letter.to} would be {size} bytes of HTML; mail services cut such mails.",
            mend=f"Shorten the report's mail to less than {MOST_HTML_BYTES} bytes.",
            exit_code=1,
        )


def _write_headers(message: EmailMessage, letter: Letter) -> None:
    message["From"] = letter.sender
    message["To"] = letter.to
    message["Subject"] = " ".join(letter.subject.split())
    message["Date"] = format_datetime(_in_utc(letter.written_at))
    message["Message-ID"] = message_id(letter.key, letter.sender)
    if letter.reply_to:
        message["Reply-To"] = letter.reply_to
    if letter.corrects:
        message["References"] = letter.corrects
        message["In-Reply-To"] = letter.corrects
    message["Content-Language"] = "zh-CN" if letter.language == "zh" else "en"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"


def _in_utc(moment: datetime) -> datetime:
    """DuckDB timestamps carry no zone; publications are written in UTC."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _fix_boundaries(message: EmailMessage, key: str) -> None:
    """The standard library would draw boundaries by lot."""
    for number, part in enumerate(message.walk()):
        if part.is_multipart():
            part.set_boundary(f"=_{_digest(f'{key}/{number}')[:32]}")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
