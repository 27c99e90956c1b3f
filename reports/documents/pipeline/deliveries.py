"""Deliveries: on time or not, how soon they are accepted, and installations that wait for acceptance."""

from reports.content import Cell, Column, Section
from reports.documents.pipeline import compared
from reports.documents.pipeline.data import Answers
from reports.documents.pipeline.desk import Desk
from reports.documents.pipeline.questions import Questions
from reports.figures import Record

MEASURES: compared.Measures = (
    ("shipped_count", "count"), ("returned_count", "count"), ("on_time_rate", "rate"), ("due_count", "count"), ("accepted_count", "count"),
    ("acceptance_median_days", "days"), ("open_installation_count", "count"), ("overdue_installation_count", "count"),
    ("open_installation_oldest_days", "days"),
)  # fmt: skip


def load(asked: Questions) -> Answers:
    """The unit's deliveries, and installations that are not accepted, the oldest first."""
    waiting = asked.listed(
        "fct_deliveries",
        "f.business_date",
        keys=("delivery_id",),
        where="f.is_installation_open",
        order="f.delivered_on, f.delivery_id",
    )
    return {**compared.load(asked, "mart_delivery"), "waiting": waiting}


def sections(desk: Desk) -> list[Section]:
    """Measures, and open installations."""
    if not desk.found("deliveries", "now"):
        return desk.not_supplied("deliveries")
    word = desk.writer.word
    table = compared.table(desk, "deliveries", MEASURES)
    written = [Section("deliveries", word("deliveries_title"), (word("deliveries_note"),), (table,), half=True)]
    waiting = desk.found("deliveries", "waiting")
    if waiting:
        columns = (
            Column(word("customer"), numeric=False),
            *(Column(word(title), numeric=False, weight=0) for title in ("delivery", "delivered_on", "owner")),
        )
        listed = compared.open_list(desk, "installations", waiting, columns, lambda record: _waiting(desk, record))
        after = (word("as_of_note", day=desk.writer.day(desk.data.publication["as_of"])),)
        written.append(Section("installations", word("installations"), after, (listed,), half=True))
    return written


def _waiting(desk: Desk, record: Record) -> tuple[Cell, ...]:
    who = compared.customer(desk, record), (str(record.values["delivery_id"]),)
    return *who, (compared.short_day(desk, record, "delivered_on"),), compared.owner(desk, record)
