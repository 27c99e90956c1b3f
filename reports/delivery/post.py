"""How mails leave a workspace: from whom, to the readers or to the pilots, by a mail server or into files."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from reports.content import Company, Language
from reports.delivery.ledger import Channel, Key, Ledger
from reports.delivery.letter import Letter
from reports.delivery.outbox import Carries, Delivery, deliver
from reports.delivery.pilot import rehearsal
from reports.delivery.recipients import Reader, Unreachable, address_problem

LEDGER = "deliveries.sqlite"


@dataclass(frozen=True)
class Post:
    """How mails leave, and the workspace's folders; with `pilots` no reader gets anything."""

    sender: str
    reply_to: str
    archive: Path
    outbox: Path
    state: Path
    company: Company
    home_language: Language
    pilots: tuple[str, ...] = ()
    allow_domains: tuple[str, ...] = ()
    carrier: Carries | None = None

    @property
    def mode(self) -> str:
        """`pilot` or `live`."""
        return "pilot" if self.pilots else "live"

    def copies(self, report: str, period: str, version: str, reader: Reader) -> list[Key]:
        """One key for each mail that this reader's report gives: one to the reader, or one to each pilot."""
        channel: Channel = "mail" if self.carrier else "file"
        if not self.pilots:
            return [Key(report, period, reader.scope, reader.address, version, "", channel)]
        return [Key(report, period, reader.scope, pilot, version, reader.address, channel) for pilot in self.pilots]

    def hand_over(
        self,
        ledger: Ledger,
        key: Key,
        letter: Letter,
        reader: Reader,
        *,
        content: str,
        is_final: bool,
        resend: bool,
        at: datetime,
    ) -> Delivery:
        """Deliver a letter under its key; a pilot's says for whom it would have been."""
        if key.instead_of:
            letter = rehearsal(letter, reader.name, reader.address, reader.scope)
        return deliver(
            ledger,
            self.outbox,
            key,
            letter,
            content=content,
            is_final=is_final,
            resend=resend,
            at=at,
            carrier=self.carrier,
        )


def outside(address: str, domains: Iterable[str]) -> str:
    """Why no mail may go to this address, or nothing: it is none, or its domain is not among those allowed."""
    if problem := address_problem(address):
        return problem
    domain = address.rpartition("@")[2].lower()
    allowed = {one.lower().removeprefix("@") for one in domains}
    return f"the domain `{domain}` is not in mail.allow_domains" if allowed and domain not in allowed else ""


def within(readers: Iterable[Reader], domains: Iterable[str]) -> tuple[list[Reader], list[Unreachable]]:
    """The readers to whom mail may go, and those to whom it may not."""
    kept, refused = [], []
    for reader in readers:
        if why := outside(reader.address, domains):
            refused.append(Unreachable(reader.name or reader.address, reader.scope, why))
        else:
            kept.append(reader)
    return kept, refused
