"""What `salesops send` says of its deliveries, and of readers who came or went."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from orchestration.cli.output import Session

if TYPE_CHECKING:
    from reports.delivery.audience import Change
    from reports.delivery.outbox import Delivery
    from reports.delivery.recipients import Reader

SHOWN_OUTCOMES = {
    "sent": "{count} mails written to {folder}.",
    "already_sent": "{count} readers have this version already.",
    "unknown": "{count} deliveries are unsure: the mail may have arrived; ask the reader, then use --resend.",
    "refused": "{count} mails were refused for good; mend the address, or use --resend.",
    "failed": "{count} mails could not be delivered; the next send tries again.",
}
ACCEPTED = "{count} mails accepted by the mail server."
TROUBLED = ("unknown", "refused", "failed")


def told(spoken: Session, deliveries: "Sequence[Delivery]") -> dict[str, Any]:
    """Say how many deliveries ended how, and what the mail server said of those that did not arrive."""
    counts = {outcome: sum(one.outcome == outcome for one in deliveries) for outcome in SHOWN_OUTCOMES}
    for outcome, sentence in SHOWN_OUTCOMES.items():
        if counts[outcome]:
            mailed = outcome == "sent" and deliveries[0].key.channel == "mail"
            tell = spoken.warn if outcome in TROUBLED else spoken.say
            tell(ACCEPTED if mailed else sentence, count=counts[outcome], folder=spoken.workspace.outbox)
    for one in deliveries:
        if one.outcome in TROUBLED:
            answer = " ".join(filter(None, (str(one.code or ""), one.detail)))
            spoken.warn("{recipient} ({scope}): {answer}", **_place(one), answer=answer or one.outcome)
    return {**counts, "deliveries": [_row(one) for one in deliveries]}


def is_incomplete(result: dict[str, Any]) -> bool:
    """Whether somebody has not got the mail, as far as is known."""
    return any(result.get(outcome) for outcome in TROUBLED)


def listed(spoken: Session, name: str, period: str, readers: "list[Reader]", change: "Change") -> dict[str, Any]:
    """Say who would get the report."""
    new = set(change.gained)
    rows = [
        {
            "recipient": reader.address,
            "name": reader.name,
            "scope": reader.scope,
            "language": reader.language,
            "new": (reader.scope, reader.address.casefold()) in new,
        }
        for reader in readers
    ]
    spoken.say(
        "{name} {period} would go to {count} readers; nothing was sent.", name=name, period=period, count=len(rows)
    )
    mark = spoken.text("new")
    shown = ((r["recipient"], r["name"], r["scope"], r["language"], mark if r["new"] else "") for r in rows)
    spoken.table(("recipient", "name", "unit", "language", ""), shown)
    return {"readers": rows}


def changed(spoken: Session, change: "Change", dry_run: bool) -> dict[str, Any]:
    """Say who reads the report no longer, and, before sending, how many are new."""
    if dry_run and change.gained:
        spoken.say(
            "{count} are new since the last time; in live mode they need --accept-new.", count=len(change.gained)
        )
    for scope, reader in change.lost:
        spoken.say("{reader} ({scope}) reads it no longer.", reader=reader, scope=scope)
    keys = ("scope", "recipient")
    return {
        "gained": [dict(zip(keys, place, strict=True)) for place in change.gained],
        "lost": [dict(zip(keys, place, strict=True)) for place in change.lost],
    }


def _place(one: "Delivery") -> dict[str, str]:
    return {"recipient": one.key.recipient, "scope": one.key.scope}


def _row(one: "Delivery") -> dict[str, Any]:
    return {
        **_place(one),
        "instead_of": one.key.instead_of,
        "version": one.key.content_version,
        "outcome": one.outcome,
        "code": one.code,
        "detail": one.detail,
        "file": str(one.file),
    }
