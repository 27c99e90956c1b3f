"""A report that waits because the last run failed: a short note to its readers, the reasons to the data owner."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from reports.content import Language
from reports.delivery.ledger import Ledger, open_ledger
from reports.delivery.notices import Notice, notify
from reports.delivery.outbox import Delivery, sending_lock
from reports.delivery.post import LEDGER, Post
from reports.delivery.recipients import Reader
from reports.marts import Marts

ABOUT = "held/"


@dataclass(frozen=True)
class Trouble:
    """Why the last run published nothing; `reasons` and `mend` are written in the data owner's language."""

    as_of: date
    cause: str
    reasons: tuple[str, ...]
    mend: str


@dataclass(frozen=True)
class Held:
    """A report, under its name for people in both languages, and the period for which it is held back."""

    report: str
    name: dict[Language, str]
    period: str
    period_name: dict[Language, str]


def held_period(
    marts: Marts, label: str | None, kind: str, failed: date, day: date | None
) -> tuple[str, dict[Language, str]] | None:
    """The period of the report that a failed run as of the day `failed` holds back; None if this one need not wait.

    What waits is the newest period that was over by then, and later ones; asked for is `label`, else the last one that
    was over by `day`.
    """
    newest = _last_over(marts, kind, failed)
    asked = (
        marts.row("select * from dim_period where period_label = $label", label=label)
        if label
        else _last_over(marts, kind, min(day or failed, failed))
    )
    if not newest or not asked or asked["period_end"] < newest["period_end"]:
        return None
    return asked["period_label"], {"zh": asked["period_label_zh"], "en": asked["period_label_en"]}


def _last_over(marts: Marts, kind: str, day: date) -> dict[str, Any]:
    return marts.row(
        "select * from dim_period where period_type = $kind and period_end <= $after order by period_start desc limit 1",
        kind=kind,
        after=day + timedelta(days=1),
    )


def waiting(readers: Sequence[Reader], held: Held, post: Post) -> list[Reader]:
    """The readers who have no version of this report yet."""
    with open_ledger(post.state / LEDGER) as ledger:
        return [reader for reader in readers if not _has_one(ledger, held, post, reader)]


def tell(
    held: Held,
    trouble: Trouble,
    post: Post,
    readers: Sequence[Reader],
    owner: Reader | None,
    at: datetime,
) -> list[Delivery]:
    """Send the notes that have not been sent for this report, period and cause."""
    about = f"{ABOUT}{held.report}"
    deliveries: list[Delivery] = []
    with sending_lock(post.state), open_ledger(post.state / LEDGER) as ledger:
        ledger.note_crashes(at)
        if owner:
            told = Notice(about, held.period, trouble.cause, *_reasons(held, trouble, _language(owner)))
            deliveries += notify(post, ledger, told, owner, at=at)
        for reader in readers:
            note = Notice(about, held.period, trouble.cause, *_note(held, _language(reader)))
            deliveries += notify(post, ledger, note, reader, at=at)
    return deliveries


def _has_one(ledger: Ledger, held: Held, post: Post, reader: Reader) -> bool:
    return all(ledger.last_accepted(key) for key in post.copies(held.report, held.period, "", reader))


def _language(reader: Reader) -> Language:
    return "zh" if reader.language == "zh" else "en"


def _note(held: Held, language: Language) -> tuple[str, tuple[str, ...]]:
    """Subject and lines for a reader: what is late and what is being done; no figures."""
    name, period = held.name[language], held.period_name[language]
    if language == "zh":
        return f"【延迟】{period}{name}", (
            f"{period}{name}推迟发出：最近一次数据加载没有通过核查，核对清楚之前不发出数字。",
            "数据团队正在处理，处理完毕后报告会补发，您无需操作。如有疑问，请直接回复此邮件。",
        )
    return f"[Late] {name}, {period}", (
        f"{name}, {period}, is late: the last load of data did not pass, and no figures go out before they are right.",
        "The data team is mending it, and the report follows. You need do nothing; to ask, answer this mail.",
    )


def _reasons(held: Held, trouble: Trouble, language: Language) -> tuple[str, tuple[str, ...]]:
    """Subject and lines for the data owner: every reason, and how to mend it."""
    name, period = held.name[language], held.period_name[language]
    listed = tuple(f"- {reason}" for reason in trouble.reasons)
    if language == "zh":
        return f"【待处理】{period}{name}未发出", (
            f"{period}{name}没有发出，因为最近一次加载（数据截至 {trouble.as_of}）失败：",
            *listed,
            f"处理办法：{trouble.mend}",
            f"然后运行 `salesops run`，再运行 `salesops send {held.report}`。",
        )
    return f"[To mend] {name}, {period}, was not sent", (
        f"{name}, {period}, was not sent, because the last load (up to {trouble.as_of}) failed:",
        *listed,
        f"What to do: {trouble.mend}",
        f"Then `salesops run`, and `salesops send {held.report}`.",
    )
