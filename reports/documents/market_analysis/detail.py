"""The following pages: share by every territory, dated moves of competitors, and the feedback that waits."""

from dataclasses import replace
from decimal import Decimal

from reports.content import Cell, Column, Row, Section, Table
from reports.documents.market_analysis.competitors import move
from reports.documents.market_analysis.desk import ALL, Desk
from reports.documents.shared.detail import detail
from reports.documents.shared.tables import shortened, summed, without_empty_columns
from reports.figures import Record, toned

ITEMS = 40
CELLS = 60


def shares(desk: Desk) -> list[Section]:
    """Every segment and territory of known size, and the uppermost ones that have sales; by segment and size."""
    word = desk.writer.word
    listed = [
        record
        for record in desk.data.shares
        if record.values["has_source"] or (record.values["sales_amount"] and not record.values["parent_territory_id"])
    ]
    if desk.share is None or not listed:
        return []
    sizes = {record.values["segment"]: _size(record) for record in listed if record.values["territory_id"] == ALL}
    listed.sort(key=lambda record: (record.values["segment"] != ALL, sizes.get(record.values["segment"], (Decimal(0),)),
                                    record.values["territory_id"] != ALL, _size(record), record.keys))  # fmt: skip
    rows = [Row(_share(desk, record)) for record in listed[:CELLS]]
    if listed[CELLS:]:
        rows.append(Row((desk.others(len(listed) - CELLS), *(None,) * 8), role="others"))
    titles = ("own_sales", "covered_sales_short", "market_size", "share_value", "change_on_year")
    columns = (
        Column(word("segment"), numeric=False, weight=0),
        Column(word("region"), numeric=False, weight=0),
        *(Column(word(title)) for title in titles),
        Column(word("source_column"), numeric=False, weight=1.6),
        Column(word("source_day"), numeric=False, weight=0),
    )
    note = (word("shares_note", period=desk.share.values["period_label"]),)
    return [detail(desk, "shares_detail", note, Table("shares_detail", columns, tuple(rows)))]


def _size(record: Record) -> tuple[Decimal, ...]:
    return -record.amount("market_amount").number, -record.amount("sales_amount").number


def _share(desk: Desk, record: Record) -> tuple[Cell, ...]:
    change = toned(replace(record.figure("share_change", "points", "no_base"), signed=True), 1)
    sourced = bool(record.values["has_source"])
    source = desk.writer.name({"name": record.values["source"]}) if record.values["source"] else ""
    return (
        (desk.segment(record),),
        (desk.territory(record),),
        (record.amount("sales_amount"),),
        (record.amount("covered_sales_amount"),) if sourced else None,
        (record.amount("market_amount", "no_source"),),
        (record.rate("share_rate", "no_source"),),
        (change,) if sourced else None,
        (source,),
        (desk.writer.day(record.values["published_on"]),),
    )


def moves(desk: Desk) -> list[Section]:
    """What competitors did in the period, the latest first, where the first page cannot show all of it."""
    found, word = desk.data.moves, desk.writer.word
    if not found:
        return []
    rows = [move(desk, record, _content(record)) for record in found[:ITEMS]]
    if found[ITEMS:]:
        rest = found[ITEMS:]
        left = (summed(r.amount("attached_amount") for r in rest),)
        rows.append(Row((desk.others(len(rest)), None, None, None, left), role="others"))
    columns = (
        *(Column(word(title), numeric=False, weight=0) for title in ("day", "competitor", "theme")),
        Column(word("content"), numeric=False),
        Column(word("attached"), weight=0),
    )
    table = without_empty_columns(Table("moves_detail", columns, tuple(rows)))
    return [detail(desk, "moves_detail", (word("moves_note", n=len(found)),), table)]


def _content(record: Record) -> Cell:
    return (shortened(str(record.values["content"] or "")),)


def items(desk: Desk) -> list[Section]:
    """The feedback that waits for an answer, the most overdue value first; the others as one sum."""
    found, word = desk.data.items, desk.writer.word
    if not found:
        return []
    rows = [Row(_item(desk, record)) for record in found[:ITEMS]]
    rest = found[ITEMS:]
    if rest:
        left = (summed(record.amount("attached_amount") for record in rest),)
        rows.append(Row((desk.others(len(rest)), *(None,) * 3, left, None, None, None, None), role="others"))
    columns = (
        *(Column(word(title), numeric=False, weight=0) for title in ("feedback", "received")),
        Column(word("customer"), numeric=False, weight=0),
        Column(word("theme"), numeric=False),
        Column(word("attached"), weight=0),
        *(Column(word(title), numeric=False, weight=0) for title in ("department", "step", "due_on")),
        Column(word("days_overdue"), weight=0),
    )
    note = (word("items_open_note", n=min(ITEMS, len(found))),)
    return [detail(desk, "feedback_detail", note, Table("feedback_detail", columns, tuple(rows)))]


def _item(desk: Desk, record: Record) -> tuple[Cell, ...]:
    values, writer = record.values, desk.writer
    amount = record.amount("attached_amount")
    return (
        (str(values["feedback_id"]),),
        (writer.day(values["received_on"]),),
        (writer.short_name(values, 30) if values["name"] else "",),
        (desk.theme(values),),
        (amount,) if amount.value is not None else None,
        (desk.department(record),),
        (writer.word(f"step_{values['step']}"),),
        (writer.day(values["due_on"]),),
        (replace(record.count("days_overdue"), tone="bad"),) if values["is_overdue"] else None,
    )
