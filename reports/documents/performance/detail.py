"""The following pages: every unit, every person, the overdue items."""

from dataclasses import replace
from decimal import Decimal

from reports.content import Cell, Column, Row, Section, Table
from reports.documents.performance.desk import FULL, Desk, Part, by_gap
from reports.documents.performance.receivables import promise
from reports.documents.shared.detail import detail
from reports.documents.shared.tables import summed, without_empty_columns
from reports.figures import Record, growth, ratio, toned

LIMIT = 60
ITEMS = 40
NOTHING = (None, Decimal(0))
NUMBERS = ("sales", "target", "attainment", "gap", "yoy", "ytd", "ytd_attainment", "collected_amount")


def units(desk: Desk) -> list[Section]:
    """All units below the scope, as a tree, and the scope itself as the sum."""
    if not desk.data.units:
        return []
    word = desk.writer.word
    receivables = any(record.values.get("closing_receivable_amount") for record in desk.data.units)
    rows = [
        Row((("\u3000" * depth + part.name,), *_numbers(part), *_owed(record, receivables)), role="minor" if depth else "")
        for record, depth in _tree(desk.data.units, desk.data.scope["org_unit_id"])
        for part in [desk.part(record)]
    ]  # fmt: skip
    own = Record(desk.whole.record.mart, desk.whole.record.keys, {**desk.data.performance.values,
                 **{key: desk.data.collection.values.get(key) for key in ("due_in_period_rate", "overdue_amount")}})  # fmt: skip
    rows.append(Row(((word("total"),), *_numbers(desk.whole), *_owed(own, receivables)), role="total"))
    titles = (*NUMBERS, *(("due_in_period_rate", "overdue_column") if receivables else ()))
    columns = (Column(word("unit"), numeric=False, weight=0), *(Column(word(title)) for title in titles))
    table = without_empty_columns(Table("unit_detail", columns, tuple(rows)), NOTHING)
    return [detail(desk, "unit_detail", (word("detail_note", basis=desk.basis),), table)]


def _tree(units: tuple[Record, ...], root: str, depth: int = 0) -> list[tuple[Record, int]]:
    """The units in the order in which a tree is read, with their depth below the root."""
    return [
        entry
        for record in units
        if record.values["parent_id"] == root
        for entry in [(record, depth), *_tree(units, record.values["org_unit_id"], depth + 1)]
    ]


def _numbers(part: Part) -> tuple[Cell, ...]:
    own = part.record
    ytd = own.amount("ytd_sales_amount")
    return (
        (part.actual,),
        (part.plan,),
        (part.rate,),
        (part.gap,),
        (toned(growth(part.actual, part.before), 1),),
        (ytd,),
        (toned(ratio(ytd, own.amount("ytd_target_amount", "no_target"), "no_target"), 1, FULL),),
        (own.amount("collected_amount"),),
    )


def _owed(record: Record, shown: bool) -> tuple[Cell, ...]:
    record = replace(record, mart="mart_collection_by_org_unit")
    return ((record.rate("due_in_period_rate", "no_due"),), (record.amount("overdue_amount"),)) if shown else ()


def people(desk: Desk) -> list[Section]:
    """The people by gap; those beyond the limit as one sum."""
    word = desk.writer.word
    listed = by_gap(desk.part(record) for record in desk.data.people)
    listed = tuple(part for part in listed if part.actual.value or part.plan.value)
    if not listed:
        return []
    rows = [
        Row(((part.name,), (desk.writer.name(part.record.values, "unit_"),), *_numbers(part)))
        for part in listed[:LIMIT]
    ]
    if len(listed) > LIMIT:
        rest = listed[LIMIT:]
        sums = (summed(part.actual for part in rest), summed(part.plan for part in rest))
        rows.append(Row((desk.others(len(rest)), None, (sums[0],), (sums[1],), *(None,) * 6), role="others"))
    columns = (
        Column(word("person"), numeric=False, weight=0),
        Column(word("unit"), numeric=False, weight=0),
        *(Column(word(title)) for title in NUMBERS),
    )
    note = word("people_detail_note" if any(part.plan.value for part in listed) else "people_detail_note_plain")
    table = without_empty_columns(Table("people_detail", columns, tuple(rows)), NOTHING)
    return [detail(desk, "people_detail", (note,), table)]


def items(desk: Desk) -> list[Section]:
    """The largest overdue items; the others as one sum."""
    found, writer, word = desk.data.overdue_items, desk.writer, desk.writer.word
    if not found:
        return []
    rows = [Row(_item(desk, record)) for record in found[:ITEMS]]
    rest = found[ITEMS:]
    if rest:
        left = summed(record.amount("open_amount") for record in rest)
        rows.append(Row((desk.others(len(rest)), None, None, None, (left,), None, None), role="others"))
    columns = (
        Column(word("document_column"), numeric=False, weight=0),
        Column(word("customer"), numeric=False),
        Column(word("due_on"), numeric=False, weight=0),
        Column(word("days_overdue"), weight=0),
        Column(word("overdue_column"), weight=0),
        Column(word("owner"), numeric=False, weight=0),
        Column(word("promised"), numeric=False, weight=0),
    )
    note = (writer.word("items_note", n=min(ITEMS, len(found))),)
    return [detail(desk, "items_detail", note, Table("items_detail", columns, tuple(rows)))]


def _item(desk: Desk, record: Record) -> tuple[Cell, ...]:
    values, writer = record.values, desk.writer
    return (
        (str(values["document_id"]),),
        (writer.name(values),),
        (writer.day(values["due_on"]),),
        (record.count("days_overdue"),),
        (record.amount("open_amount"),),
        (writer.name(values, "owner_") if values.get("owner_name") else "",),
        (promise(desk, values.get("promised_on")),),
    )
