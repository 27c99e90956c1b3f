"""From a rule of the rulebook to mails: each unit's report rendered once a language, then one letter a reader."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from reports.archive import Shelf, safe_name
from reports.content import Language
from reports.delivery import seen
from reports.delivery.archive_index import write_index
from reports.delivery.ledger import Key, Ledger, open_ledger
from reports.delivery.letter import Attachment, Letter
from reports.delivery.outbox import Delivery, corrected, file_name, is_delivered, sending_lock
from reports.delivery.post import LEDGER, Post
from reports.delivery.produce import Produced, load, produce
from reports.delivery.recipients import Reader, find_unit
from reports.marts import Marts
from reports.periods import Period
from reports.render import FORMATS

if TYPE_CHECKING:
    from reports.formats.email_body import EmailBody

FILES = {"pdf": "application/pdf", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def send(
    marts: Marts,
    name: str,
    period: Period,
    readers: Sequence[Reader],
    post: Post,
    *,
    resend: bool,
    at: datetime,
    progress: Callable[[str], None],
) -> list[Delivery]:
    """Deliver the report to every reader who has not got this version; `progress` hears each unit's name."""
    deliveries: list[Delivery] = []
    with sending_lock(post.state), open_ledger(post.state / LEDGER) as ledger:
        ledger.note_crashes(at)
        for scope in dict.fromkeys(reader.scope for reader in readers):
            progress(scope)
            asked = _Asked(marts, name, period, scope, post)
            for language, group in _by_language(reader for reader in readers if reader.scope == scope):
                known = [] if resend else asked.delivered(language, group, ledger)
                deliveries += known or _send_to(group, asked.produced(language), name, post, ledger, resend, at)
    write_index(post.archive, post.home_language)
    return deliveries


@dataclass(frozen=True)
class _Asked:
    """One unit's report, loaded when somebody has not got it yet."""

    marts: Marts
    name: str
    period: Period
    scope: str
    post: Post

    @cached_property
    def data(self) -> Any:
        return load(self.marts, self.name, self.period, find_unit(self.marts, self.scope))

    def produced(self, language: Language) -> Produced:
        """Rendered, or from the archive."""
        post = self.post
        home = post.home_language
        return produce(self.data, self.name, self.scope, language, post.company, post.archive, home_language=home)

    def delivered(self, language: Language, readers: Sequence[Reader], ledger: Ledger) -> list[Delivery]:
        """One for each mail if the archived report is of the same inputs and every reader has it; else none."""
        shelf = Shelf(self.name, self.period.label, self.scope, language)
        given = seen.inputs(self.marts, shelf, self.post.company, FORMATS)
        archived = seen.find(self.post.archive, shelf, given, FORMATS)
        if archived is None:
            return []
        keys = [
            key for reader in readers for key in self.post.copies(self.name, self.period.label, archived.name, reader)
        ]
        if not all(is_delivered(ledger, key, archived.version) for key in keys):
            return []
        return [Delivery(key, "already_sent", self.post.outbox / file_name(key, language)) for key in keys]


def _by_language(readers: Iterable[Reader]) -> list[tuple[Language, list[Reader]]]:
    groups: dict[Language, list[Reader]] = {}
    for reader in readers:
        groups.setdefault("zh" if reader.language == "zh" else "en", []).append(reader)
    return sorted(groups.items())


def _send_to(
    readers: list[Reader], produced: Produced, name: str, post: Post, ledger: Ledger, resend: bool, at: datetime
) -> list[Delivery]:
    from reports.formats.email_body import email_body

    document, archived = produced.document, produced.archived
    bodies = {carried: email_body(document, carried) for carried in dict.fromkeys(map(_carried, readers))}
    return [
        post.hand_over(
            ledger,
            key,
            _letter(key, reader, produced, bodies[_carried(reader)], post, ledger),
            reader,
            content=archived.version,
            is_final=document.is_final,
            resend=resend,
            at=at,
        )
        for reader in readers
        for key in post.copies(name, document.period_label, archived.name, reader)
    ]


def _letter(key: Key, reader: Reader, produced: Produced, body: "EmailBody", post: Post, ledger: Ledger) -> Letter:
    document, archived = produced.document, produced.archived
    before = corrected(ledger, key, archived.version, document.language, document.is_final)
    return Letter(
        key=str(key),
        sender=post.sender,
        to=key.recipient,
        subject=f"{_correction(document.language)}{body.subject}" if before else body.subject,
        text=body.text,
        html=body.html,
        written_at=document.built_at,
        language=document.language,
        reply_to=post.reply_to,
        images=body.images,
        attachments=tuple(_attachment(produced, name) for name in _carried(reader)),
        corrects=before.message_id if before else "",
    )


def _correction(language: Language) -> str:
    return "【更正】" if language == "zh" else "[Corrected] "


def _carried(reader: Reader) -> tuple[str, ...]:
    """The formats that travel with the reader's mail as files."""
    return tuple(name for name in FILES if name in reader.formats)


def _attachment(produced: Produced, name: str) -> Attachment:
    document, content = produced.document, (produced.archived.folder / f"report.{name}").read_bytes()
    title = safe_name(f"{document.title}_{document.period_label}_{document.scope_id}").replace("%20", "_")
    return Attachment(f"{title}.{name}", content, FILES[name])
