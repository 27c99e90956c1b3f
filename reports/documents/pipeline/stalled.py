"""Deals that stand still or are at risk on the as-of day, the largest first, with the playbook's hint for each."""

from collections.abc import Sequence
from dataclasses import replace

from reports.content import Cell, Column, Figure, Row, Section, Table, Words
from reports.documents.pipeline.data import Answers
from reports.documents.pipeline.desk import Desk
from reports.documents.pipeline.questions import Questions
from reports.documents.shared.detail import detail
from reports.documents.shared.tables import summed, top, without_empty_columns
from reports.figures import Record

MART = "mart_opportunity_health"
CAUSES = ("overdue_close", "no_activity", "stage_age", "pushed", "no_next_step", "large")
LIMIT, LISTED = 8, 40


def load(asked: Questions) -> Answers:
    """Every stalled deal of the scope."""
    order = "f.amount desc nulls last, f.opportunity_id"
    return {"deals": asked.listed(MART, "f.owned_on", keys=("opportunity_id",), order=order, where="f.is_stalled")}


def sections(desk: Desk) -> list[Section]:
    """The largest on the page with their hints, all on the following pages with every cause."""
    found, word = desk.found("stalled", "deals"), desk.writer.word
    if not found:
        return []
    note = (word("stalled_note", n=len(found), day=desk.writer.day(desk.data.publication["as_of"])),)
    page = Section("stalled", word("stalled_title"), note, (_short(desk, found),), mailed=True)
    return [page, detail(desk, "stalled_detail", note, _long(desk, found))]


def _short(desk: Desk, found: tuple[Record, ...]) -> Table:
    word = desk.writer.word
    rows = [Row((*_who(desk, r), (_amount(r),), (_cause(desk, r),), (_hint(desk, r),))) for r in found]
    shown = top(rows, lambda left: _others(desk, found, left, 2), LIMIT)
    columns = (
        *(Column(word(title), numeric=False, weight=0) for title in ("deal", "customer", "owner", "stage")),
        Column(word("amount"), weight=0),
        Column(word("main_cause"), numeric=False, weight=0),
        Column(word("hint"), numeric=False),
    )
    return Table("stalled", columns, shown)


def _long(desk: Desk, found: tuple[Record, ...]) -> Table:
    word = desk.writer.word
    rows = [Row((*_who(desk, r), (_amount(r),), *_ages(desk, r), (_causes(desk, r),))) for r in found]
    shown = top(rows, lambda left: _others(desk, found, left, 5), LISTED)
    columns = (
        *(Column(word(title), numeric=False, weight=0) for title in ("deal", "customer", "owner", "stage")),
        *(Column(word(title), weight=0) for title in ("amount", "stage_days", "inactive_days", "push_count")),
        Column(word("expected_close"), numeric=False, weight=0),
        Column(word("causes"), numeric=False),
    )
    return without_empty_columns(Table("stalled_detail", columns, shown))


def _who(desk: Desk, record: Record) -> tuple[Cell, ...]:
    values, writer = record.values, desk.writer
    customer = writer.short_name({"name": values["customer_name"], "name_en": values["customer_name_en"]}, 24)
    return (str(values["opportunity_id"]),), (customer,), (desk.owner(record),), (desk.stage(record),)


def _amount(record: Record) -> Figure:
    return record.amount("amount")


def _cause(desk: Desk, record: Record) -> str:
    return desk.writer.word(f"cause_{record.values['main_cause']}")


def _hint(desk: Desk, record: Record) -> str:
    return str(record.values[f"hint_{desk.writer.language}"] or "")


def _causes(desk: Desk, record: Record) -> str:
    return desk.listed(tuple(desk.writer.word(f"cause_{cause}") for cause in CAUSES if record.values[f"is_{cause}"]))


def _ages(desk: Desk, record: Record) -> tuple[Cell, ...]:
    values = record.values
    days = replace(record.days("stage_days"), tone="bad" if values["is_stage_age"] else "")
    idle = replace(record.days("inactive_days"), tone="bad" if values["is_no_activity"] else "")
    pushed = replace(record.count("push_count"), tone="bad" if values["is_pushed"] else "")
    expected = Words(desk.writer.day(values["expected_close_on"]), "bad" if values["is_overdue_close"] else "")
    return (days,), (idle,), (pushed,), (expected,)


def _others(desk: Desk, found: tuple[Record, ...], left: Sequence[int], after: int) -> tuple[Cell, ...]:
    return (
        desk.others(len(left)),
        None,
        None,
        None,
        (summed(_amount(found[place]) for place in left),),
        *(None,) * after,
    )
