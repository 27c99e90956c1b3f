"""Who closed a report's period and when, and what has changed since."""

from dataclasses import replace
from typing import Any

from reports.content import Column, Row, Section, Table
from reports.documents.shared.desk import Desk
from reports.documents.shared.detail import LIMIT, detail
from reports.documents.shared.load import ReportData


def facts(desk: Desk[ReportData]) -> tuple[str, ...]:
    """Who closed the period and when; that nobody has, where its days are over."""
    period, word = desk.data.period, desk.writer.word
    if period.closed_at:
        changed = (word("changed_since"),) if _since(desk) else ()
        return (word("closed_by", day=f"{period.closed_at:%Y-%m-%d %H:%M}", who=period.closed_by), *changed)
    return (word("not_closed"),) if period.state == "preliminary" and desk.data.marts.tables & {"mart_closing"} else ()


def adjustments(desk: Desk[ReportData]) -> list[Section]:
    """The changes of the scope's closed months that belong to the period, or stand in it."""
    found, word = desk.data.adjustments, desk.writer.word
    if not found:
        return []
    rows = tuple(
        Row(
            (
                (one.values["period_label"],),
                (word(one.values["measure"]),),
                (replace(one.amount("adjustment_amount"), signed=True),),
                (one.values["dated_label"],),
            )
        )
        for one in found[:LIMIT]
    )
    columns = (
        Column(word("closed_month"), numeric=False),
        Column(word("adjusted_measure"), numeric=False, weight=2),
        Column(word("adjustment")),
        Column(word("stands_in"), numeric=False),
    )
    return [
        detail(
            desk,
            "adjustments",
            (word("adjustments_note", money=desk.writer.money),),
            Table("adjustments", columns, rows),
        )
    ]


def _since(desk: Desk[ReportData]) -> list[Any]:
    """The adjustments of the period's own months."""
    period = desk.data.period
    return [one for one in desk.data.adjustments if period.start <= one.values["period_start"] < period.end]
